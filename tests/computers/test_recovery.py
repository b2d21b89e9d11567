"""After a power cut, a forgotten evening, a night asleep and a clock that lost the day."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from perpudesk.branch.model import Hours
from perpudesk.computers.model import Session, SessionDraft
from perpudesk.core.codes import EndReason
from perpudesk.core.times import FixedClock
from perpudesk.desk import Desk

WEEK = (*(Hours(opens=480, closes=960),) * 5, None, None)


def cut(desk: Desk) -> None:
    """Lose the process as a power cut does: nothing is said to the store."""
    desk.store.close()
    desk._guard.release()


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
