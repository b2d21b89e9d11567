"""Every statement that touches reservations."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from perpudesk.computers.booking import Reservation, ReservationKind
from perpudesk.core.times import parse_utc, utc_text
from perpudesk.db.database import Database

_RESERVATION = """
SELECT reservations.*, patrons.name AS patron_name
FROM reservations LEFT JOIN patrons ON patrons.id = reservations.patron_id
"""
_CLASSES_AT = f"""
{_RESERVATION} WHERE reservations.removed_at IS NULL AND kind = 'class'
  AND starts_at <= :now AND ends_at > :now
ORDER BY starts_at, reservations.seq
"""


def classes_at(db: Database, now: datetime) -> list[Reservation]:
    """The classes that go on at a moment."""
    return [reservation(row) for row in db.query(_CLASSES_AT, {"now": utc_text(now)})]


def reservation(row: Mapping[str, Any]) -> Reservation:
    """A reservation from its row."""
    return Reservation(
        id=row["id"],
        kind=ReservationKind(row["kind"]),
        title=row["title"],
        patron_id=row["patron_id"],
        patron_name=row["patron_name"],
        local_date=date.fromisoformat(row["local_date"]),
        start=parse_utc(row["starts_at"]),
        end=parse_utc(row["ends_at"]),
        workstation_ids=tuple(json.loads(row["workstation_ids"])),
        note=row["note"],
    )
