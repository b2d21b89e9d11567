"""The section on who came: age and sex, type, occupation, purpose, education, known patrons."""

from __future__ import annotations

from perpudesk.core.codes import UNKNOWN, Sex, VisitorType, age_label, label
from perpudesk.core.formats import number, percent
from perpudesk.core.i18n import tr, trc, trn
from perpudesk.paper.document import Align, Block, Column, Columns, Note, Row, Table
from perpudesk.reports.model import UNIQUE_PATRONS, Breakdown, known, share
from perpudesk.reports.monthly.month import Month
from perpudesk.reports.monthly.tables import (
    HUNDRED,
    counts_table,
    not_recorded,
    of_known,
    right,
    total_row,
)


def visitors(month: Month) -> tuple[Block, ...]:
    """Who came and what for; left out while there was nobody."""
    if not month.visits.value:
        return ()
    blocks: list[Block] = [
        Columns(left=(_ages(month),), right=(_types(month), *_patrons(month))),
        Columns(left=(_purposes(month),), right=(_occupations(month),)),
    ]
    if known(month.visits.by["education"]):
        blocks.append(Columns(left=(_educations(month),), right=()))
    return tuple(blocks)


def _ages(month: Month) -> Block:
    """Age by sex, so that the parts of both can be read; sex not recorded only where it occurs."""
    ages = month.visits.by["age"]
    if not known(ages):
        return Note(text=tr("Age was not recorded this month."))
    sexes = [Sex.FEMALE, Sex.MALE]
    if month.visits.by["sex"][UNKNOWN]:
        sexes.append(Sex.UNKNOWN)
    rows = [
        _age_row(month.age_by_sex[slug], sexes, age_label(slug), percent(share(ages, slug)))
        for slug in ages
        if slug != UNKNOWN
    ]
    if ages[UNKNOWN]:
        unknown = _age_row(month.age_by_sex[UNKNOWN], sexes, not_recorded(), number(None))
        rows.append(Row(cells=unknown.cells, italic=True))
    sums = month.visits.by["sex"]
    counts = [number(sums[sex]) for sex in sexes]
    rows.append(total_row(*counts, number(sum(sums.values())), percent(HUNDRED)))
    return Table(
        columns=(
            Column(title=tr("Age"), share=1.8),
            *(Column(title=_initial(sex), align=Align.RIGHT, share=0.9) for sex in sexes),
            right(tr("Count"), 1.1),
            right("%", 0.8),
        ),
        rows=tuple(rows),
        footnote=" ".join(part for part in (_initials(sexes), of_known(ages)) if part),
    )


def _age_row(counts: Breakdown, sexes: list[Sex], name: str, part: str) -> Row:
    numbers = (number(counts[sex]) for sex in sexes)
    return Row(cells=(name, *numbers, number(sum(counts.values())), part))


def _initial(sex: Sex) -> str:
    """The head of a narrow column."""
    if sex is Sex.UNKNOWN:
        return trc("head of a column: sex not recorded", "n/r")
    return trc("female", "F") if sex is Sex.FEMALE else trc("male", "M")


def _initials(sexes: list[Sex]) -> str:
    """What the heads of the narrow columns stand for."""
    texts = (f"{_initial(sex)} = {label(sex).lower()}" for sex in sexes)
    return f"{', '.join(texts)}."


def _types(month: Month) -> Block:
    return counts_table(
        tr("Type of visitor"),
        month.visits.by["type"],
        lambda slug: label(VisitorType(slug)),
        nothing=tr("The type of visitor was not recorded this month."),
        keep_zeros=True,
    )


def _patrons(month: Month) -> tuple[Note, ...]:
    """How many different people were known by name, where any was."""
    patrons = month.figures.get(UNIQUE_PATRONS).value
    if patrons is None:
        return ()
    text = trn(
        "{count} person known by name came, however often.",
        "{count} different people known by name came, however often.",
        int(patrons),
        count=number(patrons),
    )
    return (Note(text=text),)


def _purposes(month: Month) -> Block:
    return counts_table(
        tr("Purpose"),
        _most_first(month.visits.by["purpose"]),
        lambda slug: _named(month, "purpose", slug),
        nothing=tr("The purpose of the visits was not recorded this month."),
    )


def _occupations(month: Month) -> Block:
    return counts_table(
        tr("Occupation"),
        _most_first(month.visits.by["occupation"]),
        lambda slug: _named(month, "occupation", slug),
        nothing=tr("Occupation was not recorded this month."),
    )


def _educations(month: Month) -> Block:
    return counts_table(
        tr("Education"),
        month.visits.by["education"],
        lambda slug: _named(month, "education", slug),
        nothing="",
    )


def _named(month: Month, dimension: str, slug: str) -> str:
    """An entry's label; a slug that no list knows is printed as it is."""
    return month.labels.get(dimension, {}).get(slug, slug)


def _most_first(counts: Breakdown) -> Breakdown:
    """The most frequent first, *other* and *not recorded* last."""
    order = sorted(counts, key=lambda slug: (slug == UNKNOWN, slug == "other", -counts[slug], slug))
    return {slug: counts[slug] for slug in order}
