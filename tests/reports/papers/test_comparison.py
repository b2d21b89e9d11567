from __future__ import annotations

from datetime import date

import pytest

from perpudesk.core.codes import DayState, Method
from perpudesk.core.times import Period
from perpudesk.reports.model import Figures
from perpudesk.reports.papers.comparison import (
    Comparison,
    compared,
    comparison_document,
    parts_of,
    remarks_of,
    signed_points,
)
from perpudesk.reports.papers.frame import Head
from perpudesk.totals.model import Light, Target
from tests.reports.makes import BRANCH, OPENS, Used, days, figures, lent, session, when, who

OCTOBER, SEPTEMBER = Period.parse("2026-10"), Period.parse("2026-09")
Q1_2023, Q1_2022 = Period.parse("2023-Q1"), Period.parse("2022-Q1")
AFTER = date(2026, 11, 23)


def of(count: int, period: Period = OCTOBER, **other: object) -> Figures:
    people = [who(count - 2, sex="female", age_years=20, purpose="reading"), who(2)]
    return figures([when(f"{period.first:%Y-%m}-05", count)], people, period=period, **other)  # type: ignore[arg-type]


def comparison(first: Figures, second: Figures, today: date = AFTER, **other: object) -> Comparison:
    return Comparison(
        head=Head(branch=BRANCH),
        first=first,
        second=second,
        today=today,
        labels={
            "purpose": {"reading": "Reading", "unknown": "Not recorded"},
            "occupation": {},
            "education": {},
        },
        **other,  # type: ignore[arg-type]
    )


def test_every_indicator_stands_with_both_values_and_its_change() -> None:
    rows = compared(comparison(of(12), of(10, SEPTEMBER)))
    told = {row.name: (row.first, row.second, row.change) for row in rows}
    assert told["Visits"] == ("12", "10", "+20.0%")
    assert told["Service days"] == ("1", "1", "0.0%")
    assert told["Average per service day"] == ("12.0", "10.0", "+20.0%")
    assert told["Online users"] == ("–", "–", "–")
    assert told["Sex recorded"] == ("83.3%", "80.0%", "+3.3 points")
    assert remarks_of(comparison(of(12), of(10, SEPTEMBER))) == ""


@pytest.mark.parametrize(
    "first, second, today",
    [
        (of(12), of(10, SEPTEMBER), date(2026, 10, 20)),  # October is running
        (of(12), figures(period=Period.parse("2026-Q2")), AFTER),  # a month and a quarter
    ],
)
def test_sums_of_other_lengths_or_of_running_periods_are_not_compared(
    first: Figures, second: Figures, today: date
) -> None:
    found = comparison(first, second, today)
    assert compared(found)[0].change == "–"
    assert remarks_of(found).startswith("Sums are compared only between periods of the same")


def test_the_averages_of_a_running_period_are_compared() -> None:
    found = comparison(of(12), of(10, SEPTEMBER), date(2026, 10, 20))
    assert compared(found)[2].change == "+20.0%"


@pytest.mark.parametrize(
    "moved, text",
    [(6, "+6.0 points"), (-0.31, "−0.3 points"), (0.01, "0.0 points"), (None, "–")],
)
def test_points_are_between_shares(moved: float | None, text: str) -> None:
    assert signed_points(moved) == text


def test_who_came_stands_with_shares_of_what_was_recorded() -> None:
    found = comparison(of(12), of(10, SEPTEMBER))
    rows = [(row.name, row.first, row.second, row.change) for row in parts_of(found, "sex")]
    assert rows == [
        ("Female", "10 (100.0%)", "8 (100.0%)", "0.0 points"),
        ("Not recorded", "2", "2", "–"),
    ]
    assert [row.name for row in parts_of(found, "purpose")] == ["Reading", "Not recorded"]
    assert [row.name for row in parts_of(found, "age")] == ["17–25", "Not recorded"]
    assert parts_of(found, "education") == ()  # nobody recorded it


def test_a_period_nobody_counted_has_no_parts() -> None:
    found = comparison(of(12), figures(period=SEPTEMBER))
    assert [row.second for row in parts_of(found, "sex")] == ["–", "–"]


def test_targets_are_those_of_the_first_period() -> None:
    goals = {"visits": Target(year=2026, indicator="visits", value=120)}
    row = compared(comparison(of(9), of(10, SEPTEMBER), targets=goals))[0]
    assert (row.target, row.goal.light) == ("10", Light.YELLOW)
    text = comparison_document(comparison(of(9), of(10, SEPTEMBER), targets=goals)).outline()
    assert "| Target> | Reached]" in text
    assert "  Visits | 9 | 10 | −10.0% | 10 | ◐ yellow 90%" in text.replace(
        "\N{NO-BREAK SPACE}", " "
    )


def test_the_paper_names_both_periods_and_marks_estimates() -> None:
    guessed = figures([when("2026-10-05", 12, method=Method.ESTIMATED)])
    text = comparison_document(comparison(guessed, of(10, SEPTEMBER))).outline()
    assert "# COMPARISON\n  Period: **October 2026 and September 2026**" in text
    assert "[Indicator | Oct 2026> | Sep 2026> | Change>]" in text
    assert "  Visits | 12* | 10 | +20.0%" in text
    assert "(* partly or wholly estimated.)" in text
    assert "## Who came" in text


def test_the_published_quarter_of_kalimantan_barat_is_reproduced() -> None:
    """8,980 visits on 75 days after 8,504 on 73: +5.6 %; 120 a day after 116: +3.4 %."""
    first = figures([when("2023-01-02", 8_980)], period=Q1_2023, on=days(visits={2: 8_980}))
    second = figures([when("2022-01-03", 8_504)], period=Q1_2022, on=days(visits={3: 8_504}))
    assert compared(comparison(first, second))[0].change == "+5.6%"


# ---------------------------------------------------------------- computers


def _lending(*sessions: Used, period: Period = OCTOBER) -> Figures:
    on = days({5: DayState.OPEN_COUNTED}, month=period)
    return figures(on=on, lent=lent(*sessions), branch=OPENS, period=period)


def test_computers_stand_beside_one_another_where_there_are_any() -> None:
    first = _lending(session("2026-10-05", 900, purpose="study", sex="female"))
    second = _lending(
        session("2026-09-05", 84, purpose="study"), session("2026-09-05", 0), period=SEPTEMBER
    )
    found = comparison(first, second)
    told = {row.name: (row.first, row.second, row.change) for row in compared(found)}
    assert told["Computer sessions"] == ("1", "2", "−50.0%")
    assert told["Public computers"] == ("2", "2", "0.0%")
    assert told["Computer use rate"][0] == "107.1%‡"
    assert remarks_of(found).endswith(
        "‡ more than 100%: computers were used when they were not known to be available."
    )
    text = comparison_document(found).outline()
    assert "## Who used the computers" in text
    assert "  study | 1 (100.0%) | 1 (100.0%) | 0.0 points" in text
    none = comparison(of(12), of(10, SEPTEMBER))
    assert "omputer" not in comparison_document(none).outline()
    assert not [row for row in compared(none) if "omputer" in row.name]


def test_what_there_is_now_compares_also_while_a_period_is_running() -> None:
    found = comparison(_lending(), _lending(period=SEPTEMBER), date(2026, 10, 20))
    told = {row.name: row.change for row in compared(found)}
    assert (told["Public computers"], told["Computer sessions"]) == ("0.0%", "–")
