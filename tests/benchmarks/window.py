"""A window of ours, driven from inside the process that shows it.

What is imported here at the top is what the program's own first paint needs, and nothing more.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication

import perpudesk.app
from perpudesk.main_window import MainWindow

if TYPE_CHECKING:
    from perpudesk.visits.page import VisitsPage

KEY = "1"


class Paints(QObject):
    """Counts how often a widget was painted."""

    def __init__(self, widget: QObject) -> None:
        super().__init__(widget)
        self.seen = 0
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.seen += event.type() == QEvent.Type.Paint
        return False


def in_window(folder: Path, work: Callable[[MainWindow], object]) -> None:
    """Start the program on `folder`; do `work` when its desk is ready, then close it."""
    mark = perpudesk.app._mark

    def on_mark(name: str) -> None:
        mark(name)
        if name == "ready":
            QTimer.singleShot(0, do)

    def do() -> None:
        found = (each for each in QApplication.topLevelWidgets() if isinstance(each, MainWindow))
        window = next(found)
        work(window)
        window.close()

    perpudesk.app._mark = on_mark
    status = perpudesk.app.run(["--data", str(folder)])
    assert status == 0, status


class Tapper:
    """Taps one cell of the desk."""

    def __init__(self, page: VisitsPage) -> None:
        """Tap on this page."""
        self._page = page
        cell = next(each for each in page.board.grid._cells() if each.key == KEY)
        self._paints = Paints(cell)

    def tap(self) -> float:
        """Seconds from a tap, when the scan gap is over, until its counter is painted."""
        before, begin = self._paints.seen, time.perf_counter()
        self._page.keys.tapped.emit(KEY)
        while self._paints.seen == before:
            QApplication.processEvents()
        return time.perf_counter() - begin


def first_tap(folder: str) -> None:
    """Start, tap once, say when it was taken, leave."""

    def work(window: MainWindow) -> None:
        Tapper(window.page("desk")).tap()
        perpudesk.app.say(f"tapped {time.monotonic():.6f}")

    in_window(Path(folder), work)


if __name__ == "__main__":
    first_tap(*sys.argv[1:])
