"""Notes of the store to itself."""

from __future__ import annotations

from perpudesk.db.database import Database

PULSE = "last_seen_at"
"""When the program was last seen running; gone when somebody closed it."""
FORGOTTEN = "forgotten_checked_on"
"""The day on which somebody last looked at the computer sessions that had been forgotten."""
VACUUM_DUE = "vacuum_due"
"""Names were erased: the next clean stop leaves no byte of them."""
_META = "SELECT value FROM meta WHERE key = ?"
_SET_META = (
    "INSERT INTO meta (key, value) VALUES (?, ?)"
    " ON CONFLICT (key) DO UPDATE SET value = excluded.value"
)
_BEGIN_META = "INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO NOTHING"
_DROP_META = "DELETE FROM meta WHERE key = ?"


def meta(db: Database, key: str) -> str | None:
    """The note called `key`."""
    row = next(iter(db.query(_META, [key])), None)
    return None if row is None else str(row["value"])


def begin_meta(db: Database, key: str, value: str) -> None:
    """Keep the note called `key`, unless there is one."""
    db.execute(_BEGIN_META, [key, value])


def set_meta(db: Database, key: str, value: str) -> None:
    """Keep the note called `key`."""
    db.execute(_SET_META, [key, value])


def drop_meta(db: Database, key: str) -> None:
    """Keep the note called `key` no longer."""
    db.execute(_DROP_META, [key])
