"""Documents of a course as the desk keeps it; certificates given once; who came back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time, timedelta
from pathlib import Path

import pytest

from perpudesk.attendance.lists import Filling
from perpudesk.attendance.model import MeetingDraft, Schedule
from perpudesk.branch.model import Signatory, SignatoryPlace
from perpudesk.core import i18n
from perpudesk.core.codes import Sex
from perpudesk.core.errors import InputError, RuleError
from perpudesk.core.times import FixedClock
from perpudesk.core.topics import Topic
from perpudesk.desk import Desk
from perpudesk.patrons.model import PatronDraft, Profile
from perpudesk.trainings.model import CourseDraft
from tests.attendance.papers import printed, words

NAMES = ("Aisyah", "Dedi", "Hartini", "Maryam")


@dataclass
class Made:
    """A course of three meetings, the last one today; four on its list, and one without a name."""

    id: str
    meetings: list[str]
    people: list[str]
    patrons: list[str]


@pytest.fixture(autouse=True)
def _indonesian() -> Iterator[None]:
    i18n.use("id")
    yield
    i18n.use("en")


@pytest.fixture
def desk(tmp_path: Path, fixed_clock: FixedClock) -> Iterator[Desk]:
    """It is Monday, 23 November 2026, 09.41."""
    with Desk(tmp_path / "data", clock=fixed_clock) as desk:
        desk.branch.set_up(name="Perpusda Kotawaringin Barat", zone="WIB", place="Pangkalan Bun")
        desk.branch.set_signatory(
            Signatory(place=SignatoryPlace.RIGHT, name="Rina Marlina", post="Kepala")
        )
        yield desk


@pytest.fixture
def course(desk: Desk) -> Made:
    course = desk.trainings.add(
        CourseDraft(title="Email", topic="business", place="Aula", trainer_ids=(trainer(desk),))
    )
    drafts = [
        MeetingDraft(
            schedule=Schedule(
                day=date(2026, 11, 9) + timedelta(weeks=week), start=time(8), minutes=90
            )
        )
        for week in range(3)
    ]
    meetings = desk.meetings.plan(drafts, course_id=course.id)
    patrons = [
        desk.patrons.add(PatronDraft(name=name, sex=Sex.FEMALE, birth_year=1990)).id
        for name in NAMES
    ]
    people = [desk.trainings.enrol(course.id, patron_id=each).id for each in patrons]
    people.append(desk.trainings.enrol(course.id, profile=Profile(sex=Sex.MALE)).id)
    for meeting in meetings:
        desk.attendance.mark_all(meeting, present=True)
    for who in people[2:4]:
        desk.attendance.mark(meetings[0], who, present=False)
    return Made(id=course.id, meetings=meetings, people=people, patrons=patrons)


def trainer(desk: Desk) -> str:
    return desk.patrons.add(PatronDraft(name="Budi Santoso")).id


def numbers(desk: Desk, course: Made) -> dict[str | None, str | None]:
    sheet = desk.trainings.sheet(course.id)
    return {each.name: each.certificate_number for each in sheet.participants}


def at(clock: FixedClock, hour: int, minute: int = 0) -> None:
    clock.advance(minutes=60 * hour + minute - (9 * 60 + 41))


def test_lists_of_one_meeting_and_of_all(desk: Desk, course: Made) -> None:
    papers = desk.training_papers
    one = words(printed(papers.attendance_list(course.id, course.meetings[0])))[0]
    for part in ("Email", "Budi Santoso", "9 November 2026", "08.00–09.30", *NAMES):
        assert part in one
    taken = papers.attendance_list(course.id, filling=Filling.TAKEN).outline()
    assert "  1 | Aisyah | P | 36 | ✓ | ✓ | ✓ | 3/3\n" in taken
    assert "PRAKTIK" in papers.attendance_list(course.id, practice=True).outline()
    empty = papers.attendance_list(course.id, filling=Filling.EMPTY, pages=2)
    assert len(printed(empty).pages) == 2
    with pytest.raises(RuleError):
        papers.attendance_list(course.id, "nobody")
    with pytest.raises(RuleError):
        papers.attendance_list("nothing")


def test_slips_and_report(desk: Desk, course: Made) -> None:
    papers = desk.training_papers
    assert papers.slips(course.id).outline().count("8<") == 4
    assert papers.slips(course.id, blank=2).outline().count("8<") == 1
    with pytest.raises(InputError):
        papers.slips(course.id, blank=0)
    (text,) = words(printed(papers.report(course.id)))
    for part in ("Usaha", "5 dari 5 orang", "13 kehadiran", "19,5 jam-orang", "0 dari 4 peserta"):
        assert part in text, part


def test_certificates_are_given_when_the_last_meeting_is_over(
    desk: Desk, course: Made, fixed_clock: FixedClock
) -> None:
    desk.meetings.move(
        course.meetings[2], Schedule(day=date(2026, 11, 23), start=time(9), minutes=90)
    )
    state = desk.training_papers.certifying(course.id)
    assert state.refused is not None
    assert state.refused.code == "certificates_not_over"
    with pytest.raises(RuleError):
        desk.training_papers.certify(course.id)
    draft = desk.training_papers.certificates(course.id)
    assert draft.outline().count("Nomor: …") == 2, "to be looked at, without a number"
    at(fixed_clock, 10, 30)
    assert desk.training_papers.certifying(course.id).refused is None


def test_numbers_are_given_once_in_one_step(
    desk: Desk, course: Made, fixed_clock: FixedClock
) -> None:
    at(fixed_clock, 11)
    papers = desk.training_papers
    state = papers.certifying(course.id)
    assert state.threshold == 75
    assert [each.name for each in state.waiting] == ["Aisyah", "Dedi"]
    assert (state.given, state.unnamed) == ((), 1)
    told: list[Topic] = []
    desk.subscribe(told.append)
    assert papers.certify(course.id) == 2
    assert Topic.ACTIVITIES in told
    first = numbers(desk, course)
    assert first["Aisyah"] == "001/SERT/PERPUS/XI/2026"
    assert first["Dedi"] == "002/SERT/PERPUS/XI/2026"
    assert first["Hartini"] is None
    before = papers.certificates(course.id)
    fixed_clock.advance(days=40)
    assert papers.certify(course.id) == 0
    assert papers.certificates(course.id) == before, "printed again unchanged"
    assert "Pangkalan Bun, 23 November 2026" in before.outline()
    desk.trainings.change(course.id, CourseDraft(title="Email", threshold=60))
    assert papers.certify(course.id) == 2
    later = numbers(desk, course)
    assert {**first, "Hartini": later["Hartini"], "Maryam": later["Maryam"]} == later
    assert later["Hartini"] == "001/SERT/PERPUS/I/2027", "a year has its own series"
    desk.undo()
    assert numbers(desk, course) == first, "both went in one step"


def test_a_number_is_never_given_to_somebody_else(
    desk: Desk, course: Made, fixed_clock: FixedClock
) -> None:
    at(fixed_clock, 11)
    desk.branch.set_up(certificate_pattern="{n}/S/{year}")
    desk.training_papers.certify(course.id)
    for meeting in course.meetings:
        desk.attendance.mark(meeting, course.people[1], present=None)
    desk.trainings.withdraw(course.people[1])
    desk.trainings.change(course.id, CourseDraft(title="Email", threshold=50))
    assert desk.training_papers.certify(course.id) == 2
    found = numbers(desk, course)
    assert "Dedi" not in found
    assert sorted(each for each in found.values() if each) == ["1/S/2026", "3/S/2026", "4/S/2026"]
    document = desk.training_papers.certificates(course.id)
    assert "Dedi" not in document.outline()


def test_a_certificate_can_be_printed_alone(
    desk: Desk, course: Made, fixed_clock: FixedClock
) -> None:
    at(fixed_clock, 11)
    desk.training_papers.certify(course.id)
    papers = desk.training_papers
    (text,) = words(printed(papers.certificates(course.id, only=course.people[1])))
    assert "Dedi" in text
    assert "002/SERT" in text
    assert "3 dari 3 pertemuan, seluruhnya 4,5 jam" in text
    with pytest.raises(RuleError):
        papers.certificates(course.id, only=course.people[2])


def test_where_nobody_reached_the_share_that_is_said(
    desk: Desk, course: Made, fixed_clock: FixedClock
) -> None:
    at(fixed_clock, 11)
    for meeting in course.meetings[:2]:
        for who in course.people:
            desk.attendance.mark(meeting, who, present=False)
    state = desk.training_papers.certifying(course.id)
    assert state.refused is not None
    assert state.refused.code == "certificates_nobody"
    with pytest.raises(RuleError) as refused:
        desk.training_papers.certificates(course.id)
    assert "75 persen" in str(refused.value)
