from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from perpudesk.core.codes import Basis
from perpudesk.core.formats import signed_percent
from perpudesk.core.times import Period
from perpudesk.reports.model import (
    ACTED,
    AIMS,
    COMPUTER_SESSIONS,
    INDICATORS,
    LENT,
    VISITS,
    Figure,
    change,
    is_running,
    known,
    mismatches,
    not_counted,
    points,
    ratio,
    reached,
    share,
    shown,
    told,
)
from perpudesk.totals.model import Light, Target, Thresholds
from tests.reports.makes import figures, lent, when


def visits(value: int, **by: dict[str, int]) -> Figure:
    return Figure(indicator="visits", unit="visits", value=value, basis=Basis.COUNTED, by=by)


def test_every_indicator_stands_under_its_code_and_figures_hold_them_in_that_order() -> None:
    assert [code for code, each in INDICATORS.items() if each.code != code] == []
    assert [each.indicator for each in figures([when("2026-10-05")]).figures] == list(INDICATORS)


def test_only_sums_add_up_over_months() -> None:
    assert [each.code for each in INDICATORS.values() if each.additive] == [
        "visits",
        "open_days",
        "online_users",
        "computer_sessions",
        "device_sessions",
        "computer_minutes",
        "class_minutes",
        "available_minutes",
        "queue_tickets",
        "queue_no_shows",
        "visits_via_activities",
        "training_meetings",
        "training_attendances",
        "person_hours",
        "community_meetings",
        "meeting_attendances",
        "advocacy_actions",
        "media_items",
        "stories",
    ]


@pytest.mark.parametrize(
    "now,before,printed",
    [
        # Published by libraries: Kalimantan Barat 2023, its quarter and its day; Purbalingga
        (8_980, 8_504, "+5,6%"),
        (120, 116, "+3,4%"),
        (25_217, 27_534, "−8,4%"),
        (5, 5, "0,0%"),
        (0, 5, "−100,0%"),
        (5, 0, "–"),
        (5, None, "–"),
        (None, 5, "–"),
        (None, None, "–"),
    ],
)
def test_a_change_is_a_share_of_its_base(
    now: float | None, before: float | None, printed: str
) -> None:
    assert signed_percent(change(now, before)) == printed


@pytest.mark.parametrize(
    "today, running", [("2026-10-01", True), ("2026-10-30", True), ("2026-10-31", False)]
)
def test_a_month_runs_until_its_last_day(today: str, running: bool) -> None:
    assert is_running(Period.parse("2026-10"), date.fromisoformat(today)) is running


@pytest.mark.parametrize(
    "now,before,expected",
    [(0.58, 0.52, 6.0), (0.5, 0.75, -25.0), (None, 0.5, None), (1, None, None)],
)
def test_shares_differ_by_points(
    now: float | None, before: float | None, expected: float | None
) -> None:
    found = points(now, before)
    assert found == (expected if expected is None else pytest.approx(expected))


@pytest.mark.parametrize(
    "parts,total",
    [
        ((52_987, 45_705, 43_968, 36_662), 179_322),  # Tuban 2019, its quarters
        ((20_870, 22_616, 19_895, 5_752, 347), 69_480),  # Kaltim 2024, on site and online
    ],
)
def test_published_sums_agree_with_their_parts(parts: tuple[int, ...], total: int) -> None:
    counts = {str(place): part for place, part in enumerate(parts)}
    assert mismatches(visits(total, part=counts)) == ()


def test_kaltim_had_5790_visits_a_month() -> None:
    assert ratio(69_480, 12) == 5_790


def test_kalimantan_barat_misprint_is_caught() -> None:
    # Q1 2023: women 2.660 + 3.530 + 200 where 3.503 was meant; the printed total is 8.980.
    printed = {"men": 1_206 + 1_261 + 150, "women": 2_660 + 3_530 + 200}
    (found,) = mismatches(visits(8_980, sex=printed))
    assert (found.dimension, found.parts, found.value) == ("sex", 9_007, 8_980)
    meant = {**printed, "women": 2_660 + 3_503 + 200}
    assert mismatches(visits(8_980, sex=meant)) == ()


def test_what_was_not_counted_cannot_disagree() -> None:
    figure = Figure(indicator="visits", unit="visits", value=None, basis=Basis.NOT_COUNTED)
    assert mismatches(figure) == ()


def test_a_share_is_of_what_is_known() -> None:
    counts = {"female": 1_094, "male": 881, "unknown": 56}
    assert known(counts) == 1_975
    assert share(counts, "female") == 1_094 / 1_975
    assert share(counts, "unknown") is None
    assert share({"female": 0, "unknown": 7}, "female") is None


def test_a_ratio_over_nothing_is_unknown() -> None:
    assert ratio(2_031, 22) == 2_031 / 22
    assert ratio(0, 0) is None


def test_figures_are_found_by_their_indicator() -> None:
    found = figures([when("2026-10-05", 3)])
    assert found.get(VISITS).value == found.value(VISITS) == 3
    assert not found.get(VISITS).is_estimate


def test_figures_from_before_an_indicator_was_known_did_not_count_it() -> None:
    found = figures([when("2026-10-05", 3)])
    old = replace(found, figures=found.figures[:5])
    assert old.get(COMPUTER_SESSIONS) == not_counted(COMPUTER_SESSIONS)
    assert old.value(VISITS) == 3


def test_what_only_tells_how_a_figure_came_about_has_no_target() -> None:
    assert set(INDICATORS) - set(AIMS) == {
        "available_minutes",
        "queue_tickets",
        "queue_no_shows",
        "waiting_minutes_per_ticket",
        "visits_via_activities",
        "decisions_done",
    }


def test_indicators_of_computers_are_read_where_there_is_anything_of_them() -> None:
    none, some = figures([when("2026-10-05", 3)]), figures([when("2026-10-05")], lent=lent())
    assert not set(told(none)) & set(LENT)
    rest = tuple(each for each in INDICATORS.values() if each not in ACTED)
    assert told(none, some) == told(some) == rest


@pytest.mark.parametrize(
    "code, value, share_",
    [("completeness_sex", "42,9%", 3 / 7), ("visits_per_open_day", "92,3", 92.25)],
)
def test_ratios_are_shown_with_a_decimal(code: str, value: str, share_: float) -> None:
    assert shown(INDICATORS[code], share_) == value


def test_counts_are_shown_whole_and_what_was_not_counted_as_a_dash() -> None:
    assert (shown(VISITS, 1234), shown(VISITS, None)) == ("1.234", "–")


YEAR, QUARTER = Period.parse("2026"), Period.parse("2026-Q3")
GREEN, YELLOW, RED = Light.GREEN, Light.YELLOW, Light.RED


@pytest.mark.parametrize(
    "code,period,value,goal,over,expected",
    [
        ("visits", YEAR, 24_000, 24_000, True, (24_000, 1.0, GREEN)),
        ("visits", QUARTER, 4_800, 24_000, True, (6_000, 0.8, YELLOW)),  # its part of a sum
        ("visits", QUARTER, 4_799, 24_000, True, (6_000, 4_799 / 6_000, RED)),
        ("visits", QUARTER, 1_000, 24_000, False, (6_000, 1_000 / 6_000, None)),
        ("visits", QUARTER, None, 24_000, True, (6_000, None, None)),
        ("visits_per_open_day", QUARTER, 50, 100, False, (100, 0.5, RED)),  # all of a ratio
        ("unique_patrons", YEAR, 90, 100, True, (100, 0.9, YELLOW)),
        ("unique_patrons", QUARTER, 90, 100, True, (None, None, None)),
        ("workstations", QUARTER, 7, 8, False, (8, 7 / 8, YELLOW)),  # what there is now
        ("visits", YEAR, 5, None, True, (None, None, None)),
    ],
)
def test_a_period_reaches_its_part_of_the_years_target(
    *,
    code: str,
    period: Period,
    value: float | None,
    goal: float | None,
    over: bool,
    expected: tuple[float | None, float | None, Light | None],
) -> None:
    figure = Figure(indicator=code, unit="", value=value, basis=Basis.COUNTED)
    target = None if goal is None else Target(year=2026, indicator=code, value=goal)
    found = reached(figure, period, target, Thresholds(), over=over)
    assert (found.target, found.share, found.light) == expected
