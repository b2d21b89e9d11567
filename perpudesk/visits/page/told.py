"""What the desk says in toasts, never more of them than can be read."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QElapsedTimer, QObject, QTimer
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from perpudesk.core.i18n import tr
from perpudesk.ui.toasts import Toast, toast

APART_MS = 900
"""Toasts of taps come no closer together."""
LATER_MS = 60
"""The counter is painted first; the toast of the first tap would have to be loaded before it."""


class DeskToasts(QObject):
    """One toast at a time; taps that come fast are told by the last of them."""

    def __init__(self, page: QWidget, undo: Callable[[], object]) -> None:
        super().__init__(page)
        self._page, self._undo = page, undo
        self._text = ""
        self._shown: Toast | None = None
        self._since = QElapsedTimer()
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._on_time)

    def done(self, text: str) -> None:
        """Say that something is on the disk, with the way back; soon, and not for every tap."""
        self._text = text
        if not self._timer.isActive():
            wait = APART_MS - self._since.elapsed() if self._since.isValid() else 0
            self._timer.start(max(LATER_MS, wait))

    def say(
        self, text: str, action: str = "", slot: Callable[[], object] | None = None, key: str = ""
    ) -> None:
        """Say something now; whatever was said before goes."""
        self.clear()
        self._shown = toast(self._page, text, action=action, slot=slot, key=key)
        self._since.start()

    def clear(self) -> None:
        """Take the toast away, and the one that was to come."""
        self._timer.stop()
        if self._shown is not None and isValid(self._shown) and isValid(self._page.window()):
            self._shown.leave()
        self._shown = None

    def _on_time(self) -> None:
        self.say(self._text, tr("Undo"), self._undo, "Ctrl+Z")
