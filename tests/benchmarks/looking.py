"""Search in 20,000 patrons; a table of 360,000 visits."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from statistics import median
from zoneinfo import ZoneInfo

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from perpudesk.desk import Desk, opened
from perpudesk.ui import theme
from perpudesk.ui.tables import TableView
from perpudesk.visits.form.columns import visit_columns
from tests.benchmarks.bench import Row, rss, tell, timed
from tests.benchmarks.data import PATRONS

TYPED = (
    "s",
    "si",
    "sit",
    "muhamad",
    "budi sa",
    "sity aminah",
    "620123",
    "6200",
    "raxmawati",
    "a l",
)


def searching(desk: Desk) -> Row:
    """The slowest of some things that are typed."""
    build = timed(desk.patrons.index)
    times = {
        typed: median(timed(lambda typed=typed: desk.patrons.find(typed)) for _ in range(21))
        for typed in TYPED
    }
    slowest = max(times, key=lambda typed: times[typed])
    return Row(
        what=f"Search in {PATRONS:,} patrons, first results",
        value=times[slowest] * 1e3,
        bar=10,
        unit="ms",
        ours=f"median {median(times.values()) * 1e3:.2g} ms",
        how=f"`desk.patrons.find`, the slowest of {len(TYPED)} things typed (“{slowest}”); the "
        f"index is built once in {build * 1e3:.0f} ms",
    )


def scrolling(desk: Desk) -> Row:
    """What a table of all visits adds to an empty one."""
    application = QApplication(["table"])
    theme.apply(application)
    table = TableView("visits", visit_columns(lambda: ZoneInfo("Asia/Jakarta"), {}))
    table.resize(1200, 700)
    table.show()
    application.processEvents()
    before, total = rss(), desk.visits.count()

    def open_() -> None:
        table.show_window(desk.visits.page, total)
        application.processEvents()

    def jump(key: Qt.Key) -> None:
        QTest.keyClick(table, key)
        application.processEvents()

    opening = timed(open_)
    ending = timed(lambda: jump(Qt.Key.Key_End))
    for place in range(0, total, total // 40):
        table.scrollTo(table.model().index(place, 0))
        application.processEvents()
    return Row(
        what=f"Table of {total:,} visits: open, jump to the end",
        value=rss() - before,
        bar=25,
        unit="MB",
        ours=f"open {opening * 1e3:.0f} ms, jump {ending * 1e3:.0f} ms",
        how="RSS added over the same table empty, after opening, End, and forty places between",
    )


def main(ten: str, folder: str) -> None:
    """Both rows."""
    with opened(shutil.copytree(ten, Path(folder, "data"))) as desk:
        table = scrolling(desk)
        tell([searching(desk), table])


if __name__ == "__main__":
    main(*sys.argv[1:])
