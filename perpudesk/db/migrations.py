"""How the schema came to be, step by step; a step that has been released never changes."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from pathlib import Path

from sqlite_utils import Database, Migrations

from perpudesk.core.codes import (
    COMMUNITY_FIELDS,
    COMPUTER_PURPOSES,
    DESK_AGE_SET,
    EDUCATIONS,
    FULL_AGE_SET,
    OCCUPATIONS,
    PURPOSES,
    TRAINING_TOPICS,
)

migrations = Migrations("perpudesk")
_SQL = Path(__file__).parent / "sql"


@migrations()
def house(db: Database) -> None:
    """Branch, patrons, visits, imports, and the journal over them."""
    _run(db, "001_house.sql")
    for table, entries in (
        ("purposes", PURPOSES),
        ("occupations", OCCUPATIONS),
        ("educations", EDUCATIONS),
    ):
        _fill(db, table, entries)
    bands = {band.slug: band for band in (*DESK_AGE_SET, *FULL_AGE_SET)}
    db.table("age_bands").insert_all(
        {"slug": slug, "lower": band.lower, "upper": band.upper} for slug, band in bands.items()
    )


def _run(db: Database, name: str) -> None:
    """The statements of a file, inside the open transaction.

    Line by line: sqlite-utils looks for their ends character by character, which made the three
    files together cost 100 ms.
    """
    statement = ""
    for line in (_SQL / name).read_text("utf-8").splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            db.execute(statement)
            statement = ""


def _fill(db: Database, table: str, entries: Iterable[str]) -> None:
    """The standard entries of a list that grows."""
    db.table(table).insert_all({"slug": slug, "position": at} for at, slug in enumerate(entries))


@migrations()
def months(db: Database) -> None:
    """Closed months, totals and targets of whole months, and steps of several lines."""
    _run(db, "002_months.sql")


@migrations()
def computers(db: Database) -> None:
    """Workstations and their use, the queue for them, outages."""
    _run(db, "003_computers.sql")
    _fill(db, "computer_purposes", COMPUTER_PURPOSES)


@migrations()
def activities(db: Database) -> None:
    """Courses, community meetings, their lists and marks, decisions, what is attached."""
    _run(db, "004_activities.sql")
    _fill(db, "training_topics", TRAINING_TOPICS)
    _fill(db, "community_fields", COMMUNITY_FIELDS)


@migrations()
def equipment(db: Database) -> None:
    """What the library was given, and in which condition it was."""
    _run(db, "005_equipment.sql")


@migrations()
def program(db: Database) -> None:
    """Advocacy and budget, partners, media, impact stories."""
    _run(db, "006_program.sql")


@migrations()
def founding(db: Database) -> None:
    """The year in which the library began."""
    _run(db, "007_founding.sql")


@migrations()
def access(db: Database) -> None:
    """Roles and PINs of the staff."""
    _run(db, "008_access.sql")


@migrations()
def privacy(db: Database) -> None:
    """How long names are kept; those that are here wait for a month, so that somebody is told."""
    _run(db, "009_privacy.sql")
    if next(iter(db.query("SELECT 1 FROM patrons LIMIT 1")), None) is not None:
        db.execute(
            "INSERT INTO meta (key, value) VALUES ('retention_from', date('now', '+30 days'))"
        )
