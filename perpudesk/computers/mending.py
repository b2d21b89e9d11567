"""Sessions mended afterwards: corrected, gone on with, entered from paper, taken out, re-dated."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any

from perpudesk.branch.checks import check_day
from perpudesk.branch.service import BranchService
from perpudesk.computers.admission import Admission
from perpudesk.computers.model import Session, SessionDraft, floor_ms
from perpudesk.computers.rules import (
    NO_SESSION,
    START_MISSING,
    admit,
    check_total,
    limit_of,
)
from perpudesk.computers.store import sessions
from perpudesk.computers.workstations import WorkstationService
from perpudesk.core.codes import UNKNOWN, Method, Precision, Sex, VisitorType
from perpudesk.core.errors import InputError, Problem, RuleError
from perpudesk.core.topics import Notify, Topic
from perpudesk.db import journal
from perpudesk.db.connection import Store
from perpudesk.db.database import Database
from perpudesk.patrons.model import Profile

NOT_TO_GO_ON = Problem("not_to_go_on", "Only a session of today can go on.")
IS_TOTAL = Problem(
    "is_total", "This is a total of a day from paper: it has no start and no end. Enter it again."
)
TOTAL_STANDS = Problem(
    "total_stands", "That day has another total meanwhile. Remove it first, or leave this one out."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionEdit:
    """A session as it is typed when it is mended; without an `end` its minutes are unknown."""

    start: datetime | None
    end: datetime | None
    workstation_id: str | None
    profile: Profile = field(default_factory=Profile)
    type: VisitorType = VisitorType.UNKNOWN
    purpose: str = UNKNOWN
    assisted: bool = False
    note: str | None = None


def edit_of(session: Session) -> SessionEdit:
    """The session as it would be typed."""
    return SessionEdit(
        start=session.start,
        end=session.end if session.end_known else None,
        workstation_id=session.workstation_id,
        profile=session.profile,
        type=session.type,
        purpose=session.purpose,
        assisted=session.assisted,
        note=session.note,
    )


class MendingService:
    """The use cases of sessions that are over; each method is one transaction and one step."""

    def __init__(
        self,
        store: Store,
        notify: Notify,
        branch: BranchService,
        workstations: WorkstationService,
    ) -> None:
        """Serve the sessions of `store`."""
        self._store = store
        self._notify = notify
        self._branch = branch
        self._workstations = workstations
        self._admission = Admission(store, branch, workstations)

    def enter(self, draft: SessionDraft, *, outside_hours: bool = False) -> Session:
        """A session from paper: with a start, and an end where that is known.

        Raises `InputError` on `start` or `end`: in the future, in the wrong order, before opening
        time unless `outside_hours`, or while another session had the workstation.
        """
        tidy = admit(draft)
        if tidy.start is None:
            raise InputError(START_MISSING, field="start")
        start, end = floor_ms(tidy.start), None if tidy.end is None else floor_ms(tidy.end)
        self._admission.check_times(start, end)
        self._admission.check_opening(start, outside=outside_hours)
        day = self._admission.day(start)
        self._ask(tidy.workstation_id, [day])
        with self._step() as db:
            limit = tidy.limit or limit_of(self._branch.current(), tidy.profile, tidy.type)
            session_id = sessions.add(
                self._store,
                db,
                replace(tidy, limit=limit),
                {
                    **self._admission.when(start),
                    "precision": str(Precision.TIME),
                    **self._admission.ended(start, end, start),
                },
            )
            self._admission.refuse_overlap(db, session_id)
            self._know(tidy.workstation_id, day)
        return self._told(session_id)

    def record_many(self, drafts: Sequence[SessionDraft]) -> int:
        """Many sessions whose start and end are known, in one transaction; how many records.

        Nothing is checked: for practice data, which makes what is right.
        """
        with self._store.writing() as db:
            made = [(draft, self._known(draft)) for draft in drafts]
            sessions.add_many(self._store, db, made)
        self._notify(Topic.COMPUTERS)
        return len(drafts)

    def _known(self, draft: SessionDraft) -> dict[str, Any]:
        assert draft.start is not None  # noqa: S101 - known
        return {
            **self._admission.when(draft.start),
            "precision": str(Precision.TIME),
            **self._admission.ended(draft.start, draft.end, draft.start),
        }

    def enter_total(
        self,
        day: date,
        counts: Mapping[Sex, int],
        *,
        device: bool = False,
        method: Method = Method.COUNTED,
        note: str | None = None,
    ) -> list[Session]:
        """The sessions of a day as a paper sheet has them in all: minutes stay unknown.

        It takes the place of what was entered so for that day before. Sessions that were recorded
        one by one stay beside it. Raises `InputError` for no session at all.
        """
        check_day(day, today=self._store.today())
        given = {sex: check_total(count) for sex, count in counts.items() if count}
        if not given:
            check_total(0)
        self._store.permit([day])
        made = []
        with self._step() as db:
            for old in sessions.totals_of(db, day, device=device):
                sessions.remove(self._store, db, old, None)
            for sex, count in given.items():
                draft = admit(
                    SessionDraft(device=device, profile=Profile(sex=sex), method=method, note=note)
                )
                when = {
                    "local_date": day.isoformat(),
                    "precision": str(Precision.DAY),
                    "count": count,
                }
                made.append(sessions.add(self._store, db, draft, when))
        self._notify(Topic.COMPUTERS)
        return [self._get(each) for each in made]

    def correct(
        self, session_id: str, edit: SessionEdit, *, outside_hours: bool = False
    ) -> Session:
        """Mend a session that is over, or the start of one that goes on.

        A corrected end is a fact and no estimate. Raises `InputError` as `enter` does, and where a
        move or a pause does not fit between the times.
        """
        found = self._get(session_id)
        if found.start is None:
            raise RuleError(IS_TOTAL)
        if edit.start is None:
            raise InputError(START_MISSING, field="start")
        start, end = floor_ms(edit.start), None if edit.end is None else floor_ms(edit.end)
        if (start, end) != (found.start, found.end):  # a clock may have been set back since
            self._admission.check_times(start, end)
        if start != found.start:
            self._admission.check_opening(start, outside=outside_hours)
        self._admission.check_stays(found, start, end)
        fields = {
            **(self._admission.when(start) if start != found.start else {}),
            **self._admission.end_fields(found, start, end),
            **_beside_times(found, edit),
        }
        day = self._admission.day(start)
        self._ask(fields["workstation_id"], [found.local_date, day])
        with self._step() as db:
            if found.is_open and end is None:
                moved = replace(found, workstation_id=fields["workstation_id"])
                self._admission.refuse_busy(db, moved)
            sessions.set_fields(self._store, db, session_id, fields)
            self._admission.refuse_overlap(db, session_id, before=found)
            self._know(fields["workstation_id"], day)
        return self._told(session_id)

    def _ask(self, workstation_id: str | None, days: Sequence[date]) -> None:
        """Ask before these days change, and with them what the workstation was until today."""
        self._store.permit(days)
        if workstation_id is not None:
            self._workstations.ask_since(workstation_id, days[-1])

    def _know(self, workstation_id: str | None, day: date) -> None:
        if workstation_id is not None:
            self._workstations.know_since(workstation_id, day)

    def go_on(self, session_id: str) -> Session:
        """It was not over: a session of today goes on as if it had never ended.

        Raises `RuleError` when its workstation or its patron is busy meanwhile.
        """
        found = self._get(session_id)
        if found.start is None or found.local_date != self._store.today():
            raise RuleError(NOT_TO_GO_ON)
        with self._step() as db:
            self._admission.refuse_busy(db, found)
            sessions.set_fields(
                self._store,
                db,
                session_id,
                {"ended_at": None, "end_reason": None, "end_estimated": False},
            )
            self._admission.refuse_overlap(db, session_id)
        return self._told(session_id)

    def remove(self, session_id: str, *, note: str | None = None) -> None:
        """Take a session out of every list and total; it can be undone."""
        self._store.permit([self._get(session_id).local_date])
        with self._step() as db:
            sessions.remove(self._store, db, session_id, note)
        self._notify(Topic.COMPUTERS)

    def bring_back(self, session_id: str) -> Session:
        """Count a session again that was taken out; raises as `go_on` does, and on an overlap."""
        with self._store.reading() as db:
            found = sessions.get(db, session_id)
        if found is None:
            raise RuleError(NO_SESSION)
        self._store.permit([found.local_date])
        with self._step() as db:
            if found.is_open:
                self._admission.refuse_busy(db, found)
            if any(_excludes(other, found) for other in self._totals_beside(db, found)):
                raise RuleError(TOTAL_STANDS)
            sessions.set_fields(self._store, db, session_id, {"removed_at": None})
            self._admission.refuse_overlap(db, session_id)
        return self._told(session_id)

    @staticmethod
    def _totals_beside(db: Database, found: Session) -> list[Session]:
        """Of a total its like of that day; a session has none."""
        if found.precision is not Precision.DAY:
            return []
        beside = sessions.totals_of(db, found.local_date, device=found.device)
        return [each for each in (sessions.get(db, one) for one in beside) if each is not None]

    def between(self, first: date, last: date) -> list[Session]:
        """The sessions that began from `first` to `last`, newest first."""
        with self._store.reading() as db:
            return sessions.between(db, first, last)

    def first_day(self) -> date | None:
        """The day of the first session."""
        with self._store.reading() as db:
            return sessions.first_day(db)

    def newest_day(self) -> date | None:
        """The day of the newest session, whatever the clock said."""
        with self._store.reading() as db:
            return sessions.newest_day(db)

    def dated_after(self, day: date) -> list[tuple[str, date]]:
        """Sessions recorded here with a day after `day`: the clock was wrong then."""
        with self._store.reading() as db:
            return [(each, dated) for each, dated, _ in sessions.dated_after(db, day)]

    def redate_after(self, day: date, *, by: int) -> int:
        """Move the sessions dated after `day` by so many days (below 0: back); how many.

        They keep their times of day, and how long they took.
        """
        with self._step() as db:
            wrong = [sessions.get(db, each) for each, _, _ in sessions.dated_after(db, day)]
            for session in wrong:
                if session is not None:
                    sessions.redate(self._store, db, session, timedelta(days=by))
        self._notify(Topic.COMPUTERS)
        return len(wrong)

    def share_a_place(self, session_ids: Iterable[str]) -> bool:
        """Whether one of these had its workstation while another session had it."""
        with self._store.reading() as db:
            found = [sessions.standing(db, each) for each in session_ids]
            return any(each is not None and self._admission.sharing(db, each) for each in found)

    # ---------------------------------------------------------------- parts

    @contextmanager
    def _step(self) -> Iterator[Database]:
        with self._store.writing() as db, journal.one_step(self._store):
            yield db

    def _get(self, session_id: str) -> Session:
        with self._store.reading() as db:
            found = sessions.standing(db, session_id)
        if found is None:
            raise RuleError(NO_SESSION)
        return found

    def _told(self, session_id: str) -> Session:
        self._notify(Topic.COMPUTERS)
        return self._get(session_id)


def _beside_times(found: Session, edit: SessionEdit) -> dict[str, Any]:
    """The columns of what is typed beside the times; raises `InputError`."""
    tidy = admit(
        SessionDraft(
            workstation_id=edit.workstation_id,
            device=found.device,
            profile=edit.profile,
            note=edit.note,
        )
    )
    return {
        "type": str(edit.type),
        **tidy.profile.columns(),
        "workstation_id": tidy.workstation_id,
        "purpose": edit.purpose,
        "assisted": edit.assisted,
        "note": tidy.note,
    }


def _excludes(total: Session, other: Session) -> bool:
    """Whether only one of two totals of a day can stand; a file has one for each computer."""
    of_one_file = total.batch_id is not None and total.batch_id == other.batch_id
    return total.profile.sex is other.profile.sex and not of_one_file
