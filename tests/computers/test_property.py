"""Any sequence of work at the computers: what must hold of the records after every step."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from collections import Counter
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from perpudesk.branch.model import Hours
from perpudesk.computers.mending import SessionEdit, edit_of
from perpudesk.computers.model import Session, SessionDraft
from perpudesk.computers.rules import moment_of, overlapping
from perpudesk.core.codes import Precision, Sex
from perpudesk.core.errors import InputError, RuleError
from perpudesk.core.times import FixedClock, Period
from perpudesk.db.meta import PULSE, meta
from perpudesk.desk import Desk
from perpudesk.patrons.model import PatronDraft, Profile
from perpudesk.reports.model import (
    COMPUTER_MINUTES,
    COMPUTER_SESSIONS,
    COMPUTER_USE_RATE,
    DEVICE_SESSIONS,
)
from tests.computers.power import cut
from tests.computers.spent import minutes_by_workstation

WEEK = (*(Hours(opens=480, closes=960),) * 5, None, None)
FIRST = date(2026, 11, 1)
MEMORY = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
"""These steps sync more than they compute."""
PLACES = 3
_BOOKKEEPING = ("seq", "revision", "changed_at", "changed_by")
MINUTES = st.integers(0, 90)
SECONDS = st.integers(0, 59)
PLACE = st.integers(0, PLACES - 1)
AGO = st.integers(-3, 400)
LONG = st.none() | st.integers(-5, 800)


@cache
def empty_store() -> Path:
    """A store without a branch, made once: the steps of the schema cost more than a sequence."""
    folder = Path(tempfile.mkdtemp(dir=MEMORY))
    atexit.register(shutil.rmtree, folder)
    with Desk(folder):
        return folder


class AtTheComputers(RuleBasedStateMachine):
    """A branch with three workstations and two patrons; the clock only goes on."""

    hours: tuple[Hours | None, ...] | None = WEEK

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(dir=MEMORY))
        shutil.copytree(empty_store(), self.folder, dirs_exist_ok=True)
        self.clock = FixedClock(datetime(2026, 11, 23, 2, 41, 7, 123_000, tzinfo=UTC))
        self.desk = Desk(self.folder, clock=self.clock).__enter__()
        self.desk.branch.set_up(
            name="Perpustakaan Uji", zone="WIB", opening_hours=self.hours, forgotten_hours=6
        )
        self.places = [each.id for each in self.desk.workstations.add_many(PLACES)]
        self.patrons = [self.desk.patrons.add(PatronDraft(name=name)).id for name in ("A", "B")]
        self.desk.recovery.beat()

    def teardown(self) -> None:
        try:
            self.desk.check()
            self.figures_are_the_sum_of_the_records()
        finally:
            self.desk.close()
            shutil.rmtree(self.folder)

    # ---------------------------------------------------------------- what is there

    def rows(self) -> dict[tuple[str, str], dict[str, Any]]:
        """Every record that a step may change, without what the journal stamps on it."""
        found = {}
        with self.desk.store.reading() as db:
            for table in ("computer_sessions", "visits"):
                for row in db.query(f"SELECT * FROM {table}"):
                    kept = {key: row[key] for key in row if key not in _BOOKKEEPING}
                    kept["removed_at"] = row["removed_at"] is not None
                    found[table, row["id"]] = kept
        return found

    def standing(self) -> dict[tuple[str, str], dict[str, Any]]:
        return {key: row for key, row in self.rows().items() if not row["removed_at"]}

    def sessions(self) -> list[Session]:
        later = self.desk.store.today() + timedelta(days=800)
        return self.desk.session_mending.between(FIRST, later)

    def lines(self) -> int:
        with self.desk.store.reading() as db:
            return next(iter(db.query("SELECT count(*) AS n FROM journal")))["n"]

    def one_of(self, data: st.DataObject, sessions: list[Session]) -> Session:
        return sessions[data.draw(st.integers(0, len(sessions) - 1))]

    def open_one(self, data: st.DataObject) -> Session:
        return self.one_of(data, self.desk.computers.open_sessions())

    def any_one(self, data: st.DataObject) -> Session:
        return self.one_of(data, self.sessions())

    def ago(self, minutes: int) -> datetime:
        return self.clock.now() - timedelta(minutes=minutes)

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

    # ---------------------------------------------------------------- at the desk

    @rule(minutes=MINUTES, seconds=SECONDS)
    def wait(self, minutes: int, seconds: int) -> None:
        self.clock.advance(minutes=minutes, seconds=seconds, milliseconds=137)

    @rule(data=st.data(), place=PLACE, sex=st.sampled_from(Sex), visit=st.booleans())
    def start(self, data: st.DataObject, place: int, sex: Sex, visit: bool) -> None:
        draft = SessionDraft(workstation_id=self.places[place], profile=Profile(sex=sex))
        self.do(data, lambda: self.desk.computers.start(draft, count_visit=visit))

    @rule(data=st.data(), place=PLACE, who=st.integers(0, 1), device=st.booleans())
    def start_named(self, data: st.DataObject, place: int, who: int, device: bool) -> None:
        draft = SessionDraft(
            workstation_id=None if device else self.places[place],
            device=device,
            patron_id=self.patrons[who],
        )
        self.do(data, lambda: self.desk.computers.start(draft, count_visit=True))

    @precondition(lambda self: self.desk.computers.open_sessions())
    @rule(data=st.data())
    def end(self, data: st.DataObject) -> None:
        session = self.open_one(data)
        self.do(data, lambda: self.desk.computers.end(session.id))

    @rule(data=st.data())
    def end_all(self, data: st.DataObject) -> None:
        self.do(data, self.desk.computers.end_all)

    @precondition(lambda self: self.desk.computers.open_sessions())
    @rule(data=st.data(), what=st.sampled_from(("pause", "resume", "extend")))
    def pause_or_go_on(self, data: st.DataObject, what: str) -> None:
        session = self.open_one(data)
        self.do(data, lambda: getattr(self.desk.computers, what)(session.id))

    @precondition(lambda self: self.desk.computers.open_sessions())
    @rule(data=st.data(), place=PLACE)
    def move(self, data: st.DataObject, place: int) -> None:
        session = self.open_one(data)
        self.do(data, lambda: self.desk.computers.move(session.id, self.places[place]))

    @precondition(lambda self: len(self.desk.computers.open_sessions()) > 1)
    @rule(data=st.data())
    def swap(self, data: st.DataObject) -> None:
        one, other = self.open_one(data), self.open_one(data)
        if one.id != other.id:
            self.do(data, lambda: self.desk.computers.swap(one.id, other.id))

    # ---------------------------------------------------------------- afterwards

    @rule(data=st.data(), place=st.none() | PLACE, ago=AGO, long=LONG)
    def enter(self, data: st.DataObject, place: int | None, ago: int, long: int | None) -> None:
        start = self.ago(ago)
        draft = SessionDraft(
            workstation_id=None if place is None else self.places[place],
            start=start,
            end=None if long is None else start + timedelta(minutes=long),
        )
        self.do(data, lambda: self.desk.session_mending.enter(draft, outside_hours=True))

    @rule(data=st.data(), women=st.integers(0, 20), men=st.integers(0, 20))
    def enter_total(self, data: st.DataObject, women: int, men: int) -> None:
        today = self.desk.store.today()
        counts = {Sex.FEMALE: women, Sex.MALE: men}
        self.do(data, lambda: self.desk.session_mending.enter_total(today, counts))

    @precondition(lambda self: self.sessions())
    @rule(data=st.data(), place=st.none() | PLACE, ago=st.none() | AGO, long=LONG)
    def correct(
        self, data: st.DataObject, place: int | None, ago: int | None, long: int | None
    ) -> None:
        session = self.any_one(data)
        known = edit_of(session)
        start = known.start if ago is None or known.start is None else self.ago(ago)
        end = known.end if long is None or start is None else start + timedelta(minutes=long)
        edit = SessionEdit(
            start=start,
            end=end,
            workstation_id=session.workstation_id if place is None else self.places[place],
            note="x",
        )
        self.do(
            data,
            lambda: self.desk.session_mending.correct(session.id, edit, outside_hours=True),
        )

    @precondition(lambda self: self.sessions())
    @rule(data=st.data())
    def forget_its_end(self, data: st.DataObject) -> None:
        session = self.any_one(data)
        known = edit_of(session)
        edit = SessionEdit(start=known.start, end=None, workstation_id=known.workstation_id)
        self.do(data, lambda: self.desk.session_mending.correct(session.id, edit))

    @precondition(lambda self: self.sessions())
    @rule(data=st.data(), what=st.sampled_from(("go_on", "remove")))
    def mend(self, data: st.DataObject, what: str) -> None:
        session = self.any_one(data)
        self.do(data, lambda: getattr(self.desk.session_mending, what)(session.id))

    @rule(redo=st.booleans())
    def revert(self, redo: bool) -> None:
        before = self.standing()
        try:
            (self.desk.redo if redo else self.desk.undo)()
        except RuleError:
            assert self.standing() == before

    # ---------------------------------------------------------------- from outside

    @rule()
    def beat(self) -> None:
        self.desk.recovery.beat()

    @rule()
    def sweep(self) -> None:
        self.desk.recovery.sweep()
        lines = self.lines()
        assert self.desk.recovery.sweep() == []
        assert self.lines() == lines

    @rule(minutes=MINUTES)
    def restart(self, minutes: int) -> None:
        """A clean close ends nothing."""
        before = self.standing()
        self.desk.close()
        self.clock.advance(minutes=minutes)
        self.desk = Desk(self.folder, clock=self.clock).__enter__()
        assert self.standing() == before

    @rule(minutes=MINUTES)
    def power_cut(self, minutes: int) -> None:
        known = set(self.standing())
        with self.desk.store.reading() as db:
            was_beating = meta(db, PULSE) is not None
        cut(self.desk)
        self.clock.advance(minutes=minutes)
        self.desk = Desk(self.folder, clock=self.clock).__enter__()
        assert set(self.standing()) == known
        if was_beating:
            assert self.desk.computers.open_sessions() == []
        after = self.lines()
        self.desk.recovery.recover()
        assert self.lines() == after
        self.desk.recovery.beat()

    @rule(days=st.integers(1, 3), hour=st.integers(0, 20))
    def night(self, days: int, hour: int) -> None:
        here = self.clock.now().astimezone(self.desk.store.author.zone)
        morning = here.replace(hour=hour, minute=3) + timedelta(days=days)
        self.clock.moment = morning.astimezone(UTC)

    # ---------------------------------------------------------------- what must hold

    def figures_are_the_sum_of_the_records(self) -> None:
        """Of every year: sessions and minutes add up; more than all of the time has its reason."""
        found = self.sessions()
        for year in sorted({each.local_date.year for each in found}):
            period = Period.of(year, 1, 12)
            here = [each for each in found if each.local_date.year == year and not each.device]
            own = sum(each.count for each in found if each.local_date.year == year) - sum(
                each.count for each in here
            )
            timed = [each.minutes for each in here if each.minutes is not None]
            told = self.desk.reports.figures(period)
            assert (told.value(DEVICE_SESSIONS) or 0) == own
            assert (told.value(COMPUTER_SESSIONS) or 0) == sum(each.count for each in here)
            assert (told.value(COMPUTER_MINUTES) or 0) == sum(timed)
            parts = told.get(COMPUTER_MINUTES).by.values()
            assert all(sum(each.values()) == sum(timed) for each in parts)
            if all(map(self.was_within_hours, here)):
                assert (told.value(COMPUTER_USE_RATE) or 0) <= 1

    def was_within_hours(self, session: Session) -> bool:
        """Whether all of it was at a known place while the branch was open; or takes no minutes."""
        if session.minutes is None:
            return True
        places = {stay.workstation_id for stay in session.stays()}
        hours = None if self.hours is None else self.hours[session.local_date.weekday()]
        if None in places or hours is None or session.start is None or session.end is None:
            return False
        midnight = moment_of(session.local_date, 0, self.desk.store.author.zone)
        opens, closes = (midnight + timedelta(minutes=m) for m in (hours.opens, hours.closes))
        return opens <= session.start and session.end <= closes

    @invariant()
    def minutes_are_those_of_the_stays(self) -> None:
        for each in self.sessions():
            if each.precision is Precision.DAY:
                assert each.minutes is None
                continue
            assert each.start is not None
            here = each.start.astimezone(self.desk.store.author.zone)
            assert (each.local_date, each.local_hour) == (here.date(), here.hour)
            if each.minutes is None:
                assert each.is_open or not each.end_known
                continue
            assert each.end is not None
            used = (each.end - each.start) / timedelta(milliseconds=1) - each.paused_ms
            assert each.minutes == used // 60_000 >= 0
            assert sum(minutes_by_workstation(each).values()) == each.minutes
            assert each.end - each.start <= timedelta(hours=6)

    @invariant()
    def stays_are_the_whole_of_a_session(self) -> None:
        for each in self.sessions():
            at, paused = each.start, 0
            for stay in each.stays():
                assert stay.start == at
                assert stay.until is None or stay.until >= stay.start, each
                assert stay.paused_ms >= 0
                if stay.until is not None:
                    length = (stay.until - stay.start) / timedelta(milliseconds=1)
                    assert stay.paused_ms <= length, each
                at, paused = stay.until, paused + stay.paused_ms
            assert paused == each.paused_ms
            assert at == each.end

    @invariant()
    def one_goes_on_at_each_place_and_for_each_patron(self) -> None:
        going_on = self.desk.computers.open_sessions()
        for name in ("workstation_id", "patron_id"):
            many = Counter(getattr(each, name) for each in going_on)
            del many[None]
            assert all(count == 1 for count in many.values())

    @invariant()
    def every_place_is_known(self) -> None:
        known = {each.id for each in self.desk.workstations.all(retired=True)}
        stays = (stay for each in self.sessions() for stay in each.stays())
        assert {stay.workstation_id for stay in stays} - known <= {None}

    @invariant()
    def nobody_shares_a_place(self) -> None:
        found = self.sessions()
        for each in found:
            others = [(o.id, stay) for o in found if o.id != each.id for stay in o.stays()]
            assert overlapping(others, each.stays()) is None

    @invariant()
    def nothing_ends_in_the_time_to_come(self) -> None:
        soon = self.clock.now() + timedelta(minutes=1)
        for each in self.sessions():
            assert each.start is None or each.start <= soon
            assert each.end is None or each.end <= soon, each


class WithoutHours(AtTheComputers):
    """A branch that has said nothing of its hours."""

    hours = None


class UnderAWrongClock(AtTheComputers):
    """The clock is set back and ahead, and put right: places may be shared, the rest holds."""

    def nobody_shares_a_place(self) -> None:
        """Nobody can know under a clock that was set back."""

    def nothing_ends_in_the_time_to_come(self) -> None:
        """The clock was wrong then, or is now."""

    @rule(hours=st.integers(1, 30))
    def back(self, hours: int) -> None:
        self.clock.advance(hours=-hours)

    @rule()
    def a_year_ahead(self) -> None:
        self.clock.advance(days=365)

    @rule()
    def put_right(self) -> None:
        """Somebody says what day it is, and what a wrong clock recorded is moved."""
        day = date(2026, 11, 25)
        if self.desk.answer_day(day):
            self.desk.redate_after(day)


SETTINGS = settings(max_examples=25, stateful_step_count=40)
TestAtTheComputers = AtTheComputers.TestCase
TestAtTheComputers.settings = SETTINGS
TestWithoutHours = WithoutHours.TestCase
TestWithoutHours.settings = SETTINGS
TestUnderAWrongClock = UnderAWrongClock.TestCase
TestUnderAWrongClock.settings = SETTINGS
