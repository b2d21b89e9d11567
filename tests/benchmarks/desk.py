"""At the open window: a tap, and what it and a report need of memory."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from statistics import median, quantiles

from PySide6.QtWidgets import QApplication

from perpudesk.main_window import MainWindow
from tests.benchmarks.bench import Row, rss, tell
from tests.benchmarks.window import Tapper, in_window

TAPS = 200


def main(ten: str, folder: str) -> None:
    """Three rows, of one window on ten years of records."""
    place = shutil.copytree(ten, Path(folder, "data"))
    rows: list[Row] = []

    def work(window: MainWindow) -> None:
        tapper = Tapper(window.page("desk"))
        times = [tapper.tap() for _ in range(TAPS)]
        open_, slow = rss(), quantiles(times, n=20)[-1]
        window.go("reports")
        reports = window.page("reports")
        while reports._pages is None:
            QApplication.processEvents()
        QApplication.processEvents()
        rows.extend(
            [
                Row(
                    what="Tap to counter painted (offscreen), beyond the scan gap",
                    value=median(times) * 1e3,
                    bar=16,
                    unit="ms",
                    ours=f"95 % within {slow * 1e3:.2g} ms",
                    how="from the key's delivery until the cell's paint event is done, the commit "
                    f"included; {TAPS} taps on ten years of records, median",
                ),
                Row(
                    what="Memory, window open and 200 visits",
                    value=open_,
                    bar=100,
                    unit="MB",
                    how="RSS of the process, ten years of records",
                ),
                Row(
                    what="Memory, after a report",
                    value=rss(),
                    bar=140,
                    unit="MB",
                    how="the same process when the month's pages are shown, not printed",
                ),
            ]
        )

    in_window(place, work)
    tell(rows)


if __name__ == "__main__":
    main(*sys.argv[1:])
