"""The empty board, the power cut, the day in numbers, the keys."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from perpudesk.computers.model import Workstation
from perpudesk.computers.page import ComputersPage
from perpudesk.computers.page.banners import Ended
from perpudesk.core.codes import Sex
from perpudesk.core.times import FixedClock
from perpudesk.desk import Desk
from perpudesk.patrons.model import Patron, Profile
from tests.computers.page.conftest import begun
from tests.visits.conftest import Person


def test_an_empty_board_teaches(
    desk: Desk, open_page: Callable[..., ComputersPage], person: Person
) -> None:
    page = open_page()
    assert page.view.empty.isVisible()
    assert person.focus is page.view.empty.count.box
    page.view.empty.count.box.setText("500")
    person.presses(Qt.Key.Key_Return)
    assert page.view.empty._error.text() == "Type a whole number from 1 to 60."
    page.view.empty.count.box.setText("6")
    person.presses(Qt.Key.Key_Return)
    assert len(desk.workstations.all()) == 6
    assert len(page.view.board.tiles()) == 6
    assert not page.view.empty.isVisible()
    assert person.focus is page.view.board.tiles()[0]
    person.presses(Qt.Key.Key_Z, "Control")
    assert page.view.empty.isVisible()


def test_a_power_cut_is_shown_until_it_was_looked_at(
    desk: Desk,
    pcs: list[Workstation],
    open_page: Callable[..., ComputersPage],
    person: Person,
    fixed_clock: FixedClock,
) -> None:
    begun(desk, pcs[0])
    begun(desk, pcs[1])
    desk.recovery.beat()
    fixed_clock.advance(minutes=18)
    desk.recovery.recover()
    page = open_page()
    banner = page.view.banners._banner
    assert banner is not None
    assert banner.accessibleName() == (
        "The power was off 09:41–09:59. 2 sessions were ended at 09:41 (an estimate)."
    )
    asked: list[object] = []
    page.check_asked.connect(asked.append)
    person.types("v")
    assert asked == [page.view.banners.shown]
    person.types("y")
    assert not page.view.banners.isVisible()
    assert desk.recovery.interrupted() == []
    person.types("vy")  # nothing is asked any more


def test_an_outage_of_another_day(
    desk: Desk,
    pcs: list[Workstation],
    open_page: Callable[..., ComputersPage],
    fixed_clock: FixedClock,
) -> None:
    begun(desk, pcs[0])
    desk.recovery.beat()
    fixed_clock.advance(days=1)
    desk.recovery.recover()
    page = open_page()
    banner = page.view.banners._banner
    assert banner is not None
    assert banner.accessibleName().startswith("23 Nov: The program stood still from 09:41 on.")


def test_the_day_in_numbers(
    desk: Desk, pcs: list[Workstation], page: ComputersPage, fixed_clock: FixedClock
) -> None:
    begun(desk, pcs[0], profile=Profile(sex=Sex.FEMALE))
    begun(desk, None)
    fixed_clock.advance(minutes=20)
    page._tick()
    said = [value.text() for value in page.view.today._values]
    assert said == ["1", "20", "4%", "100%", "1"]


def test_text_typed_as_fast_as_a_card(
    page: ComputersPage, person: Person, siti: Patron, qtbot: QtBot
) -> None:
    person.types("1")
    person.types("/siti", apart=10)
    qtbot.waitUntil(lambda: page.beginning.panel.seek.typed() == "siti")
    person.types("\r", apart=10)
    assert page.beginning.panel.person.isVisible()
    person.presses(Qt.Key.Key_Escape)
    person.presses(Qt.Key.Key_Escape)
    person.types("1234", apart=3)
    assert person.toasts(page)[0].startswith("The scanner sends no Enter")
    assert siti


def test_every_key_is_on_the_sheet(page: ComputersPage) -> None:
    keys = [use.keys for use in page.key_uses()]
    assert len(keys) == len(set(keys))
    assert {"+", "P", "M", "S", "U", "C", "B", "R", "W", "L", ".", "/", "*", "Alt+V"} <= set(keys)


def test_what_was_forgotten_is_said_until_somebody_has_looked(
    desk: Desk,
    pcs: list[Workstation],
    open_page: Callable[..., ComputersPage],
    person: Person,
    fixed_clock: FixedClock,
) -> None:
    first, second = begun(desk, pcs[0]), begun(desk, pcs[1])
    fixed_clock.advance(days=1)
    desk.recovery.sweep()
    page = open_page()
    banner = page.view.banners._banner
    assert banner is not None
    assert banner.accessibleName().startswith("2 sessions were not ended, the last on Monday")
    asked: list[Ended] = []
    page.check_asked.connect(asked.append)
    person.types("v")
    assert [each.id for each in asked[0].sessions] == [first.id, second.id]
    assert asked[0].outage is None
    person.types("y")
    assert not page.view.banners.isVisible()
    assert desk.recovery.forgotten() == ()
    assert desk.computers.get(first.id).end_estimated
