"""Steps are taken whole or not at all, after a check and a copy."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlite_utils import Database

from perpudesk.core.codes import GROWING_LISTS
from perpudesk.core.errors import StorageError
from perpudesk.core.times import FixedClock, Period
from perpudesk.db import health, schema
from perpudesk.db.backup import file_digest
from perpudesk.db.connection import Store
from perpudesk.db.guard import FILE_NAME
from perpudesk.db.migrations import migrations
from perpudesk.db.schema import STEPS, is_ours, pending
from perpudesk.desk import Desk
from perpudesk.reports.letter import Letter
from tests.db.work import WALK_IN

Step = Callable[[Database], None]


@pytest.fixture
def next_version(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Step]]:
    """A later release: what it does in its new step is put in the list by the test."""
    steps: list[Step] = []

    def more(db: Database) -> None:
        for step in steps:
            step(db)

    known = migrations._migrations
    monkeypatch.setattr(migrations, "_migrations", [*known, migrations._Migration("more", more)])
    for module in (schema, health):
        monkeypatch.setattr(module, "STEPS", (*STEPS, "more"))
    yield steps
    for module in (schema, health):
        monkeypatch.setattr(module, "STEPS", STEPS)
    monkeypatch.setattr(migrations, "_migrations", known)


@pytest.fixture
def used(folder: Path) -> Path:
    """A folder with one visit, closed by this version."""
    with Desk(folder) as desk:
        desk.branch.set_up(name="Perpustakaan Uji", zone="WIB")
        desk.visits.record(WALK_IN)
    return folder


def has_column(folder: Path) -> bool:
    with closing(sqlite3.connect(folder / FILE_NAME)) as db:
        return "colour" in [row[1] for row in db.execute("PRAGMA table_info(visits)")]


def add_column(db: Database) -> None:
    db.executescript("ALTER TABLE visits ADD COLUMN colour TEXT")


def test_the_steps_are_known_by_name_without_loading_them() -> None:
    assert tuple(step.name for step in migrations._migrations) == STEPS


def test_a_new_store_has_every_step_and_the_standard_lists(store: Store) -> None:
    with store.reading() as db:
        assert not pending(db)
        assert is_ours(db)
        for table, slugs in GROWING_LISTS.items():
            rows = db.query(f"SELECT slug FROM {table} ORDER BY position")
            assert [row["slug"] for row in rows] == list(slugs)


def test_an_update_copies_the_records_and_then_steps(used: Path, next_version: list[Step]) -> None:
    next_version.append(add_column)
    desk = Desk(used)
    assert not desk.clean
    desk.open()
    assert desk.visits.count() == 1
    desk.close()
    assert has_column(used)
    (copy,) = (used / "backups").glob("before-update-*.db")
    digest, _ = copy.with_name(f"{copy.name}.sha256").read_text().split()
    assert digest == file_digest(copy)
    with closing(sqlite3.connect(copy)) as db:
        assert db.execute("SELECT count(*) FROM visits").fetchone() == (1,)
        assert "colour" not in [row[1] for row in db.execute("PRAGMA table_info(visits)")]
    with Desk(used) as again:
        assert again.clean
    assert len(list((used / "backups").glob("*.db"))) == 1


BRANCH = "01a21642-0000-7000-8000-000000000001"
RECORD = {"branch_id": BRANCH, "station_id": "s", "seq": 1, "created_at": "2026-10-05T02:00:00Z"}


@pytest.fixture
def first_version(folder: Path) -> Path:
    """A folder with one visit, closed by the version that had the first step alone."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(migrations, "_migrations", migrations._migrations[:1])
        folder.mkdir(parents=True, exist_ok=True)
        store = Store(folder)
        with store.writing() as db:
            migrations.apply(db.utils)
            branch = {"name": "Perpustakaan Uji", "kind": "village", "zone": "Asia/Jakarta"}
            branch |= {"id": BRANCH, "secret": bytes(32), **RECORD}
            visit = {"local_date": "2026-10-05", "precision": "day", "type": "member", "count": 1}
            visit |= {"id": "v", **RECORD}
            db.table("branches").insert(branch)
            db.table("visits").insert(visit)
        store.close()
        patch.setattr(health, "STEPS", STEPS[:1])
        health.mark_clean(folder)
    return folder


def test_records_of_the_first_version_are_copied_and_can_be_closed(first_version: Path) -> None:
    with closing(sqlite3.connect(first_version / FILE_NAME)) as db:
        assert "closings" not in [row[0] for row in db.execute("SELECT name FROM sqlite_schema")]
        (day,) = db.execute("SELECT local_date FROM visits").fetchone()
    month = Period.month_of(date.fromisoformat(day))
    later = datetime(month.last.year + 1, month.last.month, 1, tzinfo=UTC)
    with Desk(first_version, clock=FixedClock(later)) as desk:
        with desk.store.reading() as db:
            assert set(schema.taken(db)) == set(STEPS)
        assert desk.closings.close(month, Letter()).closing.edition == 1
        desk.visits.remove(desk.visits.page(0, 1)[0].id)
        assert not desk.closings.state(month).is_final
        desk.undo()
        assert desk.closings.state(month).is_final
    (copy,) = (first_version / "backups").glob("before-update-*.db")
    with closing(sqlite3.connect(copy)) as db:
        assert db.execute("SELECT count(*) FROM visits").fetchone() == (1,)
        assert "closings" not in [row[0] for row in db.execute("SELECT name FROM sqlite_schema")]


def test_a_step_that_fails_leaves_the_records_as_they_were(
    used: Path, next_version: list[Step]
) -> None:
    def fail(db: Database) -> None:
        db.execute("SELECT misspelt")

    next_version.extend([add_column, fail])
    with pytest.raises(sqlite3.OperationalError):
        Desk(used).__enter__()
    assert not has_column(used)
    next_version.remove(fail)
    with Desk(used) as desk:
        assert desk.visits.count() == 1
    assert has_column(used)


def test_without_room_for_the_copy_no_step_is_taken(used: Path, next_version: list[Step]) -> None:
    next_version.append(add_column)
    (used / "backups").write_text("a file in the way")
    with pytest.raises(StorageError) as refusal:
        Desk(used).__enter__()
    assert refusal.value.code == "copy_failed"
    assert not has_column(used)


def test_damage_is_found_before_a_step_is_taken(used: Path, next_version: list[Step]) -> None:
    next_version.append(add_column)
    file = used / FILE_NAME
    data = bytearray(file.read_bytes())
    data[5 * 4096 : 6 * 4096] = b"\xa5" * 4096
    file.write_bytes(data)
    with pytest.raises(StorageError) as refusal:
        Desk(used).__enter__()
    assert refusal.value.code == "store_damaged"
    assert not (used / "backups").exists()


@pytest.mark.usefixtures("next_version")
def test_records_of_a_newer_version_are_left_alone(
    used: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Desk(used).__enter__().close()
    before = (used / FILE_NAME).read_bytes()
    monkeypatch.setattr(schema, "STEPS", STEPS[:-1])
    with pytest.raises(StorageError) as refusal:
        Desk(used).__enter__()
    assert refusal.value.code == "store_newer"
    assert (used / FILE_NAME).read_bytes() == before
