"""A desk that is killed while it records, again and again on the same folder.

    python -m tests.crash.kills FOLDER ROUNDS SEED [FAULT]

Everything is imported once and each desk is a fork, so that a round costs milliseconds; what it
runs is the real Desk. Each visit is acknowledged through a pipe, so what was promised is counted
outside the process that dies. FAULT as in `tests.crash.program`. Prints a report as JSON.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sys
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from pathlib import Path

from perpudesk.core.errors import StorageError
from perpudesk.desk import Desk
from tests.crash.program import break_promise
from tests.crash.states import LINKS
from tests.db.work import WALK_IN

LONGEST = 0.06
"""Seconds from the first life of a process to its end: some die before they have opened."""


@dataclass
class Report:
    """What many kills came to."""

    kills: int = 0
    acknowledged: int = 0
    unacknowledged: int = 0
    """Visits that were there although their process died before it could say so."""
    before_the_first: int = 0
    """Processes that died before they had recorded anything."""
    faults: Counter[str] = field(default_factory=Counter)


def record_until_killed(folder: Path, pipe: int, fault: str) -> None:
    """One visit after another, each acknowledged when `record` has returned."""
    with Desk(folder) as desk:
        break_promise(desk.store, fault)
        while True:
            if fault == "early":
                with desk.store.writing():
                    os.write(pipe, f"{desk.visits.record(WALK_IN).id}\n".encode())
            else:
                os.write(pipe, f"{desk.visits.record(WALK_IN).id}\n".encode())


def killed(work: Callable[[int], None], after: float) -> list[str]:
    """The lines that `work` wrote to its pipe before it was killed."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        try:
            work(writing)
        finally:
            os._exit(1)
    os.close(writing)
    time.sleep(after)
    os.kill(child, signal.SIGKILL)
    with os.fdopen(reading, "rb") as pipe:
        said = pipe.read()
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status), "the desk ended by itself"
    return [line.decode() for line in said.split(b"\n")[:-1]]


def look(folder: Path, promised: set[str], report: Report) -> set[str]:
    """Hold what is there against what was promised; the ids of all visits there."""
    try:
        with Desk(folder) as desk:
            desk.check()
            with desk.store.reading() as db:
                there = {id_ for (id_,) in db.conn.execute("SELECT id FROM visits")}
                apart = db.conn.execute(LINKS).fetchone() != (0,)
    except StorageError as error:
        report.faults[error.code] += 1
        return set()
    report.faults["record and journal apart"] += apart
    report.faults["acknowledged records lost"] += bool(promised - there)
    more = len(there - promised)
    report.unacknowledged += more
    report.faults["more than one that was not acknowledged"] += more > 1
    return there


def main(folder: str, rounds: str, seed: str, fault: str = "") -> None:
    """Kill, look, and go on with the same folder."""
    chance, report, place = random.Random(int(seed)), Report(), Path(folder)
    with Desk(place) as desk:
        desk.branch.set_up(name="Perpustakaan Uji", zone="WIB")
    there: set[str] = set()
    for _ in range(int(rounds)):
        said = killed(
            lambda pipe: record_until_killed(place, pipe, fault), chance.uniform(0, LONGEST)
        )
        report.kills += 1
        report.acknowledged += len(said)
        report.before_the_first += not said
        there = look(place, there | set(said), report)
    print(json.dumps({**asdict(report), "faults": dict(+report.faults), "visits": len(there)}))


if __name__ == "__main__":
    main(*sys.argv[1:])
