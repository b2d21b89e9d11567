"""Sessions from paper: typed line by line, or in all."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QApplication, QMainWindow
from pytestqt.qtbot import QtBot

from perpudesk.computers.form.dialog import SessionDialog
from perpudesk.computers.form.enter import LINES, TOTAL, EnterSessions
from perpudesk.computers.model import Session, SessionDraft, Workstation
from perpudesk.core.codes import Condition, Method, Precision, Sex
from perpudesk.desk import Desk
from perpudesk.importing.fields import What
from perpudesk.patrons.model import Profile
from perpudesk.ui.toasts import Toast
from tests.computers.form.typing import field, fill, press
from tests.importing.own import bring, written
from tests.ui.accessibility import assert_accessible, texts_fit

pytestmark = pytest.mark.usefixtures("pcs")
FRIDAY = date(2026, 11, 20)
MONDAY = date(2026, 11, 23)


def at(hour: int, minute: int, day: int = 20) -> datetime:
    """A moment in Jakarta."""
    return datetime(2026, 11, day, hour, minute, tzinfo=UTC) - timedelta(hours=7)


@pytest.fixture
def dialog(
    desk: Desk, window: QMainWindow, qtbot: QtBot, qapp: QApplication
) -> Iterator[EnterSessions]:
    """Open at Friday, the focus in the first field; letters typed fast are letters apart."""
    interval = qapp.keyboardInputInterval()
    qapp.setKeyboardInputInterval(0)
    dialog = EnterSessions(
        desk.computers,
        desk.session_mending,
        desk.session_records,
        desk.branch,
        desk.workstations,
        undo=desk.undo,
        parent=window,
    )
    dialog.begin(FRIDAY)
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    yield dialog
    qapp.setKeyboardInputInterval(interval)
    dialog.close()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def types(qtbot: QtBot, *texts: str) -> None:
    """Type each where the focus is, and Enter."""
    for text in texts:
        focus = QApplication.focusWidget()
        assert focus is not None
        qtbot.keyClicks(focus, text)
        qtbot.keyClick(QApplication.focusWidget() or focus, Qt.Key.Key_Return)


def of_friday(desk: Desk) -> list[Session]:
    return desk.computers.of_day(FRIDAY)


def said(dialog: EnterSessions) -> str:
    return dialog.log.field("start")._error.text()


def test_line_after_line_by_keys_alone(
    desk: Desk, dialog: EnterSessions, pcs: list[Workstation], qtbot: QtBot
) -> None:
    assert field(dialog.log, "place").hasFocus()
    types(qtbot, "1", "9.15", "10.00", "F", "17", "3")
    types(qtbot, "w", "9.30", "25", "M", "26-45", "")
    types(qtbot, "", "10.00", "", "", "")
    press(qtbot, dialog, Qt.Key.Key_Return)
    first, device, unknown = of_friday(desk)
    assert (first.workstation_id, first.start, first.end) == (pcs[0].id, at(9, 15), at(10, 0))
    assert first.profile == Profile(sex=Sex.FEMALE, age_years=17)
    assert first.purpose == device.purpose == unknown.purpose == "job_search"
    assert (device.device, device.minutes) == (True, 25)
    assert device.profile == Profile(sex=Sex.MALE, age_band="26-45")
    assert (unknown.workstation_id, unknown.minutes, unknown.device) == (None, None, False)
    assert field(dialog.log, "place").hasFocus()
    assert dialog._known.text() == "3 sessions recorded"
    assert dialog.table.rows.rowCount() == 3


def test_shift_enter_ends_a_line(desk: Desk, dialog: EnterSessions, qtbot: QtBot) -> None:
    types(qtbot, "2", "9.15")
    qtbot.keyClicks(QApplication.focusWidget(), "40")
    press(qtbot, dialog, Qt.Key.Key_Return, "Shift")
    (session,) = of_friday(desk)
    assert (session.minutes, session.profile) == (40, Profile())
    press(qtbot, dialog, Qt.Key.Key_Return, "Control")
    assert "The start is empty" in said(dialog)
    assert of_friday(desk) == [session]


def test_the_number_says_which_it_is(dialog: EnterSessions, qtbot: QtBot) -> None:
    hint = dialog.log.field("place")._hint
    assert hint.text() == "W: own device"
    for text, words in (("3", "PC 3"), ("w", "Own device"), ("99", "W: own device")):
        fill(qtbot, dialog.log, place=text)
        assert hint.text() == words


@pytest.mark.parametrize(
    "typed, name, sentence",
    [
        ({"place": "9"}, "place", "There is no computer “9”"),
        ({"start": "26.00"}, "start", "is not a time of day"),
        ({"start": ""}, "start", "The start is empty"),
        ({"end": "8.15"}, "end", "08:15 is before the start at 09:15"),
        ({"age": "tua"}, "age", "“tua”"),
    ],
)
def test_what_is_refused_is_said_below_the_line(
    dialog: EnterSessions, qtbot: QtBot, typed: dict[str, str], name: str, sentence: str
) -> None:
    fill(qtbot, dialog.log, **{"place": "1", "start": "9.15", "end": "10.00", **typed})
    dialog.save.click()
    assert sentence in dialog.log.field(name).error()
    assert field(dialog.log, name).property("wrong")
    assert dialog.log.begun
    assert dialog.table.rows.rowCount() == 0
    fill(qtbot, dialog.log, **{name: "1"})
    assert dialog.log.field(name).error() == ""


def test_what_was_in_use_is_refused(desk: Desk, dialog: EnterSessions, qtbot: QtBot) -> None:
    types(qtbot, "1", "9.15", "10.00", "", "", "")
    types(qtbot, "1", "9.30", "10", "", "", "")
    assert "PC 1 was in use by another session from 09:15 to 10:00" in said(dialog)
    assert len(of_friday(desk)) == 1


def test_before_opening_it_is_asked(desk: Desk, dialog: EnterSessions, qtbot: QtBot) -> None:
    types(qtbot, "1", "7.30", "20", "", "", "")
    assert "before opening time (08:00)" in said(dialog)
    assert field(dialog.log, "start").hasFocus()
    press(qtbot, dialog, Qt.Key.Key_Tab)
    press(qtbot, dialog, Qt.Key.Key_Tab)
    assert field(dialog.log, "outside").hasFocus()
    press(qtbot, dialog, Qt.Key.Key_Space)
    press(qtbot, dialog, Qt.Key.Key_Return, "Shift")
    assert [each.start for each in of_friday(desk)] == [at(7, 30)]
    types(qtbot, "1", "7.50", "5", "", "", "")  # the next line is asked anew
    assert "before opening time" in said(dialog)


@pytest.mark.parametrize(
    "typed, sentence",
    [
        ("24-11-2026", "has not come yet"),
        ("01-01-1900", "before the year 1945"),
        ("31-02-2026", "is not a date"),
        ("", "The day is empty"),
    ],
)
def test_a_day_that_cannot_be_is_said_at_the_day(
    dialog: EnterSessions, qtbot: QtBot, typed: str, sentence: str
) -> None:
    dialog.day.box.setText(typed)
    fill(qtbot, dialog.log, place="1", start="9.00", end="10")
    dialog.save.click()
    assert sentence in dialog._day.error()
    assert dialog.day.box.hasFocus()
    dialog._go(TOTAL)
    dialog.total.fill(female=3)
    dialog.save.click()
    assert sentence in dialog._day.error()
    dialog.day.set_value(FRIDAY)
    assert dialog._day.error() == ""


def test_today_is_no_later_than_now(dialog: EnterSessions, qtbot: QtBot) -> None:
    dialog.day.set_value(MONDAY)
    fill(qtbot, dialog.log, place="1", start="9.50", end="")
    dialog.save.click()
    assert "09:50 has not come yet" in said(dialog)
    fill(qtbot, dialog.log, start="9.30", end="30")
    dialog.save.click()
    assert "10:00 has not come yet" in dialog.log.field("end").error()


def test_a_day_is_asked_first(dialog: EnterSessions, qtbot: QtBot) -> None:
    dialog.day.set_value(None)
    assert dialog._words.text() == "Which day is the sheet of?"
    dialog.begin()
    assert dialog.day.box.hasFocus()
    types(qtbot, "20-11-2026")
    assert field(dialog.log, "place").hasFocus()
    assert dialog._words.text() == "Friday, 20 November 2026"
    press(qtbot, dialog, Qt.Key.Key_H, "Control")
    assert dialog.day.box.hasFocus()


def test_a_total_where_nothing_else_was_kept(
    desk: Desk, dialog: EnterSessions, qtbot: QtBot
) -> None:
    press(qtbot, dialog, Qt.Key.Key_2, "Control")
    assert "have nothing else" in dialog._hint.text()
    types(qtbot, "4", "7", "")
    dialog.total.field("method").widget.chip("estimated").click()
    fill(qtbot, dialog.total, note="buku tamu")
    press(qtbot, dialog, Qt.Key.Key_Return)
    totals = of_friday(desk)
    assert {(each.profile.sex, each.count) for each in totals} == {(Sex.MALE, 4), (Sex.FEMALE, 7)}
    assert {(each.precision, each.method, each.note) for each in totals} == {
        (Precision.DAY, Method.ESTIMATED, "buku tamu")
    }
    assert dialog._known.text() == "a total of 11"
    fill(qtbot, dialog.total, female="8")
    press(qtbot, dialog, Qt.Key.Key_Return, "Control")
    assert sum(each.count for each in of_friday(desk)) == 12
    assert dialog.total.value("note") == "buku tamu"
    press(qtbot, dialog, Qt.Key.Key_Z, "Control")
    assert sum(each.count for each in of_friday(desk)) == 11


def test_own_devices_are_a_total_apart(desk: Desk, dialog: EnterSessions, qtbot: QtBot) -> None:
    dialog._go(TOTAL)
    types(qtbot, "4", "", "", "", "")
    dialog.total.place.chip("own").click()
    assert dialog.total.value("male") is None
    dialog.total.fill(unknown=9)
    dialog.save.click()
    assert {(each.device, each.count) for each in of_friday(desk)} == {(False, 4), (True, 9)}
    dialog.total.place.chip("here").click()
    assert dialog.total.value("male") == 4


def test_a_day_with_sessions_says_so(dialog: EnterSessions, qtbot: QtBot) -> None:
    types(qtbot, "1", "9.15", "10.00", "", "", "")
    dialog._go(TOTAL)
    assert "not recorded one by one" in dialog._hint.text()
    dialog.total.place.chip("own").click()
    dialog._show_hint()
    assert "have nothing else" in dialog._hint.text()


@pytest.mark.parametrize("count, said", [("", "from 1 to 999"), ("1000", "from 0 to 999")])
def test_a_total_of_nothing_is_refused(
    desk: Desk, dialog: EnterSessions, count: str, said: str
) -> None:
    dialog._go(TOTAL)
    field(dialog.total, "male").setText(count)
    dialog.save.click()
    assert said in dialog.total.field("male").error()
    assert of_friday(desk) == []


def test_lines_are_mended_and_removed(desk: Desk, dialog: EnterSessions, qtbot: QtBot) -> None:
    types(qtbot, "1", "9.15", "10.00", "", "", "")
    dialog.table.setFocus()
    dialog.table.selectRow(0)
    press(qtbot, dialog, Qt.Key.Key_Return)
    (editor,) = dialog.findChildren(SessionDialog)
    editor.form.fill(end="10.15")
    editor.save.click()
    assert of_friday(desk)[0].minutes == 60
    dialog.activateWindow()
    dialog.table.setFocus()
    qtbot.keyClick(dialog.table, Qt.Key.Key_Delete)
    assert of_friday(desk) == []
    with qtbot.waitSignal(dialog.changed):
        dialog._on_undo()
    assert len(of_friday(desk)) == 1
    while desk.can_undo()[0]:
        desk.undo()
    dialog._on_undo()
    assert any("nothing" in toast.accessibleName() for toast in dialog.findChildren(Toast))


def test_a_total_in_the_list_opens_the_totals(
    desk: Desk, dialog: EnterSessions, qtbot: QtBot
) -> None:
    desk.session_mending.enter_total(FRIDAY, {Sex.MALE: 3})
    dialog.begin()
    dialog.table.setFocus()
    dialog.table.selectRow(0)
    press(qtbot, dialog, Qt.Key.Key_Return)
    assert dialog.ways.value() == TOTAL
    assert field(dialog.total, "male").hasFocus()
    press(qtbot, dialog, Qt.Key.Key_1, "Control")
    assert dialog.ways.value() == LINES


def test_what_is_gone_already_is_said(desk: Desk, dialog: EnterSessions) -> None:
    session = desk.session_mending.enter(SessionDraft(start=at(9, 0), end=at(9, 10)))
    dialog.begin()
    desk.session_mending.remove(session.id)
    dialog._on_remove(session)
    assert any("not here" in toast.accessibleName() for toast in dialog.findChildren(Toast))


def test_what_is_half_typed_is_there_again(dialog: EnterSessions, qtbot: QtBot) -> None:
    types(qtbot, "1", "9.15")
    press(qtbot, dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    dialog.begin(total=True)
    assert dialog.ways.value() == TOTAL
    dialog._go(LINES)
    assert (dialog.log.value("place"), dialog.log.value("start")) == ("1", "9.15")
    assert dialog.log.begun


def test_one_that_is_no_longer_used_can_be_named(
    desk: Desk, dialog: EnterSessions, pcs: list[Workstation], qtbot: QtBot
) -> None:
    desk.workstations.set_condition(pcs[3].id, Condition.RETIRED)
    dialog.refresh()
    types(qtbot, "4", "9.15", "5", "", "", "")
    assert of_friday(desk)[0].workstation_id == pcs[3].id


def test_it_can_be_read(dialog: EnterSessions, qtbot: QtBot) -> None:
    types(qtbot, "1", "9.15", "10.00", "", "", "")
    QCoreApplication.processEvents()
    assert_accessible(dialog)
    assert not texts_fit(dialog)
    dialog._go(TOTAL)
    assert_accessible(dialog)
    assert not texts_fit(dialog)


def test_totals_that_a_file_has_of_each_computer_are_shown_as_one(
    desk: Desk, dialog: EnterSessions, tmp_path: Path
) -> None:
    rows = ("PC,Date,Count", "PC 1,2026-11-20,3", "PC 2,2026-11-20,4")
    bring(desk, written(tmp_path, *rows), What.SESSIONS)
    dialog.begin(FRIDAY, total=True)
    assert dialog.total.value("unknown") == 7
