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
