"""Courses and series, without a file."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from perpudesk.core.errors import InputError
from perpudesk.trainings.model import CourseDraft, Series, admit, next_run, slots

TODAY = date(2026, 11, 23)
EMAIL = CourseDraft(title="Email untuk UMKM")


@pytest.mark.parametrize(
    "change, field",
    [
        ({"title": "  "}, "title"),
        ({"title": "Email\nUMKM"}, "title"),
        ({"title": "x" * 201}, "title"),
        ({"starts_on": date(1944, 1, 1)}, "starts_on"),
        ({"ends_on": date(2099, 1, 1)}, "ends_on"),
        ({"starts_on": date(2026, 12, 2), "ends_on": date(2026, 12, 1)}, "ends_on"),
        ({"capacity": 0}, "capacity"),
        ({"capacity": 10_000}, "capacity"),
        ({"minutes_per_meeting": 0}, "minutes_per_meeting"),
        ({"threshold": 101}, "threshold"),
        ({"cost": 10**15}, "cost"),
        ({"cost": -1}, "cost"),
        ({"organiser": "x" * 201}, "organiser"),
    ],
)
def test_a_course_that_cannot_be_is_refused_at_its_field(
    change: dict[str, object], field: str
) -> None:
    with pytest.raises(InputError) as refused:
        admit(replace(EMAIL, **change), today=TODAY)  # type: ignore[arg-type]
    assert refused.value.field == field


def test_a_course_is_tidied() -> None:
    given = replace(EMAIL, title=" Email ", trainer_ids=("a", "b", "a"), place=" ", cost=0)
    tidy = admit(given, today=TODAY)
    assert (tidy.title, tidy.trainer_ids, tidy.place, tidy.cost) == ("Email", ("a", "b"), None, 0)


def _days(series: Series) -> list[tuple[str, str | None]]:
    closed = {5: "Saturday", 6: "Sunday"}
    holidays = {date(2026, 12, 8): "Hari Jadi"}
    return [(f"{each.day:%d %b}", each.skipped) for each in slots(series, closed, holidays)]


def test_every_tuesday_four_times_without_the_holiday() -> None:
    series = Series(first=TODAY, weekdays=frozenset({1}), count=4)
    assert _days(series) == [
        ("24 Nov", None),
        ("01 Dec", None),
        ("08 Dec", "Hari Jadi"),
        ("15 Dec", None),
        ("22 Dec", None),
    ]


def test_two_days_a_week_every_other_week() -> None:
    series = Series(first=date(2026, 11, 25), weekdays=frozenset({0, 2}), count=3, weeks=2)
    assert [day for day, _ in _days(series)] == ["25 Nov", "07 Dec", "09 Dec"]


def test_a_series_on_closed_days_alone_is_empty() -> None:
    assert _days(Series(first=TODAY, weekdays=frozenset({6}), count=2)) == []


@pytest.mark.parametrize(
    "change, field",
    [
        ({"weekdays": frozenset()}, "weekdays"),
        ({"count": 0}, "count"),
        ({"count": 61}, "count"),
        ({"weeks": 13}, "weeks"),
    ],
)
def test_a_series_that_cannot_be_is_refused(change: dict[str, object], field: str) -> None:
    series = replace(Series(first=TODAY, weekdays=frozenset({0}), count=1), **change)  # type: ignore[arg-type]
    with pytest.raises(InputError) as refused:
        slots(series, {}, {})
    assert refused.value.field == field


def test_nothing_runs_again_where_nothing_met() -> None:
    assert next_run([], TODAY) == []
