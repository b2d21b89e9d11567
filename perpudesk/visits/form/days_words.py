"""How a day of the branch is told: a word and its tone, and what befell it."""

from __future__ import annotations

from datetime import tzinfo

from perpudesk.branch.model import DayInfo, Outage, why_closed
from perpudesk.core.codes import ClosedReason, DayState, label
from perpudesk.core.formats import clock_text, number
from perpudesk.core.i18n import tr, trc

_TONES = {
    DayState.OPEN_COUNTED: "ok",
    DayState.OPEN_NOT_COUNTED: "warn",
    DayState.ESTIMATED: "info",
    DayState.CLOSED: "neutral",
    DayState.NOT_SET: "neutral",
}


def tone_of(info: DayInfo) -> str:
    """The tone of a day; closed with visits is what somebody must look at."""
    if info.state is DayState.CLOSED and info.visits:
        return "error"
    return _TONES[info.state]


def state_words(info: DayInfo) -> str:
    """What a day was, and why it was closed."""
    words = label(info.state)
    if info.state is not DayState.CLOSED:
        return words
    if info.reason is ClosedReason.HOLIDAY and info.holiday:
        return f"{words} · {info.holiday}"
    return f"{words} · {why_closed(info)}"


def day_mark(info: DayInfo) -> tuple[str, str] | None:
    """A short word and the tone of a day of the calendar; None where nothing is known of it."""
    if info.state is DayState.NOT_SET:
        return None
    words = {
        DayState.OPEN_COUNTED: trc("day", "counted"),
        DayState.OPEN_NOT_COUNTED: trc("day", "open"),
        DayState.ESTIMATED: trc("day", "estimate"),
        DayState.CLOSED: trc("day", "closed"),
    }
    holiday = info.state is DayState.CLOSED and info.reason is ClosedReason.HOLIDAY
    return trc("day", "holiday") if holiday else words[info.state], tone_of(info)


def count_mark(info: DayInfo) -> tuple[str, str] | None:
    """How many came, where somebody did; else as `day_mark` says it."""
    return (number(info.visits), tone_of(info)) if info.visits else day_mark(info)


def outage_words(outage: Outage, where: tzinfo) -> str:
    """`Listrik padam 08.52–09.10`, or since when the program stood still."""
    start = clock_text(outage.start.astimezone(where))
    if outage.until is None:
        return tr("The program stood still from {start} on", start=start)
    until = clock_text(outage.until.astimezone(where))
    if until == start:
        return tr("The power was off at {start}", start=start)
    return tr("The power was off {start}–{until}", start=start, until=until)
