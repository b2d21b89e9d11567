"""Visits that came in together from a file: added, known again, and taken back as one.

A row's id is a digest of its values, so the same row is the same record wherever it comes from:
what was edited or removed here does not come back with the next file, and only undoing the batch
frees it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlite_utils import Database

from perpudesk.core.errors import Problem, RuleError
from perpudesk.db import journal
from perpudesk.db.connection import Store
from perpudesk.visits.model import Moment, VisitDraft
from perpudesk.visits.store import columns

NO_BATCH = Problem("no_batch", "There is no import called {batch}. Copy its number again.")
BATCH_UNDONE = Problem("batch_undone", "The import {batch} was already undone.")

_BATCH = "SELECT * FROM batches WHERE id = ?"
_BATCHES = "SELECT * FROM batches WHERE removed_at IS NULL ORDER BY seq DESC"
_SAME_FILE = """
SELECT * FROM batches
WHERE source = ? AND file_digest = ? AND removed_at IS NULL
  AND NOT EXISTS (SELECT 1 FROM batches AS undone WHERE undone.removed_at >= batches.created_at)
ORDER BY seq DESC LIMIT 1
"""
_KNOWN = """
SELECT visits.id FROM visits LEFT JOIN batches ON batches.id = visits.batch_id
WHERE batches.source = ? AND batches.removed_at IS NULL
"""
_TAKE_BACK = """
UPDATE {table} SET removed_at = ?, seq = ?, revision = revision + 1
WHERE batch_id = ? AND removed_at IS NULL
"""
_IS_UNDONE = "(SELECT removed_at FROM batches WHERE id = {table}.batch_id) IS NOT NULL"


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """One import: what file it was and what came of it."""

    id: str
    source: str
    file_name: str
    made_at: datetime
    result: dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportedVisit:
    """A visit of a file, under the id that its values give it."""

    id: str
    draft: VisitDraft
    moment: Moment


def same_file(db: Database, source: str, digest: str) -> Batch | None:
    """The standing batch of these very bytes, if no batch was undone since it was made."""
    row = next(iter(db.query(_SAME_FILE, [source, digest])), None)
    return None if row is None else _batch(row)


def known_ids(db: Database, source: str) -> set[str]:
    """Ids of all rows that standing batches of `source` brought, also edited or removed ones."""
    return {row["id"] for row in db.query(_KNOWN, [source])}


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


def add_visits(db: Database, carried: Mapping[str, Any], visits: Iterable[ImportedVisit]) -> None:
    """Store the visits of a batch; those of an undone batch come back as the file has them."""
    rows = ({"id": each.id, **columns(each.draft, each.moment), **carried} for each in visits)
    _put_many(db, "visits", rows)


def add_patrons(db: Database, carried: Mapping[str, Any], rows: Iterable[dict[str, Any]]) -> None:
    """Store the patrons of a batch (columns of `patrons` with their ids)."""
    _put_many(db, "patrons", ({**row, **carried} for row in rows))


def standing(db: Database) -> list[Batch]:
    """The batches that are not undone, newest first."""
    return [_batch(row) for row in db.query(_BATCHES)]


def take_back(store: Store, db: Database, batch_id: str) -> Batch:
    """Undo a batch as one step, at any time; its rows may be imported again.

    Raises `RuleError` for an unknown batch and one that was undone.
    """
    row = next(iter(db.query(_BATCH, [batch_id])), None)
    if row is None:
        raise RuleError(NO_BATCH, batch=batch_id)
    if row["removed_at"] is not None:
        raise RuleError(BATCH_UNDONE, batch=batch_id)
    journal.remove(store, db, "batches", batch_id)
    after = next(iter(db.query(_BATCH, [batch_id])))
    for table in ("visits", "patrons"):
        parameters = [after["removed_at"], after["seq"], batch_id]
        db.execute(_TAKE_BACK.format(table=table), parameters)
    return _batch(row)


def _put_many(db: Database, table: str, rows: Iterable[dict[str, Any]]) -> None:
    """`executemany` of rows with the same columns; a known row stands unless its batch is undone."""
    stream = iter(rows)
    first = next(stream, None)
    if first is None:
        return
    names = list(first)
    mended = ", ".join(f"{name} = excluded.{name}" for name in names if name != "id")
    statement = (
        f"INSERT INTO {table} ({', '.join(names)}) VALUES ({', '.join('?' * len(names))})"
        f" ON CONFLICT (id) DO UPDATE SET {mended}, removed_at = NULL"
        f" WHERE {_IS_UNDONE.format(table=table)}"
    )
    db.conn.execute(statement, list(first.values()))
    db.conn.executemany(statement, (list(row.values()) for row in stream))


def _batch(row: Mapping[str, Any]) -> Batch:
    return Batch(
        id=row["id"],
        source=row["source"],
        file_name=row["file_name"],
        made_at=datetime.fromisoformat(row["created_at"]),
        result=json.loads(row["result"]),
    )
