"""The sections on the program's own records: only where there is something to say."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from perpudesk.core.codes import (
    UNKNOWN,
    AdvocacyKind,
    Channel,
    Condition,
    Domain,
    EquipmentKind,
    Funding,
    PartnerKind,
    Sex,
    label,
)
from perpudesk.core.formats import (
    NOTHING,
    date_long,
    date_short,
    number,
    rupiah,
    signed_percent,
)
from perpudesk.core.i18n import tr, trn
from perpudesk.paper.document import Block, Column, Row, Table
from perpudesk.reports.model import ADVOCACY_ACTIONS, BUDGET_GROWTH, MEDIA_ITEMS, change
from perpudesk.reports.periodic.reported import Reported
from perpudesk.reports.periodic.tables import right, said, total_row

_YEARS = 5
"""So many years of the budget stand beside one another."""
_CONDITIONS = (Condition.GOOD, Condition.MINOR_DAMAGE, Condition.MAJOR_DAMAGE)


def advocacy(reported: Reported) -> tuple[Block, ...]:
    """Actions of the period, and the budget of its year beside earlier ones."""
    actions, years = reported.acted.actions, _years(reported)
    if not actions and not years and reported.figures.value(ADVOCACY_ACTIONS) is None:
        return ()
    blocks: list[Block] = [*said(_advocacy_words(reported, len(actions), years))]
    if actions:
        blocks.append(
            _table(
                (tr("Date"), tr("Kind of action"), tr("Institution"), tr("What it was about")),
                (
                    (date_short(row.day), label(AdvocacyKind(row.slug)), row.title, row.told)
                    for row in actions
                ),
                shares=(0.8, 1.2, 1.6, 2.4),
            )
        )
    if years:
        blocks.append(_budget(reported, years))
    return tuple(blocks)


def _advocacy_words(reported: Reported, count: int, years: Sequence[int]) -> Iterator[str]:
    if reported.figures.value(ADVOCACY_ACTIONS) is not None:
        yield (
            trn(
                "The library spoke up for itself {n} time in this period.",
                "The library spoke up for itself {n} times in this period.",
                count,
            )
            if count
            else tr("No advocacy was recorded in this period.")
        )
    growth = reported.figures.value(BUDGET_GROWTH)
    if growth is not None:
        yield tr(
            "The budget of {year} is {change} against the year before.",
            year=reported.period.last.year,
            change=signed_percent(growth),
        )
    if (since := _rising(reported, years)) is not None:
        first, last = since
        yield tr("It rose every year from {first} to {last}.", first=first, last=last)


def _years(reported: Reported) -> list[int]:
    """The last years up to the period's of which something is known."""
    known = (year for year in reported.acted.budgets if year <= reported.period.last.year)
    return sorted(known)[-_YEARS:]


def _total(reported: Reported, year: int) -> int | None:
    found = reported.acted.budgets.get(year)
    return None if found is None else sum(found.values())


def _rising(reported: Reported, years: Sequence[int]) -> tuple[int, int] | None:
    """The run of years up to the last in which each had more than the one before, three at least.

    Fewer are no run: their growth is told already.
    """
    if not years:
        return None
    first = last = years[-1]
    while (before := _total(reported, first - 1)) is not None and before < (
        _total(reported, first) or 0
    ):
        first -= 1
    return (first, last) if last - first >= 2 else None


def _budget(reported: Reported, years: Sequence[int]) -> Table:
    budgets = reported.acted.budgets
    sources = [each for each in Funding if any(each in budgets[year] for year in years)]
    rows = [
        Row(
            cells=(label(source), *(_money(budgets[year].get(source)) for year in years)),
        )
        for source in sources
    ]
    rows.append(total_row(*(_money(_total(reported, year)) for year in years)))
    changes = [change(_total(reported, year), _total(reported, year - 1)) for year in years]
    grown = (tr("Against the year before"), *map(signed_percent, changes))
    rows.append(Row(cells=grown, italic=True))
    columns = (
        Column(title=tr("Budget (Rp)"), share=1.6),
        *(right(str(year)) for year in years),
    )
    return Table(columns=columns, rows=tuple(rows))


def _money(amount: int | None) -> str:
    return NOTHING if amount is None else rupiah(amount)


def partners(reported: Reported) -> tuple[Block, ...]:
    """Whose cooperation is in force on the last day."""
    found = reported.acted.partners
    if not found:
        return ()
    rows = (
        (
            row.name,
            label(PartnerKind(row.kind)),
            tr("no end agreed") if row.until is None else date_long(row.until),
        )
        for row in found
    )
    heads = (tr("Partner"), tr("Kind of partner"), tr("In force until"))
    return (_table(heads, rows, shares=(2.4, 1.6, 1.4)),)


def media(reported: Reported) -> tuple[Block, ...]:
    """What was to be read, heard or seen of the library."""
    found = reported.acted.media
    if not found:
        if reported.figures.value(MEDIA_ITEMS) is None:
            return ()
        return said([tr("Nothing was published in this period.")])
    rows = ((date_short(row.day), label(Channel(row.slug)), row.title) for row in found)
    return (_table((tr("Date"), tr("Channel"), tr("Title")), rows, shares=(0.8, 1.2, 3.6)),)


def stories(reported: Reported) -> tuple[Block, ...]:
    """Stories that were verified in the period, with consent; by name only who agreed to it."""
    found = reported.acted.stories
    if not found:
        return ()
    rows = (
        (
            row.title,
            label(Sex.UNKNOWN) if row.slug == UNKNOWN else label(Domain(row.slug)),
            row.told or NOTHING,
        )
        for row in found
    )
    heads = (tr("Story"), tr("Field of impact"), tr("Whose"))
    return (_table(heads, rows, shares=(3.0, 1.6, 1.2)),)


def equipment(reported: Reported) -> tuple[Block, ...]:
    """What the library has on the last day, by kind and condition."""
    found = reported.acted.equipment
    if not found:
        return ()
    kinds = [each for each in EquipmentKind if each in found]
    rows = [
        Row(
            cells=(
                label(kind),
                *(number(found[kind].get(each, 0)) for each in _CONDITIONS),
                number(sum(found[kind].values())),
            )
        )
        for kind in kinds
    ]
    sums = [sum(found[kind].get(each, 0) for kind in kinds) for each in _CONDITIONS]
    rows.append(total_row(*map(number, sums), number(sum(sums))))
    columns = (
        Column(title=tr("Equipment"), share=2.0),
        *(right(label(each)) for each in _CONDITIONS),
        right(tr("Total")),
    )
    return (Table(columns=columns, rows=tuple(rows)),)


def _table(
    heads: Sequence[str], rows: Iterable[tuple[str, ...]], *, shares: Sequence[float]
) -> Table:
    return Table(
        columns=tuple(
            Column(title=title, share=share) for title, share in zip(heads, shares, strict=True)
        ),
        rows=tuple(Row(cells=cells) for cells in rows),
    )
