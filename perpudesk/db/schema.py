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
STEPS = ("house", "months")
"""The steps in `migrations`, by name: known without loading what takes them."""
_TABLES = "SELECT name FROM sqlite_schema WHERE type = 'table'"
_TAKEN = "SELECT name FROM _sqlite_migrations WHERE migration_set = 'perpudesk'"


def taken(db: Database) -> list[str]:
    """The steps that were taken; none in a file that is yet to be made."""
    if "_sqlite_migrations" not in _tables(db):
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
    tables = _tables(db)
    return not tables or "_sqlite_migrations" in tables


def _tables(db: Database) -> set[str]:
    return {row["name"] for row in db.query(_TABLES)}
