"""Read a damaged SQLite file row by row, around what cannot be read, into a fresh store."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from perpudesk.core.reasons import is_of_disk
from perpudesk.db.database import Database
from perpudesk.db.migrations import migrations

_ALL_TABLES = """
SELECT name FROM sqlite_schema
WHERE type = 'table' AND substr(name, 1, 7) <> 'sqlite_' AND name <> '_sqlite_migrations'
"""
_LAST_OF_ALL = ("closings", "prints")
"""Whoever writes into a closed month alters it: so they come when all records are there."""
_HIGHEST = 1 << 24
"""No row is looked for beyond this number where the file does not tell its last one."""
_MOST_TRIES = 200_000
"""So many places that cannot be read are tried one by one in a table, and no more."""
Row = Sequence[Any]


@dataclass(slots=True, kw_only=True)
class Saved:
    """What became of a table."""

    name: str
    read: int = 0
    unread: int = 0
    """Places that could not be read: at most so many rows."""
    refused: int = 0
    """Rows that were read, but are none: damaged inside, or pointing to what is lost."""
    loosened: int = 0
    """Rows that pointed to what is lost, and now point to nothing."""

    @property
    def is_whole(self) -> bool:
        """Whether nothing of it is missing, as far as can be told."""
        return not (self.unread or self.refused or self.loosened)


def rebuild(damaged: Path, target: Path) -> list[Saved]:
    """A store at `target` with every row of the copy `damaged` that can be read.

    Raises `sqlite3.Error` where the disk of the new one refuses: that is no damage of the old.
    """
    found: list[Saved] = []
    with closing(sqlite3.connect(target, isolation_level=None)) as new:
        migrations.apply(Database(new).utils)
        new.execute("PRAGMA foreign_keys = OFF")
        new.execute("BEGIN")
        with closing(sqlite3.connect(damaged)) as old:
            for name in _all_tables(new):
                saved = Saved(name=name)
                _move(old, new, saved)
                found.append(saved)
        _mend(new, {each.name: each for each in found})
        new.execute("COMMIT")
        new.execute("PRAGMA journal_mode = DELETE")
    return found


def _all_tables(new: sqlite3.Connection) -> list[str]:
    names = sorted(name for (name,) in new.execute(_ALL_TABLES))
    return sorted(names, key=lambda name: _LAST_OF_ALL.index(name) if name in _LAST_OF_ALL else -1)


def _columns_of(connection: sqlite3.Connection, table: str) -> list[str]:
    try:
        return [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
    except sqlite3.Error:  # the schema itself cannot be read
        return []


def _move(old: sqlite3.Connection, new: sqlite3.Connection, saved: Saved) -> None:
    """Put each row that can be read into the new store; what was there by itself gives way."""
    theirs = set(_columns_of(old, saved.name))
    columns = [name for name in _columns_of(new, saved.name) if name in theirs]
    if not columns:
        return
    names, marks = ", ".join(columns), ", ".join("?" * len(columns))
    put = f"INSERT OR REPLACE INTO {saved.name} ({names}) VALUES ({marks})"  # noqa: S608
    for row in _readable(old, f"SELECT {names} FROM {saved.name}", saved):  # noqa: S608
        try:
            new.execute(put, row)
        except (sqlite3.Error, OverflowError) as error:
            if is_of_disk(error):
                raise
            saved.refused += 1
        else:
            saved.read += 1


def _readable(old: sqlite3.Connection, select: str, saved: Saved) -> Iterator[Row]:
    """Every row that can be read: all at once where that goes, else around the damage."""
    try:
        rows = old.execute(select).fetchall()
    except (sqlite3.Error, UnicodeDecodeError):
        yield from _between(
            old, f"{select} WHERE rowid BETWEEN ? AND ?", 0, _last(old, saved), saved
        )
        return
    yield from rows


def _last(old: sqlite3.Connection, saved: Saved) -> int:
    with suppress(sqlite3.Error):
        [last] = old.execute(f"SELECT max(rowid) FROM {saved.name}").fetchone()  # noqa: S608
        return int(last or 0)
    return _HIGHEST


def _between(
    old: sqlite3.Connection, select: str, low: int, high: int, saved: Saved
) -> Iterator[Row]:
    """The rows between two numbers: in halves, where they cannot be read together."""
    waiting = [(low, high)]
    while waiting and saved.unread < _MOST_TRIES:
        low, high = waiting.pop()
        try:
            yield from old.execute(select, (low, high)).fetchall()
        except (sqlite3.Error, UnicodeDecodeError):
            if low == high:
                saved.unread += 1
            else:
                middle = (low + high) // 2
                waiting += [(middle + 1, high), (low, middle)]


def _mend(new: sqlite3.Connection, found: dict[str, Saved]) -> None:
    """Let no row point to what is lost: to nothing where it may, else it goes too."""
    while broken := new.execute("PRAGMA foreign_key_check").fetchall():
        for table, rowid, _parent, key in broken:
            column = next(
                row[3] for row in new.execute(f"PRAGMA foreign_key_list({table})") if row[0] == key
            )
            where = "rowid = ?"
            if rowid is None:  # a table without row numbers: prints of a closing that is lost
                new.execute(f"DELETE FROM {table}")  # noqa: S608
                found[table].refused += 1
                break
            try:
                new.execute(f"UPDATE {table} SET {column} = NULL WHERE {where}", (rowid,))  # noqa: S608
                found[table].loosened += 1
            except sqlite3.IntegrityError:
                new.execute(f"DELETE FROM {table} WHERE {where}", (rowid,))  # noqa: S608
                found[table].refused += 1
                found[table].read -= 1
