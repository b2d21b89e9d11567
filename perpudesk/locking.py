"""The lock while the window lives: at the start, by its key, and after idle minutes."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication

from perpudesk.core.errors import PerpuDeskError

if TYPE_CHECKING:
    from perpudesk.access.form.lock import LockScreen
    from perpudesk.desk import Desk
    from perpudesk.main_window import MainWindow

_LOOK_MS = 5_000
_USE = {
    QEvent.Type.KeyPress,
    QEvent.Type.MouseButtonPress,
    QEvent.Type.Wheel,
    QEvent.Type.TouchBegin,
}


class Locking(QObject):
    """Locks the window that `over` gives, where the branch uses a lock."""

    unlocked = Signal()
    """Somebody is at the desk again, perhaps somebody else."""

    def __init__(self, desk: Desk, over: Callable[[], MainWindow], parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._over = desk, over
        self.screen: LockScreen | None = None
        self._watching = False
        self._used_at = time.monotonic()
        self._timer = QTimer(self, interval=_LOOK_MS)
        self._timer.timeout.connect(self.look)

    def begin(self) -> None:
        """Lock now, as at every start; nothing where no admin has a PIN."""
        self._timer.start()
        self._watch()
        self.lock()

    def _watch(self) -> None:
        """See every key and click, but only where there is a lock: it costs each of them a bit."""
        app = QApplication.instance()
        if app is not None and not self._watching and self._desk.access.in_use():
            self._watching = True
            app.installEventFilter(self)

    def stop(self) -> None:
        """Lock no more; the program ends, or its records are opened anew."""
        self._timer.stop()
        app = QApplication.instance()
        if app is not None and self._watching:
            app.removeEventFilter(self)
        self._watching = False
        if self.screen is not None:
            self.screen.leave()
            self.screen = None

    def lock(self) -> None:
        """Stand before every window until somebody types their PIN."""
        if self.screen is not None or not self._desk.access.in_use():
            return
        from perpudesk.access.form.lock import LockScreen

        self.screen = LockScreen(self._desk.access, parent=self._over())
        self.screen.unlocked.connect(self._on_unlocked)
        self.screen.open()

    def look(self) -> None:
        """Lock where nobody touched anything for long enough."""
        if self.screen is not None:
            return
        try:
            minutes = self._desk.access.minutes()
        except PerpuDeskError:
            return  # a disk that refuses: pages say so
        self._watch()
        if minutes and time.monotonic() - self._used_at >= minutes * 60:
            self.lock()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _USE:
            self._used_at = time.monotonic()
        return False

    def _on_unlocked(self) -> None:
        self.screen = None
        self._used_at = time.monotonic()
        self.unlocked.emit()
