"""Copies made while the store is in use, proved before they get their name."""

from __future__ import annotations

import shutil
import sqlite3
import threading
from contextlib import closing
from pathlib import Path

import pytest

from perpudesk.core.errors import StorageError
from perpudesk.db import backup
from perpudesk.db.backup import copy_store, file_digest
from perpudesk.desk import Desk
from tests.db.work import WALK_IN, a_day_at_the_desk


def dump(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as db:
        return list(db.iterdump())


def test_a_copy_holds_everything_also_what_is_still_in_the_wal(desk: Desk, tmp_path: Path) -> None:
    a_day_at_the_desk(desk)
    copy = tmp_path / "new folder" / "copy.db"
    digest = copy_store(desk.store, copy)
    assert digest == file_digest(copy)
    assert copy.with_name("copy.db.sha256").read_text() == f"{digest}  copy.db\n"
    assert sorted(each.name for each in copy.parent.iterdir()) == ["copy.db", "copy.db.sha256"]
    with desk.store.reading() as db:
        live = list(db.conn.iterdump())
    assert dump(copy) == live


def test_a_copy_is_a_file_of_its_own_in_any_folder(desk: Desk, tmp_path: Path) -> None:
    copy_store(desk.store, tmp_path / "copy.db")
    with closing(sqlite3.connect(tmp_path / "copy.db")) as db:
        assert db.execute("PRAGMA journal_mode").fetchone() == ("delete",)


def test_a_second_copy_takes_the_place_of_the_first(desk: Desk, tmp_path: Path) -> None:
    first = copy_store(desk.store, tmp_path / "copy.db")
    desk.visits.record(WALK_IN)
    (tmp_path / "copy.db.part").write_bytes(b"left by a power cut")
    second = copy_store(desk.store, tmp_path / "copy.db")
    assert first != second == file_digest(tmp_path / "copy.db")


def test_the_desk_records_while_a_copy_is_made(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backup, "_PAGES", 1)
    for _ in range(20):
        desk.visits.record(WALK_IN)
    begun, done = threading.Event(), threading.Event()

    def record() -> None:
        begun.wait()
        while not done.is_set():
            desk.visits.record(WALK_IN)

    breathe = desk.store.breathe

    def breathe_and_tell() -> None:
        begun.set()
        breathe()

    monkeypatch.setattr(desk.store, "breathe", breathe_and_tell)
    thread = threading.Thread(target=record)
    thread.start()
    copy_store(desk.store, tmp_path / "copy.db")
    done.set()
    thread.join()
    with closing(sqlite3.connect(tmp_path / "copy.db")) as db:
        copied = db.execute("SELECT count(*) FROM visits").fetchone()[0]
        lines = db.execute("SELECT count(*) FROM journal WHERE kind = 'visits'").fetchone()[0]
    assert 20 <= copied <= desk.visits.count()
    assert copied == lines


@pytest.mark.parametrize("step", ["_sync", "file_digest"])
def test_a_copy_that_fails_leaves_the_last_one_and_nothing_else(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    kept = copy_store(desk.store, tmp_path / "copy.db")
    desk.visits.record(WALK_IN)

    def full(_: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(backup, step, full)
    with pytest.raises(StorageError) as refusal:
        copy_store(desk.store, tmp_path / "copy.db")
    assert refusal.value.code == "copy_failed"
    assert "{" not in refusal.value.sentence()
    assert file_digest(tmp_path / "copy.db") == kept
    assert not list(tmp_path.glob("*.part"))


def test_a_copy_that_reads_back_damaged_is_none(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    connect = sqlite3.connect

    class Broken(sqlite3.Connection):
        def execute(self, sql: str, *args: object) -> sqlite3.Cursor:
            return super().execute("SELECT 'not ok'" if "quick_check" in sql else sql, *args)

    monkeypatch.setattr(
        backup.sqlite3, "connect", lambda path, **how: connect(path, factory=Broken, **how)
    )
    with pytest.raises(StorageError) as refusal:
        copy_store(desk.store, tmp_path / "copy.db")
    assert refusal.value.code == "copy_failed"
    assert not list(tmp_path.glob("copy*"))


def test_a_place_that_cannot_be_written_is_said(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StorageError) as refusal:
        copy_store(desk.store, tmp_path / "file" / "copy.db")
    assert refusal.value.code == "copy_failed"


def test_a_copy_comes_back_as_a_store(desk: Desk, tmp_path: Path) -> None:
    visit = desk.visits.record(WALK_IN)
    copy_store(desk.store, tmp_path / "copy.db")
    (tmp_path / "restored").mkdir()
    shutil.copy(tmp_path / "copy.db", tmp_path / "restored" / "perpudesk.db")
    with Desk(tmp_path / "restored", clock=desk.clock.machine) as restored:
        restored.check()
        assert restored.visits.get(visit.id) == visit


def test_inside_a_transaction_none_is_made(desk: Desk, tmp_path: Path) -> None:
    """SQLite would wait for its end, and with it everybody else."""
    with desk.store.writing(), pytest.raises(AssertionError):
        copy_store(desk.store, tmp_path / "copy.db")
