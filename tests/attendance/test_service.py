"""Lists and marks on a real file."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time

import pytest

from perpudesk.attendance.model import Headcount, Results, Sheet
from perpudesk.core.codes import ListStatus, MeetingState, Method, Mode, Sex
from perpudesk.core.errors import InputError, RuleError
from perpudesk.desk import Desk
from perpudesk.patrons.model import PatronDraft, Profile
from perpudesk.visits.model import Part, VisitDraft
from tests.attendance.conftest import TODAY, Course, draft


def _sheet(desk: Desk, course: Course) -> Sheet:
    return desk.attendance.sheet(course.id, of_course=True)


def _enrol_all(desk: Desk, course: Course) -> list[str]:
    return [desk.attendance.enrol(course.id, patron_id=each.id).id for each in course.people]


def test_a_list_stands_by_name_and_anonymous_people_after_it(desk: Desk, course: Course) -> None:
    desk.attendance.enrol(course.id, profile=Profile(sex=Sex.MALE, age_band="17-25"))
    _enrol_all(desk, course)
    found = _sheet(desk, course).participants
    assert [each.name for each in found] == ["Aisyah", "Hartini", "Siti", None]
    assert [each.number for each in found] == [3, 4, 2, 1]
    assert found[0].profile.age_years == 36


def test_a_mark_says_that_the_meeting_was_held(desk: Desk, course: Course) -> None:
    siti, *_ = _enrol_all(desk, course)
    first = course.meetings[0]
    desk.attendance.mark(first, siti, present=True)
    sheet = _sheet(desk, course)
    assert desk.meetings.get(first).state is MeetingState.HELD
    assert sheet.present_at(desk.meetings.get(first)) == 1
    assert sheet.marked() == (1, 3)
    desk.attendance.mark(first, siti, present=False)
    assert _sheet(desk, course).attendances == 0
    desk.attendance.mark(first, siti, present=None)
    assert _sheet(desk, course).present_at(desk.meetings.get(first)) is None


def test_undo_takes_back_a_mark_and_what_it_said_of_the_meeting(desk: Desk, course: Course) -> None:
    siti, *_ = _enrol_all(desk, course)
    desk.attendance.mark(course.meetings[0], siti, present=True)
    desk.undo()
    assert desk.meetings.get(course.meetings[0]).state is MeetingState.PLANNED
    assert _sheet(desk, course).marks == {}
    desk.redo()
    assert _sheet(desk, course).attendances == 1


def test_nobody_is_marked_before_the_day_or_at_a_cancelled_meeting(
    desk: Desk, course: Course
) -> None:
    siti, *_ = _enrol_all(desk, course)
    with pytest.raises(RuleError, match="30 November"):
        desk.attendance.mark(course.meetings[3], siti, present=True)
    desk.meetings.cancel(course.meetings[0])
    with pytest.raises(RuleError, match="cancelled"):
        desk.attendance.mark(course.meetings[0], siti, present=True)


def test_a_mark_needs_a_participant_of_that_list(desk: Desk, course: Course) -> None:
    [other] = desk.meetings.plan([draft(TODAY, title="Rapat")])
    guest = desk.attendance.enrol(other, profile=Profile())
    with pytest.raises(RuleError, match="not on the list"):
        desk.attendance.mark(course.meetings[0], guest.id, present=True)
    with pytest.raises(RuleError, match="not on the list"):
        desk.attendance.participant("nobody")
    with pytest.raises(RuleError, match="not here any more"):
        desk.attendance.mark("none", guest.id, present=True)


def test_all_who_are_not_marked_are_marked_together(desk: Desk, course: Course) -> None:
    siti, *_ = _enrol_all(desk, course)
    first = course.meetings[0]
    desk.attendance.mark(first, siti, present=False)
    assert desk.attendance.mark_all(first, present=True) == 2
    assert _sheet(desk, course).attendances == 2
    desk.undo()
    assert _sheet(desk, course).marks == {(first, siti): False}
    assert desk.attendance.mark_all(first, present=None) == 1
    assert desk.attendance.mark_all(first, present=None) == 0
    assert _sheet(desk, course).marks == {}


def test_a_full_course_has_a_waiting_list_that_moves_up(desk: Desk, course: Course) -> None:
    first, second, third = (
        desk.attendance.enrol(course.id, patron_id=each.id, capacity=1) for each in course.people
    )
    assert (first.status, second.status) == (ListStatus.ENROLLED, ListStatus.WAITING)
    assert [each.id for each in _sheet(desk, course).waiting] == [second.id, third.id]
    desk.attendance.withdraw(first.id, capacity=1)
    assert [each.id for each in _sheet(desk, course).on_list] == [second.id]
    desk.undo()
    assert [each.id for each in _sheet(desk, course).on_list] == [first.id]
    assert desk.attendance.move_up(course.id, capacity=2) == 1
    assert desk.attendance.move_up(course.id, capacity=2) == 0
    assert desk.attendance.move_up(course.id, capacity=None) == 1


def test_who_waited_and_came_has_a_place(desk: Desk, course: Course) -> None:
    desk.attendance.enrol(course.id, patron_id=course.people[0].id, capacity=1)
    waits = desk.attendance.enrol(course.id, patron_id=course.people[1].id, capacity=1)
    desk.attendance.mark(course.meetings[0], waits.id, present=True)
    assert desk.attendance.participant(waits.id).listed


def test_who_withdraws_keeps_the_marks_and_may_come_back(desk: Desk, course: Course) -> None:
    siti, *_ = _enrol_all(desk, course)
    desk.attendance.mark(course.meetings[0], siti, present=True)
    desk.attendance.withdraw(siti)
    sheet = _sheet(desk, course)
    assert len(sheet.on_list) == 2
    assert sheet.attendances == 1
    assert sheet.marked() == (1, 3)
    again = desk.attendance.enrol(course.id, patron_id=course.people[0].id)
    assert again.id == siti
    assert len(_sheet(desk, course).participants) == 3


def test_nobody_is_on_a_list_twice(desk: Desk, course: Course) -> None:
    _enrol_all(desk, course)
    with pytest.raises(RuleError, match="Siti is on the list already"):
        desk.attendance.enrol(course.id, patron_id=course.people[0].id)
    more = desk.patrons.add(PatronDraft(name="Dedi"))
    added = desk.attendance.enrol_many(course.id, [course.people[0].id, more.id, more.id])
    assert [each.name for each in added] == ["Dedi"]
    with pytest.raises(RuleError):
        desk.attendance.enrol(course.id, patron_id="nobody")


def test_trainers_are_no_participants(desk: Desk, course: Course) -> None:
    trainer = course.people[0].id
    with pytest.raises(RuleError, match="Siti is a trainer"):
        desk.attendance.enrol(course.id, patron_id=trainer, barred=[trainer])
    assert _sheet(desk, course).participants == ()
    desk.attendance.enrol(course.id, patron_id=trainer)
    with pytest.raises(RuleError, match="on the list of participants"):
        desk.attendance.refuse_listed(course.id, [trainer])
    desk.attendance.refuse_listed(course.id, [course.people[1].id])


def test_the_staff_of_the_branch_are_on_a_list_by_their_name(desk: Desk, course: Course) -> None:
    who = desk.branch.add_staff("Rina")
    found = desk.attendance.enrol(course.id, staff_id=who.id)
    assert (found.name, found.patron_id) == ("Rina", None)
    desk.attendance.set_count_visits(course.meetings[0], on=True)
    desk.attendance.mark(course.meetings[0], found.id, present=True)
    assert desk.visits.count() == 0


def test_a_card_finds_its_participant(desk: Desk, course: Course) -> None:
    member = desk.patrons.add(PatronDraft(name="Lina", member_number="A-17"))
    assert desk.attendance.by_card(course.id, "A-17") is None
    found = desk.attendance.enrol(course.id, patron_id=member.id)
    assert desk.attendance.by_card(course.id, " A-17 ") == found
    assert desk.attendance.by_card(course.id, "A-18") is None


def test_a_profile_can_be_mended(desk: Desk, course: Course) -> None:
    guest = desk.attendance.enrol(course.id, profile=Profile())
    found = desk.attendance.set_profile(guest.id, Profile(sex=Sex.MALE, age_years=40))
    assert found.profile.age_years == 40
    assert desk.attendance.set_note(guest.id, "datang terlambat").note == "datang terlambat"


def test_scores_and_answers_are_kept_or_refused_at_the_field(desk: Desk, course: Course) -> None:
    siti, *_ = _enrol_all(desk, course)
    results = Results(score_before=40, score_after=85, learned=5, confident=4, will_use=5)
    assert desk.attendance.set_results(siti, results).results == results
    with pytest.raises(InputError) as refused:
        desk.attendance.set_results(siti, Results(score_after=200))
    assert refused.value.field == "score_after"
    with pytest.raises(InputError) as refused:
        desk.attendance.set_results(siti, Results(will_use=6))
    assert refused.value.field == "will_use"


def test_a_certificate_keeps_its_number(desk: Desk, course: Course) -> None:
    siti, *_ = _enrol_all(desk, course)
    desk.attendance.certify({siti: "001/2026"}, TODAY)
    desk.attendance.certify({siti: "002/2026"}, TODAY)
    found = desk.attendance.participant(siti)
    assert (found.certificate_number, found.certified_on) == ("001/2026", TODAY)
    assert desk.attendance.certificate_numbers() == {"001/2026"}


# ---------------------------------------------------------------- headcounts


def test_a_headcount_is_beside_the_list(desk: Desk, course: Course) -> None:
    siti, *_ = _enrol_all(desk, course)
    first = course.meetings[0]
    desk.attendance.mark(first, siti, present=True)
    parts = (Part(sex=Sex.FEMALE, age_band="17-25", count=4),)
    given = Headcount(count=10, parts=parts, method=Method.ESTIMATED)
    assert desk.attendance.set_headcount(first, given).headcount == given
    assert _sheet(desk, course).attendances == 11
    assert _sheet(desk, course).person_minutes(60) == 11 * 120
    assert desk.attendance.set_headcount(first, None).headcount is None


def test_zero_people_are_counted_and_none_is_not(desk: Desk, course: Course) -> None:
    first = course.meetings[0]
    desk.attendance.set_headcount(first, Headcount(count=0))
    assert _sheet(desk, course).present_at(desk.meetings.get(first)) == 0
    desk.attendance.set_headcount(first, None)
    assert _sheet(desk, course).present_at(desk.meetings.get(first)) is None


@pytest.mark.parametrize(
    "given, field",
    [
        (Headcount(count=10_000), "headcount"),
        (Headcount(count=-1), "headcount"),
        (Headcount(count=1, parts=(Part(sex=Sex.MALE, age_band=None, count=2),)), "parts"),
        (Headcount(count=1, parts=(Part(sex=Sex.MALE, age_band="1-2", count=1),)), "parts"),
    ],
)
def test_a_wrong_headcount_is_refused_at_its_field(
    desk: Desk, course: Course, given: Headcount, field: str
) -> None:
    with pytest.raises(InputError) as refused:
        desk.attendance.set_headcount(course.meetings[0], given)
    assert refused.value.field == field
    assert desk.meetings.get(course.meetings[0]).state is MeetingState.PLANNED


# ---------------------------------------------------------------- visits


def test_whoever_is_present_is_one_visit_and_not_two(desk: Desk, course: Course) -> None:
    siti, aisyah, _ = _enrol_all(desk, course)
    today = course.meetings[2]
    desk.visits.record(VisitDraft(patron_id=course.people[0].id))
    guest = desk.attendance.enrol(course.id, profile=Profile(sex=Sex.MALE))
    desk.attendance.mark(today, siti, present=True)
    desk.attendance.mark(today, aisyah, present=True)
    desk.attendance.set_count_visits(today, on=True)
    assert desk.visits.today().total == 2
    desk.attendance.mark(today, guest.id, present=True)
    assert desk.visits.today().total == 3
    desk.attendance.mark(today, guest.id, present=True)
    desk.attendance.mark(today, aisyah, present=False)
    assert desk.visits.today().total == 2
    desk.attendance.set_count_visits(today, on=False)
    assert desk.visits.today().total == 1
    desk.undo()
    assert desk.visits.today().total == 2


def test_a_headcount_is_a_group_that_visits(desk: Desk, course: Course) -> None:
    today = course.meetings[2]
    desk.attendance.set_count_visits(today, on=True)
    desk.attendance.set_headcount(today, Headcount(count=12))
    assert desk.visits.today().total == 12
    desk.attendance.set_headcount(today, Headcount(count=8))
    assert desk.visits.today().total == 8
    assert desk.visits.count() == 1
    desk.attendance.set_headcount(today, Headcount(count=0))
    assert desk.visits.today().total == 0
    desk.attendance.set_headcount(today, Headcount(count=5))
    desk.attendance.set_count_visits(today, on=False)
    assert desk.visits.today().total == 0


def test_a_visit_that_was_removed_at_the_desk_is_made_again_or_let_be(
    desk: Desk, course: Course
) -> None:
    today = course.meetings[2]
    guest = desk.attendance.enrol(course.id, profile=Profile())
    desk.attendance.set_count_visits(today, on=True)
    desk.attendance.set_headcount(today, Headcount(count=3))
    desk.attendance.mark(today, guest.id, present=True)
    for visit in desk.visits.recent():
        desk.visits.remove(visit.id)
    desk.attendance.mark(today, guest.id, present=None)
    desk.attendance.set_headcount(today, Headcount(count=4))
    assert desk.visits.today().total == 4


def test_a_visit_is_of_the_day_of_the_meeting(desk: Desk, course: Course) -> None:
    guest = desk.attendance.enrol(course.id, profile=Profile())
    [late] = desk.meetings.plan([draft(TODAY, time(15))], course_id=course.id)
    desk.attendance.set_count_visits(late, on=True)
    desk.attendance.mark(late, guest.id, present=True)
    [visit] = desk.visits.recent()
    assert visit.moment.occurred_at is None
    assert visit.purpose == "training"
    first = course.meetings[0]
    desk.attendance.set_count_visits(first, on=True)
    desk.attendance.mark(first, guest.id, present=True)
    [visit] = desk.visits.of_day(date(2026, 11, 9))
    assert visit.moment.local_hour == 9


def test_elsewhere_nobody_visits_the_library(desk: Desk) -> None:
    away = draft(TODAY, title="Rapat desa")
    [meeting] = desk.meetings.plan([away])
    found = desk.meetings.get(meeting)
    desk.meetings.move(meeting, replace(found.schedule, mode=Mode.OFF_SITE))
    with pytest.raises(RuleError, match="at the library itself"):
        desk.attendance.set_count_visits(meeting, on=True)
