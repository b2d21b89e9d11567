"""The section on visits: by day or month, sex, type, weekday and hour."""

from __future__ import annotations

from perpudesk.branch.model import DayInfo
from perpudesk.core.codes import UNKNOWN, DayState, Sex, VisitorType, label
from perpudesk.core.formats import number, period_name, weekday_names
from perpudesk.core.i18n import tr, trc, trn
from perpudesk.paper.document import (
    Bar,
    BarChart,
    BarStyle,
    Block,
    Columns,
    Note,
)
from perpudesk.reports.model import known
from perpudesk.reports.periodic.months import NO_NUMBER, legend, months_chart
from perpudesk.reports.periodic.reported import Reported
from perpudesk.reports.periodic.tables import counts_table, estimate_note, remarks, unrecorded
from perpudesk.reports.tallies import WEEKDAYS

_STYLES = {
    DayState.OPEN_COUNTED: BarStyle.NORMAL,
    DayState.ESTIMATED: BarStyle.ESTIMATED,
    DayState.OPEN_NOT_COUNTED: BarStyle.NOT_COUNTED,
    DayState.CLOSED: BarStyle.CLOSED,
    DayState.NOT_SET: BarStyle.NOT_SET,
}


def visits(reported: Reported) -> tuple[Block, ...]:
    """How the visits fell on days or months, weekdays and hours, on women and men, on members."""
    if reported.visits.value is None:
        return ()
    by, names = reported.visits.by, {"sex": tr("Sex"), "type": tr("Type of visitor")}
    sexes = counts_table(
        names["sex"], reported.visits, by["sex"], lambda slug: label(Sex(slug)), keep_zeros=True
    )
    types = counts_table(
        names["type"],
        reported.visits,
        by["type"],
        lambda slug: label(VisitorType(slug)),
        keep_zeros=True,
    )
    blocks: list[Block] = [Columns(left=_over_time(reported), right=(*sexes, *types))]
    if reported.visits.value:
        blocks.append(Columns(left=_weekdays(reported), right=_hours(reported)))
    entries = tr("A visit is one entry: whoever comes twice is counted twice.")
    lacking = unrecorded(reported.visits, names) if reported.visits.value else ""
    return (*blocks, *remarks(estimate_note(reported.visits), lacking, entries))


def _over_time(reported: Reported) -> tuple[Block, ...]:
    """By day in a month, by month in anything longer."""
    return (months_chart(reported),) if reported.months else _days(reported)


def _days(reported: Reported) -> tuple[Block, ...]:
    counts = reported.visits.by["day"]
    if reported.visits.value and not known(counts):
        return (Note(text=tr("No chart by day: only the total of the month is known.")),)
    bars = tuple(_day_bar(reported, day) for day in reported.days)
    title = tr("Visits per day, {period}", period=period_name(reported.period))
    meant = legend(bars, estimated=trc("day", "estimated"))
    chart = BarChart(title=title, bars=bars, category_axis=tr("Date"), legend=meant)
    return (chart, *_without_day(counts[UNKNOWN]))


def _day_bar(reported: Reported, day: DayInfo) -> Bar:
    """A day's bar: one to come is empty, an estimated one without a number was not counted."""
    name = str(day.date.day)
    if not reported.came(day):
        return Bar(label=name, value=None, shown=NO_NUMBER)
    style = _STYLES[day.state]
    if day.state is DayState.ESTIMATED and not day.visits:
        style = BarStyle.NOT_COUNTED
    counted = day.visits or day.state is DayState.OPEN_COUNTED
    return Bar(label=name, value=day.visits if counted else None, style=style)


def _weekdays(reported: Reported) -> tuple[Block, ...]:
    counts = reported.visits.by["weekday"]
    names = dict(zip(WEEKDAYS, weekday_names(short=True), strict=True))
    bars = tuple(Bar(label=names[slug], value=counts[slug]) for slug in WEEKDAYS if slug in counts)
    if not bars:
        return (Note(text=tr("The days of these visits were not recorded.")),)
    chart = BarChart(title=tr("Visits by weekday"), bars=bars, category_axis=tr("Weekday"))
    return (chart, *_without_day(counts[UNKNOWN]))


def _hours(reported: Reported) -> tuple[Block, ...]:
    """From the first hour with a visit to the last, none left out between them."""
    counts = reported.visits.by["hour"]
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
