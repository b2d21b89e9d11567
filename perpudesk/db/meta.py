"""Notes of the store to itself."""

from __future__ import annotations

from perpudesk.db.database import Database

_META = "SELECT value FROM meta WHERE key = ?"
_SET_META = (
    "INSERT INTO meta (key, value) VALUES (?, ?)"
    " ON CONFLICT (key) DO UPDATE SET value = excluded.value"
)


def meta(db: Database, key: str) -> str | None:
    """The note called `key`."""
    row = next(iter(db.query(_META, [key])), None)
    return None if row is None else str(row["value"])


def set_meta(db: Database, key: str, value: str) -> None:
    """Keep the note called `key`."""
    db.execute(_SET_META, [key, value])
