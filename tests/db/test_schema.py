"""The tables after use are those of the migration, and each keeps its own rules."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from perpudesk.core.codes import (
    ClosedReason,
    DayState,
    Disability,
    Method,
    Precision,
    Sex,
    VisitorType,
)
from perpudesk.core.times import FixedClock
from perpudesk.db import journal, undo
from perpudesk.db.connection import Store
from perpudesk.desk import Desk
from tests.db.work import WALK_IN, a_day_at_the_desk

_SCHEMA = "SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY 1, 2"
RECORD = ["id", "branch_id", "station_id", "seq", "revision", "created_at", "created_by"]
RECORD += ["changed_at", "changed_by", "removed_at", "note"]


def schema(store: Store) -> list[tuple[str, ...]]:
    with store.reading() as db:
        return db.conn.execute(_SCHEMA).fetchall()


def tables(store: Store) -> list[str]:
    return [name for kind, name, *_ in schema(store) if kind == "table" and name[0] != "_"]


def test_use_makes_no_table_that_no_migration_made(
    desk: Desk, tmp_path: Path, fixed_clock: FixedClock
) -> None:
    with Desk(tmp_path / "fresh", clock=fixed_clock) as fresh:
        untouched = schema(fresh.store)
    a_day_at_the_desk(desk)
    assert schema(desk.store) == untouched


def test_a_misspelt_table_is_an_error_and_not_a_new_table(store: Store) -> None:
    before = schema(store)
    with (
        pytest.raises(sqlite3.OperationalError, match="no such table: vists"),
        store.writing() as db,
    ):
        journal.create(store, db, "vists", {"count": 1})
    assert schema(store) == before


def test_every_table_of_ours_is_strict(store: Store) -> None:
    with store.reading() as db:
        strict = {row["name"]: row["strict"] for row in db.query("PRAGMA table_list")}
    ours = set(tables(store)) - {"sqlite_sequence"}
    assert {name for name in ours if not strict[name]} == set()


@pytest.mark.parametrize(
    "table",
    [
        "visits",
        "patrons",
        "service_days",
        "holidays",
        "batches",
        "branches",
        "staff",
        "signatories",
    ],
)
def test_every_record_carries_what_merging_needs(store: Store, table: str) -> None:
    with store.reading() as db:
        columns = [row["name"] for row in db.query(f"PRAGMA table_info({table})")]
    assert columns[: len(RECORD)] == RECORD


@pytest.mark.parametrize("kind", undo._UNDOABLE)
def test_what_can_be_undone_is_a_table(store: Store, kind: str) -> None:
    assert kind in tables(store)


CODES = [
    ("visits", "sex", Sex),
    ("visits", "type", VisitorType),
    ("visits", "method", Method),
    ("visits", "precision", Precision),
    ("visits", "disability", Disability),
    ("service_days", "reason", ClosedReason),
    ("service_days", "state", [each for each in DayState if each is not DayState.NOT_SET]),
]


@pytest.mark.parametrize("table,column,codes", CODES)
def test_the_schema_knows_every_code_and_no_other(
    store: Store, table: str, column: str, codes: type[Sex]
) -> None:
    with store.reading() as db:
        sql = db.table(table).schema
    assert f"{column} IN" in " ".join(sql.split())
    listed = " ".join(sql.split()).split(f"{column} IN", 1)[1].split(")", 1)[0]
    found = {word.strip(" ('") for word in listed.replace("\n", " ").split(",")}
    assert found == {str(code) for code in codes}


@pytest.mark.parametrize(
    "column,value",
    [
        ("count", 0),
        ("count", -1),
        ("count", 100_001),
        ("count", "many"),
        ("local_date", "23-11-2026"),
        ("local_hour", 24),
        ("precision", "day"),
        ("sex", "F"),
        ("age_years", 131),
        ("age_years", 20),
        ("age_band", "17-99"),
        ("occupation", "wizard"),
        ("purpose", "sleep"),
        ("patron_id", "nobody"),
        ("branch_id", "elsewhere"),
        ("parts", "not json"),
        ("parts", "[]"),
        ("note", "x" * 501),
    ],
)
def test_a_visit_that_breaks_a_rule_is_refused_by_the_schema_too(
    desk: Desk, column: str, value: object
) -> None:
    visit = desk.visits.record(WALK_IN)
    with pytest.raises(sqlite3.IntegrityError), desk.store.writing() as db:
        db.execute(f"UPDATE visits SET {column} = ? WHERE id = ?", [value, visit.id])
    assert desk.visits.get(visit.id) == visit
