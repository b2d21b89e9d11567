"""How large a window over the window is: as what is in it, and never more than the screen."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget

FRAME = QSize(12, 44)
"""Px that the desktop may put around a window, above it most of all."""


def room_for(window: QWidget) -> QSize:
    """The most that `window` may be in px, so that its frame too is on its screen."""
    return window.screen().availableGeometry().size() - FRAME


def fit(window: QWidget, wide: int, tall: int) -> None:
    """Make `window` so many px large as far as there is room, and keep it in view."""
    window.resize(QSize(wide, tall).boundedTo(room_for(window)))
    if not window.isVisible():
        return  # Qt places it over its parent, in view, when it is shown
    screen, frame = window.screen().availableGeometry(), window.frameGeometry()
    beyond = frame.bottomRight() - screen.bottomRight()
    if beyond.x() > 0 or beyond.y() > 0:
        left = max(screen.left(), frame.left() - max(0, beyond.x()))
        window.move(left, max(screen.top(), frame.top() - max(0, beyond.y())))
