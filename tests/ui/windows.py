"""Putting a widget where keys and clicks reach it."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

Shown = TypeVar("Shown", bound=QWidget)


def shown(qtbot: QtBot, widget: Shown, size: tuple[int, int] | None = None) -> Shown:
    """`widget` as an active window of this size, the focus in it; closed after the test."""
    qtbot.addWidget(widget)
    if size:
        widget.resize(*size)
    widget.show()
    widget.activateWindow()
    qtbot.waitUntil(widget.isActiveWindow)
    widget.setFocus()
    return widget
