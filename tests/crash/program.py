"""A day of work at a real desk that says on stdout what it has been told is on the disk.

    python -m tests.crash.program FOLDER STEPS SEED [FAULT]

One line on stdout for each step that returned: `ack` and the fingerprint of all records. FAULT
breaks a promise on purpose, so that whoever looks for lost records can show that he finds them.
"""

from __future__ import annotations

import hashlib
import os
import random
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from sqlite_utils import Database

from perpudesk.branch.model import ServiceDay
from perpudesk.core.codes import DayState
from perpudesk.core.errors import RuleError
from perpudesk.db.connection import Store
from perpudesk.desk import Desk
from perpudesk.patrons.model import PatronDraft
from tests.db.work import GROUP, WALK_IN, bring_in

TABLES = ("journal", "visits", "patrons", "service_days", "batches", "branches")
FAULTS = ("normal", "off", "halves", "early")
"""Flush at checkpoints only; never; no transaction around record and journal; acknowledged before
the commit."""


def fingerprint(desk: Desk) -> str:
    """What all records and their journal say, as one short word."""
    digest = hashlib.sha256()
    with desk.store.reading() as db:
        for table in TABLES:
            for row in db.conn.execute(f"SELECT * FROM {table} ORDER BY seq"):
                digest.update(repr(row).encode())
    return digest.hexdigest()[:16]


def acknowledge(word: str) -> None:
    """Said to whoever is outside, in one write."""
    os.write(1, f"ack {word}\n".encode())


def break_promise(store: Store, fault: str) -> None:
    """Open `store` up to the fault of that name."""
    if fault in ("normal", "off"):
        store.db.conn.execute(f"PRAGMA synchronous = {fault}")
    elif fault == "halves":
        store.writing = lambda: _halves(store)  # type: ignore[method-assign]


@contextmanager
def _halves(store: Store) -> Iterator[Database]:
    """What `with db.conn:` around sqlite-utils was: each statement commits itself."""
    store.db.conn.isolation_level = None
    yield store.db


class Day:
    """Steps of work, each chosen by chance, each one transaction."""

    def __init__(self, folder: Path, seed: int, fault: str = "") -> None:
        """Start a desk in `folder`."""
        self.folder = folder
        self.chance = random.Random(seed)
        self.fault = fault
        self.batches: list[str] = []
        self.start()

    def start(self) -> None:
        """Open the desk."""
        self.desk = Desk(self.folder).__enter__()
        break_promise(self.desk.store, self.fault)

    def step(self) -> None:
        """Something a librarian does."""
        steps = (self.record, self.change, self.take_back, self.patron, self.day, self.file)
        self.chance.choices(steps, weights=(60, 10, 20, 4, 4, 2))[0]()

    def record(self) -> None:
        draft = self.chance.choices((WALK_IN, GROUP), weights=(9, 1))[0]
        self.desk.visits.record(replace(draft, count=self.chance.randint(12, 999)))

    def change(self) -> None:
        recent = self.desk.visits.recent(9)
        if not recent:
            return
        visit = self.chance.choice(recent)
        if self.chance.random() < 0.3:
            self.desk.visits.remove(visit.id)
        else:
            self.desk.visits.change(visit.id, replace(WALK_IN, count=self.chance.randint(1, 999)))

    def take_back(self) -> None:
        try:
            (self.desk.undo if self.chance.random() < 0.6 else self.desk.redo)()
        except RuleError:  # nothing to take back, or it belongs to an import that was
            self.record()

    def patron(self) -> None:
        known = self.desk.patrons.page(0, 9)
        if known and self.chance.random() < 0.5:
            self.desk.visits.record_patron(self.chance.choice(known), purpose="loan")
        else:
            number = f"A-{self.chance.getrandbits(32)}"
            self.desk.patrons.add(PatronDraft(name="Siti", member_number=number))

    def day(self) -> None:
        date = self.desk.store.today() - timedelta(days=self.chance.randrange(30))
        state = self.chance.choice(list(DayState))
        self.desk.branch.set_day(
            ServiceDay(date=date, state=state, reason=None, note=None, minutes_open=None)
        )

    def file(self) -> None:
        if self.batches and self.chance.random() < 0.5:
            self.desk.batches.undo(self.batches.pop())
        else:
            self.batches.append(bring_in(self.desk, rows=self.chance.randint(1, 60))[0])


def main(folder: str, steps: str, seed: str, fault: str = "") -> None:
    """Set up, work, stop clean in the middle and at the end."""
    day = Day(Path(folder), int(seed), fault)
    day.desk.branch.set_up(name="Perpustakaan Uji", zone="WIB")
    acknowledge(fingerprint(day.desk))
    for number in range(int(steps)):
        if number == int(steps) // 2:
            day.desk.close()
            day.start()
        if fault == "early":
            with day.desk.store.writing():
                day.step()
                acknowledge(fingerprint(day.desk))
        else:
            day.step()
            acknowledge(fingerprint(day.desk))
    day.desk.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
