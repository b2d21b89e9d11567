"""What the board shows, read off the records when they change; a tick reads none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, tzinfo

from perpudesk.branch.service import BranchService
from perpudesk.computers.board import DaySummary, Tile, day_summary, next_change, tiles
from perpudesk.computers.booking import Reservation
from perpudesk.computers.model import Session, Workstation, usable_on
from perpudesk.computers.queueing import Ticket
from perpudesk.computers.service import ComputerService
from perpudesk.computers.workstations import WorkstationService


@dataclass(frozen=True, slots=True, kw_only=True)
class Records:
    """Everything of a day that tiles and summary are made of.

    `opens` and `closes` are minutes after midnight, both 0 where the branch is closed or nobody
    knows; `usable` workstations could be used today.
    """

    day: date
    workstations: tuple[Workstation, ...]
    going_on: tuple[Session, ...]
    today: tuple[Session, ...]
    reservations: tuple[Reservation, ...]
    called: tuple[Ticket, ...]
    purposes: dict[str, str]
    opens: int
    closes: int
    usable: int

    def tiles(self, now: datetime) -> tuple[Tile, ...]:
        """The tiles at a moment."""
        return tiles(self.workstations, self.going_on, self.reservations, now, self.called)

    def next_change(self, now: datetime) -> datetime | None:
        """When a tile says something else next."""
        return next_change(self.going_on, self.reservations, now)

    def summary(self, now: datetime, where: tzinfo) -> DaySummary:
        """The day so far, on the branch's own clock."""
        here = now.astimezone(where)
        minute = here.hour * 60 + here.minute
        passed = max(0, min(minute, self.closes) - self.opens)
        return day_summary(
            self.today,
            now,
            open_minutes=passed,
            usable=self.usable,
            reservations=self.reservations,
        )


def read_records(
    computers: ComputerService,
    workstations: WorkstationService,
    branch: BranchService,
    *,
    day: date,
    reservations: Sequence[Reservation],
    called: Sequence[Ticket],
) -> Records:
    """The records of today; `called` are the tickets whose turn it is."""
    week = branch.current().opening_hours
    hours = None if week is None else week[day.weekday()]
    histories = workstations.histories()
    purposes = branch.entries("computer_purposes", retired=True)
    return Records(
        day=day,
        workstations=tuple(workstations.all()),
        going_on=tuple(computers.open_sessions()),
        today=tuple(computers.of_day(day)),
        reservations=tuple(reservations),
        called=tuple(called),
        purposes={each.slug: each.label for each in purposes},
        opens=0 if hours is None else hours.opens,
        closes=0 if hours is None else hours.closes,
        usable=sum(usable_on(states, day) for states in histories.values()),
    )
