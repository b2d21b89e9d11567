"""The statements about sessions that files bring."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from perpudesk.computers.model import ImportedSession
from perpudesk.core.times import Period
from perpudesk.db import batches
from perpudesk.db.database import Database

# A session whose file did not know its end; nobody has looked at it since.
_ENDLESS = """
end_reason = 'forgotten' AND ended_at = started_at AND end_estimated = 0
  AND changed_at IS NULL AND removed_at IS NULL AND batch_id IS NOT NULL
"""
_WITHOUT_END = f"SELECT id FROM computer_sessions WHERE {_ENDLESS}"  # noqa: S608 - our own
_SAY_ENDS = f"""
UPDATE computer_sessions SET ended_at = ?, end_reason = ?, seq = ?, revision = revision + 1
WHERE id = ? AND {_ENDLESS}
"""  # noqa: S608 - our own
_DAYS_OF_OTHERS = """
SELECT DISTINCT local_date FROM computer_sessions
LEFT JOIN batches ON batches.id = computer_sessions.batch_id
WHERE computer_sessions.removed_at IS NULL
  AND NOT (batches.source IS ? AND json_extract(batches.result, '$.columns') IS ?)
"""
_TOTALS_BETWEEN = """
SELECT id, local_date FROM computer_sessions
WHERE removed_at IS NULL AND precision = 'day' AND local_date BETWEEN ? AND ?
"""
_MONTHS = """
SELECT DISTINCT substr(local_date, 1, 7) AS month FROM computer_sessions
WHERE removed_at IS NULL AND device = ?
"""


def bring_in(db: Database, carried: Mapping[str, Any], given: Iterable[ImportedSession]) -> None:
    """Store the sessions of a file; those of a file taken back come again as the file has them."""
    batches.put_many(db, "computer_sessions", carried, ImportedSession._fields, given)


def without_end(db: Database) -> set[str]:
    """Ids of sessions whose file did not know their end, and that nobody edited since."""
    return {row[0] for row in db.conn.execute(_WITHOUT_END)}


def say_ends(
    db: Database, carried: Mapping[str, Any], ends: Iterable[tuple[str, str, str]]
) -> None:
    """Give ids of such sessions the end and the reason that a later file knows."""
    rows = ((ended, reason, carried["seq"], each) for each, ended, reason in ends)
    db.conn.executemany(_SAY_ENDS, rows)


def days_of_others(db: Database, source: str, columns: str | None) -> set[date]:
    """Days with sessions that did not come from a file of `source` read by the same `columns`."""
    rows = db.query(_DAYS_OF_OTHERS, [source, columns])
    return {date.fromisoformat(row["local_date"]) for row in rows}


def ids_between(db: Database, first: date, last: date) -> dict[str, date]:
    """The ids of the daily totals from `first` to `last`, and their days."""
    rows = db.query(_TOTALS_BETWEEN, [first.isoformat(), last.isoformat()])
    return {row["id"]: date.fromisoformat(row["local_date"]) for row in rows}


def months(db: Database, *, device: bool) -> set[Period]:
    """The months that have sessions on workstations, or on own devices."""
    return {Period.parse(row["month"]) for row in db.query(_MONTHS, [int(device)])}
