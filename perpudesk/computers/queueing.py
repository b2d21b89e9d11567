"""Who waits for a computer: tickets of the day, whose turn it is, and how long it will take."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from perpudesk.branch.checks import SHORTEST_LIMIT
from perpudesk.computers.booking import Reservation
from perpudesk.computers.model import Session, Workstation, left_ms
from perpudesk.core.codes import VisitorType
from perpudesk.patrons.model import Profile

MOST_TICKETS = 999
"""Of one day; more do not fit on a slip (ours)."""
_SHORTEST = timedelta(minutes=SHORTEST_LIMIT)


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketDraft:
    """Who takes a number; with a `patron_id` the profile is the patron's."""

    profile: Profile = field(default_factory=Profile)
    type: VisitorType = VisitorType.UNKNOWN
    patron_id: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ticket:
    """A place in the queue of a day: waiting, called to a workstation, served, or left.

    One who was called and did not come (`no_shows`) waits again, behind whoever came until then.
    `called` is the call that goes on, or the one that was served: less `taken` it is how long the
    ticket waited.
    """

    id: str
    local_date: date
    number: int
    profile: Profile
    type: VisitorType
    patron_id: str | None
    patron_name: str | None
    taken: datetime
    behind: datetime | None
    called: datetime | None
    workstation_id: str | None
    no_shows: int
    served: datetime | None
    session_id: str | None
    left: datetime | None
    note: str | None

    @property
    def code(self) -> str:
        """How the ticket is read out and printed: `A-07`."""
        return f"A-{self.number:02}"

    @property
    def is_waiting(self) -> bool:
        """Whether its turn is still to come."""
        return self.served is None and self.left is None

    @property
    def place(self) -> datetime:
        """Where it stands among the others: the earlier, the sooner is its turn."""
        return self.behind or self.taken


def in_order(tickets: Iterable[Ticket]) -> tuple[Ticket, ...]:
    """Those that wait, the next one first."""
    waiting = (each for each in tickets if each.is_waiting)
    return tuple(sorted(waiting, key=lambda each: (each.place, each.number)))


def place_behind(tickets: Iterable[Ticket], now: datetime) -> datetime:
    """A place behind everybody who waits, also under a clock that was set back meanwhile."""
    last = max((each.place for each in tickets if each.is_waiting), default=None)
    return now if last is None or last < now else last + timedelta(milliseconds=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """The queue as the records have it, with all that its waiting times depend on.

    `tickets` wait, in order; `minutes` says how long each will use a workstation. `workstations`
    can be used by the public, `reservations` are not over. After `closes` nobody has a turn.
    """

    tickets: tuple[Ticket, ...] = ()
    workstations: tuple[Workstation, ...] = ()
    sessions: tuple[Session, ...] = ()
    reservations: tuple[Reservation, ...] = ()
    minutes: Mapping[str, int] = field(default_factory=dict)
    closes: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """Whose turn it is, and the workstation that is free for it."""

    ticket: Ticket
    workstation: Workstation


def waits(line: Line, now: datetime) -> dict[str, int | None]:
    """Minutes until the turn of each ticket that waits, begun ones whole, by its id.

    Each workstation is free when its session's time is up, and not while it is kept, nor so
    shortly before that nobody could use it; who is called has one already. The next free one goes
    to the next in order, who leaves it when their own time is up. None where it cannot be said:
    there is no workstation, or none before closing time.
    """
    if not line.tickets:
        return {}
    free = {each.id: _free_at(each, line, now) for each in line.workstations}
    found: dict[str, int | None] = {}
    for ticket in sorted(line.tickets, key=lambda each: each.workstation_id not in free):
        place = ticket.workstation_id
        if place not in free:
            place = min(free, key=lambda each: free[each], default=None)
        if place is None:
            found[ticket.id] = None
            continue
        turn = free[place]
        late = line.closes is not None and now < line.closes <= turn
        found[ticket.id] = None if late else -(-(turn - now) // timedelta(minutes=1))
        free[place] = _open_from(_kept(place, line), turn + _use(ticket, place, line, turn))
    return found


def offer(line: Line, now: datetime) -> Offer | None:
    """Whom to call, and to which workstation; None while nobody waits uncalled or none is free."""
    ticket = next((each for each in line.tickets if each.called is None), None)
    place = None if ticket is None else next(iter(free_places(line, now)), None)
    return None if ticket is None or place is None else Offer(ticket=ticket, workstation=place)


def free_places(line: Line, now: datetime) -> list[Workstation]:
    """The workstations that somebody can be called to: free, not kept, and nobody called there."""
    taken = {each.workstation_id for each in line.sessions}
    taken |= {each.workstation_id for each in line.tickets}
    return [
        each
        for each in line.workstations
        if each.id not in taken and _open_from(_kept(each.id, line), now) == now
    ]


def _free_at(workstation: Workstation, line: Line, now: datetime) -> datetime:
    """When a workstation can next be had; one whose time is over is expected at any moment."""
    left = [
        left_ms(each, now) or 0 for each in line.sessions if each.workstation_id == workstation.id
    ]
    soonest = now + timedelta(milliseconds=max([0, *left]))
    return _open_from(_kept(workstation.id, line), soonest)


def _kept(workstation_id: str, line: Line) -> list[Reservation]:
    """The reservations of a workstation, in order."""
    found = (each for each in line.reservations if workstation_id in each.workstation_ids)
    return sorted(found, key=lambda each: each.start)


def _open_from(kept: Sequence[Reservation], moment: datetime) -> datetime:
    """The first moment from this one on that leaves room for the shortest use."""
    for each in kept:
        if each.start < moment + _SHORTEST and each.end > moment:
            moment = each.end
    return moment


def _use(ticket: Ticket, place: str, line: Line, turn: datetime) -> timedelta:
    """How long a ticket uses a workstation: its limit, or less where the workstation is kept."""
    usual = timedelta(minutes=line.minutes.get(ticket.id, SHORTEST_LIMIT))
    coming = [each.start - turn for each in _kept(place, line) if each.start > turn]
    return min([usual, *coming])
