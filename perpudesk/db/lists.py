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
    "purpose": ("purposes", "slug"),
    "occupation": ("occupations", "slug"),
    "education": ("educations", "slug"),
    "patron_id": ("patrons", "id"),
    "leader_id": ("patrons", "id"),
}


@contextmanager
def listed(db: Database, fields: Mapping[str, Any]) -> Iterator[None]:
    """Raise `InputError` on the first of `fields` that names nothing, when the block breaks on it.

    Asked only then: a tap need not wait for what the database looks up anyway.
    """
    try:
        yield
    except sqlite3.IntegrityError as error:
        for field in _TABLES.keys() & fields.keys():
            if fields[field] is not None and not _has(db, field, fields[field]):
                raise InputError(NOT_LISTED, field=field, text=str(fields[field])[:40]) from error
        raise


def _has(db: Database, field: str, value: object) -> bool:
    table, key = _TABLES[field]
    sql = f"SELECT 1 FROM {table} WHERE {key} = ?"  # noqa: S608 - our own names
    return db.execute(sql, [value]).fetchone() is not None
