from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from perpudesk.ui.layout import column
from perpudesk.ui.ticks import TickGroup
from tests.ui.accessibility import assert_accessible
from tests.ui.windows import shown

OPTIONS = [(f"pc{n}", f"PC {n}") for n in range(1, 8)]


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    """Seven boxes, four in a line, between two fields."""
    window, group = QWidget(), TickGroup("Computers", OPTIONS)
    before, after = QLineEdit(), QLineEdit()
    for field, name in ((before, "before"), (after, "after")):
        field.setAccessibleName(name)
    window.setLayout(column(before, group, after))
    shown(qtbot, window, (4 * (group.tick("pc1").width() + 6) + 30, 300))
    before.setFocus()
    return window


@pytest.fixture
def group(window: QWidget) -> TickGroup:
    found = window.findChild(TickGroup)
    assert found is not None
    return found


def focused(group: TickGroup) -> str:
    widget = group.window().focusWidget()
    return widget.accessibleName() if widget else ""


def press(group: TickGroup, *keys: Qt.Key) -> None:
    for key in keys:
        widget = group.window().focusWidget()
        assert widget is not None
        QTest.keyClick(widget, key)


def test_tab_enters_once_and_goes_on(group: TickGroup) -> None:
    assert_accessible(group.window())
    press(group, Qt.Key.Key_Tab)
    assert focused(group) == "PC 1"
    press(group, Qt.Key.Key_Right, Qt.Key.Key_Tab)
    assert focused(group) == "after"
    press(group, Qt.Key.Key_Backtab)
    assert focused(group) == "PC 2", "where one was"


def test_arrows_go_through_the_lines_and_space_ticks(group: TickGroup, qtbot: QtBot) -> None:
    press(group, Qt.Key.Key_Tab, Qt.Key.Key_Left)
    assert focused(group) == "PC 7", "around"
    press(group, Qt.Key.Key_Up)
    assert focused(group) == "PC 3", "the one above"
    press(group, Qt.Key.Key_Down, Qt.Key.Key_Down)
    assert focused(group) == "PC 7", "below it is nothing"
    press(group, Qt.Key.Key_Home, Qt.Key.Key_Right)
    with qtbot.waitSignal(group.changed):
        press(group, Qt.Key.Key_Space)
    press(group, Qt.Key.Key_End, Qt.Key.Key_Space)
    assert group.value() == ("pc2", "pc7")


def test_what_the_program_ticks_is_told_once_and_in_order(group: TickGroup) -> None:
    told: list[tuple[str, ...]] = []
    group.changed.connect(lambda: told.append(group.value()))
    group.set_value(["pc3", "pc1", "gone"])
    group.set_value(["pc1", "pc3"])
    group.set_value(None)
    assert told == [("pc1", "pc3"), ()]


def test_a_closed_box_cannot_be_ticked_but_cleared(group: TickGroup) -> None:
    group.set_value(["pc2"])
    group.close_boxes({"pc1": "Email, 10.00", "pc2": "Email, 10.00"})
    assert not group.tick("pc1").isEnabled()
    assert group.tick("pc1").accessibleDescription() == "Email, 10.00"
    press(group, Qt.Key.Key_Tab)
    assert focused(group) == "PC 2", "the first that is open"
    press(group, Qt.Key.Key_Space)
    assert group.value() == ()
    assert not group.tick("pc2").isEnabled()
    group.close_boxes({})
    assert group.tick("pc2").isEnabled()


def test_all_that_are_open_are_ticked_together_and_cleared_again(group: TickGroup) -> None:
    group.close_boxes({"pc4": "taken"})
    press(group, Qt.Key.Key_Tab)
    QTest.keyClick(group.tick("pc1"), Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert group.value() == ("pc1", "pc2", "pc3", "pc5", "pc6", "pc7")
    group.tick_all()
    assert group.value() == ()


def test_other_options_keep_what_is_ticked(group: TickGroup) -> None:
    group.set_value(["pc1", "pc2"])
    group.set_options([("pc2", "PC 2"), ("pc9", "PC 9")])
    assert group.value() == ("pc2",)
    group.set_options([])
    assert group.value() == ()
