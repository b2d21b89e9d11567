"""What a period longer than a month adds: its months, beside one another and in a chart."""

from __future__ import annotations

from collections.abc import Sequence

from perpudesk.core.codes import Basis
from perpudesk.core.formats import month_names, period_name, period_short
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
from perpudesk.reports.model import VISITS, Figures
from perpudesk.reports.periodic.reported import Reported
from perpudesk.reports.periodic.tables import ROWS, cell, meaning, right, total_row

NO_NUMBER = " "
"""Shown at what is still to come: neither a number nor the mark for none."""


def months(reported: Reported) -> tuple[Block, ...]:
    """The main indicators month by month, and over the period; nothing for a month itself.

    The last row is computed over the period: averages and distinct persons are no sums.
    """
    if not reported.months:
        return ()
    columns = (
        Column(title=tr("Month"), share=1.4),
        *(right(tr(indicator.name)) for indicator in ROWS),
    )
    rows = [_row(month, period_short(month.period)) for month in reported.months]
    rows.append(total_row(*_row(reported.figures, "").cells[1:]))
    notes = (meaning(rows), *_lacking(reported), _summed())
    return (Table(columns=columns, rows=tuple(rows), footnote=" ".join(filter(None, notes))),)


def _row(figures: Figures, name: str) -> Row:
    return Row(cells=(name, *(cell(figures, indicator) for indicator in ROWS)))


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
        legend=legend(bars),
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


def legend(bars: Sequence[Bar]) -> tuple[LegendEntry, ...]:
    """What the styles that occur mean; the usual one needs no words."""
    texts = {
        BarStyle.ESTIMATED: trc("day", "estimated"),
        BarStyle.NOT_COUNTED: trc("day", "open, not counted"),
        BarStyle.CLOSED: trc("day", "closed"),
        BarStyle.NOT_SET: trc("day", "not set"),
    }
    seen = {bar.style for bar in bars}
    return tuple(
        LegendEntry(style=style, text=text) for style, text in texts.items() if style in seen
    )
