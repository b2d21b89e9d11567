"""What came of logs of computer use, as tests look at it."""

from __future__ import annotations

from datetime import date

from perpudesk.computers.model import Session, Workstation
from perpudesk.desk import Desk


def sessions(desk: Desk) -> list[Session]:
    """Every session that stands, oldest first."""
    return desk.session_mending.between(date(1945, 1, 1), date(2027, 1, 1))[::-1]


def minutes(desk: Desk) -> list[int | None]:
    """The minutes of every session, oldest first."""
    return [each.minutes for each in sessions(desk)]


def places(desk: Desk) -> dict[str, Workstation]:
    """The workstations by their labels, retired ones too."""
    return {each.label: each for each in desk.workstations.all(retired=True)}
