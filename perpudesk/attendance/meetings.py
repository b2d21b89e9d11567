"""Plan, move, cancel and hold meetings."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from typing import Any

from perpudesk.attendance import store as rows
from perpudesk.attendance.keeping import Keeper
from perpudesk.attendance.model import (
    HAS_ATTENDANCE,
    HELD_AHEAD,
    NO_MEETING,
    ImportedMeeting,
    Meeting,
    MeetingDraft,
    Schedule,
    admit_meeting,
    check_takes_marks,
    refuse_double,
)
from perpudesk.attendance.service import AttendanceService
from perpudesk.computers.booking import Reservation
from perpudesk.computers.reserving import ReservationService
from perpudesk.core.codes import MeetingState
from perpudesk.core.errors import InputError, RuleError
from perpudesk.core.formats import date_long
from perpudesk.core.topics import Notify, Topic
from perpudesk.db import journal
from perpudesk.db.connection import Store
from perpudesk.db.database import Database


class MeetingService:
    """The use cases of meetings; each is one transaction and one step of undo.

    They nest: a room above that keeps more of a meeting opens `step()` and writes both.
    """

    def __init__(
        self,
        store: Store,
        notify: Notify,
        attendance: AttendanceService,
        reservations: ReservationService,
    ) -> None:
        """Serve the meetings of `store`."""
        self._store = store
        self._notify = notify
        self._attendance = attendance
        self._keeper = Keeper(store, reservations)

    # ---------------------------------------------------------------- asked

    def get(self, meeting_id: str) -> Meeting:
        """The meeting with that id; raises `RuleError` where there is none any more."""
        with self._store.reading() as db:
            found = rows.meeting(db, meeting_id)
        if found is None:
            raise RuleError(NO_MEETING)
        return found

    def of_course(self, course_id: str) -> list[Meeting]:
        """The meetings of a course, in order."""
        return self.of_courses([course_id])

    def of_courses(self, ids: Collection[str] | None = None) -> list[Meeting]:
        """The meetings of these courses, or of all courses, in order."""
        with self._store.reading() as db:
            return rows.of_courses(db, ids)

    def many(self, ids: Collection[str]) -> list[Meeting]:
        """The meetings with these ids that still stand, in order."""
        with self._store.reading() as db:
            return rows.many(db, ids)

    def between(self, first: date, last: date) -> list[Meeting]:
        """All meetings of these days, those of courses and those of the community, in order."""
        with self._store.reading() as db:
            return rows.between(db, first, last)

    def clashes(self, schedule: Schedule, *, but: Collection[str] = ()) -> list[Meeting]:
        """Meetings at the same place at the same time, all but some; cancelled ones do not."""
        return [
            each
            for each in self.between(schedule.day, schedule.day)
            if each.id not in but
            and each.state is not MeetingState.CANCELLED
            and schedule.shares_time(each.schedule)
            and schedule.shares_place(each.schedule)
        ]

    def classes_at(self, schedule: Schedule, *, but: str | None = None) -> list[Reservation]:
        """Classes that have computers while a meeting at the library goes on, but its own."""
        own = None if but is None else self.get(but).reservation_id
        return self._keeper.classes_at(schedule, but=own)

    def workstations(self, meeting_id: str) -> tuple[str, ...]:
        """The workstations that are kept for a meeting."""
        kept = self._keeper.kept(self.get(meeting_id))
        return () if kept is None else kept.workstation_ids

    # ---------------------------------------------------------------- done

    def plan(self, drafts: Sequence[MeetingDraft], *, course_id: str | None = None) -> list[str]:
        """New meetings, all or none; their ids.

        Raises `InputError` on the field that is refused; of a course no two are at one time.
        """
        today = self._store.today()
        tidy = [admit_meeting(each, today=today, required=course_id is None) for each in drafts]
        self._store.permit(each.schedule.day for each in tidy)
        with self.step() as db:
            taken = self._schedules(db, course_id)
            added = []
            for each in tidy:
                refuse_double(each.schedule, taken)
                if course_id is not None:
                    taken.append(each.schedule)
                added.append(rows.add_meeting(self._store, db, each, course_id))
        self._notify(Topic.ACTIVITIES)
        return added

    def bring_in(self, carried: Mapping[str, Any], meetings: Iterable[ImportedMeeting]) -> None:
        """Store the meetings of a file, which carry its batch; whoever asks tells."""
        with self._store.writing() as db:
            rows.bring_in(db, carried, meetings)

    def change(self, meeting_id: str, draft: MeetingDraft) -> Meeting:
        """Another date, place or title; what was recorded of it goes with it, and its computers.

        Raises `InputError`: also where one that was held would come to be in the future, and where
        its computers are taken then (`workstations`).
        """
        found, today = self.get(meeting_id), self._store.today()
        tidy = admit_meeting(draft, today=today, required=found.course_id is None)
        if found.held and tidy.schedule.day > today:
            raise InputError(HELD_AHEAD, field="day", date=date_long(tidy.schedule.day))
        self._store.permit([found.schedule.day, tidy.schedule.day])
        with self.step() as db:
            if found.state is not MeetingState.CANCELLED:
                refuse_double(tidy.schedule, self._schedules(db, found.course_id, but=meeting_id))
            counted = found.count_visits
            if counted:  # the visits are of the day, and at the library
                self._attendance.set_count_visits(meeting_id, on=False)
            rows.change_meeting(self._store, db, meeting_id, tidy)
            if counted:
                self._attendance.set_count_visits(meeting_id, on=True)
            if tidy.schedule != found.schedule:
                self._follow(db, meeting_id)
        return self._told(meeting_id)

    def move(self, meeting_id: str, schedule: Schedule) -> Meeting:
        """The same meeting at another time or place; raises `InputError` as `change`."""
        found = self.get(meeting_id)
        draft = MeetingDraft(schedule=schedule, title=found.title, note=found.note)
        return self.change(meeting_id, draft)

    def hold(self, meeting_id: str) -> Meeting:
        """It was held, whether or not anybody counted who was there."""
        found = self.get(meeting_id)
        check_takes_marks(found, today=self._store.today())
        return self._become(found, MeetingState.HELD)

    def cancel(self, meeting_id: str) -> Meeting:
        """It is not held; raises `RuleError` where who was there is recorded."""
        return self._unheld(meeting_id, MeetingState.CANCELLED)

    def reopen(self, meeting_id: str) -> Meeting:
        """It is planned again; raises `RuleError` where who was there is recorded.

        One that was cancelled must find its time free.
        """
        found = self.get(meeting_id)
        if found.state is MeetingState.CANCELLED:
            with self._store.reading() as db:
                refuse_double(found.schedule, self._schedules(db, found.course_id, but=meeting_id))
        return self._unheld(meeting_id, MeetingState.PLANNED)

    def remove(self, meeting_id: str) -> None:
        """Take a meeting away that was a mistake; raises `RuleError` as `cancel`."""
        found = self.get(meeting_id)
        self._refuse_attended(found)
        self._store.permit([found.schedule.day])
        with self.step() as db:
            self._keep(db, found, ())
            rows.remove_meeting(self._store, db, meeting_id)
        self._notify(Topic.ACTIVITIES)

    def keep(self, meeting_id: str, workstation_ids: Sequence[str], *, title: str) -> None:
        """Keep these workstations for it and no others, in the name of `title`.

        Raises `InputError` on `workstations` where one is taken then, and on `start` where it has
        no times.
        """
        found = self.get(meeting_id)
        self._store.permit([found.schedule.day])
        with self.step() as db:
            self._keep(db, found, workstation_ids, title)
        self._notify(Topic.ACTIVITIES)

    @contextmanager
    def step(self) -> Iterator[Database]:
        """One transaction and one step of undo for whatever the block writes."""
        with self._store.writing() as db, journal.one_step(self._store):
            yield db

    # ---------------------------------------------------------------- parts

    def _schedules(
        self, db: Database, course_id: str | None, *, but: str | None = None
    ) -> list[Schedule]:
        """When the course meets, cancelled meetings aside; a meeting of no course stands alone."""
        found: Iterable[Meeting] = () if course_id is None else rows.of_courses(db, [course_id])
        return [
            each.schedule
            for each in found
            if each.state is not MeetingState.CANCELLED and each.id != but
        ]

    def _unheld(self, meeting_id: str, state: MeetingState) -> Meeting:
        found = self.get(meeting_id)
        self._refuse_attended(found)
        return self._become(found, state)

    def _refuse_attended(self, meeting: Meeting) -> None:
        with self._store.reading() as db:
            attended = meeting.headcount is not None or rows.has_marks(db, meeting.id)
        if attended:
            raise RuleError(HAS_ATTENDANCE, date=date_long(meeting.schedule.day))

    def _become(self, meeting: Meeting, state: MeetingState) -> Meeting:
        self._store.permit([meeting.schedule.day])
        with self.step() as db:
            rows.set_state(self._store, db, meeting.id, state)
            if state is MeetingState.CANCELLED:
                self._follow(db, meeting.id)
        return self._told(meeting.id)

    def _keep(
        self, db: Database, meeting: Meeting, workstation_ids: Sequence[str], title: str = ""
    ) -> None:
        kept = self._keeper.keep(meeting, workstation_ids, title)
        rows.set_reservation(self._store, db, meeting.id, kept)

    def _follow(self, db: Database, meeting_id: str) -> None:
        """Let its computers go where the meeting went."""
        kept = self._keeper.follow(self.get(meeting_id))
        rows.set_reservation(self._store, db, meeting_id, kept)

    def _told(self, meeting_id: str) -> Meeting:
        self._notify(Topic.ACTIVITIES)
        return self.get(meeting_id)
