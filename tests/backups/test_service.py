"""Copies made while the desk is open: whole, tested, and no more than are wanted."""

from __future__ import annotations

import errno
import os
import shutil
from datetime import timedelta
from pathlib import Path
from typing import NamedTuple

import pytest

from perpudesk.backups import restoring, sealing, service
from perpudesk.backups.model import Age, Why
from perpudesk.core.errors import RuleError, StorageError
from perpudesk.core.times import FixedClock
from perpudesk.db.backup import file_digest
from perpudesk.desk import Desk
from tests.backups.conftest import KEY, refused
from tests.db.work import WALK_IN


class _Usage(NamedTuple):
    total: int
    used: int
    free: int


def names(folder: Path) -> list[str]:
    return sorted(each.name for each in folder.iterdir())


def test_a_copy_lies_beside_the_records_and_is_whole(desk: Desk, folder: Path) -> None:
    made = desk.backups.make()
    assert made.path == folder / "backups" / "perpudesk-20261123T024107123Z-auto.db"
    assert names(made.path.parent) == [made.path.name, f"{made.path.name}.sha256"]
    assert service.stored_digest(made.path) == file_digest(made.path)
    assert made.size == made.path.stat().st_size
    facts = restoring.look(made.path)
    assert facts.branch == "Perpustakaan Uji"
    assert facts.counts == desk.backups.facts_here().counts
    assert facts.counts["visits"] > 0
    assert facts.until == "2026-11-23"


def test_when_and_where_is_noted(desk: Desk, stick: Path, fixed_clock: FixedClock) -> None:
    first = desk.backups.standing()
    assert (first.here, first.away, first.place, first.age) == (None, None, "", Age.GOOD)
    assert desk.backups.changed_since()
    desk.backups.make()
    assert not desk.backups.changed_since()
    assert desk.backups.changed_since(stick)
    began = fixed_clock.moment
    fixed_clock.moment += timedelta(minutes=1)
    desk.backups.make(stick)
    standing = desk.backups.standing()
    assert standing.place == str(stick)
    assert standing.here == began
    assert standing.away == fixed_clock.moment
    assert not desk.backups.changed_since(stick)
    desk.visits.record(WALK_IN)
    assert desk.backups.changed_since()
    assert desk.backups.changed_since(stick)


def test_what_lies_on_the_same_computer_is_not_safe(
    desk: Desk, stick: Path, fixed_clock: FixedClock
) -> None:
    for days, age in ((6, Age.GOOD), (2, Age.OLD), (7, Age.TOO_OLD)):
        fixed_clock.moment += timedelta(days=days)
        desk.backups.make()
        assert desk.backups.standing().age is age
    desk.backups.make(stick)
    assert desk.backups.standing().age is Age.GOOD


def test_half_an_hour_after_something_changed_it_is_time(
    desk: Desk, fixed_clock: FixedClock
) -> None:
    assert desk.backups.due()
    desk.backups.make()
    assert not desk.backups.due()
    fixed_clock.moment += timedelta(hours=2)
    assert not desk.backups.due()
    desk.visits.record(WALK_IN)
    assert desk.backups.due()
    desk.backups.make()
    desk.visits.record(WALK_IN)
    fixed_clock.moment += timedelta(minutes=29)
    assert not desk.backups.due()
    fixed_clock.moment += timedelta(minutes=1)
    assert desk.backups.due()


def test_a_folder_that_lost_its_copies_wants_one(desk: Desk, stick: Path) -> None:
    path = desk.backups.make(stick).path
    assert not desk.backups.changed_since(stick)
    path.unlink()
    assert desk.backups.changed_since(stick)


def test_a_clock_that_went_back_keeps_nobody_from_copying(
    desk: Desk, fixed_clock: FixedClock
) -> None:
    desk.backups.make()
    fixed_clock.moment -= timedelta(days=900)
    desk.visits.record(WALK_IN)
    assert desk.backups.due()


def test_before_there_is_a_branch_nothing_is_old(tmp_path: Path, fixed_clock: FixedClock) -> None:
    with Desk(tmp_path / "new", clock=fixed_clock) as desk:
        assert desk.backups.standing().age is Age.GOOD


def test_what_no_generation_keeps_goes(desk: Desk, fixed_clock: FixedClock) -> None:
    asked = desk.backups.make(why=Why.ASKED)
    for _ in range(4):
        fixed_clock.moment += timedelta(minutes=30)
        last = desk.backups.make()
    assert [each.path for each in desk.backups.copies()] == [last.path, asked.path]
    assert len(names(last.path.parent)) == 4


def test_two_of_one_moment_are_two(desk: Desk) -> None:
    first, second = (desk.backups.make(why=Why.ASKED).path for _ in range(2))
    assert first != second
    assert first.exists()


def test_one_made_by_a_clock_that_went_back_stays(desk: Desk, fixed_clock: FixedClock) -> None:
    desk.backups.make()
    fixed_clock.moment -= timedelta(hours=1)
    made = desk.backups.make()
    assert made.path.exists()


def test_other_files_in_the_folder_are_nobodys_copies(desk: Desk, stick: Path) -> None:
    (stick / "foto.jpg").write_bytes(b"x")
    (stick / "perpudesk-20261123T024107Z-auto.db").mkdir()
    assert desk.backups.copies(stick) == []
    assert desk.backups.copies(stick / "none") == []


def test_a_stick_takes_only_what_is_sealed(keyed: Desk, stick: Path, folder: Path) -> None:
    made = keyed.backups.make(stick, sealed=True)
    assert made.sealed
    written = made.path.read_bytes()
    assert b"SQLite format" not in written
    assert b"Rahmawati" not in written
    assert not (folder / "backups").exists()
    assert not [each for each in folder.iterdir() if each.name.startswith(".copy-")]
    header = sealing.header_of(made.path)
    assert header["branch"] == "Perpustakaan Uji"
    assert header["counts"] == dict(keyed.backups.facts_here().counts)
    assert restoring.look(made.path, key=KEY).counts == header["counts"]


def test_without_a_recovery_sheet_nothing_is_sealed(desk: Desk, stick: Path) -> None:
    with refused(RuleError, "recovery_key_missing"):
        desk.backups.make(stick, sealed=True)
    assert names(stick) == []


def test_the_computer_keeps_no_secret(keyed: Desk, folder: Path) -> None:
    assert keyed.backups.is_key(KEY)
    assert not keyed.backups.is_key(bytes(32))
    assert keyed.backups.new_key() != keyed.backups.new_key()
    keyed.close()
    for path in folder.rglob("*"):
        if path.is_file():
            data = path.read_bytes()
            assert KEY not in data
            assert KEY.hex().encode() not in data


def test_attachments_go_along_once(keyed: Desk, folder: Path, stick: Path) -> None:
    kept = folder / "attachments"
    kept.mkdir(exist_ok=True)
    (kept / "abc.pdf").write_bytes(b"%PDF a document of the library")
    plain = keyed.backups.make()
    assert (
        plain.path.parent / "attachments" / "abc.pdf"
    ).read_bytes() == b"%PDF a document of the library"
    keyed.backups.make(stick, sealed=True)
    sealed = stick / "attachments" / "abc.pdf.sealed"
    before = sealed.read_bytes()
    assert b"document" not in before
    keyed.backups.make(stick, sealed=True)
    assert sealed.read_bytes() == before


def test_room_is_looked_at_first(desk: Desk, stick: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _folder: _Usage(9, 9, 100))
    with refused(StorageError, "backup_no_room") as told:
        desk.backups.make(stick)
    assert "has 0 MB free" in told.value.sentence()
    assert names(stick) == []
    assert desk.backups.standing().away is None


@pytest.mark.parametrize("sealed", [True, False])
def test_a_disk_that_fails_leaves_the_last_copy(
    keyed: Desk, stick: Path, fixed_clock: FixedClock, monkeypatch: pytest.MonkeyPatch, sealed: bool
) -> None:
    first = keyed.backups.make(stick, sealed=sealed)
    before = names(stick)
    fixed_clock.moment += timedelta(days=1)
    noted = keyed.backups.standing()
    synced = os.fsync

    def refuse(handle: int) -> None:
        if Path(f"/proc/self/fd/{handle}").readlink().is_relative_to(stick):
            raise OSError(errno.EIO, "I/O error")
        synced(handle)

    monkeypatch.setattr(os, "fsync", refuse)
    with refused(StorageError, "backup_failed"):
        keyed.backups.make(stick, sealed=sealed)
    assert names(stick) == before
    assert keyed.backups.standing().away == noted.away
    assert restoring.look(first.path, key=KEY).counts


def test_what_cannot_be_read_back_is_not_kept(
    keyed: Desk, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    digests = iter(["what is asked of the plain copy", "0" * 64])
    monkeypatch.setattr(service, "file_digest", lambda _path: next(digests))
    with refused(StorageError, "backup_failed"):
        keyed.backups.make(stick, sealed=True)
    assert names(stick) == []


def test_a_stick_that_was_pulled_meanwhile_is_told(
    keyed: Desk, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The folder is there, but of another disk: what was written is on the system's own."""
    stat = Path.stat
    pulled = []

    def moved(path: Path, **options: bool) -> object:
        found = stat(path, **options)
        if path != stick:
            return found
        pulled.append(path)
        return os.stat_result((*found[:2], found.st_dev + len(pulled), *found[3:]))

    monkeypatch.setattr(Path, "stat", moved)
    with refused(StorageError, "backup_failed"):
        keyed.backups.make(stick, sealed=True)
    assert keyed.backups.standing().away is None


def test_a_folder_that_is_a_file_is_told(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with refused(StorageError, "backup_failed"):
        desk.backups.make(tmp_path / "file")


def test_another_problem_of_the_store_stays_what_it_is(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    from perpudesk.db.connection import STORE_DAMAGED

    def damaged(*_: object) -> str:
        raise StorageError(STORE_DAMAGED, path="x")

    monkeypatch.setattr(service, "copy_store", damaged)
    with refused(StorageError, "store_damaged"):
        desk.backups.make()


@pytest.mark.parametrize("told", [b"", b"\xff\xfe", b"short  name"])
def test_a_digest_that_is_none(tmp_path: Path, told: bytes) -> None:
    (tmp_path / "a.db.sha256").write_bytes(told)
    assert service.stored_digest(tmp_path / "a.db") is None
    assert service.stored_digest(tmp_path / "b.db") is None
