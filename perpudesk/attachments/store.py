"""Every statement that touches attachments."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from perpudesk.attachments.model import Attachment
from perpudesk.db import journal
from perpudesk.db.connection import Store
from perpudesk.db.database import Database

_OF = """
SELECT * FROM attachments WHERE record_id = ? AND removed_at IS NULL ORDER BY created_at, rowid
"""
_ONE = "SELECT * FROM attachments WHERE id = ? AND removed_at IS NULL"


def add(store: Store, db: Database, fields: Mapping[str, Any]) -> str:
    """A new attachment; the id."""
    return journal.create(store, db, "attachments", fields)


def remove(store: Store, db: Database, attachment_id: str) -> None:
    """It is attached no more."""
    journal.remove(store, db, "attachments", attachment_id)


def of(db: Database, record_id: str) -> list[Attachment]:
    """What is attached to a record, in the order it came."""
    return [_attachment(row) for row in db.query(_OF, [record_id])]


def get(db: Database, attachment_id: str) -> Attachment | None:
    """The attachment with that id, unless it was removed."""
    row = next(iter(db.query(_ONE, [attachment_id])), None)
    return None if row is None else _attachment(row)


def _attachment(row: Mapping[str, Any]) -> Attachment:
    return Attachment(
        id=row["id"],
        record_kind=row["record_kind"],
        record_id=row["record_id"],
        file_name=row["file_name"],
        media_type=row["media_type"],
        digest=row["digest"],
        size=row["size"],
    )
