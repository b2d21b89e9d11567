"""Every statement that touches tickets of the queue."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from perpudesk.computers.queueing import Ticket, TicketDraft
from perpudesk.core.codes import VisitorType
from perpudesk.core.times import parse_utc, utc_text
from perpudesk.db import journal
from perpudesk.db.connection import Store
from perpudesk.db.database import Database
from perpudesk.db.lists import listed
from perpudesk.patrons.model import Profile

_TICKET = """
SELECT queue_tickets.*, patrons.name AS patron_name
FROM queue_tickets LEFT JOIN patrons ON patrons.id = queue_tickets.patron_id
"""
_ONE = f"{_TICKET} WHERE queue_tickets.id = ? AND queue_tickets.removed_at IS NULL"
_OF_DAY = f"""
{_TICKET} WHERE local_date = ? AND queue_tickets.removed_at IS NULL
ORDER BY number, queue_tickets.seq
"""
# By itself SQLite would look up the days, and with them every ticket of the past.
_WAITING_BEFORE = f"""
{_TICKET.replace("LEFT JOIN", "INDEXED BY waiting_tickets LEFT JOIN")}
WHERE local_date < ? AND served_at IS NULL AND left_at IS NULL
  AND queue_tickets.removed_at IS NULL
ORDER BY local_date, number, queue_tickets.seq
"""
# A number that was taken back may be on somebody's slip: it is not given twice.
_LAST_NUMBER = """
SELECT coalesce(max(number), 0) AS number FROM queue_tickets
WHERE local_date = ? AND station_id = ?
"""


def add(store: Store, db: Database, draft: TicketDraft, when: Mapping[str, Any]) -> str:
    """A new ticket with the columns `when`; the id."""
    fields = {
        "type": str(draft.type),
        **draft.profile.columns(),
        "patron_id": draft.patron_id,
        "note": draft.note,
        **_texts(when),
    }
    with listed(db, fields):
        return journal.create(store, db, "queue_tickets", fields)


def set_fields(store: Store, db: Database, ticket_id: str, fields: Mapping[str, Any]) -> bool:
    """Set columns of a ticket, moments as such; False when nothing differs."""
    return journal.change(store, db, "queue_tickets", ticket_id, _texts(fields))


def _texts(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Columns with their moments as they are stored."""
    return {
        name: utc_text(value) if isinstance(value, datetime) else value
        for name, value in fields.items()
    }


def standing(db: Database, ticket_id: str) -> Ticket | None:
    """The ticket with that id, unless it was removed."""
    row = next(iter(db.query(_ONE, [ticket_id])), None)
    return None if row is None else ticket(row)


def of_day(db: Database, day: date) -> list[Ticket]:
    """The tickets of a day by number."""
    return [ticket(row) for row in db.query(_OF_DAY, [day.isoformat()])]


def waiting_before(db: Database, day: date) -> list[Ticket]:
    """The tickets of earlier days that are neither served nor left."""
    return [ticket(row) for row in db.query(_WAITING_BEFORE, [day.isoformat()])]


def last_number(db: Database, day: date, station_id: str) -> int:
    """The highest number that this station gave on a day, 0 before the first."""
    row = next(iter(db.query(_LAST_NUMBER, [day.isoformat(), station_id])))
    return int(row["number"])


def ticket(row: Mapping[str, Any]) -> Ticket:
    """A ticket from its row."""
    return Ticket(
        id=row["id"],
        local_date=date.fromisoformat(row["local_date"]),
        number=row["number"],
        profile=Profile.of(row),
        type=VisitorType(row["type"]),
        patron_id=row["patron_id"],
        patron_name=row["patron_name"],
        taken=parse_utc(row["taken_at"]),
        behind=_moment(row["behind_at"]),
        called=_moment(row["called_at"]),
        workstation_id=row["workstation_id"],
        no_shows=row["no_shows"],
        served=_moment(row["served_at"]),
        session_id=row["session_id"],
        left=_moment(row["left_at"]),
        note=row["note"],
    )


def _moment(text: str | None) -> datetime | None:
    return None if text is None else parse_utc(text)
