"""Records made by hand, for tests of rules that need no store."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from perpudesk.computers.booking import Reservation, ReservationKind
from perpudesk.computers.model import Session, Workstation, WorkstationState
from perpudesk.computers.queueing import Ticket
from perpudesk.core.codes import Condition, Method, Precision, VisitorType
from perpudesk.patrons.model import Profile

DAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 2, 41, 7, tzinfo=UTC)
"""Monday, 09.41 in Jakarta."""


def after(minutes: float) -> datetime:
    """So many minutes after `NOW`."""
    return NOW + timedelta(minutes=minutes)


def pc(
    number: int, *, condition: Condition = Condition.GOOD, is_public: bool = True
) -> Workstation:
    """PC `number`."""
    state = WorkstationState(since=DAY, condition=condition, is_public=is_public)
    return Workstation(id=f"pc{number}", label=f"PC {number}", number=number, state=state)


def session(place: Workstation | None, *, ago: float, limit: int | None = 30) -> Session:
    """A session that goes on since so many minutes; without a place it is an own device's."""
    return Session(
        id=f"session{ago}",
        local_date=DAY,
        local_hour=9,
        precision=Precision.TIME,
        count=1,
        device=place is None,
        workstation_id=None if place is None else place.id,
        start=after(-ago),
        limit=limit,
        end=None,
        end_reason=None,
        end_estimated=False,
        paused_ms=0,
        paused_at=None,
        moves=(),
        type=VisitorType.UNKNOWN,
        profile=Profile(),
        purpose="unknown",
        assisted=False,
        method=Method.COUNTED,
        patron_id=None,
        patron_name=None,
        visit_id=None,
        note=None,
        batch_id=None,
    )


def ticket(
    number: int,
    *,
    taken: float | None = None,
    behind: float | None = None,
    called_to: Workstation | None = None,
    served: bool = False,
    left: bool = False,
) -> Ticket:
    """A ticket; `taken` and `behind` are minutes after `NOW`, a minute apart by themselves."""
    return Ticket(
        id=f"t{number}",
        local_date=DAY,
        number=number,
        profile=Profile(),
        type=VisitorType.UNKNOWN,
        patron_id=None,
        patron_name=None,
        taken=after(number - 60 if taken is None else taken),
        behind=None if behind is None else after(behind),
        called=NOW if called_to else None,
        workstation_id=called_to.id if called_to else None,
        no_shows=0,
        served=NOW if served else None,
        session_id=None,
        left=NOW if left else None,
        note=None,
    )


def kept(
    *places: Workstation,
    start: float,
    end: float,
    title: str | None = "Email",
    name: str | None = None,
) -> Reservation:
    """A reservation from and to so many minutes after `NOW`; without a title of a person."""
    return Reservation(
        id=f"kept{start}",
        kind=ReservationKind.PERSON if title is None else ReservationKind.CLASS,
        title=title,
        patron_id=None,
        patron_name=name,
        local_date=DAY,
        start=after(start),
        end=after(end),
        workstation_ids=tuple(each.id for each in places),
        note=None,
    )
