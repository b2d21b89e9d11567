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
