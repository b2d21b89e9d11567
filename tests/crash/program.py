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
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from sqlite_utils import Database

from perpudesk.attendance.model import Headcount, MeetingDraft, Schedule
from perpudesk.branch.model import ServiceDay
from perpudesk.computers.mending import edit_of
from perpudesk.computers.model import SessionDraft, Workstation
from perpudesk.core.codes import DayState
from perpudesk.core.errors import InputError, RuleError
from perpudesk.db.connection import Store
from perpudesk.db.meta import PULSE, meta
from perpudesk.desk import Desk
from perpudesk.patrons.model import PatronDraft
from tests.computers.power import cut
from tests.db.work import GROUP, WALK_IN, bring_in

TABLES = (
    "journal",
    "visits",
    "patrons",
    "service_days",
    "batches",
    "branches",
    "workstations",
    "workstation_states",
    "computer_sessions",
    "outages",
    "meetings",
    "participants",
    "marks",
)
FAULTS = ("normal", "off", "halves", "early")
"""Flush at checkpoints only; never; no transaction around record and journal; acknowledged before
the commit."""


PLACES = 4


def fingerprint(desk: Desk, *, closed: bool = False) -> str:
    """What all records, their journal and the pulse say, as one short word.

    Of one that is to be `closed` as it will be then: without a pulse.
    """
    digest = hashlib.sha256()
    with desk.store.reading() as db:
        digest.update(repr(None if closed else meta(db, PULSE)).encode())
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
        store.writing = lambda **_: halves(store)  # type: ignore[method-assign]


@contextmanager
def halves(store: Store) -> Iterator[Database]:
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
        self.places: list[Workstation] = []
        self.start()

    def start(self) -> None:
        """Open the desk."""
        self.desk = Desk(self.folder).__enter__()
        break_promise(self.desk.store, self.fault)

    def close(self) -> None:
        """Stop clean, and say so."""
        left = fingerprint(self.desk, closed=True)
        self.desk.close()
        acknowledge(left)

    def step(self) -> None:
        """Something a librarian does."""
        steps = {
            self.record: 36,
            self.change: 6,
            self.take_back: 14,
            self.patron: 3,
            self.day: 3,
            self.file: 2,
            self.begin: 14,
            self.end: 9,
            self.meanwhile: 7,
            self.mend: 4,
            self.attend: 10,
            self.beat: 4,
            self.cut: 1,
        }
        self.chance.choices(list(steps), weights=list(steps.values()))[0]()

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

    # ------------------------------------------------------------ at the computers

    def begin(self) -> None:
        """Somebody sits down, perhaps with a visit; or at a computer that is taken."""
        place = self.chance.choice(self.places)  # whose making may have been taken back
        own = self.chance.random() < 0.2
        draft = SessionDraft(
            workstation_id=None if own else place.id, device=own, profile=WALK_IN.profile
        )
        with suppress(RuleError):
            self.desk.computers.start(draft, count_visit=self.chance.random() < 0.5)

    def end(self) -> None:
        going_on = self.desk.computers.open_sessions()
        if going_on and self.chance.random() < 0.9:
            self.desk.computers.end(self.chance.choice(going_on).id)
        else:
            self.desk.computers.end_all()

    def meanwhile(self) -> None:
        """Move, swap, pause, go on, extend."""
        going_on = self.desk.computers.open_sessions()
        if not going_on:
            return
        computers, one = self.desk.computers, self.chance.choice(going_on)
        other, place = self.chance.choice(going_on), self.chance.choice(self.places)
        deeds: list[Callable[[], object]] = [
            lambda: computers.move(one.id, place.id),
            lambda: computers.swap(one.id, other.id),
            lambda: computers.pause(one.id),
            lambda: computers.resume(one.id),
            lambda: computers.extend(one.id),
        ]
        with suppress(RuleError, InputError):
            self.chance.choice(deeds)()

    def mend(self) -> None:
        """Enter one from paper, or correct, go on with or remove one of today."""
        mending, today = self.desk.session_mending, self.desk.store.today()
        found = self.desk.computers.of_day(today)
        with suppress(RuleError, InputError):
            if not found or self.chance.random() < 0.3:
                now = self.desk.clock.now()
                start = now - timedelta(minutes=self.chance.randint(2, 600))
                mending.enter(SessionDraft(start=start, end=now), outside_hours=True)
                return
            one = self.chance.choice(found)
            edit = replace(edit_of(one), note="betul", assisted=True)
            self.chance.choice(
                [
                    lambda: mending.correct(one.id, edit, outside_hours=True),
                    lambda: mending.go_on(one.id),
                    lambda: mending.remove(one.id),
                ]
            )()

    # ------------------------------------------------------------ at an activity

    def attend(self) -> None:
        """Somebody is enrolled or marked, perhaps as a visit too; or is counted by head."""
        attendance, today = self.desk.attendance, self.desk.store.today()
        meetings = self.desk.meetings.between(today, today)
        if not meetings:  # its planning may have been taken back
            schedule = Schedule(day=today)
            self.desk.meetings.plan([MeetingDraft(schedule=schedule, title="Rapat")])
            return
        meeting = self.chance.choice(meetings)
        sheet = attendance.sheet(meeting.id, of_course=False)
        if not sheet.participants or self.chance.random() < 0.3:
            attendance.enrol(meeting.id, profile=WALK_IN.profile)
            return
        one, on = self.chance.choice(sheet.participants), self.chance.random() < 0.5
        deeds: list[Callable[[], object]] = [
            lambda: attendance.mark(meeting.id, one.id, self.chance.choice((True, False, None))),
            lambda: attendance.mark_all(meeting.id, present=True),
            lambda: attendance.set_headcount(
                meeting.id, Headcount(count=self.chance.randint(0, 99))
            ),
            lambda: attendance.set_count_visits(meeting.id, on=on),
            lambda: attendance.withdraw(one.id),
        ]
        with suppress(RuleError):
            self.chance.choices(deeds, weights=(6, 1, 2, 1, 1))[0]()

    def beat(self) -> None:
        self.desk.recovery.beat()

    def cut(self) -> None:
        """The power goes and comes: what goes on is ended at the next start."""
        cut(self.desk)
        self.start()


def main(folder: str, steps: str, seed: str, fault: str = "") -> None:
    """Set up, work, stop clean in the middle and at the end."""
    day = Day(Path(folder), int(seed), fault)
    day.desk.branch.set_up(name="Perpustakaan Uji", zone="WIB")
    acknowledge(fingerprint(day.desk))
    day.places = day.desk.workstations.add_many(PLACES)
    acknowledge(fingerprint(day.desk))
    day.beat()
    acknowledge(fingerprint(day.desk))
    for number in range(int(steps)):
        if number == int(steps) // 2:
            day.close()
            day.start()
        if fault == "early":
            with day.desk.store.writing():
                day.step()
                acknowledge(fingerprint(day.desk))
        else:
            day.step()
            acknowledge(fingerprint(day.desk))
    day.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
