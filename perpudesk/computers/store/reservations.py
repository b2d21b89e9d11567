"""Every statement that touches reservations."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from perpudesk.computers.booking import LONGEST, Reservation, ReservationDraft, ReservationKind
from perpudesk.core.times import parse_utc, utc_text
from perpudesk.db import journal
from perpudesk.db.connection import Store
from perpudesk.db.database import Database
from perpudesk.db.lists import listed

_RESERVATION = """
SELECT reservations.*, patrons.name AS patron_name
FROM reservations LEFT JOIN patrons ON patrons.id = reservations.patron_id
"""
_ONE = f"{_RESERVATION} WHERE reservations.id = ? AND reservations.removed_at IS NULL"
# By day first, which has an index: none lasts longer than a day.
_MEETING = f"""
{_RESERVATION} WHERE reservations.removed_at IS NULL
  AND local_date BETWEEN :since AND :until AND starts_at < :end AND ends_at > :start
ORDER BY starts_at, reservations.seq
"""
_BETWEEN = f"""
{_RESERVATION} WHERE reservations.removed_at IS NULL AND local_date BETWEEN ? AND ?
ORDER BY starts_at, reservations.seq
"""


def add(store: Store, db: Database, draft: ReservationDraft, day: date) -> str:
    """A new reservation; the id."""
    fields = _columns(draft, day)
    with listed(db, fields):
        return journal.create(store, db, "reservations", fields)


def change(
    store: Store, db: Database, reservation_id: str, draft: ReservationDraft, day: date
) -> bool:
    """Write a reservation anew; False when nothing differs."""
    fields = _columns(draft, day)
    with listed(db, fields):
        return journal.change(store, db, "reservations", reservation_id, fields)


def set_end(store: Store, db: Database, reservation_id: str, end: datetime) -> None:
    """It ends at another time."""
    journal.change(store, db, "reservations", reservation_id, {"ends_at": utc_text(end)})


def remove(store: Store, db: Database, reservation_id: str, note: str | None) -> None:
    """Take it out of every list and total."""
    journal.remove(store, db, "reservations", reservation_id, note=note)


def standing(db: Database, reservation_id: str) -> Reservation | None:
    """The reservation with that id, unless it was removed."""
    row = next(iter(db.query(_ONE, [reservation_id])), None)
    return None if row is None else reservation(row)


def between(db: Database, first: date, last: date) -> list[Reservation]:
    """The reservations that begin on these days, in order."""
    return [reservation(row) for row in db.query(_BETWEEN, [first.isoformat(), last.isoformat()])]


def meeting(db: Database, start: datetime, end: datetime) -> list[Reservation]:
    """The reservations that share time with a stretch of it, in order."""
    beyond = timedelta(days=1)  # whatever the zone of the branch
    found = db.query(
        _MEETING,
        {
            "since": (start - LONGEST - beyond).date().isoformat(),
            "until": (end + beyond).date().isoformat(),
            "start": utc_text(start),
            "end": utc_text(end),
        },
    )
    return [reservation(row) for row in found]


def at(db: Database, now: datetime) -> list[Reservation]:
    """The reservations that go on at a moment."""
    return meeting(db, now, now + timedelta(milliseconds=1))


def _columns(draft: ReservationDraft, day: date) -> dict[str, Any]:
    return {
        "kind": str(draft.kind),
        "title": draft.title,
        "patron_id": draft.patron_id,
        "local_date": day.isoformat(),
        "starts_at": utc_text(draft.start),
        "ends_at": utc_text(draft.end),
        "workstation_ids": draft.workstation_ids,
        "note": draft.note,
    }


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
