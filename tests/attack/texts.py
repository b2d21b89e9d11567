"""Records in which every text that somebody may type is an attempt at something."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from pathlib import Path

TRIES = (
    "Robert'); DROP TABLE visits;--",
    '<b>x</i>&amp;<img src="/a"/>',
    "=cmd|' /C calc'!A1",
    "{name}%s\\N\u202etxt.exe",
)
_NOT_TYPED = {"journal", "meta", "_sqlite_migrations", "batches", "staff_pins"}
_OURS = ("_id", "_at", "_by", "_pattern", "zone", "digest")
_TOLD_BY_US = re.compile(r"[0-9TZ:.+-]+|[0-9a-f-]{36}|[0-9a-f]{64}|\[.*\]|\{.*\}", re.DOTALL)
"""Days, moments, ids, digests and JSON, which no form lets anybody type."""


def spoil(file: Path) -> set[str]:
    """Put the attempts wherever the schema takes any text; the columns, as `table.column`."""
    with closing(sqlite3.connect(file, isolation_level=None)) as db:
        db.execute("PRAGMA foreign_keys = ON")
        return {
            f"{table}.{column}"
            for (table,) in db.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")
            if table not in _NOT_TYPED and not table.startswith("sqlite_")
            for column in _text_columns(db, table)
            if _take(db, table, column)
        }


def _text_columns(db: sqlite3.Connection, table: str) -> list[str]:
    found = db.execute(f"PRAGMA table_info({table})").fetchall()
    return [
        name
        for _, name, kind, _, _, key in found
        if kind == "TEXT" and not key and not name.endswith(_OURS)
    ]


def _take(db: sqlite3.Connection, table: str, column: str) -> bool:
    """Whether the schema lets any text stand there."""
    rows = db.execute(f"SELECT DISTINCT {column} FROM {table} WHERE {column} <> ''").fetchall()
    if rows and all(_TOLD_BY_US.fullmatch(text) for (text,) in rows):
        return False
    tries = " ".join(f"WHEN {at} THEN ?" for at in range(len(TRIES)))
    change = f"UPDATE {table} SET {column} = CASE rowid % {len(TRIES)} {tries} END"
    try:
        return db.execute(change, TRIES).rowcount > 0
    except sqlite3.IntegrityError:
        return False
