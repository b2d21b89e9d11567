"""What a measurement is, and how two things are measured against each other."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median
from typing import Any

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line of the table: a ratio (`unit` ×) or a value, and the bar it is held against."""

    what: str
    value: float
    bar: float
    unit: str = "×"
    ours: str = ""
    against: str = ""
    how: str = ""

    @property
    def held(self) -> bool:
        """Whether it stays under its bar."""
        return self.value <= self.bar


def interleaved(sides: Mapping[str, Callable[[], float]], rounds: int) -> dict[str, list[float]]:
    """What each side returns, `rounds` times, in another order each time.

    So the machine's moods hit all of them alike.
    """
    found: dict[str, list[float]] = {name: [] for name in sides}
    order, chance = list(sides), random.Random(1)
    for _ in range(rounds):
        chance.shuffle(order)
        for name in order:
            found[name].append(sides[name]())
    return found


def timed(work: Callable[[], object]) -> float:
    """Seconds that `work` takes."""
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin


def against(what: str, bar: float, ours: Sequence[float], base: Sequence[float], how: str) -> Row:
    """A ratio of medians, with both of them in ms."""
    mine, theirs = median(ours), median(base)
    return Row(
        what=what,
        value=mine / theirs,
        bar=bar,
        ours=f"{mine * 1e3:.3g} ms",
        against=f"{theirs * 1e3:.3g} ms",
        how=how,
    )


def program(code_or_module: str, *words: object) -> list[str]:
    """How Python runs a module of ours, or a text of code."""
    how = "-m" if code_or_module.startswith(("tests.", "perpudesk")) else "-c"
    return [sys.executable, how, code_or_module, *(str(word) for word in words)]


def cold(command: Sequence[str]) -> float:
    """Seconds from starting a process to its end."""
    begin = time.monotonic()
    subprocess.run(command, cwd=ROOT, stdout=subprocess.DEVNULL, check=True)
    return time.monotonic() - begin


def marks(command: Sequence[str]) -> dict[str, float]:
    """What a process says of itself, as `name monotonic-seconds`, since it was started."""
    environment = {**os.environ, "PERPUDESK_TIMING": "1"}
    begin = time.monotonic()
    done = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise RuntimeError(done.stderr)
    said = [line.split() for line in (done.stderr + done.stdout).splitlines()]
    return {words[0]: float(words[1]) - begin for words in said if len(words) == 2}


def answer(command: Sequence[str]) -> Any:
    """What a process prints, read as JSON."""
    return json.loads(subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout)


def rss() -> float:
    """Megabytes of memory that this process has in use."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def flush() -> float:
    """Seconds that this disk takes to make 4 KiB durable, overwritten in place."""
    with tempfile.TemporaryFile() as file:
        file.write(bytes(4096 * 8))
        os.fsync(file.fileno())

        def overwrite() -> None:
            os.pwrite(file.fileno(), os.urandom(4096), 0)
            os.fdatasync(file.fileno())

        return median(timed(overwrite) for _ in range(200))


def tell(rows: Sequence[Row]) -> None:
    """Hand the rows of one measurement to the program that asked for them."""
    print(json.dumps([asdict(row) for row in rows]))
