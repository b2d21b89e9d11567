"""One connection, one transaction a write, and the disk's refusals as sentences."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
import threading
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pytest

from perpudesk.core.errors import StorageError
from perpudesk.core.times import FixedClock, utc_text, zone
from perpudesk.db import connection
from perpudesk.db.connection import BALLAST_BYTES, BALLAST_NAME, LOW_BYTES, Store
from perpudesk.db.meta import meta, set_meta
from perpudesk.desk import Desk
from tests.db.work import WALK_IN


def notes(store: Store) -> dict[str, str]:
    with store.reading() as db:
        return {row["key"]: row["value"] for row in db.query("SELECT key, value FROM meta")}


def test_it_is_opened_as_was_measured(store: Store) -> None:
    wanted = {
        "locking_mode": "exclusive",
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "secure_delete": 1,
        "temp_store": 2,
        "mmap_size": 0,
    }
    with store.reading() as db:
        found = {name: db.conn.execute(f"PRAGMA {name}").fetchone()[0] for name in wanted}
    assert found == wanted


def test_no_shared_memory_stands_beside_it(store: Store) -> None:
    with store.writing() as db:
        set_meta(db, "a", "1")
    assert not store.path.with_name(f"{store.path.name}-shm").exists()


# ---------------------------------------------------------------- transactions


def test_a_block_is_stored_whole(store: Store) -> None:
    with store.writing() as db:
        set_meta(db, "a", "1")
        set_meta(db, "b", "2")
    assert {"a": "1", "b": "2"}.items() <= notes(store).items()
    assert store.saved_at == store.now()


@pytest.mark.parametrize("error", [ZeroDivisionError, KeyboardInterrupt, SystemExit])
def test_a_block_that_raises_stores_nothing(store: Store, error: type[BaseException]) -> None:
    def work() -> None:
        with store.writing() as db:
            set_meta(db, "a", "1")
            raise error

    with pytest.raises(error):
        work()
    assert "a" not in notes(store)
    with store.writing() as db:
        set_meta(db, "b", "2")
    assert notes(store)["b"] == "2"


def test_sqlite_utils_calls_inside_a_block_do_not_commit_themselves(store: Store) -> None:
    def work() -> None:
        with store.writing() as db:
            db.table("meta").insert({"key": "a", "value": "1"})
            db.table("meta").upsert({"key": "b", "value": "1"}, pk="key")
            db.utils.executescript(
                "INSERT INTO meta VALUES ('c', '1'); INSERT INTO meta VALUES ('d', '1')"
            )
            assert db.conn.in_transaction
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        work()
    assert not {"a", "b", "c", "d"} & set(notes(store))


def test_an_inner_block_belongs_to_the_outer_one(store: Store) -> None:
    def inner(key: str, error: type[Exception] | None = None) -> None:
        with store.writing() as db:
            set_meta(db, key, "1")
            if error:
                raise error

    with store.writing():
        inner("a")
        with pytest.raises(ZeroDivisionError):
            inner("b", ZeroDivisionError)
        inner("c")
    assert {"a", "c"} <= set(notes(store))
    assert "b" not in notes(store)


def test_an_outer_block_that_raises_takes_the_inner_one_back(store: Store) -> None:
    def outer() -> None:
        with store.writing():
            with store.writing() as db:
                set_meta(db, "a", "1")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        outer()
    assert "a" not in notes(store)


def test_a_stray_write_takes_no_later_one_with_it(desk: Desk) -> None:
    """Python begins a transaction by itself unless told not to, and nobody would commit it."""
    store = desk.store
    with store.reading() as db:
        set_meta(db, "stray", "1")
        assert not db.conn.in_transaction
    with store.writing() as db:
        set_meta(db, "a", "1")
    desk.close()
    with Store(store.folder).reading() as again:
        assert meta(again, "a") == "1"


def test_reading_inside_writing_sees_what_was_written(store: Store) -> None:
    with store.writing() as db:
        set_meta(db, "a", "1")
        with store.reading() as same:
            assert meta(same, "a") == "1"


def test_many_threads_write_one_after_the_other(store: Store) -> None:
    def work(thread: int) -> None:
        for number in range(50):
            with store.writing() as db:
                set_meta(db, f"{thread}-{number}", "1")
                assert meta(db, "seen") is None

    threads = [threading.Thread(target=work, args=[n]) for n in range(4)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert sum("-" in key for key in notes(store)) == 200


def test_the_wal_is_moved_into_the_file_and_does_not_grow_for_ever(desk: Desk) -> None:
    wal = desk.store.path.with_name(f"{desk.store.path.name}-wal")
    for _ in range(1_200):
        desk.visits.record(WALK_IN)
    assert wal.stat().st_size < 6 * 1024 * 1024


# ---------------------------------------------------------------- refusals


def refused(store: Store) -> StorageError:
    def work() -> None:
        with store.writing() as db:
            set_meta(db, "a", "x" * 100_000)

    with pytest.raises(StorageError) as refusal:
        work()
    assert "{" not in refusal.value.sentence()
    return refusal.value


def test_a_full_disk_is_said_and_nothing_is_stored(store: Store) -> None:
    conn = store.db.conn
    pages = conn.execute("PRAGMA page_count").fetchone()[0]
    conn.execute(f"PRAGMA max_page_count = {pages}")
    assert refused(store).code == "store_full"
    assert not conn.in_transaction
    conn.execute("PRAGMA max_page_count = 1000000")
    with store.writing() as db:
        assert meta(db, "a") is None
        set_meta(db, "a", "1")


def test_a_disk_that_turned_read_only_is_said(store: Store) -> None:
    store.db.conn.execute("PRAGMA query_only = ON")
    assert refused(store).code == "store_read_only"


@pytest.mark.parametrize(
    "code,problem",
    [
        (sqlite3.SQLITE_IOERR_FSYNC, "store_failed"),
        (sqlite3.SQLITE_IOERR_WRITE, "store_failed"),
        (sqlite3.SQLITE_CORRUPT_INDEX, "store_damaged"),
        (sqlite3.SQLITE_NOTADB, "store_damaged"),
        (sqlite3.SQLITE_BUSY, "store_busy"),
        (sqlite3.SQLITE_CANTOPEN_ISDIR, "store_read_only"),
        (sqlite3.SQLITE_READONLY_DBMOVED, "store_read_only"),
    ],
)
def test_every_refusal_of_the_disk_has_its_sentence(store: Store, code: int, problem: str) -> None:
    error = sqlite3.OperationalError("disk I/O error")
    error.sqlite_errorcode = code

    def work() -> None:
        with store.reading():
            raise error

    with pytest.raises(StorageError) as refusal:
        work()
    assert refusal.value.code == problem
    assert "{" not in refusal.value.sentence()


def test_a_mistake_of_ours_stays_what_it_is(store: Store) -> None:
    def work(sql: str) -> None:
        with store.writing() as db:
            db.execute(sql)

    with pytest.raises(sqlite3.IntegrityError):
        work("INSERT INTO meta (key) VALUES ('a')")
    with pytest.raises(sqlite3.OperationalError):
        work("SELECT misspelt FROM meta")


def test_a_file_that_another_program_holds_is_said(tmp_path: Path) -> None:
    path = tmp_path / "perpudesk.db"
    hold = (
        "import sqlite3, sys; c = sqlite3.connect(sys.argv[1]); c.execute('CREATE TABLE t (x)');"
        "c.execute('BEGIN EXCLUSIVE'); print('held', flush=True); sys.stdin.read()"
    )
    command = [sys.executable, "-c", hold, str(path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == b"held\n"
        with pytest.raises(StorageError) as refusal:
            Store(tmp_path)
        other.communicate()
    assert refusal.value.code == "store_busy"
    Store(tmp_path).close()


def test_a_folder_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(StorageError) as refusal:
        Store(tmp_path / "nowhere")
    assert refusal.value.code == "store_read_only"


# ---------------------------------------------------------------- time


def test_today_is_the_branchs_day_and_rolls_at_its_midnight(
    store: Store, fixed_clock: FixedClock
) -> None:
    fixed_clock.moment = fixed_clock.moment.replace(hour=16, minute=59, second=59)
    assert store.now() == utc_text(fixed_clock.now())
    assert store.today() == date(2026, 11, 23)
    fixed_clock.advance(seconds=1)
    assert store.today() == date(2026, 11, 24)
    store.author.zone = zone("UTC")
    assert store.today() == date(2026, 11, 23)


# ---------------------------------------------------------------- room on the disk


@pytest.fixture
def free(monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    """What the disk says it has free, in bytes."""
    said = SimpleNamespace(free=10 * LOW_BYTES)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: said)
    return said


def test_room_is_set_aside_while_there_is_plenty(store: Store, free: SimpleNamespace) -> None:
    ballast = store.folder / BALLAST_NAME
    assert ballast.stat().st_size == BALLAST_BYTES
    ballast.unlink()
    free.free = LOW_BYTES - 1
    store.fill_ballast()
    assert not ballast.exists()
    free.free = LOW_BYTES
    store.fill_ballast()
    assert ballast.stat().st_size == BALLAST_BYTES
    assert not store.nearly_full()


def test_a_disk_that_fills_is_told_while_it_still_records(
    store: Store, free: SimpleNamespace
) -> None:
    free.free = LOW_BYTES - 1
    assert store.nearly_full()
    with store.writing() as db:
        set_meta(db, "a", "1")
    assert (store.folder / BALLAST_NAME).exists()


def test_the_ballast_goes_when_the_disk_is_full(store: Store, free: SimpleNamespace) -> None:
    free.free = 4096
    with store.writing() as db:
        set_meta(db, "a", "1")
    assert not (store.folder / BALLAST_NAME).exists()
    free.free = 10 * LOW_BYTES
    assert store.nearly_full()
    with store.writing() as db:
        set_meta(db, "b", "1")
    assert {"a", "b"} <= set(notes(store))


@pytest.mark.usefixtures("free")
def test_a_disk_that_fills_meanwhile_gets_no_half_ballast(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    ballast = store.folder / BALLAST_NAME
    ballast.unlink()

    def half(self: Path, data: bytes) -> int:
        with self.open("wb") as file:
            file.write(data[:1000])
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", half)
    store.fill_ballast()
    assert [each.name for each in store.folder.glob("ballast*")] == []


def test_a_disk_that_cannot_be_asked_counts_as_full(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(_: Path) -> None:
        raise FileNotFoundError

    monkeypatch.setattr(connection.shutil, "disk_usage", gone)
    assert store.nearly_full()
