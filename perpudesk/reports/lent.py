"""What is recorded of the computers of a branch in a period: sessions, classes, tickets, totals."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from perpudesk.branch.model import slug_for
from perpudesk.computers.model import WorkstationState
from perpudesk.core.codes import UNKNOWN, Condition, EndReason, Method, Precision
from perpudesk.core.times import Period
from perpudesk.reports.model import (
    CLASS_MINUTES,
    COMPUTER_MINUTES,
    COMPUTER_SESSIONS,
    DEVICE_SESSIONS,
)
from perpudesk.totals.model import PeriodTotal

GOING_ON = "open"
"""How a session ended that has not."""
SERVED, LEFT = "served", "left"
"""What became of a ticket."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A workstation: under which slug figures name it, and what it was, oldest first."""

    id: str
    label: str
    number: int
    slug: str = ""
    states: tuple[WorkstationState, ...] = ()

    def was_there(self, first: date, last: date) -> bool:
        """Whether the branch had it at any time of these days, in whatever condition."""
        before = [state for state in self.states if state.since < first][-1:]
        then = [state for state in self.states if first <= state.since <= last]
        return any(state.condition is not Condition.RETIRED for state in (*before, *then))


def with_slugs(places: Iterable[Place]) -> dict[str, Place]:
    """The workstations by their ids, in order of their numbers, each with a slug of its own.

    The slug is made of the label; of two that are called alike the older one has it plain.
    """
    known = sorted(places, key=lambda each: (each.states[0].since, each.id))
    taken, found = {UNKNOWN}, []
    for place in known:
        slug = slug_for(place.label, taken)
        taken.add(slug)
        found.append(replace(place, slug=slug))
    return {each.id: each for each in sorted(found, key=lambda each: (each.number, each.slug))}


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionRow:
    """So many sessions of a day, of an hour where it is known, and the minutes they took together.

    `duration` says whether their minutes are counted, estimated or unknown.
    """

    day: date
    hour: int | None = None
    precision: Precision
    device: bool = False
    method: Method
    duration: str
    count: int
    minutes: int

    @property
    def month(self) -> Period:
        """The month that they count in."""
        return Period.month_of(self.day)


@dataclass(frozen=True, slots=True, kw_only=True)
class UserRow:
    """So many sessions of people alike, and the minutes they took together."""

    device: bool = False
    sex: str = UNKNOWN
    age_years: int | None = None
    age_band: str | None = None
    type: str = UNKNOWN
    occupation: str = UNKNOWN
    education: str = UNKNOWN
    purpose: str = UNKNOWN
    count: int
    minutes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceRow:
    """So many sessions that ended alike at a workstation, and the minutes they took together.

    `place` is the id of the workstation where they were, or were last where they `moved`; `timed`
    ones have minutes.
    """

    device: bool = False
    place: str | None = None
    moved: bool = False
    end: str = UNKNOWN
    timed: bool = False
    count: int
    minutes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StayRow:
    """Minutes that sessions which moved spent at a workstation."""

    place: str | None
    minutes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassRow:
    """Minutes for which classes had a workstation on a day."""

    day: date
    hour: None = None
    precision: Precision = Precision.DAY
    place: str | None = None
    method: Method = Method.COUNTED
    minutes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketRow:
    """So many tickets of a day and what became of them.

    How often one was called in vain, and how many minutes those who were served had waited.
    """

    day: date
    outcome: str
    count: int
    no_shows: int
    minutes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Unsettled:
    """How many sessions go on, and how many were forgotten and have no minutes."""

    going_on: int = 0
    forgotten: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Lent:
    """How the computers of a branch were used in a period, added up as far as no rule is needed."""

    places: Mapping[str, Place] = field(default_factory=dict)
    sessions: tuple[SessionRow, ...] = ()
    users: tuple[UserRow, ...] = ()
    spots: tuple[PlaceRow, ...] = ()
    """The same sessions by who had them, and by where they were."""
    stays: tuple[StayRow, ...] = ()
    classes: tuple[ClassRow, ...] = ()
    tickets: tuple[TicketRow, ...] = ()
    totals: tuple[PeriodTotal, ...] = ()
    """Totals of months without a finer record; `with_totals` has added them to the rows above."""

    @property
    def unsettled(self) -> Unsettled:
        """What somebody should look after before the sessions are reported."""
        return Unsettled(
            going_on=sum(row.count for row in self.spots if row.end == GOING_ON),
            forgotten=sum(
                row.count for row in self.spots if row.end == EndReason.FORGOTTEN and not row.timed
            ),
        )

    def with_totals(self, totals: Iterable[PeriodTotal]) -> Lent:
        """The same with the totals of whole months that have no finer record of their kind."""
        kinds = [each for each in totals if each.indicator in _TOTALS]
        if not kinds:
            return self
        finer = {
            COMPUTER_SESSIONS.code: {row.month for row in self.sessions if not row.device},
            DEVICE_SESSIONS.code: {row.month for row in self.sessions if row.device},
            CLASS_MINUTES.code: {Period.month_of(row.day) for row in self.classes},
        }
        finer[COMPUTER_MINUTES.code] = finer[COMPUTER_SESSIONS.code]
        given = [each for each in kinds if each.month not in finer[each.indicator]]
        by = {(each.indicator, each.month): each for each in given}
        classes = (each for each in given if each.indicator == CLASS_MINUTES.code)
        rows = tuple(_rows_of_totals(by))
        return replace(
            self,
            sessions=(*self.sessions, *rows),
            users=(*self.users, *map(_user_of, rows)),
            spots=(*self.spots, *map(_spot_of, rows)),
            classes=(*self.classes, *(_class_of(each) for each in classes)),
            totals=tuple(given),
        )


_TOTALS = frozenset(
    each.code for each in (COMPUTER_SESSIONS, COMPUTER_MINUTES, DEVICE_SESSIONS, CLASS_MINUTES)
)
"""What a month can be known of as one number."""


def _rows_of_totals(by: Mapping[tuple[str, Period], PeriodTotal]) -> Iterable[SessionRow]:
    for (indicator, month), total in by.items():
        minutes = by.get((COMPUTER_MINUTES.code, month))
        if indicator == DEVICE_SESSIONS.code:
            yield _row_of(total.method, month, count=total.value, device=True)
        elif indicator == COMPUTER_SESSIONS.code:
            yield _row_of(total.method, month, count=total.value, minutes=minutes)
        elif indicator == COMPUTER_MINUTES.code and (COMPUTER_SESSIONS.code, month) not in by:
            yield _row_of(total.method, month, count=0, minutes=minutes)


def _user_of(row: SessionRow) -> UserRow:
    return UserRow(device=row.device, count=row.count, minutes=row.minutes)


def _spot_of(row: SessionRow) -> PlaceRow:
    return PlaceRow(device=row.device, count=row.count, minutes=row.minutes)


def _row_of(
    method: Method,
    month: Period,
    *,
    count: int,
    minutes: PeriodTotal | None = None,
    device: bool = False,
) -> SessionRow:
    return SessionRow(
        day=month.first,
        precision=Precision.MONTH,
        device=device,
        method=method,
        duration=UNKNOWN if minutes is None else str(minutes.method),
        count=count,
        minutes=0 if minutes is None else minutes.value,
    )


def _class_of(total: PeriodTotal) -> ClassRow:
    return ClassRow(
        day=total.month.first, precision=Precision.MONTH, method=total.method, minutes=total.value
    )
