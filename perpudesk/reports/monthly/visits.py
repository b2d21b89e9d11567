"""The section on visits: by day, sex, type, weekday and hour."""

from __future__ import annotations

from collections.abc import Sequence

from perpudesk.branch.model import DayInfo
from perpudesk.core.codes import UNKNOWN, DayState, Sex, VisitorType, label
from perpudesk.core.formats import month_name, number, weekday_names
from perpudesk.core.i18n import tr, trc, trn
from perpudesk.paper.document import (
    Bar,
    BarChart,
    BarStyle,
    Block,
    Columns,
    LegendEntry,
    Note,
)
from perpudesk.reports.counting import WEEKDAYS
from perpudesk.reports.monthly.month import Month
from perpudesk.reports.monthly.tables import counts_table, estimate_note, remarks, unrecorded

_STYLES = {
    DayState.OPEN_COUNTED: BarStyle.NORMAL,
    DayState.ESTIMATED: BarStyle.ESTIMATED,
    DayState.OPEN_NOT_COUNTED: BarStyle.NOT_COUNTED,
    DayState.CLOSED: BarStyle.CLOSED,
    DayState.NOT_SET: BarStyle.NOT_SET,
}
_NO_NUMBER = " "
"""Shown at a day that is still to come: neither a number nor the mark for none."""


def visits(month: Month) -> tuple[Block, ...]:
    """How the visits fell on days, weekdays and hours, on women and men, on members and others."""
    if month.visits.value is None:
        return ()
    by, names = month.visits.by, {"sex": tr("Sex"), "type": tr("Type of visitor")}
    sexes = counts_table(
        names["sex"], month.visits, by["sex"], lambda slug: label(Sex(slug)), keep_zeros=True
    )
    types = counts_table(
        names["type"],
        month.visits,
        by["type"],
        lambda slug: label(VisitorType(slug)),
        keep_zeros=True,
    )
    blocks: list[Block] = [Columns(left=_days(month), right=(*sexes, *types))]
    if month.visits.value:
        blocks.append(Columns(left=_weekdays(month), right=_hours(month)))
    entries = tr("A visit is one entry: whoever comes twice is counted twice.")
    lacking = unrecorded(month.visits, names) if month.visits.value else ""
    return (*blocks, *remarks(estimate_note(month.visits), lacking, entries))


def _days(month: Month) -> tuple[Block, ...]:
    bars = tuple(_day_bar(month, day) for day in month.days)
    title = tr("Visits per day, {month}", month=month_name(month.period.first))
    chart = BarChart(title=title, bars=bars, category_axis=tr("Date"), legend=_legend(bars))
    return (chart, *_without_day(month.visits.by["day"][UNKNOWN]))


def _day_bar(month: Month, day: DayInfo) -> Bar:
    """A day's bar: one to come is empty, an estimated one without a number was not counted."""
    name = str(day.date.day)
    if not month.came(day):
        return Bar(label=name, value=None, shown=_NO_NUMBER)
    style = _STYLES[day.state]
    if day.state is DayState.ESTIMATED and not day.visits:
        style = BarStyle.NOT_COUNTED
    counted = day.visits or day.state is DayState.OPEN_COUNTED
    return Bar(label=name, value=day.visits if counted else None, style=style)


def _legend(bars: Sequence[Bar]) -> tuple[LegendEntry, ...]:
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


def _weekdays(month: Month) -> tuple[Block, ...]:
    counts = month.visits.by["weekday"]
    names = dict(zip(WEEKDAYS, weekday_names(short=True), strict=True))
    bars = tuple(Bar(label=names[slug], value=counts[slug]) for slug in WEEKDAYS if slug in counts)
    if not bars:
        return (Note(text=tr("The days of these visits were not recorded.")),)
    chart = BarChart(title=tr("Visits by weekday"), bars=bars, category_axis=tr("Weekday"))
    return (chart, *_without_day(counts[UNKNOWN]))


def _hours(month: Month) -> tuple[Block, ...]:
    """From the first hour with a visit to the last, none left out between them."""
    counts = month.visits.by["hour"]
    hours = sorted(int(slug) for slug in counts if slug != UNKNOWN)
    if not hours:
        return (Note(text=tr("The hours of these visits were not recorded.")),)
    slugs = [f"{hour:02}" for hour in range(hours[0], hours[-1] + 1)]
    bars = tuple(Bar(label=slug, value=counts.get(slug, 0)) for slug in slugs)
    chart = BarChart(title=tr("Visits by hour of arrival"), bars=bars, category_axis=tr("Hour"))
    return (chart, *_without_hour(counts[UNKNOWN]))


def _without_day(count: int) -> tuple[Note, ...]:
    """Says how many visits a chart by day cannot show."""
    if not count:
        return ()
    text = trn(
        "{count} visit is not shown: its day was not recorded.",
        "{count} visits are not shown: their days were not recorded.",
        count,
        count=number(count),
    )
    return (Note(text=text),)


def _without_hour(count: int) -> tuple[Note, ...]:
    """Says how many visits a chart by hour cannot show."""
    if not count:
        return ()
    text = trn(
        "{count} visit is not shown: its hour was not recorded.",
        "{count} visits are not shown: their hours were not recorded.",
        count,
        count=number(count),
    )
    return (Note(text=text),)
