"""Which copies stay, and how old the newest may be."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perpudesk.backups.model import (
    Age,
    Copy,
    Why,
    age_of,
    moment_in,
    name_of,
    to_drop,
)

NOW = datetime(2026, 11, 23, 2, 41, 7, tzinfo=UTC)


def copy(moment: datetime, why: Why = Why.AUTO, *, sealed: bool = False) -> Copy:
    return Copy(path=Path(name_of(moment, why, sealed=sealed)), made_at=moment, size=1)


@pytest.mark.parametrize("sealed", [True, False])
@pytest.mark.parametrize("why", Why)
def test_a_name_tells_the_moment_and_what_it_is(why: Why, sealed: bool) -> None:
    name = name_of(NOW, why, sealed=sealed)
    assert moment_in(name) == NOW
    made = copy(NOW, why, sealed=sealed)
    assert made.sealed is sealed
    assert made.why is why
    assert made.automatic is (why in (Why.AUTO, Why.IMPORT))


def test_a_name_without_its_milliseconds_is_one_too() -> None:
    assert moment_in("perpudesk-20261123T024107Z-auto.db") == NOW
    assert name_of(NOW, Why.AUTO, sealed=False) == "perpudesk-20261123T024107000Z-auto.db"


@pytest.mark.parametrize(
    "name",
    [
        "perpudesk.db",
        "perpudesk-20261123T024107Z-auto.db.sha256",
        "perpudesk-20261123T024107Z-auto.db.part",
        "perpudesk-20261399T024107Z-auto.db",
        "before-update-20261123T024107123Z.db",
        "",
    ],
)
def test_what_is_called_otherwise_is_no_copy(name: str) -> None:
    assert moment_in(name) is None


def test_a_day_of_half_hours_leaves_its_last() -> None:
    copies = [copy(NOW + timedelta(minutes=30 * each)) for each in range(12)]
    dropped = to_drop(copies)
    assert [each for each in copies if each not in dropped] == [copies[-1]]


def test_generations_of_days_weeks_and_months_stay() -> None:
    days = [copy(NOW - timedelta(days=each)) for each in range(800)]
    kept = [each for each in days if each not in to_drop(days)]
    ages = [(NOW - each.made_at).days for each in kept]
    assert ages[:7] == list(range(7))
    assert len(ages) == len(set(ages)) <= 7 + 5 + 12
    assert {each.made_at.strftime("%G-%V") for each in kept} >= {
        (NOW - timedelta(weeks=each)).strftime("%G-%V") for each in range(5)
    }
    assert len({each.made_at.strftime("%Y-%m") for each in kept}) == 12


def test_what_somebody_asked_for_stays() -> None:
    asked = [copy(NOW - timedelta(days=400 + each), Why.ASKED) for each in range(40)]
    asked.append(copy(NOW - timedelta(days=399), Why.RESTORE))
    assert to_drop([*asked, copy(NOW)]) == []


def test_none_is_none() -> None:
    assert to_drop([]) == []


@given(st.lists(st.integers(0, 40_000), max_size=60))
def test_dropping_again_drops_nothing_and_the_newest_stays(hours: list[int]) -> None:
    copies = [copy(NOW - timedelta(hours=each)) for each in sorted(set(hours))]
    dropped = to_drop(copies)
    kept = [each for each in copies if each not in dropped]
    assert to_drop(kept) == []
    assert not copies or copies[0] in kept


@pytest.mark.parametrize(
    "past, age",
    [
        (timedelta(0), Age.GOOD),
        (timedelta(days=7), Age.GOOD),
        (timedelta(days=7, seconds=1), Age.OLD),
        (timedelta(days=14), Age.OLD),
        (timedelta(days=14, seconds=1), Age.TOO_OLD),
        (timedelta(days=-1), Age.GOOD),
    ],
)
def test_a_week_is_old_and_two_are_too_old(past: timedelta, age: Age) -> None:
    assert age_of(NOW - past, NOW) is age
