"""A scanner speaks through the keyboard: what it reads is never typed into a form."""

from __future__ import annotations

from dataclasses import replace
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog

from perpudesk.core.codes import VisitorType
from perpudesk.desk import Desk
from perpudesk.patrons.form import PatronDialog
from perpudesk.patrons.model import Patron
from perpudesk.ui.help import HelpDialog
from perpudesk.visits.form.days import DaysDialog
from perpudesk.visits.form.group import GroupDialog
from perpudesk.visits.form.visit import VisitDialog
from perpudesk.visits.model import VisitDraft
from perpudesk.visits.page import VisitsPage
from tests.visits.conftest import Person

T = TypeVar("T", bound=QDialog)


def opened(page: VisitsPage, person: Person, kind: type[T]) -> T:
    dialog = next(each for each in page.window().findChildren(kind) if each.isVisible())
    person.looks_at(dialog)
    return dialog


def names(desk: Desk) -> list[str | None]:
    return [visit.patron_name for visit in desk.visits.recent(9)]


def test_a_card_scanned_over_a_group_is_its_holders_visit(
    desk: Desk, page: VisitsPage, person: Person, siti: Patron
) -> None:
    desk.patrons.change(siti.id, replace(siti.draft(), member_number="2341"))
    page._on_group_asked()
    dialog = opened(page, person, GroupDialog)
    person.types("12")
    person.scans("2341")
    assert names(desk) == ["Siti Aminah"]
    assert dialog.isVisible()
    assert dialog.form.value("count") == 12
    person.types("\r")
    assert [visit.count for visit in desk.visits.recent(9)] == [12, 1]


@pytest.mark.usefixtures("siti")
def test_a_card_scanned_over_a_name_leaves_the_name(
    desk: Desk, page: VisitsPage, person: Person
) -> None:
    page._on_new_patron()
    dialog = opened(page, person, PatronDialog)
    person.types("Budi")
    person.scans("A-0012")
    assert names(desk) == ["Siti Aminah"]
    assert dialog.form.value("name") == "Budi"
    assert desk.patrons.count() == 1
    dialog.reject()


@pytest.mark.usefixtures("siti")
def test_a_card_goes_into_the_field_for_its_number(
    desk: Desk, page: VisitsPage, person: Person
) -> None:
    page._on_new_patron()
    dialog = opened(page, person, PatronDialog)
    number = dialog.form.field("member_number")
    number.widget.setFocus()
    person.types("12")
    assert "Too short for the scanner" in number.widget.accessibleDescription()
    person.scans("00012345")
    assert dialog.form.value("member_number") == "00012345"
    assert number.widget.accessibleDescription() == ""
    assert dialog.isVisible()
    assert desk.visits.count() == 0
    dialog.reject()


@pytest.mark.usefixtures("siti")
@pytest.mark.parametrize("card, leader", [("A-0012", "Siti Aminah"), ("B-9", "B-9")])
def test_a_card_chooses_the_leader_of_a_group(
    desk: Desk, page: VisitsPage, person: Person, card: str, leader: str
) -> None:
    page._on_group_asked()
    dialog = opened(page, person, GroupDialog)
    dialog.leader.setFocus()
    person.scans(card)
    assert dialog.leader.typed() == leader
    assert desk.visits.count() == 0
    dialog.reject()


@pytest.mark.usefixtures("siti")
def test_a_card_over_the_calendar_sets_no_day(desk: Desk, page: VisitsPage, person: Person) -> None:
    page.open_day()
    opened(page, person, DaysDialog)
    person.scans("A-0012")
    person.types("5678", apart=5)
    today = desk.store.today()
    assert desk.branch.service_days(today, today) == {}
    assert names(desk) == ["Siti Aminah"]
    opened(page, person, DaysDialog).reject()


def test_a_card_over_a_visit_that_is_mended_changes_nothing_of_it(
    desk: Desk, page: VisitsPage, person: Person
) -> None:
    visit = desk.visits.record(VisitDraft(count=3))
    page.dialogs.edit(visit)
    dialog = opened(page, person, VisitDialog)
    person.scans("9941")
    assert dialog.isVisible()
    assert desk.visits.get(visit.id) == visit
    dialog.reject()
    assert page.view.asks, "nobody has that card: it is asked when the dialog is closed"


@pytest.mark.usefixtures("siti")
def test_a_tab_ends_a_card(desk: Desk, page: VisitsPage, person: Person) -> None:
    person.types("A-0012\t", apart=2)
    assert names(desk) == ["Siti Aminah"]
    assert person.focus is page.board.grid


def test_a_tab_by_itself_goes_on(page: VisitsPage, person: Person) -> None:
    person.types("/Si")
    person.types("\t")
    assert person.focus is not page.entry.seek.box
    assert page.entry.seek.typed() == "Si"


def test_a_scanner_without_enter_is_told_and_counts_nobody(
    desk: Desk, page: VisitsPage, person: Person
) -> None:
    person.types("2341", apart=3)
    assert desk.visits.count() == 0
    said = "The scanner sends no Enter after the number, so “2341” was not recorded."
    assert person.toasts(page) == [said]
    person.takes(page, "Help")
    help_ = page.window().findChild(HelpDialog)
    assert "scanner" in help_.text.toPlainText()
    help_.close()


@pytest.mark.usefixtures("siti")
def test_what_is_typed_as_fast_is_still_typed(desk: Desk, page: VisitsPage, person: Person) -> None:
    person.types("/Siti", apart=3)
    assert page.entry.seek.typed() == "Siti"
    person.types(" Ami", apart=3)
    assert page.entry.seek.typed() == "Siti Ami"
    page.view.go_back()
    person.types("*25", apart=3)
    person.types("\r")
    person.types("q")
    assert [visit.count for visit in desk.visits.recent(9)] == [25]


def test_a_short_card_answers_no_question(desk: Desk, page: VisitsPage, person: Person) -> None:
    person.scans("777777")
    assert page.view.asks
    person.scans("77")
    assert page.view.asks
    assert desk.visits.count() == 0
    person.types("\r")
    assert [visit.type for visit in desk.visits.recent(9)] == [VisitorType.UNKNOWN]


def test_a_short_card_records_no_group(desk: Desk, page: VisitsPage, person: Person) -> None:
    page._on_group_asked()
    dialog = opened(page, person, GroupDialog)
    person.scans("77")
    assert desk.visits.count() == 0
    assert dialog.isVisible()
    dialog.reject()


@pytest.mark.usefixtures("siti")
def test_arrows_and_letters_reach_what_has_the_focus_in_a_dialog(
    page: VisitsPage, person: Person
) -> None:
    page._on_group_asked()
    dialog = opened(page, person, GroupDialog)
    dialog.purpose.setFocus()
    before = dialog.purpose.value()
    person.presses(Qt.Key.Key_Down)
    person.types("b")
    assert dialog.purpose.value() != before
    dialog.reject()
