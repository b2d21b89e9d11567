"""How the schema came to be, step by step; a step that has been released never changes."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from sqlite_utils import Database, Migrations

from perpudesk.core.codes import DESK_AGE_SET, FULL_AGE_SET, GROWING_LISTS
from perpudesk.core.errors import Problem, StorageError

STORE_NEWER = Problem(
    "store_newer",
    "The data was written by a newer PerpuDesk. Install the newest version to open it.",
)
migrations = Migrations("perpudesk")
_SQL = Path(__file__).parent / "sql"


@migrations()
def house(db: Database) -> None:
    """Branch, patrons, visits, imports, and the journal over them."""
    db.executescript((_SQL / "001_house.sql").read_text("utf-8"))
    for table, entries in GROWING_LISTS.items():
        rows = [{"slug": slug, "position": at} for at, slug in enumerate(entries)]
        db.table(table).insert_all(rows)
    bands = {band.slug: band for band in (*DESK_AGE_SET, *FULL_AGE_SET)}
    db.table("age_bands").insert_all(
        {"slug": slug, "lower": band.lower, "upper": band.upper} for slug, band in bands.items()
    )


def pending(db: Database) -> bool:
    """Whether a step is to be taken; raises `StorageError` for a store of a newer program."""
    names = {step.name for step in migrations._migrations}  # noqa: SLF001 - no public list
    if any(step.name not in names for step in migrations.applied(db)):
        raise StorageError(STORE_NEWER)
    return bool(migrations.pending(db))


def is_ours(connection: sqlite3.Connection) -> bool:
    """Whether the file holds our schema, or nothing yet."""
    tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_schema")}
    return not tables or "_sqlite_migrations" in tables
