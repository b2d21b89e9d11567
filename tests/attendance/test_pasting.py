"""Lists as they are copied from spreadsheets, and what becomes of the people on them."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pytest

from perpudesk.attendance.pasting import MOST_LINES, Pasted, people_of
from perpudesk.attendance.registering import Put
from perpudesk.core.codes import Sex
from perpudesk.core.errors import InputError, RuleError
from perpudesk.desk import Desk
from perpudesk.patrons.model import PatronDraft
from tests.attendance.conftest import Course

OCCUPATIONS = {"Petani": "farmer", "Guru": "teacher"}


@pytest.mark.parametrize(
    "text, people",
    [
        ("Siti", [Pasted(name="Siti")]),
        (
            "No\tNama\tL/P\n1\tSiti  Aminah\tP\t34\tguru\n2\tDedi\tL\t27 th\tPetani\tlain",
            [
                Pasted(name="Siti Aminah", sex=Sex.FEMALE, age=34, occupation="teacher"),
                Pasted(name="Dedi", sex=Sex.MALE, age=27, occupation="farmer"),
            ],
        ),
        ("Siti;Perempuan;?;Astronaut\n\nSITI;L", [Pasted(name="Siti", sex=Sex.FEMALE)]),
        ("Siti, , -", [Pasted(name="Siti")]),
    ],
)
def test_a_list_is_read_as_far_as_it_says(text: str, people: list[Pasted]) -> None:
    assert people_of(text, OCCUPATIONS) == people


@pytest.mark.parametrize(
    "text, words",
    [
        ("", "no name here"),
        ("Nama", "no name here"),
        ("Siti\n;P", "Line 2 has no name"),
        ("Siti;X", "Line 1: “X” is no sex"),
        ("Siti;P;muda", "Line 1: “muda” is no age"),
        ("Siti;P;131", "Line 1: “131” is no age"),
        ("Siti\n" * (MOST_LINES + 1), "more than 500 lines"),
    ],
)
def test_what_cannot_be_read_is_named_with_its_line(text: str, words: str) -> None:
    with pytest.raises(InputError, match=words) as refused:
        people_of(text, OCCUPATIONS)
    assert refused.value.field == "people"


@pytest.fixture
def enrol(desk: Desk, course: Course) -> Callable[..., object]:
    return partial(desk.attendance.enrol, course.id)


def test_known_ones_are_found_and_others_registered(
    desk: Desk, course: Course, enrol: Callable[..., object]
) -> None:
    before = desk.patrons.count()
    people = people_of("siti;P;36\nAisyah;L\nHartini;P;20\nBudi;L;40\nAnak;P;9", {})
    put = desk.attendance.registrar.enrol_people(people, enrol)
    assert put == Put(listed=5, unnamed=1, there=0)
    listed = desk.attendance.sheet(course.id, of_course=True).on_list
    assert [each.name for each in listed] == ["Aisyah", "Budi", "Hartini", "Siti", None]
    assert listed[3].patron_id == course.people[0].id, "the one who is known"
    assert desk.patrons.count() == before + 3, "another sex or age is another person"
    assert listed[4].profile.age_years == 9
    again = desk.attendance.registrar.enrol_people(people_of("Siti\nBudi", {}), enrol)
    assert again == Put(listed=0, unnamed=0, there=2)
    desk.undo()
    assert desk.attendance.sheet(course.id, of_course=True).on_list == ()
    assert desk.patrons.count() == before


def test_two_of_one_name_are_not_told_apart(desk: Desk, course: Course) -> None:
    assert desk.attendance.registrar.known_as(Pasted(name="siti")) == course.people[0]
    desk.patrons.add(PatronDraft(name="Siti"))
    assert desk.attendance.registrar.known_as(Pasted(name="siti")) is None


def test_all_are_on_the_list_or_nobody(desk: Desk, course: Course) -> None:
    enrol = partial(desk.attendance.enrol, course.id, barred=[course.people[0].id])
    with pytest.raises(RuleError, match="Siti is a trainer"):
        desk.attendance.registrar.enrol_people(people_of("Budi\nSiti", {}), enrol)
    assert desk.attendance.sheet(course.id, of_course=True).on_list == ()
