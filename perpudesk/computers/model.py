"""Workstations, computer sessions and the rules over them (domain.md, counting rule 4)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import NamedTuple

from perpudesk.core.codes import (
    UNKNOWN,
    Condition,
    EndReason,
    Method,
    Precision,
    VisitorType,
)
from perpudesk.core.times import parse_utc, utc_text
from perpudesk.patrons.model import Profile

LABEL_MOST = 40
NOTE_MOST = 500
LIMITS = {"label": LABEL_MOST, "place": 80, "specification": 200, "note": NOTE_MOST}
MOST_WORKSTATIONS = 200
"""The board is made for 60; more than this in one branch is a mistyped number (ours)."""
MOST_NUMBER = 999
"""What is typed to start or end has at most three digits."""
EXTENSION = 15
"""What one press of “extend” adds, in minutes (mockups/computers.png)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkstationState:
    """What a workstation was from `since` on, until its next state; several of a day are kept."""

    since: date
    condition: Condition
    is_public: bool
    note: str | None = None
    id: str = ""

    @property
    def usable(self) -> bool:
        """Whether the public could use it: only what is in good order counts (PM2, PM4)."""
        return self.is_public and self.condition is Condition.GOOD


@dataclass(frozen=True, slots=True, kw_only=True)
class Workstation:
    """A computer of the branch and what it is now; `number` is what is typed to start or end."""

    id: str
    label: str
    number: int
    place: str | None = None
    specification: str | None = None
    note: str | None = None
    state: WorkstationState

    @property
    def usable(self) -> bool:
        """Whether the public can use it now."""
        return self.state.usable


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkstationDraft:
    """A workstation as typed."""

    label: str
    number: int | None = None
    is_public: bool = True
    place: str | None = None
    specification: str | None = None
    note: str | None = None


def usable_on(states: Sequence[WorkstationState], day: date) -> bool:
    """Whether it was public and in good order at any time of `day` (domain.md, PM4).

    `states` are in order of time. The last one before the day still stands when it begins.
    """
    before = [state for state in states if state.since < day][-1:]
    return any(state.usable for state in (*before, *(s for s in states if s.since == day)))


def usable_at_end_of(states: Sequence[WorkstationState], day: date) -> bool:
    """Whether it was public and in good order when `day` ended (PM2)."""
    return any(state.usable for state in [s for s in states if s.since <= day][-1:])


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """Where a session was before it moved on at `until`, and how long of that it was paused."""

    workstation_id: str | None
    until: datetime
    paused_ms: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Stay:
    """A stretch of a session on one workstation; `until` is empty while it goes on."""

    workstation_id: str | None
    start: datetime
    until: datetime | None
    paused_ms: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionDraft:
    """A session as it is begun at the desk, or (`start` given) entered afterwards from paper.

    Without a `limit` the branch's own applies. An own `device` has no workstation. With a
    `patron_id` the profile is the patron's.
    """

    workstation_id: str | None = None
    device: bool = False
    profile: Profile = field(default_factory=Profile)
    type: VisitorType = VisitorType.UNKNOWN
    patron_id: str | None = None
    purpose: str = UNKNOWN
    limit: int | None = None
    assisted: bool = False
    method: Method = Method.COUNTED
    start: datetime | None = None
    end: datetime | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """One use of a computer, or of a daily total `count` of which nothing else is known.

    A move to another workstation keeps it one session with several stays; pauses are no use.
    """

    id: str
    local_date: date
    local_hour: int | None
    precision: Precision
    count: int
    device: bool
    workstation_id: str | None
    start: datetime | None
    limit: int | None
    end: datetime | None
    end_reason: EndReason | None
    end_estimated: bool
    paused_ms: int
    paused_at: datetime | None
    moves: tuple[Move, ...]
    type: VisitorType
    profile: Profile
    purpose: str
    assisted: bool
    method: Method
    patron_id: str | None
    patron_name: str | None
    visit_id: str | None
    note: str | None
    batch_id: str | None

    @property
    def is_open(self) -> bool:
        """Whether it goes on."""
        return self.precision is Precision.TIME and self.end is None

    @property
    def minutes(self) -> int | None:
        """Minutes of use, rounded down; None while it goes on, and where the end is unknown.

        A session that was forgotten has no minutes until its end is estimated or corrected
        (counting rule 4).
        """
        if self.start is None or self.end is None or not self.end_known:
            return None
        return used_ms(self, self.end) // 60_000

    @property
    def end_known(self) -> bool:
        """Whether its end is a fact or an estimate, and not only where the log stopped."""
        return self.end_reason is not EndReason.FORGOTTEN or self.end_estimated

    @property
    def due(self) -> datetime | None:
        """When its time is up, pauses taken out; None without a limit, and while it is paused."""
        if self.start is None or self.limit is None or self.paused_at is not None:
            return None
        return self.start + timedelta(minutes=self.limit, milliseconds=self.paused_ms)

    def stays(self) -> tuple[Stay, ...]:
        """Where it was, oldest first; together they are the whole of it."""
        return tuple(_stays(self))


def _stays(session: Session) -> Iterator[Stay]:
    start, paused = session.start, session.paused_ms
    if start is None:
        return
    for move in session.moves:
        yield Stay(
            workstation_id=move.workstation_id,
            start=start,
            until=move.until,
            paused_ms=move.paused_ms,
        )
        start, paused = move.until, paused - move.paused_ms
    yield Stay(
        workstation_id=session.workstation_id, start=start, until=session.end, paused_ms=paused
    )


def used_ms(session: Session, now: datetime) -> int:
    """Milliseconds of use from its start to `now`, pauses taken out; never below 0."""
    assert session.start is not None  # noqa: S101 - only what has a start is used
    until = min(session.paused_at or now, now)
    return max(0, _ms(session.start, until) - session.paused_ms)


def left_ms(session: Session, now: datetime) -> int | None:
    """Milliseconds until its time is up, below 0 when it is over; None without a limit."""
    return None if session.limit is None else session.limit * 60_000 - used_ms(session, now)


def _ms(start: datetime, end: datetime) -> int:
    return (end - start) // timedelta(milliseconds=1)


def floor_ms(moment: datetime) -> datetime:
    """The moment as the store keeps it."""
    return parse_utc(utc_text(moment))


class ImportedSession(NamedTuple):
    """A session of a file, under the id that its values give it: the columns that a file can fill.

    A tuple, since a file brings them by the hundred thousand.
    """

    id: str
    local_date: str
    local_hour: int | None
    precision: str
    device: int
    workstation_id: str | None
    started_at: str | None
    ended_at: str | None
    end_reason: str | None
    type: str = UNKNOWN
    sex: str = UNKNOWN
    age_years: int | None = None
    age_band: str | None = None
    occupation: str = UNKNOWN
    education: str = UNKNOWN
    purpose: str = UNKNOWN
    method: str = Method.COUNTED.value
    note: str | None = None
    patron_id: str | None = None
    count: int = 1  # type: ignore[assignment]  # the column, not the method of tuples


class ImportedWorkstation(NamedTuple):
    """A workstation that a file names, and since which day it was there, in good order.

    One that is known already has no `label`: only that day is told of it, under `state_id`.
    """

    id: str
    state_id: str
    since: date
    is_public: bool = True
    label: str = ""
    number: int = 0
