"""Meetings on a real file: planned, moved, cancelled, held."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time

import pytest

from perpudesk.attendance.model import Headcount
from perpudesk.core.codes import MeetingState, Mode
from perpudesk.core.errors import InputError, RuleError
from perpudesk.desk import Desk
from perpudesk.patrons.model import Profile
from tests.attendance.conftest import TODAY, Course, draft

FIRST = date(2026, 11, 9)


def test_all_meetings_are_planned_or_none(desk: Desk, course: Course) -> None:
    wrong = [draft(date(2026, 12, 7)), draft(FIRST, time(10))]
    with pytest.raises(InputError, match="9 November"):
        desk.meetings.plan(wrong, course_id=course.id)
    assert [each.id for each in desk.meetings.of_course(course.id)] == course.meetings
    desk.undo()
    assert desk.meetings.of_course(course.id) == []


def test_two_meetings_of_a_course_are_at_different_times(desk: Desk, course: Course) -> None:
    same_day = desk.meetings.plan([draft(FIRST, time(13))], course_id=course.id)
    assert len(same_day) == 1
    with pytest.raises(InputError, match="Type the times"):
        desk.meetings.plan([draft(FIRST, None)], course_id=course.id)
    with pytest.raises(InputError, match="already"):
        desk.meetings.move(same_day[0], draft(FIRST, time(10, 30)).schedule)
    [free] = desk.meetings.plan([draft(FIRST, time(9), title="Rapat")])
    assert desk.meetings.get(free).course_id is None


def test_a_cancelled_meeting_leaves_its_time_free(desk: Desk, course: Course) -> None:
    first = course.meetings[0]
    desk.meetings.cancel(first)
    desk.meetings.plan([draft(FIRST)], course_id=course.id)
    with pytest.raises(InputError):
        desk.meetings.reopen(first)
    moved = desk.meetings.move(first, draft(date(2026, 11, 10)).schedule)
    assert moved.state is MeetingState.CANCELLED
    assert desk.meetings.reopen(first).state is MeetingState.PLANNED


def test_what_was_held_is_not_cancelled_or_removed(desk: Desk, course: Course) -> None:
    first, second, *_ = course.meetings
    assert desk.meetings.hold(first).held
    assert desk.meetings.reopen(first).state is MeetingState.PLANNED
    desk.attendance.set_headcount(first, Headcount(count=0))
    guest = desk.attendance.enrol(course.id, profile=Profile())
    desk.attendance.mark(second, guest.id, present=False)
    for meeting in (first, second):
        for change in (desk.meetings.cancel, desk.meetings.reopen, desk.meetings.remove):
            with pytest.raises(RuleError, match="Take that back"):
                change(meeting)
    desk.attendance.set_headcount(first, None)
    desk.meetings.remove(first)
    with pytest.raises(RuleError):
        desk.meetings.get(first)
    desk.undo()
    assert desk.meetings.get(first).held


def test_what_was_held_cannot_be_in_the_future(desk: Desk, course: Course) -> None:
    first = course.meetings[0]
    desk.meetings.hold(first)
    with pytest.raises(InputError, match="has not come yet"):
        desk.meetings.move(first, draft(date(2026, 12, 1)).schedule)
    with pytest.raises(RuleError, match="has not come yet"):
        desk.meetings.hold(course.meetings[3])


def test_visits_move_with_their_meeting(desk: Desk, course: Course) -> None:
    first = course.meetings[0]
    desk.attendance.set_count_visits(first, on=True)
    desk.attendance.set_headcount(first, Headcount(count=7))
    desk.meetings.move(first, draft(date(2026, 11, 10)).schedule)
    assert desk.visits.day_totals(FIRST, TODAY) == {date(2026, 11, 10): 7}
    desk.undo()
    assert desk.visits.day_totals(FIRST, TODAY) == {FIRST: 7}


def test_meetings_at_one_place_at_one_time_clash(desk: Desk, course: Course) -> None:
    schedule = draft(FIRST, time(10)).schedule
    clash = desk.meetings.clashes(schedule)
    assert [each.id for each in clash] == course.meetings[:1]
    assert desk.meetings.clashes(schedule, but=course.meetings) == []
    assert desk.meetings.clashes(replace(schedule, place="Lobi")) == []
    desk.meetings.cancel(course.meetings[0])
    assert desk.meetings.clashes(schedule) == []


def test_meetings_are_found_by_day_and_by_id(desk: Desk, course: Course) -> None:
    assert len(desk.meetings.between(FIRST, TODAY)) == 3
    assert len(desk.meetings.of_courses()) == 4
    assert [each.id for each in desk.meetings.many(course.meetings[:2])] == course.meetings[:2]


@pytest.fixture
def pcs(desk: Desk) -> list[str]:
    """Three workstations."""
    return [each.id for each in desk.workstations.add_many(3)]


def kept(desk: Desk) -> dict[str, tuple[str, ...]]:
    """What is kept for classes, by when it begins."""
    found = desk.reservations.between(FIRST, date.max)
    zone = desk.store.author.zone
    return {f"{each.start.astimezone(zone):%d %H}": each.workstation_ids for each in found}


def test_a_meetings_computers_move_and_go_with_it(
    desk: Desk, course: Course, pcs: list[str]
) -> None:
    *_, third, last = course.meetings
    desk.meetings.keep(last, pcs[:2], title="Email " * 30)
    assert kept(desk) == {"30 09": tuple(pcs[:2])}
    assert desk.meetings.workstations(last) == tuple(pcs[:2])
    [made] = desk.reservations.between(FIRST, date.max)
    assert (made.whom[-1], len(made.whom)) == ("…", 120)
    desk.meetings.move(last, draft(date(2026, 12, 1), time(13)).schedule)
    assert kept(desk) == {"01 13": tuple(pcs[:2])}
    desk.undo()
    assert kept(desk) == {"30 09": tuple(pcs[:2])}
    desk.meetings.keep(last, pcs[2:], title="Email")
    assert kept(desk) == {"30 09": tuple(pcs[2:])}
    desk.meetings.cancel(last)
    assert kept(desk) == {}
    desk.undo()
    assert kept(desk) == {"30 09": tuple(pcs[2:])}
    desk.meetings.remove(last)
    assert kept(desk) == {}
    desk.meetings.keep(third, pcs, title="Email")
    desk.meetings.keep(third, (), title="Email")
    assert (kept(desk), desk.meetings.get(third).reservation_id) == ({}, None)


def test_a_meeting_elsewhere_lets_its_computers_go(
    desk: Desk, course: Course, pcs: list[str]
) -> None:
    last = course.meetings[3]
    online = replace(draft(date(2026, 11, 30)).schedule, mode=Mode.ONLINE)
    desk.meetings.keep(last, pcs, title="Email")
    desk.meetings.move(last, online)
    assert kept(desk) == {}
    with pytest.raises(InputError, match="at the library") as refused:
        desk.meetings.keep(last, pcs, title="Email")
    assert refused.value.field == "workstations"
    desk.meetings.move(last, draft(date(2026, 11, 30), None).schedule)
    with pytest.raises(InputError, match="when the meeting begins") as refused:
        desk.meetings.keep(last, pcs, title="Email")
    assert refused.value.field == "start"


def test_computers_that_are_taken_hold_a_meeting_where_it_is(
    desk: Desk, course: Course, pcs: list[str]
) -> None:
    third, last = course.meetings[2:]
    desk.meetings.keep(third, pcs[:1], title="Email")
    desk.meetings.keep(last, pcs[:1], title="Email")
    [other] = desk.meetings.plan([draft(date(2026, 11, 30), time(10), title="Rapat")])
    with pytest.raises(InputError, match="PC 1 is reserved") as refused:
        desk.meetings.keep(other, pcs, title="Rapat")
    assert refused.value.field == "workstations"
    with pytest.raises(InputError) as refused:
        desk.meetings.move(last, draft(date(2028, 1, 3)).schedule)
    assert refused.value.field == "day"
    assert desk.meetings.get(last).schedule.day == date(2026, 11, 30)


def test_what_the_desk_cancelled_is_not_kept_any_more(
    desk: Desk, course: Course, pcs: list[str]
) -> None:
    last = course.meetings[3]
    desk.meetings.keep(last, pcs, title="Email")
    assert desk.meetings.classes_at(draft(date(2026, 11, 30)).schedule, but=last) == []
    [made] = desk.meetings.classes_at(draft(date(2026, 11, 30), time(10)).schedule)
    assert made.whom == "Email"
    assert desk.meetings.classes_at(draft(date(2026, 11, 30), None).schedule) == []
    desk.reservations.cancel(made.id)
    assert desk.meetings.workstations(last) == ()
    desk.meetings.move(last, draft(date(2026, 12, 1)).schedule)
    assert kept(desk) == {}


@pytest.mark.parametrize(
    "change, field",
    [
        ({"title": None}, "title"),
        ({"title": "Baris\nbaru"}, "title"),
        ({"title": "x" * 201}, "title"),
        ({"note": "x" * 501}, "note"),
    ],
)
def test_a_refused_field_is_named(desk: Desk, change: dict[str, str | None], field: str) -> None:
    given = replace(draft(TODAY, title="Rapat"), **change)  # type: ignore[arg-type]
    with pytest.raises(InputError) as refused:
        desk.meetings.plan([given])
    assert refused.value.field == field
