"""What is done with a tile by its keys, its menu and its buttons."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu

from perpudesk.computers.board import Tile, TileKind
from perpudesk.computers.booking import ReservationDraft, ReservationKind
from perpudesk.computers.model import Workstation, WorkstationDraft
from perpudesk.computers.page import ComputersPage
from perpudesk.computers.page.arrange import Room
from perpudesk.computers.page.deeds import Deed, deeds_of, main_of, menu_of
from perpudesk.core.codes import Condition, Sex
from perpudesk.core.times import FixedClock
from perpudesk.desk import Desk
from perpudesk.patrons.model import PatronDraft
from perpudesk.ui.menu import KeyMenu
from tests.computers.page.conftest import begun, kinds, open_ones, tile
from tests.visits.conftest import Person


def test_plus_again_and_again(
    desk: Desk, pcs: list[Workstation], page: ComputersPage, person: Person
) -> None:
    begun(desk, pcs[0])
    person.types("++")
    assert open_ones(desk)[0].limit == 60
    assert person.toasts(page) == ["PC 1: 15 min more, until 10:41."]


def test_pause_and_go_on(
    desk: Desk,
    pcs: list[Workstation],
    page: ComputersPage,
    person: Person,
    fixed_clock: FixedClock,
) -> None:
    begun(desk, pcs[0])
    person.types("p")
    assert kinds(page)[0] is TileKind.PAUSED
    fixed_clock.advance(minutes=10)
    person.types("p")
    assert kinds(page)[0] is TileKind.IN_USE
    assert open_ones(desk)[0].paused_ms == 600_000


def test_move_by_number_and_by_enter(
    desk: Desk, pcs: list[Workstation], page: ComputersPage, person: Person
) -> None:
    first, second = begun(desk, pcs[0]), begun(desk, pcs[1])
    person.types("m")
    assert [view.offered for view in page.view.board.tiles()] == [False, False, True, True]
    person.types("2")
    assert person.toasts(page)[0].startswith("That one cannot be chosen now.")
    person.types("3")
    assert desk.computers.get(first.id).workstation_id == pcs[2].id
    person.presses(Qt.Key.Key_Home)
    person.presses(Qt.Key.Key_Right)
    person.types("m")
    for key in (Qt.Key.Key_End, Qt.Key.Key_Return):
        person.presses(key)
    assert desk.computers.get(second.id).workstation_id == pcs[3].id


def test_swap_and_escape(
    desk: Desk,
    pcs: list[Workstation],
    page: ComputersPage,
    person: Person,
    fixed_clock: FixedClock,
) -> None:
    one, other = begun(desk, pcs[0]), begun(desk, pcs[1])
    person.types("s")
    person.presses(Qt.Key.Key_Escape)
    assert page.chooser.choice is None
    fixed_clock.advance(seconds=1)
    person.types("s2")
    assert desk.computers.get(one.id).workstation_id == pcs[1].id
    assert desk.computers.get(other.id).workstation_id == pcs[0].id
    assert person.toasts(page) == ["PC 1 and PC 2 changed places."]


def test_the_menu_does_what_its_keys_say(
    desk: Desk, pcs: list[Workstation], page: ComputersPage, person: Person
) -> None:
    begun(desk, pcs[0])
    person.types(".")
    menu = page.findChild(KeyMenu)
    assert menu is not None
    texts = [action.text() for action in menu.actions()]
    assert menu.accessibleName() == "PC 1 · In use"
    assert texts[:2] == ["End\tEnter", "+15 min\t+"]
    press(menu, "p")
    assert open_ones(desk)[0].paused_at is not None
    person.waits()
    person.presses(Qt.Key.Key_Space)
    menu = page.findChildren(KeyMenu)[-1]
    assert "Go on\tP" in [action.text() for action in menu.actions()]
    menu.close()


def test_the_purpose_is_said_meanwhile(
    desk: Desk, pcs: list[Workstation], page: ComputersPage, person: Person
) -> None:
    begun(desk, pcs[0])
    person.types("u")
    menu = page.findChild(QMenu)
    assert menu is not None
    press(menu, "3")
    assert open_ones(desk)[0].purpose == "job_search"
    face = tile(page, 1).face
    assert face is not None
    assert face.note == "Looking for work"


def press(menu: QMenu, char: str) -> None:
    QTest.keyClicks(menu, char)


def test_what_others_do_is_asked_of_them(
    desk: Desk, pcs: list[Workstation], page: ComputersPage, person: Person
) -> None:
    session = begun(desk, pcs[0])
    asked: list[object] = []
    page.correct_asked.connect(asked.append)
    page.reserve_asked.connect(asked.append)
    page.sessions_asked.connect(lambda: asked.append("sessions"))
    person.types("c")
    person.presses(Qt.Key.Key_Right)
    person.types("crl")
    assert asked == [session, "sessions", pcs[1], "sessions"]


def test_a_broken_one_is_noted(
    desk: Desk,
    pcs: list[Workstation],
    page: ComputersPage,
    person: Person,
    fixed_clock: FixedClock,
) -> None:
    person.types("b")
    panel = page.clerk.broken
    assert panel._title.text() == "PC 1 is broken"
    assert person.focus is panel.what
    person.types("x" * 3)
    person.presses(Qt.Key.Key_Escape)
    assert not panel.isVisible()
    fixed_clock.advance(seconds=1)
    person.presses(Qt.Key.Key_Right)
    person.types("b")
    assert panel.what.text() == ""
    person.clicks(panel.how.chip("major_damage"))
    person.types("q")  # no letter of a field, and nobody is tapped
    panel.what.setText("\x00")
    panel.note.click()
    assert panel._error.isVisible()
    panel.what.setText("Does not start")
    panel.rest()
    person.presses(Qt.Key.Key_Return)
    assert person.toasts(page) == ["PC 2: badly damaged."]
    found = desk.workstations.get(pcs[1].id)
    assert (found.state.condition, found.state.note) == (Condition.MAJOR_DAMAGE, "Does not start")
    assert kinds(page)[1] is TileKind.BROKEN
    person.presses(Qt.Key.Key_Z, "Control")
    assert kinds(page)[1] is TileKind.FREE


def test_what_is_reserved_begins_when_asked_twice(
    desk: Desk,
    pcs: list[Workstation],
    page: ComputersPage,
    person: Person,
    fixed_clock: FixedClock,
) -> None:
    siti = desk.patrons.add(PatronDraft(name="Siti Aminah", sex=Sex.FEMALE))
    desk.reservations.reserve(
        ReservationDraft(
            kind=ReservationKind.PERSON,
            patron_id=siti.id,
            start=fixed_clock.now() + timedelta(seconds=1),
            end=fixed_clock.now() + timedelta(hours=1),
            workstation_ids=(pcs[0].id,),
        )
    )
    fixed_clock.advance(minutes=1)
    page._tick()
    assert kinds(page)[0] is TileKind.RESERVED
    person.types("1")
    panel = page.beginning.panel
    assert panel._note.text() == "Reserved at 09:41"
    person.types("e")
    assert panel._error.text().startswith("PC 1 is reserved for Siti Aminah until")
    fixed_clock.advance(seconds=1)
    person.types("e")
    assert len(open_ones(desk)) == 1


def test_deeds_of_nobody_are_said(page: ComputersPage, person: Person) -> None:
    person.types("+")
    assert person.toasts(page) == ["PC 1 is not in use."]
    person.types("zq")  # keys that mean nothing do nothing


def test_broken_ones_are_repaired_by_their_number(
    desk: Desk, pcs: list[Workstation], page: ComputersPage, person: Person
) -> None:
    desk.workstations.set_condition(pcs[2].id, Condition.MINOR_DAMAGE, note="Keyboard")
    face = tile(page, 3).face
    assert face is not None
    assert (face.kind, face.who, face.state) == (
        TileKind.BROKEN,
        "Keyboard",
        "Slightly damaged",
    )
    person.types("3")
    assert desk.workstations.get(pcs[2].id).usable
    person.presses(Qt.Key.Key_Z, "Control")
    assert not desk.workstations.get(pcs[2].id).usable


def test_a_class_and_the_staff_refuse(
    desk: Desk,
    pcs: list[Workstation],
    page: ComputersPage,
    person: Person,
    fixed_clock: FixedClock,
) -> None:
    now = fixed_clock.now()
    desk.reservations.reserve(
        ReservationDraft(
            kind=ReservationKind.CLASS,
            title="Email",
            start=now + timedelta(minutes=1),
            end=now + timedelta(hours=1),
            workstation_ids=(pcs[1].id,),
        )
    )
    desk.workstations.change(pcs[3].id, WorkstationDraft(label="Server", number=4, is_public=False))
    assert tile(page, 2).face.note == "Class at 09:42"  # type: ignore[union-attr]
    fixed_clock.advance(minutes=2)
    page._tick()
    assert kinds(page) == [TileKind.FREE, TileKind.CLASS, TileKind.FREE]
    asked: list[object] = []
    page.reservation_asked.connect(asked.append)
    person.types("2")
    assert person.toasts(page)[0].startswith("PC 2 is kept for “Email”")
    person.types("4")
    assert "4" in person.toasts(page)[0]
    tile(page, 2).ask(Deed.LOOK)
    assert len(asked) == 1


def test_somebody_takes_it_first(
    desk: Desk, pcs: list[Workstation], page: ComputersPage, person: Person
) -> None:
    person.types("1")
    page.blockSignals(True)
    begun(desk, pcs[0])
    person.types("e")
    assert page.beginning.open
    assert page.beginning.panel._error.text().startswith("PC 1 is in use since 09:41.")
    page.blockSignals(False)


def test_the_buttons_of_a_tile(
    desk: Desk, page: ComputersPage, person: Person, fixed_clock: FixedClock
) -> None:
    assert page.view.board.room is Room.WIDE
    view = tile(page, 2)
    person.clicks(view._buttons[Deed.START])
    assert page.beginning.open
    person.clicks(page.beginning.panel.grid.cell(Sex.FEMALE, "12-16"))
    assert len(open_ones(desk)) == 1
    person.clicks(view._buttons[Deed.EXTEND])
    assert open_ones(desk)[0].limit == 45
    person.clicks(view)
    assert person.focus is view
    fixed_clock.advance(seconds=5)
    person.clicks(view._buttons[Deed.END])
    assert open_ones(desk) == []
    assert view._buttons[Deed.START].isVisible()
    assert not view._buttons[Deed.END].isVisible()


def test_a_click_opens_the_menu_of_a_small_tile(
    desk: Desk, open_page: Callable[..., ComputersPage], person: Person
) -> None:
    desk.workstations.add_many(30)
    page = open_page()
    view = tile(page, 7)
    assert page.view.board.room is not Room.WIDE
    person.clicks(view)
    (menu,) = page.findChildren(KeyMenu)
    assert menu.accessibleName() == "PC 7 · Free"
    QTest.keyClick(menu, Qt.Key.Key_Escape)
    view.ask(Deed.MENU)
    menu = page.findChildren(KeyMenu)[-1]
    QTest.keyClick(menu, Qt.Key.Key_Return)
    assert page.beginning.open


def test_what_is_refused_is_said(
    desk: Desk, pcs: list[Workstation], page: ComputersPage, person: Person
) -> None:
    session = begun(desk, pcs[0], limit=720)
    person.types("+")
    assert person.toasts(page)[0].startswith("A limit is a whole number of minutes")
    assert desk.computers.get(session.id).limit == 720


def test_an_empty_space_bar_and_keys_that_repeat(page: ComputersPage, person: Person) -> None:
    for key in (Qt.Key.Key_F8, Qt.Key.Key_Backspace):
        person.presses(key)
    assert page.view.panel is None


def test_every_kind_has_its_deeds(pcs: list[Workstation]) -> None:
    for kind in TileKind:
        shown = Tile(kind=kind, workstation=pcs[0])
        assert set(deeds_of(shown)) <= {*menu_of(shown), Deed.MENU}
        assert main_of(shown)
        assert all(deed.words for deed in menu_of(shown))
    device = Tile(kind=TileKind.IN_USE, workstation=None)
    assert Deed.MOVE not in menu_of(device)
