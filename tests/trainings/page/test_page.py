"""Trainings by keys: planned, marked, printed, and taken back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, time

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from perpudesk.attendance.form.guest import GuestDialog
from perpudesk.attendance.form.headcount import HeadcountDialog
from perpudesk.attendance.form.paste import PasteDialog
from perpudesk.attendance.form.results import ResultsDialog
from perpudesk.attendance.model import Meeting
from perpudesk.computers.model import SessionDraft
from perpudesk.core import i18n
from perpudesk.core.codes import Audience, MeetingState
from perpudesk.desk import Desk
from perpudesk.patrons.form import PatronDialog
from perpudesk.patrons.model import PatronDraft
from perpudesk.trainings.form.copying import CopyDialog
from perpudesk.trainings.form.course import CourseDialog
from perpudesk.trainings.form.meeting import MeetingDialog
from perpudesk.trainings.form.papers import PaperKind, TrainingPapersDialog
from perpudesk.trainings.form.series import SeriesDialog
from perpudesk.trainings.model import CourseDraft, Series
from perpudesk.trainings.page import TrainingsPage
from perpudesk.trainings.page.names import NamesDialog
from perpudesk.ui import theme
from perpudesk.ui.menu import KeyMenu
from tests.ui.accessibility import assert_accessible, texts_fit
from tests.visits.conftest import Person

Key = Qt.Key


def told(page: TrainingsPage) -> list[str]:
    """The lines of the list of trainings."""
    table = page.courses.table
    column, rows = table.rows.columns[0], range(table.rows.rowCount())
    assert column.detail is not None
    return [
        f"{column.text(row)}: {column.detail(row)}" for at in rows if (row := table.rows.row(at))
    ]


def signs(page: TrainingsPage) -> list[str]:
    """The marks of each row of the grid, with the name."""
    grid = page.attendance.grid
    columns = [grid.rows.columns[0], *grid.rows.columns[2:]]
    rows = [grid.rows.row(at) for at in range(grid.rows.rowCount())]
    return [" ".join(column.text(row) for column in columns) for row in rows]


def menu(page: TrainingsPage) -> KeyMenu:
    """The menu that is open."""
    return next(each for each in page.findChildren(KeyMenu) if each.isVisible())


def dialog_of(page: TrainingsPage, kind: type[QDialog], person: Person) -> QDialog:
    """The dialog of that kind that is open, with the focus in it."""
    found = [each for each in page.window().findChildren(kind) if each.isVisible()]
    assert len(found) == 1
    person.looks_at(found[0])
    return found[0]


def meetings(desk: Desk, course_id: str) -> list[Meeting]:
    return desk.meetings.of_course(course_id)


def test_without_a_training_the_page_teaches(
    desk: Desk, open_page: Callable[..., TrainingsPage], person: Person
) -> None:
    page = open_page()
    person.presses(Key.Key_Return)
    dialog = dialog_of(page, CourseDialog, person)
    person.types("Merajut", wait=False)
    person.presses(Key.Key_Return, "Control")
    assert dialog.isHidden()
    assert told(page) == ["Merajut: not planned yet"]
    assert person.toasts(page) == ["Added: Merajut"]
    assert page._sheet.currentWidget() is page._unplanned
    person.looks_at(page)
    person.presses(Key.Key_T, "Control")
    series = dialog_of(page, SeriesDialog, person)
    assert isinstance(series, SeriesDialog)
    assert series.days.text().startswith("4 meetings: Mon 23 Nov · Mon 30 Nov")
    person.presses(Key.Key_Return)
    assert told(page) == ["Merajut: starts 23 Nov"]
    person.looks_at(page)
    person.presses(Key.Key_Z, "Control")
    assert told(page) == ["Merajut: not planned yet"]
    person.presses(Key.Key_Z, "Control Shift")
    assert len(desk.meetings.of_courses()) == 4


def test_a_meeting_is_taken_by_keys(
    desk: Desk, course_id: str, page: TrainingsPage, person: Person
) -> None:
    assert told(page) == ["Email untuk UMKM: nobody recorded yet · Business"]
    assert page.meeting.label() == "Meeting 3 · 23 Nov", "today's"
    person.presses(Key.Key_Return)
    for key in (Key.Key_Space, Key.Key_Minus, Key.Key_Space):
        person.presses(key)
    assert signs(page) == ["Aisyah · · ✓ ·", "Dedi · · – ·", "Hartini · · ✓ ·"]
    assert told(page) == ["Email untuk UMKM: 1 of 4 meetings · Business"]
    assert page.figures.came.accessibleName() == "Attendance: 2 of 3 (67%)"
    assert page.figures.hours.accessibleName() == "Person hours: 4"
    assert page.figures.people.accessibleName() == "Participants: 3 3 F"
    marked = desk.trainings.sheet(course_id).marks
    assert sorted(marked.values()) == [False, True, True]
    person.presses(Key.Key_Space)
    assert signs(page)[2] == "Hartini · · · ·", "Space takes it back"
    person.presses(Key.Key_Z, "Control")
    assert signs(page)[2] == "Hartini · · ✓ ·"
    person.presses(Key.Key_Delete)
    assert signs(page)[2] == "Hartini · · · ·"
    person.presses(Key.Key_Left)
    assert page.meeting.label() == "Meeting 2 · 16 Nov"
    person.presses(Key.Key_B, "Control")
    assert [line.split()[2] for line in signs(page)] == ["✓", "✓", "✓"]
    person.presses(Key.Key_Home)
    person.presses(Key.Key_End)
    person.presses(Key.Key_Right)
    person.presses(Key.Key_Right)
    person.presses(Key.Key_Space)
    assert "has not come yet" in person.toasts(page)[-1]
    assert signs(page)[2].endswith("·")


def test_a_mark_reads_nothing_again(
    desk: Desk, page: TrainingsPage, person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    person.presses(Key.Key_Return)
    person.presses(Key.Key_Space)  # the first says that the meeting was held
    read: list[str] = []
    monkeypatch.setattr(desk.attendance, "sheet", lambda *_a, **_k: read.append("sheet"))
    monkeypatch.setattr(desk.trainings, "all", lambda: read.append("all"))
    person.presses(Key.Key_Space)
    person.presses(Key.Key_Minus)
    assert read == []
    assert [line.split()[3] for line in signs(page)] == ["✓", "✓", "–"]


def test_a_tap_goes_from_mark_to_mark(page: TrainingsPage, qtbot: QtBot) -> None:
    grid = page.attendance.grid
    for expected in ("✓", "–", "·"):
        cell = grid.visualRect(grid.rows.index(1, 4)).center()
        qtbot.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, pos=cell)
        assert signs(page)[1].split()[3] == expected
    name = grid.visualRect(grid.rows.index(1, 0)).center()
    qtbot.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, pos=name)
    assert signs(page)[1] == "Dedi · · · ·"


def test_people_are_put_on_the_list_by_name(
    desk: Desk, course_id: str, page: TrainingsPage, person: Person
) -> None:
    table = page.attendance
    person.key("+")
    assert table.line.isVisible()
    person.types("dedi", wait=False)
    person.presses(Key.Key_Return)
    assert table.told.text() == "Dedi is on the list already."
    person.types("Maryam", wait=False)
    person.presses(Key.Key_Return)
    register = dialog_of(page, PatronDialog, person)
    person.presses(Key.Key_Return)
    assert register.isHidden()
    person.looks_at(page)
    assert table.told.text() == "Maryam is on the list, as number 4."
    person.types("Z-99", wait=False)
    person.presses(Key.Key_Return)
    register = dialog_of(page, PatronDialog, person)
    assert isinstance(register, PatronDialog)
    assert register.form.value("member_number") == "Z-99"
    register.form.fill(name="Zainal")
    person.presses(Key.Key_Return)
    person.looks_at(page)
    assert table.told.text() == "Zainal waits for a place: the list is full."
    assert signs(page)[-1].startswith("Zainal · waits for a place")
    assert page.figures.people.accessibleName() == "Participants: 4 3 F · 1 ? · +1 waiting"
    person.presses(Key.Key_Escape)
    assert table.line.isHidden()
    assert table.grid.hasFocus()
    table.grid.go_to(participant_id=desk.trainings.sheet(course_id).on_list[0].id)
    person.presses(Key.Key_Delete, "Control")
    assert person.toasts(page) == ["Off the list: Aisyah."]
    assert [line.split()[0] for line in signs(page)] == ["Dedi", "Hartini", "Maryam", "Zainal"]
    person.takes(page, "Undo")
    assert len(signs(page)) == 5


def test_cards_are_read_at_the_chosen_meeting(
    desk: Desk, page: TrainingsPage, person: Person
) -> None:
    desk.patrons.add(PatronDraft(name="Tamu Baru", member_number="A-0099"))
    table = page.attendance
    person.presses(Key.Key_K, "Control")
    person.scans("A-002")
    assert table.told.text() == "✓ Dedi is present, 1 by now."
    person.scans("A-0099")
    assert table.told.text() == "✓ Tamu Baru is present, 2 by now."
    assert signs(page)[1:] == ["Dedi · · ✓ ·", "Hartini · · · ·", "Tamu Baru · · ✓ ·"]
    table.grid.setCurrentIndex(table.grid.rows.index(0, 0))
    person.scans("A-001")
    assert table.told.text() == "Choose a meeting first."
    table.choose_meeting(table.grid.meetings[3].id)
    person.scans("A-001")
    assert "has not come yet" in person.toasts(page)[-1]


def test_guests_headcounts_and_results(
    desk: Desk, course_id: str, page: TrainingsPage, person: Person
) -> None:
    person.presses(Key.Key_U, "Control")
    guest = dialog_of(page, GuestDialog, person)
    person.presses(Key.Key_Return)
    assert signs(page)[-1] == "Participant 4 · · · ·"
    guest.reject()
    person.looks_at(page)
    person.presses(Key.Key_Return)
    person.presses(Key.Key_Space)
    person.presses(Key.Key_H, "Control")
    dialog_of(page, HeadcountDialog, person)
    person.types("12", wait=False)
    person.presses(Key.Key_Return)
    assert page.figures.came.accessibleName() == "Attendance: 1 of 4 (25%) +12"
    person.looks_at(page)
    person.presses(Key.Key_G, "Control")
    today = next(each.text() for each in menu(page).actions() if each.isChecked())
    assert today.endswith("Held · 12 beside the list")
    menu(page).close()
    page.attendance.setFocus()
    person.presses(Key.Key_Return)
    dialog_of(page, ResultsDialog, person)
    person.types("40", wait=False)
    person.presses(Key.Key_Return, "Control")
    scores = [each.results.score_before for each in desk.trainings.sheet(course_id).on_list]
    assert 40 in scores


def test_staff_are_put_on_the_list_of_their_own_training(
    desk: Desk, course_id: str, page: TrainingsPage, person: Person
) -> None:
    person.presses(Key.Key_R, "Control")
    assert page.attendance.line.isHidden(), "it is for the community"
    rina = desk.branch.add_staff("Rina")
    course = desk.trainings.get(course_id)
    desk.trainings.change(course_id, replace(course.draft(), audience=Audience.STAFF))
    person.presses(Key.Key_R, "Control")
    [entry] = page.attendance.findChild(KeyMenu).actions()
    entry.trigger()
    page.attendance.findChild(KeyMenu).close()
    assert page.attendance.told.text() == "Rina is on the list, as number 4."
    assert desk.trainings.sheet(course_id).on_list[3].staff_id == rina.id
    QApplication.processEvents()
    page.attendance.staff.click()
    assert page.attendance.told.text().startswith("Everybody of the desk is on the list.")
    page.attendance._add_staff(rina)
    assert page.attendance.told.text() == "Rina is on the list already."


def test_a_list_is_pasted_and_told(desk: Desk, page: TrainingsPage, person: Person) -> None:
    person.presses(Key.Key_O, "Control")
    dialog = dialog_of(page, PasteDialog, person)
    assert isinstance(dialog, PasteDialog)
    dialog.form.fill(people="Dedi\nAnak\tP\t9")
    person.presses(Key.Key_Return, "Control")
    said = "1 put on the list. 1 were on it already. 1 under 18 without a name."
    assert person.toasts(page) == [said]
    assert len(signs(page)) == 4
    assert desk.can_undo()[0]


def test_a_trainer_is_never_on_the_list(
    desk: Desk, course_id: str, page: TrainingsPage, person: Person
) -> None:
    wati = desk.patrons.add(PatronDraft(name="Wati"))
    person.presses(Key.Key_E, "Control")
    dialog = dialog_of(page, CourseDialog, person)
    assert isinstance(dialog, CourseDialog)
    dialog.trainers.seek.begin()
    person.types("wati", wait=False)
    person.presses(Key.Key_Return)
    assert dialog.trainers.value() == (wati.id,)
    person.presses(Key.Key_Return, "Control")
    assert desk.trainings.get(course_id).trainers == ("Wati",)
    person.looks_at(page)
    person.key("+")
    person.types("wati", wait=False)
    person.presses(Key.Key_Return)
    assert "Wati is a trainer here" in page.attendance.told.text()
    assert len(signs(page)) == 3


def test_meetings_are_chosen_and_changed_by_their_menu(
    desk: Desk, course_id: str, page: TrainingsPage, person: Person
) -> None:
    person.looks_at(page)
    person.presses(Key.Key_G, "Control")
    first, *_ = menu(page).actions()
    first.trigger()
    menu(page).close()
    assert page.meeting.label() == "Meeting 1 · 9 Nov"
    person.looks_at(page)
    person.presses(Key.Key_G, "Control")
    person_menu = menu(page)
    chosen = [each.text() for each in person_menu.actions() if each.isChecked()]
    assert chosen == ["Meeting 1 · 9 Nov · 09:00–11:00 · Aula · Planned"]
    press_in(person_menu, "L")
    assert meetings(desk, course_id)[0].held
    assert person.toasts(page) == ["Held: 9 Nov."]
    for key, state in (("L", MeetingState.PLANNED), ("B", MeetingState.CANCELLED)):
        person.looks_at(page)
        person.presses(Key.Key_G, "Control")
        press_in(menu(page), key)
        assert meetings(desk, course_id)[0].state is state
    assert len(page.attendance.grid.meetings) == 3
    person.looks_at(page)
    person.presses(Key.Key_G, "Control")
    cancelled, *_ = menu(page).actions()
    assert cancelled.text().startswith("Plan it again: Cancelled · 9 Nov")
    cancelled.trigger()
    menu(page).close()
    assert meetings(desk, course_id)[0].state is MeetingState.PLANNED
    person.looks_at(page)
    person.presses(Key.Key_G, "Control")
    press_in(menu(page), "P")
    dialog = dialog_of(page, MeetingDialog, person)
    assert isinstance(dialog, MeetingDialog)
    dialog.form.fill(day=date(2026, 11, 10), title="Praktik")
    person.presses(Key.Key_Return)
    moved = meetings(desk, course_id)[0]
    assert (moved.schedule.day, moved.title) == (date(2026, 11, 10), "Praktik")
    person.looks_at(page)
    person.looks_at(page)
    person.presses(Key.Key_G, "Control")
    press_in(menu(page), "S")
    further = dialog_of(page, MeetingDialog, person)
    assert isinstance(further, MeetingDialog)
    assert further.form.value("day") == date(2026, 12, 7), "a week after the last"
    person.presses(Key.Key_Return)
    assert len(meetings(desk, course_id)) == 5
    person.looks_at(page)
    page.attendance.choose_meeting(meetings(desk, course_id)[-1].id)
    person.looks_at(page)
    person.presses(Key.Key_G, "Control")
    press_in(menu(page), "H")
    assert len(meetings(desk, course_id)) == 4


def press_in(opened: KeyMenu, key: str) -> None:
    """Press the key of an entry of a menu."""
    QTest.keyClicks(opened, key.lower())
    QApplication.processEvents()


def test_a_course_is_copied_removed_and_brought_back(
    desk: Desk, course_id: str, page: TrainingsPage, person: Person
) -> None:
    person.presses(Key.Key_D, "Control")
    dialog = dialog_of(page, CopyDialog, person)
    assert isinstance(dialog, CopyDialog)
    assert dialog.days.text().startswith("Mon 7 Dec · Mon 14 Dec")
    person.presses(Key.Key_Return)
    assert len(desk.trainings.all()) == 2
    assert page.courses.current() is not None
    assert page.courses.current().course.id != course_id  # type: ignore[union-attr]
    person.looks_at(page)
    page.courses.setFocus()
    person.presses(Key.Key_Delete)
    assert [line.course.id for line in desk.trainings.all()] == [course_id]
    assert person.toasts(page) == ["Removed: Email untuk UMKM"]
    person.takes(page, "Undo")
    assert len(desk.trainings.all()) == 2
    desk.meetings.hold(meetings(desk, course_id)[0].id)
    page.courses.choose(course_id)
    page.more.click()
    press_in(menu(page), "H")
    assert "meetings that were held" in person.toasts(page)[-1]


def test_a_training_is_searched_by_any_of_its_words(
    desk: Desk, course_id: str, page: TrainingsPage, person: Person
) -> None:
    other = desk.trainings.add(CourseDraft(title="Merajut", topic="craft", place="Balai Desa"))
    person.key("/")
    person.types("desa", wait=False)
    assert [line.split(":")[0] for line in told(page)] == ["Merajut"]
    assert page.header._subtitle.text().endswith("Merajut")
    person.types("x", wait=False)
    assert told(page) == []
    assert not page.people.isEnabled()
    page.open_course(course_id)
    assert page.courses.search.value() == ""
    assert page.header._subtitle.text().endswith("Email untuk UMKM")
    page.open_course(other.id)
    assert page._sheet.currentWidget() is page._unplanned
    person.looks_at(page)
    page.setFocus()
    person.presses(Key.Key_K, "Control")
    assert page.attendance.line.isHidden(), "no meeting, no card"
    person.looks_at(page)
    person.presses(Key.Key_G, "Control")
    press_in(menu(page), "R")
    assert dialog_of(page, SeriesDialog, person)


def test_certificates_and_who_came_back(
    desk: Desk,
    course_id: str,
    page: TrainingsPage,
    person: Person,
    qtbot: QtBot,
) -> None:
    assert "No meeting of this training was held yet" in page.figures.state.text()
    first, *others = meetings(desk, course_id)
    desk.attendance.mark_all(first.id, present=True)
    assert (
        page.figures.state.text()
        == "Asked: presence at 75%. After the meeting of 30 November 2026."
    )
    for each in others:
        desk.meetings.cancel(each.id)
    pc = desk.workstations.add_many(1)[0]
    aisyah = desk.trainings.sheet(course_id).on_list[0]
    desk.computers.start(SessionDraft(workstation_id=pc.id, patron_id=aisyah.patron_id))
    page.refresh()
    assert page.figures.after.text().startswith("1 of 3")
    page.figures.names.click()
    names = dialog_of(page, NamesDialog, person)
    names.reject()
    assert page.figures.certify.label() == "Give 3 a number"
    page.figures.certify.click()
    assert person.toasts(page) == ["3 certificates have their numbers."]
    assert page.figures.state.text().endswith("3 were given.")
    page.figures.preview.click()
    papers = dialog_of(page, TrainingPapersDialog, person)
    assert isinstance(papers, TrainingPapersDialog)
    assert papers.kind.value() == PaperKind.CERTIFICATES
    qtbot.waitUntil(lambda: papers.preview.page_count() == 3, timeout=10_000)
    papers.reject()
    person.looks_at(page)
    person.presses(Key.Key_P, "Control")
    lists = dialog_of(page, TrainingPapersDialog, person)
    assert isinstance(lists, TrainingPapersDialog)
    assert lists.kind.value() == PaperKind.LIST
    qtbot.waitUntil(lambda: lists.preview.page_count() == 1, timeout=10_000)
    lists.reject()


@pytest.mark.usefixtures("course_id")
def test_without_room_the_figures_stand_in_a_line(
    open_page: Callable[..., TrainingsPage], person: Person
) -> None:
    page = open_page(824, 560)
    assert not page._right.isVisible()
    person.presses(Key.Key_Return)
    person.presses(Key.Key_Space)
    assert page.brief.text() == "3 participants · 1 of 3 present (33%) · 2 person hours"


@pytest.mark.parametrize("language", ["en", "id"])
@pytest.mark.parametrize("size, scale", [((1366, 768), 1.0), ((824, 548), 1.0), ((1080, 700), 1.5)])
def test_every_word_fits_and_every_part_has_a_name(
    desk: Desk,
    course_id: str,
    open_page: Callable[..., TrainingsPage],
    qapp: QApplication,
    *,
    language: str,
    size: tuple[int, int],
    scale: float,
) -> None:
    desk.attendance.mark_all(meetings(desk, course_id)[0].id, present=True)
    many = desk.trainings.add(CourseDraft(title="Email dan toko daring untuk usaha mikro kecil"))
    series = Series(first=date(2026, 7, 6), weekdays=frozenset({0}), count=20)
    desk.trainings.plan_series(many.id, series, start=time(9))
    page = open_page(*size)
    i18n.use(language)
    theme.apply(qapp, scale=scale)
    page.close()
    page = open_page(*size)
    page.attendance.add_people()
    for course in (course_id, many.id):
        page.courses.choose(course)
        QApplication.processEvents()
        assert_accessible(page)
        assert not texts_fit(page)
