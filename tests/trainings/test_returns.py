"""Who came back to a computer, asked of the records."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from perpudesk.attendance.model import MeetingDraft, Schedule
from perpudesk.computers.model import SessionDraft
from perpudesk.core.times import FixedClock
from perpudesk.desk import Desk
from perpudesk.patrons.model import PatronDraft, Profile
from perpudesk.trainings.model import CourseDraft

FIRST = date(2026, 11, 9)


@pytest.fixture
def course_id(desk: Desk) -> str:
    """Aisyah, Dedi and one without a name were at a meeting two weeks ago."""
    course = desk.trainings.add(CourseDraft(title="Email"))
    (meeting,) = desk.meetings.plan(
        [MeetingDraft(schedule=Schedule(day=FIRST))], course_id=course.id
    )
    for name in ("Aisyah", "Dedi"):
        patron = desk.patrons.add(PatronDraft(name=name))
        desk.trainings.enrol(course.id, patron_id=patron.id)
    desk.trainings.enrol(course.id, profile=Profile())
    desk.attendance.mark_all(meeting, present=True)
    return course.id


def uses(desk: Desk, name: str, day: date, *, device: bool = False) -> None:
    """Somebody used a computer for half an hour on a day."""
    (patron,) = desk.patrons.find(name)
    begun = datetime.combine(day, datetime.min.time(), desk.store.author.zone)
    start = begun + timedelta(hours=9)
    draft = SessionDraft(
        workstation_id=None,
        device=device,
        patron_id=patron.id,
        start=start,
        end=start + timedelta(minutes=30),
    )
    desk.session_mending.enter(draft)


def counts(desk: Desk, course_id: str) -> list[int]:
    return [each.count for each in desk.after_training.of(course_id).returns]


def test_whoever_comes_within_the_days_is_counted_once(
    desk: Desk, course_id: str, fixed_clock: FixedClock
) -> None:
    after = desk.after_training.of(course_id)
    assert (after.known, after.unnamed) == (2, 1)
    assert [(each.count, each.over) for each in after.returns] == [(0, False), (0, False)]
    uses(desk, "Aisyah", date(2026, 11, 20))
    uses(desk, "Aisyah", date(2026, 11, 21))
    uses(desk, "Dedi", FIRST)
    assert counts(desk, course_id) == [1, 1]
    uses(desk, "Dedi", date(2026, 11, 22), device=True)
    assert counts(desk, course_id) == [1, 1], "an own device is no computer of the library"
    (back,) = desk.after_training.names(course_id)
    assert (back.participant.name, back.day) == ("Aisyah", date(2026, 11, 20))
    fixed_clock.advance(days=60)
    uses(desk, "Dedi", date(2027, 1, 20))
    after = desk.after_training.of(course_id)
    assert [(each.count, each.over) for each in after.returns] == [(1, True), (2, False)]
    assert [each.participant.name for each in desk.after_training.names(course_id)] == [
        "Aisyah",
        "Dedi",
    ]


def test_one_who_was_merged_is_known_by_both(desk: Desk, course_id: str) -> None:
    twin = desk.patrons.add(PatronDraft(name="Nyonya Rahmawati"))
    uses(desk, "Nyonya Rahmawati", date(2026, 11, 20))
    assert counts(desk, course_id) == [0, 0]
    aisyah = next(each for each in desk.patrons.find("Aisyah") if each.id != twin.id)
    merge(desk, aisyah.id, twin.id)
    assert counts(desk, course_id) == [1, 1]
    (back,) = desk.after_training.names(course_id)
    assert back.participant.patron_id == aisyah.id
    merge(desk, aisyah.id, None)
    merge(desk, twin.id, aisyah.id)
    assert counts(desk, course_id) == [1, 1]


def merge(desk: Desk, patron_id: str, into: str | None) -> None:
    with desk.store.writing() as db:
        db.execute("UPDATE patrons SET merged_into = ? WHERE id = ?", [into, patron_id])


def test_before_a_meeting_was_held_nobody_can_come_back(desk: Desk) -> None:
    course = desk.trainings.add(CourseDraft(title="Jahit"))
    assert desk.after_training.of(course.id).returns == ()
    assert desk.after_training.names(course.id) == ()
