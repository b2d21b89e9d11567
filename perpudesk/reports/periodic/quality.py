"""The section on data quality: what each day was, and how much was recorded of each visit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import groupby

from perpudesk.branch.model import DayInfo, why_closed
from perpudesk.core.codes import DayState, label
from perpudesk.core.formats import month_names, number, percent
from perpudesk.core.i18n import tr
from perpudesk.paper.document import Block, Column, Columns, Note, Row, Table
from perpudesk.reports.model import known, ratio
from perpudesk.reports.periodic.reported import Reported
from perpudesk.reports.periodic.tables import right, total_row


def quality(reported: Reported) -> tuple[Block, ...]:
    """The days by their state with dates, and how complete the records are."""
    days: list[Block] = [_days(reported)]
    if remarks := " ".join(_remarks(reported)):
        days.append(Note(text=remarks))
    recorded = (_completeness(reported),) if reported.visits.value else ()
    return (Columns(left=tuple(days), right=recorded),)


def _days(reported: Reported) -> Table:
    states = reported.figures.days
    rows = [Row(cells=(label(state), number(count))) for state, count in states.items()]
    return Table(
        columns=(Column(title=tr("State of the days"), share=3), right(tr("Days"))),
        rows=(*rows, total_row(number(sum(states.values())))),
    )


def _remarks(reported: Reported) -> Iterator[str]:
    """Which days were not simply counted, and why the branch was closed."""
    texts = {
        DayState.ESTIMATED: tr("Estimated: {dates}."),
        DayState.OPEN_NOT_COUNTED: tr("Open, not counted: {dates}."),
        DayState.NOT_SET: tr("Not set: {dates}."),
    }
    for state, text in texts.items():
        if days := reported.days_that_were(state):
            yield text.format(dates=dates_of(days))
    if closed := reported.days_that_were(DayState.CLOSED):
        yield tr("Closed: {reasons}.", reasons=_reasons(closed))


def dates_of(days: Sequence[DayInfo]) -> str:
    """Days as they are read: `1–5, 8, 23 Oct; 2 Nov`."""
    months = groupby(days, key=lambda day: (day.date.year, day.date.month))
    return "; ".join(_dates_of_month(list(group)) for _, group in months)


def _dates_of_month(days: Sequence[DayInfo]) -> str:
    ranges: list[list[date]] = []
    for day in days:
        if ranges and day.date - ranges[-1][-1] == timedelta(days=1):
            ranges[-1].append(day.date)
        else:
            ranges.append([day.date])
    texts = [
        str(each[0].day) if len(each) == 1 else f"{each[0].day}–{each[-1].day}" for each in ranges
    ]
    return f"{', '.join(texts)} {month_names(short=True)[days[0].date.month - 1]}"


def _reasons(days: Sequence[DayInfo]) -> str:
    """How many days were closed why, the most frequent first."""
    counts = Counter(why_closed(day).lower() for day in days)
    return ", ".join(f"{number(count)} {reason}" for reason, count in counts.most_common())


def _completeness(reported: Reported) -> Table:
    """Of how many visits each thing was recorded."""
    names = {
        "sex": tr("Sex"),
        "age": tr("Age"),
        "occupation": tr("Occupation"),
        "education": tr("Education"),
        "type": tr("Type of visitor"),
        "purpose": tr("Purpose"),
        "hour": tr("Hour of arrival"),
    }
    rows = []
    for dimension, name in names.items():
        counts = reported.visits.by[dimension]
        recorded = known(counts)
        share = ratio(recorded, sum(counts.values()))
        rows.append(Row(cells=(name, number(recorded), percent(share))))
    return Table(
        columns=(Column(title=tr("Recorded"), share=2), right(tr("Visits")), right("%")),
        rows=tuple(rows),
    )
