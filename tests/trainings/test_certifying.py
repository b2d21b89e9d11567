"""Who is given a certificate, when, and for how much."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time

import pytest

from perpudesk.attendance.model import Meeting, Schedule
from perpudesk.core.codes import ListStatus, MeetingState
from perpudesk.core.errors import RuleError
from perpudesk.trainings.certifying import (
    certified,
    check_over,
    last_meeting,
    minutes_of,
    reached,
)
from tests.attendance.papers import meeting, person, sheet

PLANNED, CANCELLED = MeetingState.PLANNED, MeetingState.CANCELLED
PEOPLE = (
    person(0, "Aisyah"),
    person(1, "Dedi"),
    person(2, None),
    person(3, "Joko", status=ListStatus.WITHDRAWN),
    person(4, "Maryam"),
)
FOUR = tuple(meeting(at) for at in range(4))
SHEET = sheet(
    PEOPLE,
    FOUR,
    *((of, who, True) for of in range(3) for who in (0, 2, 3)),
    *((of, 1, True) for of in range(2)),
    (3, 0, False),
)


@pytest.mark.parametrize(
    "threshold, names",
    [(75, ["Aisyah"]), (50, ["Aisyah", "Dedi"]), (76, []), (0, ["Aisyah", "Dedi"]), (100, [])],
)
def test_who_was_there_often_enough_and_has_a_name(threshold: int, names: list[str]) -> None:
    assert [each.name for each in reached(SHEET, threshold)] == names


def test_a_third_is_not_lost_in_rounding() -> None:
    three = sheet(PEOPLE, FOUR[:3], (0, 0, True), (1, 0, True))
    assert reached(three, 66)
    assert not reached(three, 67)


def test_a_meeting_that_was_not_held_takes_nothing_away() -> None:
    some = sheet(PEOPLE, (meeting(0), meeting(1, state=CANCELLED)), (0, 0, True))
    assert len(reached(some, 100)) == 1


def test_who_has_a_number_keeps_it() -> None:
    given = tuple(replace(each, certificate_number=f"{each.id}/S") for each in PEOPLE)
    assert [each.name for each in certified(replace(SHEET, participants=given))] == [
        "Aisyah",
        "Dedi",
        "Maryam",
    ]
    assert certified(SHEET) == ()


def test_minutes_are_those_of_the_meetings_where_somebody_was() -> None:
    longer = meeting(1, schedule=Schedule(day=date(2026, 11, 16), minutes=90))
    unknown = meeting(2, schedule=Schedule(day=date(2026, 11, 23)))
    meetings = (meeting(0), longer, unknown, meeting(3, state=PLANNED))
    some = sheet(PEOPLE, meetings, *((of, 0, True) for of in range(3)), (0, 1, True))
    assert minutes_of(some, PEOPLE[0], 60) == 120 + 90 + 60
    assert minutes_of(some, PEOPLE[1], 60) == 120
    assert minutes_of(some, PEOPLE[4], 60) == 0


def over(last: Meeting, now: datetime, *others: Meeting) -> bool:
    try:
        check_over(sheet(PEOPLE, (*others, last)), now)
    except RuleError:
        return False
    return True


MONDAY = date(2026, 11, 9)


def at(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[arg-type,misc]


@pytest.mark.parametrize(
    "schedule, state, now, is_over",
    [
        (
            Schedule(day=MONDAY, start=time(9), minutes=60),
            None,
            at(2026, 11, 9, 9, 59),
            False,
        ),
        (Schedule(day=MONDAY, start=time(9), minutes=60), None, at(2026, 11, 9, 10), True),
        (Schedule(day=MONDAY, start=time(9)), None, at(2026, 11, 9, 9), True),
        (Schedule(day=MONDAY), PLANNED, at(2026, 11, 9, 20), False),
        (Schedule(day=MONDAY), PLANNED, at(2026, 11, 10, 0), True),
        (Schedule(day=MONDAY), PLANNED, at(2026, 11, 8, 20), False),
    ],
)
def test_certificates_wait_for_the_end_of_the_last_meeting(
    schedule: Schedule, state: MeetingState | None, now: datetime, is_over: bool
) -> None:
    held = meeting(9, schedule=Schedule(day=date(2026, 11, 2)))
    last = meeting(0, schedule=schedule, state=state or MeetingState.HELD)
    assert over(last, now, held) is is_over


def test_without_a_meeting_held_there_is_nothing_to_certify() -> None:
    later = at(2027, 1, 1, 9)
    assert not over(meeting(0, state=PLANNED), later)
    assert not over(meeting(0, state=CANCELLED), later)
    assert over(meeting(5, state=CANCELLED), at(2026, 11, 10, 9), meeting(0))
    assert last_meeting(sheet((), ())) is None
