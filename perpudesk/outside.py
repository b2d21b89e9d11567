"""What reaches the running window from outside: a second start, and the system's wish to stop."""

from __future__ import annotations

import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QEventLoop,
    QFileSystemWatcher,
    QObject,
    QSocketNotifier,
    QTimer,
    Signal,
)

from perpudesk.core import i18n

if TYPE_CHECKING:
    import socket

_RAISE = "perpudesk.raise"
"""A second start writes into this file in the data folder; the first window comes to the front and
empties it."""
_WAIT_MS = 3_000
"""So long a window that is just starting may take to answer."""
_ASK_MS = 50


def call_first_window(folder: Path) -> bool:
    """Ask the window that has `folder` to come to the front; False where none answers."""
    mark = folder / _RAISE
    try:
        mark.write_text(str(time.time_ns()), "ascii")
    except OSError:
        return False
    if _is_answered(mark):
        return True
    with suppress(OSError):
        mark.unlink()  # a command has the folder, or a window that hangs
    return False


def _is_answered(mark: Path) -> bool:
    """Wait until `mark` was emptied; in an event loop, as a process that waits must still paint."""
    loop = QEventLoop()
    ask, end = QTimer(interval=_ASK_MS), QTimer(singleShot=True, interval=_WAIT_MS)
    ask.timeout.connect(lambda: None if _is_asking(mark) else loop.quit())
    end.timeout.connect(loop.quit)
    ask.start()
    end.start()
    loop.exec()
    return mark.exists() and not _is_asking(mark)


def _is_asking(mark: Path) -> bool:
    """Whether a second start waits for an answer."""
    try:
        return mark.stat().st_size > 0
    except OSError:
        return False


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
        """Hear a second start, also one that asks already."""
        try:
            self._mark.touch()
        except OSError:  # something else has the name: then a second start says it in a box
            return
        self._watcher = QFileSystemWatcher([str(self._mark)], self)
        self._watcher.fileChanged.connect(self._on_changed)
        self._on_changed()

    def heed_signals(self) -> None:
        """Stop clean when the system shuts down; Qt alone would not let Python hear of it.

        Again it changes nothing: what is listened to may not be closed.
        """
        if sys.platform == "win32" or self._ends:
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
            self._watcher.fileChanged.disconnect(self._on_changed)
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

    def _on_changed(self) -> None:
        if _is_asking(self._mark):
            with suppress(OSError):
                self._mark.write_bytes(b"")
            self.raise_asked.emit()

    def _on_signal(self) -> None:
        self._ends[0].recv(1)
        self.stop_asked.emit()
