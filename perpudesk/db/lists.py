"""Slugs and ids that a record takes from another table: a wrong one gets a sentence."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from perpudesk.core.errors import InputError, Problem
from perpudesk.db.database import Database

NOT_LISTED = Problem("not_listed", "“{text}” is not in the list. Choose one from the list.")
_TABLES = {
    "workstation_id": ("workstations", "id"),
    "occupation": ("occupations", "slug"),
    "education": ("educations", "slug"),
    "patron_id": ("patrons", "id"),
    "leader_id": ("patrons", "id"),
    "staff_id": ("staff", "id"),
    "contact_id": ("patrons", "id"),
    "owner_id": ("patrons", "id"),
    "person_id": ("patrons", "id"),
    "community_id": ("communities", "id"),
    "field": ("community_fields", "slug"),
    "course_id": ("courses", "id"),
    "topic": ("training_topics", "slug"),
}


@contextmanager
def listed(
    db: Database, fields: Mapping[str, Any], *, purposes: str = "purposes"
) -> Iterator[None]:
    """Raise `InputError` on the first of `fields` that names nothing, when the block breaks on it.

    `purposes` is the list that a purpose is of. Asked only then: a tap need not wait for what the
    database looks up anyway.
    """
    tables = {**_TABLES, "purpose": (purposes, "slug")}
    try:
        yield
    except sqlite3.IntegrityError as error:
        for field in tables.keys() & fields.keys():
            if fields[field] is not None and not _has(db, *tables[field], fields[field]):
                raise InputError(NOT_LISTED, field=field, text=str(fields[field])[:40]) from error
        raise


def _has(db: Database, table: str, key: str, value: object) -> bool:
    sql = f"SELECT 1 FROM {table} WHERE {key} = ?"  # noqa: S608 - our own names
    return db.execute(sql, [value]).fetchone() is not None
