"""What may be stored of a session that is entered or mended afterwards, and as which columns."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any

from perpudesk.branch.checks import check_day
from perpudesk.branch.service import BranchService
from perpudesk.computers.model import Session
from perpudesk.computers.rules import (
    END_BEFORE_START,
    END_IN_FUTURE,
    IN_USE,
    START_BEFORE_OPENING,
    START_IN_FUTURE,
    in_the_way,
    last_mark,
    longest_of,
    overlapping,
    pause_of,
    paused_until,
)
from perpudesk.computers.store import sessions
from perpudesk.computers.workstations import NO_WORKSTATION, WorkstationService
from perpudesk.core.codes import Condition, EndReason
from perpudesk.core.errors import InputError, Problem, RuleError
from perpudesk.core.formats import clock_text
from perpudesk.core.times import utc_text
from perpudesk.db.connection import Store
from perpudesk.db.database import Database

OVERLAPS = Problem(
    "session_overlaps",
    "{label} was in use by another session from {start} to {end}. Correct one of the two.",
)
PAUSES_LONGER = Problem(
    "pauses_longer", "The session would be shorter than its pauses. Correct its start or its end."
)
MOVED_MEANWHILE = Problem(
    "moved_meanwhile",
    "The session changed workstations at {time}: it must begin before that and end after it.",
)
SOON = timedelta(minutes=1)
"""So far ahead a clock on the wall may be (ours)."""


class Admission:
    """Holds the times of a session against the clock, the branch and the other sessions."""

    def __init__(
        self, store: Store, branch: BranchService, workstations: WorkstationService
    ) -> None:
        """For the sessions of `store`."""
        self._store, self._branch, self._workstations = store, branch, workstations

    def here(self, moment: datetime) -> datetime:
        """The moment on the branch's own clock."""
        return moment.astimezone(self._store.author.zone)

    def day(self, moment: datetime) -> date:
        """Its day on the branch's own calendar."""
        return self.here(moment).date()

    def clock(self, moment: datetime) -> str:
        """How it is told."""
        return clock_text(self.here(moment))

    def when(self, start: datetime) -> dict[str, Any]:
        """The columns of a start; raises `InputError` on `start` for a day that cannot be."""
        here = self.here(start)
        check_day(here.date(), today=self._store.today(), field="start")
        return {
            "local_date": here.date().isoformat(),
            "local_hour": here.hour,
            "started_at": utc_text(start),
        }

    def check_times(self, start: datetime, end: datetime | None) -> None:
        """Neither is still to come, and the end is not before the start (counting rule 4)."""
        now = self._store.clock.now() + SOON
        if start > now:
            check_day(self.day(start), today=self._store.today(), field="start")
            raise InputError(START_IN_FUTURE, field="start", time=self.clock(start))
        if end is None:
            return
        if end < start:
            told = {"start": self.clock(start), "end": self.clock(end)}
            raise InputError(END_BEFORE_START, field="end", **told)
        if end > now:
            raise InputError(END_IN_FUTURE, field="end", time=self.clock(end))

    def check_opening(self, start: datetime, *, outside: bool) -> None:
        """Nobody was there before opening time, as far as that is known, unless it is said."""
        week = self._branch.current().opening_hours
        here = self.here(start)
        hours = None if week is None else week[here.weekday()]
        if outside or hours is None or here.hour * 60 + here.minute >= hours.opens:
            return
        opens = clock_text(time(hours.opens // 60, hours.opens % 60))
        raise InputError(START_BEFORE_OPENING, field="start", time=clock_text(here), opens=opens)

    def check_stays(self, found: Session, start: datetime, end: datetime | None) -> None:
        """Moves and pauses stay where they were, so they must fit between the times."""
        if found.moves:
            first, last = found.moves[0].until, found.moves[-1].until
            if start > first:
                raise InputError(MOVED_MEANWHILE, field="start", time=self.clock(first))
            if end is not None and end < last:
                raise InputError(MOVED_MEANWHILE, field="end", time=self.clock(last))
        until = end or found.paused_at or max(self._store.clock.now(), last_mark(found))
        whole = replace(found, start=start, end=until, paused_ms=paused_until(found, until))
        for stay in whole.stays():
            if stay.until is not None and stay.until - stay.start < pause_of(stay):
                raise InputError(PAUSES_LONGER, field="end" if stay.until == end else "start")

    def end_fields(self, found: Session, start: datetime, end: datetime | None) -> dict[str, Any]:
        """The end as it was typed; one that was left alone keeps its reason and its mark."""
        if found.is_open and end is None:
            return {}
        if found.end is not None and end is None and not found.end_known:
            return {"ended_at": utc_text(max(found.end, last_mark(replace(found, start=start))))}
        if found.end == end and found.start == start:
            return {}
        moved = replace(found, start=start)
        paused = found.paused_ms if end is None else paused_until(found, end)
        made = {**self.ended(start, end, last_mark(moved)), "paused_ms": paused}
        if found.end == end and found.end_estimated and made["end_reason"] == EndReason.DONE:
            made |= {"end_estimated": True, "end_reason": str(found.end_reason)}
        return made

    def ended(self, start: datetime, end: datetime | None, earliest: datetime) -> dict[str, Any]:
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

    def refuse_busy(self, db: Database, found: Session) -> None:
        """Raise `RuleError` where its workstation cannot be had now, or its patron has another."""
        self.refuse_gone(found, also=Condition.RETIRED)
        for each in sessions.open_ones(db):
            if each.id == found.id or not in_the_way(each, found):
                continue
            assert each.start is not None  # noqa: S101 - it goes on
            place = each.workstation_id and self._workstations.get(each.workstation_id)
            raise RuleError(IN_USE, label=place.label if place else "", time=self.clock(each.start))

    def refuse_gone(self, found: Session, *, also: Condition | None = None) -> None:
        """Raise `RuleError` where its workstation is not here any more, or is in that condition."""
        place = found.workstation_id and self._workstations.get(found.workstation_id)
        if place and place.state.condition is also:
            raise RuleError(NO_WORKSTATION)

    def sharing(self, db: Database, found: Session) -> Session | None:
        """Another session that had the workstation at the same time."""
        if found.start is None:
            return None
        day = self.day(found.start)
        last = self.day(found.end) if found.end else self._store.today()
        others = sessions.stays_between(db, day - timedelta(days=1), last, found.id)
        other_id = overlapping(others, found.stays())
        return None if other_id is None else sessions.get(db, other_id)

    def refuse_overlap(
        self, db: Database, session_id: str, *, before: Session | None = None
    ) -> None:
        """Raise `InputError` where another session had the workstation at the same time.

        And `RuleError` where its workstation is not here any more. One that stays where it was
        `before` may go on sharing it: files bring such sessions.
        """
        found = sessions.get(db, session_id)
        assert found is not None  # noqa: S101 - just written
        if before is not None and found.stays() == before.stays():
            return
        self.refuse_gone(found)
        other = self.sharing(db, found)
        if other is None or other.start is None:
            return
        place = other.workstation_id or found.workstation_id
        label = "" if place is None else self._workstations.get(place).label
        end = self.clock(other.end) if other.end else "…"
        raise InputError(
            OVERLAPS, field="start", label=label, start=self.clock(other.start), end=end
        )
