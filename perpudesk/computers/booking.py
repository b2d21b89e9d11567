"""Workstations kept for later: for a person, or a block of them for a class."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class ReservationKind(StrEnum):
    """For whom workstations are kept."""

    PERSON = "person"
    CLASS = "class"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reservation:
    """Workstations kept from `start` to `end`; a class has a title, a person perhaps a name."""

    id: str
    kind: ReservationKind
    title: str | None
    patron_id: str | None
    patron_name: str | None
    local_date: date
    start: datetime
    end: datetime
    workstation_ids: tuple[str, ...]
    note: str | None
