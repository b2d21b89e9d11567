from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from perpudesk.ui.keys_sheet import KeysSheet
from perpudesk.ui.page import KeyUse
from tests.ui.accessibility import assert_accessible, texts_fit
from tests.ui.windows import shown

SECTIONS = (
    ("Meja Depan", [KeyUse(keys="Ctrl+G", text="Rombongan"), KeyUse(keys="/", text="Cari")]),
    ("Kosong", []),
    ("Di mana saja", [KeyUse(keys=f"F{n}", text=f"Halaman {n}") for n in range(1, 30)]),
)


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    made = QWidget()
    QLineEdit(made)
    return shown(qtbot, made, (700, 400))


def test_sheet_lists_the_keys_within_the_window(window: QWidget) -> None:
    sheet = KeysSheet(window, SECTIONS)
    sheet.show()
    words = {label.text() for label in sheet.findChildren(QLabel)}
    assert {"Meja Depan", "Ctrl+G", "Rombongan", "/", "Di mana saja", "F29"} <= words
    assert "Kosong" not in words
    assert sheet.height() <= window.height()
    assert_accessible(sheet)
    assert texts_fit(sheet) == []
    sheet.accept()


@pytest.mark.parametrize(
    "key,control,open_after",
    [
        (Qt.Key.Key_Escape, False, False),
        (Qt.Key.Key_Slash, True, False),
        (Qt.Key.Key_Return, False, False),
        (Qt.Key.Key_Slash, False, True),
    ],
)
def test_sheet_goes_and_the_focus_comes_back(
    qtbot: QtBot, window: QWidget, key: Qt.Key, control: bool, open_after: bool
) -> None:
    line = window.findChild(QLineEdit)
    line.setFocus()
    sheet = KeysSheet(window, SECTIONS)
    sheet.open()
    held = Qt.KeyboardModifier.ControlModifier if control else Qt.KeyboardModifier.NoModifier
    qtbot.keyClick(sheet.focusWidget(), key, held)
    assert sheet.isVisible() == open_after
    sheet.close()
    window.activateWindow()
    qtbot.waitUntil(line.hasFocus)
