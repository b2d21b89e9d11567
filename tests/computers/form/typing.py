"""How a person fills in a form of this room."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from perpudesk.ui.forms import Form


def field(form: Form, name: str) -> Any:
    """The input called `name`, or the line in it."""
    widget = form.field(name).widget
    return getattr(widget, "box", widget)


def fill(qtbot: QtBot, form: Form, **texts: str) -> None:
    """Type these in place of what stands in the fields."""
    for name, text in texts.items():
        box = field(form, name)
        box.setFocus()
        box.selectAll()
        qtbot.keyClick(box, Qt.Key.Key_Delete)
        qtbot.keyClicks(box, text)


def press(qtbot: QtBot, widget: QWidget, key: Qt.Key, held: str = "No") -> None:
    """Press a key where the focus is, else at `widget`."""
    modifier = getattr(Qt.KeyboardModifier, f"{held}Modifier")
    qtbot.keyClick(QApplication.focusWidget() or widget, key, modifier)
