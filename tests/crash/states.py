"""Every state that a power cut may leave, opened with the real store and held against the acks."""

from __future__ import annotations

import random
import shutil
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from perpudesk.core.errors import StorageError
from perpudesk.db.meta import PULSE, meta
from perpudesk.desk import Desk
from tests.crash.program import fingerprint
from tests.crash.trace import Replay
from tests.db.work import WALK_IN

KEPT = (0.0, 0.5, 1.0)
"""Nothing that was not synced arrived; about half of its sectors did; everything did."""
_LINK = """
  (SELECT count(*) FROM {kind} LEFT JOIN journal ON journal.seq = {kind}.seq
   WHERE journal.record_id IS NOT {kind}.id AND journal.record_id IS NOT {kind}.{batch})
  + (SELECT count(*) FROM journal LEFT JOIN {kind} ON {kind}.id = journal.record_id
     WHERE journal.kind = '{kind}' AND {kind}.id IS NULL)
"""
_IN_BATCHES = ("visits", "computer_sessions", "meetings", "participants")
LINKS = "SELECT " + " + ".join(
    [
        *(_LINK.format(kind=kind, batch="batch_id") for kind in _IN_BATCHES),
        _LINK.format(kind="marks", batch="id"),
    ]
)
"""Records whose line is not there, and lines whose record is not there."""


_SESSIONS = """
SELECT * FROM computer_sessions WHERE removed_at IS NULL AND precision = 'time'
"""


@dataclass
class Tally:
    """How many states were opened, and what was wrong in which."""

    states: int = 0
    cut_off: int = 0
    """States in which sessions went on, and were ended."""
    faults: Counter[str] = field(default_factory=Counter)
    first: dict[str, str] = field(default_factory=dict)

    def add(self, fault: str | None, where: str) -> None:
        """One more state, and what was wrong with it."""
        self.states += 1
        if fault:
            self.faults[fault] += 1
            self.first.setdefault(fault, where)


@dataclass(frozen=True)
class Cut:
    """A moment at which the power may go: what was safe by then, and how to say where it is."""

    files: dict[str, bytes]
    safe: int
    where: str


def cuts(replay: Replay, lines: list[str], seed: int, share: float) -> Iterator[Cut]:
    """Cuts at every sync and every ack, and between some writes; `share` of them."""
    chance = random.Random(seed)
    for number, event in enumerate(replay.events(lines)):
        likely = share * (0.05 if event == "write" else 1)
        for keep in KEPT:
            if chance.random() < likely:
                where = f"event {number}, {event}, {keep:.0%} kept, seed {seed}"
                yield Cut(replay.disk.after_a_cut(chance, keep), len(replay.acks), where)


def replay_all(
    folder: Path, lines: list[str], *, seed: int, share: float, go_on: float = 0.05
) -> Tally:
    """Open every state in `folder`; in a few of them (`go_on`) work further."""
    everything = Replay(folder)
    for _ in everything.events(lines):
        pass
    acks, chance, tally = everything.acks, random.Random(seed), Tally()
    for cut in cuts(Replay(folder), lines, seed, share):
        _write(folder, cut.files)
        further = chance.random() < go_on
        tally.add(_fault(folder, acks, cut.safe, tally, further=further), cut.where)
    return tally


def _write(folder: Path, files: dict[str, bytes]) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


def _fault(folder: Path, acks: list[str], safe: int, tally: Tally, *, further: bool) -> str | None:
    """What is wrong with the state in `folder`, of which `safe` acks were promised."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PERPUDESK_SETTINGS", str(folder / "settings"))
        try:
            with Desk(folder / "data", recording=False) as desk:
                fault = _fault_of(desk, acks, safe)
                if fault or not further:
                    return fault or _recovers(desk, tally)
            with Desk(folder / "data") as desk:
                return _goes_on(desk)
        except StorageError as error:
            return f"not opened: {error.code}"


def _recovers(desk: Desk, tally: Tally) -> str | None:
    """Whether what was cut off ends, all else stays, and a second time changes nothing."""
    with desk.store.reading() as db:
        if meta(db, PULSE) is None:
            return None
        before = {row["id"]: row for row in db.query(_SESSIONS)}
    desk.recovery.recover()
    with desk.store.reading() as db:
        left = meta(db, PULSE)
        after = {row["id"]: row for row in db.query(_SESSIONS)}
    cut = {key for key, row in before.items() if row["ended_at"] is None}
    tally.cut_off += bool(cut)
    going_on = any(after[key]["ended_at"] is None for key in cut)
    if left is not None or going_on or before.keys() != after.keys():
        return "not recovered"
    if any(after[key] != before[key] for key in before.keys() - cut):
        return "recovered too much"
    first = fingerprint(desk)
    desk.recovery.recover()
    return None if fingerprint(desk) == first else "recovered twice"


def _fault_of(desk: Desk, acks: list[str], safe: int) -> str | None:
    try:
        desk.check()
    except StorageError:
        return "damaged"
    with desk.store.reading() as db:
        if db.conn.execute(LINKS).fetchone() != (0,):
            return "record and journal apart"
    found = fingerprint(desk)
    if found in acks[max(safe - 1, 0) : safe + 1]:
        return None
    if not desk.is_set_up():
        return "acknowledged records lost" if safe else None
    return "acknowledged records lost" if found in acks[:safe] else "a half of a step"


def _goes_on(desk: Desk) -> str | None:
    """Whether the desk has recovered by itself, and still records and takes back."""
    with desk.store.reading() as db:
        if meta(db, PULSE) is not None:
            return "not recovered"
    if not desk.is_set_up():
        desk.branch.set_up(name="Perpustakaan Uji", zone="WIB")
    visit = desk.visits.record(WALK_IN)
    desk.undo()
    desk.redo()
    desk.check()
    listed = desk.visits.recent(1)
    return None if [each.id for each in listed] == [visit.id] else "does not go on"
