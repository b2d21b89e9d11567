"""Records that came in together from a file: added, known again, and taken back as one.

A row's id is a digest of its values, so the same row is the same record wherever it comes from:
what was edited or removed here does not come back with the next file, and only undoing the batch
frees it. The tables that a file can fill all have a `batch_id`; taking back needs no room's code.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from perpudesk.core.errors import Problem, RuleError
from perpudesk.db import journal, undo
from perpudesk.db.connection import Store
from perpudesk.db.database import Database

NO_BATCH = Problem("no_batch", "There is no import called {batch}. Copy its number again.")
BATCH_UNDONE = Problem("batch_undone", "The import {batch} was already undone.")
CHANGED_MEANWHILE = Problem(
    "imports_changed",
    "Another file was imported or an import undone meanwhile. Choose the file again.",
)

_BATCH = "SELECT * FROM batches WHERE id = ?"
_BATCHES = "SELECT * FROM batches WHERE removed_at IS NULL ORDER BY seq DESC"
_SAME_FILE = """
SELECT * FROM batches
WHERE source = ? AND file_digest = ? AND removed_at IS NULL
  AND NOT EXISTS (
    SELECT 1 FROM batches AS undone
    WHERE undone.removed_at IS NOT NULL AND undone.seq > batches.seq
  )
ORDER BY seq DESC LIMIT 1
"""
_KNOWN = """
SELECT {table}.id FROM {table} JOIN batches ON batches.id = {table}.batch_id
WHERE batches.source = ? AND batches.removed_at IS NULL
"""
_NEWEST_CHANGE = "SELECT coalesce(max(seq), 0) FROM batches"
# Also rows that were removed here before: undoing that removal must not bring them back alone.
_TAKE_BACK = """
UPDATE {table} SET removed_at = coalesce(removed_at, ?), seq = ?, revision = revision + 1
WHERE batch_id = ?
"""
# Visits of other files of which this one said whose they are, and that nobody edited since.
_FREE = """
UPDATE visits SET patron_id = NULL, seq = ?, revision = revision + 1
WHERE seq = ? AND batch_id IS NOT ?
"""
# Somebody whom the librarian has edited, or has seen since, is not only the file's any more.
_ONLY_OF_FILE = """
AND changed_at IS NULL
AND NOT EXISTS (
  SELECT 1 FROM visits WHERE visits.patron_id = patrons.id AND visits.removed_at IS NULL
) AND NOT EXISTS (
  SELECT 1 FROM computer_sessions AS sessions
  WHERE sessions.patron_id = patrons.id AND sessions.removed_at IS NULL
) AND id NOT IN (
  SELECT patron_id FROM queue_tickets WHERE patron_id IS NOT NULL AND removed_at IS NULL
  UNION SELECT patron_id FROM reservations WHERE patron_id IS NOT NULL AND removed_at IS NULL
  UNION SELECT patron_id FROM participants WHERE patron_id IS NOT NULL AND removed_at IS NULL
  UNION SELECT contact_id FROM communities WHERE contact_id IS NOT NULL AND removed_at IS NULL
  UNION SELECT owner_id FROM decisions WHERE owner_id IS NOT NULL AND removed_at IS NULL
  UNION SELECT value FROM courses, json_each(trainer_ids) WHERE courses.removed_at IS NULL
)
"""
# Sessions of other files of which this one said when they ended, and that nobody edited since.
_ENDLESS = """
UPDATE computer_sessions
SET ended_at = started_at, end_reason = 'forgotten', seq = ?, revision = revision + 1
WHERE seq = ? AND batch_id IS NOT ?
"""
# A workstation stays while anybody uses it, has edited it or has written down what befell it. One
# that an earlier batch left for that reason goes with the last that used it.
_MACHINES = """
UPDATE workstations SET removed_at = :now, seq = :seq, revision = revision + 1
WHERE removed_at IS NULL AND changed_at IS NULL
  AND batch_id IN (SELECT id FROM batches WHERE removed_at IS NOT NULL)
  AND NOT EXISTS (
    SELECT 1 FROM computer_sessions
    WHERE computer_sessions.workstation_id = workstations.id AND removed_at IS NULL
  )
  AND NOT EXISTS (
    SELECT 1 FROM computer_sessions, json_each(moves) AS move
    WHERE moves IS NOT NULL AND computer_sessions.removed_at IS NULL
      AND json_extract(move.value, '$.workstation_id') = workstations.id
  )
  AND NOT EXISTS (
    SELECT 1 FROM reservations, json_each(workstation_ids) AS kept
    WHERE reservations.removed_at IS NULL AND kept.value = workstations.id
  )
  AND NOT EXISTS (
    SELECT 1 FROM workstation_states AS states
    WHERE states.workstation_id = workstations.id AND states.removed_at IS NULL
      AND (states.batch_id IS NULL OR states.changed_at IS NOT NULL)
  )
"""
# What a batch said of a workstation goes too, unless nothing else is said of one that stays.
_STATES = """
UPDATE workstation_states SET removed_at = :now, seq = :seq, revision = revision + 1
WHERE removed_at IS NULL AND (
  (SELECT removed_at FROM workstations WHERE workstations.id = workstation_id) = :now
  OR (batch_id = :batch AND changed_at IS NULL AND EXISTS (
    SELECT 1 FROM workstation_states AS others
    WHERE others.workstation_id = workstation_states.workstation_id
      AND others.removed_at IS NULL AND others.batch_id IS NOT :batch
  ))
)
"""
# A meeting stays while somebody is on its list, or it decided something; a course while one of its
# meetings does, a community while one of its own does, or somebody has edited it.
_UNATTENDED = """
AND NOT EXISTS (
  SELECT 1 FROM participants
  WHERE participants.removed_at IS NULL AND list_id IN (meetings.id, meetings.course_id)
) AND NOT EXISTS (
  SELECT 1 FROM decisions WHERE decisions.removed_at IS NULL AND decisions.meeting_id = meetings.id
)
"""
_OF_MEETING = """
AND (SELECT removed_at FROM meetings WHERE meetings.id = community_meetings.meeting_id) IS NOT NULL
"""
_WITHOUT_MEETINGS = """
AND NOT EXISTS (
  SELECT 1 FROM meetings WHERE meetings.removed_at IS NULL AND meetings.course_id = courses.id
)
"""
_UNUSED = """
AND changed_at IS NULL AND NOT EXISTS (
  SELECT 1 FROM community_meetings AS theirs
  WHERE theirs.removed_at IS NULL AND theirs.community_id = communities.id
) AND NOT EXISTS (
  SELECT 1 FROM community_members AS members
  WHERE members.removed_at IS NULL AND members.community_id = communities.id
)
"""
_DAYS = """
SELECT local_date AS day FROM visits WHERE batch_id = :batch
UNION SELECT month || '-01' FROM period_totals WHERE batch_id = :batch
UNION SELECT local_date FROM meetings WHERE batch_id = :batch
UNION SELECT local_date FROM computer_sessions
  WHERE batch_id = :batch OR seq = (SELECT seq FROM batches WHERE id = :batch)
"""
_SINCE = "SELECT min(local_date) AS day FROM workstation_states WHERE batch_id = ?"
_FILLED = {
    "visits": "",
    "computer_sessions": "",
    "patrons": _ONLY_OF_FILE,
    "period_totals": "",
    "meetings": _UNATTENDED,
    "community_meetings": _OF_MEETING,
    "courses": _WITHOUT_MEETINGS,
    "communities": _UNUSED,
}
"""The tables that a file can fill, each after what names its rows, and which of these are the
file's alone."""
_KEPT = ("id", "revision")
_IS_FREE = (
    "{table}.removed_at IS NOT NULL AND ({table}.batch_id IS NULL"
    " OR (SELECT removed_at FROM batches WHERE id = {table}.batch_id) IS NOT NULL)"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """One import: what file it was and what came of it."""

    id: str
    source: str
    file_name: str
    made_at: datetime
    result: dict[str, Any]


def same_file(db: Database, source: str, digest: str) -> Batch | None:
    """The standing batch of these very bytes, if no batch was undone since it was made."""
    row = next(iter(db.query(_SAME_FILE, [source, digest])), None)
    return None if row is None else _batch(row)


def known_ids(db: Database, table: str, source: str) -> set[str]:
    """Ids of all rows that standing batches of `source` brought, also edited or removed ones."""
    return {row[0] for row in db.conn.execute(_KNOWN.format(table=table), [source])}


def newest_change(db: Database) -> int:
    """A number that grows with every import and every import undone."""
    return int(db.conn.execute(_NEWEST_CHANGE).fetchone()[0])


def begin(
    store: Store, db: Database, *, source: str, file_name: str, digest: str
) -> tuple[str, dict[str, Any]]:
    """A new batch, its one journal line, and what each of its rows carries."""
    batch_id = store.make_id()
    now = store.now()
    seq = journal.log_import(store, db, "batches", batch_id)
    carried = journal.stamp(store, seq, now)
    db.table("batches").insert(
        {
            "id": batch_id,
            **carried,
            "source": source,
            "file_name": file_name,
            "file_digest": digest,
            "result": "{}",
        }
    )
    return batch_id, {**carried, "batch_id": batch_id}


def finish(db: Database, batch_id: str, result: Mapping[str, Any]) -> None:
    """Keep what came of the batch."""
    db.table("batches").update(batch_id, {"result": json.dumps(result, ensure_ascii=False)})


def put_many(
    db: Database,
    table: str,
    carried: Mapping[str, Any],
    names: tuple[str, ...],
    rows: Iterable[tuple[Any, ...]],
) -> None:
    """Store the rows of a batch, the values of `names` each, by `executemany`.

    A known row stands unless it went with its batch when that was undone, or was typed here and
    removed again; then it becomes what the file says, and what the file does not say becomes what
    it is in a new row.
    """
    given = (*names, *carried)
    every = db.table(table).columns_dict
    mended = ", ".join(f"{name} = excluded.{name}" for name in every if name not in _KEPT)
    statement = (  # every name in it is ours
        f"INSERT INTO {table} ({', '.join(given)}) VALUES ({', '.join('?' * len(given))})"  # noqa: S608
        f" ON CONFLICT (id) DO UPDATE SET {mended}, revision = {table}.revision + 1"
        f" WHERE {_IS_FREE.format(table=table)}"
    )
    same = tuple(carried.values())
    db.conn.executemany(statement, (row + same for row in rows))


def standing(db: Database) -> list[Batch]:
    """The batches that are not undone, newest first."""
    return [_batch(row) for row in db.query(_BATCHES)]


def days_of(db: Database, batch_id: str) -> set[date]:
    """The days of what a batch brought, of a total the first of its month."""
    return {date.fromisoformat(row["day"]) for row in db.query(_DAYS, {"batch": batch_id})}


def since(db: Database, batch_id: str) -> date | None:
    """The first day of which a batch says what workstations were: it holds from then on."""
    day = next(iter(db.query(_SINCE, [batch_id])))["day"]
    return None if day is None else date.fromisoformat(day)


def take_back(store: Store, db: Database, batch_id: str) -> Batch:
    """Undo a batch as one step, at any time; its rows may be imported again.

    Raises `RuleError` for an unknown batch and one that was undone.
    """
    row = next(iter(db.query(_BATCH, [batch_id])), None)
    if row is None:
        raise RuleError(NO_BATCH, batch=batch_id)
    if row["removed_at"] is not None:
        raise RuleError(BATCH_UNDONE, batch=batch_id)
    with journal.one_step(store):
        return _taken_back(store, db, row)


def _taken_back(store: Store, db: Database, row: Mapping[str, Any]) -> Batch:
    batch_id = row["id"]
    journal.remove(store, db, "batches", batch_id)
    after = next(iter(db.query(_BATCH, [batch_id])))
    db.execute(_FREE, [after["seq"], row["seq"], batch_id])
    db.execute(_ENDLESS, [after["seq"], row["seq"], batch_id])
    for table, only in _FILLED.items():
        statement = _TAKE_BACK.format(table=table) + only
        db.execute(statement, [after["removed_at"], after["seq"], batch_id])
    for statement in (_MACHINES, _STATES):
        given = {"now": after["removed_at"], "seq": after["seq"], "batch": batch_id}
        db.execute(statement, given)
    undo.take_back(store, db, row["seq"])
    return _batch(row)


def _batch(row: Mapping[str, Any]) -> Batch:
    return Batch(
        id=row["id"],
        source=row["source"],
        file_name=row["file_name"],
        made_at=datetime.fromisoformat(row["created_at"]),
        result=json.loads(row["result"]),
    )
