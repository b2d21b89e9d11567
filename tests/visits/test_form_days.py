from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from perpudesk.branch.model import DayInfo
from perpudesk.core.codes import ClosedReason, DayState, Method
from perpudesk.desk import Desk
from perpudesk.ui.buttons import Button
from perpudesk.ui.toasts import Toast
from perpudesk.visits.form.days import DaysDialog
from perpudesk.visits.form.days_words import day_mark, state_words, tone_of
from perpudesk.visits.form.visit import VisitDialog
from perpudesk.visits.model import VisitDraft
from perpudesk.visits.page import VisitsPage
from tests.visits.conftest import Person

FRIDAY = date(2026, 11, 20)
MONDAY = date(2026, 11, 23)
CHRISTMAS = date(2026, 12, 25)


@pytest.fixture
def days(desk: Desk, page: VisitsPage, person: Person) -> DaysDialog:
    """The calendar as Ctrl+K opens it; the branch has counted since 2 November."""
    desk.visits.record(VisitDraft(on=date(2026, 11, 2)))
    person.presses(Qt.Key.Key_K, "Control")
    dialog = page.findChild(DaysDialog)
    assert dialog is not None
    person.looks_at(dialog)
    return dialog


def goes_to(person: Person, days: DaysDialog, day: date) -> None:
    """Walk there with the arrows."""
    while days.month.day != day:
        key = Qt.Key.Key_Left if day < days.month.day else Qt.Key.Key_Right
        person.presses(key)


def state(desk: Desk, day: date) -> DayState:
    return desk.visits.days(day, day)[0].state


def test_arrows_go_and_digits_set(desk: Desk, days: DaysDialog, person: Person) -> None:
    goes_to(person, days, FRIDAY)
    assert days.panel._title.text() == "Friday, 20 November 2026"
    assert days.panel.pill.text() == "Not set"
    for key, wanted in (
        ("1", DayState.OPEN_COUNTED),
        ("2", DayState.OPEN_NOT_COUNTED),
        ("3", DayState.ESTIMATED),
        ("4", DayState.CLOSED),
        ("0", DayState.NOT_SET),
    ):
        person.types(key)
        assert state(desk, FRIDAY) is wanted
    person.types("69")
    (day,) = desk.branch.service_days(FRIDAY, FRIDAY).values()
    assert (day.state, day.reason) == (DayState.CLOSED, ClosedReason.POWER)
    assert days.panel.pill.text() == "Closed · Power cut"
    assert days.panel.reasons.value() == "power"


def test_chips_set_too(desk: Desk, days: DaysDialog, person: Person) -> None:
    goes_to(person, days, FRIDAY)
    person.clicks(days.panel.states.chip("closed"))
    assert state(desk, FRIDAY) is DayState.CLOSED
    person.clicks(days.panel.reasons.chip("no_staff"))
    (day,) = desk.branch.service_days(FRIDAY, FRIDAY).values()
    assert day.reason is ClosedReason.NO_STAFF


def test_months_turn(days: DaysDialog, person: Person) -> None:
    person.presses(Qt.Key.Key_PageUp)
    assert days.month.day == date(2026, 10, 23)
    assert days.month._name.text() == "October 2026"
    person.clicks(person_buttons(days, "Month after"))
    person.clicks(person_buttons(days, "Month after"))
    assert days.month.day == date(2026, 12, 23)
    assert days.panel._why.text() == "This day has not come yet."
    assert not days.panel.states.isEnabled()
    person.clicks(person_buttons(days, "Month before"))
    assert days.month.day == MONDAY


def person_buttons(days: DaysDialog, name: str) -> Button:
    return next(each for each in days.findChildren(Button) if each.accessibleName() == name)


def test_a_day_to_come_is_not_set(desk: Desk, days: DaysDialog, person: Person) -> None:
    person.presses(Qt.Key.Key_Right)
    person.types("1")
    person.presses(Qt.Key.Key_N, "Control")
    assert desk.branch.service_days(MONDAY, date(2026, 12, 1)) == {}
    assert days.findChild(VisitDialog) is None


def test_holidays_are_named(desk: Desk, days: DaysDialog) -> None:
    days.month.go_to(CHRISTMAS)
    assert "Natal" in days.panel.holiday.value() or "Christmas" in days.panel.holiday.value()
    days.panel.holiday.setFocus()
    days.panel.holiday.setText("")
    days.panel.holiday.editingFinished.emit()
    assert CHRISTMAS not in desk.branch.holidays()
    days.month.go_to(date(2026, 12, 28))
    days.panel.holiday.setText("Cuti bersama")
    days.done(0)
    assert desk.branch.holidays()[date(2026, 12, 28)] == "Cuti bersama"


def test_a_note_is_kept_with_its_day(desk: Desk, days: DaysDialog, person: Person) -> None:
    goes_to(person, days, FRIDAY)
    assert not days.panel.note.isEnabled()
    person.types("2")
    days.panel.note.setFocus()
    person.types("Rapat\r")
    (day,) = desk.branch.service_days(FRIDAY, FRIDAY).values()
    assert (day.state, day.note) == (DayState.OPEN_NOT_COUNTED, "Rapat")
    days.month.setFocus()
    person.types("6")
    (day,) = desk.branch.service_days(FRIDAY, FRIDAY).values()
    assert (day.reason, day.note) == (ClosedReason.POWER, "Rapat")
    days.panel.note.setText("x" * 501)
    days.panel.leave_note()
    assert desk.branch.service_days(FRIDAY, FRIDAY)[FRIDAY].note == "Rapat"
    assert any("longer than" in toast.accessibleName() for toast in days.findChildren(Toast))


def test_a_note_alone_does_not_say_what_a_day_was(
    desk: Desk, days: DaysDialog, person: Person
) -> None:
    desk.visits.record(VisitDraft(on=FRIDAY))
    days._load()
    goes_to(person, days, FRIDAY)
    assert days.panel.pill.text() == "Open · counted"
    assert not days.panel.note.isEnabled()
    assert days.panel.note.placeholderText() == "Say first what it was"
    days.panel.note.setText("Rapat")
    days.panel.leave_note()
    assert desk.branch.service_days(FRIDAY, FRIDAY) == {}
    assert any("Say it first" in toast.accessibleName() for toast in days.findChildren(Toast))


def test_closing_a_day_with_visits_asks(desk: Desk, days: DaysDialog, person: Person) -> None:
    desk.visits.record(VisitDraft(on=FRIDAY, count=3))
    days._load()
    goes_to(person, days, FRIDAY)
    person.types("4")
    assert days.question.isVisible()
    assert "3 visits are recorded on this day" in days.question._words.text()
    assert state(desk, FRIDAY) is DayState.OPEN_COUNTED
    person.presses(Qt.Key.Key_Escape)
    assert not days.question.isVisible()
    assert days.isVisible()
    person.types("5\r")
    assert state(desk, FRIDAY) is DayState.CLOSED
    info = desk.visits.days(FRIDAY, FRIDAY)[0]
    assert (tone_of(info), day_mark(info)) == ("error", ("holiday", "error"))


def test_what_was_set_is_undone(
    desk: Desk, page: VisitsPage, days: DaysDialog, person: Person, qtbot: QtBot
) -> None:
    goes_to(person, days, FRIDAY)
    person.types("4")
    with qtbot.waitSignal(days.changed):
        person.presses(Qt.Key.Key_Z, "Control")
    assert state(desk, FRIDAY) is DayState.NOT_SET
    for _ in range(3):
        person.presses(Qt.Key.Key_Z, "Control")
    assert days.isVisible()
    assert page.isVisible()


def test_yesterdays_forgotten_visit(desk: Desk, days: DaysDialog, person: Person) -> None:
    goes_to(person, days, FRIDAY)
    person.presses(Qt.Key.Key_N, "Control")
    (dialog,) = days.findChildren(VisitDialog)
    dialog.form.fill(count=2, at="10.15")
    dialog.save.click()
    (visit,) = desk.visits.of_day(FRIDAY)
    assert (visit.count, visit.moment.local_hour) == (2, 10)
    assert days.panel._visits.text() == "2 visits"
    assert days.panel.pill.text() == "Open · counted"
    days.panel.table.link_clicked.emit(visit, "edit")
    dialog = next(each for each in days.findChildren(VisitDialog) if each.isVisible())
    dialog.form.fill(count=5)
    dialog.save.click()
    assert days.panel._visits.text() == "5 visits"
    days.panel.table.delete_pressed.emit(desk.visits.of_day(FRIDAY)[0])
    assert desk.visits.of_day(FRIDAY) == []
    person.presses(Qt.Key.Key_Z, "Control")
    (visit,) = desk.visits.of_day(FRIDAY)
    days.editor.edit(visit)
    dialog = next(each for each in days.findChildren(VisitDialog) if each.isVisible())
    person.clicks(person.button(dialog, "Remove"))
    assert desk.visits.of_day(FRIDAY) == []


SUNDAY = date(2026, 11, 22)


def adds(person: Person, days: DaysDialog, day: date, count: int) -> VisitDialog:
    goes_to(person, days, day)
    person.presses(Qt.Key.Key_N, "Control")
    dialog = days.findChild(VisitDialog)
    assert dialog is not None
    dialog.form.fill(count=count)
    dialog.save.click()
    return dialog


def test_a_visit_of_a_closed_day_asks(desk: Desk, days: DaysDialog, person: Person) -> None:
    dialog = adds(person, days, SUNDAY, 15)
    assert "Sunday, 22 November 2026 is down as closed" in dialog.question._words.text()
    assert desk.visits.of_day(SUNDAY) == []
    person.looks_at(dialog)
    person.presses(Qt.Key.Key_Escape)
    assert dialog.isVisible()
    assert dialog.question.isHidden()
    dialog.save.click()
    assert dialog.question.answer()
    assert [visit.count for visit in desk.visits.of_day(SUNDAY)] == [15]
    assert desk.visits.days(SUNDAY, SUNDAY)[0].was_set
    assert any("15 × " in toast._text.text() for toast in days.findChildren(Toast))
    desk.undo()
    assert desk.visits.of_day(SUNDAY) == []
    assert not desk.visits.days(SUNDAY, SUNDAY)[0].was_set


def test_an_open_day_asks_nothing(desk: Desk, days: DaysDialog, person: Person) -> None:
    dialog = adds(person, days, FRIDAY, 2)
    assert dialog.question.isHidden()
    assert len(desk.visits.of_day(FRIDAY)) == 1


def test_an_estimate_is_marked(desk: Desk, days: DaysDialog, person: Person) -> None:
    desk.visits.record(VisitDraft(on=FRIDAY, count=40, method=Method.ESTIMATED))
    goes_to(person, days, FRIDAY)
    days._load()
    count = days.panel.table.rows.index(0, 3)
    assert count.data() == "±40"
    assert count.data(Qt.ItemDataRole.AccessibleTextRole) == "n: 40, an estimate"


def test_a_report_sends_to_a_day_of_another_month(desk: Desk, page: VisitsPage) -> None:
    desk.visits.record(VisitDraft(on=date(2026, 9, 3), count=4))
    page.open_day(date(2026, 9, 3))
    dialog = page.findChild(DaysDialog)
    assert dialog is not None
    assert dialog.month.day == date(2026, 9, 3)
    assert dialog.panel._visits.text() == "4 visits"


@pytest.mark.usefixtures("days")
def test_the_page_follows(page: VisitsPage, person: Person) -> None:
    person.types("4")
    assert page.day.text().startswith("● Closed")
    person.presses(Qt.Key.Key_Escape)
    person.looks_at(page)
    assert person.focus is page.board.grid


@pytest.mark.usefixtures("look")
@pytest.mark.parametrize(
    "info, words",
    [
        (DayInfo(date=FRIDAY, state=DayState.OPEN_COUNTED, was_set=True), "Open · counted"),
        (DayInfo(date=FRIDAY, state=DayState.CLOSED, was_set=True), "Closed · without a reason"),
        (
            DayInfo(date=FRIDAY, state=DayState.CLOSED, was_set=False),
            "Closed · outside opening hours",
        ),
        (
            DayInfo(
                date=CHRISTMAS,
                state=DayState.CLOSED,
                was_set=True,
                reason=ClosedReason.HOLIDAY,
                holiday="Hari Raya Natal",
            ),
            "Closed · Hari Raya Natal",
        ),
    ],
)
def test_a_day_in_words(info: DayInfo, words: str) -> None:
    assert state_words(info) == words


def test_what_befell_a_day_is_told(desk: Desk, days: DaysDialog, person: Person) -> None:
    assert not days.panel._befell.isVisible()
    start = datetime(2026, 11, 23, 1, 52, tzinfo=UTC)
    desk.branch.note_outage(MONDAY, start, start + timedelta(minutes=18), checked=True)
    desk.branch.note_outage(FRIDAY, start - timedelta(days=3), None, checked=True)
    days._load()
    assert days.panel._outages.text() == "The power was off 08:52–09:10"
    assert days.panel._befell.isVisible()
    desk.branch.note_outage(MONDAY, start, start + timedelta(seconds=7), checked=True)
    days._load()
    assert days.panel._outages.text().endswith(" · The power was off at 08:52")
    goes_to(person, days, FRIDAY)
    assert days.panel._outages.text() == "The program stood still from 08:52 on"
