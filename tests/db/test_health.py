"""Damaged, truncated, foreign and emptied files; clean stops; folders that are synced."""

from __future__ import annotations

import random
import shutil
import sqlite3
from contextlib import closing, suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perpudesk.core.errors import PerpuDeskError, StorageError
from perpudesk.core.settings import Settings, write_settings
from perpudesk.db import health
from perpudesk.db.connection import BALLAST_NAME, Store
from perpudesk.db.guard import FILE_NAME, LOCK_NAME
from perpudesk.desk import Desk, founded, opened
from tests.db.work import WALK_IN, a_day_at_the_desk


@pytest.fixture
def used(folder: Path) -> Path:
    """A folder that was used for a day and closed."""
    with Desk(folder) as desk:
        a_day_at_the_desk(desk)
    return folder


@pytest.fixture(scope="session")
def day_of_work(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store after a day."""
    folder = tmp_path_factory.mktemp("day")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PERPUDESK_SETTINGS", str(folder / "settings"))
        with Desk(folder) as desk:
            a_day_at_the_desk(desk)
            for _ in range(100):
                desk.visits.record(WALK_IN)
    return folder / FILE_NAME


def code_of_refusal(folder: Path) -> str:
    with pytest.raises(StorageError) as refusal:
        Desk(folder).__enter__()
    assert "{" not in refusal.value.sentence()
    return refusal.value.code


# ---------------------------------------------------------------- clean stops


def test_a_stop_is_clean_only_when_the_desk_was_closed(folder: Path) -> None:
    assert health.stopped_clean(folder)
    with Desk(folder) as desk:
        assert desk.clean
        assert not health.stopped_clean(folder)
    assert health.stopped_clean(folder)


@pytest.mark.parametrize("content", [b"", b"\0\0\0\0", b"an older step", b"\xff"])
def test_a_mark_that_a_power_cut_spoilt_is_none(used: Path, content: bytes) -> None:
    (used / health.CLEAN_NAME).write_bytes(content)
    assert not health.stopped_clean(used)
    with Desk(used) as desk:
        assert not desk.clean
        assert desk.visits.count() > 0


def test_the_mark_is_gone_before_the_first_write(
    used: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def look(store: Store, **_: object) -> None:
        assert not health.stopped_clean(store.folder)
        raise ZeroDivisionError

    monkeypatch.setattr("perpudesk.desk.take_station", look)
    with pytest.raises(ZeroDivisionError):
        Desk(used).__enter__()


def test_a_full_disk_at_the_stop_costs_a_check_at_the_next_start(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    desk = Desk(folder).__enter__()
    monkeypatch.setattr(Path, "write_text", full)
    desk.close()
    monkeypatch.undo()
    assert not health.stopped_clean(folder)
    with Desk(folder) as again:
        again.check()


# ---------------------------------------------------------------- damage

DAMAGES = {
    "emptied": lambda data: data[:0],
    "one byte": lambda data: data[:1],
    "header only": lambda data: data[:100],
    "first page only": lambda data: data[:4096],
    "half": lambda data: data[: len(data) // 2],
    "last page missing": lambda data: data[:-4096],
    "zeros": lambda data: bytes(len(data)),
    "noise": lambda data: random.Random(1).randbytes(len(data)),
    "noise behind a good header": lambda data: data[:100] + random.Random(1).randbytes(40_000),
    "a text": lambda data: b"catatan kunjungan\n" * (len(data) // 18),
    "a picture": lambda data: b"\xff\xd8\xff\xe0" + bytes(len(data)),
}


@pytest.mark.parametrize("damage", DAMAGES)
@pytest.mark.parametrize("clean", [False, True])
def test_a_damaged_file_is_said_and_left_as_it_is(used: Path, damage: str, clean: bool) -> None:
    file = used / FILE_NAME
    data = DAMAGES[damage](file.read_bytes())
    file.write_bytes(data)
    if not clean:
        (used / health.CLEAN_NAME).unlink()
    assert code_of_refusal(used) == "store_damaged"
    assert file.read_bytes() == data
    with pytest.raises(StorageError), opened(used):
        pytest.fail("a command must not work on it either")


def test_a_spoilt_page_is_found_after_an_unclean_stop(used: Path) -> None:
    file = used / FILE_NAME
    data = file.read_bytes()
    file.write_bytes(data[:40960] + b"\xa5" * 4096 + data[45056:])
    (used / health.CLEAN_NAME).unlink()
    assert code_of_refusal(used) == "store_damaged"


def test_an_emptied_file_is_known_on_another_machine_too(used: Path) -> None:
    (used / FILE_NAME).write_bytes(b"")
    write_settings(Settings())
    assert code_of_refusal(used) == "store_damaged"


def files_of(folder: Path) -> dict[str, bytes]:
    return {each.name: each.read_bytes() for each in folder.iterdir() if each.name != LOCK_NAME}


@pytest.mark.parametrize("clean", [False, True])
def test_a_file_that_was_taken_away_is_missed_and_its_log_kept(folder: Path, clean: bool) -> None:
    first = Desk(folder).__enter__()
    first.branch.set_up(name="Perpustakaan Uji", zone="WIB")
    first.visits.record(WALK_IN)
    if clean:
        first.close()
    else:  # a power cut: most of the records are in the log
        shutil.copytree(folder, folder.with_name("cut"))
        first.close()
        folder = folder.with_name("cut")
    (folder / FILE_NAME).rename(folder / "disimpan.db")
    before = files_of(folder)
    assert code_of_refusal(folder) == "store_gone"
    with pytest.raises(StorageError) as refusal, opened(folder):
        pytest.fail("a command must not begin anew either")
    assert refusal.value.code == "store_gone"
    with pytest.raises(StorageError), founded(folder):
        pytest.fail("nor the setup of a new branch")
    assert files_of(folder) == before
    (folder / "disimpan.db").rename(folder / FILE_NAME)
    with Desk(folder) as desk:
        assert desk.visits.count() == 1


def test_an_emptied_folder_begins_anew(used: Path) -> None:
    for each in used.iterdir():
        each.unlink()
    with Desk(used) as desk:
        assert not desk.is_set_up()


def test_a_first_start_that_was_cut_begins_again(folder: Path) -> None:
    folder.mkdir()
    (folder / FILE_NAME).write_bytes(b"")
    with Desk(folder) as desk:
        assert not desk.is_set_up()


FOREIGN = {
    "a table": "CREATE TABLE member (id INTEGER); INSERT INTO member VALUES (1);",
    "a view": "CREATE VIEW numbers AS SELECT 1;",
    "another program of the same library": (
        "CREATE TABLE notes (a); CREATE TABLE _sqlite_migrations (id INTEGER PRIMARY KEY,"
        " migration_set TEXT, name TEXT, applied_at TEXT);"
        " INSERT INTO _sqlite_migrations VALUES (1, 'notes', 'first', '2026-01-01');"
    ),
    "our names": "CREATE TABLE meta (a); CREATE TABLE visits (a); CREATE TABLE journal (a);",
}


@pytest.mark.parametrize("made", FOREIGN)
@pytest.mark.parametrize("mode", ["DELETE", "WAL"])
@pytest.mark.parametrize("clean", [False, True])
def test_somebody_elses_database_is_left_alone(
    folder: Path, made: str, mode: str, clean: bool
) -> None:
    folder.mkdir()
    with closing(sqlite3.connect(folder / FILE_NAME)) as db:
        db.execute(f"PRAGMA journal_mode = {mode}")
        db.executescript(FOREIGN[made])
    if clean:
        health.mark_clean(folder)
    before = files_of(folder)
    assert code_of_refusal(folder) == "store_damaged"
    assert files_of(folder) == before


def test_somebody_elses_database_keeps_its_log(folder: Path, tmp_path: Path) -> None:
    folder.mkdir()
    with closing(sqlite3.connect(tmp_path / FILE_NAME)) as db:
        db.execute("PRAGMA journal_mode = WAL")
        db.execute("CREATE TABLE member (id INTEGER)")
        db.execute("PRAGMA wal_checkpoint")
        db.execute("INSERT INTO member VALUES (1)")
        db.commit()
        for name in (FILE_NAME, f"{FILE_NAME}-wal"):
            shutil.copy(tmp_path / name, folder / name)
    before = files_of(folder)
    assert code_of_refusal(folder) == "store_damaged"
    assert files_of(folder) == before


@pytest.mark.parametrize("name", [health.CLEAN_NAME, BALLAST_NAME, f"{BALLAST_NAME}.part"])
def test_a_folder_in_the_place_of_a_small_file_is_no_matter(
    used: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    (used / name).unlink(missing_ok=True)
    (used / name).mkdir()
    with Desk(used) as desk:
        monkeypatch.setattr(Store, "_has_room", lambda *_: False)  # the ballast is to be given up
        desk.visits.record(WALK_IN)
    with Desk(used) as desk:
        desk.check()


def test_a_folder_in_the_place_of_the_file_is_said(folder: Path) -> None:
    (folder / FILE_NAME).mkdir(parents=True)
    assert code_of_refusal(folder) == "store_damaged"


def test_a_mark_that_cannot_be_taken_away_stops_the_start(
    used: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "unlink", refuse)
    assert code_of_refusal(used) == "folder_refused"


def test_files_of_a_persons_own_are_left_alone(folder: Path) -> None:
    folder.mkdir()
    own = {name: f"my {name}".encode() for name in ("clean", "ballast", "raise", "catatan.txt")}
    for name, data in own.items():
        (folder / name).write_bytes(data)
    with pytest.raises(PerpuDeskError), founded(folder) as desk:
        desk.branch.set_up(name="", zone="WIB")
    assert files_of(folder) == own
    with Desk(folder) as desk:
        desk.branch.set_up(name="Perpustakaan Uji", zone="WIB")
    assert own.items() <= files_of(folder).items()


def test_a_refused_start_lets_the_folder_go(used: Path) -> None:
    data = (used / FILE_NAME).read_bytes()
    (used / FILE_NAME).write_bytes(data[:5000])
    assert code_of_refusal(used) == "store_damaged"
    (used / FILE_NAME).write_bytes(data)
    with Desk(used) as desk:
        desk.check()


@given(seed=st.integers(0, 2**32), bytes_hit=st.sampled_from([1, 8, 64, 4096]))
def test_damage_anywhere_never_ends_in_anything_but_a_sentence(
    tmp_path_factory: pytest.TempPathFactory, day_of_work: Path, seed: int, bytes_hit: int
) -> None:
    chance = random.Random(seed)
    data = bytearray(day_of_work.read_bytes())
    at = chance.randrange(len(data) - bytes_hit)
    data[at : at + bytes_hit] = chance.randbytes(bytes_hit)
    folder = tmp_path_factory.mktemp("damaged")
    (folder / FILE_NAME).write_bytes(data)
    with suppress(StorageError), Desk(folder) as desk:
        desk.check()
    shutil.rmtree(folder)


def test_the_deep_check_finds_a_reference_to_nobody(desk: Desk) -> None:
    visit = desk.visits.record(WALK_IN)
    conn = desk.store.db.conn
    conn.execute("PRAGMA foreign_keys = OFF")
    conn.execute("UPDATE visits SET patron_id = 'nobody' WHERE id = ?", [visit.id])
    conn.commit()
    with pytest.raises(StorageError) as refusal:
        desk.check()
    assert refusal.value.code == "store_damaged"


def test_the_deep_check_finds_a_schema_that_no_longer_fits_itself(used: Path) -> None:
    data = (used / FILE_NAME).read_bytes()
    whole = b"CREATE TABLE computer_sessions (\n  id TEXT"
    assert data.count(whole) == 1
    (used / FILE_NAME).write_bytes(data.replace(whole, whole[:-6] + b"x TEXT"))
    with pytest.raises(StorageError) as refusal, Desk(used) as desk:
        desk.check()
    assert refusal.value.code == "store_damaged"


# ---------------------------------------------------------------- folders


@pytest.mark.parametrize(
    "place,service",
    [
        ("OneDrive/PerpuDesk", "OneDrive"),
        ("OneDrive - Dinas Perpustakaan/data", "OneDrive"),
        ("Dropbox/a/b", "Dropbox"),
        ("Google Drive/data", "Google Drive"),
        ("GoogleDrive/data", "Google Drive"),
        ("Nextcloud/data", "Nextcloud"),
        ("Syncthing/data", "Syncthing"),
        ("data", None),
        ("my dropbox list/data", None),
    ],
)
def test_a_folder_that_is_copied_elsewhere_is_known_by_its_path(
    tmp_path: Path, place: str, service: str | None
) -> None:
    assert health.synced_by(tmp_path / place) == service


def test_syncthing_marks_its_folders(tmp_path: Path) -> None:
    (tmp_path / "bersama" / ".stfolder").mkdir(parents=True)
    assert health.synced_by(tmp_path / "bersama" / "data") == "Syncthing"


def test_the_librarian_is_warned_of_it(tmp_path: Path) -> None:
    with Desk(tmp_path / "Dropbox" / "data") as desk:
        (warning,) = desk.warnings()
        assert "Dropbox" in warning
        (desk.folder / BALLAST_NAME).unlink()
        assert len(desk.warnings()) == 2
