"""The clock that is put right when the machine's own has lost the day."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perpudesk.core.guardclock import GuardedClock
from perpudesk.core.times import FixedClock, zone

HERE = zone("WIB")
TODAY = date(2026, 11, 23)


def at(text: str) -> FixedClock:
    return FixedClock(datetime.fromisoformat(text).astimezone(UTC))


@pytest.fixture
def machine() -> FixedClock:
    """A machine whose battery died: back in 2009."""
    return at("2009-01-01T08:30:00+07:00")


def day_of(clock: GuardedClock) -> date:
    return clock.now().astimezone(HERE).date()


def test_until_it_is_asked_it_is_the_machines(machine: FixedClock) -> None:
    assert GuardedClock(machine).now() == machine.now()


def test_the_answer_moves_the_day_and_keeps_the_time(machine: FixedClock) -> None:
    clock = GuardedClock(machine)
    clock.answer(TODAY, HERE)
    assert clock.now().astimezone(HERE).isoformat() == "2026-11-23T08:30:00+07:00"
    machine.advance(days=1)
    assert day_of(clock) == TODAY + timedelta(days=1)


@given(day=st.dates(date(1990, 1, 1), date(2090, 1, 1)), hour=st.integers(0, 23))
def test_any_answer_becomes_today(day: date, hour: int) -> None:
    clock = GuardedClock(at(f"2009-01-01T{hour:02}:59:59+07:00"))
    clock.answer(day, HERE)
    assert day_of(clock) == day


def test_a_restart_goes_on_with_the_answer(machine: FixedClock) -> None:
    kept = GuardedClock(machine).answer(TODAY, HERE)
    machine.advance(hours=30)
    again = GuardedClock(machine)
    again.recall(kept, HERE)
    assert day_of(again) == TODAY + timedelta(days=1)


def test_a_clock_that_was_set_right_needs_no_answer(machine: FixedClock) -> None:
    kept = GuardedClock(machine).answer(TODAY, HERE)
    again = GuardedClock(at("2026-11-23T10:00:00+07:00"))
    again.recall(kept, HERE)
    assert again.shift == timedelta(0)


def test_a_clock_that_fell_back_again_has_lost_its_answer() -> None:
    kept = GuardedClock(at("2009-03-01T08:00:00+07:00")).answer(TODAY, HERE)
    again = GuardedClock(at("2009-01-01T08:00:00+07:00"))
    again.recall(kept, HERE)
    assert again.shift == timedelta(0)


def test_nothing_kept_is_nothing_recalled(machine: FixedClock) -> None:
    clock = GuardedClock(machine)
    clock.recall(None, HERE)
    assert clock.now() == machine.now()


def test_a_clock_that_is_put_right_while_it_runs_needs_no_answer_any_more(
    machine: FixedClock,
) -> None:
    clock = GuardedClock(machine)
    clock.answer(TODAY, HERE)
    machine.moment = at("2026-11-23T10:00:00+07:00").moment
    assert clock.now() == machine.moment
    machine.advance(days=1)
    assert clock.now() == machine.moment


def test_a_clock_that_is_put_right_corrects_an_answer_of_a_wrong_year(machine: FixedClock) -> None:
    clock = GuardedClock(machine, sane_from=date(2026, 1, 1))
    clock.answer(date(2062, 11, 23), HERE)
    assert day_of(clock) == date(2062, 11, 23)
    machine.moment = at("2026-11-23T10:00:00+07:00").moment
    assert clock.now() == machine.moment


def test_an_answer_before_the_machines_day_holds_while_the_machine_goes_on() -> None:
    machine = at("2031-05-06T08:00:00+07:00")
    kept = GuardedClock(machine).answer(TODAY, HERE)
    machine.advance(days=2)
    clock = GuardedClock(machine)
    clock.recall(kept, HERE)
    assert day_of(clock) == TODAY + timedelta(days=2)
    machine.moment = at("2026-11-25T09:00:00+07:00").moment
    assert clock.now() == machine.moment


def test_a_clock_that_falls_back_while_it_runs_is_noticed_once() -> None:
    machine = at("2026-11-23T10:00:00+07:00")
    clock = GuardedClock(machine)
    assert not clock.fell_back()
    clock.now()
    machine.advance(minutes=-4)
    assert not clock.fell_back(), "time servers put it back a little"
    machine.advance(minutes=-2)
    assert clock.fell_back()
    clock.accept()
    assert not clock.fell_back()
