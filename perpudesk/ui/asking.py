"""A question over the window, from whatever thread it comes up on."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt, QThread, Signal
from PySide6.QtWidgets import QApplication, QWidget

from perpudesk.ui.messages import confirm


@dataclass(slots=True)
class _Asking:
    """A question on its way, and what was answered."""

    text: str
    answer: bool = False


class Asker(QObject):
    """Asks yes or no over a window; a worker waits until somebody has answered."""

    _asked = Signal(object)

    def __init__(self, window: QWidget, action: str) -> None:
        """`action` is what the button for yes says."""
        super().__init__(window)
        self._window, self._action = window, action
        self._asked.connect(self._on_asked, Qt.ConnectionType.BlockingQueuedConnection)

    def ask(self, question: str) -> bool:
        """Whether to do it; no where there is no window any more."""
        asking = _Asking(question)
        if QThread.currentThread() is self.thread():
            self._on_asked(asking)
        elif self._window.isVisible():
            self._asked.emit(asking)
        return asking.answer

    def _on_asked(self, asking: _Asking) -> None:
        over = QApplication.activeModalWidget() or self._window
        asking.answer = confirm(over, asking.text, action=self._action)
