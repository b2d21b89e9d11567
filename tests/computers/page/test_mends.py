"""What the board asks to be mended."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtCore import Qt

from perpudesk.computers.form.checking import CheckSessions
from perpudesk.computers.form.dialog import SessionDialog
from perpudesk.computers.form.enter import EnterSessions
from perpudesk.computers.model import SessionDraft, Workstation
from perpudesk.computers.page import ComputersPage
from perpudesk.computers.page.mends import Mends
from perpudesk.core.times import FixedClock
from perpudesk.desk import Desk
from tests.visits.conftest import Person


@pytest.fixture
def page(
    open_page: Callable[..., ComputersPage], desk: Desk, pcs: list[Workstation]
) -> ComputersPage:
    """The board with a session at PC 1, and what mends it."""
    desk.computers.start(SessionDraft(workstation_id=pcs[0].id))
    page = open_page()
    Mends(
        page,
        desk.computers,
        desk.session_mending,
        desk.session_records,
        branch=desk.branch,
        workstations=desk.workstations,
        undo=desk.undo,
    )
    return page


def test_a_session_is_corrected_from_its_tile(
    page: ComputersPage, desk: Desk, person: Person
) -> None:
    person.types("c")
    (dialog,) = page.findChildren(SessionDialog)
    person.looks_at(dialog)
    dialog.form.field("start").widget.setFocus()
    dialog.form.field("start").widget.selectAll()
    person.types("9.30\r")
    (session,) = desk.computers.open_sessions()
    assert session.start is not None
    assert f"{session.start:%H:%M}" == "02:30"
    assert person.toasts(page) == ["PC 1: corrected."]
    person.looks_at(page)
    person.presses(Qt.Key.Key_Z, "Control")
    assert desk.computers.open_sessions()[0].start != session.start


def test_it_is_removed_or_goes_on_again(page: ComputersPage, desk: Desk, person: Person) -> None:
    mends = page.findChild(Mends)
    assert mends is not None
    (session,) = desk.computers.open_sessions()
    ended = desk.computers.end(session.id)
    page.correct_asked.emit(ended)
    (dialog,) = page.findChildren(SessionDialog)
    dialog._on_resume()
    assert person.toasts(page) == ["PC 1: the session goes on again."]
    page.correct_asked.emit(desk.computers.get(session.id))
    dialog = next(each for each in page.findChildren(SessionDialog) if each.isVisible())
    dialog._on_remove()
    assert person.toasts(page) == ["PC 1: the session was removed."]
    assert desk.computers.open_sessions() == []


def test_after_a_power_cut_its_sessions_are_looked_at(
    page: ComputersPage, desk: Desk, person: Person, fixed_clock: FixedClock
) -> None:
    fixed_clock.advance(minutes=10)
    desk.recovery.beat()
    fixed_clock.advance(minutes=20)
    desk.recovery.recover()
    person.looks_at(page)
    person.types("v")
    (dialog,) = page.findChildren(CheckSessions)
    person.looks_at(dialog)
    person.types("9.45\r")
    person.types("\r")
    assert desk.recovery.interrupted() == []
    assert desk.computers.of_day(desk.store.today())[0].minutes == 3


def test_sessions_from_paper_are_entered_over_the_board(
    page: ComputersPage, desk: Desk, person: Person
) -> None:
    person.presses(Qt.Key.Key_N, "Control")
    (sheet,) = page.findChildren(EnterSessions)
    person.looks_at(sheet)
    assert person.focus is sheet.day.box
    person.types("20-11-2026\r")
    person.types("2\r9.15\r30\r\r\r\r")
    (session,) = desk.computers.of_day(date(2026, 11, 20))
    assert session.minutes == 30
    person.types("3\r")
    person.presses(Qt.Key.Key_Escape)
    person.looks_at(page)
    person.presses(Qt.Key.Key_N, "Control")
    assert sheet.isVisible()
    assert sheet.log.value("place") == "3"


def test_what_was_forgotten_is_looked_through(
    page: ComputersPage, desk: Desk, person: Person, fixed_clock: FixedClock
) -> None:
    fixed_clock.advance(days=1)
    desk.recovery.sweep()
    person.looks_at(page)
    person.types("v")
    (dialog,) = page.findChildren(CheckSessions)
    dialog.right.click()
    assert desk.recovery.forgotten() == ()
    assert not page.view.banners.isVisible()
