"""What importing asks the records itself; it writes only through the services of other rooms."""

from __future__ import annotations

import json
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from perpudesk.db.database import Database
from perpudesk.db.meta import meta, set_meta

_TAKEN_OUT = """
SELECT patrons.id, patrons.member_number
FROM patrons LEFT JOIN batches ON batches.id = patrons.batch_id
WHERE patrons.removed_at IS NOT NULL AND batches.removed_at IS NULL
"""

_RECORDED = """
SELECT meetings.local_date, coalesce(courses.title, meetings.title)
FROM meetings LEFT JOIN courses ON courses.id = meetings.course_id
WHERE meetings.removed_at IS NULL
"""
_COMMUNITIES = "SELECT id, name FROM communities WHERE removed_at IS NULL ORDER BY rowid DESC"


def recorded_activities(db: Database) -> set[tuple[str, str]]:
    """The day and the title of every meeting that is here."""
    return {(row[0], row[1]) for row in db.conn.execute(_RECORDED)}


def community_names(db: Database) -> dict[str, str]:
    """The ids of all communities that are here, and their names."""
    return dict(db.conn.execute(_COMMUNITIES).fetchall())


def taken_out(db: Database) -> set[str]:
    """Ids and member numbers of patrons removed here by somebody: no file brings them back."""
    rows = db.conn.execute(_TAKEN_OUT)
    return {each for row in rows for each in row if each is not None}


def patron_ids(db: Database) -> set[str]:
    """Ids of all patrons who are here, also of those that were merged into another."""
    return {row[0] for row in db.conn.execute("SELECT id FROM patrons WHERE removed_at IS NULL")}


def remembered(db: Database, signature: str) -> dict[str, Any] | None:
    """What is kept of a table with that header: `what`, `columns` by field, and a `name`."""
    found = meta(db, _key(signature))
    return None if found is None else dict(json.loads(found))


def remember(db: Database, signature: str, kept: Mapping[str, Any]) -> None:
    """Keep how a table with that header is read."""
    set_meta(db, _key(signature), json.dumps(kept, ensure_ascii=False))


def _key(signature: str) -> str:
    return f"columns {sha256(signature.encode('utf-8', 'surrogatepass')).hexdigest()}"
