"""After a power cut, a forgotten evening, a night asleep and a clock that lost the day."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Thread

import pytest

from perpudesk.branch.model import Hours
from perpudesk.computers.mending import edit_of
from perpudesk.computers.model import Session, SessionDraft, Workstation
from perpudesk.core.codes import EndReason
from perpudesk.core.deeds import PROGRAM
from perpudesk.core.errors import RuleError, StorageError
from perpudesk.core.times import FixedClock
from perpudesk.core.topics import Topic
from perpudesk.db import journal
from perpudesk.db.connection import STORE_DAMAGED, STORE_FULL, Store
from perpudesk.desk import Desk
from perpudesk.visits.model import VisitDraft
from tests.computers.power import cut

WEEK = (*(Hours(opens=480, closes=960),) * 5, None, None)


class Place:
    """A desk that is begun again after every cut."""

    def __init__(self, folder: Path, clock: FixedClock) -> None:
        self.folder, self.clock = folder, clock
        self.desk = self.begin()
        self.desk.branch.set_up(name="Perpustakaan Uji", zone="WIB", opening_hours=WEEK)
        self.pcs = self.desk.workstations.add_many(3)
        self.desk.recovery.beat()

    def begin(self) -> Desk:
        self.desk = Desk(self.folder, clock=self.clock)
        self.desk.open()
        return self.desk

    def start(self, at: int = 0) -> Session:
        return self.desk.computers.start(SessionDraft(workstation_id=self.pcs[at].id))

    def session(self, session: Session) -> Session:
        return self.desk.computers.get(session.id)


def test_a_power_cut_ends_what_is_open_where_it_was_last_seen(
    tmp_path: Path, fixed_clock: FixedClock
) -> None:
    place = Place(tmp_path / "data", fixed_clock)
    first, second = place.start(0), place.start(1)
    fixed_clock.advance(minutes=10)
    place.desk.recovery.beat()
    third = place.start(2)
    fixed_clock.advance(minutes=18)
    cut(place.desk)
    desk = place.begin()
    for session, minutes in ((first, 10), (second, 10), (third, 0)):
        found = place.session(session)
        assert (found.minutes, found.end_reason) == (minutes, EndReason.INTERRUPTED)
        assert found.end_estimated
    (told,) = desk.recovery.interrupted()
    assert {each.id for each in told.sessions} == {first.id, second.id, third.id}
    assert told.outage.until == fixed_clock.now()
    assert desk.visits.days(told.outage.local_date, told.outage.local_date)[0].outages
    before = desk.recovery.interrupted()
    desk.recovery.recover()
    assert desk.recovery.interrupted() == before
    desk.branch.check_outage(told.outage.id)
    assert desk.recovery.interrupted() == []
    desk.close()


def test_a_clean_close_cuts_nothing_off(tmp_path: Path, fixed_clock: FixedClock) -> None:
    place = Place(tmp_path / "data", fixed_clock)
    session = place.start()
    place.desk.close()
    fixed_clock.advance(minutes=5)
    place.begin()
    assert place.session(session).is_open
    assert place.desk.recovery.interrupted() == []
    place.desk.close()


def test_a_restart_that_ended_nothing_is_not_noted(tmp_path: Path, fixed_clock: FixedClock) -> None:
    place = Place(tmp_path / "data", fixed_clock)
    fixed_clock.advance(minutes=2)
    cut(place.desk)
    place.begin()
    today = place.desk.store.today()
    assert place.desk.branch.outages(today, today) == []
    fixed_clock.advance(minutes=1)
    place.desk.recovery.beat()
    fixed_clock.advance(minutes=20)
    cut(place.desk)
    place.begin()
    (outage,) = place.desk.branch.outages(today, today)
    assert outage.checked
    place.desk.close()


def test_a_night_without_power_has_no_known_end(tmp_path: Path, fixed_clock: FixedClock) -> None:
    place = Place(tmp_path / "data", fixed_clock)
    session = place.start()
    fixed_clock.advance(minutes=20)
    place.desk.recovery.beat()
    cut(place.desk)
    fixed_clock.advance(hours=22)
    place.begin()
    (told,) = place.desk.recovery.interrupted()
    assert told.outage.until is None
    assert place.session(session).minutes == 20
    place.desk.close()


def test_a_clock_that_fell_back_takes_no_minutes_away(
    tmp_path: Path, fixed_clock: FixedClock
) -> None:
    place = Place(tmp_path / "data", fixed_clock)
    session = place.start()
    fixed_clock.advance(minutes=20)
    place.desk.recovery.beat()
    cut(place.desk)
    fixed_clock.moment = datetime(2009, 1, 1, tzinfo=UTC)
    place.begin()
    assert place.session(session).minutes == 20
    assert place.desk.recovery.interrupted()[0].outage.until is None
    place.desk.close()


def test_a_clock_that_jumped_a_year_ahead_makes_no_year_of_minutes(
    tmp_path: Path, fixed_clock: FixedClock
) -> None:
    place = Place(tmp_path / "data", fixed_clock)
    session = place.start()
    fixed_clock.advance(days=365)
    place.desk.recovery.beat()
    cut(place.desk)
    fixed_clock.advance(days=-365, minutes=10)
    place.begin()
    found = place.session(session)
    assert found.end_reason is EndReason.FORGOTTEN
    assert found.minutes == 30
    place.desk.close()


def test_the_forgotten_of_yesterday_end_by_closing_time(
    tmp_path: Path, fixed_clock: FixedClock
) -> None:
    place = Place(tmp_path / "data", fixed_clock)
    short = place.start(0)
    fixed_clock.advance(hours=6)
    late = place.start(1)
    assert place.desk.recovery.sweep() == []
    fixed_clock.advance(hours=17)
    assert len(place.desk.recovery.sweep()) == 2
    assert place.desk.recovery.sweep() == []
    assert place.session(short).minutes == 30
    found = place.session(late)
    assert (found.minutes, found.end_reason) == (18, EndReason.FORGOTTEN)
    assert found.end_estimated
    place.desk.close()


def test_an_evening_past_midnight_goes_on(tmp_path: Path, fixed_clock: FixedClock) -> None:
    fixed_clock.advance(hours=14)
    place = Place(tmp_path / "data", fixed_clock)
    session = place.start()
    fixed_clock.advance(minutes=30)
    assert place.desk.recovery.sweep() == []
    ended = place.desk.computers.end(session.id)
    assert (ended.minutes, ended.local_date) == (30, session.local_date)
    place.desk.close()


def test_cut_off_after_closing_it_was_forgotten(tmp_path: Path, fixed_clock: FixedClock) -> None:
    place = Place(tmp_path / "data", fixed_clock)
    fixed_clock.advance(hours=6)
    session = place.start()
    fixed_clock.advance(hours=2)
    place.desk.recovery.beat()
    cut(place.desk)
    fixed_clock.advance(minutes=5)
    place.begin()
    found = place.session(session)
    assert (found.minutes, found.end_reason) == (18, EndReason.FORGOTTEN)
    place.desk.close()


def test_without_opening_hours_the_time_that_was_given_is_taken(
    tmp_path: Path, fixed_clock: FixedClock
) -> None:
    place = Place(tmp_path / "data", fixed_clock)
    place.desk.branch.set_up(opening_hours=None)
    session = place.start()
    fixed_clock.advance(days=1)
    place.desk.recovery.sweep()
    found = place.session(session)
    assert (found.minutes, found.end_estimated) == (30, True)
    assert found.end is not None
    assert found.end - session.start == timedelta(minutes=30)  # type: ignore[operator]
    place.desk.close()


def test_cut_off_after_closing_but_within_its_time_it_was_used(
    tmp_path: Path, fixed_clock: FixedClock
) -> None:
    place = Place(tmp_path / "data", fixed_clock)
    fixed_clock.advance(hours=6, minutes=10)  # 15.51
    session = place.start()
    fixed_clock.advance(minutes=15)
    place.desk.recovery.beat()
    cut(place.desk)
    place.begin()
    found = place.session(session)
    assert (found.minutes, found.end_reason) == (15, EndReason.INTERRUPTED)
    place.desk.close()


def test_an_outage_tells_all_that_it_cut_off_until_somebody_mends_it(
    tmp_path: Path, fixed_clock: FixedClock
) -> None:
    place = Place(tmp_path / "data", fixed_clock)
    fixed_clock.advance(hours=6)
    forgotten = place.start(0)
    fixed_clock.advance(hours=2)
    late = place.start(1)
    place.desk.recovery.beat()
    cut(place.desk)
    fixed_clock.advance(minutes=5)
    desk = place.begin()
    (told,) = desk.recovery.interrupted()
    assert [each.id for each in told.sessions] == [forgotten.id, late.id]
    desk.session_mending.go_on(late.id)
    (told,) = desk.recovery.interrupted()
    assert [each.id for each in told.sessions] == [forgotten.id]
    desk.session_mending.remove(forgotten.id)
    (told,) = desk.recovery.interrupted()
    assert told.sessions == ()
    desk.close()


def test_what_the_program_ended_is_nobodys_to_undo(tmp_path: Path, fixed_clock: FixedClock) -> None:
    place = Place(tmp_path / "data", fixed_clock)
    tapped = place.desk.visits.record(VisitDraft())
    session = place.start()
    cut(place.desk)
    desk = place.begin()
    with pytest.raises(RuleError) as refusal:
        desk.undo()  # its start, but it has been ended since
    assert refusal.value.code == "changed_since"
    assert desk.undo()[0].record_id == tapped.id
    assert not place.session(session).is_open
    assert desk.redo()[0].record_id == tapped.id
    desk.close()


def test_an_end_before_the_power_cut_is_not_undone_where_somebody_sat_since(
    tmp_path: Path, fixed_clock: FixedClock
) -> None:
    place = Place(tmp_path / "data", fixed_clock)
    first = place.start()
    fixed_clock.advance(minutes=10)
    place.desk.computers.end(first.id)
    fixed_clock.advance(minutes=5)
    second = place.start()
    fixed_clock.advance(minutes=5)
    place.desk.recovery.beat()
    cut(place.desk)
    fixed_clock.advance(minutes=5)
    desk = place.begin()
    for _ in ("the start of the second", "the end of the first"):
        with pytest.raises(RuleError) as refusal:
            desk.undo()
        assert refusal.value.code == "changed_since"
    assert [place.session(each).minutes for each in (first, second)] == [10, 5]
    assert desk.computers.open_sessions() == []
    desk.close()


def test_what_was_passed_over_keeps_its_workstation(
    tmp_path: Path, fixed_clock: FixedClock
) -> None:
    place = Place(tmp_path / "data", fixed_clock)
    session = place.start()
    place.desk.computers.move(session.id, place.pcs[1].id)
    cut(place.desk)
    desk = place.begin()
    for _ in ("the move", "the start", "the workstations"):
        with pytest.raises(RuleError) as refused:
            desk.undo()
        assert refused.value.code == "changed_since"
    assert desk.workstations.all() == place.pcs
    desk.close()


def test_a_disk_that_refuses_is_asked_again_before_the_first_pulse(
    tmp_path: Path, fixed_clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = Place(tmp_path / "data", fixed_clock)
    session = place.start()
    fixed_clock.advance(minutes=12)
    place.desk.recovery.beat()
    cut(place.desk)
    fixed_clock.advance(minutes=30)
    problem = STORE_DAMAGED

    def full(_store: Store) -> None:
        raise StorageError(problem, path="")

    with monkeypatch.context() as patch:
        patch.setattr("perpudesk.db.journal.by_program", full)
        with pytest.raises(StorageError):
            place.begin()
        place.desk._guard.release()
        problem = STORE_FULL
        desk = place.begin()
        with pytest.raises(StorageError):
            desk.recovery.beat()
    fixed_clock.advance(minutes=1)
    later = place.start(1)
    desk.recovery.beat()
    found = place.session(session)
    assert (found.minutes, found.end_reason) == (12, EndReason.INTERRUPTED)
    assert place.session(later).is_open
    desk.close()


def test_a_pulse_is_no_record(tmp_path: Path, fixed_clock: FixedClock) -> None:
    place = Place(tmp_path / "data", fixed_clock)
    saved, told = place.desk.store.saved_at, list[Topic]()
    place.desk.subscribe(told.append)
    fixed_clock.advance(minutes=1)
    with place.desk.store.reading() as db:
        lines = next(iter(db.query("SELECT max(seq) AS n FROM journal")))
    place.desk.recovery.beat()
    with place.desk.store.reading() as db:
        assert next(iter(db.query("SELECT max(seq) AS n FROM journal"))) == lines
    assert (place.desk.store.saved_at, told) == (saved, [])
    place.desk.close()


def test_without_opening_hours_one_whose_time_is_not_up_goes_on_past_midnight(
    tmp_path: Path, fixed_clock: FixedClock
) -> None:
    place = Place(tmp_path / "data", fixed_clock)
    place.desk.branch.set_up(opening_hours=None)
    fixed_clock.advance(hours=14)  # 23.41
    session, paused = place.start(0), place.start(1)
    place.desk.computers.pause(paused.id)
    fixed_clock.advance(minutes=25)
    assert place.desk.recovery.sweep() == []
    fixed_clock.advance(minutes=10)
    (swept,) = place.desk.recovery.sweep()
    assert (swept.id, swept.minutes) == (session.id, 30)
    fixed_clock.advance(hours=12)
    (swept,) = place.desk.recovery.sweep()
    assert (swept.id, swept.minutes, swept.end_known) == (paused.id, None, False)
    place.desk.close()


def test_moved_on_the_next_day_its_minutes_are_unknown(
    tmp_path: Path, fixed_clock: FixedClock
) -> None:
    place = Place(tmp_path / "data", fixed_clock)
    session = place.start()
    fixed_clock.advance(days=1)
    place.desk.computers.move(session.id, place.pcs[1].id)
    (swept,) = place.desk.recovery.sweep()
    assert (swept.minutes, swept.end) == (None, fixed_clock.now())
    place.desk.close()


def test_what_was_forgotten_stays_said_for_a_week(
    desk: Desk, pcs: list[Workstation], fixed_clock: FixedClock
) -> None:
    session = desk.computers.start(SessionDraft(workstation_id=pcs[0].id))
    assert desk.recovery.forgotten() == ()
    fixed_clock.advance(days=1)
    desk.recovery.sweep()
    assert [each.id for each in desk.recovery.forgotten()] == [session.id]
    fixed_clock.advance(days=6)
    assert len(desk.recovery.forgotten()) == 1
    fixed_clock.advance(days=1)
    assert desk.recovery.forgotten() == ()


def test_what_somebody_has_mended_or_looked_at_is_not_said_again(
    desk: Desk, pcs: list[Workstation], fixed_clock: FixedClock
) -> None:
    mended = desk.computers.start(SessionDraft(workstation_id=pcs[0].id))
    desk.computers.start(SessionDraft(workstation_id=pcs[1].id))
    fixed_clock.advance(days=1)
    desk.recovery.sweep()
    edit = edit_of(desk.computers.get(mended.id))
    desk.session_mending.correct(mended.id, edit)
    assert len(desk.recovery.forgotten()) == 2
    assert mended.start is not None
    desk.session_mending.correct(mended.id, replace(edit, end=mended.start + timedelta(minutes=12)))
    assert len(desk.recovery.forgotten()) == 1
    desk.recovery.check_forgotten()
    assert desk.recovery.forgotten() == ()


def test_whoever_takes_the_desk_while_the_program_ends_something_stays_there(
    tmp_path: Path, fixed_clock: FixedClock
) -> None:
    place = Place(tmp_path / "data", fixed_clock)
    desk = place.desk
    siti = desk.branch.add_staff("Siti")
    taking = Thread(target=desk.branch.at_desk, args=(siti.id,))
    with desk.store.writing(), journal.by_program(desk.store):
        taking.start()
        taking.join(0.1)
        assert desk.store.author.staff_id == PROGRAM
    taking.join()
    assert desk.store.author.staff_id == siti.id
    desk.close()


def test_cut_off_after_more_than_a_session_lasts_its_minutes_are_unknown(
    tmp_path: Path, fixed_clock: FixedClock
) -> None:
    fixed_clock.advance(hours=-9)
    place = Place(tmp_path / "data", fixed_clock)
    place.desk.branch.set_up(opening_hours=None)
    session = place.start()
    fixed_clock.advance(hours=13)
    place.desk.recovery.beat()
    cut(place.desk)
    fixed_clock.advance(minutes=5)
    desk = place.begin()
    found = place.session(session)
    assert (found.end_reason, found.minutes) == (EndReason.FORGOTTEN, None)
    (told,) = desk.recovery.interrupted()
    assert [each.id for each in told.sessions] == [session.id]
    desk.close()
