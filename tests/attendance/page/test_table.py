"""The list of one meeting of a community, without places or trainers."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from perpudesk.attendance.page import AttendanceTable
from perpudesk.attendance.page.words import profile_words, said
from perpudesk.core.codes import Sex
from perpudesk.desk import Desk
from perpudesk.patrons.model import PatronDraft, Profile
from tests.attendance.conftest import TODAY, Course, draft
from tests.ui.windows import shown
from tests.visits.conftest import Person

pytestmark = pytest.mark.usefixtures("look")
Key = Qt.Key


@pytest.fixture
def table(desk: Desk, qtbot: QtBot) -> AttendanceTable:
    made = AttendanceTable(desk.attendance, desk.meetings, desk.patrons, desk.branch)
    return shown(qtbot, made, (900, 500))


@pytest.fixture
def meeting_id(desk: Desk, table: AttendanceTable) -> str:
    """A meeting of today, shown with its empty list."""
    [made] = desk.meetings.plan([draft(TODAY, title="Rapat komunitas")])
    table.show_list(made, made, of_course=False)
    return made


def rows(table: AttendanceTable) -> list[str]:
    """What each row says."""
    grid = table.grid
    found = [grid.rows.row(at) for at in range(grid.rows.rowCount())]
    return [" | ".join(column.text(row) for column in grid.rows.columns) for row in found]


def test_whoever_comes_is_put_on_the_list_of_one_meeting(
    desk: Desk, table: AttendanceTable, meeting_id: str, person: Person
) -> None:
    desk.patrons.add(PatronDraft(name="Siti", sex=Sex.FEMALE, birth_year=1990))
    assert rows(table) == []
    person.presses(Key.Key_Space)
    person.presses(Key.Key_Delete, "Control")
    table.add_people()
    person.types("siti", wait=False)
    person.presses(Key.Key_Return)
    desk.attendance.enrol(meeting_id, profile=Profile())
    table.reload()
    assert rows(table) == ["Siti | F · 36 | ·", "Participant 2 |  | ·"]
    person.presses(Key.Key_Escape)
    person.presses(Key.Key_Home)
    person.presses(Key.Key_Space)
    person.presses(Key.Key_Minus)
    assert [line[-1] for line in rows(table)] == ["✓", "–"]
    assert table.sheet is not None
    assert table.sheet.attendances == 1


def test_who_is_off_the_list_keeps_the_mark(
    desk: Desk, table: AttendanceTable, meeting_id: str, person: Person
) -> None:
    for patron in ("Agus", "Budi"):
        known = desk.patrons.add(PatronDraft(name=patron))
        desk.attendance.enrol(meeting_id, patron_id=known.id)
    table.reload()
    table.grid.go_to(meeting_id=meeting_id)
    table.mark_all()
    heard: list[tuple[str, bool]] = []
    table.said.connect(lambda *told: heard.append(told))
    person.presses(Key.Key_Home)
    person.presses(Key.Key_Delete, "Control")
    assert heard == [("Off the list: Agus.", True)]
    assert rows(table) == ["Budi |  | ✓", "Agus · withdrawn |  | ✓"]
    agus = desk.attendance.sheet(meeting_id, of_course=False).participants[0]
    desk.attendance.mark(meeting_id, agus.id, None)
    table.withdraw(agus)
    assert heard[-1] == ("Off the list: Agus.", True)
    table.withdraw(agus)
    assert heard[-1][1] is False, "gone already, and said"


def test_what_is_refused_is_told(
    desk: Desk, table: AttendanceTable, course: Course, person: Person
) -> None:
    heard: list[tuple[str, bool]] = []
    table.said.connect(lambda *told: heard.append(told))
    table.mark_all()
    table.reload()
    assert heard == []
    desk.attendance.enrol(course.id, patron_id=course.people[0].id)
    table.show_list(course.id, course.meetings[3])
    table.mark_all()
    assert "has not come yet" in heard[-1][0]
    table.choose_meeting("elsewhere")
    table.grid.setCurrentIndex(table.grid.rows.index(0, 0))
    person.presses(Key.Key_Minus)
    assert table.meeting is not None
    assert table.meeting.id == course.meetings[0], "from the name to the first meeting"


def test_a_wider_grid_has_room_for_the_profile(
    table: AttendanceTable, course: Course, qtbot: QtBot
) -> None:
    table.show_list(course.id)
    assert not table.grid.isColumnHidden(1)
    table.resize(400, 400)
    qtbot.waitUntil(lambda: table.grid.isColumnHidden(1))
    table.grid.grab()


@pytest.mark.parametrize(
    "profile, words",
    [
        (Profile(), ""),
        (Profile(sex=Sex.MALE, age_years=27, occupation="farmer"), "M · 27 · Farmer"),
        (Profile(age_band="17-25"), "17–25"),
    ],
)
def test_a_profile_is_told_as_far_as_it_is_recorded(profile: Profile, words: str) -> None:
    assert profile_words(profile, {"farmer": "Farmer"}) == words


def test_marks_are_said_in_words() -> None:
    assert [said(each) for each in (True, False, None)] == ["present", "absent", "not taken"]
