"""Lists of 100,000 rows, again, and reordered, against `executemany` of the same rows.

One is the visitor list of SLiMS, one a library's own, one a log of computer use; and how long it
takes to see what a CSV of 100 MB is.
"""

from __future__ import annotations

import random
import shutil
import sqlite3
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median

from perpudesk.db.guard import FILE_NAME
from perpudesk.desk import Desk, opened
from tests.benchmarks.bench import Row, against, answer, program, tell
from tests.benchmarks.data import slims_rows, write_log, write_own, write_slims

ROWS = 100_000
ROUNDS = 5
LONG = 100_000_000
HOW = (
    "read, check, preview and commit, libraries loaded on the way, in a fresh process with the "
    "desk open, against one transaction that writes the same rows, batch and journal line into the "
    "same tables and indexes by `executemany` from memory; 5 each, by turns"
)


_OF_LOGS = ("workstations", "workstation_states", "computer_sessions")


def bring_in(folder: str, *files: str) -> None:
    """Import each file, one after the other; the seconds of each."""
    import json

    times = []
    with opened(Path(folder)) as desk:
        for file in files:
            begin = time.perf_counter()
            looked = desk.importing.look(Path(file))
            plan = desk.importing.plan(looked) if looked.head else None
            desk.importing.commit(desk.importing.preview(Path(file), looked=looked, plan=plan))
            times.append(time.perf_counter() - begin)
        with desk.store.reading() as db:
            sessions = db.conn.execute("SELECT count(*) FROM computer_sessions").fetchone()[0]
        print(json.dumps({"seconds": times, "records": desk.visits.count() + sessions}))


def recognise(folder: str, file: str) -> None:
    """See what a file is and what its columns hold; the seconds."""
    import json

    with opened(Path(folder)) as desk:
        begin = time.perf_counter()
        looked = desk.importing.look(Path(file))
        plan = desk.importing.plan(looked)
        print(json.dumps([time.perf_counter() - begin, len(plan.columns)]))


def write_raw(source: str, target: str) -> None:
    """Write the rows of `source` into the empty store `target`; the seconds."""
    import json

    rows = {}
    with sqlite3.connect(Path(source, FILE_NAME)) as db:
        for table in ("batches", "journal", "visits", *_OF_LOGS):
            where = "WHERE action = 'import'" if table == "journal" else ""
            found = db.execute(f"SELECT * FROM {table} {where}")
            rows[table] = (len(found.description), found.fetchall())
    db.close()
    raw = sqlite3.connect(Path(target, FILE_NAME), isolation_level=None)
    for pragma in ("locking_mode = EXCLUSIVE", "journal_mode = WAL", "synchronous = FULL"):
        raw.execute(f"PRAGMA {pragma}")
    raw.execute("PRAGMA foreign_keys = ON")
    raw.execute("PRAGMA secure_delete = ON")
    begin = time.perf_counter()
    raw.execute("BEGIN IMMEDIATE")
    for table, (width, found) in rows.items():
        raw.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * width)})", found)
    raw.execute("COMMIT")
    seconds = time.perf_counter() - begin
    raw.close()
    print(json.dumps(seconds))


def measured(place: Path, name: str, files: Sequence[str]) -> tuple[list[list[float]], list[float]]:
    """The seconds of each file, brought in one after the other, and of the raw rows; by turns."""
    me = "tests.benchmarks.bringing_in"
    ours: list[list[float]] = []
    raw: list[float] = []
    for turn in range(ROUNDS):
        full, bare = (
            shutil.copytree(place / "empty", place / f"{name}{n}{turn}") for n in ("full", "raw")
        )
        done = answer(program(me, "bring_in", full, *(place / each for each in files)))
        assert done["records"] == ROWS, done
        ours.append(done["seconds"])
        raw.append(answer(program(me, "write_raw", full, bare)))
        shutil.rmtree(full)
        shutil.rmtree(bare)
    return [list(each) for each in zip(*ours, strict=True)], raw


def main(folder: str) -> None:
    """All the rows."""
    place = Path(folder)
    rows = slims_rows(ROWS)
    write_slims(place / "list.csv", rows)
    write_own(place / "own.csv", rows)
    write_log(place / "log.csv", ROWS)
    random.Random(3).shuffle(rows)
    write_slims(place / "reordered.csv", rows)
    with Desk(place / "empty") as desk:
        desk.branch.set_up(name="Perpustakaan Uji", zone="WIB")
    (first, again, reordered), raw = measured(
        place, "slims", ["list.csv", "list.csv", "reordered.csv"]
    )
    (own, own_again), own_raw = measured(place, "own", ["own.csv", "own.csv"])
    (log, log_again), log_raw = measured(place, "log", ["log.csv", "log.csv"])
    text = (place / "own.csv").read_text("utf-8")
    header, _, body = text.partition("\n")
    (place / "long.csv").write_text(f"{header}\n{body * (LONG // len(body) + 1)}"[:LONG], "utf-8")
    seen = [
        answer(
            program(
                "tests.benchmarks.bringing_in", "recognise", place / "empty", place / "long.csv"
            )
        )
        for _ in range(ROUNDS)
    ]
    after = "in the same process, after it"
    tell(
        [
            against("SLiMS CSV of 100,000 rows, against `executemany`", 4, first, raw, HOW),
            against("… the same bytes again", 0.1, again, raw, after),
            against("… the same rows reordered", 1, reordered, raw, after),
            against("Own table of 100,000 visits, against `executemany`", 4, own, own_raw, HOW),
            against("… the same bytes again", 0.1, own_again, own_raw, after),
            against(
                "Log of 100,000 computer sessions, against `executemany`", 6, log, log_raw, HOW
            ),
            against("… the same bytes again", 0.1, log_again, log_raw, after),
            Row(
                what="See what a CSV of 100 MB is",
                value=median(seconds for seconds, _ in seen),
                bar=1,
                unit="s",
                how="kind and columns, in a fresh process with the desk open; 5 times",
            ),
        ]
    )


if __name__ == "__main__":
    own = {"bring_in": bring_in, "recognise": recognise, "write_raw": write_raw}
    own.get(sys.argv[1], main)(*(sys.argv[2:] if sys.argv[1] in own else sys.argv[1:]))
