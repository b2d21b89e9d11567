"""Every statement that touches workstations and their states."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from perpudesk.computers.model import (
    ImportedWorkstation,
    Workstation,
    WorkstationDraft,
    WorkstationState,
)
from perpudesk.core.codes import Condition
from perpudesk.db import batches, journal
from perpudesk.db.connection import Store
from perpudesk.db.database import Database

# The newest state of each: the last of the last day that has any.
_ALL = """
SELECT workstations.id, label, number, place, specification, workstations.note,
  states.id AS state_id, states.local_date, states.condition, states.is_public,
  states.note AS state_note
FROM workstations
JOIN workstation_states AS states ON states.id = (
  SELECT id FROM workstation_states AS newest
  WHERE newest.workstation_id = workstations.id AND newest.removed_at IS NULL
  ORDER BY newest.local_date DESC, newest.seq DESC, newest.rowid DESC LIMIT 1
)
WHERE workstations.removed_at IS NULL
ORDER BY number, label, workstations.id
"""
_STATES = """
SELECT workstation_id, id, local_date, condition, is_public, note FROM workstation_states
WHERE removed_at IS NULL ORDER BY local_date, seq, rowid
"""
_STATES_OF = """
SELECT workstation_id, id, local_date, condition, is_public, note FROM workstation_states
WHERE removed_at IS NULL AND workstation_id = ? ORDER BY local_date, seq, rowid
"""
_HAS_HISTORY = """
SELECT EXISTS (
  SELECT 1 FROM computer_sessions WHERE removed_at IS NULL AND workstation_id = :id
) OR EXISTS (
  SELECT 1 FROM computer_sessions, json_each(moves) AS move
  WHERE moves IS NOT NULL AND computer_sessions.removed_at IS NULL
    AND json_extract(move.value, '$.workstation_id') = :id
) OR EXISTS (
  SELECT 1 FROM reservations, json_each(workstation_ids) AS kept
  WHERE reservations.removed_at IS NULL AND kept.value = :id
) AS known
"""
_BACK = """
UPDATE {table} SET removed_at = NULL, changed_at = NULL, changed_by = NULL, batch_id = ?, seq = ?,
  revision = revision + 1
WHERE id = ? AND removed_at IS NOT NULL
"""


def all_of(db: Database) -> list[Workstation]:
    """Every workstation with its newest state, retired ones too, by number."""
    return [_workstation(row) for row in db.query(_ALL)]


def states(db: Database) -> dict[str, list[WorkstationState]]:
    """The states of each workstation, oldest first."""
    found: dict[str, list[WorkstationState]] = {}
    for row in db.query(_STATES):
        found.setdefault(row["workstation_id"], []).append(_state(row))
    return found


def states_of(db: Database, workstation_id: str) -> list[WorkstationState]:
    """The states of one workstation, oldest first."""
    return [_state(row) for row in db.query(_STATES_OF, [workstation_id])]


def add(store: Store, db: Database, draft: WorkstationDraft, number: int) -> str:
    """A new workstation, in good order from today on; the id."""
    workstation_id = journal.create(
        store, db, "workstations", {**_columns(draft), "number": number}
    )
    state = WorkstationState(
        since=store.today(), condition=Condition.GOOD, is_public=draft.is_public
    )
    add_state(store, db, workstation_id, state)
    return workstation_id


def change(
    store: Store, db: Database, workstation_id: str, draft: WorkstationDraft, number: int
) -> bool:
    """Mend what it is called; False when nothing differs."""
    fields = {**_columns(draft), "number": number}
    return journal.change(store, db, "workstations", workstation_id, fields)


def add_state(store: Store, db: Database, workstation_id: str, state: WorkstationState) -> str:
    """What it is from a day on; the id."""
    fields = {
        "workstation_id": workstation_id,
        "local_date": state.since.isoformat(),
        "condition": str(state.condition),
        "is_public": state.is_public,
        "note": state.note,
    }
    return journal.create(store, db, "workstation_states", fields)


def change_state(store: Store, db: Database, state: WorkstationState) -> bool:
    """Mend a line of the history."""
    fields = {
        "local_date": state.since.isoformat(),
        "condition": str(state.condition),
        "is_public": state.is_public,
        "note": state.note,
    }
    return journal.change(store, db, "workstation_states", state.id, fields)


def remove_state(store: Store, db: Database, state_id: str) -> None:
    """Take a line out of the history."""
    journal.remove(store, db, "workstation_states", state_id)


def remove(store: Store, db: Database, workstation_id: str) -> None:
    """Take out a workstation that was never used."""
    journal.remove(store, db, "workstations", workstation_id)


def has_history(db: Database, workstation_id: str) -> bool:
    """Whether a session or a reservation names it."""
    return bool(next(iter(db.query(_HAS_HISTORY, {"id": workstation_id})))["known"])


def bring_in(
    db: Database, carried: Mapping[str, Any], found: Iterable[ImportedWorkstation]
) -> None:
    """Workstations that a file names, those it names first and since when each was there.

    One that was taken off the board here, being unused, is back with the sessions on it.
    """
    known = list(found)
    made = [each for each in known if each.label]
    rows = ((each.id, each.label, each.number) for each in made)
    batches.put_many(db, "workstations", carried, ("id", "label", "number"), rows)
    batches.put_many(
        db,
        "workstation_states",
        carried,
        ("id", "workstation_id", "local_date", "condition", "is_public"),
        (
            (each.state_id, each.id, each.since.isoformat(), _GOOD, int(each.is_public))
            for each in known
        ),
    )
    same = (carried["batch_id"], carried["seq"])
    for table, back in (
        ("workstations", [each.id for each in made]),
        ("workstation_states", [each.state_id for each in made]),
    ):
        db.conn.executemany(_BACK.format(table=table), ((*same, each) for each in back))


_GOOD = str(Condition.GOOD)


def _columns(draft: WorkstationDraft) -> dict[str, Any]:
    return {
        "label": draft.label,
        "place": draft.place,
        "specification": draft.specification,
        "note": draft.note,
    }


def _workstation(row: Mapping[str, Any]) -> Workstation:
    return Workstation(
        id=row["id"],
        label=row["label"],
        number=row["number"],
        place=row["place"],
        specification=row["specification"],
        note=row["note"],
        state=_state({**row, "id": row["state_id"], "note": row["state_note"]}),
    )


def _state(row: Mapping[str, Any]) -> WorkstationState:
    return WorkstationState(
        id=row["id"],
        since=date.fromisoformat(row["local_date"]),
        condition=Condition(row["condition"]),
        is_public=bool(row["is_public"]),
        note=row["note"],
    )
