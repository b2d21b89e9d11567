"""The board of sixty computers: what a tick costs, and what an idle window."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication, QMainWindow

from perpudesk.computers.model import SessionDraft
from perpudesk.computers.page import ComputersPage
from perpudesk.core.times import FixedClock
from perpudesk.desk import Desk, founded
from perpudesk.ui import theme
from tests.benchmarks.bench import Row, rss, tell, timed

TILES, TICKS = 60, 10_000
IDLE = 60


def busy(desk: Desk, clock: FixedClock) -> None:
    """Somebody at every computer, each since another moment."""
    desk.branch.set_up(name="Perpustakaan Uji", zone="WIB")
    for place in desk.workstations.add_many(TILES):
        clock.advance(seconds=17)
        desk.computers.start(SessionDraft(workstation_id=place.id, limit=60))


def board(desk: Desk, now: Callable[[], datetime]) -> tuple[QMainWindow, ComputersPage]:
    """The page in a window of the size of a donated PC's screen."""
    page = ComputersPage(
        desk.computers,
        desk.workstations,
        desk.recovery,
        desk.patrons,
        desk.branch,
        queue=desk.queue,
        reservations=desk.reservations.of_day,
        undo=desk.undo,
        redo=desk.redo,
        now=now,
        scan_gap_ms=35,
    )
    window = QMainWindow()
    window.setCentralWidget(page)
    window.resize(1166, 768)
    window.show()
    settle()
    return window, page


def settle() -> None:
    """Paint what is to be painted."""
    for _ in range(5):
        QApplication.processEvents()


def ticking(page: ComputersPage, clock: FixedClock) -> list[Row]:
    """A tick of a second, one that changes every tile, and many of them."""

    def tick(seconds: int) -> float:
        clock.advance(seconds=seconds)
        return timed(lambda: (page._tick(), QApplication.processEvents()))

    seconds = [tick(1) for _ in range(400)]
    minutes = [tick(60) for _ in range(60)]
    before = rss()
    for _ in range(TICKS):
        tick(7)
    return [
        Row(
            what=f"A tick over {TILES} tiles, painted",
            value=median(minutes) * 1e3,
            bar=5,
            unit="ms",
            ours=f"one of a second {median(seconds) * 1e3:.2g} ms",
            how="`ComputersPage._tick` and the paint it asks for, a minute on: every tile says "
            "something else; median of 60",
        ),
        Row(
            what=f"Memory after {TICKS:,} ticks",
            value=rss() - before,
            bar=5,
            unit="MB",
            how="RSS added by them, each painted",
        ),
    ]


def idling() -> Row:
    """What the window asks of a core while nobody touches it."""
    begun, cpu = time.monotonic(), time.process_time()
    loop = QEventLoop()
    QTimer.singleShot(IDLE * 1000, loop.quit)
    loop.exec()
    slept = 100 * (time.process_time() - cpu) / (time.monotonic() - begun)
    return Row(
        what=f"Board of {TILES} sessions, idle for a minute",
        value=slept,
        bar=1,
        unit="% of a core",
        how="the process's own time over a minute, of the page alone",
    )


def main(folder: str) -> None:
    """The rows."""
    application = QApplication(["board"])
    theme.apply(application)
    clock = FixedClock(datetime(2026, 11, 23, 2, 0, tzinfo=UTC))
    with founded(Path(folder, "data"), clock=clock) as desk:
        busy(desk, clock)
        window, page = board(desk, clock.now)
        rows = ticking(page, clock)
        began, moment = time.monotonic(), clock.now()

        class Going:
            """The clock of the minute that is idled through."""

            def now(self) -> datetime:
                clock.moment = moment
                clock.advance(seconds=time.monotonic() - began)
                return clock.moment

        page._now = page.watch._now = Going().now
        page._tick()
        rows.append(idling())
        window.close()
    tell(rows)


if __name__ == "__main__":
    main(*sys.argv[1:])
