"""A session that is mended by keys, and what is refused beside its field."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMainWindow
from pytestqt.qtbot import QtBot

from perpudesk.computers.form.dialog import SessionDialog
from perpudesk.computers.form.session import SessionEditor
from perpudesk.computers.model import Session, SessionDraft, Workstation
from perpudesk.core.codes import Condition, EndReason, Sex, VisitorType
from perpudesk.core.times import FixedClock
from perpudesk.desk import Desk
from perpudesk.patrons.model import PatronDraft, Profile
from perpudesk.ui.text import Text
from tests.computers.form.typing import field, fill, press
from tests.ui.accessibility import assert_accessible, texts_fit

NOW = datetime(2026, 11, 23, 2, 41, 7, 123_000, tzinfo=UTC)
GIRL = Profile(sex=Sex.FEMALE, age_band="12-16")


def at(hour: int, minute: int, day: int = 23) -> datetime:
    """A moment in Jakarta."""
    return datetime(2026, 11, day, hour, minute, tzinfo=UTC) - timedelta(hours=7)


@pytest.fixture
def editor(desk: Desk, window: QMainWindow) -> SessionEditor:
    return SessionEditor(
        window, desk.session_mending, desk.session_records, desk.branch, desk.workstations
    )


def entered(desk: Desk, place: Workstation | None, start: datetime, end: datetime) -> Session:
    draft = SessionDraft(
        workstation_id=place.id if place else None, profile=GIRL, start=start, end=end
    )
    return desk.session_mending.enter(draft, outside_hours=True)


@pytest.fixture
def session(desk: Desk, pcs: list[Workstation]) -> Session:
    """PC 1, 08:15 to 08:45."""
    return entered(desk, pcs[0], at(8, 15), at(8, 45))


def edited(editor: SessionEditor, session: Session, qtbot: QtBot) -> SessionDialog:
    dialog = editor.edit(session)
    assert dialog is not None
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    return dialog


def words(dialog: SessionDialog) -> str:
    return "\n".join(each.text() for each in dialog.findChildren(Text) if each.isVisible())


def test_the_end_is_typed_and_enter_stores_it(
    desk: Desk, editor: SessionEditor, session: Session, qtbot: QtBot
) -> None:
    dialog = edited(editor, session, qtbot)
    assert field(dialog.form, "end").hasFocus()
    assert "30 minutes" in words(dialog)
    qtbot.keyClicks(field(dialog.form, "end"), "9.05")
    assert "50 minutes" in words(dialog)
    with qtbot.waitSignal(editor.stored):
        press(qtbot, dialog, Qt.Key.Key_Return)
    after = desk.computers.get(session.id)
    assert (after.end, after.minutes, after.end_reason) == (at(9, 5), 50, EndReason.DONE)


def test_minutes_do_as_well(
    desk: Desk, editor: SessionEditor, session: Session, qtbot: QtBot
) -> None:
    dialog = edited(editor, session, qtbot)
    fill(qtbot, dialog.form, end="20")
    assert "until 08:35" in words(dialog)
    press(qtbot, dialog, Qt.Key.Key_Return)
    assert desk.computers.get(session.id).end == at(8, 35)


def test_an_empty_end_leaves_the_minutes_unknown(
    desk: Desk, editor: SessionEditor, session: Session, qtbot: QtBot
) -> None:
    dialog = edited(editor, session, qtbot)
    fill(qtbot, dialog.form, end="")
    assert "Empty: nobody knows when" in words(dialog)
    dialog.save.click()
    after = desk.computers.get(session.id)
    assert (after.minutes, after.end_reason) == (None, EndReason.FORGOTTEN)
    dialog = edited(editor, after, qtbot)
    assert dialog.form.value("end") == ""
    assert "its minutes are not counted" in words(dialog)


def test_every_field_is_mended(
    desk: Desk, editor: SessionEditor, session: Session, pcs: list[Workstation], qtbot: QtBot
) -> None:
    dialog = edited(editor, session, qtbot)
    dialog.form.fill(
        on=date(2026, 11, 20),
        workstation_id=pcs[2].id,
        type="member",
        sex="male",
        age_years=30,
        occupation="farmer",
        education="sma",
        purpose="job_search",
        assisted=True,
        note="salah orang",
    )
    assert dialog.form.value("age_band") == "26-45"
    dialog.save.click()
    after = desk.computers.get(session.id)
    assert (after.local_date, after.start, after.workstation_id) == (
        date(2026, 11, 20),
        at(8, 15, 20),
        pcs[2].id,
    )
    assert after.profile == Profile(
        sex=Sex.MALE, age_years=30, occupation="farmer", education="sma"
    )
    assert (after.type, after.purpose, after.assisted, after.note) == (
        VisitorType.MEMBER,
        "job_search",
        True,
        "salah orang",
    )


def test_one_left_alone_is_left_alone(
    desk: Desk, editor: SessionEditor, pcs: list[Workstation], fixed_clock: FixedClock, qtbot: QtBot
) -> None:
    begun = desk.computers.start(SessionDraft(workstation_id=pcs[0].id))
    fixed_clock.advance(minutes=12, seconds=20)
    ended = desk.computers.end(begun.id)
    edited(editor, ended, qtbot).save.click()
    assert desk.computers.get(begun.id) == ended


@pytest.mark.parametrize(
    "typed, said",
    [
        ({"start": "10.00"}, "start: 10:00 has not come yet"),
        ({"start": ""}, "start: The start is empty"),
        ({"start": "jam 8"}, "start: is not a time of day"),
        ({"end": "8.00"}, "end: 08:00 is before the start at 08:15"),
        ({"end": "23.00"}, "end: 23:00 has not come yet"),
        ({"end": "x"}, "end: is not a time of day"),
        ({"on": "24-11-2026"}, "start: 24 November 2026 has not come yet"),
        ({"on": "31-02-2026"}, "on: is not a date"),
        ({"on": ""}, "on: The day is empty"),
        ({"age_years": "131"}, "age_years: from 0 to 130"),
        ({"note": "x" * 501}, "note: longer than 500"),
    ],
)
def test_what_is_refused_is_said_at_its_field(
    editor: SessionEditor, session: Session, qtbot: QtBot, typed: dict[str, str], said: str
) -> None:
    dialog = edited(editor, session, qtbot)
    for key, text in typed.items():
        field(dialog.form, key).setText(text)
    dialog.save.click()
    name, sentence = said.split(": ", 1)
    assert sentence in dialog.form.field(name).error()
    assert [field(dialog.form, key).text() for key in typed] == list(typed.values())
    assert dialog.isVisible()
    assert editor._records.history(session.id)[1:] == []


def test_a_time_that_is_taken_is_refused(
    desk: Desk, editor: SessionEditor, session: Session, pcs: list[Workstation], qtbot: QtBot
) -> None:
    entered(desk, pcs[0], at(9, 0), at(9, 30))
    dialog = edited(editor, session, qtbot)
    fill(qtbot, dialog.form, end="9.10")
    press(qtbot, dialog, Qt.Key.Key_Return)
    assert "PC 1 was in use by another session from 09:00 to 09:30" in (
        dialog.form.field("start").error()
    )


def test_before_opening_time_somebody_says_that_it_is_right(
    desk: Desk, editor: SessionEditor, session: Session, qtbot: QtBot
) -> None:
    dialog = edited(editor, session, qtbot)
    assert not dialog.form.field("outside").isVisible()
    fill(qtbot, dialog.form, start="7.30")
    press(qtbot, dialog, Qt.Key.Key_Return)
    assert "before opening time (08:00)" in dialog.form.field("start").error()
    assert dialog.form.field("outside").isVisible()
    fill(qtbot, dialog.form, start="7.45")  # another time is another question
    assert not dialog.form.field("outside").isVisible()
    press(qtbot, dialog, Qt.Key.Key_Return)
    field(dialog.form, "outside").setFocus()
    press(qtbot, dialog, Qt.Key.Key_Space)
    press(qtbot, dialog, Qt.Key.Key_Return)
    assert desk.computers.get(session.id).start == at(7, 45)


def test_past_midnight_is_a_box_to_tick(
    desk: Desk, editor: SessionEditor, pcs: list[Workstation], qtbot: QtBot
) -> None:
    session = entered(desk, pcs[0], at(20, 0, 22), at(21, 0, 22))
    dialog = edited(editor, session, qtbot)
    fill(qtbot, dialog.form, end="0.30")
    assert dialog.form.field("next_day").isVisible()
    press(qtbot, dialog, Qt.Key.Key_Return)
    assert "is before the start" in dialog.form.field("end").error()
    field(dialog.form, "next_day").setFocus()
    press(qtbot, dialog, Qt.Key.Key_Space)
    assert "270 minutes" in words(dialog)
    press(qtbot, dialog, Qt.Key.Key_Return)
    after = desk.computers.get(session.id)
    assert (after.local_date, after.minutes) == (date(2026, 11, 22), 270)
    again = edited(editor, after, qtbot)
    assert (again.form.value("end"), again.form.value("next_day")) == ("00:30", True)
    fill(qtbot, again.form, end="20.30")
    assert not again.form.field("next_day").isVisible()
    press(qtbot, again, Qt.Key.Key_Return)
    assert desk.computers.get(session.id).minutes == 30


def test_what_escape_leaves_is_there_again(
    editor: SessionEditor, session: Session, qtbot: QtBot
) -> None:
    dialog = edited(editor, session, qtbot)
    fill(qtbot, dialog.form, note="nanti")
    press(qtbot, dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    assert edited(editor, session, qtbot) is dialog
    assert dialog.form.value("note") == "nanti"


def test_one_that_goes_on_has_no_end_yet(
    desk: Desk, editor: SessionEditor, pcs: list[Workstation], qtbot: QtBot
) -> None:
    begun = desk.computers.start(SessionDraft(workstation_id=pcs[0].id))
    dialog = edited(editor, begun, qtbot)
    assert "Empty: it goes on" in words(dialog)
    fill(qtbot, dialog.form, start="9.30")
    press(qtbot, dialog, Qt.Key.Key_Return)
    after = desk.computers.get(begun.id)
    assert (after.start, after.is_open) == (at(9, 30), True)


def test_it_goes_on_again(
    desk: Desk, editor: SessionEditor, session: Session, qtbot: QtBot
) -> None:
    dialog = edited(editor, session, qtbot)
    with qtbot.waitSignal(editor.resumed):
        press(qtbot, dialog, Qt.Key.Key_J, "Control")
    assert desk.computers.get(session.id).is_open
    desk.undo()
    assert desk.computers.get(session.id) == session


def test_one_of_an_earlier_day_cannot_go_on(
    desk: Desk, editor: SessionEditor, pcs: list[Workstation], qtbot: QtBot
) -> None:
    old = entered(desk, pcs[0], at(9, 0, 20), at(9, 30, 20))
    dialog = edited(editor, old, qtbot)
    press(qtbot, dialog, Qt.Key.Key_J, "Control")
    assert not desk.computers.get(old.id).is_open
    assert dialog.isVisible()


def test_a_place_that_is_taken_is_said_above_the_fields(
    desk: Desk, editor: SessionEditor, session: Session, pcs: list[Workstation], qtbot: QtBot
) -> None:
    desk.computers.start(SessionDraft(workstation_id=pcs[0].id))
    dialog = edited(editor, session, qtbot)
    press(qtbot, dialog, Qt.Key.Key_J, "Control")
    assert "PC 1 is in use since 09:41" in words(dialog)


def test_it_is_removed_and_comes_back(
    desk: Desk, editor: SessionEditor, session: Session, qtbot: QtBot
) -> None:
    dialog = edited(editor, session, qtbot)
    with qtbot.waitSignal(editor.removed):
        press(qtbot, dialog, Qt.Key.Key_Delete, "Control")
    assert desk.computers.of_day(date(2026, 11, 23)) == []
    desk.undo()
    assert desk.computers.of_day(date(2026, 11, 23)) == [session]


def test_its_way_and_history_are_told(
    desk: Desk, editor: SessionEditor, pcs: list[Workstation], fixed_clock: FixedClock, qtbot: QtBot
) -> None:
    siti = desk.patrons.add(PatronDraft(name="Siti Aminah", sex=Sex.FEMALE, birth_year=1990))
    begun = desk.computers.start(
        SessionDraft(workstation_id=pcs[0].id, patron_id=siti.id, profile=siti.profile(NOW.date()))
    )
    desk.computers.pause(begun.id)
    fixed_clock.advance(minutes=3)
    desk.computers.resume(begun.id)
    desk.computers.extend(begun.id)
    desk.computers.set_purpose(begun.id, "health")
    desk.computers.move(begun.id, pcs[1].id)
    desk.workstations.set_condition(pcs[0].id, Condition.RETIRED)
    fixed_clock.advance(minutes=5)
    desk.recovery.beat()
    fixed_clock.advance(minutes=5)
    desk.recovery.recover()
    told = words(edited(editor, desk.computers.get(begun.id), qtbot))
    assert "Siti Aminah" in told
    assert "Moved: PC 1 until 09:44, then PC 2." in told
    assert "Paused for 3 minutes, which do not count." in told
    assert "The power went at 09:49: the end is an estimate." in told
    assert "End: – → 09:49" in told
    assert "How it ended: – → Interrupted" in told
    assert "The end is an estimate: no → yes" in told
    assert "Computer: PC 1 → PC 2" in told
    assert "Before that at: – → PC 1 until 09:44" in told
    assert "Paused in all: 0 min → 3 min" in told
    assert "Limit in minutes: 30 → 45" in told
    assert "Purpose: Not recorded → Health" in told


def test_an_own_device_has_no_place(desk: Desk, editor: SessionEditor, qtbot: QtBot) -> None:
    begun = desk.computers.start(SessionDraft(device=True))
    desk.computers.pause(begun.id)
    dialog = edited(editor, desk.computers.get(begun.id), qtbot)
    assert not dialog.form.field("workstation_id").isVisible()
    assert "Paused since 09:41." in words(dialog)
    fill(qtbot, dialog.form, note="HP")
    press(qtbot, dialog, Qt.Key.Key_Return)
    assert desk.computers.get(begun.id).device


def test_a_total_is_entered_again_instead(desk: Desk, editor: SessionEditor, qtbot: QtBot) -> None:
    (total,) = desk.session_mending.enter_total(date(2026, 11, 20), {Sex.MALE: 4})
    with qtbot.waitSignal(editor.total_asked) as asked:
        assert editor.edit(total) is None
    assert asked.args == [date(2026, 11, 20)]


def test_it_can_be_read(editor: SessionEditor, session: Session, qtbot: QtBot) -> None:
    dialog = edited(editor, session, qtbot)
    assert_accessible(dialog)
    assert not texts_fit(dialog)
