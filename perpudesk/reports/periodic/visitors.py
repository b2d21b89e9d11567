"""The section on who came: age and sex, purpose, occupation, education, known patrons."""

from __future__ import annotations

from perpudesk.core.codes import UNKNOWN, Sex, age_label, label
from perpudesk.core.formats import number, percent
from perpudesk.core.i18n import tr, trn
from perpudesk.paper.document import Align, Block, Column, Columns, Row, Table
from perpudesk.reports.model import UNIQUE_PATRONS, Breakdown, known, share
from perpudesk.reports.periodic.reported import Reported
from perpudesk.reports.periodic.tables import (
    HUNDRED,
    counts_table,
    estimate_note,
    initial,
    mark,
    most_first,
    of_known,
    remarks,
    right,
    total_row,
    unrecorded,
)

_WIDE = 10_000
"""From so many visits on, ages by sex have the whole width."""


def visitors(reported: Reported) -> tuple[Block, ...]:
    """Who came and what for; left out while there was nobody."""
    if not reported.visits.value:
        return ()
    names = {"age": tr("Age"), "purpose": tr("Purpose"), "occupation": tr("Occupation")}
    ages = _ages(reported)
    wide = reported.visits.value >= _WIDE  # such numbers would break in half of the width
    left = (*(() if wide else ages), *_listed(reported, "purpose", names["purpose"]))
    right_half = (
        *_listed(reported, "occupation", names["occupation"]),
        *_listed(reported, "education", tr("Education")),
    )
    said = (_patrons(reported), unrecorded(reported.visits, names))
    blocks: list[Block] = [*(ages if wide else ())]
    if left or right_half:
        blocks.append(Columns(left=left or right_half, right=right_half if left else ()))
    if not blocks:
        return remarks(*said)
    return (*blocks, *remarks(estimate_note(reported.visits), *said))


def _ages(reported: Reported) -> tuple[Table, ...]:
    """Age by sex, so that the parts of both can be read; sex not recorded only where it occurs."""
    ages = reported.visits.by["age"]
    if not known(ages):
        return ()
    sexes = [Sex.FEMALE, Sex.MALE]
    if reported.visits.by["sex"][UNKNOWN]:
        sexes.append(Sex.UNKNOWN)
    rows = [
        _age_row(reported.age_by_sex[slug], sexes, age_label(slug), percent(share(ages, slug)))
        for slug in ages
        if slug != UNKNOWN
    ]
    if ages[UNKNOWN]:
        name = initial(Sex.UNKNOWN)  # in full it would break the narrow column
        unknown = _age_row(reported.age_by_sex[UNKNOWN], sexes, name, number(None))
        rows.append(Row(cells=unknown.cells, italic=True))
    sums = reported.visits.by["sex"]
    counts = [number(sums[sex]) for sex in sexes]
    total = f"{number(reported.visits.value)}{mark(reported.visits)}"
    rows.append(total_row(*counts, total, percent(HUNDRED)))
    table = Table(
        columns=(
            Column(title=tr("Age"), share=1.8),
            *(Column(title=initial(sex), align=Align.RIGHT, share=0.9) for sex in sexes),
            right(tr("Count"), 1.1),
            right("%", 0.8),
        ),
        rows=tuple(rows),
        footnote=" ".join(part for part in (_initials(reported), of_known(ages)) if part),
    )
    return (table,)


def _age_row(counts: Breakdown, sexes: list[Sex], name: str, part: str) -> Row:
    numbers = (number(counts[sex]) for sex in sexes)
    return Row(cells=(name, *numbers, number(sum(counts.values())), part))


def _initials(reported: Reported) -> str:
    """What the initials stand for."""
    unknown = reported.visits.by["sex"][UNKNOWN] or reported.visits.by["age"][UNKNOWN]
    sexes = (Sex.FEMALE, Sex.MALE, *([Sex.UNKNOWN] if unknown else []))
    return f"{', '.join(f'{initial(sex)} = {label(sex).lower()}' for sex in sexes)}."


def _listed(reported: Reported, dimension: str, title: str) -> tuple[Table, ...]:
    """A list that grows: the most frequent first, schooling in its own order."""
    counts = reported.visits.by[dimension]
    names = reported.labels[dimension]
    order = counts if dimension == "education" else most_first(counts)
    return counts_table(title, reported.visits, order, lambda slug: names[slug])


def _patrons(reported: Reported) -> str:
    """How many different people were known by name, where any was."""
    patrons = reported.figures.value(UNIQUE_PATRONS)
    if patrons is None:
        return ""
    return trn(
        "{count} person known by name came, however often.",
        "{count} different people known by name came, however often.",
        int(patrons),
        count=number(patrons),
    )
