"""The part of the store that looks through all years and mends many records at once."""

from __future__ import annotations

import json
from array import array
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from perpudesk.db import journal
from perpudesk.db.connection import Store
from perpudesk.db.database import Database
from perpudesk.visits.finding import Found, VisitFilter
from perpudesk.visits.model import Visit
from perpudesk.visits.store import visit

_NAMED = "(SELECT id FROM patrons WHERE name LIKE :like ESCAPE '\\' OR member_number = :words)"
_CLAUSES = {
    "first": "local_date >= :first",
    "last": "local_date <= :last",
    "type": "type = :type",
    "purpose": "purpose = :purpose",
    "method": "method = :method",
    "sex": "(sex = :sex OR (parts IS NOT NULL AND EXISTS (SELECT 1 FROM json_each(visits.parts)"
    " AS part WHERE json_extract(part.value, '$.sex') = :sex)))",
    "words": "(institution LIKE :like ESCAPE '\\' OR note LIKE :like ESCAPE '\\'"
    f" OR patron_id IN {_NAMED} OR leader_id IN {_NAMED})",
}
_PLACES = """
SELECT rowid, count FROM visits WHERE {where}
ORDER BY local_date DESC, occurred_at DESC, rowid DESC
"""
_AT = """
SELECT visits.rowid AS place, visits.*, patrons.name AS patron_name, leaders.name AS leader_name
FROM visits
LEFT JOIN patrons ON patrons.id = visits.patron_id
LEFT JOIN patrons AS leaders ON leaders.id = visits.leader_id
WHERE visits.rowid IN ({marks})
"""
_DAYS = "SELECT DISTINCT local_date FROM visits WHERE id IN (SELECT value FROM json_each(?))"
_ROW = """
SELECT visits.*, batches.source AS batch_source,
  json_extract(batches.result, '$.month') IS NOT NULL AS batch_estimates
FROM visits LEFT JOIN batches ON batches.id = visits.batch_id WHERE visits.id = ?
"""


def found(db: Database, wanted: VisitFilter) -> Found:
    """Where those are that are looked for, newest first."""
    where, given = _where(wanted)
    places, visits = array("q"), 0
    for place, count in db.conn.execute(_PLACES.format(where=where), given):
        places.append(place)
        visits += count
    return Found(places=places, visits=visits)


def at(db: Database, places: Sequence[int]) -> list[Visit]:
    """The visits at these places, in their order."""
    rows = db.query(_AT.format(marks=", ".join("?" * len(places))), list(places))
    known = {row["place"]: visit(row) for row in rows}
    return [known[place] for place in places if place in known]


def days_of(db: Database, chosen: Sequence[str]) -> set[date]:
    """The days on which these visits were."""
    rows = db.query(_DAYS, [json.dumps(list(chosen))])
    return {date.fromisoformat(row["local_date"]) for row in rows}


def change(store: Store, db: Database, chosen: Sequence[str], columns: Mapping[str, str]) -> int:
    """Set `columns` of each; how many differed."""
    return sum(journal.change(store, db, "visits", each, columns) for each in chosen)


def remove(store: Store, db: Database, chosen: Sequence[str], note: str | None) -> None:
    """Take each out of every list and total."""
    for each in chosen:
        journal.remove(store, db, "visits", each, note=note)


def bring_back(store: Store, db: Database, chosen: Sequence[str]) -> None:
    """Put each into the lists and totals again."""
    for each in chosen:
        journal.change(store, db, "visits", each, {"removed_at": None})


def record(db: Database, visit_id: str) -> tuple[dict[str, Any], list[journal.Entry]] | None:
    """A visit's row with what its batch was, and every line about it but its creation; or None."""
    row = next(iter(db.query(_ROW, [visit_id])), None)
    return None if row is None else (row, journal.history(db, visit_id))


def _where(wanted: VisitFilter) -> tuple[str, dict[str, Any]]:
    """The conditions of a filter and their parameters; the statements are all ours."""
    given = dict(_given(wanted))
    clauses = [clause for name, clause in _CLAUSES.items() if name in given]
    state = "removed_at IS NOT NULL" if wanted.removed else "removed_at IS NULL"
    return " AND ".join([state, *clauses]), given


def _given(wanted: VisitFilter) -> Iterator[tuple[str, Any]]:
    for name in ("first", "last"):
        if (day := getattr(wanted, name)) is not None:
            yield name, day.isoformat()
    for name in ("type", "purpose", "sex", "method"):
        if (slug := getattr(wanted, name)) is not None:
            yield name, str(slug)
    if words := wanted.words.strip():
        literal = words.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
        yield "words", words
        yield "like", f"%{literal}%"
