"""A desk that is killed while it records, again and again on the same folder.

    python -m tests.crash.kills FOLDER ROUNDS SEED [FAULT]

Everything is imported once and each desk is a fork, so that a round costs milliseconds; what it
runs is the real Desk. Each step is acknowledged through a pipe, so what was promised is counted
outside the process that dies. Each desk but the first begins by ending what the one before left
open, and may be killed in the midst of that. FAULT as in `tests.crash.program`, or `piecemeal`: a
recovery that is no single transaction. Prints a report as JSON.
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
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path

from perpudesk.attendance.model import MeetingDraft, Schedule
from perpudesk.computers.model import SessionDraft
from perpudesk.core.errors import RuleError, StorageError
from perpudesk.db.connection import Store
from perpudesk.desk import Desk
from tests.crash.program import break_promise, halves
from tests.crash.states import LINKS
from tests.db.work import WALK_IN

LONGEST = (0.06, 0.015)
"""Seconds from the first life of a process to its end: some die before they have opened, and of
each third, which lives shorter, many while it recovers."""
SLOWER = 1.1
"""How much longer lives become where most end before a record: a machine that is busy."""
PLACES = 6
_SESSIONS = "SELECT id, ended_at, end_reason, moves FROM computer_sessions"
_LISTED = """
SELECT participants.id, marks.present
FROM participants LEFT JOIN marks ON marks.participant_id = participants.id
"""


@dataclass
class Report:
    """What many kills came to."""

    kills: int = 0
    acknowledged: int = 0
    """Records."""
    unacknowledged: int = 0
    """Records that were there although their process died before it could say so."""
    before_the_first: int = 0
    """Processes that died before they had recorded anything."""
    recovered: int = 0
    """Desks that ended sessions which an earlier one had left open."""
    sessions_cut_off: int = 0
    faults: Counter[str] = field(default_factory=Counter)


class Work:
    """One step after another, each acknowledged when it has returned."""

    def __init__(self, desk: Desk, pipe: int, chance: random.Random) -> None:
        self.desk, self.pipe, self.chance = desk, pipe, chance

    def say(self, what: str, record_id: str = "") -> None:
        os.write(self.pipe, f"{what} {record_id}\n".encode())

    def step(self) -> None:
        """A visit most often, else something at a computer."""
        deeds = (self.visit, self.begin, self.end, self.move, self.mark, self.desk.recovery.beat)
        self.chance.choices(deeds, weights=(5, 4, 2, 2, 3, 1))[0]()

    def visit(self) -> None:
        self.say("visit", self.desk.visits.record(WALK_IN).id)

    def begin(self) -> None:
        place = self.chance.choice(self.desk.workstations.all())
        with suppress(RuleError):
            begun = self.desk.computers.start(SessionDraft(workstation_id=place.id))
            self.say("session", begun.id)

    def end(self) -> None:
        for session in self.desk.computers.open_sessions()[:1]:
            self.desk.computers.end(session.id)
            self.say("end", session.id)

    def move(self) -> None:
        place = self.chance.choice(self.desk.workstations.all())
        for session in self.desk.computers.open_sessions()[-1:]:
            with suppress(RuleError):
                self.desk.computers.move(session.id, place.id)
                self.say("move", session.id)

    def mark(self) -> None:
        """Somebody comes to today's meeting, and is ticked on the list."""
        today = self.desk.store.today()
        meeting = self.desk.meetings.between(today, today)[0]
        someone = self.desk.attendance.enrol(meeting.id, profile=WALK_IN.profile)
        self.say("enrolled", someone.id)
        self.desk.attendance.mark(meeting.id, someone.id, present=True)
        self.say("marked", someone.id)


def record_until_killed(folder: Path, pipe: int, seed: float, fault: str) -> None:
    """Recover, say so, and record."""
    if fault == "piecemeal":
        _recover_piecemeal()
    with Desk(folder) as desk:
        work = Work(desk, pipe, random.Random(seed))
        work.say("begun")
        break_promise(desk.store, fault)
        while True:
            if fault == "early":
                with desk.store.writing():
                    work.step()
            else:
                work.step()


def _recover_piecemeal() -> None:
    """Let each statement of what follows commit itself; in the process that will be killed only."""
    real = Store.writing

    def writing(store: Store, *, told: bool = True):  # type: ignore[no-untyped-def]
        if sys._getframe(1).f_code.co_name == "recover":
            return halves(store)
        return real(store, told=told)

    Store.writing = writing  # type: ignore[method-assign]


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


@dataclass
class Known:
    """What is promised, and what was there when it was last looked."""

    visits: set[str] = field(default_factory=set)
    sessions: dict[str, str | None] = field(default_factory=dict)
    """Where each ended; None while it goes on."""
    listed: dict[str, bool] = field(default_factory=dict)
    """Who is on the list, and whether they are marked."""


def look(folder: Path, known: Known, said: list[str], report: Report) -> None:
    """Hold what is there against what was promised, and change nothing."""
    try:
        with Desk(folder, recording=False) as desk:
            desk.check()
            with desk.store.reading() as db:
                visits = {id_ for (id_,) in db.conn.execute("SELECT id FROM visits")}
                rows = {row["id"]: row for row in db.query(_SESSIONS)}
                listed = {id_: there == 1 for id_, there in db.conn.execute(_LISTED)}
                apart = db.conn.execute(LINKS).fetchone() != (0,)
    except StorageError as error:
        report.faults[error.code] += 1
        return
    told = [line.split(" ") for line in said]
    acknowledged = {what: {id_ for w, id_ in told if w == what} for what, _ in told}
    new_visits, new_sessions = (acknowledged.get(each, set()) for each in ("visit", "session"))
    report.faults["record and journal apart"] += apart
    lost = (known.visits | new_visits) - visits or (
        known.sessions.keys() | new_sessions
    ) - rows.keys()
    lost |= {each for each in acknowledged.get("end", ()) if rows[each]["ended_at"] is None}
    lost |= {each for each in acknowledged.get("move", ()) if rows[each]["moves"] is None}
    enrolled, marked = (acknowledged.get(each, set()) for each in ("enrolled", "marked"))
    lost |= (known.listed.keys() | enrolled) - listed.keys()
    was_marked = {each for each, there in known.listed.items() if there} | marked
    lost |= {each for each in was_marked if not listed.get(each)}
    report.faults["acknowledged records lost"] += bool(lost)
    _look_at_recovery(known, rows, begun=bool(said), report=report)
    more = len(visits - known.visits - new_visits)
    more += len(rows.keys() - known.sessions.keys() - new_sessions)
    more += len(listed.keys() - known.listed.keys() - enrolled)
    more += len({each for each, there in listed.items() if there} - was_marked)
    report.acknowledged += len(new_visits) + len(new_sessions) + len(enrolled) + len(marked)
    report.unacknowledged += more
    report.faults["more than one that was not acknowledged"] += more > 1
    known.visits = visits
    known.sessions = {key: row["ended_at"] for key, row in rows.items()}
    known.listed = listed


def _look_at_recovery(known: Known, rows: dict, *, begun: bool, report: Report) -> None:  # type: ignore[type-arg]
    """All that an earlier desk left open is ended, or nothing of it; and what has ended stays."""
    left = {each for each, ended in known.sessions.items() if ended is None}
    still = {each for each in left if rows[each]["ended_at"] is None}
    report.faults["half recovered"] += still not in (set(), left)
    report.faults["not recovered"] += begun and bool(still)
    ended = left - still
    report.recovered += bool(ended)
    report.sessions_cut_off += len(ended)
    wrong = {each for each in ended if rows[each]["end_reason"] != "interrupted"}
    moved = {
        each
        for each, at in known.sessions.items()
        if at is not None and rows[each]["ended_at"] != at
    }
    report.faults["ended otherwise"] += bool(wrong or moved)


def main(folder: str, rounds: str, seed: str, fault: str = "") -> None:
    """Kill, look, and go on with the same folder."""
    chance, report, place = random.Random(int(seed)), Report(), Path(folder)
    with Desk(place) as desk:
        desk.branch.set_up(name="Perpustakaan Uji", zone="WIB")
        desk.workstations.add_many(PLACES)
        schedule = Schedule(day=desk.store.today())
        desk.meetings.plan([MeetingDraft(schedule=schedule, title="Rapat")])
    known, pace = Known(), 1.0
    for number in range(int(rounds)):
        turn, after = chance.random(), pace * chance.uniform(0, LONGEST[number % 3 == 2])
        said = killed(lambda pipe: record_until_killed(place, pipe, turn, fault), after)  # noqa: B023
        report.kills += 1
        report.before_the_first += len(said) < 2
        if report.before_the_first > report.kills / 2:
            pace *= SLOWER
        look(place, known, said, report)
    with Desk(place) as desk:
        report.faults["not recovered"] += bool(desk.computers.open_sessions())
        desk.check()
    records = len(known.visits) + len(known.sessions)
    records += len(known.listed) + sum(known.listed.values())
    print(json.dumps({**asdict(report), "faults": dict(+report.faults), "records": records}))


if __name__ == "__main__":
    main(*sys.argv[1:])
