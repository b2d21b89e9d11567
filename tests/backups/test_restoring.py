"""Put back: exactly what was copied, undoable, and refused where it must be."""

from __future__ import annotations

import errno
import random
import shutil
import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from perpudesk.backups import restoring
from perpudesk.backups.restoring import look, restore
from perpudesk.core.errors import FileError, RuleError, StorageError
from perpudesk.core.times import FixedClock
from perpudesk.desk import Desk
from tests.backups.conftest import KEY, refused
from tests.db.work import WALK_IN


def dump(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as db:
        return list(db.iterdump())


def other_branch(folder: Path, clock: FixedClock) -> Path:
    """A copy of another branch's records."""
    with Desk(folder, clock=clock) as desk:
        desk.branch.set_up(name="Perpustakaan Lain", zone="WITA")
        return desk.backups.make().path


@pytest.mark.parametrize("sealed", [True, False])
def test_exactly_what_was_copied_comes_back(
    keyed: Desk, folder: Path, stick: Path, fixed_clock: FixedClock, sealed: bool
) -> None:
    copy = keyed.backups.make(stick, sealed=sealed).path
    plain = keyed.backups.make().path
    told = dump(plain)
    keyed.visits.record(WALK_IN)
    keyed.close()
    fixed_clock.moment += timedelta(hours=1)
    done = restore(folder, copy, clock=fixed_clock, key=KEY if sealed else None)
    assert done.facts.branch == "Perpustakaan Uji"
    if not sealed:
        assert (folder / "perpudesk.db").read_bytes() == copy.read_bytes()
    assert dump(folder / "perpudesk.db")[:50] == told[:50]
    with Desk(folder, clock=fixed_clock) as back:
        back.check()


def test_the_safety_copy_leads_back(
    desk: Desk, folder: Path, stick: Path, fixed_clock: FixedClock
) -> None:
    old = desk.backups.make(stick).path
    desk.visits.record(WALK_IN)
    before = desk.backups.facts_here().counts
    desk.close()
    fixed_clock.moment += timedelta(minutes=1)
    done = restore(folder, old, clock=fixed_clock)
    assert done.safety is not None
    assert done.safety.name == "perpudesk-20261123T024207123Z-restore.db"
    fixed_clock.moment += timedelta(minutes=1)
    again = restore(folder, done.safety, clock=fixed_clock)
    assert again.facts.counts == before
    with Desk(folder, clock=fixed_clock) as back:
        assert back.backups.facts_here().counts == before


def test_stale_logs_go(desk: Desk, folder: Path, stick: Path, fixed_clock: FixedClock) -> None:
    copy = desk.backups.make(stick).path
    desk.visits.record(WALK_IN)
    log = (folder / "perpudesk.db-wal").read_bytes()
    desk.close()
    (folder / "perpudesk.db-wal").write_bytes(log)
    (folder / "perpudesk.db-shm").write_bytes(b"\0" * 32768)
    restore(folder, copy, clock=fixed_clock)
    assert not (folder / "perpudesk.db-wal").exists()
    assert not (folder / "perpudesk.db-shm").exists()
    assert not (folder / "perpudesk.clean").exists()
    assert (folder / "perpudesk.db").read_bytes() == copy.read_bytes()


def test_a_new_computer_needs_the_stick_and_the_words(
    keyed: Desk, folder: Path, stick: Path, fixed_clock: FixedClock, tmp_path: Path
) -> None:
    (folder / "attachments").mkdir()
    (folder / "attachments" / "abc.pdf").write_bytes(b"%PDF one")
    copy = keyed.backups.make(stick, sealed=True).path
    counts = keyed.backups.facts_here().counts
    new = tmp_path / "new" / "computer"
    done = restore(new, copy, clock=fixed_clock, key=KEY)
    assert done.safety is None
    assert (new / "attachments" / "abc.pdf").read_bytes() == b"%PDF one"
    with Desk(new, clock=fixed_clock) as desk:
        assert desk.backups.facts_here().counts == counts
        assert desk.backups.is_key(KEY)


def test_attachments_that_are_here_stay(
    desk: Desk, folder: Path, stick: Path, fixed_clock: FixedClock
) -> None:
    for name in ("abc.pdf", "def.pdf"):
        (folder / "attachments").mkdir(exist_ok=True)
        (folder / "attachments" / name).write_bytes(name.encode())
    copy = desk.backups.make(stick).path
    (stick / "attachments" / "ghi.pdf.part").write_bytes(b"cut off")
    desk.close()
    (folder / "attachments" / "abc.pdf").unlink()
    restore(folder, copy, clock=fixed_clock)
    found = {each.name: each.read_bytes() for each in (folder / "attachments").iterdir()}
    assert found == {"abc.pdf": b"abc.pdf", "def.pdf": b"def.pdf"}


def test_a_sealed_copy_tells_of_itself_but_asks_for_the_words(
    keyed: Desk, folder: Path, stick: Path, fixed_clock: FixedClock
) -> None:
    copy = keyed.backups.make(stick, sealed=True).path
    counts = keyed.backups.facts_here().counts
    told = look(copy)
    assert (told.branch, told.until, told.counts) == ("Perpustakaan Uji", "2026-11-23", counts)
    keyed.close()
    before = (folder / "perpudesk.db").read_bytes()
    with refused(FileError, "recovery_key_needed"):
        restore(folder, copy, clock=fixed_clock)
    with refused(FileError, "recovery_key_wrong"):
        restore(folder, copy, clock=fixed_clock, key=bytes(32))
    assert (folder / "perpudesk.db").read_bytes() == before


def test_another_branch_asks(
    desk: Desk, folder: Path, tmp_path: Path, fixed_clock: FixedClock
) -> None:
    theirs = other_branch(tmp_path / "other", fixed_clock)
    desk.close()
    with refused(RuleError, "copy_of_other_branch") as told:
        restore(folder, theirs, clock=fixed_clock)
    assert "Perpustakaan Lain" in told.value.sentence()
    assert "Perpustakaan Uji" in told.value.sentence()
    fixed_clock.moment += timedelta(minutes=1)
    done = restore(folder, theirs, clock=fixed_clock, other_branch=True)
    assert done.safety is not None
    assert look(done.safety).branch == "Perpustakaan Uji"


def test_a_newer_program_is_refused(
    desk: Desk, folder: Path, stick: Path, fixed_clock: FixedClock
) -> None:
    copy = desk.backups.make(stick).path
    with closing(sqlite3.connect(copy)) as db:
        db.execute(
            "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) "
            "VALUES ('perpudesk', '999_later', '2030')"
        )
        db.commit()
    copy.with_name(f"{copy.name}.sha256").unlink()
    desk.close()
    before = (folder / "perpudesk.db").read_bytes()
    with refused(FileError, "copy_newer"):
        restore(folder, copy, clock=fixed_clock)
    assert (folder / "perpudesk.db").read_bytes() == before


def test_every_one_of_200_flips_is_noticed(desk: Desk, stick: Path) -> None:
    copy = desk.backups.make(stick).path
    whole = copy.read_bytes()
    drawn = random.Random(6)
    for _ in range(200):
        flipped = bytearray(whole)
        flipped[drawn.randrange(len(whole))] ^= 1 << drawn.randrange(8)
        copy.write_bytes(flipped)
        with refused(FileError, "backup_broken"):
            look(copy)
    copy.write_bytes(whole)
    assert look(copy).branch == "Perpustakaan Uji"


@pytest.mark.parametrize("kept", [0, 1, 15, 100, 4096, 5000, 40_000])
def test_a_copy_cut_short_is_noticed_also_without_its_digest(
    desk: Desk, stick: Path, kept: int
) -> None:
    copy = desk.backups.make(stick).path
    copy.with_name(f"{copy.name}.sha256").unlink()
    copy.write_bytes(copy.read_bytes()[:kept])
    with refused(FileError, "backup_broken", "not_a_copy"):
        look(copy)


@pytest.mark.parametrize("name", ["foto.jpg", "lain.db", "kosong.pdbak", "none.db", "none.pdbak"])
def test_what_is_no_copy_is_refused(
    desk: Desk, folder: Path, stick: Path, fixed_clock: FixedClock, name: str
) -> None:
    path = stick / name
    if name == "lain.db":
        with closing(sqlite3.connect(path)) as db:
            db.execute("CREATE TABLE visits (id)")
    elif "none" not in name:
        path.write_bytes(b"\xff\xd8\xff\xe0")
    desk.close()
    before = (folder / "perpudesk.db").read_bytes()
    for ask in (lambda: look(path), lambda: restore(folder, path, clock=fixed_clock, key=KEY)):
        with refused(FileError, "not_a_copy", "backup_broken"):
            ask()
    assert (folder / "perpudesk.db").read_bytes() == before


def test_records_that_are_damaged_are_kept_byte_by_byte(
    desk: Desk, folder: Path, stick: Path, fixed_clock: FixedClock
) -> None:
    copy = desk.backups.make(stick).path
    desk.close()
    broken = b"SQLite format 3\0" + b"\xff" * 5_000
    (folder / "perpudesk.db").write_bytes(broken)
    (folder / "perpudesk.db-wal").write_bytes(b"log")
    done = restore(folder, copy, clock=fixed_clock)
    assert done.safety is not None
    assert done.safety.read_bytes() == broken
    assert done.safety.with_name(f"{done.safety.name}-wal").exists()
    with Desk(folder, clock=fixed_clock) as back:
        back.check()


@pytest.mark.parametrize("at", ["copy_store", "_replace", "_put_files"])
def test_a_disk_that_refuses_leaves_records(
    desk: Desk, folder: Path, fixed_clock: FixedClock, monkeypatch: pytest.MonkeyPatch, at: str
) -> None:
    (folder / "attachments").mkdir()
    copy = desk.backups.make().path
    desk.close()
    fixed_clock.moment += timedelta(minutes=1)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(restoring, at, full)
    with refused(StorageError, "backup_failed"):
        restore(folder, copy, clock=fixed_clock)
    monkeypatch.undo()
    with Desk(folder, clock=fixed_clock) as back:
        back.check()
        assert not (folder / "perpudesk.db.new").exists()


def test_the_full_disk_while_the_copy_is_written(
    desk: Desk, folder: Path, stick: Path, fixed_clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = desk.backups.make(stick).path
    desk.close()
    before = (folder / "perpudesk.db").read_bytes()

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(shutil, "copyfileobj", full)
    with refused(StorageError, "backup_failed"):
        restore(folder, copy, clock=fixed_clock)
    assert (folder / "perpudesk.db").read_bytes() == before
    assert not (folder / "perpudesk.db.new").exists()


@pytest.mark.parametrize("key", [KEY, None])
def test_a_stick_that_is_pulled_meanwhile_is_told(
    keyed: Desk, stick: Path, monkeypatch: pytest.MonkeyPatch, key: bytes | None
) -> None:
    copy = keyed.backups.make(stick, sealed=True).path

    def pulled(_path: Path) -> str:
        raise OSError(errno.EIO, "I/O error")

    monkeypatch.setattr(restoring, "file_digest", pulled)
    with refused(FileError, "copy_unreadable"):
        look(copy, key=key)
