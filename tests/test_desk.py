"""A data folder from its first start to its last: station, clock, midnight, what is told."""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from perpudesk.computers.model import SessionDraft
from perpudesk.core.errors import PerpuDeskError, StorageError
from perpudesk.core.paths import settings_dir
from perpudesk.core.settings import Settings, read_settings, write_settings
from perpudesk.core.times import FixedClock
from perpudesk.core.topics import Topic
from perpudesk.db import station as station_module
from perpudesk.db.connection import STORE_FULL, Store
from perpudesk.db.guard import FILE_NAME
from perpudesk.desk import Desk, founded, opened
from tests.db.work import WALK_IN

ROOT = Path(__file__).parents[1]
JAKARTA = timedelta(hours=7)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def used(folder: Path, fixed_clock: FixedClock) -> Path:
    """A folder with two visits of Monday 23 November 2026, closed."""
    with Desk(folder, clock=fixed_clock) as desk:
        desk.branch.set_up(name="Perpustakaan Uji", zone="WIB")
        desk.visits.record(WALK_IN)
        desk.visits.record(WALK_IN)
    return folder


def at(text: str) -> FixedClock:
    """A machine's clock, by the wall in Jakarta."""
    return FixedClock(datetime.fromisoformat(text).replace(tzinfo=UTC) - JAKARTA)


# ---------------------------------------------------------------- folders


def test_it_starts_in_two_steps_so_that_a_window_can_be_painted_between(folder: Path) -> None:
    desk = Desk(folder)
    assert not (folder / FILE_NAME).exists()
    with pytest.raises(AssertionError, match="not open"):
        desk.store  # noqa: B018 - asking is the test
    desk.open()
    assert not desk.is_set_up()
    desk.close()


def test_a_folder_in_use_is_refused_until_it_is_let_go(folder: Path) -> None:
    first = Desk(folder)
    with pytest.raises(StorageError) as refusal:
        Desk(folder)
    assert refusal.value.code == "folder_in_use"
    first.close()
    Desk(folder).close()


def test_a_command_works_only_where_the_branch_is_set_up(folder: Path) -> None:
    with pytest.raises(StorageError) as refusal, opened(folder):
        pytest.fail("there is nothing")
    assert refusal.value.code == "not_set_up"
    assert not folder.exists()
    Desk(folder).__enter__().close()
    with pytest.raises(StorageError) as refusal, opened(folder):
        pytest.fail("there is no branch")
    assert refusal.value.code == "not_set_up"


def test_a_command_finds_what_the_window_recorded(used: Path) -> None:
    with opened(used) as desk:
        assert desk.visits.count() == 2
        desk.check()


def test_nothing_is_left_of_a_founding_that_was_refused(tmp_path: Path) -> None:
    place = tmp_path / "a" / "b"
    with pytest.raises(PerpuDeskError), founded(place) as desk:
        desk.branch.set_up(name="", zone="WIB")
    assert list(tmp_path.iterdir()) == []


def test_records_outlast_a_refusal(used: Path) -> None:
    with pytest.raises(PerpuDeskError), founded(used) as desk:
        desk.branch.set_up(name="")
    with opened(used) as desk:
        assert desk.visits.count() == 2


@pytest.mark.parametrize("place", ["data", "data/below"])
def test_a_file_is_no_data_folder(tmp_path: Path, place: str) -> None:
    (tmp_path / "data").write_text("catatan")
    with pytest.raises(StorageError) as refusal:
        Desk(tmp_path / place)
    assert refusal.value.code == "folder_is_file"
    assert (tmp_path / "data").read_text() == "catatan"


@contextmanager
def read_only(folder: Path) -> Iterator[None]:
    """The folder mounted read-only over itself, in this test only; root needs no permission."""
    command = ["mount", "--bind", "-o", "ro", str(folder), str(folder)]
    if os.name == "nt" or os.geteuid() != 0 or subprocess.call(command, stderr=subprocess.DEVNULL):
        pytest.skip("needs root and mount")
    try:
        yield
    finally:
        subprocess.run(["umount", str(folder)], check=True)


def test_a_read_only_folder_is_said_and_untouched(used: Path) -> None:
    before = {each.name: each.read_bytes() for each in used.iterdir()}
    with read_only(used), pytest.raises(StorageError) as refusal:
        Desk(used)
    assert refusal.value.code == "folder_refused"
    assert {each.name: each.read_bytes() for each in used.iterdir()} == before


def test_a_read_only_folder_that_was_never_used_is_said(tmp_path: Path) -> None:
    with read_only(tmp_path), pytest.raises(StorageError) as refusal:
        Desk(tmp_path / "data")
    assert refusal.value.code == "folder_refused"


@pytest.mark.parametrize("code", [errno.EROFS, errno.EACCES])
def test_a_folder_that_refuses_is_said_whoever_asks(
    used: Path, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(StorageError) as refusal:
        Desk(used)
    assert refusal.value.code == "folder_refused"


def test_a_start_that_fails_half_way_closes_everything(
    used: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(errno.EROFS, os.strerror(errno.EROFS))

    monkeypatch.setattr(station_module, "write_settings", refuse)
    monkeypatch.setattr(station_module, "read_settings", Settings)
    with pytest.raises(OSError, match="Read-only"):
        Desk(used).__enter__()
    monkeypatch.undo()
    with Desk(used) as desk:
        assert desk.visits.count() == 2


def test_a_start_that_fails_at_its_end_closes_everything(
    used: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_desk: Desk) -> None:
        raise StorageError(STORE_FULL)

    closed: list[Store] = []
    close = Store.close
    monkeypatch.setattr(Store, "close", lambda store: (closed.append(store), close(store)))
    monkeypatch.setattr(Desk, "_recall_clock", fail)
    with pytest.raises(StorageError):
        Desk(used).__enter__()
    assert len(closed) == 1
    monkeypatch.undo()
    with Desk(used) as desk:
        assert desk.visits.count() == 2


# ---------------------------------------------------------------- the station


def station(desk: Desk) -> str:
    return desk.store.author.station_id


def test_the_station_stays_with_its_folder_on_its_machine(used: Path) -> None:
    seen = set()
    for _ in range(3):
        with Desk(used) as desk:
            seen.add(station(desk))
    assert len(seen) == 1
    assert read_settings().stations[str(used)] in seen


@pytest.mark.skipif(os.name == "nt", reason="Windows lets few people make links")
def test_another_way_to_the_same_folder_is_the_same_station(used: Path, tmp_path: Path) -> None:
    with Desk(used) as desk:
        known = station(desk)
    (tmp_path / "link").symlink_to(used, target_is_directory=True)
    with Desk(tmp_path / "link") as desk:
        assert station(desk) == known


def test_a_copied_folder_begins_a_new_station(
    used: Path, tmp_path: Path, fixed_clock: FixedClock
) -> None:
    shutil.copytree(used, tmp_path / "copy")
    with Desk(used, clock=fixed_clock) as first, Desk(tmp_path / "copy", clock=fixed_clock) as copy:
        begun = station(copy)
        assert station(first) != begun
        assert copy.visits.count() == 2
        assert first.can_undo() == (True, False)
        assert copy.can_undo() == (False, False), "what another station did is not ours to undo"
        visit = copy.visits.record(WALK_IN)
        assert copy.undo()[0].record_id == visit.id
    with Desk(tmp_path / "copy") as again:
        assert station(again) == begun


def test_an_older_copy_put_back_begins_a_new_station(used: Path, tmp_path: Path) -> None:
    shutil.copytree(used, tmp_path / "kept")
    with Desk(used) as desk:
        first = station(desk)
    shutil.copytree(tmp_path / "kept", tmp_path / "elsewhere")
    with Desk(tmp_path / "elsewhere") as desk:
        assert station(desk) != first
    shutil.rmtree(used)
    shutil.copytree(tmp_path / "elsewhere", used)
    with Desk(used) as desk:
        assert station(desk) != first


def test_on_a_new_machine_a_new_station_begins(used: Path) -> None:
    with Desk(used) as desk:
        first = station(desk)
    used.rename(used.with_name("old"))  # removed, its number on the disk could be given again
    shutil.copytree(used.with_name("old"), used)
    write_settings(replace(read_settings(), stations={}))
    with Desk(used) as desk:
        assert station(desk) != first


def test_settings_that_were_lost_begin_no_new_station(used: Path, fixed_clock: FixedClock) -> None:
    with Desk(used, clock=fixed_clock) as desk:
        first = station(desk)
    write_settings(Settings())
    with Desk(used, clock=fixed_clock) as desk:
        assert station(desk) == first
        assert desk.can_undo() == (True, False), "what was done today can still be undone"
    assert read_settings().stations[str(used)] == first


@pytest.mark.parametrize("wrong", ["the folder", "the file"])
def test_settings_that_cannot_be_kept_are_said_and_stop_nothing(
    used: Path, fixed_clock: FixedClock, home: Path, wrong: str
) -> None:
    shutil.rmtree(home / "config")
    if wrong == "the folder":
        (home / "config").write_text("")
    else:
        (settings_dir() / "settings.json").mkdir(parents=True)
    with Desk(used, clock=fixed_clock) as desk:
        first = station(desk)
        (said,) = desk.warnings()
        assert said.startswith("Pengaturan komputer ini tidak tersimpan (")
        assert "{" not in said
        desk.visits.record(WALK_IN)
    with Desk(used, clock=fixed_clock) as desk:
        assert station(desk) == first
        assert desk.can_undo() == (True, False)


# ---------------------------------------------------------------- the clock


def test_a_clock_that_goes_on_is_not_asked_about(used: Path, fixed_clock: FixedClock) -> None:
    for minutes in (0, 1, 60 * 24, -60 * 24 - 3):
        fixed_clock.advance(minutes=minutes)
        with Desk(used, clock=fixed_clock) as desk:
            assert desk.clock_is_behind() is None


def test_a_clock_before_the_release_is_wrong_also_in_an_empty_store(folder: Path) -> None:
    with Desk(folder, clock=at("2009-01-01 08:00")) as desk:
        assert desk.clock_is_behind() == date(2026, 11, 23)


def test_a_clock_set_back_asks_for_the_day_and_keeps_the_answer(used: Path) -> None:
    machine = at("2009-01-01 08:00")
    with Desk(used, clock=machine) as desk:
        assert desk.clock_is_behind() == date(2026, 11, 23)
        assert desk.answer_day(date(2026, 11, 24)) == 0
        assert desk.clock_is_behind() is None
        assert desk.visits.record(WALK_IN).moment.local_date == date(2026, 11, 24)
    machine.advance(hours=30)
    with Desk(used, clock=machine) as desk:
        assert desk.clock_is_behind() is None
        assert desk.store.today() == date(2026, 11, 25)


def test_the_answer_ends_when_the_clock_is_put_right(used: Path) -> None:
    with Desk(used, clock=at("2009-01-01 08:00")) as desk:
        desk.answer_day(date(2026, 11, 24))
    with Desk(used, clock=at("2026-11-25 08:00")) as desk:
        assert desk.store.today() == date(2026, 11, 25)
        assert desk.clock_is_behind() is None


def test_records_are_of_today_when_the_clock_is_put_right_while_the_window_is_open(
    used: Path,
) -> None:
    machine = at("2009-01-01 00:05")
    with Desk(used, clock=machine) as desk:
        desk.answer_day(date(2026, 11, 24))
        machine.moment = at("2026-11-24 10:00").moment
        assert desk.visits.record(WALK_IN).moment.local_date == date(2026, 11, 24)
        assert desk.clock_is_behind() is None


def test_a_day_of_sessions_alone_is_known_too(used: Path) -> None:
    with Desk(used, clock=at("2026-12-10 09:00")) as desk:
        (place,) = desk.workstations.add_many(1)
        desk.computers.start(SessionDraft(workstation_id=place.id))
        desk.computers.end_all()
    with Desk(used, clock=at("2020-01-01 08:00")) as desk:
        assert desk.clock_is_behind() == date(2026, 12, 10)


def test_a_clock_without_a_battery_is_asked_about_every_morning(used: Path) -> None:
    """It begins the same day again at each start, a little later than when it was asked."""
    with Desk(used, clock=at("2009-01-01 00:02")) as desk:
        desk.answer_day(date(2026, 11, 24))
        desk.clock.machine.advance(hours=8)
        desk.visits.record(WALK_IN)
    with Desk(used, clock=at("2009-01-01 00:03")) as desk:
        assert desk.clock_is_behind() == date(2026, 11, 24)
        desk.answer_day(date(2026, 11, 25))
        assert desk.clock_is_behind() is None
        assert desk.store.today() == date(2026, 11, 25)


def test_visits_of_a_clock_that_ran_ahead_are_dated_again_together(used: Path) -> None:
    with Desk(used, clock=at("2031-05-06 09:30")) as desk:
        assert desk.clock_is_behind() is None, "nothing shows that it is ahead"
        desk.visits.record(WALK_IN)
        (place,) = desk.workstations.add_many(1)
        desk.computers.start(SessionDraft(workstation_id=place.id))
        ahead = desk.computers.end_all()[0]
    with Desk(used, clock=at("2026-11-24 10:00")) as desk:
        assert desk.clock_is_behind() == date(2031, 5, 6)
        today = date(2026, 11, 24)
        assert desk.answer_day(today) == 2
        told: list[Topic] = []
        desk.subscribe(told.append)
        assert desk.redate_after(today) == 2
        assert told == [Topic.VISITS, Topic.COMPUTERS]
        session = desk.computers.get(ahead.id)
        assert (session.local_date, session.minutes) == (today, ahead.minutes)
        assert desk.clock_is_behind() is None
        assert desk.visits.today().total == 1
        assert desk.visits.newest_day() == today
        desk.undo()
        assert desk.clock_is_behind() == date(2031, 5, 6)
    with Desk(used, clock=at("2026-11-24 10:05")) as desk:
        desk.redo()
        assert desk.clock_is_behind() is None


def test_order_is_by_sequence_whatever_the_clock_says(used: Path) -> None:
    with Desk(used, clock=at("2009-01-01 08:00")) as desk:
        visit = desk.visits.record(WALK_IN)
        with desk.store.reading() as db:
            last = next(iter(db.query("SELECT record_id FROM journal ORDER BY seq DESC")))
        assert last["record_id"] == visit.id
        assert desk.undo()[0].record_id == visit.id


def test_midnight_rolls_the_day(used: Path, fixed_clock: FixedClock) -> None:
    with Desk(used, clock=fixed_clock) as desk:
        fixed_clock.moment = datetime(2026, 11, 23, 16, 59, 59, tzinfo=UTC)
        assert desk.visits.today().day == date(2026, 11, 23)
        assert desk.visits.today().total == 2
        assert len(desk.visits.recent()) == 2
        fixed_clock.advance(seconds=1)
        today = desk.visits.today()
        assert (today.day, today.total, today.month) == (date(2026, 11, 24), 0, 2)
        assert desk.visits.recent() == []
        assert desk.can_undo() == (False, False)
        assert desk.visits.record(WALK_IN).moment.local_hour == 0


def test_waking_from_sleep_days_later_is_that_day(used: Path, fixed_clock: FixedClock) -> None:
    with Desk(used, clock=fixed_clock) as desk:
        fixed_clock.advance(days=40)
        assert desk.visits.today().day == date(2027, 1, 2)
        assert desk.visits.today().month == 0


# ---------------------------------------------------------------- what is told


def test_listeners_hear_after_it_is_on_the_disk(used: Path, fixed_clock: FixedClock) -> None:
    with Desk(used, clock=fixed_clock) as desk:
        told: list[tuple[Topic, bool]] = []
        desk.subscribe(lambda topic: told.append((topic, desk.store.db.conn.in_transaction)))
        desk.visits.record(WALK_IN)
        desk.branch.set_up(place="Kobar")
        assert told == [(Topic.VISITS, False), (Topic.BRANCH, False)]


def test_rooms_that_are_seldom_needed_load_when_they_are_asked_for(used: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from perpudesk.desk import opened\n"
        "with opened(Path(sys.argv[1])) as desk:\n"
        "    desk.visits.record(desk.visits.recent(1)[0].draft(desk.store.author.zone))"
        " if desk.visits.recent(1) else None\n"
        "    heavy = {'reportlab', 'babel', 'openpyxl', 'PySide6', 'pypdfium2', 'pandas'}\n"
        "    print(sorted(heavy & set(sys.modules)))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(used)],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
    )
    assert done.stdout == "[]\n"
