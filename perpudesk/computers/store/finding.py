"""The statements that look through the sessions of all years."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from typing import Any

from perpudesk.computers.finding import Found, Lack, SessionFilter, Where
from perpudesk.computers.model import Session
from perpudesk.computers.store.sessions import session
from perpudesk.db import journal
from perpudesk.db.database import Database

_KNOWN = "ended_at IS NOT NULL AND (end_reason <> 'forgotten' OR end_estimated = 1)"
# Moments are text of one width, with milliseconds at its end (core/times.utc_text).
_MINUTES = """
max(0, (strftime('%s', ended_at) - strftime('%s', started_at)) * 1000
  + substr(ended_at, 21, 3) - substr(started_at, 21, 3) - paused_ms) / 60000
"""
_PLACES = f"""
SELECT rowid, count, device, CASE WHEN {_KNOWN} THEN {_MINUTES} END AS minutes
FROM computer_sessions WHERE {{where}}
ORDER BY local_date DESC, started_at DESC, rowid DESC
"""  # noqa: S608 - our own names
_AT = """
SELECT computer_sessions.rowid AS place, computer_sessions.*, patrons.name AS patron_name
FROM computer_sessions LEFT JOIN patrons ON patrons.id = computer_sessions.patron_id
WHERE computer_sessions.rowid IN ({marks})
"""
_ROW = """
SELECT computer_sessions.*, batches.source AS batch_source, 0 AS batch_estimates
FROM computer_sessions LEFT JOIN batches ON batches.id = computer_sessions.batch_id
WHERE computer_sessions.id = ?
"""
_LACKS = {
    Lack.GOING_ON: "ended_at IS NULL AND precision = 'time'",
    Lack.INTERRUPTED: "end_reason = 'interrupted'",
    Lack.FORGOTTEN: "end_reason = 'forgotten'",
    Lack.ESTIMATED: "(end_estimated = 1 OR method = 'estimated')",
    Lack.NO_MINUTES: f"NOT ({_KNOWN}) AND (ended_at IS NOT NULL OR precision = 'day')",
}
_PLACE = """
(workstation_id = :place OR (moves IS NOT NULL AND EXISTS (
  SELECT 1 FROM json_each(moves) AS move
  WHERE json_extract(move.value, '$.workstation_id') = :place)))
"""
_WHERE: dict[str, str] = {
    Where.DEVICE: "device = 1",
    Where.NOT_KNOWN: "device = 0 AND workstation_id IS NULL",
}


def found(db: Database, wanted: SessionFilter) -> Found:
    """Where those are that are looked for, newest first, and what they add up to."""
    given = dict(_given(wanted))
    where = " AND ".join(_clauses(wanted))
    places, sessions, minutes, devices, without = array("q"), 0, 0, 0, 0
    for place, count, device, took in db.conn.execute(_PLACES.format(where=where), given):
        places.append(place)
        without += count if took is None else 0
        if device:
            devices += count
        else:
            sessions += count
            minutes += took or 0
    return Found(
        places=places, sessions=sessions, minutes=minutes, devices=devices, without=without
    )


def at(db: Database, places: Sequence[int]) -> list[Session]:
    """The sessions at these places, in their order."""
    rows = db.query(_AT.format(marks=", ".join("?" * len(places))), list(places))
    known = {row["place"]: session(row) for row in rows}
    return [known[place] for place in places if place in known]


def record(db: Database, session_id: str) -> tuple[dict[str, Any], list[journal.Entry]] | None:
    """A session's row with what its batch was, and every line about it but its creation."""
    row = next(iter(db.query(_ROW, [session_id])), None)
    return None if row is None else (row, journal.history(db, session_id))


def _clauses(wanted: SessionFilter) -> Iterator[str]:
    """The conditions of a filter; the statements are all ours."""
    yield "removed_at IS NOT NULL" if wanted.removed else "removed_at IS NULL"
    if wanted.first is not None:
        yield "local_date >= :first"
    if wanted.last is not None:
        yield "local_date <= :last"
    if wanted.place is not None:
        yield _WHERE.get(wanted.place, _PLACE)
    if wanted.lack is not None:
        yield _LACKS[wanted.lack]


def _given(wanted: SessionFilter) -> Iterator[tuple[str, str]]:
    for name in ("first", "last"):
        if (day := getattr(wanted, name)) is not None:
            yield name, day.isoformat()
    if wanted.place is not None:
        yield "place", wanted.place
