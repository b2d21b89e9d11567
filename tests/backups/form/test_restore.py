"""Choosing a copy: what is in it and what would be lost is read before anything is asked."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from perpudesk.backups.form import restore as module
from perpudesk.backups.form.restore import RestoreDialog, Wanted
from perpudesk.backups.model import Why
from perpudesk.backups.words import words_of
from perpudesk.core.settings import change_settings
from perpudesk.core.times import FixedClock
from perpudesk.desk import Desk
from perpudesk.ui import background
from perpudesk.ui.volumes import Volume
from tests.backups.conftest import KEY
from tests.backups.test_restoring import other_branch
from tests.db.work import WALK_IN

Open = Callable[[], RestoreDialog]
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support ", extend=True)


@pytest.fixture(autouse=True)
def volumes(monkeypatch: pytest.MonkeyPatch) -> list[Volume]:
    """What is plugged in."""
    found: list[Volume] = []
    monkeypatch.setattr(module, "plugged_in", lambda: list(found))
    return found


@pytest.fixture
def open_dialog(desk: Desk, qtbot: QtBot) -> Iterator[Open]:
    """The dialog over a window, when it has looked for copies."""
    from PySide6.QtWidgets import QWidget

    window = QWidget()
    window.resize(900, 700)
    qtbot.addWidget(window)
    window.show()

    def opened() -> RestoreDialog:
        dialog = RestoreDialog(desk.backups, parent=window)
        found: list[bool] = []
        dialog.table.rows.modelReset.connect(lambda: found.append(True))
        assert not dialog.restore.isEnabled()  # nothing was looked at
        dialog.open()
        qtbot.waitUntil(lambda: bool(found))
        return dialog

    yield opened
    background.finish()  # what is read is read before the desk closes


def looked(dialog: RestoreDialog, path: Path, qtbot: QtBot) -> None:
    dialog.look(path)
    qtbot.waitUntil(lambda: dialog._looked is not None)


def test_the_newest_of_every_place_is_first(
    keyed: Desk,
    open_dialog: Open,
    volumes: list[Volume],
    stick: Path,
    tmp_path: Path,
) -> None:
    keyed.backups.make()
    keyed.backups.make(stick / "PerpuDesk", sealed=True)
    keyed.backups.make(tmp_path / "other")
    volumes.append(Volume(name="KINGSTON", root=stick))
    change_settings(backup_folder=str(tmp_path / "other"))
    rows = open_dialog().table.rows
    told = [[column.text(rows.row(at)) for column in rows.columns] for at in range(3)]
    assert {line[2] for line in told} == {
        str(keyed.backups.own_folder),
        str(stick / "PerpuDesk"),
        str(tmp_path / "other"),
    }
    assert {line[0] for line in told} == {"23 November 2026, 09:41"}
    assert {line[1] for line in told} == {"by itself"}
    assert all(line[3].endswith(" MB") for line in told)
    assert sorted(line[4] for line in told) == ["not sealed", "not sealed", "sealed"]


def test_what_would_be_lost_is_read_first(desk: Desk, open_dialog: Open, qtbot: QtBot) -> None:
    desk.backups.make()
    desk.visits.record(WALK_IN)
    dialog = open_dialog()
    qtbot.waitUntil(dialog.restore.isEnabled)
    assert dialog.facts.text() == "Perpustakaan Uji, until 23 November 2026"
    assert "visit records" in dialog.counts.text()
    assert dialog.lost.text() == "Made or changed here since, and not in it: 1 visit record."
    assert dialog.form.field("words").isHidden()
    assert dialog.form.field("other").isHidden()
    with qtbot.waitSignal(dialog.wanted) as wanted:
        dialog.restore.click()
    path = desk.backups.copies()[0].path
    assert wanted.args == [Wanted(path=path, key=None, other_branch=False)]
    assert not dialog.isVisible()


def test_a_sealed_one_asks_for_the_words(
    keyed: Desk, open_dialog: Open, stick: Path, qtbot: QtBot
) -> None:
    path = keyed.backups.make(stick, sealed=True).path
    dialog = open_dialog()
    looked(dialog, path, qtbot)
    field = dialog.form.field("words")
    assert field.isVisible()
    dialog.restore.click()
    assert "These are 0 words" in field.error()
    dialog.form.fill(words=" ".join(words_of(bytes(32))))
    dialog.restore.click()
    qtbot.waitUntil(lambda: "another recovery sheet" in field.error())
    assert field.widget.hasFocus()
    dialog.form.fill(words=" ".join(words_of(KEY)))
    with qtbot.waitSignal(dialog.wanted) as wanted:
        qtbot.keyClick(field.widget, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert wanted.args == [Wanted(path=path, key=KEY, other_branch=False)]


def test_what_somebody_chose_stays_chosen(
    desk: Desk, open_dialog: Open, fixed_clock: FixedClock, qtbot: QtBot
) -> None:
    older = desk.backups.make(why=Why.ASKED).path
    fixed_clock.advance(minutes=1)
    newer = desk.backups.make(why=Why.RESTORE).path
    dialog = open_dialog()
    qtbot.waitUntil(dialog.restore.isEnabled)
    assert dialog._path == newer
    qtbot.keyClick(dialog.table, Qt.Key.Key_Down)
    qtbot.waitUntil(dialog.restore.isEnabled)
    assert dialog._path == older
    with qtbot.waitSignal(dialog.table.rows.modelReset):
        dialog.again.click()
    assert dialog._path == older
    assert dialog.table.current_row().path == older


def test_another_library_s_is_meant_or_is_not(
    desk: Desk, open_dialog: Open, tmp_path: Path, fixed_clock: FixedClock, qtbot: QtBot
) -> None:
    assert desk.is_set_up()
    path = other_branch(tmp_path / "other", fixed_clock)
    dialog = open_dialog()
    looked(dialog, path, qtbot)
    assert dialog.lost.text() == "These are the records of another library."
    dialog.restore.click()
    assert "Tick this" in dialog.form.field("other").error()
    dialog.form.fill(other=True)
    with qtbot.waitSignal(dialog.wanted) as wanted:
        dialog.restore.click()
    assert wanted.args == [Wanted(path=path, key=None, other_branch=True)]


@pytest.mark.parametrize("name", ["foto.jpg", "perpudesk.db", "copy.db"])
def test_what_is_no_copy_is_told(
    desk: Desk, folder: Path, open_dialog: Open, qtbot: QtBot, name: str
) -> None:
    (folder / "foto.jpg").write_bytes(b"\xff\xd8")
    (folder / "copy.db").write_bytes(desk.backups.make().path.read_bytes()[:9_000])
    dialog = open_dialog()
    looked(dialog, folder / name, qtbot)
    assert not dialog.restore.isEnabled()
    assert dialog.lost.isVisible()
    assert str(folder / name) in dialog.lost.text()
    desk.visits.record(WALK_IN)  # the store was not opened twice, or this would be lost


def test_a_copy_that_goes_bad_meanwhile_is_told(
    desk: Desk, open_dialog: Open, qtbot: QtBot
) -> None:
    path = desk.backups.make().path
    dialog = open_dialog()
    looked(dialog, path, qtbot)
    turn, before = dialog._turn, dialog._looked
    assert before is not None
    path.unlink()
    dialog.restore.click()
    qtbot.waitUntil(lambda: "is not a backup" in dialog.lost.text())
    dialog._on_read(turn, before)  # what was read before comes too late to be told
    assert "is not a backup" in dialog.lost.text()
    assert dialog.isVisible()


def test_another_file_is_chosen(
    desk: Desk, open_dialog: Open, stick: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = desk.backups.make(stick).path
    dialog = open_dialog()
    answers = iter([None, path])
    monkeypatch.setattr(module.FileDialog, "ask", lambda _self: next(answers))
    dialog.other.click()
    assert dialog._path is None
    dialog.other.click()
    qtbot.waitUntil(dialog.restore.isEnabled)
    assert dialog._path == path


def test_of_two_the_one_looked_at_last_counts(desk: Desk, open_dialog: Open, qtbot: QtBot) -> None:
    paths = [desk.backups.make().path for _ in range(2)]
    dialog = open_dialog()
    for path in paths:
        dialog.look(path)
    qtbot.waitUntil(dialog.restore.isEnabled)
    assert dialog._looked is not None
    assert dialog._looked.path == paths[-1]
