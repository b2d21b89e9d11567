"""Courses on a real file."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time

import pytest

from perpudesk.attendance.model import Headcount
from perpudesk.core.codes import Audience, Funding, ListStatus, Mode, Strategy
from perpudesk.core.errors import InputError, RuleError
from perpudesk.core.times import Period
from perpudesk.desk import Desk
from perpudesk.patrons.model import PatronDraft, Profile
from perpudesk.reports.letter import Letter
from perpudesk.trainings.model import Course, CourseDraft, Progress, Series
from perpudesk.visits.model import VisitDraft

MONDAYS = Series(first=date(2026, 11, 9), weekdays=frozenset({0}), count=4)


@pytest.fixture
def course(desk: Desk) -> Course:
    """Four Mondays from 9 November for two people."""
    made = desk.trainings.add(CourseDraft(title="Email", topic="business", capacity=2))
    desk.trainings.plan_series(made.id, MONDAYS, start=time(9))
    return made


def test_a_course_keeps_all_that_was_typed(desk: Desk) -> None:
    trainers = [desk.patrons.add(PatronDraft(name=name)) for name in ("Wati", "Agus")]
    draft = CourseDraft(
        title="Pelayanan prima",
        topic="marketing_service",
        strategy=Strategy.PUBLICITY,
        audience=Audience.STAFF,
        target_group="Pustakawan",
        organiser="Dinas Perpustakaan",
        trainer_ids=tuple(each.id for each in trainers),
        partner="Telkom",
        funding=Funding.APBD,
        cost=1_500_000,
        capacity=30,
        place="Aula",
        mode=Mode.OFF_SITE,
        starts_on=date(2026, 12, 1),
        ends_on=date(2026, 12, 8),
        minutes_per_meeting=180,
        threshold=80,
        note="Bawa laptop",
    )
    made = desk.trainings.add(draft)
    assert made.draft() == draft
    assert made.trainers == ("Wati", "Agus")
    assert (made.asks(75), replace(made, threshold=None).asks(75)) == (80, 75)
    assert desk.trainings.partners() == ["Telkom"]
    assert desk.trainings.places() == ["Aula"]
    desk.undo()
    with pytest.raises(RuleError):
        desk.trainings.get(made.id)


def test_a_slug_that_is_not_listed_is_refused(desk: Desk) -> None:
    with pytest.raises(InputError) as refused:
        desk.trainings.add(CourseDraft(title="x", topic="nothing"))
    assert refused.value.field == "topic"


def test_a_course_is_as_far_as_its_meetings(desk: Desk, course: Course) -> None:
    line = desk.trainings.line(course.id)
    assert line.progress() is Progress.PLANNED
    assert (line.first, line.last) == (date(2026, 11, 9), date(2026, 11, 30))
    first, second, third, last = line.meetings
    assert first.schedule.minutes == 120
    desk.meetings.hold(first.id)
    desk.meetings.hold(second.id)
    assert desk.trainings.line(course.id).progress() is Progress.RUNNING
    desk.meetings.hold(third.id)
    desk.meetings.cancel(last.id)
    finished = desk.trainings.line(course.id)
    assert finished.progress() is Progress.FINISHED
    assert (finished.held, len(finished.standing)) == (3, 3)
    bare = desk.trainings.add(CourseDraft(title="Nanti", starts_on=date(2027, 1, 4)))
    line = desk.trainings.line(bare.id)
    assert line.progress() is Progress.NOT_PLANNED
    assert (line.first, line.last) == (date(2027, 1, 4), None)


@pytest.mark.usefixtures("course")
def test_what_meets_next_comes_first(desk: Desk) -> None:
    over = desk.trainings.add(CourseDraft(title="Lama"))
    desk.trainings.plan_series(
        over.id, replace(MONDAYS, first=date(2026, 10, 5), count=1), start=None
    )
    desk.trainings.add(CourseDraft(title="Kosong"))
    assert [line.course.title for line in desk.trainings.all()] == ["Email", "Lama", "Kosong"]


def test_a_series_leaves_out_closed_days_and_says_so(desk: Desk, course: Course) -> None:
    desk.branch.set_holiday(date(2026, 12, 8), "Hari Jadi")
    every = Series(first=date(2026, 12, 5), weekdays=frozenset({1, 5}), count=2)
    told = {f"{slot.day:%d}": slot.skipped for slot in desk.trainings.preview(every)}
    assert told == {
        "05": "closed on Saturday",
        "08": "Hari Jadi",
        "12": "closed on Saturday",
        "15": None,
        "19": "closed on Saturday",
        "22": None,
    }
    added = desk.trainings.plan_series(
        course.id, every, start=time(13), minutes=90, mode=Mode.ONLINE, place="Zoom"
    )
    found = desk.meetings.get(added[0]).schedule
    assert (found.minutes, found.mode, found.place) == (90, Mode.ONLINE, "Zoom")


def test_computers_are_kept_for_meetings(desk: Desk, course: Course) -> None:
    pcs = [each.id for each in desk.workstations.add_many(3)]
    later = replace(MONDAYS, first=date(2026, 12, 7), count=2)
    first, second = desk.trainings.plan_series(
        course.id, later, start=time(9), workstations=pcs[:2]
    )
    assert desk.meetings.workstations(second) == tuple(pcs[:2])
    moved = desk.meetings.get(first).draft()
    moved = replace(moved, schedule=replace(moved.schedule, day=date(2026, 12, 8)))
    desk.trainings.change_meeting(first, moved, workstations=pcs[1:])
    assert [each.local_date.day for each in desk.reservations.coming()] == [8, 14]
    assert desk.meetings.workstations(first) == tuple(pcs[1:])
    desk.undo()
    assert [each.local_date.day for each in desk.reservations.coming()] == [7, 14]
    assert desk.meetings.workstations(first) == tuple(pcs[:2])
    renamed = replace(desk.meetings.get(first).draft(), title="Praktik")
    assert desk.trainings.change_meeting(first, renamed, workstations=pcs[:2]).title == "Praktik"
    extra = desk.trainings.plan_meeting(course.id, moved, workstations=pcs[:1])
    assert desk.meetings.workstations(extra) == (pcs[0],)
    bare = replace(moved, schedule=replace(moved.schedule, day=date(2026, 12, 9)))
    assert desk.meetings.workstations(desk.trainings.plan_meeting(course.id, bare)) == ()
    with pytest.raises(InputError) as refused:
        desk.trainings.plan_series(
            course.id, replace(later, weekdays=frozenset({0, 1})), start=time(10), workstations=pcs
        )
    assert refused.value.field == "start"
    desk.trainings.remove(course.id)
    assert desk.reservations.coming() == []


def test_trainers_and_participants_are_not_the_same(desk: Desk, course: Course) -> None:
    wati = desk.patrons.add(PatronDraft(name="Wati"))
    changed = desk.trainings.change(course.id, replace(course.draft(), trainer_ids=(wati.id,)))
    assert changed.trainers == ("Wati",)
    with pytest.raises(RuleError, match="Wati is a trainer"):
        desk.trainings.enrol(course.id, patron_id=wati.id)
    agus = desk.patrons.add(PatronDraft(name="Agus"))
    desk.trainings.enrol(course.id, patron_id=agus.id)
    with pytest.raises(RuleError, match="Agus is on the list"):
        desk.trainings.change(course.id, replace(course.draft(), trainer_ids=(agus.id,)))


def test_who_waits_moves_up(desk: Desk, course: Course) -> None:
    people = [desk.trainings.enrol(course.id, profile=Profile()) for _ in range(4)]
    assert [each.status for each in people[2:]] == [ListStatus.WAITING] * 2
    desk.trainings.withdraw(people[0].id)
    assert len(desk.trainings.sheet(course.id).waiting) == 1
    desk.trainings.change(course.id, replace(course.draft(), capacity=3))
    assert len(desk.trainings.sheet(course.id).on_list) == 3
    desk.undo()
    assert len(desk.trainings.sheet(course.id).waiting) == 1


def test_a_copy_has_the_meetings_and_nobody_of_the_first_run(desk: Desk, course: Course) -> None:
    person = desk.trainings.enrol(course.id, profile=Profile())
    first, second, *_ = desk.trainings.line(course.id).meetings
    desk.attendance.mark(first.id, person.id, present=True)
    desk.meetings.cancel(second.id)
    again = desk.trainings.copy(course.id, date(2027, 2, 1))
    line = desk.trainings.line(again.id)
    assert again.title == course.title
    assert [f"{each.schedule.day:%d %b}" for each in line.meetings] == [
        "01 Feb",
        "15 Feb",
        "22 Feb",
    ]
    assert line.progress() is Progress.PLANNED
    assert desk.trainings.sheet(again.id).participants == ()
    desk.undo()
    assert [line.course.id for line in desk.trainings.all()] == [course.id]


def test_a_course_with_history_stays(desk: Desk, course: Course) -> None:
    first, *_ = desk.trainings.line(course.id).meetings
    desk.attendance.set_headcount(first.id, Headcount(count=9))
    with pytest.raises(RuleError, match="Email has meetings that were held"):
        desk.trainings.remove(course.id)
    desk.attendance.set_headcount(first.id, None)
    desk.meetings.reopen(first.id)
    desk.trainings.remove(course.id)
    assert desk.trainings.all() == []
    desk.undo()
    assert len(desk.trainings.line(course.id).meetings) == 4


def test_what_a_closed_month_knows_of_a_course_asks_before_it_changes(
    desk: Desk, course: Course
) -> None:
    october = Period.parse("2026-10")
    [held] = desk.trainings.plan_series(
        course.id, replace(MONDAYS, first=date(2026, 10, 5), count=1), start=None
    )
    desk.visits.record(VisitDraft(on=date(2026, 10, 5)))
    desk.meetings.hold(held)
    desk.closings.close(october, Letter())
    desk.ask_before(lambda _question: False)
    desk.trainings.change(course.id, replace(course.draft(), capacity=9))
    with pytest.raises(RuleError) as refused:
        desk.trainings.change(course.id, replace(course.draft(), title="Surel"))
    assert refused.value.code == "left_closed"
