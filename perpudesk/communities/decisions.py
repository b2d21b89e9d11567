"""What meetings decided, and whether it was done."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date

from perpudesk.attendance.meetings import MeetingService
from perpudesk.communities import store as rows
from perpudesk.communities.model import NO_DECISION, Decision, DecisionDraft, admit_decision
from perpudesk.core.errors import RuleError
from perpudesk.core.times import Period
from perpudesk.core.topics import Notify, Topic
from perpudesk.db import journal
from perpudesk.db.connection import Store
from perpudesk.db.database import Database


class DecisionService:
    """The use cases of decisions; each is one transaction and one step of undo."""

    def __init__(self, store: Store, notify: Notify, meetings: MeetingService) -> None:
        """Serve the decisions of `store`."""
        self._store = store
        self._notify = notify
        self._meetings = meetings

    def get(self, decision_id: str) -> Decision:
        """The decision with that id; raises `RuleError` where there is none any more."""
        with self._store.reading() as db:
            found = rows.decision(db, decision_id)
        if found is None:
            raise RuleError(NO_DECISION)
        return found

    def of_meeting(self, meeting_id: str) -> list[Decision]:
        """What a meeting decided, in the order it was written."""
        with self._store.reading() as db:
            return rows.of_meeting(db, meeting_id)

    def open(self) -> list[Decision]:
        """What is not done, of all meetings: the soonest due first, what has no day last."""
        with self._store.reading() as db:
            return rows.open_decisions(db)

    def done(self, most: int = 50) -> list[Decision]:
        """What was done last."""
        with self._store.reading() as db:
            return rows.done_decisions(db, most)

    def overdue(self, day: date) -> list[Decision]:
        """What should be done by that day and is not, the longest due first."""
        return [each for each in self.open() if each.overdue(day)]

    def share_done(self, period: Period) -> tuple[int, int]:
        """How many of those due in a period are done, and how many were due."""
        with self._store.reading() as db:
            due = rows.due_between(db, period.first, period.last)
        return sum(each.done for each in due), len(due)

    def add(self, meeting_id: str, draft: DecisionDraft) -> Decision:
        """A new decision of a meeting; raises `InputError` on the field that is refused."""
        met = self._meetings.get(meeting_id).schedule.day
        tidy = admit_decision(draft, met=met, today=self._store.today())
        with self._step() as db:
            decision_id = rows.add_decision(self._store, db, meeting_id, tidy)
        return self._told(decision_id)

    def change(self, decision_id: str, draft: DecisionDraft) -> Decision:
        """Write a decision anew; raises `InputError`."""
        found = self.get(decision_id)
        tidy = admit_decision(draft, met=found.met_on, today=self._store.today())
        with self._step() as db:
            rows.change_decision(self._store, db, decision_id, tidy)
        return self._told(decision_id)

    def tick(self, decision_id: str, *, done: bool) -> Decision:
        """It was done today, or is not done after all."""
        found = self.get(decision_id)
        day = self._store.today() if done else None
        return self.change(decision_id, replace(found.draft(), done_on=day))

    def remove(self, decision_id: str) -> None:
        """Take a decision away; it can be undone."""
        self.get(decision_id)
        with self._step() as db:
            rows.remove_decision(self._store, db, decision_id)
        self._notify(Topic.ACTIVITIES)

    @contextmanager
    def _step(self) -> Iterator[Database]:
        with self._store.writing() as db, journal.one_step(self._store):
            yield db

    def _told(self, decision_id: str) -> Decision:
        self._notify(Topic.ACTIVITIES)
        return self.get(decision_id)
