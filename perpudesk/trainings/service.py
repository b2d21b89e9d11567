"""Plan, change and copy courses, and put people on their lists."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, time, timedelta
from itertools import groupby
from typing import Any

from perpudesk.attendance.meetings import MeetingService
from perpudesk.attendance.model import Meeting, MeetingDraft, Participant, Schedule, Sheet
from perpudesk.attendance.service import AttendanceService
from perpudesk.branch.service import BranchService
from perpudesk.core.codes import MeetingState, Mode
from perpudesk.core.errors import RuleError
from perpudesk.core.formats import weekday_names
from perpudesk.core.i18n import tr
from perpudesk.core.topics import Notify, Topic
from perpudesk.db.connection import Store
from perpudesk.patrons.model import Profile
from perpudesk.trainings import store as rows
from perpudesk.trainings.model import (
    COURSE_HELD,
    NO_COURSE,
    Course,
    CourseDraft,
    CourseLine,
    ImportedCourse,
    Series,
    Slot,
    admit,
    next_run,
    slots,
)


class TrainingService:
    """The use cases of courses; each is one transaction and one step of undo."""

    def __init__(
        self,
        store: Store,
        notify: Notify,
        branch: BranchService,
        attendance: AttendanceService,
        meetings: MeetingService,
    ) -> None:
        """Serve the courses of `store`."""
        self._store = store
        self._notify = notify
        self._branch = branch
        self._attendance = attendance
        self._meetings = meetings

    # ---------------------------------------------------------------- asked

    def get(self, course_id: str) -> Course:
        """The course with that id; raises `RuleError` where there is none any more."""
        with self._store.reading() as db:
            found = rows.get(db, course_id)
        if found is None:
            raise RuleError(NO_COURSE)
        return found

    def line(self, course_id: str) -> CourseLine:
        """A course with its meetings."""
        found = self.get(course_id)
        return CourseLine(course=found, meetings=tuple(self._meetings.of_course(course_id)))

    def all(self) -> list[CourseLine]:
        """All courses with their meetings: the one that meets next or met last comes first."""
        with self._store.reading() as db:
            courses = rows.everything(db)
            meetings = sorted(self._meetings.of_courses(), key=lambda each: each.course_id or "")
        of = {
            key: tuple(found) for key, found in groupby(meetings, key=lambda each: each.course_id)
        }
        lines = [CourseLine(course=each, meetings=of.get(each.id, ())) for each in courses]
        today = self._store.today()
        return sorted(lines, key=lambda line: _distance(line, today))

    def titles(self) -> dict[str, str]:
        """What each course is called, by its id."""
        with self._store.reading() as db:
            return {each.id: each.title for each in rows.everything(db)}

    def sheet(self, course_id: str) -> Sheet:
        """The list of a course with its meetings and marks."""
        return self._attendance.sheet(course_id, of_course=True)

    def today(self) -> date:
        """The day on the branch's own calendar."""
        return self._store.today()

    def partners(self) -> list[str]:
        """Partners of earlier courses, the last one first."""
        with self._store.reading() as db:
            return rows.partners(db, 50)

    def places(self) -> list[str]:
        """Places of earlier courses, the last one first."""
        with self._store.reading() as db:
            return rows.places(db, 50)

    # ---------------------------------------------------------------- courses

    def add(self, draft: CourseDraft) -> Course:
        """A new course; raises `InputError` on the field that is refused."""
        tidy = admit(draft, today=self._store.today())
        with self._meetings.step() as db:
            course_id = rows.add(self._store, db, tidy)
        return self._told(course_id)

    def bring_in(self, carried: Mapping[str, Any], courses: Iterable[ImportedCourse]) -> None:
        """Store the courses of a file, which carry its batch; whoever asks tells."""
        with self._store.writing() as db:
            rows.bring_in(db, carried, courses)

    def change(self, course_id: str, draft: CourseDraft) -> Course:
        """Write a course anew; who waits moves up where there are more places.

        Raises `InputError`, and `RuleError` where a trainer is on the list of participants.
        """
        tidy = admit(draft, today=self._store.today())
        found = self.get(course_id)
        self._attendance.refuse_listed(course_id, tidy.trainer_ids)
        if _counted(found.draft()) != _counted(tidy):
            meetings = self._meetings.of_course(course_id)
            self._store.permit(each.schedule.day for each in meetings if each.held)
        with self._meetings.step() as db:
            rows.change(self._store, db, course_id, tidy)
            self._attendance.move_up(course_id, capacity=tidy.capacity)
        return self._told(course_id)

    def remove(self, course_id: str) -> None:
        """Take away a course of which no meeting was held, with its meetings."""
        found = self.get(course_id)
        meetings = self._meetings.of_course(course_id)
        if any(each.held for each in meetings):
            raise RuleError(COURSE_HELD, title=found.title)
        with self._meetings.step() as db:
            for each in meetings:
                self._meetings.remove(each.id)
            rows.remove(self._store, db, course_id)
        self._notify(Topic.ACTIVITIES)

    def copy(self, course_id: str, start: date) -> Course:
        """The course's next run: as it is, without people or results, its meetings from `start`."""
        found, meetings = self.get(course_id), self._meetings.of_course(course_id)
        standing = [each for each in meetings if each.state is not MeetingState.CANCELLED]
        days = next_run(standing, start)
        with self._meetings.step():
            fresh = self.add(replace(found.draft(), starts_on=start, ends_on=None))
            drafts = [
                MeetingDraft(schedule=replace(each.schedule, day=day), title=each.title)
                for each, day in zip(standing, days, strict=True)
            ]
            self._meetings.plan(drafts, course_id=fresh.id)
        return self._told(fresh.id)

    # ---------------------------------------------------------------- meetings

    def preview(self, series: Series) -> list[Slot]:
        """The days that a series would have, and those that holidays and closed days leave out."""
        return slots(series, self._closed(), self._branch.holidays())

    def next_days(self, course_id: str, start: date) -> list[Slot]:
        """The days of a course's next run; `skipped` says of one that the library is closed."""
        days = next_run(self._meetings.of_course(course_id), start)
        closed, holidays = self._closed(), self._branch.holidays()
        return [
            Slot(day=day, skipped=holidays.get(day) or closed.get(day.weekday())) for day in days
        ]

    def _closed(self) -> dict[int, str]:
        """The weekdays without opening hours, each with the words for it."""
        branch, names = self._branch.current(), weekday_names()
        return {
            weekday: tr("closed on {weekday}", weekday=names[weekday])
            for weekday, hours in enumerate(branch.opening_hours or ())
            if hours is None
        }

    def plan_series(
        self,
        course_id: str,
        series: Series,
        *,
        start: time | None,
        minutes: int | None = None,
        mode: Mode | None = None,
        place: str | None = None,
        workstations: Sequence[str] = (),
    ) -> list[str]:
        """The meetings of a series, all or none; what is not said is as the course has it.

        These `workstations` are kept for each of them.
        """
        course = self.get(course_id)
        days = [slot.day for slot in self.preview(series) if slot.skipped is None]
        drafts = [
            MeetingDraft(
                schedule=Schedule(
                    day=day,
                    start=start,
                    minutes=minutes or course.minutes_per_meeting,
                    mode=mode or course.mode,
                    place=place or course.place,
                )
            )
            for day in days
        ]
        self._store.permit(days)
        with self._meetings.step():
            added = self._meetings.plan(drafts, course_id=course_id)
            for each in added if workstations else ():
                self._meetings.keep(each, workstations, title=course.title)
        return added

    def plan_meeting(
        self, course_id: str, draft: MeetingDraft, *, workstations: Sequence[str] = ()
    ) -> str:
        """One more meeting, with these workstations kept for it; its id."""
        course = self.get(course_id)
        self._store.permit([draft.schedule.day])
        with self._meetings.step():
            [added] = self._meetings.plan([draft], course_id=course_id)
            if workstations:
                self._meetings.keep(added, workstations, title=course.title)
        return added

    def change_meeting(
        self, meeting_id: str, draft: MeetingDraft, *, workstations: Sequence[str]
    ) -> Meeting:
        """Another time, place or title of a meeting, and other workstations that are kept."""
        found = self._meetings.get(meeting_id)
        title = self.get(found.list_id).title
        others = set(workstations) != set(self._meetings.workstations(meeting_id))
        self._store.permit([found.schedule.day, draft.schedule.day])
        with self._meetings.step():
            if others:  # those that it had need not be free at its new time
                self._meetings.keep(meeting_id, (), title=title)
            self._meetings.change(meeting_id, draft)
            if others:
                self._meetings.keep(meeting_id, workstations, title=title)
        return self._meetings.get(meeting_id)

    # ---------------------------------------------------------------- people

    def enrol(
        self,
        course_id: str,
        *,
        patron_id: str | None = None,
        staff_id: str | None = None,
        profile: Profile | None = None,
    ) -> Participant:
        """Put somebody on the list, or on the waiting list where it is full.

        Raises `RuleError` for a trainer, and for one who is on it already.
        """
        course = self.get(course_id)
        return self._attendance.enrol(
            course_id,
            patron_id=patron_id,
            staff_id=staff_id,
            profile=profile,
            capacity=course.capacity,
            barred=course.trainer_ids,
        )

    def withdraw(self, participant_id: str) -> None:
        """Take somebody off the list; who waits moves up."""
        found = self._attendance.participant(participant_id)
        course = self.get(found.list_id)
        self._attendance.withdraw(participant_id, capacity=course.capacity)

    # ---------------------------------------------------------------- parts

    def _told(self, course_id: str) -> Course:
        self._notify(Topic.ACTIVITIES)
        return self.get(course_id)


def _counted(draft: CourseDraft) -> tuple[object, ...]:
    """What a closed month knows of a course."""
    return draft.title, draft.topic, draft.strategy, draft.audience


def _distance(line: CourseLine, today: date) -> tuple[int, timedelta]:
    """What goes on or comes soon first, then what is over, the latest first, then the unplanned."""
    coming = [each for each in line.standing if _is_due(each, today)]
    if coming:
        return 0, coming[0].schedule.day - today
    if line.last is not None:
        return 1, abs(today - line.last)
    return 2, timedelta()


def _is_due(meeting: Meeting, today: date) -> bool:
    return meeting.schedule.day >= today
