"""Who changes what a closed month counted is asked first; what it did not count asks nobody."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, time

import pytest

from perpudesk.attendance.model import Headcount
from perpudesk.core.codes import Sex
from perpudesk.core.errors import RuleError
from perpudesk.core.times import Period
from perpudesk.desk import Desk
from perpudesk.patrons.model import Profile
from perpudesk.reports.letter import Letter
from perpudesk.visits.model import VisitDraft
from tests.attendance.conftest import TODAY, add_course, draft

OCTOBER = Period.parse("2026-10")
SIXTH = date(2026, 10, 6)


@dataclass
class Closed:
    """A course with a meeting of October that was held, and one of November."""

    course: str
    meeting: str
    later: str
    someone: str
    other: str


@pytest.fixture
def closed(desk: Desk) -> Closed:
    desk.visits.record(VisitDraft(on=SIXTH))
    course = add_course(desk)
    meeting, later = desk.meetings.plan([draft(SIXTH), draft(date(2026, 11, 9))], course_id=course)
    someone, other = (desk.attendance.enrol(course, profile=Profile()).id for _ in range(2))
    desk.attendance.mark(meeting, someone, present=True)
    desk.closings.close(OCTOBER, Letter())
    return Closed(course, meeting, later, someone, other)


Way = Callable[[Desk, Closed], object]
CHANGES: dict[str, Way] = {
    "mark": lambda desk, of: desk.attendance.mark(of.meeting, of.other, present=True),
    "take the mark": lambda desk, of: desk.attendance.mark(of.meeting, of.someone, present=None),
    "mark all": lambda desk, of: desk.attendance.mark_all(of.meeting, present=True),
    "headcount": lambda desk, of: desk.attendance.set_headcount(of.meeting, Headcount(count=3)),
    "profile": lambda desk, of: desk.attendance.set_profile(of.someone, Profile(sex=Sex.MALE)),
    "move": lambda desk, of: desk.meetings.move(of.meeting, draft(date(2026, 11, 2)).schedule),
    "undo": lambda desk, _: desk.undo(),
}


@pytest.mark.parametrize("way", CHANGES)
def test_no_leaves_everything_and_yes_changes_it(desk: Desk, closed: Closed, way: str) -> None:
    desk.ask_before(lambda _question: False)
    with pytest.raises(RuleError) as refusal:
        CHANGES[way](desk, closed)
    assert refusal.value.code == "left_closed"
    assert not desk.closings.revisions(OCTOBER)[0].altered
    desk.ask_before(lambda _question: True)
    CHANGES[way](desk, closed)
    assert desk.closings.revisions(OCTOBER)[0].altered


def test_a_meeting_that_was_held_is_moved_into_a_closed_month_after_a_question(
    desk: Desk, closed: Closed
) -> None:
    desk.attendance.mark(closed.later, closed.someone, present=True)
    desk.ask_before(lambda _question: False)
    with pytest.raises(RuleError) as refusal:
        desk.meetings.move(closed.later, draft(SIXTH, time(13)).schedule)
    assert refusal.value.code == "left_closed"
    assert desk.meetings.get(closed.later).schedule.day == date(2026, 11, 9)


KEEPS: dict[str, Way] = {
    "enrol": lambda desk, of: desk.attendance.enrol(of.course, profile=Profile()),
    "withdraw": lambda desk, of: desk.attendance.withdraw(of.someone),
    "profile": lambda desk, of: desk.attendance.set_profile(of.other, Profile(sex=Sex.MALE)),
    "plan": lambda desk, of: desk.meetings.plan([draft(TODAY)], course_id=of.course),
    "mark": lambda desk, of: desk.attendance.mark(of.later, of.someone, present=True),
    "cancel": lambda desk, of: desk.meetings.cancel(of.later),
    "move": lambda desk, of: desk.meetings.move(
        of.later, replace(draft(date(2026, 11, 10)).schedule, place=None)
    ),
}


@pytest.mark.parametrize("way", KEEPS)
def test_what_was_not_counted_then_asks_nobody_and_changes_nothing(
    desk: Desk, closed: Closed, way: str
) -> None:
    def fail(question: str) -> bool:
        raise AssertionError(question)

    desk.ask_before(fail)
    KEEPS[way](desk, closed)
    desk.undo()
    assert not desk.closings.revisions(OCTOBER)[0].altered
