"""A line of the history, and which lines are looked for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from perpudesk.core.deeds import ERASED, PROGRAM, Action

GROUPS: Mapping[str, tuple[str, ...]] = {
    "visits": ("visits",),
    "people": ("patrons", f"{ERASED}patrons"),
    "computers": (
        *("computer_sessions", "queue_tickets", "reservations", "outages"),
        *("workstations", "workstation_states"),
    ),
    "activities": (
        *("courses", "meetings", "participants", "marks", "attachments"),
        *("communities", "community_members", "community_meetings", "decisions"),
    ),
    "program": (
        *("equipment", "equipment_states", "equipment_checks", "equipment_check_lines"),
        *("partners", "advocacy_actions", "budgets", "media_items", "stories"),
    ),
    "days": ("service_days", "holidays", "period_totals", "targets", "closings", "batches"),
    "settings": ("branches", "signatories", "staff"),
}
"""What is looked for together, by the kinds of records."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which lines: days from and to, whose, and of which group; None is all."""

    first: date | None = None
    last: date | None = None
    staff_id: str | None = None
    group: str | None = None

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of records of the group; none where it is all of them."""
        return () if self.group is None else GROUPS[self.group]


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A field, what stood there, and what came there."""

    column: str
    before: Any
    after: Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """What was done, when, by whom, to which record."""

    seq: int
    at: datetime
    staff_id: str | None
    kind: str
    record_id: str
    action: Action
    record: Mapping[str, Any]
    """The record as it is now; nothing where it is not a table's."""
    changes: tuple[Change, ...] = ()

    @property
    def by_program(self) -> bool:
        """Whether nobody did it: the program itself, after a power cut for one."""
        return self.staff_id == PROGRAM
