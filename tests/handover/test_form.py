"""The papers for whoever comes next, before they are printed."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from perpudesk.attendance.framing import House, house_of
from perpudesk.core import i18n
from perpudesk.desk import Desk
from perpudesk.handover.form import guide_dialog, handover_dialog
from perpudesk.ui import theme
from perpudesk.ui.files import FileDialog
from tests.ui.accessibility import assert_accessible, texts_fit
from tests.ui.windows import shown

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support ", extend=True)
HOUSE = House(library="Perpustakaan Uji")


@pytest.fixture
def window(qtbot: QtBot, qapp: QApplication) -> QWidget:
    i18n.use("en")
    theme.apply(qapp)
    return shown(qtbot, QWidget(), (1000, 700))


def test_the_guide_is_looked_at_and_saved(
    qtbot: QtBot, window: QWidget, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "guide.pdf"
    monkeypatch.setattr(FileDialog, "ask", lambda _dialog: path)
    dialog = guide_dialog(HOUSE, over=window)
    dialog.open()
    assert dialog.windowTitle() == "Quick guide"
    qtbot.waitUntil(lambda: dialog.preview.page_count() == 2)
    assert_accessible(dialog)
    qtbot.waitUntil(lambda: texts_fit(dialog) == [])
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    qtbot.keyClick(dialog, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert path.read_bytes().startswith(b"%PDF")
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_the_handover_sheet_is_looked_at(qtbot: QtBot, window: QWidget, desk: Desk) -> None:
    dialog = handover_dialog(house_of(desk.branch), desk.handover.now(), over=window)
    dialog.open()
    assert dialog.windowTitle() == "Handover sheet"
    qtbot.waitUntil(lambda: dialog.preview.page_count() > 0)
    assert_accessible(dialog)
    qtbot.waitUntil(lambda: texts_fit(dialog) == [])
    dialog.reject()
