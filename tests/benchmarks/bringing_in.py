"""A SLiMS list of 100,000 rows, again, and reordered, against `executemany` of the same rows."""

from __future__ import annotations

import random
import shutil
import sqlite3
import sys
import time
from pathlib import Path

from perpudesk.db.guard import FILE_NAME
from perpudesk.desk import Desk, opened
from tests.benchmarks.bench import against, answer, program, tell
from tests.benchmarks.data import slims_rows, write_slims

ROWS = 100_000
ROUNDS = 5
HOW = (
    "read, check, preview and commit, libraries loaded on the way, in a fresh process with the "
    "desk open, against one transaction that writes the same rows, batch and journal line into the "
    "same tables and indexes by `executemany` from memory; 5 each, by turns"
)


def bring_in(folder: str, *files: str) -> None:
    """Import each file, one after the other; the seconds of each."""
    import json

    times = []
    with opened(Path(folder)) as desk:
        for file in files:
            begin = time.perf_counter()
            desk.importing.commit(desk.importing.preview(Path(file)))
            times.append(time.perf_counter() - begin)
        print(json.dumps({"seconds": times, "visits": desk.visits.count()}))


def write_raw(source: str, target: str) -> None:
    """Write the rows of `source` into the empty store `target`; the seconds."""
    import json

    rows = {}
    with sqlite3.connect(Path(source, FILE_NAME)) as db:
        for table in ("batches", "journal", "visits"):
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


def main(folder: str) -> None:
    """All three rows."""
    place = Path(folder)
    rows = slims_rows(ROWS)
    write_slims(place / "list.csv", rows)
    random.Random(3).shuffle(rows)
    write_slims(place / "reordered.csv", rows)
    with Desk(place / "empty") as desk:
        desk.branch.set_up(name="Perpustakaan Uji", zone="WIB")
    me = "tests.benchmarks.bringing_in"
    ours: list[list[float]] = []
    raw: list[float] = []
    for turn in range(ROUNDS):
        full, bare = (
            shutil.copytree(place / "empty", place / f"{n}{turn}") for n in ("full", "raw")
        )
        files = [place / name for name in ("list.csv", "list.csv", "reordered.csv")]
        done = answer(program(me, "bring_in", full, *files))
        assert done["visits"] == ROWS, done
        ours.append(done["seconds"])
        raw.append(answer(program(me, "write_raw", full, bare)))
        shutil.rmtree(full)
        shutil.rmtree(bare)
    first, again, reordered = zip(*ours, strict=True)
    tell(
        [
            against("SLiMS CSV of 100,000 rows, against `executemany`", 4, first, raw, HOW),
            against("… the same bytes again", 0.1, again, raw, "in the same process, after it"),
            against(
                "… the same rows reordered", 1, reordered, raw, "in the same process, after it"
            ),
        ]
    )


if __name__ == "__main__":
    {"bring_in": bring_in, "write_raw": write_raw}.get(sys.argv[1], main)(
        *(sys.argv[2:] if sys.argv[1] in ("bring_in", "write_raw") else sys.argv[1:])
    )
