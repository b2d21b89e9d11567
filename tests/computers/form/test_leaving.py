"""What becomes of those at the computers when the program is closed: asked by keys."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from perpudesk.computers.form.leaving import Leaving, LeavingBox
from tests.computers.form.typing import press
from tests.ui.accessibility import assert_accessible, texts_fit


@pytest.fixture
def box(window: QWidget, qtbot: QtBot) -> LeavingBox:
    made = LeavingBox(window, 3)
    made.open()
    qtbot.waitUntil(made.isActiveWindow)
    return made


def test_it_says_how_many_and_what_follows(box: LeavingBox) -> None:
    assert box.accessibleName() == "3 sessions are still going on at the computers."
    assert [each.accessibleName() for each in box.buttons] == [
        "Cancel",
        "Leave running",
        "End 3 sessions",
    ]
    assert_accessible(box)
    assert texts_fit(box) == []


@pytest.mark.parametrize(
    "key,answer",
    [
        (Qt.Key.Key_Return, Leaving.END),
        (Qt.Key.Key_L, Leaving.LEAVE),
        (Qt.Key.Key_Escape, Leaving.STAY),
    ],
)
def test_each_answer_has_its_key(
    box: LeavingBox, qtbot: QtBot, key: Qt.Key, answer: Leaving
) -> None:
    press(qtbot, box, key)
    qtbot.waitUntil(lambda: not box.isVisible())
    assert box.result() == answer
