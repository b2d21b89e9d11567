"""What importing asks the records itself; it writes only through the services of other rooms."""

from __future__ import annotations

from perpudesk.db.database import Database

_TAKEN_OUT = """
SELECT patrons.id, patrons.member_number
FROM patrons LEFT JOIN batches ON batches.id = patrons.batch_id
WHERE patrons.removed_at IS NOT NULL AND batches.removed_at IS NULL
"""


def taken_out(db: Database) -> set[str]:
    """Ids and member numbers of patrons removed here by somebody: no file brings them back."""
    rows = db.conn.execute(_TAKEN_OUT)
    return {each for row in rows for each in row if each is not None}
