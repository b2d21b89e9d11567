"""The workstations of the branch: what they are called, who may use them, and what befell them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import islice

from perpudesk.branch.checks import check_day, clean
from perpudesk.computers.model import (
    LIMITS,
    MOST_NUMBER,
    MOST_WORKSTATIONS,
    Workstation,
    WorkstationDraft,
    WorkstationState,
)
from perpudesk.computers.store import sessions
from perpudesk.computers.store import workstations as rows
from perpudesk.core.codes import Condition
from perpudesk.core.errors import InputError, Problem, RuleError
from perpudesk.core.formats import number
from perpudesk.core.times import months_from
from perpudesk.core.topics import Notify, Topic
from perpudesk.db import journal
from perpudesk.db.connection import Store
from perpudesk.db.database import Database

LABEL_TAKEN = Problem(
    "label_taken",
    "There is a “{label}” already. Give this one another name, so that both are known.",
)
NUMBER_TAKEN = Problem(
    "number_taken_by", "The number {number} belongs to {label} already. Choose another number."
)
BAD_NUMBER = Problem("bad_pc_number", "The number must be from 1 to {most}. Type it again.")
TOO_MANY = Problem(
    "too_many_workstations",
    "A branch can have {most} workstations. Retire those that are not there any more.",
)
BAD_PC_COUNT = Problem("bad_pc_count", "Type how many there are: a whole number from 1 to {most}.")
STILL_IN_USE = Problem(
    "still_in_use", "{label} is in use. End the session first, then take it off the board."
)
NO_WORKSTATION = Problem(
    "no_workstation", "That workstation is not here any more. Look at the board again."
)
LAST_STATE = Problem(
    "last_state", "A workstation needs one line of history. Change this line, or retire it."
)


class WorkstationService:
    """The use cases of workstations; each method is one transaction."""

    def __init__(self, store: Store, notify: Notify) -> None:
        """Serve the workstations of `store`."""
        self._store = store
        self._notify = notify

    def all(self, *, retired: bool = False) -> list[Workstation]:
        """The workstations by number; those that are retired only where they are asked for."""
        with self._store.reading() as db:
            found = rows.all_of(db)
        gone = Condition.RETIRED
        return [each for each in found if retired or each.state.condition is not gone]

    def get(self, workstation_id: str) -> Workstation:
        """The workstation with that id; raises `RuleError` where there is none."""
        for each in self.all(retired=True):
            if each.id == workstation_id:
                return each
        raise RuleError(NO_WORKSTATION)

    def add(self, draft: WorkstationDraft) -> Workstation:
        """A new workstation, in good order from today on.

        Without a number it takes the next one. Raises `InputError` on the field that is refused.
        """
        tidy = _tidy(draft)
        with self._store.writing() as db, journal.one_step(self._store):
            known = rows.all_of(db)
            place = self._check(tidy, known, None)
            workstation_id = rows.add(self._store, db, tidy, place)
        return self._told(workstation_id)

    def add_many(self, count: int, *, prefix: str = "PC") -> list[Workstation]:
        """So many new public workstations, `PC 1` and on, as one step.

        A number or a name that is taken is passed over. Raises `InputError` on `count`.
        """
        with self._store.writing() as db, journal.one_step(self._store):
            known = rows.all_of(db)
            standing = [each for each in known if each.state.condition is not Condition.RETIRED]
            _check_count(count, MOST_WORKSTATIONS - len(standing))
            numbers = {each.number for each in known}
            labels = {each.label.casefold() for each in standing}
            drafts = (
                _tidy(WorkstationDraft(label=f"{prefix} {at}", number=at))
                for at in range(1, MOST_NUMBER + 1)
                if at not in numbers
            )
            free = (each for each in drafts if each.label.casefold() not in labels)
            made = [
                rows.add(self._store, db, draft, draft.number or 0) for draft in islice(free, count)
            ]
        self._notify(Topic.COMPUTERS)
        return [each for each in self.all() if each.id in made]

    def change(self, workstation_id: str, draft: WorkstationDraft) -> Workstation:
        """Mend what it is called and whether it is public, the latter from today on."""
        tidy = _tidy(draft)
        with self._store.writing() as db, journal.one_step(self._store):
            found = self.get(workstation_id)
            place = self._check(tidy, rows.all_of(db), found)
            rows.change(self._store, db, workstation_id, tidy, place)
            if found.state.is_public != tidy.is_public:
                today = self._store.today()
                state = replace(found.state, since=today, is_public=tidy.is_public, note=None)
                self._set(found, state)
        return self._told(workstation_id)

    def set_condition(
        self,
        workstation_id: str,
        condition: Condition,
        *,
        since: date | None = None,
        is_public: bool | None = None,
        note: str | None = None,
    ) -> Workstation:
        """What became of it on a day (today): broken, repaired, retired; its past stays.

        Whether it is public stays as it was unless it is said. Raises `RuleError` while somebody
        uses it: a session is not cut off by a note.
        """
        day = check_day(since or self._store.today(), today=self._store.today(), field="since")
        told = clean(note, "note", most=LIMITS["note"])
        self._permit_since(day)
        with self._store.writing() as db, journal.one_step(self._store):
            found = self.get(workstation_id)
            public = found.state.is_public if is_public is None else is_public
            state = WorkstationState(since=day, condition=condition, is_public=public, note=told)
            begun = day < found.state.since and self._untold(db, workstation_id)
            if begun or day >= found.state.since:
                self._check_becomes(db, found, condition)
            if begun:  # nobody has looked at it yet: it was there before it was added here
                rows.change_state(self._store, db, replace(state, id=found.state.id))
            else:
                self._set(found, state)
        return self._told(workstation_id)

    def remove(self, workstation_id: str) -> bool:
        """Take it off the board: retired where it has history, else gone; whether it is gone."""
        with self._store.writing() as db, journal.one_step(self._store):
            found = self.get(workstation_id)
            if found.state.condition is Condition.RETIRED:
                return False
            self._refuse_in_use(db, found)
            known = rows.has_history(db, workstation_id)
            if known:
                self.set_condition(workstation_id, Condition.RETIRED)
            else:
                for state in rows.states_of(db, workstation_id):
                    rows.remove_state(self._store, db, state.id)
                rows.remove(self._store, db, workstation_id)
        self._notify(Topic.COMPUTERS)
        return not known

    def history(self, workstation_id: str) -> list[WorkstationState]:
        """What it was, oldest first."""
        with self._store.reading() as db:
            return rows.states_of(db, workstation_id)

    def histories(self) -> dict[str, list[WorkstationState]]:
        """What each workstation was, oldest first."""
        with self._store.reading() as db:
            return rows.states(db)

    def mend_history(self, workstation_id: str, state: WorkstationState) -> None:
        """Correct the day, the condition or the note of a line of its history."""
        check_day(state.since, today=self._store.today(), field="since")
        tidy = replace(state, note=clean(state.note, "note", most=LIMITS["note"]))
        old = next((s for s in self.history(workstation_id) if s.id == state.id), None)
        if old is None:
            raise RuleError(NO_WORKSTATION)
        self._permit_since(min(old.since, tidy.since))
        with self._store.writing() as db, journal.one_step(self._store):
            found = self.get(workstation_id)
            rows.change_state(self._store, db, tidy)
            self._check_becomes(db, found, self.get(workstation_id).state.condition)
        self._notify(Topic.COMPUTERS)

    def drop_history(self, workstation_id: str, state_id: str) -> None:
        """Take a line out of its history; the last one stays."""
        known = self.history(workstation_id)
        if len(known) < 2:
            raise RuleError(LAST_STATE)
        gone = next((state for state in known if state.id == state_id), None)
        if gone is None:
            raise RuleError(NO_WORKSTATION)
        self._permit_since(gone.since)
        with self._store.writing() as db, journal.one_step(self._store):
            found = self.get(workstation_id)
            rows.remove_state(self._store, db, state_id)
            self._check_becomes(db, found, self.get(workstation_id).state.condition)
        self._notify(Topic.COMPUTERS)

    def ask_since(self, workstation_id: str, day: date) -> None:
        """Ask about the months that change when it turns out to have been here on `day`."""
        if any(state.since > day for state in self.history(workstation_id)[:1]):
            self._permit_since(day)

    def know_since(self, workstation_id: str, day: date) -> None:
        """It was here on `day`, since it was used then: its history begins no later.

        Else its minutes would be held against a day without any (PM4).
        """
        for oldest in self.history(workstation_id)[:1]:
            if day < oldest.since:
                state = replace(oldest, since=day, condition=Condition.GOOD, note=None)
                with self._store.writing() as db:
                    rows.add_state(self._store, db, workstation_id, state)

    def _permit_since(self, day: date) -> None:
        """Ask about every month from that day on: a state holds until the next one."""
        months = months_from(day, self._store.today())
        self._store.permit([day, *(each.first for each in months)])

    def _check_becomes(self, db: Database, found: Workstation, condition: Condition) -> None:
        """Raise unless it may be in this condition now, which was in another one before."""
        if condition is found.state.condition:
            return
        if condition is not Condition.GOOD:
            self._refuse_in_use(db, found)
        if found.state.condition is Condition.RETIRED:
            draft = WorkstationDraft(label=found.label, number=found.number)
            self._check(draft, rows.all_of(db), found)

    @staticmethod
    def _untold(db: Database, workstation_id: str) -> bool:
        """Whether it has only the line with which it was added."""
        states = rows.states_of(db, workstation_id)
        return len(states) == 1 and states[0].note is None

    def _set(self, found: Workstation, state: WorkstationState) -> None:
        """From that day on it is so; nothing is added where it was so already."""
        if (state.since, state.condition, state.is_public, state.note) == (
            found.state.since,
            found.state.condition,
            found.state.is_public,
            found.state.note,
        ):
            return
        with self._store.writing() as db:
            rows.add_state(self._store, db, found.id, state)

    def _check(
        self, draft: WorkstationDraft, known: list[Workstation], found: Workstation | None
    ) -> int:
        """The number it gets; raises `InputError` where name or number are somebody else's."""
        others = [
            each
            for each in known
            if (found is None or each.id != found.id)
            and each.state.condition is not Condition.RETIRED
        ]
        if found is None and len(others) >= MOST_WORKSTATIONS:
            raise InputError(TOO_MANY, field="label", most=number(MOST_WORKSTATIONS))
        same = draft.label.casefold()
        if any(each.label.casefold() == same for each in others):
            raise InputError(LABEL_TAKEN, field="label", label=draft.label)
        taken = {each.number: each.label for each in others}
        if draft.number is None:
            return next(n for n in range(1, MOST_WORKSTATIONS + 2) if n not in taken)
        if type(draft.number) is not int or not 1 <= draft.number <= MOST_NUMBER:
            raise InputError(BAD_NUMBER, field="number", most=MOST_NUMBER)
        if draft.number in taken:
            raise InputError(
                NUMBER_TAKEN, field="number", number=draft.number, label=taken[draft.number]
            )
        return draft.number

    def _refuse_in_use(self, db: Database, found: Workstation) -> None:
        if any(each.workstation_id == found.id for each in sessions.open_ones(db)):
            raise RuleError(STILL_IN_USE, label=found.label)

    def _told(self, workstation_id: str) -> Workstation:
        found = self.get(workstation_id)
        self._notify(Topic.COMPUTERS)
        return found


def _check_count(count: int, most: int) -> None:
    if type(count) is not int or count < 1:
        raise InputError(BAD_PC_COUNT, field="count", most=number(MOST_WORKSTATIONS))
    if count > most:
        raise InputError(TOO_MANY, field="count", most=number(MOST_WORKSTATIONS))


def _tidy(draft: WorkstationDraft) -> WorkstationDraft:
    return replace(
        draft,
        label=clean(draft.label, "label", required=True, most=LIMITS["label"]) or "",
        place=clean(draft.place, "place", most=LIMITS["place"]),
        specification=clean(draft.specification, "specification", most=LIMITS["specification"]),
        note=clean(draft.note, "note", most=LIMITS["note"]),
    )
