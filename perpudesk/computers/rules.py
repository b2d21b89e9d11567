"""The rules over computer sessions: what may be stored, and what ending and moving make of one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Any

from perpudesk.branch.checks import check_limit, clean
from perpudesk.branch.model import Branch
from perpudesk.computers.model import NOTE_MOST, Move, Session, SessionDraft, Stay
from perpudesk.core.codes import AgeBand, EndReason, VisitorType
from perpudesk.core.errors import InputError, Problem
from perpudesk.core.formats import number
from perpudesk.core.times import utc_text
from perpudesk.patrons.model import ADULT, Profile, check_profile

NO_SESSION = Problem("no_session", "That session is not here any more. Look at the board again.")
IN_USE = Problem(
    "workstation_in_use", "{label} is in use since {time}. End that session, or choose another."
)
BAD_TOTAL = Problem(
    "bad_session_total",
    "The number of sessions must be a whole number from 1 to {high}. Type it again.",
)
END_BEFORE_START = Problem(
    "end_before_start", "{end} is before the start at {start}. Correct one of the two."
)
END_IN_FUTURE = Problem(
    "end_in_future", "{time} has not come yet. Type an earlier end, or leave the session running."
)
START_IN_FUTURE = Problem(
    "start_in_future", "{time} has not come yet. To keep a computer for later, use “Reserve”."
)
START_BEFORE_OPENING = Problem(
    "start_before_opening",
    "{time} is before opening time ({opens}). Correct the time, or say that it is right.",
)
START_MISSING = Problem("start_missing", "The start is empty. Type it, for example 09.15.")

MOST_IN_TOTAL = 999
"""More sessions than this on a paper sheet of one day are a slip of the finger (ours)."""


def is_minor(profile: Profile) -> bool:
    """Whether the profile is of someone surely under 18; unknown years are an adult's."""
    if profile.age_years is not None:
        return profile.age_years < ADULT
    upper = AgeBand.parse(profile.age_band).upper if profile.age_band else None
    return upper is not None and upper < ADULT


def limit_of(branch: Branch, profile: Profile, type_: VisitorType) -> int:
    """How many minutes a use lasts by the branch's setting for this visitor."""
    member = type_ is VisitorType.MEMBER
    if is_minor(profile):
        return branch.limit_minor_member if member else branch.limit_minor_other
    return branch.limit_adult_member if member else branch.limit_adult_other


def check_total(count: int) -> int:
    """How many sessions a paper sheet of a day had."""
    if type(count) is not int or not 1 <= count <= MOST_IN_TOTAL:
        raise InputError(BAD_TOTAL, field="count", high=number(MOST_IN_TOTAL))
    return count


def admit(draft: SessionDraft) -> SessionDraft:
    """The draft as it may be stored; raises `InputError` on the first field that is refused."""
    return replace(
        draft,
        profile=check_profile(draft.profile),
        limit=None if draft.limit is None else check_limit(draft.limit),
        workstation_id=None if draft.device else draft.workstation_id,
        note=clean(draft.note, "note", most=NOTE_MOST),
    )


def overlapping(stays: Iterable[tuple[str, Stay]], given: Iterable[Stay]) -> str | None:
    """The id of the first of `stays` (of other sessions) that shares time and place with `given`.

    One that goes on has no end yet. One of less than a minute has used nothing: what was begun by
    mistake stands in no other's way.
    """
    mine = [stay for stay in given if stay.workstation_id is not None]
    return next(
        (session_id for session_id, other in stays if any(_meet(other, own) for own in mine)), None
    )


def _meet(one: Stay, other: Stay) -> bool:
    if one.workstation_id != other.workstation_id or _is_nothing(one) or _is_nothing(other):
        return False
    last = datetime.max.replace(tzinfo=one.start.tzinfo)
    return one.start < (other.until or last) and other.start < (one.until or last)


def _is_nothing(stay: Stay) -> bool:
    return stay.until is not None and stay.until - stay.start < timedelta(minutes=1)


def in_the_way(other: Session, session: Session) -> bool:
    """Whether two that go on want the same workstation, or are of the same patron."""
    place, patron = session.workstation_id, session.patron_id
    return (place is not None and other.workstation_id == place) or (
        patron is not None and other.patron_id == patron
    )


def closing_of(branch: Branch, day: date, where: tzinfo) -> datetime | None:
    """When the branch closes on a day by its opening hours; None where it is not open then."""
    week = branch.opening_hours
    hours = None if week is None else week[day.weekday()]
    return None if hours is None else moment_of(day, hours.closes, where)


def moment_of(day: date, minutes: int, where: tzinfo) -> datetime:
    """So many minutes after midnight of a day, in UTC."""
    return (datetime.combine(day, time(), where) + timedelta(minutes=minutes)).astimezone(UTC)


def longest_of(branch: Branch) -> timedelta:
    """After how long a session was forgotten."""
    return timedelta(hours=branch.forgotten_hours)


def ending(
    session: Session, now: datetime, longest: timedelta, reason: EndReason | None = None
) -> dict[str, Any]:
    """The columns of a session that ends at `now`, or where it last was if that is later.

    One that took longer than `longest` was forgotten by then, and its minutes are unknown.
    """
    earliest = last_mark(session)
    end = max(now, earliest)
    up = session.due is not None and end >= session.due
    estimated = now < earliest
    reason = reason or (EndReason.TIME_UP if up else EndReason.DONE)
    if session.start is not None and end - session.start > longest:
        end = max(session.start + longest, earliest)
        reason, estimated = EndReason.FORGOTTEN, False
    return {
        "ended_at": utc_text(end),
        "end_reason": str(reason),
        "end_estimated": estimated,
        "paused_ms": paused_until(session, end),
        "paused_at": None,
    }


def moving(session: Session, workstation_id: str | None, now: datetime) -> dict[str, Any]:
    """The columns of a session that goes on at another workstation; a pause goes on there too."""
    at = max(now, last_mark(session))
    paused = paused_until(session, at)
    before = sum(move.paused_ms for move in session.moves)
    move = Move(workstation_id=session.workstation_id, until=at, paused_ms=paused - before)
    return {
        "workstation_id": workstation_id,
        "moves": (*session.moves, move),
        "paused_ms": paused,
        "paused_at": None if session.paused_at is None else utc_text(at),
    }


def last_mark(session: Session) -> datetime:
    """The earliest moment at which it can end, after its start, its moves and its pauses."""
    here = session.stays()[-1]
    return max(here.start + pause_of(here), session.paused_at or here.start)


def paused_until(session: Session, moment: datetime) -> int:
    """How long it was paused in all if a pause that goes on ended at `moment`, in milliseconds."""
    if session.paused_at is None or moment <= session.paused_at:
        return session.paused_ms
    return session.paused_ms + (moment - session.paused_at) // timedelta(milliseconds=1)


def pause_of(stay: Stay) -> timedelta:
    """How long of a stay was no use."""
    return timedelta(milliseconds=stay.paused_ms)
