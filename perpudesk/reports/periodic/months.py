"""What a period longer than a month adds: its months, beside one another and in a chart."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from perpudesk.core.codes import Basis
from perpudesk.core.formats import month_names, period_name
from perpudesk.core.i18n import tr, trc
from perpudesk.paper.document import (
    Bar,
    BarChart,
    BarStyle,
    Block,
    Column,
    LegendEntry,
    Row,
    Table,
)
from perpudesk.reports.model import VISITS, VISITS_PER_OPEN_DAY, Figures, Indicator
from perpudesk.reports.periodic.reported import Reported
from perpudesk.reports.periodic.tables import MAIN, cell, meaning, right, rows_of, total_row

NO_NUMBER = " "
"""Shown at what is still to come: neither a number nor the mark for none."""


def months(reported: Reported) -> tuple[Block, ...]:
    """The main indicators month by month, and over the period; nothing for a month itself.

    The last row is computed over the period: averages and distinct persons are no sums.
    """
    if not reported.months:
        return ()
    told = rows_of(reported, MAIN)
    columns = (
        Column(title=tr("Month"), share=1.2),
        *(right(_title(indicator)) for indicator in told),
    )
    names = month_names()
    rows = [
        Row(cells=(names[month.period.first.month - 1], *_cells(month, told)))
        for month in reported.months
    ]
    rows.append(total_row(*_cells(reported.figures, told)))
    notes = (meaning(rows), *_lacking(reported), _summed())
    return (Table(columns=columns, rows=tuple(rows), footnote=" ".join(filter(None, notes))),)


def _title(indicator: Indicator) -> str:
    """The head of a column, of which there are many."""
    return tr("Per service day") if indicator is VISITS_PER_OPEN_DAY else tr(indicator.name)


def _cells(figures: Figures, told: Sequence[Indicator]) -> Iterator[str]:
    return (cell(figures, indicator) for indicator in told)


def _summed() -> str:
    return tr("Averages and distinct people of the last row are computed over the whole period.")


def _lacking(reported: Reported) -> tuple[str, str]:
    """Which months nobody counted, and which are still to come."""
    empty = [each for each in reported.months if each.value(VISITS) is None]
    to_come = [each for each in empty if each.period.first > reported.today]
    uncounted = [each for each in empty if each not in to_come]
    return (
        tr("Not counted: {months}.", months=_names(uncounted)) if uncounted else "",
        tr("Still to come: {months}.", months=_names(to_come)) if to_come else "",
    )


def _names(months_: Sequence[Figures]) -> str:
    names = month_names(short=True)
    return ", ".join(names[each.period.first.month - 1] for each in months_)


def months_chart(reported: Reported) -> BarChart:
    """The visits of each month; one with days that nobody counted is marked like a guess."""
    bars = tuple(_bar(month, reported) for month in reported.months)
    return BarChart(
        title=tr("Visits per month, {period}", period=period_name(reported.period)),
        bars=bars,
        category_axis=tr("Month"),
        legend=legend(bars, estimated=tr("partly or wholly estimated")),
    )


def _bar(month: Figures, reported: Reported) -> Bar:
    name = month_names(short=True)[month.period.first.month - 1]
    visits = month.get(VISITS)
    if visits.value is None:
        if month.period.first > reported.today:
            return Bar(label=name, value=None, shown=NO_NUMBER)
        return Bar(label=name, value=None, style=BarStyle.NOT_COUNTED)
    style = BarStyle.NORMAL if visits.basis is Basis.COUNTED else BarStyle.ESTIMATED
    return Bar(label=name, value=visits.value, style=style)


def legend(bars: Sequence[Bar], *, estimated: str) -> tuple[LegendEntry, ...]:
    """What the styles that occur mean; the usual one needs no words."""
    texts = {
        BarStyle.ESTIMATED: estimated,
        BarStyle.NOT_COUNTED: trc("day", "open, not counted"),
        BarStyle.CLOSED: trc("day", "closed"),
        BarStyle.NOT_SET: trc("day", "not set"),
    }
    seen = {bar.style for bar in bars}
    return tuple(
        LegendEntry(style=style, text=text) for style, text in texts.items() if style in seen
    )
