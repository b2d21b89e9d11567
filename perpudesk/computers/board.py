"""What the board shows: a tile for each workstation, read off the records and the clock alone.

The records are read when they change; a tick of the clock only makes the tiles anew, without I/O.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from perpudesk.computers.booking import Reservation, ReservationKind
from perpudesk.computers.model import Session, Workstation, left_ms, used_ms
from perpudesk.computers.queueing import Ticket
from perpudesk.core.codes import Sex

WARNING = timedelta(minutes=5)
"""So long before its end a use is nearly over (mockups/computers.png)."""
SOON = timedelta(minutes=30)
"""So long before it begins a reservation is shown on its workstation (ours)."""


class TileKind(StrEnum):
    """What a workstation is at a moment."""

    FREE = "free"
    IN_USE = "in_use"
    NEARLY_OVER = "nearly_over"
    OVER_TIME = "over_time"
    PAUSED = "paused"
    CLASS = "class"
    RESERVED = "reserved"
    CALLED = "called"
    BROKEN = "broken"


TAKEN = frozenset({TileKind.IN_USE, TileKind.NEARLY_OVER, TileKind.OVER_TIME, TileKind.PAUSED})
"""Somebody sits there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tile:
    """A workstation at a moment; an own device has no workstation.

    `left_ms` is below 0 when the time is over, and None without a limit; `share` is how much of
    the limit was used, from 0 to 1. `reservation` is the one that goes on or comes soon, `ticket`
    whoever was called here.
    """

    kind: TileKind
    workstation: Workstation | None
    session: Session | None = None
    left_ms: int | None = None
    share: float = 0.0
    reservation: Reservation | None = None
    ticket: Ticket | None = None

    @property
    def minutes_left(self) -> int | None:
        """Minutes left, begun ones whole; over time the minutes that are over, below 0."""
        if self.left_ms is None:
            return None
        return -(-self.left_ms // 60_000) if self.left_ms >= 0 else self.left_ms // 60_000


def tiles(
    workstations: Iterable[Workstation],
    sessions: Sequence[Session],
    reservations: Sequence[Reservation],
    now: datetime,
    called: Iterable[Ticket] = (),
) -> tuple[Tile, ...]:
    """A tile for each public workstation in its order, then one for each own device.

    One of the staff is not lent: it has a tile only while a session still goes on there.
    `called` are tickets whose turn it is.
    """
    by_place = {each.workstation_id: each for each in sessions if not each.device}
    waited_for = {each.workstation_id: each for each in called}
    made = [
        _with_ticket(
            _tile(each, by_place.get(each.id), _kept(each, reservations, now), now),
            waited_for.get(each.id),
        )
        for each in workstations
        if each.state.is_public or each.id in by_place
    ]
    own = [_session_tile(None, each, None, now) for each in sessions if each.device]
    return (*made, *own)


def _kept(
    workstation: Workstation, reservations: Iterable[Reservation], now: datetime
) -> Reservation | None:
    """The reservation of a workstation that goes on, or the next that comes soon."""
    found = [
        each
        for each in reservations
        if workstation.id in each.workstation_ids and each.end > now and each.start <= now + SOON
    ]
    return min(found, key=lambda each: each.start, default=None)


def _tile(
    workstation: Workstation, session: Session | None, kept: Reservation | None, now: datetime
) -> Tile:
    if session is not None:
        return _session_tile(workstation, session, kept, now)
    if not workstation.usable:
        return Tile(kind=TileKind.BROKEN, workstation=workstation)
    if kept is not None and kept.start <= now:
        is_class = kept.kind is ReservationKind.CLASS
        kind = TileKind.CLASS if is_class else TileKind.RESERVED
        return Tile(kind=kind, workstation=workstation, reservation=kept)
    return Tile(kind=TileKind.FREE, workstation=workstation, reservation=kept)


def _with_ticket(tile: Tile, ticket: Ticket | None) -> Tile:
    """Where somebody was called to, and could begin, they are waited for."""
    if ticket is None or tile.kind not in (TileKind.FREE, TileKind.RESERVED):
        return tile
    return replace(tile, kind=TileKind.CALLED, ticket=ticket)


def _session_tile(
    workstation: Workstation | None, session: Session, kept: Reservation | None, now: datetime
) -> Tile:
    left = left_ms(session, now)
    limit = (session.limit or 0) * 60_000
    return Tile(
        kind=_kind_of(session, left),
        workstation=workstation,
        session=session,
        left_ms=left,
        share=min(1.0, used_ms(session, now) / limit) if limit else 0.0,
        reservation=kept,
    )


def _kind_of(session: Session, left: int | None) -> TileKind:
    if session.paused_at is not None:
        return TileKind.PAUSED
    if left is None:
        return TileKind.IN_USE
    if left <= 0:
        return TileKind.OVER_TIME
    return TileKind.NEARLY_OVER if left <= WARNING // timedelta(milliseconds=1) else TileKind.IN_USE


def next_warning(sessions: Iterable[Session], now: datetime) -> datetime | None:
    """When the next session is nearly over or over: a watch may sleep until then."""
    moments = [
        moment
        for due in (each.due for each in sessions)
        if due is not None
        for moment in (due - WARNING, due)
        if moment > now
    ]
    return min(moments, default=None)


def next_change(
    sessions: Iterable[Session], reservations: Iterable[Reservation], now: datetime
) -> datetime | None:
    """When a tile says something else next: a board may sleep until then."""
    moments = [now + timedelta(milliseconds=_ms_to_minute(each, now)) for each in sessions]
    moments += [
        moment
        for each in reservations
        for moment in (each.start - SOON, each.start, each.end)
        if moment > now
    ]
    return min(moments, default=None)


def _ms_to_minute(session: Session, now: datetime) -> int:
    """Milliseconds until its minutes are others; a pause has no such moment, but a minute ends."""
    if session.paused_at is not None:
        return 60_000
    left = left_ms(session, now)
    if left is None:
        return 60_000 - used_ms(session, now) % 60_000
    return left % 60_000 or 60_000 if left >= 0 else left % 60_000 + 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """A session that is nearly over, or over; `minutes_left` are begun ones whole, then 0."""

    session: Session
    minutes_left: int


def came_due(sessions: Iterable[Session], since: datetime, now: datetime) -> list[Due]:
    """What came nearly to its end, or to it, after `since` and by now: of both only the latter."""
    found = []
    for each in sessions:
        due = each.due
        if due is None:
            continue
        if since < due <= now:
            found.append(Due(session=each, minutes_left=0))
        elif since < due - WARNING <= now < due:
            left = -((now - due) // timedelta(minutes=1))
            found.append(Due(session=each, minutes_left=left))
    return found


def over_time(sessions: Iterable[Session], now: datetime) -> int:
    """How many sit there although their time is up."""
    return sum(each.due is not None and each.due <= now for each in sessions)


@dataclass(frozen=True, slots=True, kw_only=True)
class DaySummary:
    """What the board says of today: sessions, minutes so far, use so far, and who came.

    `use_rate` is empty where no minute of opening has passed, `female_share` where no sex is known.
    """

    sessions: int
    devices: int
    minutes: int
    use_rate: float | None
    female_share: float | None


def day_summary(
    sessions: Sequence[Session],
    now: datetime,
    *,
    open_minutes: int,
    usable: int,
    reservations: Iterable[Reservation] = (),
) -> DaySummary:
    """Of the sessions begun today, those that go on up to `now`.

    The use rate counts the minutes of classes too, as far as they are over (PM4). `open_minutes`
    have passed since opening, `usable` workstations could be used today.
    """
    here = [each for each in sessions if not each.device]
    minutes = sum(_minutes(each, now) for each in here)
    used = minutes + sum(_class_minutes(each, now) for each in reservations)
    by_sex: dict[Sex, int] = {}
    for each in here:
        by_sex[each.profile.sex] = by_sex.get(each.profile.sex, 0) + each.count
    return DaySummary(
        sessions=sum(each.count for each in here),
        devices=sum(each.count for each in sessions if each.device),
        minutes=minutes,
        use_rate=used / (open_minutes * usable) if open_minutes * usable else None,
        female_share=_share(by_sex),
    )


def _share(by_sex: Mapping[Sex, int]) -> float | None:
    female = by_sex.get(Sex.FEMALE, 0)
    known = female + by_sex.get(Sex.MALE, 0)
    return female / known if known else None


def _class_minutes(reservation: Reservation, now: datetime) -> int:
    """Minutes of a class so far, on all of its workstations."""
    if reservation.kind is not ReservationKind.CLASS:
        return 0
    passed = max(timedelta(0), min(reservation.end, now) - reservation.start)
    return passed // timedelta(minutes=1) * len(reservation.workstation_ids)


def _minutes(session: Session, now: datetime) -> int:
    """Minutes of a session as far as they are known at a moment."""
    if session.is_open:
        return used_ms(session, now) // 60_000
    return session.minutes or 0
