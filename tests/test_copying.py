"""Copies that are made by themselves while the window lives, and when it is closed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from perpudesk import copying as module
from perpudesk.backups.sticks import name_stick
from perpudesk.copying import Copying
from perpudesk.core import i18n
from perpudesk.core.settings import change_settings
from perpudesk.core.times import FixedClock
from perpudesk.desk import Desk
from perpudesk.ui.volumes import Volume
from perpudesk.visits.model import VisitDraft

KEY = bytes(range(32))
Begin = Callable[[], Copying]


@pytest.fixture
def desk(tmp_path: Path, fixed_clock: FixedClock) -> Iterator[Desk]:
    i18n.use("en")
    with Desk(tmp_path / "records", clock=fixed_clock) as desk:
        desk.branch.set_up(name="Perpustakaan Uji", zone="WIB")
        yield desk


@pytest.fixture(autouse=True)
def volumes(monkeypatch: pytest.MonkeyPatch) -> list[Volume]:
    """What is plugged in."""
    found: list[Volume] = []
    monkeypatch.setattr(module, "plugged_in", lambda: list(found))
    return found


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What toasts said."""
    told: list[str] = []
    monkeypatch.setattr(module, "toast", lambda _over, text, **_: told.append(text))
    return told


@pytest.fixture
def begin(desk: Desk, qtbot: QtBot, said: list[str]) -> Iterator[Begin]:
    """Begin, and wait for the first look."""
    assert said == []
    window = QWidget()
    qtbot.addWidget(window)
    begun: list[Copying] = []

    def start() -> Copying:
        copying = Copying(desk, lambda: window, window)  # type: ignore[arg-type, return-value]
        begun.append(copying)
        copying.begin()
        qtbot.waitUntil(lambda: not copying._working)
        return copying

    yield start
    for each in begun:
        each.stop()


def look(copying: Copying, qtbot: QtBot) -> None:
    copying.look()
    qtbot.waitUntil(lambda: not copying._working)


@pytest.fixture
def stick(desk: Desk, volumes: list[Volume], tmp_path: Path) -> Callable[[], Path]:
    """Plug in a stick of the branch; where its copies go."""
    root = tmp_path / "KINGSTON"

    def plug_in() -> Path:
        root.mkdir(exist_ok=True)
        desk.backups.take_key(KEY)
        volumes.append(Volume(name="KINGSTON", root=root))
        return name_stick(root, desk.branch.current().id)

    return plug_in


def test_every_half_hour_if_something_changed(
    desk: Desk, begin: Begin, fixed_clock: FixedClock, qtbot: QtBot
) -> None:
    copying = begin()
    assert len(desk.backups.copies()) == 1
    fixed_clock.moment += timedelta(hours=3)
    look(copying, qtbot)
    assert len(desk.backups.copies()) == 1
    desk.visits.record(VisitDraft())
    with qtbot.waitSignal(copying.changed):
        look(copying, qtbot)
    (copy,) = desk.backups.copies()  # the earlier one of the day went
    assert copy.made_at == fixed_clock.moment


def test_a_stick_of_the_branch_gets_one_when_it_is_plugged_in(
    desk: Desk, begin: Begin, volumes: list[Volume], stick: Callable[[], Path], qtbot: QtBot
) -> None:
    copying = begin()
    folder = stick()
    volumes.append(Volume(name="other", root=desk.folder))
    look(copying, qtbot)
    (copy,) = desk.backups.copies(folder)
    assert copy.sealed
    desk.visits.record(VisitDraft())
    look(copying, qtbot)
    assert len(desk.backups.copies(folder)) == 1  # it is due in half an hour
    volumes.clear()
    look(copying, qtbot)
    stick()
    look(copying, qtbot)
    assert desk.backups.standing().away is not None
    assert not desk.backups.changed_since(folder)


def test_what_was_made_on_a_stick_is_said(
    begin: Begin, stick: Callable[[], Path], said: list[str]
) -> None:
    folder = stick()
    begin()
    assert said == [f"Backup made: {folder}"]


def test_quietly_at_first_it_is_not(
    desk: Desk, begin: Begin, stick: Callable[[], Path], said: list[str], qtbot: QtBot
) -> None:
    copying = begin()
    folder = stick()
    copying.begin(quietly=True)
    qtbot.waitUntil(lambda: not copying._working)
    assert desk.backups.copies(folder)
    assert said == []


def test_another_branch_s_stick_is_left_alone(
    desk: Desk, begin: Begin, volumes: list[Volume], tmp_path: Path, said: list[str]
) -> None:
    desk.backups.take_key(KEY)
    volumes.append(Volume(name="KINGSTON", root=tmp_path))
    name_stick(tmp_path, "another branch")
    begin()
    assert desk.backups.copies(tmp_path / "PerpuDesk") == []
    assert said == []


def test_the_folder_of_choice_gets_one_too(desk: Desk, begin: Begin, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    change_settings(backup_folder=str(tmp_path / "other"))
    begin()
    (copy,) = desk.backups.copies(tmp_path / "other")
    assert not copy.sealed


def test_a_folder_that_is_not_there_is_waited_for(desk: Desk, begin: Begin, tmp_path: Path) -> None:
    change_settings(backup_folder=str(tmp_path / "pulled"))
    begin()
    assert len(desk.backups.copies()) == 1
    assert not (tmp_path / "pulled").exists()


def test_what_fails_is_said_once(desk: Desk, begin: Begin, qtbot: QtBot, said: list[str]) -> None:
    (desk.folder / "backups").write_text("a file in the way")
    copying = begin()
    look(copying, qtbot)
    assert len(said) == 1
    assert "was not finished" in said[0]
    (desk.folder / "backups").unlink()
    look(copying, qtbot)
    assert len(desk.backups.copies()) == 1


def test_at_the_end_what_changed_is_copied(
    desk: Desk, begin: Begin, stick: Callable[[], Path], fixed_clock: FixedClock
) -> None:
    folder = stick()
    copying = begin()
    fixed_clock.moment += timedelta(minutes=1)
    copying.stop()
    copying.finish()
    assert desk.backups.copies()[0].made_at < fixed_clock.moment
    desk.visits.record(VisitDraft())
    copying.finish()
    for place in (None, folder):
        assert desk.backups.copies(place)[0].made_at == fixed_clock.moment


def test_an_end_that_cannot_copy_is_an_end_all_the_same(desk: Desk, begin: Begin) -> None:
    copying = begin()
    desk.visits.record(VisitDraft())
    for each in (desk.folder / "backups").iterdir():
        each.unlink()
    (desk.folder / "backups").rmdir()
    (desk.folder / "backups").write_text("a file in the way")
    copying.finish()


def test_practice_is_not_copied(tmp_path: Path, fixed_clock: FixedClock, qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    with Desk(tmp_path / "practice", clock=fixed_clock) as desk:
        desk.begin_practice(b"x" * 32)
        desk.branch.set_up(name="Latihan", zone="WIB")
        copying = Copying(desk, lambda: window, window)  # type: ignore[arg-type, return-value]
        copying.begin()
        copying.finish()
        assert copying.rail_line() is None
        assert desk.backups.copies() == []


def test_the_foot_tells_how_safe_it_is(
    begin: Begin, stick: Callable[[], Path], fixed_clock: FixedClock, qtbot: QtBot
) -> None:
    copying = begin()
    line = copying.rail_line()
    assert line is not None
    assert (line.text, line.tone) == ("Backup only on this computer: 23 Nov, 09:41", "")
    stick()
    look(copying, qtbot)
    for days, tone, icon in ((0, "", "check"), (8, "warn", "warning"), (8, "error", "error")):
        fixed_clock.moment += timedelta(days=days)
        line = copying.rail_line()
        assert line is not None
        assert (line.text, line.tone, line.icon) == ("Backup: 23 Nov, 09:41", tone, icon)


def test_before_the_first_copy_there_is_none_yet(desk: Desk, begin: Begin) -> None:
    (desk.folder / "backups").write_text("a file in the way")
    line = begin().rail_line()
    assert line is not None
    assert line.text == "No backup yet"
