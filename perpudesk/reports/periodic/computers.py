"""The section on computers: how much they were used, when, by whom, what for, and on which."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from perpudesk.core.codes import UNKNOWN, Sex, age_label, label
from perpudesk.core.formats import month_names, number, percent, weekday_names
from perpudesk.core.i18n import tr, trc, trn
from perpudesk.paper.document import Block, Column, Columns, Note, Paragraph, Row, Table
from perpudesk.paper.heat import HeatMap, HeatRow
from perpudesk.reports.model import (
    AVAILABLE_MINUTES,
    CLASS_MINUTES,
    COMPUTER_MINUTES,
    COMPUTER_SESSIONS,
    COMPUTER_USE_RATE,
    LENT,
    MINUTES_PER_SESSION,
    Breakdown,
    Figures,
    Indicator,
    ratio,
)
from perpudesk.reports.periodic.lent_words import sentences
from perpudesk.reports.periodic.reported import Reported
from perpudesk.reports.periodic.tables import (
    beside_table,
    cell,
    counts_table,
    estimate_note,
    meaning,
    most_first,
    not_recorded,
    remarks,
    right,
    rows_of,
    total_row,
    unrecorded,
)
from perpudesk.reports.tallies import WEEKDAYS

_MANY = 16
"""So many workstations stand in lower rows."""
_OF_PLACES = (COMPUTER_SESSIONS, COMPUTER_MINUTES, CLASS_MINUTES, AVAILABLE_MINUTES)
_BY_MONTH = (COMPUTER_SESSIONS, COMPUTER_MINUTES, MINUTES_PER_SESSION, COMPUTER_USE_RATE)


def computers(reported: Reported) -> tuple[Block, ...]:
    """How the computers were used; nothing at all where the library has none."""
    if all(reported.figures.value(each) is None for each in LENT):
        return ()
    words = Paragraph(spans=tuple(sentences(reported)))
    blocks: list[Block] = [words, beside_table(reported, rows_of(reported, LENT))]
    if reported.months:
        blocks.append(_months(reported))
    if not reported.figures.value(COMPUTER_SESSIONS):
        return tuple(blocks)
    people, lacking = _people(reported)
    blocks += [*_heat(reported), *_places(reported), *people]
    sessions = reported.figures.get(COMPUTER_SESSIONS)
    return (*blocks, *remarks(lacking, estimate_note(sessions), _rule()))


def _rule() -> str:
    return tr("A session is one use: whoever comes twice is counted twice, whoever moves once.")


def _months(reported: Reported) -> Table:
    """Month by month; the last row is computed over the period."""
    names = month_names()

    def cells(figures: Figures) -> Iterator[str]:
        return (cell(figures, indicator) for indicator in _BY_MONTH)

    rows = [
        *(
            Row(cells=(names[month.period.first.month - 1], *cells(month)))
            for month in reported.months
        ),
        total_row(*cells(reported.figures)),
    ]
    titles = (tr("Sessions"), _minutes(), tr("Minutes per session"))
    columns = (
        Column(title=tr("Month"), share=1.2),
        *(right(title) for title in titles),
        right(tr("Use rate")),
    )
    return Table(columns=columns, rows=tuple(rows), footnote=meaning(rows))


# ---------------------------------------------------------------- who, and what for


def _people(reported: Reported) -> tuple[tuple[Block, ...], str]:
    """Tables of who used them and what for, and what was not recorded of anybody."""
    sessions = reported.figures.get(COMPUTER_SESSIONS)
    purposes = reported.labels["computer_purpose"]
    occupations = reported.labels["occupation"]
    names = {
        "sex": tr("Sex"),
        "age": tr("Age"),
        "purpose": tr("Purpose"),
        "occupation": tr("Occupation"),
    }
    tables = [
        *_counts(reported, "sex", names["sex"], lambda slug: label(Sex(slug)), keep_zeros=True),
        *_counts(reported, "purpose", names["purpose"], lambda slug: purposes.get(slug, slug)),
        *_counts(reported, "age", names["age"], age_label, keep_zeros=True),
        *_counts(
            reported, "occupation", names["occupation"], lambda slug: occupations.get(slug, slug)
        ),
    ]
    return tuple(_beside(tables)), unrecorded(sessions, names)


def _beside(tables: Sequence[Table]) -> Iterator[Columns]:
    """Two and two, each pair whole on a page: four would leave half a page empty before them."""
    for at in range(0, len(tables), 2):
        yield Columns(left=tuple(tables[at : at + 1]), right=tuple(tables[at + 1 : at + 2]))


def _counts(
    reported: Reported,
    dimension: str,
    title: str,
    name: Callable[[str], str],
    *,
    keep_zeros: bool = False,
) -> tuple[Table, ...]:
    """Sessions with their share of what was recorded, and their minutes where they are known."""
    sessions, minutes = (
        reported.figures.get(each) for each in (COMPUTER_SESSIONS, COMPUTER_MINUTES)
    )
    counts = sessions.by[dimension]
    used = {} if minutes.value is None else {_minutes(): (minutes, minutes.by[dimension])}
    return counts_table(
        title,
        sessions,
        counts if keep_zeros else most_first(counts),
        name,
        head=tr("Sessions"),
        keep_zeros=keep_zeros,
        beside=used,
    )


def _minutes() -> str:
    return trc("of computers", "Minutes")


# ---------------------------------------------------------------- when


def _heat(reported: Reported) -> Iterator[Block]:
    """Sessions by weekday and hour of their start; no hour is left out between two of them."""
    by = reported.figures.get(COMPUTER_SESSIONS).by
    counts, days = by["weekday_hour"], by["weekday"]
    hours = sorted(int(slug) for slug in by["hour"] if slug != UNKNOWN)
    if not hours:
        yield Note(text=tr("The hours of these sessions were not recorded."))
        return
    columns = [f"{hour:02}" for hour in range(hours[0], hours[-1] + 1)]
    names = weekday_names()
    yield HeatMap(
        title=tr("Sessions by weekday and hour of their start"),
        columns=tuple(columns),
        rows=tuple(
            HeatRow(
                label=names[at],
                values=tuple(counts.get(f"{weekday}_{hour}", 0) for hour in columns),
            )
            for at, weekday in enumerate(WEEKDAYS)
            if weekday in days
        ),
        category_axis=tr("Hour"),
        value_axis=tr("The darker a field, the more sessions began then."),
    )
    if without := counts[UNKNOWN]:
        text = trn(
            "{count} session is not shown: its hour was not recorded.",
            "{count} sessions are not shown: their hours were not recorded.",
            without,
            count=number(without),
        )
        yield Note(text=text)


# ---------------------------------------------------------------- on which


def _places(reported: Reported) -> Iterator[Block]:
    """Each workstation that was used or could be, and how much of its time it was in use.

    Minutes of classes have a column where there were any.
    """
    told = [
        each for each in _OF_PLACES if each is not CLASS_MINUTES or reported.figures.value(each)
    ]
    counts = {each: reported.figures.get(each).by.get("workstation", {}) for each in told}
    slugs = dict.fromkeys(slug for parts in counts.values() for slug in parts if slug != UNKNOWN)
    rows = [
        Row(cells=(_label(reported, slug), *_numbers(slug, counts), _rate(slug, counts)))
        for slug in slugs
        if any(parts.get(slug) for parts in counts.values())
    ]
    if not rows:
        return
    if any(parts.get(UNKNOWN) for parts in counts.values()):
        unknown = (not_recorded(), *_numbers(UNKNOWN, counts), number(None))
        rows.append(Row(cells=unknown, italic=True))
    sums = (cell(reported.figures, each) for each in (*told, COMPUTER_USE_RATE))
    rows.append(total_row(*sums))
    titles = {
        COMPUTER_SESSIONS: tr("Sessions"),
        COMPUTER_MINUTES: _minutes(),
        CLASS_MINUTES: tr("Class minutes"),
        AVAILABLE_MINUTES: tr("Available minutes"),
    }
    yield Table(
        columns=(
            Column(title=tr("Computer"), share=1.6),
            *(right(titles[each]) for each in told),
            right(tr("Use rate")),
        ),
        rows=tuple(rows),
        footnote=" ".join(filter(None, (meaning(rows), _how()))),
        dense=len(rows) > _MANY,
    )


def _label(reported: Reported, slug: str) -> str:
    return reported.labels["workstation"].get(slug, slug)


def _numbers(slug: str, counts: Mapping[Indicator, Breakdown]) -> Iterator[str]:
    return (number(parts.get(slug, 0)) for parts in counts.values())


def _rate(slug: str, counts: Mapping[Indicator, Breakdown]) -> str:
    """Nothing where minutes are not known, and where nobody could use it."""
    minutes, available = counts[COMPUTER_MINUTES], counts[AVAILABLE_MINUTES]
    used = minutes.get(slug, 0) + counts.get(CLASS_MINUTES, {}).get(slug, 0)
    part = ratio(used, available.get(slug, 0)) if minutes else None
    return number(None) if part is None else f"{percent(part)}%"


def _how() -> str:
    return tr(
        "Use rate: minutes and class minutes of the available ones, in which the library was open "
        "and the computer in good order. A session that moved stands with its last computer, its "
        "minutes with each."
    )
