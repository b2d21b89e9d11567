"""Opening hours by weekday."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from perpudesk.branch.form.hours import HoursEditor, _tidy
from perpudesk.branch.model import USUAL_WEEK, Hours, Week
from perpudesk.core.errors import StorageError
from perpudesk.db.connection import STORE_FULL
from perpudesk.ui.buttons import Button
from tests.branch.typing import fill, shown
from tests.ui.accessibility import assert_accessible, texts_fit

pytestmark = pytest.mark.usefixtures("look")
LONG = Hours(opens=450, closes=960)


@pytest.fixture
def kept() -> list[Week]:
    return []


@pytest.fixture
def editor(qtbot: QtBot, kept: list[Week]) -> HoursEditor:
    editor = HoursEditor(kept.append)
    editor.show_week(USUAL_WEEK)
    shown(qtbot, editor)
    return editor


@pytest.mark.parametrize(
    "typed, stored",
    [("8", "08:00"), ("8.30", "08:30"), ("0830", "08:30"), ("830", "08:30"), ("x", "x"), ("", "")],
)
def test_times_are_typed_as_people_do(typed: str, stored: str) -> None:
    assert _tidy(typed) == stored


def test_a_week_is_shown_and_not_stored_again(editor: HoursEditor, kept: list[Week]) -> None:
    monday, sunday = editor._days[0], editor._days[6]
    assert (monday.opens.text(), monday.closes.text()) == ("08:00", "15:00")
    assert monday.open.value()
    assert not sunday.open.value()
    assert sunday.closed.isVisible()
    assert editor.keep()
    editor.show_week(USUAL_WEEK)
    assert kept == []


def test_a_time_is_stored_when_it_is_left(
    editor: HoursEditor, kept: list[Week], qtbot: QtBot
) -> None:
    fill(qtbot, editor._days[0].opens, "730")
    fill(qtbot, editor._days[0].closes, "16", leave=Qt.Key.Key_Return)
    assert kept[-1] == (LONG, *USUAL_WEEK[1:])
    assert editor._mark.text() == "✓ saved"


def test_a_week_that_the_disk_refused_is_stored_when_it_is_tried_again(qtbot: QtBot) -> None:
    kept: list[Week] = []

    def keep(week: Week) -> None:
        if not kept:
            kept.append(())
            raise StorageError(STORE_FULL)
        kept.append(week)

    editor = HoursEditor(keep, live=False)
    editor.show_week(USUAL_WEEK)
    qtbot.addWidget(editor)
    editor._days[5].open.click()
    with pytest.raises(StorageError):
        editor.keep()
    assert editor.keep()
    assert kept[-1][5] == USUAL_WEEK[0]


def test_a_day_is_opened_and_closed(editor: HoursEditor, kept: list[Week], qtbot: QtBot) -> None:
    qtbot.mouseClick(editor._days[5].open, Qt.MouseButton.LeftButton)
    assert kept[-1][5] == USUAL_WEEK[0]
    qtbot.mouseClick(editor._days[0].open, Qt.MouseButton.LeftButton)
    assert kept[-1][0] is None
    qtbot.mouseClick(editor._days[0].open, Qt.MouseButton.LeftButton)
    assert kept[-1][0] == USUAL_WEEK[0]


@pytest.mark.parametrize("typed", ["pagi", "25", "16.00", ""])
def test_what_is_no_time_stays_with_its_sentence(
    editor: HoursEditor, kept: list[Week], qtbot: QtBot, typed: str
) -> None:
    monday = editor._days[0]
    fill(qtbot, monday.opens, typed)
    assert monday.error.isVisible()
    assert monday.error.text()
    assert monday.opens.text() == typed
    assert kept == []
    editor._on_same()
    assert kept == []
    fill(qtbot, monday.opens, "7.30")
    assert not monday.error.isVisible()
    assert kept[-1][0] == Hours(opens=450, closes=900)


def test_tab_goes_from_the_day_to_its_times(editor: HoursEditor, qtbot: QtBot) -> None:
    monday, tuesday = editor._days[:2]
    monday.open.setFocus()
    for box in (monday.opens, monday.closes, tuesday.open, tuesday.opens):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        assert QApplication.focusWidget() is box


@pytest.mark.parametrize("live", [True, False])
def test_a_wrong_order_is_said_as_soon_as_the_time_is_left(
    qtbot: QtBot, kept: list[Week], live: bool
) -> None:
    editor = HoursEditor(kept.append, live=live)
    editor.show_week(USUAL_WEEK)
    shown(qtbot, editor)
    monday = editor._days[0]
    fill(qtbot, monday.closes, "7")
    assert monday.error.text() == "It must close after it opens, such as at 08.00 and at 15.00."
    assert monday.closes.property("wrong")
    assert not monday.opens.property("wrong")
    assert not editor._days[1].error.text()
    assert not editor.keep()
    assert monday.closes.hasFocus()
    assert kept == []


@pytest.mark.parametrize("wide", [380, 1100])
def test_nothing_is_cut_at_the_right(editor: HoursEditor, qtbot: QtBot, wide: int) -> None:
    editor.resize(wide, 640)
    qtbot.waitUntil(lambda: editor.width() == wide)
    for button in editor.findChildren(Button):
        corner = button.mapTo(editor, button.rect().bottomRight())
        assert editor.rect().contains(corner), button.label()


def test_both_times_empty_are_no_hours(editor: HoursEditor, qtbot: QtBot) -> None:
    monday = editor._days[0]
    monday.opens.clear()
    fill(qtbot, monday.closes, "")
    assert monday.error.text()
    assert not editor.keep()


def test_monday_serves_for_the_other_days(
    editor: HoursEditor, kept: list[Week], qtbot: QtBot
) -> None:
    fill(qtbot, editor._days[0].opens, "7.30")
    fill(qtbot, editor._days[0].closes, "16")
    editor._on_same()
    assert kept[-1] == (*(LONG,) * 5, None, None)
    qtbot.mouseClick(editor.usual, Qt.MouseButton.LeftButton)
    assert kept[-1] == USUAL_WEEK


def test_a_branch_that_has_not_said_yet(qtbot: QtBot, kept: list[Week]) -> None:
    editor = HoursEditor(kept.append)
    editor.show_week(None)
    shown(qtbot, editor)
    assert editor.keep()
    editor.hide()
    assert kept == []


def test_what_is_offered_is_stored_only_when_it_is_taken(qtbot: QtBot, kept: list[Week]) -> None:
    editor = HoursEditor(kept.append, live=False)
    editor.offer_week(USUAL_WEEK)
    shown(qtbot, editor)
    qtbot.mouseClick(editor._days[5].open, Qt.MouseButton.LeftButton)
    editor.hide()
    assert kept == []
    assert editor.keep()
    assert kept == [(*USUAL_WEEK[:5], USUAL_WEEK[0], None)]


def test_everything_has_a_name_and_room(editor: HoursEditor) -> None:
    assert_accessible(editor)
    assert texts_fit(editor) == []
