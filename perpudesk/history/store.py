"""The journal, read: lines, and what came after what they overwrote."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from perpudesk.core.deeds import Action
from perpudesk.core.times import parse_utc
from perpudesk.db.database import Database
from perpudesk.history.model import Change, Line, Wanted

_WHERE = """
WHERE (:first IS NULL OR local_date >= :first) AND (:last IS NULL OR local_date <= :last)
  AND (:staff IS NULL OR staff_id = :staff)
"""
_LATER = """
SELECT overwrote FROM journal
WHERE record_id = ? AND kind = ? AND seq > ? AND overwrote IS NOT NULL AND action <> 'create'
ORDER BY seq
"""
_TABLES = "SELECT name FROM sqlite_schema WHERE type = 'table'"
_NOT_TOLD = {"removed_at", "seq", "revision", "changed_at", "changed_by", "crest", "secret"}
"""Columns that say nothing to a reader, or are told by the action."""


def count(db: Database, wanted: Wanted) -> int:
    """How many lines there are."""
    statement = f"SELECT count(*) AS n FROM journal {_where(wanted)}"  # noqa: S608 - our own words
    return int(next(iter(db.query(statement, _given(wanted))))["n"])


def lines(db: Database, wanted: Wanted, offset: int, limit: int) -> list[Line]:
    """Lines, the newest first, `limit` from `offset`."""
    statement = (
        f"SELECT * FROM journal {_where(wanted)} ORDER BY seq DESC LIMIT :limit OFFSET :offset"  # noqa: S608
    )
    given = {**_given(wanted), "limit": limit, "offset": offset}
    tables = {row["name"] for row in db.query(_TABLES)}
    return [_line(db, row, tables) for row in list(db.query(statement, given))]


def _where(wanted: Wanted) -> str:
    if not wanted.kinds:
        return _WHERE
    return f"{_WHERE} AND kind IN ({', '.join(repr(kind) for kind in wanted.kinds)})"


def _given(wanted: Wanted) -> dict[str, Any]:
    return {
        "first": wanted.first.isoformat() if wanted.first else None,
        "last": wanted.last.isoformat() if wanted.last else None,
        "staff": wanted.staff_id,
    }


def _line(db: Database, row: Mapping[str, Any], tables: set[str]) -> Line:
    kind, record_id = row["kind"], row["record_id"]
    record: Mapping[str, Any] = {}
    if kind in tables:
        found = db.query(f"SELECT * FROM {kind} WHERE id = ?", [record_id])  # noqa: S608
        record = next(iter(found), {})
    overwrote = json.loads(row["overwrote"]) if row["overwrote"] else {}
    told = {name: value for name, value in overwrote.items() if name not in _NOT_TOLD}
    after = _after(db, row, told, record) if told else {}
    return Line(
        seq=row["seq"],
        at=parse_utc(row["at"]),
        staff_id=row["staff_id"],
        kind=kind,
        record_id=record_id,
        action=Action(row["action"]),
        record=record,
        changes=tuple(
            Change(column=name, before=value, after=after.get(name)) for name, value in told.items()
        ),
    )


def _after(
    db: Database, row: Mapping[str, Any], columns: Iterable[str], record: Mapping[str, Any]
) -> dict[str, Any]:
    """What stood in each column after the line: what the next one overwrote, else what is there."""
    found: dict[str, Any] = {}
    wanted = set(columns)
    for later in db.query(_LATER, [row["record_id"], row["kind"], row["seq"]]):
        for name, value in json.loads(later["overwrote"]).items():
            if name in wanted and name not in found:
                found[name] = value
        if wanted <= found.keys():
            break
    return {name: found.get(name, record.get(name)) for name in wanted}


def names_of(db: Database, table: str, column: str, ids: Iterable[str]) -> dict[str, str]:
    """What records of a table are called, by id."""
    asked = sorted(set(ids))
    marks = ", ".join("?" * len(asked))
    statement = f"SELECT id, {column} AS name FROM {table} WHERE id IN ({marks})"  # noqa: S608
    return {row["id"]: row["name"] for row in db.query(statement, asked)}
