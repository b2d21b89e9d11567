"""*Cadangan* in the settings, as a librarian uses it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from perpudesk.attendance.framing import house_of
from perpudesk.backups.form import restore as restore_module
from perpudesk.backups.form import section as section_module
from perpudesk.backups.form.restore import RestoreDialog
from perpudesk.backups.form.section import BackupsSection, backups_told
from perpudesk.core.settings import change_settings, read_settings
from perpudesk.core.times import FixedClock
from perpudesk.desk import Desk
from perpudesk.ui.volumes import Volume
from tests.backups.conftest import KEY

Open = Callable[[], BackupsSection]
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support ", extend=True)


@pytest.fixture(autouse=True)
def volumes(monkeypatch: pytest.MonkeyPatch) -> list[Volume]:
    """What is plugged in."""
    found: list[Volume] = []
    for module in (section_module, restore_module):
        monkeypatch.setattr(module, "plugged_in", lambda: list(found))
    return found


@pytest.fixture
def errors(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The sentences of errors that were shown."""
    shown: list[str] = []
    monkeypatch.setattr(section_module, "show_error", lambda _w, error: shown.append(error.code))
    return shown


@pytest.fixture
def open_section(desk: Desk, qtbot: QtBot) -> Open:
    """The section in a window of its own."""

    def opened() -> BackupsSection:
        section = BackupsSection(desk.backups, partial(house_of, desk.branch))
        qtbot.addWidget(section)
        section.resize(800, 600)
        section.show()
        section.refresh()
        return section

    return opened


def test_at_first_there_is_none(desk: Desk, open_section: Open) -> None:
    section = open_section()
    assert section.here.text() == "On this computer: none yet"
    assert section.away.text() == "Away from it: none yet"
    assert section.state.text() == "only on this computer"
    assert not section.stick.isEnabled()
    assert section.forget.isHidden()
    assert backups_told(desk.backups) == "only on this computer"


def test_one_click_makes_a_copy_here_and_in_the_other_folder(
    desk: Desk, open_section: Open, stick: Path, qtbot: QtBot
) -> None:
    section = open_section()
    section.take_folder(str(stick))
    assert read_settings().backup_folder == str(stick)
    assert section.folder.value() == str(stick)
    section.now.setFocus()
    with qtbot.waitSignal(section.made):
        section.now.click()
        section.now.click()  # one is being made
    assert section.now.hasFocus()
    assert len(desk.backups.copies()) == len(desk.backups.copies(stick)) == 1
    assert section.here.text() == "On this computer: 23 November 2026, 09:41"
    assert section.away.text() == f"Away from it: 23 November 2026, 09:41 · {stick}"
    assert section.state.text() == "safe"
    section.forget.click()
    assert read_settings().backup_folder == ""


def test_a_copy_that_fails_is_told(
    open_section: Open, tmp_path: Path, errors: list[str], qtbot: QtBot
) -> None:
    section = open_section()
    (tmp_path / "file").write_text("x")
    change_settings(backup_folder=str(tmp_path / "file"))
    with qtbot.waitSignal(section.made):
        section.now.click()
    assert errors == ["backup_failed"]
    assert section.now.isEnabled()


def test_how_old_the_last_one_is(
    desk: Desk, open_section: Open, stick: Path, fixed_clock: FixedClock
) -> None:
    desk.backups.make(stick)
    section = open_section()
    for days, told in ((8, "older than 7 days"), (7, "older than 14 days")):
        fixed_clock.moment += timedelta(days=days)
        section.refresh()
        assert section.state.text() == told


def test_a_folder_is_chosen_in_the_system_s_own_dialog(
    open_section: Open, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    section = open_section()
    answers = iter(["", str(stick)])
    monkeypatch.setattr(
        section_module.QFileDialog, "getExistingDirectory", lambda *_: next(answers)
    )
    section.choose.click()
    assert section.folder.value() == ""
    section.choose.click()
    assert section.folder.value() == str(stick)


def test_settings_that_cannot_be_kept_are_told(
    open_section: Open, errors: list[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    section = open_section()
    (tmp_path / "file").write_text("x")
    monkeypatch.setenv("PERPUDESK_SETTINGS", str(tmp_path / "file"))
    section.take_folder("/somewhere")
    assert errors == ["settings_not_kept"]


class TestSheet:
    def test_it_counts_once_a_word_was_typed(
        self, desk: Desk, open_section: Open, qtbot: QtBot
    ) -> None:
        section = open_section()
        section.sheet.click()
        making = section._making
        assert making is not None
        qtbot.waitUntil(lambda: making.paper._data is not None)
        making.paper.reject()
        assert desk.backups.public_key() is None
        asked = making.asked
        assert asked is not None
        asked.form.fill(word="salah")
        asked.save.click()
        assert "That is not word" in asked.form.field("word").error()
        asked.form.fill(word=f" {making.words[making._place - 1].upper()} ")
        with qtbot.waitSignal(making.kept):
            asked.save.click()
        assert desk.backups.public_key() is not None
        assert section.stick.isEnabled()
        assert section.sheet.text() == "A new sheet…"

    def test_a_sheet_that_nobody_printed_is_none(
        self, desk: Desk, open_section: Open, qtbot: QtBot
    ) -> None:
        section = open_section()
        section.sheet.click()
        making = section._making
        assert making is not None
        qtbot.waitUntil(lambda: making.paper._data is not None)
        making.paper.reject()
        assert making.asked is not None
        making.asked.reject()
        assert desk.backups.public_key() is None

    def test_a_new_one_is_asked_about(
        self, keyed: Desk, open_section: Open, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        asked: list[str] = []

        def no(_widget: object, question: str, **_: str) -> bool:
            asked.append(question)
            return False

        monkeypatch.setattr(section_module, "confirm", no)
        open_section().sheet.click()
        assert asked == ["Is a new sheet to take the place of the old one?"]
        assert keyed.backups.is_key(KEY)


class TestStick:
    def menu(self, section: BackupsSection, qtbot: QtBot) -> QMenu:
        section.stick.click()
        qtbot.waitUntil(lambda: bool(section.findChildren(QMenu)))
        return section.findChildren(QMenu)[0]

    def test_one_is_named_and_gets_a_copy(
        self,
        keyed: Desk,
        open_section: Open,
        volumes: list[Volume],
        stick: Path,
        qtbot: QtBot,
    ) -> None:
        volumes.append(Volume(name="KINGSTON & Co", root=stick))
        section = open_section()
        menu = self.menu(section, qtbot)
        (entry,) = menu.actions()
        assert entry.text() == f"KINGSTON && Co ({stick})"
        with qtbot.waitSignal(section.made):
            entry.trigger()
        (copy,) = keyed.backups.copies(stick / "PerpuDesk")
        assert copy.sealed
        menu.close()

    def test_none_is_told(self, keyed: Desk, open_section: Open, qtbot: QtBot) -> None:
        assert keyed.backups.public_key() is not None
        menu = self.menu(open_section(), qtbot)
        assert [entry.text() for entry in menu.actions()] == ["No stick is plugged in."]
        menu.close()

    def test_one_that_takes_nothing_is_told(
        self, open_section: Open, stick: Path, errors: list[str]
    ) -> None:
        (stick / "PerpuDesk").write_text("in the way")
        open_section().name(stick)
        assert errors == ["backup_failed"]


def test_putting_back_is_asked_for(desk: Desk, open_section: Open, qtbot: QtBot) -> None:
    desk.backups.make()
    section = open_section()
    section.back.click()
    (dialog,) = section.window().findChildren(RestoreDialog)
    qtbot.waitUntil(lambda: dialog.table.rows.rowCount() == 1)
    with qtbot.waitSignal(section.restore_asked) as asked:
        dialog.look(desk.backups.copies()[0].path)
        qtbot.waitUntil(dialog.restore.isEnabled)
        dialog.restore.click()
    assert asked.args is not None
    assert asked.args[0].path == desk.backups.copies()[0].path
