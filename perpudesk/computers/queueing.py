"""Who waits for a computer: tickets of the day, whose turn it is, and how long it will take."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from perpudesk.core.codes import VisitorType
from perpudesk.patrons.model import Profile


@dataclass(frozen=True, slots=True, kw_only=True)
class Ticket:
    """A place in the queue of a day: waiting, called to a workstation, served, or left.

    One who was called and did not come (`no_shows`) waits again, behind whoever came until then.
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
