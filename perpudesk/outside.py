"""What reaches the running window from outside: a second start, and the system's wish to stop."""

from __future__ import annotations

import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QFileSystemWatcher, QObject, QSocketNotifier, Signal

from perpudesk.core import i18n

if TYPE_CHECKING:
    import socket

_RAISE = "raise"
"""A second start touches this file in the data folder; the first window comes to the front."""


def call_first_window(folder: Path) -> bool:
    """Ask the window that has `folder` to come to the front; False where none listens."""
    if not (folder / _RAISE).exists():
        return False
    (folder / _RAISE).write_text(str(time.time_ns()), "ascii")
    return True


def start_another(folder: object) -> None:
    """Start the program once more, on the `folder` given: the records here stay open."""
    from PySide6.QtCore import QProcess

    program, words = sys.executable, ["-m", "perpudesk"]
    if getattr(sys, "frozen", False):
        words = []
    QProcess.startDetached(program, [*words, "--data", str(folder), "--lang", i18n.language()])


class Outside(QObject):
    """Listens from `listen` on, and for the system's signals from `heed_signals` on."""

    raise_asked = Signal()
    """The program was started a second time."""
    stop_asked = Signal()
    """The system shuts down, or somebody pressed Ctrl+C where the program was started."""

    def __init__(self, folder: Path, parent: QObject) -> None:
        super().__init__(parent)
        self._mark = folder / _RAISE
        self._watcher: QFileSystemWatcher | None = None
        self._ends: tuple[socket.socket, ...] = ()

    def listen(self) -> None:
        """Hear a second start."""
        self._mark.touch()
        self._watcher = QFileSystemWatcher([str(self._mark)], self)
        self._watcher.fileChanged.connect(self.raise_asked)

    def heed_signals(self) -> None:
        """Stop clean when the system shuts down; Qt alone would not let Python hear of it."""
        if sys.platform == "win32":
            return
        import signal
        import socket

        self._ends = ours, theirs = socket.socketpair()
        theirs.setblocking(False)
        signal.set_wakeup_fd(theirs.fileno())
        self._heard = QSocketNotifier(ours.fileno(), QSocketNotifier.Type.Read, self)
        self._heard.activated.connect(self._on_signal)
        for each in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(each, lambda *_: None)

    def close(self) -> None:
        """What stops the program is under way: a second start or signal may do as it likes."""
        if self._watcher is not None:
            self._watcher.fileChanged.disconnect(self.raise_asked)
            self._watcher = None
            with suppress(OSError):
                self._mark.unlink()
        if self._ends:
            import signal

            self._heard.setEnabled(False)
            signal.set_wakeup_fd(-1)
            for end in self._ends:
                end.close()
            self._ends = ()

    def _on_signal(self) -> None:
        self._ends[0].recv(1)
        self.stop_asked.emit()
