"""Who used a computer again: what is counted, and what is said of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from perpudesk.core import i18n
from perpudesk.core.codes import MeetingState
from perpudesk.trainings.returning import (
    after_training,
    known_people,
    returns_sentences,
    span_of,
)
from tests.attendance.papers import meeting, person, sheet

STAFF = replace(person(4, "Rina"), patron_id=None, staff_id="s")
PEOPLE = (
    person(0, "Aisyah"),
    person(1, "Dedi"),
    replace(person(2, None), patron_id=None),
    person(3, "Maryam"),
    STAFF,
)
SHEET = sheet(
    PEOPLE,
    (meeting(0), meeting(1), meeting(2, state=MeetingState.PLANNED)),
    *((0, who, True) for who in (0, 1, 2, 4)),
    (1, 3, False),
)
LAST = date(2026, 11, 16)
LATER = date(2027, 6, 1)


@pytest.fixture(autouse=True)
def _english() -> None:
    i18n.use("en")


def test_only_those_who_came_and_are_patrons_can_be_known() -> None:
    assert [each.name for each in known_people(SHEET)] == ["Aisyah", "Dedi"]
    after = after_training(SHEET, {}, LATER)
    assert (after.last, after.known, after.unnamed) == (LAST, 2, 2)


@pytest.mark.parametrize(
    "day, counts",
    [
        (date(2026, 11, 16), (0, 0)),
        (date(2026, 11, 17), (1, 1)),
        (date(2026, 12, 16), (1, 1)),
        (date(2026, 12, 17), (0, 1)),
        (date(2027, 2, 14), (0, 1)),
        (date(2027, 2, 15), (0, 0)),
    ],
)
def test_days_are_counted_from_the_last_meeting_held(day: date, counts: tuple[int, int]) -> None:
    after = after_training(SHEET, {"p0": day}, LATER)
    assert tuple(each.count for each in after.returns) == counts
    assert [each.until for each in after.returns] == [date(2026, 12, 16), date(2027, 2, 14)]


def test_days_that_are_not_over_are_said_to_be_so() -> None:
    after = after_training(SHEET, {"p0": date(2026, 11, 20)}, date(2026, 12, 17))
    assert [each.over for each in after.returns] == [True, False]
    assert returns_sentences(after) == (
        "1 of 2 used a computer here again within 30 days.",
        "1 of 2 used a computer here again so far (90 days end on 14 February 2027).",
        "Of 2 others nothing can be known.",
    )
    same_day = after_training(SHEET, {}, date(2026, 12, 16))
    assert not same_day.returns[0].over, "the thirtieth day is not over yet"
    assert returns_sentences(same_day) == (
        "0 of 2 used a computer here again so far (30 days end on 16 December 2026).",
        "Of 2 others nothing can be known.",
    )


def test_where_nothing_can_be_known_that_is_said() -> None:
    planned = sheet(PEOPLE, (meeting(0, state=MeetingState.PLANNED),))
    after = after_training(planned, {}, LATER)
    assert returns_sentences(after) == ()
    assert span_of(planned, LATER) is None
    nobody = sheet(PEOPLE[2:3], (meeting(0),), (0, 2, True))
    (sentence,) = returns_sentences(after_training(nobody, {}, LATER))
    assert sentence.startswith("Nobody")
    alone = sheet(PEOPLE[:1], (meeting(0),), (0, 0, True))
    assert len(returns_sentences(after_training(alone, {}, LATER))) == 2


def test_the_span_ends_today_or_after_ninety_days() -> None:
    assert span_of(SHEET, LATER) == (date(2026, 11, 17), date(2027, 2, 14))
    assert span_of(SHEET, date(2026, 11, 20)) == (date(2026, 11, 17), date(2026, 11, 20))
