"""Computer sessions at the desk: begun, ended, extended, moved, swapped and paused."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from perpudesk.branch.checks import SHORTEST_LIMIT, check_limit
from perpudesk.branch.service import BranchService
from perpudesk.computers.booking import ReservationKind
from perpudesk.computers.model import EXTENSION, Session, SessionDraft, Workstation, floor_ms
from perpudesk.computers.rules import (
    IN_USE,
    NO_SESSION,
    admit,
    ending,
    last_mark,
    limit_of,
    longest_of,
    moving,
    paused_until,
)
from perpudesk.computers.store import reservations, sessions
from perpudesk.computers.workstations import NO_WORKSTATION, WorkstationService
from perpudesk.core.codes import EndReason, Method, Precision, VisitorType, label
from perpudesk.core.errors import Problem, RuleError
from perpudesk.core.formats import clock_text
from perpudesk.core.i18n import tr
from perpudesk.core.times import utc_text
from perpudesk.core.topics import Notify, Topic
from perpudesk.db import journal
from perpudesk.db.connection import Store
from perpudesk.db.meta import PULSE, begin_meta
from perpudesk.visits.model import VisitDraft
from perpudesk.visits.service import VisitService

if TYPE_CHECKING:
    from collections.abc import Iterator

    from perpudesk.db.database import Database

PATRON_BUSY = Problem(
    "patron_busy", "{name} uses {label} already. End that session, or move it here."
)
NOT_USABLE = Problem(
    "workstation_not_usable", "{label} cannot be lent: {condition}. Note the repair first."
)
FOR_STAFF = Problem(
    "workstation_for_staff", "{label} is a workstation of the staff. Choose a public one."
)
KEPT_FOR_CLASS = Problem(
    "kept_for_class", "{label} is kept for “{title}” until {time}. Choose another workstation."
)
KEPT_FOR_PERSON = Problem(
    "kept_for_person",
    "{label} is reserved for {name} until {time}. Choose another workstation, or start all the "
    "same.",
)
ENDED_ALREADY = Problem("ended_already", "That session has ended already. Look at the board again.")
PAUSED_ALREADY = Problem("paused_already", "That session is paused already.")
NOT_PAUSED = Problem("not_paused", "That session is not paused.")
DEVICE_STAYS = Problem(
    "device_stays", "An own device has no workstation, so its session cannot be moved or swapped."
)
SAME_PLACE = Problem("same_place", "The session is at {label} already. Choose another workstation.")


class ComputerService:
    """The use cases of sessions at the desk; each is one transaction and one step of undo."""

    def __init__(
        self,
        store: Store,
        notify: Notify,
        branch: BranchService,
        visits: VisitService,
        workstations: WorkstationService,
    ) -> None:
        """Serve the sessions of `store`."""
        self._store = store
        self._notify = notify
        self._branch = branch
        self._visits = visits
        self._workstations = workstations

    # ---------------------------------------------------------------- what is there

    def get(self, session_id: str) -> Session:
        """The session with that id; raises `RuleError` where there is none any more."""
        with self._store.reading() as db:
            found = sessions.standing(db, session_id)
        if found is None:
            raise RuleError(NO_SESSION)
        return found

    def open_sessions(self) -> list[Session]:
        """The sessions that go on, oldest first."""
        with self._store.reading() as db:
            return sessions.open_ones(db)

    def of_day(self, day: date) -> list[Session]:
        """The sessions that began on a day, in order."""
        with self._store.reading() as db:
            return sessions.of_day(db, day)

    def limit_for(self, draft: SessionDraft) -> int:
        """How long the use would last by the branch's setting, in minutes."""
        return limit_of(self._branch.current(), draft.profile, draft.type)

    def is_counted(self, patron_id: str) -> bool:
        """Whether a visit of today counts this patron already."""
        return self._visits.counted_on(patron_id, self._store.today()) is not None

    def check_free(self, workstation_id: str, patron_id: str | None = None) -> None:
        """Raise `RuleError` as `start` would, where a session there could not begin now."""
        now = self._now()
        with self._store.reading() as db:
            self._refuse_patron(db, patron_id)
            self._refuse_place(db, workstation_id, patron_id, now, although_kept=False)

    # ---------------------------------------------------------------- use cases

    def start(
        self, draft: SessionDraft, *, count_visit: bool = False, although_kept: bool = False
    ) -> Session:
        """A session that begins now, on the disk when this returns.

        Without a limit it lasts as long as the branch's setting says, or until the workstation is
        kept for somebody. With `count_visit` the visit is counted too, unless one of today counts
        this patron: the session is linked to it either way. Raises `RuleError` where the
        workstation is taken, broken, of the staff or kept for a class, where the patron uses
        another one, and, unless the desk says so (`although_kept`), where it is kept for another
        patron.
        """
        tidy = admit(replace(draft, start=None, end=None, method=Method.COUNTED))
        now = self._now()
        here = now.astimezone(self._store.author.zone)
        with self._step() as db:
            self._refuse_taken(db, tidy, now, although_kept=although_kept)
            if tidy.limit is None:
                tidy = replace(tidy, limit=self._limit_before_next(db, tidy, now))
            session_id = sessions.add(
                self._store,
                db,
                tidy,
                {
                    "local_date": here.date().isoformat(),
                    "local_hour": here.hour,
                    "precision": str(Precision.TIME),
                    "started_at": utc_text(now),
                    "visit_id": self._visit_of(tidy, count_visit=count_visit),
                },
            )
            begin_meta(db, PULSE, utc_text(now))
        return self._told(session_id)

    def _visit_of(self, draft: SessionDraft, *, count_visit: bool) -> str | None:
        """The visit that the session belongs to: the one of today, or one counted with it."""
        if draft.patron_id is not None:
            counted = self._visits.counted_on(draft.patron_id, self._store.today())
            if counted is not None:
                return counted
        if not count_visit:
            return None
        known = draft.type is not VisitorType.UNKNOWN
        visit = self._visits.record(
            VisitDraft(
                profile=draft.profile,
                purpose="computer",
                type=draft.type if known else VisitorType.NON_MEMBER,
                patron_id=draft.patron_id,
            )
        )
        return visit.id

    def end(self, session_id: str, reason: EndReason | None = None) -> Session:
        """It ends now; by itself the reason is that it was done, that the time was up, or a class.

        Under a clock that was set back meanwhile it ends where it began, marked as an estimate.
        """
        now = self._now()
        with self._step(session_id) as db:
            session = self._open(db, session_id)
            because = reason or self._class_at(db, session.workstation_id, now)
            sessions.set_fields(
                self._store, db, session_id, ending(session, now, self._longest, because)
            )
        return self._told(session_id)

    def end_all(self, reason: EndReason = EndReason.DONE) -> list[Session]:
        """Every session ends now, as one step: the branch closes."""
        now = self._now()
        with self._step(*(each.id for each in self.open_sessions())) as db:
            found = sessions.open_ones(db)
            for session in found:
                sessions.set_fields(
                    self._store, db, session.id, ending(session, now, self._longest, reason)
                )
        self._notify(Topic.COMPUTERS)
        return [self.get(session.id) for session in found]

    def extend(self, session_id: str, minutes: int = EXTENSION) -> Session:
        """So much longer; raises `InputError` beyond the longest limit."""
        with self._step(session_id) as db:
            session = self._open(db, session_id)
            limit = check_limit((session.limit or 0) + minutes)
            sessions.set_fields(self._store, db, session_id, {"limit_minutes": limit})
        return self._told(session_id)

    def pause(self, session_id: str) -> Session:
        """Its minutes stand still from now on; the workstation stays taken."""
        now = self._now()
        with self._step(session_id) as db:
            session = self._open(db, session_id)
            if session.paused_at is not None:
                raise RuleError(PAUSED_ALREADY)
            moment = utc_text(max(now, last_mark(session)))
            sessions.set_fields(self._store, db, session_id, {"paused_at": moment})
        return self._told(session_id)

    def resume(self, session_id: str) -> Session:
        """Its minutes go on."""
        now = self._now()
        with self._step(session_id) as db:
            session = self._open(db, session_id)
            if session.paused_at is None:
                raise RuleError(NOT_PAUSED)
            paused = paused_until(session, max(now, session.paused_at))
            sessions.set_fields(
                self._store, db, session_id, {"paused_ms": paused, "paused_at": None}
            )
        return self._told(session_id)

    def move(self, session_id: str, workstation_id: str, *, although_kept: bool = False) -> Session:
        """The same session goes on at another workstation, which must be free as for `start`."""
        now = self._now()
        with self._step(session_id) as db:
            session = self._open(db, session_id)
            self._refuse_still(session, workstation_id)
            self._refuse_place(
                db, workstation_id, session.patron_id, now, although_kept=although_kept
            )
            sessions.set_fields(self._store, db, session_id, moving(session, workstation_id, now))
        return self._told(session_id)

    def swap(self, one_id: str, other_id: str) -> tuple[Session, Session]:
        """Two sessions change places."""
        now = self._now()
        with self._step(one_id, other_id) as db:
            one, other = self._open(db, one_id), self._open(db, other_id)
            self._refuse_still(one, other.workstation_id)
            self._refuse_still(other, one.workstation_id)
            # A workstation has one open session, also between two statements.
            sessions.set_fields(self._store, db, one_id, {"workstation_id": None})
            sessions.set_fields(self._store, db, other_id, moving(other, one.workstation_id, now))
            sessions.set_fields(self._store, db, one_id, moving(one, other.workstation_id, now))
        self._notify(Topic.COMPUTERS)
        return self.get(one_id), self.get(other_id)

    def set_purpose(self, session_id: str, purpose: str) -> Session:
        """What it is for, said meanwhile."""
        with self._step(session_id) as db:
            self._open(db, session_id)
            sessions.set_fields(self._store, db, session_id, {"purpose": purpose})
        return self._told(session_id)

    # ---------------------------------------------------------------- parts

    @contextmanager
    def _step(self, *session_ids: str) -> Iterator[Database]:
        """One transaction and one step; of a closed month only where that is permitted."""
        self._store.permit(self.get(each).local_date for each in session_ids)
        with self._store.writing() as db, journal.one_step(self._store):
            yield db

    @property
    def _longest(self) -> timedelta:
        return longest_of(self._branch.current())

    def _now(self) -> datetime:
        return floor_ms(self._store.clock.now())

    def _open(self, db: Database, session_id: str) -> Session:
        found = sessions.standing(db, session_id)
        if found is None:
            raise RuleError(NO_SESSION)
        if not found.is_open:
            raise RuleError(ENDED_ALREADY)
        return found

    def _refuse_still(self, session: Session, workstation_id: str | None) -> None:
        if session.device or workstation_id is None:
            raise RuleError(DEVICE_STAYS)
        if session.workstation_id == workstation_id:
            raise RuleError(SAME_PLACE, label=self._workstations.get(workstation_id).label)

    def _refuse_taken(
        self, db: Database, draft: SessionDraft, now: datetime, *, although_kept: bool
    ) -> None:
        """Raise `RuleError` unless workstation and patron are free."""
        self._refuse_patron(db, draft.patron_id)
        if draft.workstation_id is not None:
            self._refuse_place(
                db, draft.workstation_id, draft.patron_id, now, although_kept=although_kept
            )
        elif not draft.device:
            raise RuleError(NO_WORKSTATION)

    def _refuse_patron(self, db: Database, patron_id: str | None) -> None:
        """Raise `RuleError` where the patron sits somewhere already."""
        for each in sessions.open_ones(db) if patron_id is not None else ():
            if each.patron_id == patron_id:
                place = self._label_of(each)
                raise RuleError(PATRON_BUSY, name=each.patron_name or "", label=place)

    def _refuse_place(
        self,
        db: Database,
        workstation_id: str,
        patron_id: str | None,
        now: datetime,
        *,
        although_kept: bool,
    ) -> None:
        """Raise `RuleError` unless the workstation can be had now, and by this patron."""
        found = self._workstations.get(workstation_id)
        check_lendable(found)
        for each in sessions.open_ones(db):
            if each.workstation_id == found.id and each.start is not None:
                raise RuleError(IN_USE, label=found.label, time=self._clock(each.start))
        for kept in reservations.at(db, now):
            if found.id not in kept.workstation_ids:
                continue
            told = {"label": found.label, "time": self._clock(kept.end)}
            if kept.kind is ReservationKind.CLASS:
                raise RuleError(KEPT_FOR_CLASS, title=kept.title, **told)
            if kept.patron_id not in (None, patron_id) and not although_kept:
                raise RuleError(KEPT_FOR_PERSON, name=kept.patron_name or "", **told)

    def _limit_before_next(self, db: Database, draft: SessionDraft, now: datetime) -> int:
        """The branch's limit, or the minutes until the workstation is next kept for somebody."""
        limit = self.limit_for(draft)
        coming = [
            (each.start - now) // timedelta(minutes=1)
            for each in reservations.meeting(db, now, now + timedelta(minutes=limit))
            if draft.workstation_id in each.workstation_ids and each.start > now
        ]
        return max(SHORTEST_LIMIT, min([limit, *coming]))

    @staticmethod
    def _class_at(db: Database, workstation_id: str | None, now: datetime) -> EndReason | None:
        """That a class has begun at the workstation, if one has."""
        return next(
            (
                EndReason.CLASS
                for each in reservations.at(db, now)
                if each.kind is ReservationKind.CLASS and workstation_id in each.workstation_ids
            ),
            None,
        )

    def _clock(self, moment: datetime) -> str:
        return clock_text(moment.astimezone(self._store.author.zone))

    def _label_of(self, session: Session) -> str:
        if session.workstation_id is None:
            return tr("an own device") if session.device else tr("a computer")
        return self._workstations.get(session.workstation_id).label

    def _told(self, session_id: str) -> Session:
        self._notify(Topic.COMPUTERS)
        return self.get(session_id)


def check_lendable(found: Workstation) -> None:
    """Raise `RuleError` unless the public may have it now."""
    if not found.state.is_public:
        raise RuleError(FOR_STAFF, label=found.label)
    if not found.usable:
        condition = label(found.state.condition).lower()
        raise RuleError(NOT_USABLE, label=found.label, condition=condition)
