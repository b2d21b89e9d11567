"""Every statement that touches equipment and its checks."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from perpudesk.core.codes import Condition, EquipmentKind, Funding
from perpudesk.db import journal
from perpudesk.db.connection import Store
from perpudesk.db.database import Database
from perpudesk.db.lists import listed
from perpudesk.program.inventory import Check, CheckLine, EquipmentDraft, ItemState

_ALL = "SELECT * FROM equipment WHERE removed_at IS NULL ORDER BY kind, name COLLATE NOCASE, rowid"
_OF_WORKSTATION = "SELECT id FROM equipment WHERE workstation_id = ? AND removed_at IS NULL"
# The newest line of a day stands at its end.
_STATES = """
SELECT * FROM equipment_states WHERE removed_at IS NULL
ORDER BY equipment_id, local_date, created_at, rowid
"""
_CHECKS = (
    "SELECT * FROM equipment_checks WHERE removed_at IS NULL ORDER BY local_date DESC, rowid DESC"
)
_LINES = "SELECT * FROM equipment_check_lines WHERE removed_at IS NULL"


def add(store: Store, db: Database, draft: EquipmentDraft, workstation_id: str | None) -> str:
    """A new piece of equipment, or what is known of a workstation; the id."""
    fields = _columns(draft, workstation_id)
    with listed(db, fields):
        return journal.create(store, db, "equipment", fields)


def change(
    store: Store, db: Database, item_id: str, draft: EquipmentDraft, workstation_id: str | None
) -> bool:
    """Write it anew; False when nothing differs."""
    return journal.change(store, db, "equipment", item_id, _columns(draft, workstation_id))


def remove(store: Store, db: Database, item_id: str) -> None:
    """Take it out of every list."""
    journal.remove(store, db, "equipment", item_id)


def rows(db: Database) -> list[dict[str, Any]]:
    """Every piece of equipment as its row."""
    return list(db.query(_ALL))


def of_workstation(db: Database, workstation_id: str) -> str | None:
    """The id of what is known of a workstation."""
    row = next(iter(db.query(_OF_WORKSTATION, [workstation_id])), None)
    return None if row is None else str(row["id"])


def add_state(store: Store, db: Database, item_id: str, state: ItemState) -> None:
    """In which condition it is from a day on."""
    fields = {
        "equipment_id": item_id,
        "local_date": state.since.isoformat(),
        "condition": str(state.condition),
        "note": state.note,
    }
    journal.create(store, db, "equipment_states", fields)


def change_state(store: Store, db: Database, state: ItemState) -> None:
    """Write a line of the history anew."""
    fields = {
        "local_date": state.since.isoformat(),
        "condition": str(state.condition),
        "note": state.note,
    }
    journal.change(store, db, "equipment_states", state.id, fields)


def states(db: Database) -> dict[str, list[ItemState]]:
    """The conditions of every piece, the earliest first."""
    found: dict[str, list[ItemState]] = {}
    for row in db.query(_STATES):
        state = ItemState(
            since=date.fromisoformat(row["local_date"]),
            condition=Condition(row["condition"]),
            note=row["note"],
            id=row["id"],
        )
        found.setdefault(row["equipment_id"], []).append(state)
    return found


def begin_check(store: Store, db: Database, day: date) -> str:
    """A new check; the id."""
    return journal.create(store, db, "equipment_checks", {"local_date": day.isoformat()})


def finish_check(store: Store, db: Database, check_id: str, day: date | None) -> None:
    """It is finished, or goes on after all."""
    finished = None if day is None else day.isoformat()
    journal.change(store, db, "equipment_checks", check_id, {"finished_on": finished})


def put_line(store: Store, db: Database, check_id: str, item: str, line: CheckLine | None) -> None:
    """What the check found of an item; None: nobody looked yet."""
    key = {"check_id": check_id, "item_id": item}
    if line is None:
        journal.take_out(store, db, "equipment_check_lines", key)
        return
    condition = None if line.condition is None else str(line.condition)
    fields = {"found": line.found, "condition": condition, "note": line.note}
    journal.put(store, db, "equipment_check_lines", key, fields)


def checks(db: Database) -> list[Check]:
    """All checks, the newest first."""
    lines: dict[str, dict[str, CheckLine]] = {}
    for row in db.query(_LINES):
        condition = row["condition"]
        lines.setdefault(row["check_id"], {})[row["item_id"]] = CheckLine(
            found=bool(row["found"]),
            condition=None if condition is None else Condition(condition),
            note=row["note"],
        )
    return [
        Check(
            id=row["id"],
            began_on=date.fromisoformat(row["local_date"]),
            finished_on=None
            if row["finished_on"] is None
            else date.fromisoformat(row["finished_on"]),
            lines=lines.get(row["id"], {}),
        )
        for row in db.query(_CHECKS)
    ]


def _columns(draft: EquipmentDraft, workstation_id: str | None) -> dict[str, Any]:
    own = workstation_id is None
    return {
        "workstation_id": workstation_id,
        "code": draft.code,
        "name": draft.name if own else None,
        "kind": str(draft.kind),
        "brand": draft.brand,
        "source": draft.source,
        "program": draft.program,
        "funding": None if draft.funding is None else str(draft.funding),
        "price": draft.price,
        "received": draft.received,
        "is_public": draft.is_public if own else False,
        "place": draft.place if own else None,
        "note": draft.note if own else None,
    }


def details(row: Mapping[str, Any]) -> dict[str, Any]:
    """What a row says that a workstation does not."""
    return {
        "kind": EquipmentKind(row["kind"]),
        "code": row["code"],
        "brand": row["brand"],
        "source": row["source"],
        "program": row["program"],
        "funding": None if row["funding"] is None else Funding(row["funding"]),
        "price": row["price"],
        "received": row["received"],
    }
