"""Guests, headcounts and results, typed by keys."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import time
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMainWindow
from pytestqt.qtbot import QtBot

from perpudesk.attendance.form.guest import GuestDialog
from perpudesk.attendance.form.headcount import HeadcountDialog
from perpudesk.attendance.form.paste import PasteDialog
from perpudesk.attendance.form.results import ResultsDialog
from perpudesk.attendance.model import Headcount, Results
from perpudesk.core import i18n
from perpudesk.core.codes import Method, Mode, Sex
from perpudesk.core.errors import FileError, Problem
from perpudesk.desk import Desk
from perpudesk.patrons.model import Profile
from perpudesk.ui import theme
from perpudesk.ui.forms import FormDialog
from perpudesk.visits.model import Part
from tests.attendance.conftest import TODAY, Course, draft
from tests.ui.accessibility import assert_accessible, texts_fit
from tests.visits.conftest import Person

Opened = Callable[[FormDialog], None]
Key = Qt.Key
NO_SUCH_LIST = Problem("no_such_list_in_this_test", "{path} is no list.")
pytestmark = pytest.mark.usefixtures("look")


@pytest.fixture
def opened(qtbot: QtBot, person: Person) -> Opened:
    """Opens a dialog, the focus in it."""

    def opened(dialog: FormDialog) -> None:
        dialog.open()
        qtbot.waitUntil(dialog.isVisible)
        person.looks_at(dialog)

    return opened


def guests(desk: Desk, course: Course, window: QMainWindow) -> GuestDialog:
    return GuestDialog(
        lambda profile: desk.attendance.enrol(course.id, profile=profile),
        desk.branch,
        parent=window,
    )


def paste(desk: Desk, course: Course, window: QMainWindow) -> PasteDialog:
    enrol = partial(desk.attendance.enrol, course.id)
    return PasteDialog(enrol, desk.attendance.registrar, desk.branch, parent=window)


def headcount(desk: Desk, meeting_id: str, window: QMainWindow) -> HeadcountDialog:
    return HeadcountDialog(
        desk.meetings.get(meeting_id), desk.attendance, desk.branch, parent=window
    )


def test_guests_are_added_one_after_another(
    desk: Desk, course: Course, window: QMainWindow, opened: Opened, person: Person
) -> None:
    dialog = guests(desk, course, window)
    opened(dialog)
    dialog.form.fill(sex=str(Sex.FEMALE), age_years=34)
    assert dialog.form.value("age_band") == "26-45"
    person.presses(Key.Key_Return)
    assert dialog.told.text() == "1 added."
    assert dialog.form.value("age_years") is None
    dialog.form.field("age_years").widget.setText("200")
    person.presses(Key.Key_Return)
    assert dialog.form.field("age_years").error()
    dialog.form.fill(age_years=None)
    person.presses(Key.Key_Return)
    listed = desk.attendance.sheet(course.id, of_course=True).on_list
    assert [each.profile.age_years for each in listed] == [34, None]
    assert dialog.told.text() == "2 added."


def test_a_headcount_is_stored_with_its_parts(
    desk: Desk, course: Course, window: QMainWindow, opened: Opened, person: Person
) -> None:
    first = course.meetings[0]
    dialog = headcount(desk, first, window)
    opened(dialog)
    person.types("12", wait=False)
    dialog.parts.set_value((Part(sex=Sex.FEMALE, age_band="26-45", count=7),))
    dialog.form.fill(estimated=True, visits=True)
    person.presses(Key.Key_Return)
    found = desk.meetings.get(first)
    assert found.headcount is not None
    assert (found.headcount.count, found.headcount.method) == (12, Method.ESTIMATED)
    assert found.count_visits
    assert sum(desk.visits.day_totals(found.schedule.day, TODAY).values()) == 12
    again = headcount(desk, first, window)
    opened(again)
    assert again.form.value("headcount") == 12
    again.form.fill(headcount=5)
    again.submitted.emit()
    assert "more than the 5 people" in again.form.field("parts").error()
    again.form.fill(headcount=None)
    again.submitted.emit()
    counted = desk.meetings.get(first).headcount
    assert counted is not None
    assert counted.count == 7, "the sum of the parts"
    last = headcount(desk, first, window)
    opened(last)
    last.form.fill(headcount=None, parts=(), visits=False)
    last.submitted.emit()
    assert desk.meetings.get(first).headcount is None
    assert not desk.meetings.get(first).count_visits
    desk.undo()
    assert desk.meetings.get(first).headcount == counted


def test_a_headcount_that_cannot_be_is_refused(
    desk: Desk, course: Course, window: QMainWindow, opened: Opened
) -> None:
    dialog = headcount(desk, course.meetings[3], window)
    opened(dialog)
    dialog.form.field("headcount").widget.setText("many")
    dialog.submitted.emit()
    assert dialog.form.field("headcount").error()
    dialog.form.fill(headcount=3)
    dialog.submitted.emit()
    assert "has not come yet" in dialog.form._banner.accessibleName()
    online = replace(draft(TODAY, time(14)).schedule, mode=Mode.ONLINE)
    desk.meetings.move(course.meetings[3], online)
    elsewhere = headcount(desk, course.meetings[3], window)
    opened(elsewhere)
    assert not elsewhere.form.field("visits").isVisible()
    elsewhere.form.fill(headcount=3)
    elsewhere.submitted.emit()
    assert desk.meetings.get(course.meetings[3]).headcount == Headcount(count=3)


def test_a_list_is_pasted(
    desk: Desk, course: Course, window: QMainWindow, opened: Opened, person: Person
) -> None:
    dialog = paste(desk, course, window)
    opened(dialog)
    assert dialog.told.isHidden()
    dialog.form.fill(people="Siti\tP\nBudi\tX")
    dialog.show_found()
    person.presses(Key.Key_Return, "Control")
    assert "Line 2: “X” is no sex" in dialog.form.field("people").error()
    dialog.form.fill(people="Siti\tP\nBudi\tL\t40")
    dialog.show_found()
    assert dialog.told.text() == "2 people, 1 known here."
    person.presses(Key.Key_Return, "Control")
    assert len(desk.attendance.sheet(course.id, of_course=True).on_list) == 2
    many = paste(desk, course, window)
    many.form.fill(people="\n".join(f"Nama {at}" for at in range(100)))
    many.show_found()
    assert many.told.text() == "100 people"


def test_slips_are_typed_one_after_another(
    desk: Desk, course: Course, window: QMainWindow, opened: Opened, person: Person
) -> None:
    for patron in course.people[:2]:
        desk.attendance.enrol(course.id, patron_id=patron.id)
    people = desk.attendance.sheet(course.id, of_course=True).on_list
    dialog = ResultsDialog(people, people[0], desk.attendance, parent=window)
    opened(dialog)
    assert dialog.who.text() == "Aisyah (1 of 2)"
    for typed in ("40", "85", "5", "4", "5"):
        person.types(typed, wait=False)
        person.presses(Key.Key_Return)
    assert dialog.who.text() == "Siti (2 of 2)"
    person.types("200", wait=False)
    person.presses(Key.Key_Return, "Control")
    assert "from 0 to 100" in dialog.form.field("score_before").error()
    dialog.form.fill(score_before=None)
    person.presses(Key.Key_Return, "Control")
    assert dialog.isHidden()
    results = [each.results for each in desk.attendance.sheet(course.id, of_course=True).on_list]
    assert results == [
        Results(score_before=40, score_after=85, learned=5, confident=4, will_use=5),
        Results(),
    ]


@pytest.mark.parametrize("language", ["en", "id"])
@pytest.mark.parametrize("scale", [1.0, 1.5])
def test_every_word_fits(
    desk: Desk,
    course: Course,
    window: QMainWindow,
    opened: Opened,
    qapp: QApplication,
    *,
    language: str,
    scale: float,
) -> None:
    i18n.use(language)
    theme.apply(qapp, scale=scale)
    who = desk.attendance.enrol(course.id, profile=Profile())
    for dialog in (
        guests(desk, course, window),
        paste(desk, course, window),
        headcount(desk, course.meetings[0], window),
        ResultsDialog([who], who, desk.attendance, parent=window),
    ):
        opened(dialog)
        assert_accessible(dialog)
        assert not texts_fit(dialog)
        dialog.reject()


def test_a_list_is_read_from_a_file_and_looked_at_first(
    desk: Desk, course: Course, window: QMainWindow, opened: Opened, tmp_path: Path
) -> None:
    def read(path: Path) -> str:
        if path.suffix != ".csv":
            raise FileError(NO_SUCH_LIST, path=path.name)
        return path.read_text("utf-8")

    enrol = partial(desk.attendance.enrol, course.id)
    dialog = PasteDialog(enrol, desk.attendance.registrar, desk.branch, read=read, parent=window)
    opened(dialog)
    path = tmp_path / "peserta.csv"
    path.write_text("Sari\tP\t36\tPetani\nBudi\tL", "utf-8")
    dialog.read(path)
    assert dialog.told.text() == "2 people, 0 known here."
    assert desk.attendance.sheet(course.id, of_course=True).on_list == ()
    shown: list[str] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            "perpudesk.attendance.form.paste.show_error",
            lambda _parent, error: shown.append(error.sentence()),
        )
        dialog.read(tmp_path / "foto.jpg")
        patch.setattr("perpudesk.attendance.form.paste.FileDialog.ask", lambda _self: path)
        dialog.form.fill(people="")
        dialog.ask()
    assert shown == ["foto.jpg is no list."]
    dialog.submitted.emit()
    people = desk.attendance.sheet(course.id, of_course=True).on_list
    assert sorted(each.name or "" for each in people) == ["Budi", "Sari"]
    without = paste(desk, course, window)
    without.read(path)  # nobody reads files here
    assert without.form.value("people") in (None, "")
    without.deleteLater()
