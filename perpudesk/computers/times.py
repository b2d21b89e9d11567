"""The times of a session as they are typed: clocks, a number of minutes, a day."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from perpudesk.branch.model import DAY_MISSING
from perpudesk.computers.model import Session
from perpudesk.core.errors import InputError
from perpudesk.visits.model import parse_time

MOST_MINUTES = 480
"""A number up to this is minutes; a larger one is a clock without its dot, `830` (ours)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Times:
    """A day, a start, and an end or how many minutes it took, as they stand in the fields."""

    on: date | None
    start: str
    end: str
    next_day: bool = False


def moments_of(
    typed: Times, where: tzinfo, known: Session | None = None
) -> tuple[datetime | None, datetime | None]:
    """Start and end as they are meant; None for one that is empty.

    `09.15` is the minute in which the session that is mended (`known`) began or ended, where it
    did; `25` is so many minutes after the start. Raises `InputError` on `on`, `start` or `end`.
    """
    clock = parse_time(typed.start, field="start")
    end = _end_of(typed.end)
    if typed.on is None:
        raise InputError(DAY_MISSING, field="on")
    if clock is None:
        return None, None
    start = _meant(_at(typed.on, clock, where), known.start if known else None)
    if end is None:
        return start, None
    if isinstance(end, timedelta):
        return start, start + end
    day = typed.on + timedelta(days=1) if typed.next_day else typed.on
    ended = known.end if known and known.end_known else None
    return start, _meant(_at(day, end, where), ended, start)


def is_minutes(text: str) -> bool:
    """Whether what stands for an end is a number of minutes and no clock."""
    return bool(re.fullmatch(r"\s*\d{1,3}\s*", text, re.ASCII)) and int(text) <= MOST_MINUTES


def _end_of(text: str) -> time | timedelta | None:
    """`10.15` and `1015` are clocks, `25` and `90` are minutes."""
    if is_minutes(text):
        return timedelta(minutes=int(text))
    return parse_time(text, field="end")


def _at(day: date, clock: time, where: tzinfo) -> datetime:
    return datetime.combine(day, clock, where).astimezone(UTC)


def _meant(typed: datetime, *known: datetime | None) -> datetime:
    """The first of the moments that are known which lies in the minute that is typed."""
    minute = timedelta(minutes=1)
    inside = (each for each in known if each is not None and typed <= each < typed + minute)
    return next(inside, typed)
