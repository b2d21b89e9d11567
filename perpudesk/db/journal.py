"""Every record's creation, change and removal, in the same transaction as the record.

The journal holds only what cannot be derived: a creation nothing more than that it happened, a
change the fields it overwrote. It is append-only, and serves history, undo and audit. `kind` is
the record's table, so taking back needs no code of any room.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from perpudesk.core.deeds import ERASED, PROGRAM, Action
from perpudesk.core.errors import Problem, RuleError
from perpudesk.core.ids import natural_id
from perpudesk.db.connection import OpenStep, Store
from perpudesk.db.database import Database

Row = Mapping[str, Any]

NO_RECORD = Problem("no_record", "That record is not here any more. Look at the list again.")


_MOST_IN_STEP = 1_000


_ERASE_CHANGES = """
UPDATE journal SET kind = :erased, overwrote = NULL
WHERE record_id = :id AND action <> 'create' AND kind = :kind
"""
_ERASE_CREATION = """
UPDATE journal SET kind = :erased
WHERE local_date BETWEEN date(:made, '-1 day') AND date(:made, '+1 day')
  AND record_id = :id AND kind = :kind
"""
"""By its day, which may be another than the moment's: no index finds a creation by its record."""
_WITH = """
SELECT record_id FROM journal WHERE seq > :first AND seq < :last AND step = :first
GROUP BY record_id ORDER BY min(seq)
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One journal line."""

    seq: int
    at: str
    staff_id: str | None
    kind: str
    record_id: str
    action: Action
    target: int | None
    overwrote: dict[str, Any] | None
    step: int
    """The first line of the step that this one belongs to; its own number where it stands alone."""


Step = tuple[Entry, ...]
"""Lines that were written together, oldest first: undone and redone as one."""


@contextmanager
def one_step(store: Store) -> Iterator[None]:
    """Whatever the block writes is one step; to be opened inside a transaction, and it nests."""
    outer = store.author.step
    store.author.step = outer or OpenStep()
    try:
        yield
    finally:
        store.author.step = outer


@contextmanager
def by_program(store: Store) -> Iterator[None]:
    """Whatever the block writes is one step of the program's own; inside a transaction."""
    who = store.author.staff_id
    store.author.staff_id = PROGRAM
    try:
        with one_step(store):
            yield
    finally:
        store.author.staff_id = who


def create(store: Store, db: Database, kind: str, fields: Row) -> str:
    """A new record of `kind` with `fields`, and its line; its id (`fields["id"]` or a new one)."""
    record_id = str(fields.get("id") or store.make_id())
    now = store.now()
    seq = _log(store, db, Action.CREATE, kind, record_id, at=now)
    _insert(db, kind, {"id": record_id, **stamp(store, seq, now), **fields})
    return record_id


def create_many(store: Store, db: Database, kind: str, records: Iterable[Row]) -> None:
    """New records of `kind`, all with the same fields, and their lines, by `executemany`."""
    now, today = store.now(), store.today().isoformat()
    top = db.conn.execute("SELECT coalesce(max(seq), 0) FROM journal").fetchone()[0]
    lines: list[dict[str, Any]] = []
    stored: list[dict[str, Any]] = []
    for seq, fields in enumerate(records, start=top + 1):
        row = {"id": store.make_id(), **stamp(store, seq, now), **fields}
        line = _line(store, Action.CREATE, kind, row["id"], at=row["created_at"])
        lines.append({"seq": seq, **line, "local_date": today})
        stored.append(row)
    for table, found in (("journal", lines), (kind, stored)):
        if found:
            names = ", ".join(found[0])
            marks = ", ".join("?" * len(found[0]))
            db.conn.executemany(
                f"INSERT INTO {table} ({names}) VALUES ({marks})",  # noqa: S608 - our own names
                (list(row.values()) for row in found),
            )


def stamp(store: Store, seq: int, now: str) -> dict[str, Any]:
    """What every new record carries of its maker."""
    who = store.author
    return {
        "branch_id": who.branch_id,
        "station_id": who.station_id,
        "seq": seq,
        "revision": 1,
        "created_at": now,
        "created_by": who.staff_id,
    }


def change(store: Store, db: Database, kind: str, record_id: str, fields: Row) -> bool:
    """Set `fields` of a record and keep what they overwrote; False when nothing differs.

    One that was removed meanwhile is not here any more, unless `fields` bring it back.
    """
    old = row_of(db, kind, record_id) if "removed_at" in fields else _standing(db, kind, record_id)
    new = {name: _plain(value) for name, value in fields.items()}
    differing = {name: value for name, value in new.items() if old[name] != value}
    if not differing:
        return False
    overwrote = {name: old[name] for name in differing}
    revise(store, db, Action.CHANGE, kind, old=old, fields=differing, overwrote=overwrote)
    return True


def put(store: Store, db: Database, kind: str, key: Row, fields: Row) -> bool:
    """Make or change the record with the natural `key` (columns and values of the table).

    One that was removed comes back. False when nothing differs.
    """
    record_id = natural_of(store, kind, key)
    if _find(db, kind, record_id) is None:
        create(store, db, kind, {"id": record_id, **key, **fields})
        return True
    return change(store, db, kind, record_id, {**fields, "removed_at": None})


def take_out(store: Store, db: Database, kind: str, key: Row) -> bool:
    """Remove the record with the natural `key`; False when there is none."""
    record_id = natural_of(store, kind, key)
    found = _find(db, kind, record_id)
    if found is None or found["removed_at"] is not None:
        return False
    remove(store, db, kind, record_id)
    return True


def natural_of(store: Store, kind: str, key: Row) -> str:
    """The id of the record of `kind` with the natural `key`, on every station of the branch."""
    return natural_id(store.author.branch_id, kind, " ".join(str(part) for part in key.values()))


def remove(
    store: Store,
    db: Database,
    kind: str,
    record_id: str,
    *,
    note: str | None = None,
) -> None:
    """Take a record out of every list and total; its row and its line remain."""
    old = _standing(db, kind, record_id)
    fields: dict[str, Any] = {"removed_at": store.now()}
    if note:
        fields["note"] = note
    overwrote = {name: old[name] for name in fields}
    revise(store, db, Action.REMOVE, kind, old=old, fields=fields, overwrote=overwrote)


def erase(store: Store, db: Database, kind: str, record_id: str, blank: Row) -> None:
    """Set `blank` over a record for good: its lines keep that something was done, and no words.

    They stand under another kind from now on, which nothing takes back or does again.
    """
    old = row_of(db, kind, record_id)
    now = store.now()
    erased = {"kind": kind, "id": record_id, "erased": f"{ERASED}{kind}"}
    db.execute(_ERASE_CHANGES, erased)
    db.execute(_ERASE_CREATION, {**erased, "made": str(old["created_at"])[:10]})
    seq = _log(store, db, Action.REMOVE, erased["erased"], record_id, at=now)
    stamped = {
        **blank,
        "seq": seq,
        "revision": old["revision"] + 1,
        "changed_at": now,
        "changed_by": store.author.staff_id,
    }
    columns = ", ".join(f"{name} = ?" for name in stamped)
    values = [_plain(value) for value in stamped.values()]
    db.execute(f"UPDATE {kind} SET {columns} WHERE id = ?", [*values, record_id])  # noqa: S608


def log_import(store: Store, db: Database, kind: str, record_id: str) -> int:
    """The one line of a batch; its rows carry the batch."""
    return _log(store, db, Action.IMPORT, kind, record_id, at=store.now())


def history(db: Database, record_id: str) -> list[Entry]:
    """The lines of one record, oldest first, its creation not among them (it has none to tell)."""
    rows = db.query(
        "SELECT * FROM journal WHERE record_id = ? AND action <> 'create' ORDER BY seq",
        [record_id],
    )
    return [entry_of(row) for row in rows]


def written_with(db: Database, kind: str, record_id: str) -> list[str]:
    """The other records of the step that began with the last line of a record, in its order."""
    first = row_of(db, kind, record_id)["seq"]
    rows = db.query(_WITH, {"first": first, "last": first + _MOST_IN_STEP})
    return [row["record_id"] for row in rows]


def newest_moment(db: Database) -> str | None:
    """When the last line was written, by the clock of then."""
    row = next(iter(db.query("SELECT at FROM journal ORDER BY seq DESC LIMIT 1")), None)
    return None if row is None else str(row["at"])


def revise(
    store: Store,
    db: Database,
    action: Action,
    kind: str,
    *,
    old: Row,
    fields: Row,
    overwrote: Row,
    entry: Entry | None = None,
) -> None:
    """Write `fields` over a record, with its line; `entry` is the line it takes back or redoes."""
    now = store.now()
    record_id = str(old["id"])
    seq = _log(
        store,
        db,
        action,
        kind,
        record_id,
        at=now,
        target=entry.seq if entry else None,
        overwrote=overwrote,
    )
    stamped = {
        "seq": seq,
        "revision": old["revision"] + 1,
        "changed_at": now,
        "changed_by": store.author.staff_id,
    }
    new = {**fields, **stamped}
    values = [_plain(value) for value in new.values()]
    columns = ", ".join(f"{name} = ?" for name in new)
    db.execute(f"UPDATE {kind} SET {columns} WHERE id = ?", [*values, record_id])  # noqa: S608


def _log(
    store: Store,
    db: Database,
    action: Action,
    kind: str,
    record_id: str,
    *,
    at: str,
    target: int | None = None,
    overwrote: Row | None = None,
) -> int:
    line = _line(store, action, kind, record_id, at=at)
    line["target"] = target
    line["overwrote"] = None if overwrote is None else json.dumps(overwrote, ensure_ascii=False)
    step = store.author.step
    if step is None:
        return _insert(db, "journal", line)
    if step.first is None:
        step.first, step.local_date = _insert(db, "journal", line), line["local_date"]
        return step.first
    return _insert(db, "journal", {**line, "local_date": step.local_date, "step": step.first})


def _insert(db: Database, table: str, row: Row) -> int:
    """Put a row in; its number.

    Plain SQL: sqlite-utils' own insert looks the table up each time, which made a visit cost half
    as much again, and it makes a table of a misspelt name (measured.md 2).
    """
    marks = ", ".join("?" * len(row))
    values = [_plain(value) for value in row.values()]
    statement = f"INSERT INTO {table} ({', '.join(row)}) VALUES ({marks})"  # noqa: S608
    return int(db.execute(statement, values).lastrowid or 0)


def _line(store: Store, action: Action, kind: str, record_id: str, *, at: str) -> dict[str, Any]:
    return {
        "at": at,
        "local_date": store.today().isoformat(),
        "station_id": store.author.station_id,
        "staff_id": store.author.staff_id,
        "kind": kind,
        "record_id": record_id,
        "action": str(action),
    }


def row_of(db: Database, kind: str, record_id: str) -> dict[str, Any]:
    """A record, removed or not; raises `RuleError` where there is none."""
    row = _find(db, kind, record_id)
    if row is None:
        raise RuleError(NO_RECORD)
    return row


def _standing(db: Database, kind: str, record_id: str) -> dict[str, Any]:
    row = row_of(db, kind, record_id)
    if row["removed_at"] is not None:
        raise RuleError(NO_RECORD)
    return row


def _find(db: Database, kind: str, record_id: str) -> dict[str, Any] | None:
    rows = db.query(f"SELECT * FROM {kind} WHERE id = ?", [record_id])  # noqa: S608
    return next(iter(rows), None)


def _plain(value: object) -> object:
    """A value as the table holds it: lists and objects are JSON text."""
    if isinstance(value, list | dict | tuple):
        return json.dumps(value, ensure_ascii=False)
    return int(value) if isinstance(value, bool) else value


def entry_of(row: Row) -> Entry:
    """A row of the journal as its line."""
    return Entry(
        seq=row["seq"],
        at=row["at"],
        staff_id=row["staff_id"],
        kind=row["kind"],
        record_id=row["record_id"],
        action=Action(row["action"]),
        target=row["target"],
        overwrote=None if row["overwrote"] is None else json.loads(row["overwrote"]),
        step=row["step"] or row["seq"],
    )
