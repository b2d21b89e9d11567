from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from perpudesk.core.codes import Method
from perpudesk.core.errors import InputError
from perpudesk.core.times import FixedClock, Period
from perpudesk.core.topics import Topic
from perpudesk.desk import Desk
from perpudesk.totals.model import Thresholds

OCTOBER, YEAR = Period.parse("2026-10"), Period.parse("2026")


@pytest.fixture
def desk(tmp_path: Path, fixed_clock: FixedClock) -> Iterator[Desk]:
    """A desk in Jakarta on Monday 23 November 2026."""
    with Desk(tmp_path / "data", clock=fixed_clock) as desk:
        desk.branch.set_up(name="Perpustakaan Uji", zone="WIB")
        yield desk


def test_a_total_is_typed_mended_and_taken_out(desk: Desk) -> None:
    told: list[Topic] = []
    desk.subscribe(told.append)
    desk.totals.type_total("online_users", OCTOBER, 347)
    desk.totals.type_total("online_users", OCTOBER, 352, method=Method.ESTIMATED)
    (found,) = desk.totals.of(YEAR)
    assert (found.month, found.indicator, found.value) == (OCTOBER, "online_users", 352)
    assert (found.method, found.source) == (Method.ESTIMATED, "typed")
    desk.totals.type_total("online_users", OCTOBER, None)
    assert desk.totals.of(YEAR) == []
    desk.totals.type_total("online_users", OCTOBER, None)  # nothing there to take out
    desk.totals.type_total("online_users", OCTOBER, 0)
    assert [each.value for each in desk.totals.of(OCTOBER)] == [0]
    assert desk.totals.of(OCTOBER.before()) == []
    assert set(told) == {Topic.TOTALS}
    desk.check()


def test_a_refused_total_stores_nothing(desk: Desk) -> None:
    with pytest.raises(InputError):
        desk.totals.type_total("online_users", Period.parse("2027-01"), 1)
    assert desk.totals.of(Period.parse("2027")) == []


def test_targets_are_kept_by_year(desk: Desk) -> None:
    desk.totals.set_target("visits", 2026, 21_600)
    desk.totals.set_target("visits", 2025, 20_000)
    desk.totals.set_target("visits", 2026, 24_000)
    assert {code: each.value for code, each in desk.totals.targets(2026).items()} == {
        "visits": 24_000
    }
    desk.totals.set_target("visits", 2026, None)
    assert desk.totals.targets(2026) == {}
    assert desk.totals.targets(2025)["visits"].value == 20_000


def test_thresholds_are_those_of_the_domain_until_they_are_set(desk: Desk) -> None:
    assert desk.totals.thresholds() == Thresholds(green=1.0, yellow=0.8)
    desk.totals.set_thresholds(Thresholds(green=0.95, yellow=0.7))
    assert desk.totals.thresholds() == Thresholds(green=0.95, yellow=0.7)
    with pytest.raises(InputError):
        desk.totals.set_thresholds(Thresholds(green=0.5, yellow=0.9))
