"""Undo and redo of today's steps at this station, and the taking back of a batch's own lines.

What is done and undone is read off the journal each time: there is no other stack to lose.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from datetime import date
from itertools import takewhile
from typing import Any

from perpudesk.core.deeds import Action
from perpudesk.core.errors import Problem, RuleError
from perpudesk.core.times import months_from
from perpudesk.db import journal
from perpudesk.db.connection import Store
from perpudesk.db.database import Database
from perpudesk.db.journal import Entry, Step

NOTHING_TO_UNDO = Problem("nothing_to_undo", "There is nothing of today to undo.")
NOTHING_TO_REDO = Problem("nothing_to_redo", "There is nothing to redo.")
CHANGED_SINCE = Problem(
    "changed_since",
    "This record was changed by something else since, so it was not undone. Edit it instead.",
)

# What a batch wrote beside its rows is taken back with it, never alone; what the program ended by
# itself stays.
_OF_TODAY = """
SELECT * FROM journal
WHERE local_date = ? AND station_id = ? AND kind IN ({marks}) AND staff_id IS NOT 'program'
  AND (step IS NULL OR step NOT IN
    (SELECT seq FROM journal WHERE local_date = ? AND action = 'import'))
ORDER BY seq
"""
_AFTER = "SELECT * FROM journal WHERE seq > ? ORDER BY seq"
# The index knows the lines of a record that are no creation, and has to be told so.
_UNDONE_BY = """
SELECT overwrote FROM journal
WHERE record_id = ? AND action <> 'create' AND action = 'undo' AND target = ?
ORDER BY seq DESC LIMIT 1
"""
_BY_PROGRAM = "SELECT 1 FROM journal WHERE seq > ? AND staff_id = 'program' LIMIT 1"
_DAY_COLUMNS = ("local_date", "date")
"""What the day of a record is called, in whatever table."""
_OF_MEETINGS = {
    "marks": "id IN (SELECT meeting_id FROM marks WHERE id = ?)",
    "participants": "id IN (SELECT meeting_id FROM marks WHERE participant_id = ?)",
    "courses": "course_id = ?",
    "community_meetings": "id = (SELECT meeting_id FROM community_meetings WHERE id = ?)",
}
"""Records that are counted on the days of the meetings that were held, and which these are."""
_NOT_COUNTED = {
    *("status", "note", "certificate_number", "certified_on", "score_before", "score_after"),
    *("learned", "confident", "will_use", "trainer_ids", "partner", "funding", "cost"),
    *("capacity", "place", "starts_on", "ends_on", "threshold", "organiser", "target_group"),
}
"""Columns of theirs that no figure knows."""
_DAYS_HELD = "SELECT DISTINCT local_date AS day FROM meetings WHERE state = 'held' AND "
_HOLD_ON = ("workstation_states",)
"""Records that hold from their day on."""
_UNDOABLE = (
    "visits",
    "patrons",
    "service_days",
    "holidays",
    "computer_sessions",
    "queue_tickets",
    "reservations",
    "workstations",
    "workstation_states",
    "courses",
    "meetings",
    "participants",
    "marks",
    "communities",
    "community_members",
    "community_meetings",
    "decisions",
    "attachments",
    "equipment",
    "equipment_states",
    "equipment_checks",
    "equipment_check_lines",
    "partners",
    "advocacy_actions",
    "budgets",
    "media_items",
    "stories",
)


def undo(store: Store, db: Database) -> Step:
    """Take back this station's newest step of today that is not undone.

    Raises `RuleError` when there is none, or when a record changed since by other means; the next
    time that step is passed over.
    """
    done, _, last_seq = _stacks(store, db)
    if not done:
        raise RuleError(NOTHING_TO_UNDO)
    return _revert(store, db, done[-1], Action.UNDO, last_seq)


def days_to_revert(store: Store, db: Database, action: Action) -> set[date]:
    """The days whose records `undo` or `redo` would change: its own, or those of its meetings.

    Of one that holds from its day on also the first days of the months since.
    """
    done, undone, _ = _stacks(store, db)
    stack = done if action is Action.UNDO else undone
    found = {
        (entry.kind, date.fromisoformat(values[name]))
        for entry in (stack[-1] if stack else ())
        for values in (journal.row_of(db, entry.kind, entry.record_id), entry.overwrote or {})
        for name in _DAY_COLUMNS
        if name in values
    }
    since = [day for kind, day in found if kind in _HOLD_ON]
    months = months_from(min(since), store.today()) if since else ()
    held = {
        date.fromisoformat(row["day"])
        for entry in (stack[-1] if stack else ())
        if entry.kind in _OF_MEETINGS and not (entry.overwrote or {"": 0}).keys() <= _NOT_COUNTED
        for row in db.query(_DAYS_HELD + _OF_MEETINGS[entry.kind], [entry.record_id])
    }
    return {day for _, day in found} | {month.first for month in months} | held


def out_of_turn(store: Store, db: Database, step: Step) -> bool:
    """Whether what was done after the step stands: by the program itself, or passed over."""
    by_program = next(iter(db.query(_BY_PROGRAM, [step[-1].seq])), None)
    return by_program is not None or any(seq > step[0].seq for seq in store.passed_over)


def redo(store: Store, db: Database) -> Step:
    """Do again what was undone last; a new entry meanwhile has cleared it."""
    _, undone, last_seq = _stacks(store, db)
    if not undone:
        raise RuleError(NOTHING_TO_REDO)
    return _revert(store, db, undone[-1], Action.REDO, last_seq)


def take_back(store: Store, db: Database, batch: int) -> None:
    """Bring back what the step of a batch's line changed beside its rows.

    What somebody changed since stays as it is. A step that the batch stood over is in reach again.
    """
    store.passed_over.clear()
    lines = takewhile(lambda line: line["step"] == batch, db.query(_AFTER, [batch]))
    for entry in reversed([journal.entry_of(line) for line in lines]):
        if journal.row_of(db, entry.kind, entry.record_id)["seq"] == entry.seq:
            _revert_entry(store, db, entry, Action.UNDO)


def can_undo(store: Store, db: Database) -> tuple[bool, bool]:
    """Whether there is something to undo, and something to redo."""
    done, undone, _ = _stacks(store, db)
    return bool(done), bool(undone)


def _stacks(store: Store, db: Database) -> tuple[list[Step], list[Step], dict[str, int]]:
    """Today's steps as what can be undone, what can be redone, and each record's last line."""
    marks, today = ", ".join("?" * len(_UNDOABLE)), store.today().isoformat()
    rows = db.query(
        _OF_TODAY.format(marks=marks),
        [today, store.author.station_id, *_UNDOABLE, today],
    )
    done, undone, last_seq = _fold(journal.entry_of(row) for row in rows)
    return _in_reach(store, done), _in_reach(store, undone), last_seq


def _in_reach(store: Store, steps: list[Step]) -> list[Step]:
    return [step for step in steps if step[0].seq not in store.passed_over]


def _fold(entries: Iterable[Entry]) -> tuple[list[Step], list[Step], dict[str, int]]:
    done: list[Step] = []
    undone: list[Step] = []
    last_seq: dict[str, int] = {}
    for entry in entries:
        last_seq[entry.record_id] = entry.seq
        match entry.action:
            case Action.UNDO:
                _move(entry.target, done, undone)
            case Action.REDO:
                _move(entry.target, undone, done)
            case Action.CREATE | Action.CHANGE | Action.REMOVE:
                if done and done[-1][0].step == entry.step:
                    done[-1] = (*done[-1], entry)
                else:
                    done.append((entry,))
                    undone.clear()
            case Action.IMPORT:  # taken back from its own result, never by this stack
                continue
    return done, undone, last_seq


def _move(seq: int | None, source: list[Step], target: list[Step]) -> None:
    """Put the step that begins with this line on the other stack.

    It is on none when midnight came while it was undone, and below others that were passed over.
    """
    at = next((at for at, step in enumerate(source) if step[0].seq == seq), None)
    if at is not None:
        target.append(source.pop(at))


def _revert(
    store: Store, db: Database, step: Step, action: Action, last_seq: dict[str, int]
) -> Step:
    """Bring back what stood before the step, or what the step made of it, newest or oldest first.

    Nothing of it is brought back when one of its records changed since, or when what stood before
    has no room any more: somebody else may have the member number by now.
    """
    try:
        _refuse_changed(db, step, last_seq)
        with journal.one_step(store):
            for entry in reversed(step) if action is Action.UNDO else step:
                _revert_entry(store, db, entry, action)
    except (RuleError, sqlite3.IntegrityError) as error:
        store.passed_over.add(step[0].seq)
        raise RuleError(CHANGED_SINCE) from error
    return step


def _refuse_changed(db: Database, step: Step, last_seq: dict[str, int]) -> None:
    for entry in step:
        if journal.row_of(db, entry.kind, entry.record_id)["seq"] != last_seq[entry.record_id]:
            raise RuleError(CHANGED_SINCE)


def _revert_entry(store: Store, db: Database, entry: Entry, action: Action) -> None:
    old = journal.row_of(db, entry.kind, entry.record_id)
    undoing = action is Action.UNDO
    fields = _before(entry, store.now()) if undoing else _overwrote_by_undo(db, entry)
    overwrote = {name: old[name] for name in fields}
    journal.revise(
        store, db, action, entry.kind, old=old, fields=fields, overwrote=overwrote, entry=entry
    )


def _before(entry: Entry, now: str) -> dict[str, Any]:
    """The fields that bring back what stood before `entry`."""
    return {"removed_at": now} if entry.action is Action.CREATE else dict(entry.overwrote or {})


def _overwrote_by_undo(db: Database, entry: Entry) -> dict[str, Any]:
    row = next(iter(db.query(_UNDONE_BY, [entry.record_id, entry.seq])))
    fields: dict[str, Any] = json.loads(row["overwrote"])
    return fields
