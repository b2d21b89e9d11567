"""Roles and PINs as they are stored."""

from __future__ import annotations

from perpudesk.access.model import Keeper
from perpudesk.core.codes import Role
from perpudesk.db import journal
from perpudesk.db.connection import Store
from perpudesk.db.database import Database
from perpudesk.db.meta import meta, set_meta

_KEEPERS = """
SELECT staff.id, staff.name, staff.role, staff_pins.staff_id IS NOT NULL AS has_pin
FROM staff LEFT JOIN staff_pins ON staff_pins.staff_id = staff.id
WHERE staff.removed_at IS NULL ORDER BY staff.name, staff.id
"""
_IN_USE = """
SELECT 1 FROM staff JOIN staff_pins ON staff_pins.staff_id = staff.id
WHERE staff.removed_at IS NULL AND staff.role = 'admin' LIMIT 1
"""
_PIN = "SELECT hash, failures, failed_at FROM staff_pins WHERE staff_id = ?"
_SET_PIN = """
INSERT INTO staff_pins (staff_id, hash) VALUES (?, ?)
ON CONFLICT (staff_id) DO UPDATE SET hash = excluded.hash, failures = 0, failed_at = NULL
"""
_DROP_PIN = "DELETE FROM staff_pins WHERE staff_id = ?"
_FAILED = "UPDATE staff_pins SET failures = ?, failed_at = ? WHERE staff_id = ?"
_MINUTES = "lock_minutes"


def keepers(db: Database) -> list[Keeper]:
    """Everybody who may be at the desk, by name."""
    return [
        Keeper(id=row["id"], name=row["name"], role=Role(row["role"]), has_pin=bool(row["has_pin"]))
        for row in db.query(_KEEPERS)
    ]


def in_use(db: Database) -> bool:
    """Whether an admin has a PIN."""
    return next(iter(db.query(_IN_USE)), None) is not None


def set_role(store: Store, db: Database, staff_id: str, role: Role) -> None:
    """What somebody is from now on."""
    journal.change(store, db, "staff", staff_id, {"role": str(role)})


def pin(db: Database, staff_id: str) -> tuple[str, int, str | None] | None:
    """The hash of a PIN, how often it was typed wrongly in a row, and when last."""
    row = next(iter(db.query(_PIN, [staff_id])), None)
    return None if row is None else (row["hash"], row["failures"], row["failed_at"])


def set_pin(db: Database, staff_id: str, hashed: str) -> None:
    """Another PIN; earlier wrong tries count no more."""
    db.execute(_SET_PIN, [staff_id, hashed])


def drop_pin(db: Database, staff_id: str) -> None:
    """No PIN any more."""
    db.execute(_DROP_PIN, [staff_id])


def note_tries(db: Database, staff_id: str, failures: int, at: str | None) -> None:
    """How often a PIN was typed wrongly in a row, and when last."""
    db.execute(_FAILED, [failures, at, staff_id])


def minutes(db: Database) -> int | None:
    """After how many idle minutes the lock closes; None for the usual."""
    kept = meta(db, _MINUTES)
    return None if kept is None else int(kept)


def set_minutes(db: Database, value: int) -> None:
    """After how many idle minutes the lock closes; 0 for never."""
    set_meta(db, _MINUTES, str(value))
