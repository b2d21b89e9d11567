"""One visit through the service against raw sqlite3 writing the same two rows."""

from __future__ import annotations

import sqlite3
import sys
import time
from collections.abc import Callable
from pathlib import Path

from perpudesk.core.ids import new_id
from perpudesk.db.guard import FILE_NAME
from perpudesk.desk import Desk
from tests.benchmarks.bench import Row, against, interleaved, tell, timed
from tests.db.work import WALK_IN

FLUSH = 0.012
WHAT = "One visit through the service, durable, against raw sqlite3 writing the same rows"
HOW = (
    "`desk.visits.record(draft)` against `BEGIN IMMEDIATE`, the same journal line and visit by two "
    "prepared statements, `COMMIT`, on a second store with the same schema, indexes and pragmas; "
    "2,000 each, by turns"
)
HOW_SLOW = (
    "the same, with 12 ms slept at every `COMMIT` on both sides (SQLite's trace callback): one "
    "commit is one flush"
)


def raw_writer(path: Path) -> tuple[sqlite3.Connection, Callable[[], float]]:
    """A connection like the store's, and the time one visit takes on it."""
    connection = sqlite3.connect(path, isolation_level=None)
    for pragma in ("locking_mode = EXCLUSIVE", "journal_mode = WAL", "synchronous = FULL"):
        connection.execute(f"PRAGMA {pragma}")
    for pragma in ("foreign_keys = ON", "secure_delete = ON", "temp_store = MEMORY"):
        connection.execute(f"PRAGMA {pragma}")
    connection.row_factory = sqlite3.Row
    visit = dict(connection.execute("SELECT * FROM visits").fetchone())
    line = dict(connection.execute("SELECT * FROM journal ORDER BY seq DESC").fetchone())
    del line["seq"]
    statements = [
        f"INSERT INTO {table} ({', '.join(row)}) VALUES ({', '.join('?' * len(row))})"
        for table, row in (("journal", line), ("visits", visit))
    ]

    def write() -> None:
        connection.execute("BEGIN IMMEDIATE")
        visit["seq"] = connection.execute(statements[0], list(line.values())).lastrowid
        connection.execute(statements[1], list(visit.values()))
        connection.execute("COMMIT")

    def one() -> float:
        visit["id"] = line["record_id"] = new_id()
        return timed(write)

    return connection, one


def main(folder: str) -> None:
    """Both rows."""
    for name in ("service", "raw"):
        with Desk(Path(folder, name)) as desk:
            desk.branch.set_up(name="Perpustakaan Uji", zone="WIB")
            desk.visits.record(WALK_IN)
    connection, raw = raw_writer(Path(folder, "raw", FILE_NAME))
    with Desk(Path(folder, "service")) as desk:
        sides = {"ours": lambda: timed(lambda: desk.visits.record(WALK_IN)), "raw": raw}
        quick = interleaved(sides, 2_000)

        def sleep(statement: str) -> None:
            if statement == "COMMIT":
                time.sleep(FLUSH)

        for each in (desk.store.db.conn, connection):
            each.set_trace_callback(sleep)
        slow = interleaved(sides, 300)
    connection.close()
    rows: list[Row] = [
        against(WHAT, 2.5, quick["ours"], quick["raw"], HOW),
        against("… under an emulated 12 ms flush", 1.1, slow["ours"], slow["raw"], HOW_SLOW),
    ]
    tell(rows)


if __name__ == "__main__":
    main(*sys.argv[1:])
