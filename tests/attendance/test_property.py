"""Any sequence of work on lists and marks: what must hold of the records after every step."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from perpudesk.attendance.model import Headcount, Meeting, MeetingDraft, Participant, Schedule
from perpudesk.core.codes import ListStatus, Sex
from perpudesk.core.errors import InputError, RuleError
from perpudesk.core.times import FixedClock
from perpudesk.db import journal
from perpudesk.desk import Desk
from perpudesk.patrons.model import PatronDraft, Profile
from perpudesk.visits.model import Part, VisitDraft

MEMORY = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
"""These steps sync more than they compute."""
TODAY = date(2026, 11, 23)
TABLES = ("meetings", "participants", "marks", "visits")
_BOOKKEEPING = ("seq", "revision", "changed_at", "changed_by")
DAYS = st.integers(-40, 10)
HOURS = st.none() | st.integers(8, 15)
CAPACITY = 2


@cache
def empty_store() -> Path:
    """A store without a branch, made once: the steps of the schema cost more than a sequence."""
    folder = Path(tempfile.mkdtemp(dir=MEMORY))
    atexit.register(shutil.rmtree, folder)
    with Desk(folder):
        return folder


class WithLists(RuleBasedStateMachine):
    """A branch with a course for two, three patrons, and meetings of the community."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(dir=MEMORY))
        shutil.copytree(empty_store(), self.folder, dirs_exist_ok=True)
        self.clock = FixedClock(datetime(2026, 11, 23, 2, 41, 7, 123_000, tzinfo=UTC))
        self.desk = Desk(self.folder, clock=self.clock).__enter__()
        self.desk.branch.set_up(name="Perpustakaan Uji", zone="WIB")
        self.patrons = [self.desk.patrons.add(PatronDraft(name=name)).id for name in "ABC"]
        with self.desk.store.writing() as db:
            self.course = journal.create(self.desk.store, db, "courses", {"title": "Email"})
        self.plan(date(2026, 11, 9), 9, self.course)
        self.came: set[str] = set()

    def teardown(self) -> None:
        try:
            self.desk.check()
        finally:
            self.desk.close()
            shutil.rmtree(self.folder)

    # ---------------------------------------------------------------- what is there

    def standing(self) -> dict[tuple[str, str], dict[str, Any]]:
        """Every record that a step may change, without what the journal stamps on it."""
        found = {}
        with self.desk.store.reading() as db:
            for table in TABLES:
                for row in db.query(f"SELECT * FROM {table} WHERE removed_at IS NULL"):
                    kept = {key: row[key] for key in row if key not in _BOOKKEEPING}
                    found[table, row["id"]] = kept
        return found

    def of(self, table: str) -> list[dict[str, Any]]:
        return [row for (kind, _), row in self.standing().items() if kind == table]

    def lines(self) -> int:
        with self.desk.store.reading() as db:
            return next(iter(db.query("SELECT count(*) AS n FROM journal")))["n"]

    def meetings(self) -> list[Meeting]:
        return self.desk.meetings.between(date(2026, 1, 1), date(2027, 12, 31))

    def a_meeting(self, data: st.DataObject) -> Meeting:
        found = self.meetings()
        return found[data.draw(st.integers(0, len(found) - 1))]

    def someone(self, data: st.DataObject, meeting: Meeting) -> Participant | None:
        sheet = self.desk.attendance.sheet(meeting.list_id, of_course=meeting.course_id is not None)
        if not sheet.participants:
            return None
        return sheet.participants[data.draw(st.integers(0, len(sheet.participants) - 1))]

    def plan(self, day: date, hour: int | None, course: str | None) -> None:
        schedule = Schedule(day=day, start=None if hour is None else time(hour), minutes=60)
        self.desk.meetings.plan([MeetingDraft(schedule=schedule, title="Temu")], course_id=course)

    def do(self, data: st.DataObject, step: Callable[[], object]) -> None:
        """Do it; what is refused leaves everything as it was, what is done is undone exactly."""
        before, lines = self.standing(), self.lines()
        try:
            step()
        except (RuleError, InputError):
            assert (self.standing(), self.lines()) == (before, lines)
            return
        if self.lines() == lines or not data.draw(st.booleans()):
            return
        after = self.standing()
        self.desk.undo()
        assert self.standing() == before
        if data.draw(st.booleans()):
            self.desk.redo()
            assert self.standing() == after

    # ---------------------------------------------------------------- what is done

    @rule(data=st.data(), days=DAYS, hour=HOURS, of_course=st.booleans())
    def plans(self, data: st.DataObject, days: int, hour: int | None, of_course: bool) -> None:
        day = TODAY + timedelta(days=days)
        self.do(data, lambda: self.plan(day, hour, self.course if of_course else None))

    @rule(data=st.data(), patron=st.none() | st.integers(0, 2), of_course=st.booleans())
    def enrols(self, data: st.DataObject, patron: int | None, of_course: bool) -> None:
        of_course = of_course or not self.meetings()
        list_id = self.course if of_course else self.a_meeting(data).list_id
        capacity = CAPACITY if list_id == self.course else None
        who: dict[str, Any] = (
            {"profile": Profile(sex=Sex.MALE)}
            if patron is None
            else {"patron_id": self.patrons[patron]}
        )
        self.do(data, lambda: self.desk.attendance.enrol(list_id, capacity=capacity, **who))

    @precondition(lambda self: self.meetings())
    @rule(data=st.data(), present=st.sampled_from([True, True, False, None]))
    def marks(self, data: st.DataObject, present: bool | None) -> None:
        meeting = self.a_meeting(data)
        someone = self.someone(data, meeting)
        if someone is not None:
            self.do(data, lambda: self.desk.attendance.mark(meeting.id, someone.id, present))

    @precondition(lambda self: self.meetings())
    @rule(data=st.data(), present=st.sampled_from([True, None]))
    def marks_all(self, data: st.DataObject, present: bool | None) -> None:
        meeting = self.a_meeting(data)
        self.do(data, lambda: self.desk.attendance.mark_all(meeting.id, present=present))

    @precondition(lambda self: self.meetings())
    @rule(data=st.data())
    def withdraws(self, data: st.DataObject) -> None:
        meeting = self.a_meeting(data)
        someone = self.someone(data, meeting)
        if someone is not None:
            capacity = CAPACITY if meeting.list_id == self.course else None
            self.do(data, lambda: self.desk.attendance.withdraw(someone.id, capacity=capacity))

    @precondition(lambda self: self.meetings())
    @rule(data=st.data(), count=st.none() | st.integers(0, 9), female=st.integers(0, 9))
    def counts(self, data: st.DataObject, count: int | None, female: int) -> None:
        meeting = self.a_meeting(data)
        parts = (Part(sex=Sex.FEMALE, age_band=None, count=female),)
        given = None if count is None else Headcount(count=count, parts=parts)
        self.do(data, lambda: self.desk.attendance.set_headcount(meeting.id, given))

    @precondition(lambda self: self.meetings())
    @rule(data=st.data(), on=st.booleans())
    def counts_visits(self, data: st.DataObject, on: bool) -> None:
        meeting = self.a_meeting(data)
        self.do(data, lambda: self.desk.attendance.set_count_visits(meeting.id, on=on))

    @precondition(lambda self: self.meetings())
    @rule(data=st.data(), days=DAYS, hour=HOURS)
    def moves(self, data: st.DataObject, days: int, hour: int | None) -> None:
        meeting = self.a_meeting(data)
        start = None if hour is None else time(hour)
        schedule = Schedule(day=TODAY + timedelta(days=days), start=start, minutes=60)
        self.do(data, lambda: self.desk.meetings.move(meeting.id, schedule))

    @precondition(lambda self: self.meetings())
    @rule(data=st.data(), what=st.sampled_from(["cancel", "reopen", "hold", "remove"]))
    def decides(self, data: st.DataObject, what: str) -> None:
        meeting = self.a_meeting(data)
        self.do(data, lambda: getattr(self.desk.meetings, what)(meeting.id))

    @rule(data=st.data(), patron=st.integers(0, 2))
    def visits(self, data: st.DataObject, patron: int) -> None:
        draft = VisitDraft(patron_id=self.patrons[patron])
        self.do(data, lambda: self.desk.visits.record(draft))

    # ---------------------------------------------------------------- what holds

    @invariant()
    def attendances_are_marks_and_headcounts(self) -> None:
        marks, rows = self.of("marks"), {row["id"]: row for row in self.of("meetings")}
        for meeting in self.meetings():
            sheet = self.desk.attendance.sheet(
                meeting.list_id, of_course=meeting.course_id is not None
            )
            of = [row for row in marks if row["meeting_id"] == meeting.id]
            heads = rows[meeting.id]["headcount"]
            came = sum(row["present"] for row in of) + (heads or 0)
            assert sheet.present_at(meeting) == (came if of or heads is not None else None)
            assert meeting.held or not of

    @invariant()
    def nobody_is_on_the_list_over_its_capacity_unless_they_came(self) -> None:
        here = [row for row in self.of("participants") if row["list_id"] == self.course]
        marked = {row["participant_id"] for row in self.of("marks")}
        enrolled = [row for row in here if row["status"] == ListStatus.ENROLLED]
        waiting = [row for row in here if row["status"] == ListStatus.WAITING]
        self.came |= marked  # whose mark was taken back keeps the place it brought
        assert len([row for row in enrolled if row["id"] not in self.came]) <= CAPACITY
        assert not waiting or len(enrolled) >= CAPACITY

    @invariant()
    def whoever_is_present_is_one_visit(self) -> None:
        visits = {row["id"]: row for row in self.of("visits")}
        people = {row["id"]: row for row in self.of("participants")}
        linked = set()
        for meeting in self.meetings():
            present = [
                row
                for row in self.of("marks")
                if row["meeting_id"] == meeting.id and row["present"]
            ]
            for row in present:
                assert (row["visit_id"] is not None) is meeting.count_visits
                if row["visit_id"] is None:
                    continue
                visit = visits[row["visit_id"]]
                assert visit["local_date"] == meeting.schedule.day.isoformat()
                assert visit["patron_id"] == people[row["participant_id"]]["patron_id"]
                linked.add((row["visit_id"], visit["patron_id"]))
            heads = meeting.headcount.count if meeting.headcount else 0
            if meeting.count_visits and heads:
                assert visits[str(meeting.visit_id)]["count"] == heads
            else:
                assert meeting.visit_id is None
        made = [row["visit_id"] for row in self.of("marks") if row["made_visit"]]
        assert len(made) == len(set(made))
        anonymous = [visit for visit, patron in linked if patron is None]
        assert len(anonymous) == len(set(anonymous))


TestLists = WithLists.TestCase
TestLists.settings = settings(max_examples=40, stateful_step_count=30)
