"""Measure speed and size; print the table and write it to docs/benchmarks.md.

    python -m tests.benchmarks [NAME...]

Only with all of them is the file written. Each NAME is a module of this folder and runs in a
process of its own, on records that are made once for the run. It reads `/proc`: for Linux.
"""

from __future__ import annotations

import os
import platform
import re
import sqlite3
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtCore import qVersion

from tests.benchmarks.bench import ROOT, Row, answer, flush, program
from tests.benchmarks.data import make_years

MODULES = {
    "recording": (),
    "desk": ("ten",),
    "starting": ("ten",),
    "frozen": ("ten",),
    "reporting": ("ten", "one"),
    "bringing_in": (),
    "looking": ("ten",),
    "board": (),
    "certifying": (),
    "lists": (),
    "agenda": (),
    "keeping": ("ten",),
}
"""What is measured, and the years of records that it needs."""
YEARS = {"ten": 10, "one": 1}
TARGET = ROOT / "docs" / "benchmarks.md"
INTRODUCTION = """# Speed and size

Made by `python3 dev.py bench`. Each ratio is of two medians measured by turns in one run; a value
is held against its bar as it is. Data of ten years is 360,000 visits of 20,000 patrons with their
journal. Windows are offscreen. Trust the ratios more than the milliseconds.
"""


def main(names: list[str]) -> int:
    """Measure; 0 if every bar was held."""
    wanted = names or list(MODULES)
    rows: list[Row] = []
    with tempfile.TemporaryDirectory(prefix="perpudesk-bench-") as folder:
        place = Path(folder)
        os.environ["PERPUDESK_SETTINGS"] = str(place / "settings")
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
        for name in sorted({each for module in wanted for each in MODULES[module]}):
            make_years(place / name, YEARS[name])
        for module in wanted:
            work = place / module
            work.mkdir()
            data = [place / name for name in MODULES[module]]
            found = answer(program(f"tests.benchmarks.{module}", *data, work))
            rows += [Row(**each) for each in found]
            for row in rows[-len(found) :]:
                print(line(row), flush=True)
    if not names:
        TARGET.parent.mkdir(exist_ok=True)
        TARGET.write_text(document(rows), "utf-8")
    return 0 if all(row.held for row in rows) else 1


def line(row: Row) -> str:
    """The row as one line of a table."""
    value = f"{row.value:.0f}" if row.unit == "MB" else f"{row.value:.3g}"
    cells = (
        row.what,
        f"≤ {row.bar:g} {row.unit}",
        f"**{value} {row.unit}**" + ("" if row.held else " (over)"),
        row.ours,
        row.against,
    )
    return f"| {' | '.join(cells)} |"


def document(rows: list[Row]) -> str:
    """The page of documentation."""
    table = ["| what | bar | measured | ours | against |", "|---|---|---|---|---|"]
    how = [f"- **{row.what}**: {row.how}." for row in rows]
    parts = [INTRODUCTION, machine(), "\n".join([*table, *map(line, rows)])]
    return "\n".join([*parts[:1], *(f"{part}\n" for part in parts[1:]), "## How\n", *how, ""])


def machine() -> str:
    """What it was measured on, and nothing about whose it is."""
    info = Path("/proc/cpuinfo").read_text()
    found = re.search(r"model name\s*: (.+)", info)
    processor = re.sub(r"\s+", " ", found[1]) if found else platform.machine()
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return (
        f"Measured on {datetime.now(UTC):%Y-%m-%d}: {os.cpu_count()} cores of {processor}, "
        f"{memory:.0f} GB, {platform.system()}, Python {platform.python_version()}, SQLite "
        f"{sqlite3.sqlite_version}, Qt {qVersion()}; the disk makes 4 KiB durable in "
        f"{flush() * 1e3:.2g} ms."
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
