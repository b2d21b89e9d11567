"""Start after a clean stop, against a bare PySide6 window in the same run."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from tests.benchmarks.bench import against, marks, program, tell

ROUNDS = 11
BARE = """
import sys, time
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QWidget
class Window(QWidget):
    def paintEvent(self, event):
        print("first-paint", time.monotonic(), flush=True)
        QTimer.singleShot(0, self.close)
application = QApplication(sys.argv)
window = Window()
window.resize(1366, 720)
window.show()
application.exec()
"""
HOW = (
    "time since the process was started, ten years of records, offscreen; the bare window is "
    "`QApplication` and an empty `QWidget` of the same size, started by turns, 11 each"
)


def main(ten: str, folder: str) -> None:
    """Both rows."""
    place = shutil.copytree(ten, Path(folder, "data"))
    ours, bare = program("tests.benchmarks.window", place), program(BARE)
    marks(ours)  # the copy becomes a station of its own, once
    first, tapped, base = [], [], []
    for turn in range(ROUNDS):
        for side in ("ours", "bare") if turn % 2 else ("bare", "ours"):
            if side == "bare":
                base.append(marks(bare)["first-paint"])
            else:
                found = marks(ours)
                first.append(found["first-paint"])
                tapped.append(found["tapped"])
    tell(
        [
            against("Start after a clean stop, first paint", 1.6, first, base, HOW),
            against(
                "… first tap accepted", 3, tapped, base, "until the counter of the tap is painted"
            ),
        ]
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
