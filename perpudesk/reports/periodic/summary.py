"""The summary: sentences written from the figures, and the table beside other periods.

Nothing is said that the figures do not know: an unknown base gives no comparison, days without a
count and estimates are named, and a period that is not over is not compared by its sums.
"""

from __future__ import annotations

from collections.abc import Iterator

from perpudesk.core.codes import Basis, DayState
from perpudesk.core.formats import (
    date_full,
    date_long,
    number,
    percent,
    period_in_text,
    signed_percent,
)
from perpudesk.core.i18n import tr, trn
from perpudesk.paper.document import Block, Paragraph, Span, bold, compose, spans
from perpudesk.reports.model import (
    COMMUNITY_MEETINGS,
    COMPUTER_MINUTES,
    COMPUTER_SESSIONS,
    COMPUTER_USE_RATE,
    MEETING_ATTENDANCES,
    OPEN_DAYS,
    TRAINING_ATTENDANCES,
    TRAININGS,
    VISITS,
    VISITS_PER_OPEN_DAY,
    VISITS_VIA_ACTIVITIES,
    change,
)
from perpudesk.reports.periodic.activities import (
    activities_told,
    attendances_told,
    trainings_told,
)
from perpudesk.reports.periodic.reported import Reported
from perpudesk.reports.periodic.tables import (
    beside_table,
    minutes_told,
    rows_of,
    sessions_told,
)
from perpudesk.totals.model import total_sentence

Sentence = tuple[Span, ...]


def summary(reported: Reported) -> tuple[Block, ...]:
    """The period in words and beside other periods."""
    words: list[Span] = []
    for sentence in _sentences(reported):
        words += [*([Span(text=" ")] if words else []), *sentence]
    return (Paragraph(spans=tuple(words)), beside_table(reported, rows_of(reported)))


def _sentences(reported: Reported) -> Iterator[Sentence]:
    yield _opening(reported)
    if reported.visits.value is not None:
        yield from _via(reported)
        yield from _so_far(reported)
        yield from _comparison(reported)
        yield from _busiest(reported)
        yield from _caveats(reported)
    yield from _computers(reported)
    yield from _activities(reported)


def _opening(reported: Reported) -> Sentence:
    """How many visits on how many days."""
    name, value = period_in_text(reported.period), reported.visits.value
    if value is None:
        return compose(
            tr(
                "In {period} no visit was recorded and no day was counted. The figures are not "
                "known; they are not zero."
            ),
            period=name,
        )
    days = reported.figures.value(OPEN_DAYS)
    visits, opened = bold(_visits(value)), _days(days or 0)
    if not value:
        text = tr("In {period} the library was open on {days} and received no visits.")
        return compose(text, period=name, days=opened)
    if not days:
        return compose(tr("In {period} the library received {visits}."), period=name, visits=visits)
    rate = reported.figures.value(VISITS_PER_OPEN_DAY)
    if rate is None:
        text = tr("In {period} the library was open on {days} and received {visits}.")
        return compose(text, period=name, days=opened, visits=visits)
    text = tr(
        "In {period} the library was open on {days} and received {visits} ({rate} per service day)."
    )
    return compose(text, period=name, days=opened, visits=visits, rate=number(rate, 1))


def _visits(count: float) -> str:
    return trn("{count} visit", "{count} visits", int(count), count=number(count))


def _days(count: float) -> str:
    return trn("{count} day", "{count} days", int(count), count=number(count))


def _via(reported: Reported) -> Iterator[Sentence]:
    """How many of the visits came for an activity: part of them, never added."""
    if via := reported.figures.value(VISITS_VIA_ACTIVITIES):
        yield spans(
            trn(
                "{count} of them came for an activity.",
                "{count} of them came for an activity.",
                int(via),
                count=number(via),
            )
        )


def _so_far(reported: Reported) -> Iterator[Sentence]:
    """Up to which day a period that is not over is told."""
    if not reported.is_running:
        return
    last = max((day.date for day in reported.days if reported.came(day)), default=reported.today)
    text = tr("The period is not over: these are the figures up to {date}.")
    yield compose(text, date=date_long(last))


def _caveats(reported: Reported) -> Iterator[Sentence]:
    """What the reader must know before trusting the number."""
    if reported.visits.basis is Basis.ESTIMATED:
        yield spans(tr("All of the visits are estimated."))
    elif reported.estimated:
        yield spans(
            trn(
                "{count} of the visits is estimated.",
                "{count} of the visits are estimated.",
                reported.estimated,
                count=number(reported.estimated),
            )
        )
    yield from (spans(total_sentence(total)) for total in reported.figures.totals_of(VISITS))
    if uncounted := len(reported.days_missing(DayState.OPEN_NOT_COUNTED)):
        yield spans(
            trn(
                "On {count} open day nobody counted; its visits are missing here.",
                "On {count} open days nobody counted; their visits are missing here.",
                uncounted,
                count=number(uncounted),
            )
        )
    if unset := len(reported.days_missing(DayState.NOT_SET)):
        yield spans(
            trn(
                "{count} day has no state yet, so the figures may be incomplete.",
                "{count} days have no state yet, so the figures may be incomplete.",
                unset,
                count=number(unset),
            )
        )


def _comparison(reported: Reported) -> Iterator[Sentence]:
    """Against the period before and the same one last year, where there is a base.

    The sums of a period that is not over compare with nothing, its daily average does.
    """
    indicator = VISITS_PER_OPEN_DAY if reported.is_running else VISITS
    now = reported.figures.value(indicator)
    known = [
        (_direction(moved), period_in_text(base.period))
        for base in reported.bases
        if (moved := change(now, base.value(indicator))) is not None
    ]
    if len(known) == 2:
        (first, name), (second, other) = known
        text = _both(reported)
        yield compose(text, change=bold(first), period=name, other_change=second, other=other)
    elif known:
        ((first, name),) = known
        yield compose(_one(reported), change=bold(first), period=name)


def _both(reported: Reported) -> str:
    if reported.is_running:
        return tr("The daily average is {change} from {period} and {other_change} from {other}.")
    return tr("That is {change} from {period} and {other_change} from {other}.")


def _one(reported: Reported) -> str:
    if reported.is_running:
        return tr("The daily average is {change} from {period}.")
    return tr("That is {change} from {period}.")


def _direction(moved: float) -> str:
    """`up 8.7%`, `down 3.2%`, or `unchanged` where the printed number would be 0."""
    printed = signed_percent(moved)
    if printed.startswith("+"):
        return tr("up {percent}", percent=printed[1:])
    if printed.startswith("−"):
        return tr("down {percent}", percent=printed[1:])
    return tr("unchanged")


def _busiest(reported: Reported) -> Iterator[Sentence]:
    """The day with the most visits, if one counted day stands out."""
    counted = {day.date for day in reported.days_that_were(DayState.OPEN_COUNTED)}
    days = sorted((day.visits, day.date) for day in reported.days if day.date in counted)
    if len(days) < 2 or days[-1][0] == days[-2][0]:
        return
    count, day = days[-1]
    text = tr("The busiest day was {date} with {visits}.")
    yield compose(text, date=date_full(day), visits=_visits(count))


def _computers(reported: Reported) -> Iterator[Sentence]:
    """How the computers were used, where they were."""
    figures = reported.figures
    count, minutes = figures.value(COMPUTER_SESSIONS), figures.value(COMPUTER_MINUTES)
    if not count:
        return
    sessions = bold(sessions_told(count))
    if minutes is None:
        yield compose(tr("Computers were used in {sessions}."), sessions=sessions)
        return
    used, rate = minutes_told(minutes), figures.value(COMPUTER_USE_RATE)
    if rate is None:
        text = tr("Computers were used in {sessions} for {minutes}.")
        yield compose(text, sessions=sessions, minutes=used)
        return
    text = tr("Computers were used in {sessions} for {minutes}; their use rate was {rate}%.")
    yield compose(text, sessions=sessions, minutes=used, rate=percent(rate))


def _activities(reported: Reported) -> Iterator[Sentence]:
    """What the library taught and organised, and how many came, where it did."""
    held = (
        (TRAININGS, TRAINING_ATTENDANCES, trainings_told),
        (COMMUNITY_MEETINGS, MEETING_ATTENDANCES, activities_told),
    )
    for indicator, attendances, told in held:
        count, came = reported.figures.value(indicator), reported.figures.value(attendances)
        if not count:
            continue
        if came is None:
            yield compose(
                tr("It held {events}; who came was not counted."), events=bold(told(count))
            )
        else:
            text = tr("It held {events} with {attendances}.")
            yield compose(text, events=bold(told(count)), attendances=attendances_told(came))
