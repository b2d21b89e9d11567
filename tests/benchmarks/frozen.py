"""Start of the program folder against the start from the source, by turns in one run."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from release.build import FOLDER
from tests.benchmarks.bench import ROOT, against, program, tell

ROUNDS = 11
HOW = (
    "`dist/PerpuDesk/PerpuDesk` against `python -m perpudesk` on the same ten years of records, "
    "offscreen, by turns, 11 each, until the desk is {what}; both come from the page cache"
)


def main(ten: str, folder: str) -> None:
    """Both rows."""
    if not FOLDER.is_dir():
        raise SystemExit("There is no program folder yet: python3 dev.py build --folder")
    place = shutil.copytree(ten, Path(folder, "data"))
    sides = {
        "frozen": [str(FOLDER / "PerpuDesk"), "--data", str(place)],
        "source": [*program("perpudesk"), "--data", str(place)],
    }
    for command in sides.values():
        started(command)  # the copy becomes a station of its own, once; then both are warm
    found: dict[str, list[dict[str, float]]] = {name: [] for name in sides}
    for turn in range(ROUNDS):
        for name in sorted(sides, reverse=bool(turn % 2)):
            found[name].append(started(sides[name]))
    rows = []
    for what, mark, said in (
        ("Start of the frozen program, first paint", "first-paint", "first painted"),
        ("… desk ready", "ready", "ready"),
    ):
        ours, theirs = ([each[mark] for each in found[name]] for name in ("frozen", "source"))
        rows.append(against(what, 1.3, ours, theirs, HOW.format(what=said)))
    tell(rows)


def started(command: Sequence[str]) -> dict[str, float]:
    """Seconds from the start to each mark; the window is asked to stop at the last one."""
    environment = {**os.environ, "PERPUDESK_TIMING": "1"}
    begin = time.monotonic()
    found = {}
    with subprocess.Popen(
        command, cwd=ROOT, env=environment, stderr=subprocess.PIPE, text=True
    ) as window:
        assert window.stderr is not None
        for line in window.stderr:
            name, _, moment = line.strip().partition(" ")
            found[name] = float(moment) - begin
            if name == "listens":
                window.send_signal(signal.SIGTERM)
    return found


if __name__ == "__main__":
    main(*sys.argv[1:])
