from __future__ import annotations

from dataclasses import replace

import pytest

from perpudesk.core.codes import ClosedReason, DayState
from perpudesk.reports.periodic import Reported
from perpudesk.reports.periodic.quality import dates_of, quality
from tests.reports.makes import days, month, when, who

CLOSED = DayState.CLOSED


def lines(of: Reported) -> list[str]:
    return [line for block in quality(of) for line in block.outline()]


def test_every_day_is_told_by_its_state_and_by_its_date() -> None:
    states = {
        1: DayState.OPEN_NOT_COUNTED,
        2: DayState.ESTIMATED,
        3: CLOSED,
        4: CLOSED,
        5: CLOSED,
        **dict.fromkeys(range(6, 30), DayState.OPEN_COUNTED),
    }
    on = days(states, reasons={3: ClosedReason.POWER, 4: ClosedReason.POWER})
    on[9] = replace(on[9], state=CLOSED, was_set=False)
    text = lines(month(on=on))
    assert text[1] == "  [State of the days | Days>]"
    assert [line.rsplit(" | ")[1] for line in text[2:8]] == ["23", "1", "1", "4", "2", "31"]
    assert text[8] == (
        "  (Estimated: 2 Oct. Open, not counted: 1 Oct. Not set: 30–31 Oct. Closed: 2 power cut, "
        "1 without a reason, 1 outside opening hours.)"
    )


def test_a_month_without_anything_to_remark_has_no_small_print() -> None:
    on = days(dict.fromkeys(range(1, 32), DayState.OPEN_COUNTED))
    assert lines(month(on=on))[-2:] == ["  = Total | 31", "right:"]


@pytest.mark.parametrize(
    "numbers,text",
    [
        ([5], "5 Oct"),
        ([5, 6], "5–6 Oct"),
        ([1, 2, 3, 8, 23, 24], "1–3, 8, 23–24 Oct"),
        (range(1, 32), "1–31 Oct"),
    ],
)
def test_dates_are_read_in_ranges(numbers: list[int], text: str) -> None:
    chosen = [day for day in days() if day.date.day in numbers]
    assert dates_of(chosen) == text


def test_completeness_is_told_for_each_thing_that_can_be_recorded() -> None:
    people = [who(3, sex="female", type="member"), who(1)]
    text = lines(month([when("2026-10-05", 4)], people))
    at = text.index("  [Recorded | Visits> | %>]")
    assert text[at + 1 :] == [
        "    Sex | 3 | 75.0",
        "    Age | 0 | 0.0",
        "    Occupation | 0 | 0.0",
        "    Education | 0 | 0.0",
        "    Type of visitor | 3 | 75.0",
        "    Purpose | 0 | 0.0",
        "    Hour of arrival | 4 | 100.0",
    ]
