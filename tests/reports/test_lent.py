from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from perpudesk.core.codes import Condition, Method
from perpudesk.core.times import Period
from perpudesk.reports.lent import ClassRow, Lent, with_slugs
from perpudesk.totals.model import PeriodTotal
from tests.reports.makes import lent, pc, session

GOOD, RETIRED = Condition.GOOD, Condition.RETIRED
SEPTEMBER, OCTOBER = Period.parse("2026-09"), Period.parse("2026-10")


def total(
    indicator: str, month: Period, value: int, method: Method = Method.COUNTED
) -> PeriodTotal:
    return PeriodTotal(month=month, indicator=indicator, value=value, method=method, source="typed")


@pytest.mark.parametrize(
    "labels,slugs",
    [
        (["PC 1", "PC 2"], ["pc_1", "pc_2"]),
        (["PC 1", "PC-1", "pc 1!"], ["pc_1", "pc_1_2", "pc_1_3"]),
        (["Unknown", "الحاسوب"], ["unknown_2", "own"]),
        (["=1+1", "@SUM(A1)"], ["1_1", "sum_a1"]),
        (["Komputer Anak – Lantai 1"], ["komputer_anak_lantai_1"]),
    ],
)
def test_a_slug_is_made_of_the_label_and_is_nobody_elses(
    labels: list[str], slugs: list[str]
) -> None:
    made = with_slugs(pc(at, label=label) for at, label in enumerate(labels, 1))
    assert [each.slug for each in made.values()] == slugs
    assert [each.label for each in made.values()] == labels
    assert list(made) == [f"pc-{at}" for at in range(1, len(labels) + 1)]


def test_a_newer_one_that_is_called_alike_leaves_the_slug_to_the_older() -> None:
    old = pc(9, ("2019-01-01", GOOD, True), ("2026-05-01", RETIRED, True), label="PC 1")
    made = with_slugs([pc(1), old])
    assert [(each.id, each.slug) for each in made.values()] == [
        ("pc-1", "pc_1_2"),
        ("pc-9", "pc_1"),
    ]


@pytest.mark.parametrize(
    "states,there",
    [
        ([("2026-10-31", GOOD, True)], True),
        ([("2026-11-01", GOOD, True)], False),
        ([("2020-01-01", GOOD, False)], True),
        ([("2020-01-01", Condition.MAJOR_DAMAGE, True)], True),
        ([("2020-01-01", GOOD, True), ("2026-10-01", RETIRED, True)], True),
        ([("2020-01-01", GOOD, True), ("2026-09-30", RETIRED, True)], False),
        (
            [("2020-01-01", GOOD, True), ("2026-09-30", RETIRED, True), ("2026-10-09", GOOD, True)],
            True,
        ),
    ],
)
def test_a_workstation_is_there_until_it_is_retired(
    states: list[tuple[str, Condition, bool]], there: bool
) -> None:
    assert pc(1, *states).was_there(date(2026, 10, 1), date(2026, 10, 31)) is there


def test_totals_of_months_stand_only_where_nothing_finer_does() -> None:
    held = ClassRow(day=date(2026, 10, 6), place="pc-1", minutes=60)
    known = lent(session("2026-10-05"), classes=(held,))
    given = [
        total("computer_sessions", OCTOBER, 9),
        total("computer_minutes", OCTOBER, 300),
        total("device_sessions", OCTOBER, 7),
        total("class_minutes", OCTOBER, 90),
        total("computer_sessions", SEPTEMBER, 40),
        total("visits", SEPTEMBER, 400),
        total("class_minutes", SEPTEMBER, 120, Method.ESTIMATED),
    ]
    made = known.with_totals(given)
    assert [(each.indicator, each.month.code) for each in made.totals] == [
        ("device_sessions", "2026-10"),
        ("computer_sessions", "2026-09"),
        ("class_minutes", "2026-09"),
    ]
    own, september = made.sessions[1:]
    assert (own.device, own.count, own.month, own.duration) == (True, 7, OCTOBER, "unknown")
    assert (september.device, september.count, september.month) == (False, 40, SEPTEMBER)
    assert made.classes[1] == replace(
        held, day=SEPTEMBER.first, precision="month", place=None, method="estimated", minutes=120
    )
    assert Lent().with_totals([]) == Lent()


def test_minutes_of_a_month_belong_to_its_sessions_where_both_are_known() -> None:
    both = [
        total("computer_sessions", OCTOBER, 9),
        total("computer_minutes", OCTOBER, 300, Method.ESTIMATED),
    ]
    (row,) = lent().with_totals(both).sessions
    assert (row.count, row.minutes, row.method, row.duration) == (9, 300, "counted", "estimated")
    (alone,) = lent().with_totals(both[1:]).sessions
    assert (alone.count, alone.minutes, alone.duration) == (0, 300, "estimated")
