"""Equipment: listed, mended, looked after once a year."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from typing import Any

from perpudesk.computers.model import Workstation, WorkstationDraft
from perpudesk.computers.workstations import WorkstationService
from perpudesk.core.codes import Condition, EquipmentKind
from perpudesk.core.errors import RuleError
from perpudesk.core.formats import date_long
from perpudesk.core.topics import Notify, Topic
from perpudesk.db import journal
from perpudesk.db.connection import Store
from perpudesk.db.database import Database
from perpudesk.program.inventory import (
    CHECK_FINISHED,
    CHECK_GOES_ON,
    IS_WORKSTATION,
    NO_CHECK,
    NO_ITEM,
    Check,
    CheckLine,
    EquipmentDraft,
    Item,
    ItemState,
    admit_equipment,
    admit_state,
)
from perpudesk.program.store import equipment as rows


class EquipmentService:
    """The use cases of equipment; each is one transaction and one step of undo.

    The workstations are in the list by themselves. What a workstation knows of itself is read from
    and written to it; only the rest is kept here.
    """

    def __init__(self, store: Store, notify: Notify, workstations: WorkstationService) -> None:
        """Serve the equipment of `store`."""
        self._store = store
        self._notify = notify
        self._workstations = workstations

    # ---------------------------------------------------------------- asked

    def all(self, *, retired: bool = False) -> list[Item]:
        """Everything by kind and name; what is not used any more only where it is asked for."""
        machines = {each.id: each for each in self._workstations.all(retired=True)}
        with self._store.reading() as db:
            kept, states = rows.rows(db), rows.states(db)
        known = {row["workstation_id"]: row for row in kept if row["workstation_id"]}
        items = [_own(row, states.get(row["id"], [])) for row in kept if not row["workstation_id"]]
        items += [_machine(each, known.get(each.id)) for each in machines.values()]
        order = list(EquipmentKind)
        return [
            each
            for each in sorted(items, key=lambda one: order.index(one.kind))
            if retired or each.condition is not Condition.RETIRED
        ]

    def get(self, item_id: str) -> Item:
        """The item with that id; raises `RuleError` where there is none any more."""
        for each in self.all(retired=True):
            if item_id in (each.id, each.workstation_id):
                return each
        raise RuleError(NO_ITEM)

    def history(self, item_id: str) -> list[ItemState]:
        """In which condition it was, the earliest first."""
        found = self.get(item_id)
        if found.workstation_id is not None:
            return [
                ItemState(since=each.since, condition=each.condition, note=each.note)
                for each in self._workstations.history(found.workstation_id)
            ]
        with self._store.reading() as db:
            return rows.states(db).get(found.id, [])

    # ---------------------------------------------------------------- done

    def add(self, draft: EquipmentDraft, condition: Condition = Condition.GOOD) -> Item:
        """A new piece of equipment, in that condition from today on; raises `InputError`."""
        today = self._store.today()
        tidy = admit_equipment(draft, today=today)
        with self._step() as db:
            item_id = rows.add(self._store, db, tidy, None)
            rows.add_state(self._store, db, item_id, ItemState(since=today, condition=condition))
        return self._told(item_id)

    def change(self, item_id: str, draft: EquipmentDraft) -> Item:
        """Write it anew, a workstation's own part at the workstation; raises `InputError`."""
        found = self.get(item_id)
        tidy = admit_equipment(draft, today=self._store.today())
        with self._step() as db:
            if found.workstation_id is None:
                rows.change(self._store, db, found.id, tidy, None)
            else:
                self._change_machine(found.workstation_id, tidy)
                self._put_details(db, found.workstation_id, tidy)
        return self._told(found.key)

    def set_condition(self, item_id: str, state: ItemState) -> Item:
        """In which condition it is from a day on; raises `InputError`, `RuleError`."""
        found = self.get(item_id)
        tidy = admit_state(state, today=self._store.today())
        with self._step() as db:
            self._set_condition(db, found, tidy)
        return self._told(found.key)

    def remove(self, item_id: str) -> None:
        """Take away what was a mistake; a workstation is taken off its board instead."""
        found = self.get(item_id)
        if found.workstation_id is not None:
            raise RuleError(IS_WORKSTATION, name=found.name)
        with self._step() as db:
            rows.remove(self._store, db, found.id)
        self._notify(Topic.PROGRAM)

    # ---------------------------------------------------------------- the yearly check

    def checks(self) -> list[Check]:
        """All checks, the newest first."""
        with self._store.reading() as db:
            return rows.checks(db)

    def check(self, check_id: str) -> Check:
        """The check with that id; raises `RuleError` where there is none any more."""
        for each in self.checks():
            if each.id == check_id:
                return each
        raise RuleError(NO_CHECK)

    def going_on(self) -> Check | None:
        """The check that is not finished."""
        return next((each for each in self.checks() if each.finished_on is None), None)

    def begin_check(self) -> Check:
        """Begin to go round; raises `RuleError` while another check goes on."""
        other = self.going_on()
        if other is not None:
            raise RuleError(CHECK_GOES_ON, date=date_long(other.began_on))
        with self._step() as db:
            check_id = rows.begin_check(self._store, db, self._store.today())
        self._notify(Topic.PROGRAM)
        return self.check(check_id)

    def tick(self, check_id: str, item_id: str, line: CheckLine | None) -> Check:
        """Say what was found of an item, or (None) that nobody looked yet.

        Another condition than it had is its condition from today on. Raises `RuleError` for a
        check that is finished.
        """
        check, item = self.check(check_id), self.get(item_id)
        if check.finished_on is not None:
            raise RuleError(CHECK_FINISHED)
        with self._step() as db:
            rows.put_line(self._store, db, check_id, item.key, line)
            if line is not None and line.condition not in (None, item.condition):
                assert line.condition is not None  # noqa: S101 - said in the line above
                state = ItemState(
                    since=self._store.today(), condition=line.condition, note=line.note
                )
                self._set_condition(db, item, admit_state(state, today=self._store.today()))
        self._notify(Topic.PROGRAM)
        return self.check(check_id)

    def finish_check(self, check_id: str) -> Check:
        """The round is over; what nobody looked at stays so."""
        self.check(check_id)
        with self._step() as db:
            rows.finish_check(self._store, db, check_id, self._store.today())
        self._notify(Topic.PROGRAM)
        return self.check(check_id)

    # ---------------------------------------------------------------- parts

    @contextmanager
    def _step(self) -> Iterator[Database]:
        with self._store.writing() as db, journal.one_step(self._store):
            yield db

    def _change_machine(self, workstation_id: str, draft: EquipmentDraft) -> None:
        before = self._workstations.get(workstation_id)
        given = WorkstationDraft(
            label=draft.name,
            number=before.number,
            is_public=draft.is_public,
            place=draft.place,
            specification=before.specification,
            note=draft.note,
        )
        self._workstations.change(workstation_id, given)

    def _put_details(self, db: Database, workstation_id: str, draft: EquipmentDraft) -> None:
        known = rows.of_workstation(db, workstation_id)
        if known is None:
            rows.add(self._store, db, draft, workstation_id)
        else:
            rows.change(self._store, db, known, draft, workstation_id)

    def _set_condition(self, db: Database, item: Item, state: ItemState) -> None:
        if item.workstation_id is not None:
            self._workstations.set_condition(
                item.workstation_id, state.condition, since=state.since, note=state.note
            )
            return
        known = rows.states(db).get(item.id, [])
        if len(known) == 1 and state.since < known[0].since:
            # Nobody had looked at it yet: it was there before it was written down here.
            rows.change_state(self._store, db, replace(state, id=known[0].id))
        else:
            rows.add_state(self._store, db, item.id, state)

    def _told(self, key: str) -> Item:
        self._notify(Topic.PROGRAM)
        return self.get(key)


def _own(row: dict[str, Any], states: list[ItemState]) -> Item:
    now = states[-1] if states else None
    return Item(
        id=row["id"],
        workstation_id=None,
        name=row["name"],
        is_public=bool(row["is_public"]),
        place=row["place"],
        condition=now.condition if now else Condition.GOOD,
        since=now.since if now else None,
        note=row["note"],
        **rows.details(row),
    )


def _machine(place: Workstation, row: dict[str, Any] | None) -> Item:
    bare = Item(
        id=place.id if row is None else row["id"],
        workstation_id=place.id,
        name=place.label,
        kind=EquipmentKind.COMPUTER,
        code=None,
        brand=None,
        source=None,
        program=None,
        funding=None,
        price=None,
        received=None,
        is_public=place.state.is_public,
        place=place.place,
        condition=place.state.condition,
        since=place.state.since if place.state.since > date.min else None,
        note=place.note,
    )
    return bare if row is None else replace(bare, **rows.details(row))
