"""Lists and who was there: enrolled, withdrawn, marked, counted by head."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from typing import Any

from perpudesk.attendance import store as rows
from perpudesk.attendance.linking import Linker
from perpudesk.attendance.model import (
    NO_MEETING,
    NO_PARTICIPANT,
    NOT_HERE,
    ON_LIST,
    TRAINER_ON_LIST,
    Headcount,
    Meeting,
    Participant,
    Results,
    Sheet,
    admit_headcount,
    admit_results,
    check_takes_marks,
    refuse_trainer,
)
from perpudesk.attendance.registering import Registrar
from perpudesk.core.codes import ListStatus, MeetingState, Mode, VisitorType
from perpudesk.core.errors import RuleError
from perpudesk.core.topics import Notify, Topic
from perpudesk.db import journal
from perpudesk.db.connection import Store
from perpudesk.db.database import Database
from perpudesk.patrons.model import Profile, check_profile
from perpudesk.patrons.service import PatronService
from perpudesk.visits.service import VisitService


class AttendanceService:
    """The use cases of lists and marks; each is one transaction and one step of undo."""

    def __init__(
        self,
        store: Store,
        notify: Notify,
        patrons: PatronService,
        visits: VisitService,
    ) -> None:
        """Serve the lists of `store`."""
        self._store = store
        self._notify = notify
        self._patrons = patrons
        self._visits = Linker(store, visits)
        self.registrar = Registrar(store, notify, patrons)

    # ---------------------------------------------------------------- asked

    def came(self, ids: Collection[str]) -> dict[str, int | None]:
        """How many were at each of these meetings; None where nobody counted."""
        with self._store.reading() as db:
            return rows.came(db, ids)

    def sheet(self, list_id: str, *, of_course: bool) -> Sheet:
        """A list with its meetings and marks; of a course, or of the one meeting with that id."""
        with self._store.reading() as db:
            meetings = rows.of_courses(db, [list_id]) if of_course else rows.many(db, [list_id])
            return Sheet(
                list_id=list_id,
                participants=rows.on_list(db, list_id),
                meetings=tuple(meetings),
                marks=rows.marks(db, list_id),
            )

    def participant(self, participant_id: str) -> Participant:
        """The participant with that id; raises `RuleError` where there is none any more."""
        with self._store.reading() as db:
            return _participant(db, participant_id)

    def certificate_numbers(self) -> set[str]:
        """Every number that was given to a certificate."""
        with self._store.reading() as db:
            return rows.certificate_numbers(db)

    # ---------------------------------------------------------------- lists

    def enrol(
        self,
        list_id: str,
        *,
        patron_id: str | None = None,
        staff_id: str | None = None,
        profile: Profile | None = None,
        capacity: int | None = None,
        barred: Collection[str] = (),
    ) -> Participant:
        """Put a patron, one of the staff, or a profile alone on a list.

        Over its `capacity` they wait. Somebody who withdrew comes back to the same line. Raises
        `RuleError` for one who is on the list, and for a trainer (`barred`: patron ids).
        """
        known = self._known(list_id, patron_id, staff_id)
        if known is not None and known.status is not ListStatus.WITHDRAWN:
            raise RuleError(ON_LIST, name=known.name or "")
        with self._step() as db:
            full = capacity is not None and rows.enrolled(db, list_id) >= capacity
            status = ListStatus.WAITING if full else ListStatus.ENROLLED
            if known is not None:
                added = known.id
                rows.change_participant(self._store, db, added, {"status": str(status)})
            else:
                who = self._who(patron_id, staff_id, profile)
                fields = {"list_id": list_id, "status": str(status), **who}
                added = rows.add_participant(self._store, db, fields)
            found = _participant(db, added)
            refuse_trainer(found, barred)
        self._notify(Topic.ACTIVITIES)
        return found

    def enrol_many(
        self, list_id: str, patron_ids: Sequence[str], *, capacity: int | None = None
    ) -> list[Participant]:
        """Put patrons on a list as one step, those who are on it already left out."""
        known = {each.patron_id for each in self._on_list(list_id) if each.listed}
        with self._step():
            return [
                self.enrol(list_id, patron_id=each, capacity=capacity)
                for each in dict.fromkeys(patron_ids)
                if each not in known
            ]

    def withdraw(self, participant_id: str, *, capacity: int | None = None) -> None:
        """Take somebody off the list; what was marked of them stays and counts.

        Who waits for the place moves up, first come first, in the same step.
        """
        with self._step() as db:
            found = _participant(db, participant_id)
            if rows.is_marked(db, participant_id):
                status = {"status": str(ListStatus.WITHDRAWN)}
                rows.change_participant(self._store, db, participant_id, status)
            else:
                rows.remove_participant(self._store, db, participant_id)
            self._fill(db, found.list_id, capacity)
        self._notify(Topic.ACTIVITIES)

    def move_up(self, list_id: str, *, capacity: int | None) -> int:
        """Let as many of those who wait onto the list as there is room for; how many."""
        with self._step() as db:
            moved = self._fill(db, list_id, capacity)
        if moved:
            self._notify(Topic.ACTIVITIES)
        return moved

    def set_profile(self, participant_id: str, profile: Profile) -> Participant:
        """Mend what is kept of a participant; asks where a closed month counted it."""
        tidy = check_profile(profile)
        with self._store.reading() as db:
            days = rows.days_of(db, participant_id)
        self._store.permit(days)
        return self._change(participant_id, tidy.columns())

    def set_results(self, participant_id: str, results: Results) -> Participant:
        """Scores and answers; raises `InputError` on the one that is refused."""
        tidy = admit_results(results)
        fields = {name: getattr(tidy, name) for name in Results.__dataclass_fields__}
        return self._change(participant_id, fields)

    def set_note(self, participant_id: str, note: str | None) -> Participant:
        """What is remarked of a participant."""
        return self._change(participant_id, {"note": note})

    def certify(self, numbers: Mapping[str, str], on: date) -> None:
        """Give certificates their numbers, by participant; one that has a number keeps it."""
        with self._step() as db:
            for participant_id, number in numbers.items():
                if _participant(db, participant_id).certificate_number is None:
                    fields = {"certificate_number": number, "certified_on": on.isoformat()}
                    rows.change_participant(self._store, db, participant_id, fields)
        self._notify(Topic.ACTIVITIES)

    def refuse_listed(self, list_id: str, patron_ids: Collection[str]) -> None:
        """Raise `RuleError` where one of these, who are to train, is on the list."""
        for each in self._on_list(list_id):
            if each.patron_id in patron_ids and each.status is not ListStatus.WITHDRAWN:
                raise RuleError(TRAINER_ON_LIST, name=each.name or "")

    # ---------------------------------------------------------------- marks

    def mark(self, meeting_id: str, participant_id: str, present: bool | None) -> None:
        """Somebody was there, was not, or (None) nobody looked: on the disk when this returns.

        The first mark says that the meeting was held. Who waited for a place and came has one.
        Raises `RuleError` for a meeting that is cancelled or has not come yet.
        """
        meeting = self._markable(meeting_id, taking=present is None)
        with self._step() as db:
            found = _participant(db, participant_id)
            if found.list_id != meeting.list_id:
                raise RuleError(NO_PARTICIPANT)
            self._mark(db, meeting, found, present)
            if present is not None:
                rows.set_state(self._store, db, meeting_id, MeetingState.HELD)
        self._notify(Topic.ACTIVITIES)

    def mark_all(self, meeting_id: str, *, present: bool | None) -> int:
        """Say it of everybody on the list who has no mark yet, or take all marks; how many."""
        meeting = self._markable(meeting_id, taking=present is None)
        with self._step() as db:
            marks = rows.marks(db, meeting.list_id)
            wanted = [
                each
                for each in rows.on_list(db, meeting.list_id)
                if (each.listed if present is not None else True)
                and ((meeting_id, each.id) in marks) is (present is None)
            ]
            for each in wanted:
                self._mark(db, meeting, each, present)
            if wanted and present is not None:
                rows.set_state(self._store, db, meeting_id, MeetingState.HELD)
        self._notify(Topic.ACTIVITIES)
        return len(wanted)

    def by_card(self, list_id: str, number: str) -> Participant | None:
        """Whose member card it is among those on the list, waiting or withdrawn; None: nobody's."""
        patron = self._patrons.by_number(number)
        if patron is None:
            return None
        return self._known(list_id, patron.id, None)

    def set_headcount(self, meeting_id: str, headcount: Headcount | None) -> Meeting:
        """How many came beside the list; None: nobody counted, which is not 0.

        Raises `InputError` on `headcount` or `parts`, `RuleError` as `mark`.
        """
        tidy = None if headcount is None else admit_headcount(headcount)
        meeting = self._markable(meeting_id, taking=tidy is None)
        with self._step() as db:
            if tidy is not None:
                rows.set_state(self._store, db, meeting_id, MeetingState.HELD)
            if meeting.count_visits:
                visit_id = self._visits.visit_of_headcount(meeting, tidy)
                rows.set_visits(self._store, db, meeting_id, count=True, visit_id=visit_id)
            rows.set_headcount(self._store, db, meeting_id, tidy)
        self._notify(Topic.ACTIVITIES)
        return self._meeting(meeting_id)

    def count_heads(self, meeting_id: str, headcount: Headcount | None, *, visits: bool) -> Meeting:
        """How many came beside the list, and whether all who came are visits, as one step."""
        meeting = self._markable(meeting_id, taking=headcount is None)
        with self._step():
            if meeting.count_visits is not visits:
                self.set_count_visits(meeting_id, on=visits)
            if meeting.headcount != headcount:
                self.set_headcount(meeting_id, headcount)
        return self._meeting(meeting_id)

    def set_count_visits(self, meeting_id: str, *, on: bool) -> Meeting:
        """Whether everybody present is a visit too: linked to the one of that day, or recorded.

        Taken back, the visits that it recorded go again. Raises `RuleError` where the meeting is
        not at the library itself.
        """
        meeting = self._meeting(meeting_id)
        if on and meeting.schedule.mode is not Mode.ON_SITE:
            raise RuleError(NOT_HERE)
        self._store.permit([meeting.schedule.day])
        with self._step() as db:
            for mark in rows.present_at(db, meeting_id):
                self._link(db, meeting, mark, on=on)
            wanted = meeting.headcount if on else None
            visit_id = self._visits.visit_of_headcount(meeting, wanted)
            rows.set_visits(self._store, db, meeting_id, count=on, visit_id=visit_id)
        self._notify(Topic.ACTIVITIES)
        return self._meeting(meeting_id)

    # ---------------------------------------------------------------- parts

    @contextmanager
    def _step(self) -> Iterator[Database]:
        with self._store.writing() as db, journal.one_step(self._store):
            yield db

    def _meeting(self, meeting_id: str) -> Meeting:
        with self._store.reading() as db:
            found = rows.meeting(db, meeting_id)
        if found is None:
            raise RuleError(NO_MEETING)
        return found

    def _markable(self, meeting_id: str, *, taking: bool) -> Meeting:
        """A meeting that takes marks; to take one back, whatever became of it."""
        meeting = self._meeting(meeting_id)
        if not taking:
            check_takes_marks(meeting, today=self._store.today())
        self._store.permit([meeting.schedule.day])
        return meeting

    def _mark(
        self, db: Database, meeting: Meeting, participant: Participant, present: bool | None
    ) -> None:
        key = (meeting.id, participant.id)
        before = rows.mark(db, key)
        if before is not None and present is not None and bool(before["present"]) is present:
            return
        self._visits.let_go(db, before)
        if present is None:
            rows.take_mark(self._store, db, key)
            return
        counts = present and meeting.count_visits
        visit = self._visits.visit_of(meeting, participant) if counts else None
        rows.put_mark(self._store, db, key, present=present, visit=visit)
        if participant.status is ListStatus.WAITING:
            status = {"status": str(ListStatus.ENROLLED)}
            rows.change_participant(self._store, db, participant.id, status)

    def _link(self, db: Database, meeting: Meeting, mark: Mapping[str, Any], *, on: bool) -> None:
        """Link a mark that says present to its visit, or let the visit go."""
        key = (mark["meeting_id"], mark["participant_id"])
        if on:
            visit = self._visits.visit_of(meeting, _participant(db, key[1]))
        else:
            self._visits.let_go(db, mark)
            visit = None
        rows.put_mark(self._store, db, key, present=True, visit=visit)

    def _fill(self, db: Database, list_id: str, capacity: int | None) -> int:
        waiting = rows.next_waiting(db, list_id, -1)
        if capacity is not None:
            waiting = waiting[: max(0, capacity - rows.enrolled(db, list_id))]
        for each in waiting:
            status = {"status": str(ListStatus.ENROLLED)}
            rows.change_participant(self._store, db, each, status)
        return len(waiting)

    def _change(self, participant_id: str, fields: Mapping[str, Any]) -> Participant:
        with self._step() as db:
            _participant(db, participant_id)
            rows.change_participant(self._store, db, participant_id, fields)
        self._notify(Topic.ACTIVITIES)
        return self.participant(participant_id)

    def _on_list(self, list_id: str) -> Iterable[Participant]:
        with self._store.reading() as db:
            return rows.on_list(db, list_id)

    def _known(
        self, list_id: str, patron_id: str | None, staff_id: str | None
    ) -> Participant | None:
        """The line of somebody who is named on the list already."""
        if patron_id is None and staff_id is None:
            return None
        return next(
            (
                each
                for each in self._on_list(list_id)
                if (each.patron_id, each.staff_id) == (patron_id, staff_id)
            ),
            None,
        )

    def _who(
        self, patron_id: str | None, staff_id: str | None, profile: Profile | None
    ) -> dict[str, Any]:
        """What a line of a list keeps of somebody, frozen as it is today."""
        kind = VisitorType.NON_MEMBER
        if patron_id is not None:
            patron = self._patrons.get(patron_id)
            if patron is None:
                raise RuleError(NO_PARTICIPANT)
            profile, kind = patron.profile(self._store.today()), patron.visitor_type
        elif staff_id is not None:
            profile, kind = Profile(), VisitorType.UNKNOWN
        return {
            "patron_id": patron_id,
            "staff_id": staff_id,
            "type": str(kind),
            **check_profile(profile or Profile()).columns(),
        }


def _participant(db: Database, participant_id: str) -> Participant:
    found = rows.participant(db, participant_id)
    if found is None:
        raise RuleError(NO_PARTICIPANT)
    return found
