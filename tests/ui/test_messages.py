from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from perpudesk.core.errors import FileError, Problem
from perpudesk.ui import messages
from perpudesk.ui.messages import CrashBox, MessageBox, confirm, show_error
from tests.ui.accessibility import assert_accessible, texts_fit
from tests.ui.windows import shown

NO_ROWS = Problem("no_rows", "“{path}” has no rows. Choose another file.")


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    return shown(qtbot, QWidget(), (800, 500))


def soon(act: Callable[[MessageBox], None]) -> None:
    """Do `act` with the box that is about to open, which stops everything else."""

    def act_on_box() -> None:
        box = QApplication.activeModalWidget()
        assert isinstance(box, MessageBox)
        assert_accessible(box)
        assert texts_fit(box) == []
        act(box)

    QTimer.singleShot(0, act_on_box)


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_Space])
def test_what_cannot_come_back_needs_more_than_a_key(
    qtbot: QtBot, window: QWidget, key: Qt.Key
) -> None:
    soon(lambda box: qtbot.keyClick(box.focusWidget() or box, key))
    assert not confirm(window, "Hapus nama?", action="Hapus", detail="Tidak bisa kembali.")


def test_confirming_is_pressing_its_button(qtbot: QtBot, window: QWidget) -> None:
    def press(box: MessageBox) -> None:
        button = next(b for b in box.buttons if b.label() == "Hapus")
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)

    soon(press)
    assert confirm(window, "Hapus nama <b>Siti</b>?", action="Hapus")


def test_error_is_said_in_its_own_sentence(qtbot: QtBot, window: QWidget) -> None:
    seen: list[str] = []

    def read(box: MessageBox) -> None:
        seen.append(box.accessibleName())
        qtbot.keyClick(box, Qt.Key.Key_Return)

    soon(read)
    show_error(window, FileError(NO_ROWS, path="a.csv"))
    soon(read)
    show_error(None, FileError(NO_ROWS, path="b.csv"))
    assert seen == [f"“{name}.csv” has no rows. Choose another file." for name in "ab"]


def test_crash_offers_details_going_on_and_leaving(qtbot: QtBot, window: QWidget) -> None:
    box = CrashBox(window, "Traceback: <b>KeyError</b>")
    soon(lambda own: own.buttons[0].click())
    assert box.exec() == CrashBox.QUIT
    box.copy.click()
    assert QGuiApplication.clipboard().text() == "Traceback: <b>KeyError</b>"
    assert box.copy.label() == "Copied"
    soon(lambda own: own.buttons[1].click())
    assert box.exec() == CrashBox.CONTINUE
    soon(lambda own: qtbot.keyClick(own, Qt.Key.Key_Escape))
    assert box.exec() == CrashBox.CONTINUE


def test_a_report_is_saved_where_somebody_says(
    window: QWidget, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = iter([None, tmp_path / "laporan.txt", tmp_path / "none" / "laporan.txt"])
    monkeypatch.setattr("perpudesk.ui.files.FileDialog.ask", lambda _self: next(answers))
    shown: list[str] = []
    monkeypatch.setattr(messages, "show_error", lambda _w, error: shown.append(error.code))
    box = CrashBox(window, "KeyError", report=lambda: "KeyError\nversions")
    assert not box.save.isHidden()
    box.save.click()
    assert list(tmp_path.iterdir()) == []
    box.save.click()
    assert (tmp_path / "laporan.txt").read_text("utf-8") == "KeyError\nversions"
    box.save.click()
    assert shown == ["no_folder"]
    assert CrashBox(window, "KeyError").save.isHidden()
    box.deleteLater()
