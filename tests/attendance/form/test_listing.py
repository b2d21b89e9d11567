"""The attendance list of one meeting before it is printed."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QMainWindow
from pytestqt.qtbot import QtBot

from perpudesk.attendance.form.listing import ListDialog
from perpudesk.attendance.lists import Filling, Listing, attendance_list
from perpudesk.core.errors import RuleError
from perpudesk.paper.document import Document
from tests.attendance.papers import COURSE, HOUSE, meeting, person, sheet
from tests.ui.accessibility import assert_accessible, texts_fit
from tests.visits.conftest import Person

SHEET = sheet((person(0, "Aisyah"),), (meeting(0),), (0, 0, True))
asked: list[tuple[Filling, int]] = []


def make(filling: Filling, pages: int) -> Document:
    asked.append((filling, pages))
    listing = Listing(house=HOUSE, activity=COURSE, sheet=SHEET, filling=filling, pages=pages)
    return attendance_list(listing, SHEET.meetings[0])


@pytest.fixture
def dialog(window: QMainWindow, qtbot: QtBot, person: Person) -> ListDialog:
    asked.clear()
    dialog = ListDialog("Email", make, filling=Filling.TAKEN, parent=window)
    dialog.open()
    person.looks_at(dialog)
    qtbot.waitUntil(dialog.save.isEnabled, timeout=10_000)
    return dialog


def test_the_list_is_as_it_was_taken_at_first_and_as_wanted_then(
    dialog: ListDialog, qtbot: QtBot, person: Person
) -> None:
    assert asked == [(Filling.TAKEN, 1)]
    assert not dialog.pages.isVisible()
    person.clicks(dialog.filling.chip(str(Filling.EMPTY)))
    dialog.pages.set_value(2)
    qtbot.waitUntil(lambda: dialog.preview.page_count() == 2, timeout=10_000)
    assert asked[-1] == (Filling.EMPTY, 2)
    person.clicks(dialog.filling.chip(str(Filling.SIGN)))
    assert asked[-1] == (Filling.SIGN, 1)
    assert dialog._name() == "Attendance list"
    assert_accessible(dialog)
    assert texts_fit(dialog) == []


def test_what_is_refused_is_said_in_place_of_the_pages(qtbot: QtBot) -> None:
    from perpudesk.attendance.model import NO_MEETING

    def gone(_filling: Filling, _pages: int) -> Document:
        raise RuleError(NO_MEETING)

    dialog = ListDialog("Email", gone)
    qtbot.addWidget(dialog)
    assert "not here any more" in dialog.preview._message.text()
    assert not dialog.save.isEnabled()
