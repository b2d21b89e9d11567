"""Numbers that are typed, and the way among the tiles."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt

from perpudesk.computers.page import ComputersPage
from perpudesk.desk import Desk
from tests.computers.page.conftest import open_ones, tile
from tests.visits.conftest import Person


@pytest.fixture
def twelve(desk: Desk, open_page: Callable[..., ComputersPage]) -> ComputersPage:
    desk.workstations.add_many(12)
    return open_page()


def test_two_digits_wait_for_enter(desk: Desk, twelve: ComputersPage, person: Person) -> None:
    person.types("1")
    assert not twelve.beginning.open
    assert twelve.view.hint.text() == "Number 1: press Enter."
    person.types("2")
    person.presses(Qt.Key.Key_Return)
    assert twelve.beginning.panel._title.text() == "Start: PC 12"
    person.types("e")
    assert person.focus is tile(twelve, 12)
    assert len(open_ones(desk)) == 1


def test_a_number_is_mended_and_forgotten(twelve: ComputersPage, person: Person) -> None:
    person.types("13")
    person.presses(Qt.Key.Key_Backspace)
    assert twelve.view.hint.text() == "Number 1: press Enter."
    person.presses(Qt.Key.Key_Escape)
    assert "press Enter" not in twelve.view.hint.text()
    person.types("99")
    person.presses(Qt.Key.Key_Return)
    assert person.toasts(twelve) == ["No computer has the number 99."]
    person.types("3")
    twelve._forget.timeout.emit()
    assert twelve._number.digits == ""
    person.presses(Qt.Key.Key_Backspace)


def test_arrows_go_among_the_tiles(twelve: ComputersPage, person: Person) -> None:
    tiles = twelve.view.board.tiles()
    columns = twelve.view.board._arrangement.columns  # type: ignore[union-attr]
    assert person.focus is tiles[0]
    for key, at in (
        (Qt.Key.Key_Right, 1),
        (Qt.Key.Key_Down, 1 + columns),
        (Qt.Key.Key_Up, 1),
        (Qt.Key.Key_Up, 1),
        (Qt.Key.Key_Left, 0),
        (Qt.Key.Key_Left, 11),
        (Qt.Key.Key_Home, 0),
        (Qt.Key.Key_End, 11),
    ):
        person.presses(key)
        assert person.focus is tiles[at]
