"""Which steps the store has taken; how they are taken is `migrations`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from perpudesk.core.errors import Problem, StorageError

if TYPE_CHECKING:
    from perpudesk.db.database import Database

STORE_NEWER = Problem(
    "store_newer",
    "The data was written by a newer PerpuDesk. Install the newest version to open it.",
)
STEPS = (
    "house",
    "months",
    "computers",
    "activities",
    "equipment",
    "program",
    "founding",
    "access",
    "privacy",
)
"""The steps in `migrations`, by name: known without loading what takes them."""
_NAMES = "SELECT name FROM sqlite_schema"
_CORE = {"meta", "journal", "visits"}
"""Tables that every store of ours has, from its first step on."""
_TAKEN = "SELECT name FROM _sqlite_migrations WHERE migration_set = 'perpudesk'"


def taken(db: Database) -> list[str]:
    """The steps that were taken; none in a file that is yet to be made."""
    if "_sqlite_migrations" not in _names(db):
        return []
    return [row["name"] for row in db.query(_TAKEN)]


def pending(db: Database) -> bool:
    """Whether a step is to be taken; raises `StorageError` for a store of a newer program."""
    done = taken(db)
    if not set(done) <= set(STEPS):
        raise StorageError(STORE_NEWER)
    return len(done) < len(STEPS)


def is_ours(db: Database) -> bool:
    """Whether the file holds our schema, or nothing yet."""
    names = _names(db)
    return not names or (names >= _CORE and bool(taken(db)))


def is_foreign(db: Database) -> bool:
    """Whether nothing in the file is ours, even if part of it should still wait in the log."""
    names = _names(db)
    return bool(names) and not names & _CORE


def _names(db: Database) -> set[str]:
    return {row["name"] for row in db.query(_NAMES)}
