"""What a power cut or a forgotten evening ended, looked through by keys."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMainWindow
from pytestqt.qtbot import QtBot

from perpudesk.branch.model import Outage
from perpudesk.computers.form.checking import CheckSessions
from perpudesk.computers.model import Session, SessionDraft, Workstation
from perpudesk.computers.recovery import Recovered
from perpudesk.core.codes import EndReason
from perpudesk.core.errors import RuleError
from perpudesk.core.times import FixedClock
from perpudesk.desk import Desk
from perpudesk.ui.toasts import Toast
from tests.computers.form.typing import press
from tests.ui.accessibility import assert_accessible, texts_fit

Opened = Callable[..., CheckSessions]


def at(hour: int, minute: int, day: int = 23) -> datetime:
    """A moment in Jakarta."""
    return datetime(2026, 11, day, hour, minute, tzinfo=UTC) - timedelta(hours=7)


@pytest.fixture
def cut(desk: Desk, pcs: list[Workstation], fixed_clock: FixedClock) -> Recovered:
    """Three sessions from 08:30 on, cut off at 08:52; the power is back at 09:10."""
    fixed_clock.moment = at(8, 30)
    for place in pcs[:3]:
        desk.computers.start(SessionDraft(workstation_id=place.id))
    fixed_clock.moment = at(8, 52)
    desk.recovery.beat()
    fixed_clock.moment = at(9, 10)
    desk.recovery.recover()
    (found,) = desk.recovery.interrupted()
    return found


@pytest.fixture
def opened(desk: Desk, window: QMainWindow, qtbot: QtBot) -> Opened:
    def open_(sessions: Sequence[Session], outage: Outage | None = None) -> CheckSessions:
        dialog = CheckSessions(
            desk.computers,
            desk.session_mending,
            desk.branch,
            desk.workstations,
            sessions=sessions,
            outage=outage,
            undo=desk.undo,
            parent=window,
        )
        dialog.open()
        dialog.activateWindow()
        qtbot.waitUntil(dialog.isActiveWindow)
        return dialog

    return open_


@pytest.fixture
def dialog(opened: Opened, cut: Recovered) -> CheckSessions:
    return opened(cut.sessions, cut.outage)


def ends(desk: Desk, cut: Recovered) -> list[datetime | None]:
    return [desk.computers.get(each.id).end for each in cut.sessions]


def types(dialog: CheckSessions, qtbot: QtBot, text: str) -> None:
    line = next(each for each in dialog.rows if each.has_focus)
    qtbot.keyClicks(line._end, text)
    press(qtbot, dialog, Qt.Key.Key_Return)


def test_ends_are_typed_one_after_another(
    desk: Desk, dialog: CheckSessions, cut: Recovered, qtbot: QtBot
) -> None:
    assert dialog.windowTitle() == "The power was off 08:52–09:10"
    assert [line._minutes.text() for line in dialog.rows] == ["22 min"] * 3
    assert dialog.rows[0]._state.text() == "Interrupted"
    types(dialog, qtbot, "8.50")
    types(dialog, qtbot, "")  # as it is
    types(dialog, qtbot, "15")
    assert ends(desk, cut) == [at(8, 50), at(8, 52), at(8, 45)]
    assert [line._state.text() for line in dialog.rows] == [
        "corrected",
        "Interrupted",
        "corrected",
    ]
    assert dialog.right.hasFocus()
    with qtbot.waitSignal(dialog.checked):
        press(qtbot, dialog, Qt.Key.Key_Return)
    assert desk.recovery.interrupted() == []
    after = [desk.computers.get(each.id) for each in cut.sessions]
    assert [(each.end_reason, each.end_estimated) for each in after] == [
        (EndReason.DONE, False),
        (EndReason.INTERRUPTED, True),
        (EndReason.DONE, False),
    ]


def test_what_is_refused_is_said_below(
    desk: Desk, dialog: CheckSessions, cut: Recovered, qtbot: QtBot
) -> None:
    for text, said in (
        ("8.00", "08:00 is before the start at 08:30"),
        ("12.00", "12:00 has not come yet"),
        ("x", "is not a time of day"),
    ):
        types(dialog, qtbot, text)
        assert said in dialog.rows[0]._error.text()
        assert (dialog.rows[0]._end.text(), dialog.rows[0].has_focus) == (text, True)
    assert ends(desk, cut) == [at(8, 52)] * 3
    press(qtbot, dialog, Qt.Key.Key_Return, "Control")  # the rest is right, but this is not
    assert dialog.isVisible()
    assert len(desk.recovery.interrupted()) == 1
    types(dialog, qtbot, "8.40")
    assert dialog.rows[0]._error.isHidden()
    assert ends(desk, cut)[0] == at(8, 40)


def test_one_goes_on_and_is_taken_back(
    desk: Desk, dialog: CheckSessions, cut: Recovered, qtbot: QtBot
) -> None:
    press(qtbot, dialog, Qt.Key.Key_J, "Control")
    first = dialog.rows[0]
    assert (first.goes_on, first._state.text(), first._end.isEnabled()) == (True, "Going on", False)
    assert dialog.rows[1].has_focus
    press(qtbot, dialog, Qt.Key.Key_Up)
    assert dialog.rows[1].has_focus
    dialog._on_resume(0)  # it goes on already
    with qtbot.waitSignal(dialog.changed):
        press(qtbot, dialog, Qt.Key.Key_Z, "Control")
    assert ends(desk, cut) == [at(8, 52)] * 3
    assert (first.goes_on, first._end.text()) == (False, "08:52")
    qtbot.mouseClick(first._resume, Qt.MouseButton.LeftButton)
    assert first.goes_on


def test_one_whose_place_is_taken_cannot_go_on(
    desk: Desk, dialog: CheckSessions, pcs: list[Workstation], qtbot: QtBot
) -> None:
    desk.computers.start(SessionDraft(workstation_id=pcs[0].id))
    press(qtbot, dialog, Qt.Key.Key_J, "Control")
    assert "PC 1 is in use since 09:10" in dialog.rows[0]._error.text()
    dialog.right.setFocus()
    press(qtbot, dialog, Qt.Key.Key_J, "Control")  # of none of them
    assert not dialog.rows[1].goes_on


def test_escape_leaves_the_rest_for_later(
    desk: Desk, dialog: CheckSessions, cut: Recovered, qtbot: QtBot
) -> None:
    types(dialog, qtbot, "8.45")
    press(qtbot, dialog, Qt.Key.Key_Down)
    assert dialog.rows[2].has_focus
    press(qtbot, dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    (left,) = desk.recovery.interrupted()
    assert {each.id for each in left.sessions} == {each.id for each in cut.sessions[1:]}


def test_what_is_typed_is_stored_before_the_rest_is_right(
    desk: Desk, dialog: CheckSessions, cut: Recovered, qtbot: QtBot
) -> None:
    qtbot.keyClicks(dialog.rows[0]._end, "8.41")
    press(qtbot, dialog, Qt.Key.Key_Return, "Control")
    assert ends(desk, cut)[0] == at(8, 41)
    assert desk.recovery.interrupted() == []


def test_nothing_more_to_undo_is_said(desk: Desk, dialog: CheckSessions, qtbot: QtBot) -> None:
    while desk.can_undo()[0]:
        with suppress(RuleError):  # what was cut off begins no more
            desk.undo()
    press(qtbot, dialog, Qt.Key.Key_Z, "Control")
    (toast,) = dialog.findChildren(Toast)
    assert "nothing" in toast.accessibleName()


def test_a_session_that_is_undone_itself_is_said_to_be_gone(
    desk: Desk, opened: Opened, pcs: list[Workstation], qtbot: QtBot
) -> None:
    draft = SessionDraft(workstation_id=pcs[0].id, start=at(8, 0))
    dialog = opened([desk.session_mending.enter(draft)])
    press(qtbot, dialog, Qt.Key.Key_Z, "Control")
    (toast,) = dialog.findChildren(Toast)
    assert "That session is not here any more" in toast.accessibleName()


def test_forgotten_ones_of_other_days(
    desk: Desk, opened: Opened, pcs: list[Workstation], fixed_clock: FixedClock, qtbot: QtBot
) -> None:
    fixed_clock.moment = at(15, 50)
    desk.computers.start(SessionDraft(workstation_id=pcs[0].id, limit=60))
    fixed_clock.moment = at(22, 0)
    desk.computers.start(SessionDraft(device=True, limit=300))
    fixed_clock.moment = at(9, 0, 25)
    dialog = opened(sorted(desk.recovery.sweep(), key=lambda each: each.start or at(0, 0)))
    assert dialog.windowTitle() == "Sessions whose end is not sure"
    first, second = dialog.rows
    assert (first._place.text(), first._end.text()) == ("PC 1, from 23 Nov 15:50", "16:00")
    assert second._place.text() == "Own device, from 23 Nov 22:00"
    assert second._end.text() == "03:00"
    types(dialog, qtbot, "15.55")
    types(dialog, qtbot, "1.30")  # past midnight, as its end was
    assert desk.computers.get(second.session.id).minutes == 210
    assert desk.computers.get(first.session.id).minutes == 5
    dialog.right.click()
    assert not dialog.isVisible()


def test_it_can_be_read(dialog: CheckSessions) -> None:
    assert_accessible(dialog)
    assert not texts_fit(dialog)
