"""Schedules, sheets and their rules."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time

import pytest

from perpudesk.attendance.model import (
    Headcount,
    Meeting,
    Participant,
    Schedule,
    Sheet,
    admit_schedule,
    refuse_double,
    when_text,
)
from perpudesk.core.codes import ListStatus, MeetingState, Mode, Sex, VisitorType
from perpudesk.core.errors import InputError
from perpudesk.patrons.model import Profile

DAY = date(2026, 11, 23)
AT_NINE = Schedule(day=DAY, start=time(9), minutes=120, place="Aula")


@pytest.mark.parametrize(
    "change, field",
    [
        ({"day": date(1944, 12, 31)}, "day"),
        ({"day": date(2062, 11, 23)}, "day"),
        ({"minutes": 0}, "minutes"),
        ({"minutes": 1441}, "minutes"),
        ({"start": time(23), "minutes": 61}, "minutes"),
        ({"place": "x" * 121}, "place"),
    ],
)
def test_a_schedule_that_cannot_be_is_refused(change: dict[str, object], field: str) -> None:
    with pytest.raises(InputError) as refused:
        admit_schedule(replace(AT_NINE, **change), today=DAY)  # type: ignore[arg-type]
    assert refused.value.field == field


def test_a_schedule_may_know_little_of_itself() -> None:
    bare = Schedule(day=DAY, place="  ")
    assert admit_schedule(bare, today=DAY) == Schedule(day=DAY)
    assert bare.end is None
    assert admit_schedule(replace(AT_NINE, start=time(22), minutes=120), today=DAY).end == time(
        23, 59
    )


@pytest.mark.parametrize(
    "other, shares",
    [
        ({}, True),
        ({"day": date(2026, 11, 24)}, False),
        ({"start": time(11)}, False),
        ({"start": time(10, 59)}, True),
        ({"start": time(8), "minutes": None}, False),
        ({"start": time(8, 1), "minutes": None}, True),
        ({"start": None}, False),
    ],
)
def test_time_is_shared(other: dict[str, object], shares: bool) -> None:
    assert AT_NINE.shares_time(replace(AT_NINE, **other)) is shares  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "other, shares",
    [
        ({"place": "AULA"}, True),
        ({"place": None}, False),
        ({"place": "Lobi"}, False),
        ({"mode": Mode.ONLINE}, False),
        ({"mode": Mode.OFF_SITE}, False),
    ],
)
def test_a_place_is_shared(other: dict[str, object], shares: bool) -> None:
    assert AT_NINE.shares_place(replace(AT_NINE, **other)) is shares  # type: ignore[arg-type]


def test_no_two_at_one_time() -> None:
    refuse_double(
        AT_NINE, [replace(AT_NINE, day=date(2026, 11, 24)), replace(AT_NINE, start=time(13))]
    )
    with pytest.raises(InputError):
        refuse_double(replace(AT_NINE, start=None), [AT_NINE])
    with pytest.raises(InputError):
        refuse_double(AT_NINE, [AT_NINE])


def test_times_are_read() -> None:
    assert when_text(AT_NINE) == "09:00–11:00"
    assert when_text(replace(AT_NINE, minutes=None)) == "09:00"
    assert when_text(replace(AT_NINE, start=None)) == ""


def _meeting(name: str, *, state: MeetingState = MeetingState.HELD, **more: object) -> Meeting:
    given = {
        "id": name,
        "course_id": "c",
        "title": None,
        "schedule": AT_NINE,
        "state": state,
        "headcount": None,
        "count_visits": False,
        "visit_id": None,
        "reservation_id": None,
        "note": None,
        "batch_id": None,
        **more,
    }
    return Meeting(**given)  # type: ignore[arg-type]


def _person(name: str, at: int, status: ListStatus = ListStatus.ENROLLED) -> Participant:
    return Participant(
        id=name,
        list_id="c",
        number=at,
        patron_id=name,
        staff_id=None,
        name=name,
        status=status,
        type=VisitorType.UNKNOWN,
        profile=Profile(sex=Sex.FEMALE),
    )


def test_a_sheet_counts_what_was_held() -> None:
    ani, budi, gone = (
        _person("ani", 1),
        _person("budi", 2),
        _person("gone", 3, ListStatus.WITHDRAWN),
    )
    one, two = _meeting("one"), _meeting("two", schedule=replace(AT_NINE, minutes=None))
    heads = _meeting("heads", headcount=Headcount(count=5))
    ahead = _meeting("ahead", state=MeetingState.PLANNED)
    marks = {
        ("one", "ani"): True,
        ("one", "budi"): False,
        ("one", "gone"): True,
        ("two", "ani"): True,
    }
    sheet = Sheet(
        list_id="c", participants=(ani, budi, gone), meetings=(one, two, heads, ahead), marks=marks
    )
    assert [sheet.present_at(each) for each in sheet.meetings] == [2, 1, 5, None]
    assert sheet.attendances == 8
    assert sheet.marked() == (3, 5)
    assert sheet.person_minutes(60) == 2 * 120 + 60 + 5 * 120
    assert sheet.by_sex()[Sex.FEMALE] == 2
    assert sheet.share(ani) == pytest.approx(2 / 3)
    assert sheet.mark(one, budi) is False
    assert replace(sheet, meetings=(ahead,)).share(ani) is None
    assert ahead.draft().schedule == AT_NINE
    assert (ahead.list_id, _meeting("x", course_id=None).list_id) == ("c", "x")
