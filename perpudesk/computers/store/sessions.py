"""Every statement that touches computer sessions."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from perpudesk.computers.model import Move, Session, SessionDraft, Stay
from perpudesk.core.codes import EndReason, Method, Precision, VisitorType
from perpudesk.core.deeds import PROGRAM
from perpudesk.core.times import parse_utc, utc_text
from perpudesk.db import journal
from perpudesk.db.connection import Store
from perpudesk.db.database import Database
from perpudesk.db.lists import listed
from perpudesk.patrons.model import Profile

_SESSION = """
SELECT computer_sessions.*, patrons.name AS patron_name
FROM computer_sessions LEFT JOIN patrons ON patrons.id = computer_sessions.patron_id
"""
_ONE = f"{_SESSION} WHERE computer_sessions.id = ?"
_OPEN = f"""
{_SESSION} WHERE computer_sessions.removed_at IS NULL AND ended_at IS NULL AND precision = 'time'
ORDER BY started_at, computer_sessions.seq
"""
_OF_DAY = f"""
{_SESSION} WHERE computer_sessions.removed_at IS NULL AND local_date = ?
ORDER BY started_at, computer_sessions.seq
"""
_STAYS = f"""
{_SESSION} WHERE computer_sessions.removed_at IS NULL AND precision = 'time' AND device = 0
  AND local_date BETWEEN ? AND ?
"""
_AFTER = """
SELECT id, local_date, started_at FROM computer_sessions
WHERE removed_at IS NULL AND local_date > ? AND batch_id IS NULL ORDER BY seq
"""
_TOTAL = """
SELECT id FROM computer_sessions
WHERE removed_at IS NULL AND precision = 'day' AND local_date = ? AND device = ?
"""
_BETWEEN = f"""
{_SESSION} WHERE computer_sessions.removed_at IS NULL AND local_date BETWEEN ? AND ?
ORDER BY local_date DESC, started_at DESC, computer_sessions.seq DESC
"""
_COUNT = "SELECT count(*) AS n FROM computer_sessions WHERE removed_at IS NULL"
_ENDED_BY_PROGRAM = f"""
{_SESSION} WHERE computer_sessions.removed_at IS NULL AND local_date >= ?
  AND end_reason = ? AND computer_sessions.changed_by = ?
ORDER BY local_date, started_at, computer_sessions.seq
"""
_NEWEST = "SELECT max(local_date) AS day FROM computer_sessions WHERE removed_at IS NULL"
_FIRST = "SELECT min(local_date) AS day FROM computer_sessions WHERE removed_at IS NULL"


def add(store: Store, db: Database, draft: SessionDraft, when: Mapping[str, Any]) -> str:
    """A new session with the columns `when`; the id."""
    fields = {**_columns(draft), **when}
    with listed(db, fields, purposes="computer_purposes"):
        return journal.create(store, db, "computer_sessions", fields)


def add_many(
    store: Store, db: Database, drafts: Iterable[tuple[SessionDraft, Mapping[str, Any]]]
) -> None:
    """Many new sessions that are over, each made when it began."""
    fields = (
        {"created_at": when["started_at"], **_columns(draft), **when} for draft, when in drafts
    )
    journal.create_many(store, db, "computer_sessions", fields)


def set_fields(store: Store, db: Database, session_id: str, fields: Mapping[str, Any]) -> bool:
    """Set columns of a session; False when nothing differs."""
    if "moves" in fields:
        fields = {**fields, "moves": moves_text(fields["moves"])}
    with listed(db, fields, purposes="computer_purposes"):
        return journal.change(store, db, "computer_sessions", session_id, fields)


def remove(store: Store, db: Database, session_id: str, note: str | None) -> None:
    """Take it out of every list and total."""
    journal.remove(store, db, "computer_sessions", session_id, note=note)


def get(db: Database, session_id: str) -> Session | None:
    """The session with that id, removed or not."""
    row = next(iter(db.query(_ONE, [session_id])), None)
    return None if row is None else session(row)


def standing(db: Database, session_id: str) -> Session | None:
    """The session with that id, unless it was removed."""
    row = next(iter(db.query(_ONE, [session_id])), None)
    return None if row is None or row["removed_at"] is not None else session(row)


def open_ones(db: Database) -> list[Session]:
    """The sessions that go on, oldest first."""
    return [session(row) for row in db.query(_OPEN)]


def of_day(db: Database, day: date) -> list[Session]:
    """The sessions that began on a day, in order."""
    return [session(row) for row in db.query(_OF_DAY, [day.isoformat()])]


def stays_between(db: Database, first: date, last: date, but: str) -> list[tuple[str, Stay]]:
    """Where whatever goes on and the sessions of these days were: the id of each, and its stays.

    All but one session; the place of a stay may be one that its session has left.
    """
    rows = [*db.query(_STAYS, [first.isoformat(), last.isoformat()]), *db.query(_OPEN)]
    found = {row["id"]: row for row in rows if row["id"] != but}
    return [(key, stay) for key, row in found.items() for stay in session(row).stays()]


def dated_after(db: Database, day: date) -> list[tuple[str, date, datetime | None]]:
    """Sessions recorded here with a day after `day`: the clock was wrong then."""
    return [
        (
            row["id"],
            date.fromisoformat(row["local_date"]),
            None if row["started_at"] is None else parse_utc(row["started_at"]),
        )
        for row in db.query(_AFTER, [day.isoformat()])
    ]


def totals_of(db: Database, day: date, *, device: bool) -> list[str]:
    """The ids of the day's totals from paper."""
    return [row["id"] for row in db.query(_TOTAL, [day.isoformat(), int(device)])]


def between(db: Database, first: date, last: date) -> list[Session]:
    """The sessions that began on these days, newest first."""
    return [session(row) for row in db.query(_BETWEEN, [first.isoformat(), last.isoformat()])]


def redate(store: Store, db: Database, found: Session, by: timedelta) -> None:
    """Move a session that was recorded under a wrong clock, with all of its moments."""
    moved = [replace(move, until=move.until + by) for move in found.moves]
    fields = {
        "local_date": (found.local_date + by).isoformat(),
        "started_at": _text(found.start, by),
        "ended_at": _text(found.end, by),
        "paused_at": _text(found.paused_at, by),
        "moves": moves_text(moved),
    }
    journal.change(store, db, "computer_sessions", found.id, fields)


def count(db: Database) -> int:
    """How many session records there are."""
    return int(next(iter(db.query(_COUNT)))["n"])


def ended_by_program(db: Database, since: date, reason: EndReason) -> list[Session]:
    """What the program itself has ended for a reason, begun on `since` or later, in order.

    Whatever somebody has mended meanwhile is none of it.
    """
    given = [since.isoformat(), str(reason), PROGRAM]
    return [session(row) for row in db.query(_ENDED_BY_PROGRAM, given)]


def newest_day(db: Database) -> date | None:
    """The day of the newest session."""
    return _day(next(iter(db.query(_NEWEST)))["day"])


def first_day(db: Database) -> date | None:
    """The day of the first session."""
    return _day(next(iter(db.query(_FIRST)))["day"])


def moves_text(moves: Iterable[Move]) -> str | None:
    """Moves as their column."""
    kept = [
        {
            "workstation_id": move.workstation_id,
            "until": utc_text(move.until),
            "paused_ms": move.paused_ms,
        }
        for move in moves
    ]
    return json.dumps(kept) if kept else None


def _columns(draft: SessionDraft) -> dict[str, Any]:
    return {
        "device": draft.device,
        "workstation_id": draft.workstation_id,
        "type": str(draft.type),
        **draft.profile.columns(),
        "purpose": draft.purpose,
        "assisted": draft.assisted,
        "method": str(draft.method),
        "patron_id": draft.patron_id,
        "limit_minutes": draft.limit,
        "note": draft.note,
    }


def session(row: Mapping[str, Any]) -> Session:
    """A session from its row."""
    return Session(
        id=row["id"],
        local_date=date.fromisoformat(row["local_date"]),
        local_hour=row["local_hour"],
        precision=Precision(row["precision"]),
        count=row["count"],
        device=bool(row["device"]),
        workstation_id=row["workstation_id"],
        start=_moment(row["started_at"]),
        limit=row["limit_minutes"],
        end=_moment(row["ended_at"]),
        end_reason=None if row["end_reason"] is None else EndReason(row["end_reason"]),
        end_estimated=bool(row["end_estimated"]),
        paused_ms=row["paused_ms"],
        paused_at=_moment(row["paused_at"]),
        moves=() if row["moves"] is None else tuple(map(_move, json.loads(row["moves"]))),
        type=VisitorType(row["type"]),
        profile=Profile.of(row),
        purpose=row["purpose"],
        assisted=bool(row["assisted"]),
        method=Method(row["method"]),
        patron_id=row["patron_id"],
        patron_name=row["patron_name"],
        visit_id=row["visit_id"],
        note=row["note"],
        batch_id=row["batch_id"],
    )


def _move(kept: Mapping[str, Any]) -> Move:
    return Move(
        workstation_id=kept["workstation_id"],
        until=parse_utc(kept["until"]),
        paused_ms=kept["paused_ms"],
    )


def _text(moment: datetime | None, by: timedelta) -> str | None:
    return None if moment is None else utc_text(moment + by)


def _moment(text: str | None) -> datetime | None:
    return None if text is None else parse_utc(text)


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)
