"""How a person fills in a field: goes there, types, leaves."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from perpudesk.branch.form.live import LiveForm


def shown(qtbot: QtBot, widget: QWidget, size: tuple[int, int] = (1100, 640)) -> None:
    """Show `widget` in front and wait until it can be typed in."""
    qtbot.addWidget(widget)
    widget.resize(*size)
    widget.show()
    qtbot.waitUntil(widget.isActiveWindow)


def field(form: LiveForm, name: str) -> Any:
    """The input called `name`."""
    return form.field(name).widget


def fill(qtbot: QtBot, box: QWidget, text: str, *, leave: int = Qt.Key.Key_Tab) -> None:
    """Type `text` in place of what is there, and leave by Tab or another key."""
    box.setFocus()
    qtbot.keyClick(box, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(box, Qt.Key.Key_Delete)
    qtbot.keyClicks(box, text)
    qtbot.keyClick(QApplication.focusWidget() or box, leave)
