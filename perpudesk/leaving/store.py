"""The tables as SQLite describes them, every row of them, and a new store from such rows."""

from __future__ import annotations

import secrets
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from perpudesk.core.errors import FileError
from perpudesk.core.files import NOT_WRITTEN
from perpudesk.core.reasons import is_of_disk, reason_of
from perpudesk.db.database import Database
from perpudesk.db.meta import set_meta
from perpudesk.db.migrations import migrations
from perpudesk.leaving.model import BAD_TABLE, Field, TableOf

_TABLES = (
    "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite~_%' ESCAPE '~'"
)
_APART = {"meta", "staff_pins", "_sqlite_migrations"}
"""Notes of this computer, PINs, and the steps of the schema."""
_LAST = ("closings", "prints")
"""Whoever writes into a closed month alters it: so they come when all records are there."""
_SECRET = ("branches", "secret")
"""The key under which imported rows are known again is never exported."""
BLOBS = {"pictures": "data", "prints": "data"}
"""Columns whose bytes become files of their own, and the columns that name them."""
_RECORDS = """
SELECT 1 FROM journal WHERE kind NOT IN ('branches', 'staff', 'signatories') LIMIT 1
"""


def tables(db: Database) -> list[TableOf]:
    """Every table of records with its columns and how many rows it has, closed months last."""
    names = sorted(row["name"] for row in db.query(_TABLES) if row["name"] not in _APART)
    names.sort(key=lambda name: _LAST.index(name) if name in _LAST else -1)
    return [_table(db, name) for name in names]


def _table(db: Database, name: str) -> TableOf:
    points = {
        row["from"]: (row["table"], row["to"] or "id")
        for row in db.query(f"PRAGMA foreign_key_list({name})")
    }
    fields = tuple(
        Field(
            name=row["name"],
            kind=row["type"],
            required=bool(row["notnull"]) and row["dflt_value"] is None,
            refers_to=points.get(row["name"]),
        )
        for row in db.query(f"PRAGMA table_info({name})")
        if (name, row["name"]) != _SECRET
    )
    [row] = db.query(f"SELECT count(*) AS n FROM {name}")  # noqa: S608 - names of the schema
    return TableOf(name=name, fields=fields, rows=int(row["n"]))


def rows(db: Database, table: TableOf) -> Iterator[dict[str, Any]]:
    """Every row of a table, in the order of its key."""
    columns = ", ".join(field.name for field in table.fields)
    names = [field.name for field in table.fields]
    key = ", ".join(name for name in ("seq", "id") if name in names) or names[0]
    return db.query(f"SELECT {columns} FROM {table.name} ORDER BY {key}")  # noqa: S608


@contextmanager
def writing_to(target: Path) -> Iterator[None]:
    """Raise `FileError` where the disk of a new data folder refuses what the block writes."""
    try:
        yield
    except (OSError, sqlite3.OperationalError) as error:
        raise FileError(NOT_WRITTEN, path=str(target), reason=reason_of(error)) from error


def has_records(path: Path) -> bool:
    """Whether anything was recorded, beside the set-up, in a store that nobody has open."""
    if not path.exists():
        return False
    with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as connection:
        try:
            return connection.execute(_RECORDS).fetchone() is not None
        except sqlite3.Error:
            return True  # whatever it is, it is not to be replaced


def build(path: Path, fill: Callable[[Database, list[TableOf]], None], *, practice: bool) -> None:
    """A store at `path` that `fill` puts rows into; checked as a whole. Raises `FileError`."""
    connection = sqlite3.connect(path, isolation_level=None)
    with closing(connection):
        db = Database(connection)
        migrations.apply(db.utils)
        connection.execute("PRAGMA foreign_keys = OFF")
        connection.execute("BEGIN")
        found = tables(db)
        for table in found:
            connection.execute(f"DELETE FROM {table.name}")  # noqa: S608 - what migrations filled
        fill(db, found)
        broken = connection.execute("PRAGMA foreign_key_check").fetchone()
        if broken is not None:
            reason = f"{broken[0]} → {broken[2]}"
            raise FileError(BAD_TABLE, path=f"{broken[0]}.csv", line=broken[1] or 0, reason=reason)
        if practice:
            set_meta(db, "practice", "1")
        connection.execute("COMMIT")
        connection.execute("PRAGMA journal_mode = DELETE")


def insert(
    db: Database, table: TableOf, names: Sequence[str], values: Iterable[tuple[int, Sequence[Any]]]
) -> None:
    """Put rows in, each with the line it came from; raises `FileError` naming that line."""
    columns = [*names]
    extra: list[Any] = []
    if table.name == _SECRET[0]:
        columns.append(_SECRET[1])
        extra = [secrets.token_bytes(32)]
    marks = ", ".join("?" * len(columns))
    statement = f"INSERT INTO {table.name} ({', '.join(columns)}) VALUES ({marks})"  # noqa: S608
    for line, row in values:
        try:
            db.conn.execute(statement, [*row, *extra])
        except (sqlite3.Error, OverflowError) as error:
            if is_of_disk(error):
                raise
            where = f"{table.name}.csv"
            raise FileError(BAD_TABLE, path=where, line=line, reason=str(error)) from error
