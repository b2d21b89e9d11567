"""Who is given a certificate, when, and for how much."""

from __future__ import annotations

from datetime import datetime

from perpudesk.attendance.model import Meeting, Participant, Sheet
from perpudesk.core.codes import MeetingState
from perpudesk.core.errors import Problem, RuleError
from perpudesk.core.formats import date_long

NONE_HELD = Problem(
    "certificates_none_held",
    "No meeting of this training was held yet. Record who was there first.",
)
NOT_OVER = Problem(
    "certificates_not_over",
    "The last meeting is on {date}. Certificates can be given when it is over.",
)
NOBODY_REACHED = Problem(
    "certificates_nobody",
    "Nobody with a name was at {share} percent of the meetings held. Check who was there, or "
    "change the share for this training.",
)


def last_meeting(sheet: Sheet) -> Meeting | None:
    """The last meeting that is not cancelled."""
    standing = [each for each in sheet.meetings if each.state is not MeetingState.CANCELLED]
    return max(standing, key=lambda each: each.schedule.day, default=None)


def check_over(sheet: Sheet, now: datetime) -> None:
    """Raise `RuleError` while the training is not over on the branch's own clock.

    The last day's meeting is over at its end; where no end is known, once it was held.
    """
    last = last_meeting(sheet)
    if last is None or not sheet.held:
        raise RuleError(NONE_HELD)
    schedule = last.schedule
    if schedule.day < now.date():
        return
    ended = last.held if schedule.end is None else schedule.end <= now.time()
    if schedule.day > now.date() or not ended:
        raise RuleError(NOT_OVER, date=date_long(schedule.day))


def reached(sheet: Sheet, threshold: int) -> tuple[Participant, ...]:
    """Those on the list by name who were at `threshold` percent of the meetings held, or more.

    Whoever was at none is given nothing, whatever the share that is asked.
    """
    return tuple(each for each in _enough(sheet, threshold) if each.name)


def unnamed(sheet: Sheet, threshold: int) -> int:
    """How many reached it of whom nobody knows whom to name."""
    return sum(not each.name for each in _enough(sheet, threshold))


def _enough(sheet: Sheet, threshold: int) -> list[Participant]:
    least = threshold * len(sheet.held)
    return [
        each for each in sheet.on_list if (came := sheet.attended(each)) and came * 100 >= least
    ]


def certified(sheet: Sheet) -> tuple[Participant, ...]:
    """Those on the list by name who have a number."""
    return tuple(each for each in sheet.on_list if each.name and each.certificate_number)


def minutes_of(sheet: Sheet, participant: Participant, usual: int) -> int:
    """How long the meetings lasted at which somebody was, each its own time, else the usual."""
    return sum(
        each.schedule.minutes or usual for each in sheet.held if sheet.mark(each, participant)
    )
