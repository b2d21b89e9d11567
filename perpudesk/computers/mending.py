"""Sessions mended afterwards: corrected, gone on with, entered from paper, taken out, re-dated."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from typing import Any

from perpudesk.branch.checks import check_day
from perpudesk.branch.service import BranchService
from perpudesk.computers.model import Session, SessionDraft, floor_ms
from perpudesk.computers.rules import (
    END_BEFORE_START,
    END_IN_FUTURE,
    IN_USE,
    NO_SESSION,
    START_BEFORE_OPENING,
    START_IN_FUTURE,
    START_MISSING,
    admit,
    check_total,
    in_the_way,
    last_mark,
    limit_of,
    longest_of,
    overlapping,
    pause_of,
    paused_until,
)
from perpudesk.computers.store import sessions
from perpudesk.computers.workstations import WorkstationService
from perpudesk.core.codes import UNKNOWN, EndReason, Method, Precision, Sex, VisitorType
from perpudesk.core.errors import InputError, Problem, RuleError
from perpudesk.core.formats import clock_text
from perpudesk.core.times import utc_text
from perpudesk.core.topics import Notify, Topic
from perpudesk.db import journal
from perpudesk.db.connection import Store
from perpudesk.db.database import Database
from perpudesk.patrons.model import Profile

OVERLAPS = Problem(
    "session_overlaps",
    "{label} was in use by another session from {start} to {end}. Correct one of the two.",
)
PAUSES_LONGER = Problem(
    "pauses_longer", "The session would be shorter than its pauses. Type a later end."
)
MOVED_MEANWHILE = Problem(
    "moved_meanwhile",
    "The session changed workstations at {time}: it must begin before that and end after it.",
)
NOT_TO_GO_ON = Problem("not_to_go_on", "Only a session of today can go on.")
IS_TOTAL = Problem(
    "is_total", "This is a total of a day from paper: it has no start and no end. Enter it again."
)
TOTAL_STANDS = Problem(
    "total_stands", "That day has another total meanwhile. Remove it first, or leave this one out."
)
SOON = timedelta(minutes=1)
"""So far ahead a clock on the wall may be (ours)."""


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

    def enter(self, draft: SessionDraft, *, outside_hours: bool = False) -> Session:
        """A session from paper: with a start, and an end where that is known.

        Raises `InputError` on `start` or `end`: in the future, in the wrong order, before opening
        time unless `outside_hours`, or while another session had the workstation.
        """
        tidy = admit(draft)
        if tidy.start is None:
            raise InputError(START_MISSING, field="start")
        start, end = floor_ms(tidy.start), None if tidy.end is None else floor_ms(tidy.end)
        self._check_times(start, end)
        self._check_opening(start, outside=outside_hours)
        self._store.permit([self._day(start)])
        with self._step() as db:
            limit = tidy.limit or limit_of(self._branch.current(), tidy.profile, tidy.type)
            session_id = sessions.add(
                self._store,
                db,
                replace(tidy, limit=limit),
                {
                    **self._when(start),
                    "precision": str(Precision.TIME),
                    **self._ended(start, end, start),
                },
            )
            self._refuse_overlap(db, session_id)
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
            **self._when(draft.start),
            "precision": str(Precision.TIME),
            **self._ended(draft.start, draft.end, draft.start),
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
        self._check_times(start, end)
        if start != found.start:
            self._check_opening(start, outside=outside_hours)
        self._check_stays(found, start, end)
        tidy = admit(
            SessionDraft(
                workstation_id=edit.workstation_id,
                device=found.device,
                profile=edit.profile,
                note=edit.note,
            )
        )
        self._store.permit([found.local_date, self._day(start)])
        fields = {
            **(self._when(start) if start != found.start else {}),
            **self._end_fields(found, start, end),
            **sessions.profile_columns(tidy.profile, edit.type),
            "workstation_id": tidy.workstation_id,
            "purpose": edit.purpose,
            "assisted": edit.assisted,
            "note": tidy.note,
        }
        with self._step() as db:
            if found.is_open and end is None:
                self._refuse_busy(db, replace(found, workstation_id=tidy.workstation_id))
            sessions.set_fields(self._store, db, session_id, fields)
            self._refuse_overlap(db, session_id)
        return self._told(session_id)

    def go_on(self, session_id: str) -> Session:
        """It was not over: a session of today goes on as if it had never ended.

        Raises `RuleError` when its workstation or its patron is busy meanwhile.
        """
        found = self._get(session_id)
        if found.start is None or found.local_date != self._store.today():
            raise RuleError(NOT_TO_GO_ON)
        with self._step() as db:
            self._refuse_busy(db, found)
            sessions.set_fields(
                self._store,
                db,
                session_id,
                {"ended_at": None, "end_reason": None, "end_estimated": False},
            )
            self._refuse_overlap(db, session_id)
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
                self._refuse_busy(db, found)
            if any(
                other is not None and other.profile.sex is found.profile.sex
                for other in self._totals_beside(db, found)
            ):
                raise RuleError(TOTAL_STANDS)
            sessions.set_fields(self._store, db, session_id, {"removed_at": None})
            self._refuse_overlap(db, session_id)
        return self._told(session_id)

    def _totals_beside(self, db: Database, found: Session) -> list[Session | None]:
        """Of a total its like of that day; a session has none."""
        if found.precision is not Precision.DAY:
            return []
        beside = sessions.totals_of(db, found.local_date, device=found.device)
        return [sessions.get(db, each) for each in beside]

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

    def _here(self, moment: datetime) -> datetime:
        return moment.astimezone(self._store.author.zone)

    def _day(self, moment: datetime) -> date:
        return self._here(moment).date()

    def _clock(self, moment: datetime) -> str:
        return clock_text(self._here(moment))

    def _when(self, start: datetime) -> dict[str, Any]:
        here = self._here(start)
        check_day(here.date(), today=self._store.today(), field="start")
        return {
            "local_date": here.date().isoformat(),
            "local_hour": here.hour,
            "started_at": utc_text(start),
        }

    def _check_times(self, start: datetime, end: datetime | None) -> None:
        """Neither is still to come, and the end is not before the start (counting rule 4)."""
        now = self._store.clock.now() + SOON
        if start > now:
            check_day(self._day(start), today=self._store.today(), field="start")
            raise InputError(START_IN_FUTURE, field="start", time=self._clock(start))
        if end is None:
            return
        if end < start:
            told = {"start": self._clock(start), "end": self._clock(end)}
            raise InputError(END_BEFORE_START, field="end", **told)
        if end > now:
            raise InputError(END_IN_FUTURE, field="end", time=self._clock(end))

    def _check_opening(self, start: datetime, *, outside: bool) -> None:
        """Nobody was there before opening time, as far as that is known, unless it is said."""
        week = self._branch.current().opening_hours
        here = self._here(start)
        hours = None if week is None else week[here.weekday()]
        if outside or hours is None or here.hour * 60 + here.minute >= hours.opens:
            return
        opens = clock_text(time(hours.opens // 60, hours.opens % 60))
        raise InputError(START_BEFORE_OPENING, field="start", time=clock_text(here), opens=opens)

    def _check_stays(self, found: Session, start: datetime, end: datetime | None) -> None:
        """Moves and pauses stay where they were, so they must fit between the times."""
        if found.moves:
            first, last = found.moves[0].until, found.moves[-1].until
            if start > first:
                raise InputError(MOVED_MEANWHILE, field="start", time=self._clock(first))
            if end is not None and end < last:
                raise InputError(MOVED_MEANWHILE, field="end", time=self._clock(last))
        for stay in replace(found, start=start, end=end).stays():
            if stay.until is not None and stay.until - stay.start < pause_of(stay):
                raise InputError(PAUSES_LONGER, field="end" if stay.until == end else "start")

    def _end_fields(self, found: Session, start: datetime, end: datetime | None) -> dict[str, Any]:
        """The end as it was typed; one that was left alone keeps its reason and its mark."""
        if found.is_open and end is None:
            return {}
        if found.end is not None and end is None and not found.end_known:
            return {"ended_at": utc_text(max(found.end, last_mark(replace(found, start=start))))}
        if found.end == end and found.start == start:
            return {}
        moved = replace(found, start=start)
        paused = found.paused_ms if end is None else paused_until(found, end)
        made = {**self._ended(start, end, last_mark(moved)), "paused_ms": paused}
        if found.end == end and found.end_estimated:
            made["end_estimated"] = True
            made["end_reason"] = str(found.end_reason)
        return made

    def _ended(self, start: datetime, end: datetime | None, earliest: datetime) -> dict[str, Any]:
        """A session that was over by `end`; without one, or over too long a time, unknown.

        Without one it stands as over at the `earliest` moment that it can have ended.
        """
        unknown = end is None or end - start > longest_of(self._branch.current())
        reason = EndReason.FORGOTTEN if unknown else EndReason.DONE
        return {
            "ended_at": utc_text(end or earliest),
            "end_reason": str(reason),
            "end_estimated": False,
            "paused_at": None,
        }

    def _refuse_busy(self, db: Database, found: Session) -> None:
        """Raise `RuleError` where somebody has its workstation now, or its patron another one."""
        for each in sessions.open_ones(db):
            if each.id == found.id or not in_the_way(each, found):
                continue
            assert each.start is not None  # noqa: S101 - it goes on
            place = each.workstation_id and self._workstations.get(each.workstation_id)
            raise RuleError(
                IN_USE, label=place.label if place else "", time=self._clock(each.start)
            )

    def share_a_place(self, session_ids: Iterable[str]) -> bool:
        """Whether one of these had its workstation while another session had it."""
        with self._store.reading() as db:
            found = [sessions.standing(db, each) for each in session_ids]
            return any(each is not None and self._sharing(db, each) for each in found)

    def _sharing(self, db: Database, found: Session) -> Session | None:
        """Another session that had the workstation at the same time."""
        if found.start is None:
            return None
        day = self._day(found.start)
        last = self._day(found.end) if found.end else self._store.today()
        others = sessions.stays_between(db, day - timedelta(days=1), last, found.id)
        other_id = overlapping(others, found.stays())
        return None if other_id is None else sessions.get(db, other_id)

    def _refuse_overlap(self, db: Database, session_id: str) -> None:
        """Raise `InputError` where another session had the workstation at the same time."""
        found = sessions.get(db, session_id)
        assert found is not None  # noqa: S101 - just written
        other = self._sharing(db, found)
        if other is None or other.start is None:
            return
        place = other.workstation_id or found.workstation_id
        label = "" if place is None else self._workstations.get(place).label
        end = self._clock(other.end) if other.end else "…"
        raise InputError(
            OVERLAPS, field="start", label=label, start=self._clock(other.start), end=end
        )

    def _told(self, session_id: str) -> Session:
        self._notify(Topic.COMPUTERS)
        return self._get(session_id)
