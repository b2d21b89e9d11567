"""How a session begins: a number and a tap, a name, a card."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from perpudesk.computers.board import TileKind
from perpudesk.computers.model import Workstation
from perpudesk.computers.page import ComputersPage
from perpudesk.core.codes import Sex
from perpudesk.core.errors import FileError
from perpudesk.core.settings import NOT_KEPT, read_settings
from perpudesk.core.times import FixedClock
from perpudesk.desk import Desk
from perpudesk.patrons.form import PatronDialog
from perpudesk.patrons.model import Patron, Profile
from tests.computers.page.conftest import begun, kinds, open_ones, tile
from tests.visits.conftest import Person


def test_a_number_and_a_tap_begin(
    desk: Desk, pcs: list[Workstation], page: ComputersPage, person: Person
) -> None:
    person.types("4")
    assert page.beginning.open
    assert person.focus is page.beginning.panel.grid
    person.types("e")
    (session,) = open_ones(desk)
    assert session.workstation_id == pcs[3].id
    assert session.profile == Profile(sex=Sex.FEMALE, age_band="17-25")
    assert (session.limit, session.visit_id) == (30, None)
    assert not page.beginning.open
    assert person.focus is tile(page, 4)
    assert kinds(page) == [TileKind.FREE] * 3 + [TileKind.IN_USE]
    assert person.toasts(page) == ["PC 4 started: Female · 17–25, 30 min."]
    assert desk.visits.recent(5) == []


def test_the_number_ends_with_the_way_back(
    desk: Desk, page: ComputersPage, person: Person, fixed_clock: FixedClock
) -> None:
    person.types("4e")
    fixed_clock.advance(minutes=18)
    person.types("4")
    assert open_ones(desk) == []
    assert person.toasts(page) == ["PC 4 ended: Female · 17–25, 18 min."]
    person.presses(Qt.Key.Key_Z, "Control")
    assert len(open_ones(desk)) == 1
    assert kinds(page)[3] is TileKind.IN_USE
    person.presses(Qt.Key.Key_Z, "Control Shift")
    assert open_ones(desk) == []
    assert kinds(page)[3] is TileKind.FREE


def test_a_double_press_does_not_end_what_it_began(
    desk: Desk, page: ComputersPage, person: Person, fixed_clock: FixedClock
) -> None:
    person.types("1e")
    person.types("1")
    assert len(open_ones(desk)) == 1
    (said,) = person.toasts(page)
    assert said.startswith("PC 1 was started just now.")
    fixed_clock.advance(seconds=2)
    person.types("1")
    assert open_ones(desk) == []


def test_the_same_key_twice_at_once_is_one_press(
    desk: Desk, page: ComputersPage, person: Person, fixed_clock: FixedClock
) -> None:
    person.types("44")
    assert page.beginning.open
    assert open_ones(desk) == []
    assert person.toasts(page) == ["“4” came twice at once; the second was not taken."]
    fixed_clock.advance(seconds=1)
    person.types("4")
    (session,) = open_ones(desk)
    assert session.profile == Profile(sex=Sex.MALE, age_band="26-45")


def test_a_tap_that_bounces_is_no_deed_of_the_board(
    desk: Desk, page: ComputersPage, person: Person, fixed_clock: FixedClock
) -> None:
    begun(desk, tile(page, 1).tile.workstation)  # type: ignore[union-attr]
    fixed_clock.advance(minutes=3)
    person.types("2")
    fixed_clock.advance(seconds=3)
    person.types("11")  # a boy, and the key again
    assert len(open_ones(desk)) == 2


def test_escape_leaves_without_loss(desk: Desk, page: ComputersPage, person: Person) -> None:
    person.types("3")
    person.presses(Qt.Key.Key_2, "Alt")
    person.presses(Qt.Key.Key_Escape)
    assert not page.beginning.open
    assert person.focus is tile(page, 3)
    assert open_ones(desk) == []
    person.types("2w")
    assert open_ones(desk)[0].purpose == "business"


def test_the_purpose_stays_and_the_limit_serves_once(
    desk: Desk, page: ComputersPage, person: Person
) -> None:
    person.types("1")
    person.presses(Qt.Key.Key_1, "Alt")
    person.types("*45\r")
    assert person.focus is page.beginning.panel.grid
    person.types("q2q")
    first, second = open_ones(desk)
    assert (first.limit, second.limit) == (45, 30)
    assert first.purpose == second.purpose == "study"
    person.types("3")
    person.presses(Qt.Key.Key_0, "Alt")
    person.types("q")
    assert open_ones(desk)[2].purpose == "unknown"


def test_a_limit_that_cannot_be_is_said_and_kept(
    desk: Desk, page: ComputersPage, person: Person
) -> None:
    person.types("1*3\r")
    panel = page.beginning.panel
    assert person.focus is panel.limit.box
    assert panel._error.text() == "Type a whole number from 5 to 720."
    person.clicks(panel.grid.cell(Sex.MALE, "46+"))
    assert open_ones(desk) == []
    assert panel.limit.box.text() == "3"
    person.clicks(panel.limit.plus)
    assert panel.limit.value() == 35
    person.presses(Qt.Key.Key_Escape)
    assert panel.limit.value() is None
    person.clicks(panel.limit.plus)
    assert panel.limit.value() == 35
    person.clicks(panel.limit.minus)
    person.clicks(panel.limit.minus)
    person.types("5")
    assert open_ones(desk)[0].limit == 25


def test_the_limits_of_the_branch_are_shown(
    desk: Desk, page: ComputersPage, person: Person
) -> None:
    desk.branch.set_up(limit_minor_other=20)
    person.types("1")
    assert page.beginning.panel.limit.box.placeholderText() == "20–30"
    person.types("q")
    assert open_ones(desk)[0].limit == 20


def test_the_visit_is_counted_as_it_was_chosen_last(
    desk: Desk, page: ComputersPage, person: Person
) -> None:
    person.types("1")
    person.presses(Qt.Key.Key_V, "Alt")
    person.types("q")
    person.types("2w")
    assert len(desk.visits.recent(5)) == 2
    assert all(each.visit_id for each in open_ones(desk))
    assert read_settings().count_with_session
    person.types("3")
    person.presses(Qt.Key.Key_V, "Alt")
    person.presses(Qt.Key.Key_B, "Alt")
    person.types("e")
    assert len(desk.visits.recent(5)) == 2
    assert open_ones(desk)[2].assisted
    person.types("4")
    assert not page.beginning.panel.assisted.value()


def test_a_name_is_found_seen_and_begun(
    desk: Desk, page: ComputersPage, person: Person, siti: Patron
) -> None:
    person.types("2/siti\r")
    panel = page.beginning.panel
    assert panel.person.isVisible()
    assert panel.visit.value()
    assert person.focus is panel.person.start
    person.types("q")  # no tap while somebody is seen
    assert open_ones(desk) == []
    person.types("\r")
    (session,) = open_ones(desk)
    assert (session.patron_id, session.patron_name) == (siti.id, "Siti Aminah")
    assert session.visit_id == desk.visits.recent(1)[0].id
    assert "The visit is counted." in person.toasts(page)[0]


def test_somebody_else_after_all(
    desk: Desk, page: ComputersPage, person: Person, siti: Patron
) -> None:
    assert siti
    person.types("2/siti\r")
    person.presses(Qt.Key.Key_Escape)
    assert page.beginning.open
    assert person.focus is page.beginning.panel.grid
    person.types("e")
    assert open_ones(desk)[0].patron_id is None


def test_a_visit_of_today_is_shown_as_done(
    desk: Desk, page: ComputersPage, person: Person, siti: Patron
) -> None:
    desk.visits.record_patron(siti, purpose="reading")
    person.types("2/siti\r")
    panel = page.beginning.panel
    assert not panel.visit.isEnabled()
    assert panel.visit.accessibleName() == "Visit of today is counted"
    person.types("\r")
    assert len(desk.visits.recent(5)) == 1
    assert open_ones(desk)[0].visit_id == desk.visits.recent(1)[0].id


def test_a_card_begins_at_once(
    desk: Desk, page: ComputersPage, person: Person, siti: Patron
) -> None:
    person.types("2")
    person.scans("A-0012")
    assert open_ones(desk)[0].patron_id == siti.id
    assert not page.beginning.open


def test_a_card_first_and_then_the_computer(
    desk: Desk, page: ComputersPage, person: Person, siti: Patron
) -> None:
    person.scans("*A-0012*")
    assert page.chooser.choice is not None
    assert "Siti Aminah: at which computer?" in page.view.hint.text()
    assert [view.offered for view in page.view.board.tiles()] == [True] * 4
    person.types("3")
    assert open_ones(desk)[0].workstation_id == tile(page, 3).tile.workstation.id  # type: ignore[union-attr]
    assert page.chooser.choice is None
    person.scans("A-0012")
    assert person.focus is tile(page, 3)
    assert person.toasts(page) == ["Siti Aminah is at PC 3."]
    assert siti


def test_a_card_nobody_has_can_be_registered(
    desk: Desk, page: ComputersPage, person: Person, qtbot: QtBot
) -> None:
    person.scans("B-777")
    person.takes(page, "Register…")
    dialog = page.findChild(PatronDialog)
    assert dialog is not None
    person.looks_at(dialog)
    person.types("Hartini\r")
    qtbot.waitUntil(page.beginning.panel.person.isVisible)
    person.looks_at(page)
    page.beginning.panel.rest()
    person.types("\r")
    person.types("1")
    assert open_ones(desk)[0].patron_name == "Hartini"


def test_who_sits_elsewhere_is_moved_here(
    desk: Desk, pcs: list[Workstation], page: ComputersPage, person: Person, siti: Patron
) -> None:
    begun(desk, pcs[0], patron_id=siti.id, profile=Profile(sex=Sex.FEMALE, age_years=32))
    person.types("2/siti\r\r")
    assert page.beginning.open
    assert page.beginning.panel._error.isVisible()
    person.takes(page, "Move here")
    (session,) = open_ones(desk)
    assert session.workstation_id == pcs[1].id
    assert not page.beginning.open


def test_an_own_device(desk: Desk, page: ComputersPage, person: Person, siti: Patron) -> None:
    person.types("w")
    assert page.beginning.panel._title.text() == "Start: own device (Wi-Fi)"
    person.types("e")
    (session,) = open_ones(desk)
    assert session.device
    assert len(page.view.board.tiles()) == 5
    assert person.focus is page.view.board.tiles()[4]
    person.types("m")
    assert person.toasts(page)[0].startswith("An own device has no workstation")
    person.types("b")
    person.presses(Qt.Key.Key_End)
    assert siti


def test_a_new_name_is_registered_and_begins(
    desk: Desk, page: ComputersPage, person: Person, qtbot: QtBot
) -> None:
    person.types("2/zul\r")
    dialog = page.findChild(PatronDialog)
    assert dialog is not None
    assert dialog.form.value("name") == "zul"
    person.looks_at(dialog)
    person.types("\r")
    qtbot.waitUntil(page.beginning.panel.person.isVisible)
    person.looks_at(page)
    page.beginning.panel.rest()
    person.types("\r")
    assert open_ones(desk)[0].patron_name == "zul"


def test_somebody_is_found_before_the_computer(
    desk: Desk, page: ComputersPage, person: Person, siti: Patron
) -> None:
    person.types("/")
    panel = page.beginning.panel
    assert panel._title.text() == "Start: who is it?"
    assert person.focus is panel.seek.box
    person.types("siti\r\r")
    assert page.view.hint.text().startswith("Siti Aminah: at which computer?")
    person.types("4")
    assert open_ones(desk)[0].patron_id == siti.id


def test_a_guest_before_the_computer(desk: Desk, page: ComputersPage, person: Person) -> None:
    person.types("/")
    person.presses(Qt.Key.Key_Escape)
    person.types("e")
    assert page.view.hint.text().startswith("Female · 17–25: at which computer?")
    person.presses(Qt.Key.Key_Escape)
    assert page.chooser.choice is None
    assert open_ones(desk) == []


def test_it_was_taken_while_it_was_chosen(
    desk: Desk, pcs: list[Workstation], page: ComputersPage, person: Person, siti: Patron
) -> None:
    person.scans("A-0012")
    page.blockSignals(True)
    begun(desk, pcs[2])
    tile(page, 3).tile = replace(tile(page, 3).tile, kind=TileKind.FREE, session=None)  # type: ignore[type-var]
    person.types("3")
    assert person.toasts(page)[0].startswith("PC 3 is in use since 09:41.")
    page.blockSignals(False)
    assert siti


def test_a_settings_file_that_is_not_kept_costs_nothing(
    desk: Desk, page: ComputersPage, person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(**_changes: object) -> None:
        raise FileError(NOT_KEPT, path="/nowhere", reason="read-only")

    monkeypatch.setattr("perpudesk.computers.page.beginning.change_settings", refused)
    person.types("1")
    person.presses(Qt.Key.Key_V, "Alt")
    person.types("q")
    assert len(open_ones(desk)) == 1
    assert page.beginning.panel.unnamed_counted


def test_a_start_and_its_visit_are_taken_back_together(
    desk: Desk, page: ComputersPage, person: Person, siti: Patron
) -> None:
    person.types("2/siti\r\r")
    assert len(desk.visits.recent(5)) == 1
    person.presses(Qt.Key.Key_Z, "Control")
    assert (open_ones(desk), desk.visits.recent(5)) == ([], [])
    assert kinds(page)[1] is TileKind.FREE
    person.presses(Qt.Key.Key_Z, "Control Shift")
    assert open_ones(desk)[0].patron_id == siti.id
    assert len(desk.visits.recent(5)) == 1
