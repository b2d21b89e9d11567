"""Two entries of one person, found and made one, on the page of patrons."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from perpudesk.desk import Desk
from perpudesk.patrons.model import Patron, PatronDraft
from perpudesk.patrons.page import PatronsPage
from perpudesk.ui.menu import KeyMenu
from perpudesk.ui.toasts import Toast
from tests.ui.accessibility import assert_accessible


@pytest.fixture
def twins(desk: Desk) -> tuple[Patron, Patron]:
    """The same woman, registered twice."""
    first = desk.patrons.add(PatronDraft(name="Siti Aminah", member_number="M-1"))
    return first, desk.patrons.add(PatronDraft(name="Siti Aminahh"))


@pytest.fixture
def page(
    desk: Desk, twins: tuple[Patron, Patron], look: None, qapp: QApplication, qtbot: QtBot
) -> Iterator[PatronsPage]:
    assert look is None
    made = PatronsPage(desk.patrons, desk.branch, desk.visits.last_seen)
    qtbot.addWidget(made)
    made.resize(1166, 700)
    made.show()
    made.activateWindow()
    made.refresh()
    made.table.select(twins[1].id)
    yield made
    made.close()
    qapp.processEvents()


def menu(page: PatronsPage) -> KeyMenu:
    page.card.more.click()
    return page.findChildren(KeyMenu)[-1]


def test_what_can_be_done_is_asked_for_by_key(
    page: PatronsPage, twins: tuple[Patron, Patron], qtbot: QtBot
) -> None:
    with qtbot.waitSignal(page.held_asked) as held:
        qtbot.keyClick(menu(page), Qt.Key.Key_P)
    assert held.args == [twins[1]]
    with qtbot.waitSignal(page.cards_asked) as cards:
        qtbot.keyClick(menu(page), Qt.Key.Key_K)
    assert cards.args == [twins[1]]
    with qtbot.waitSignal(page.erase_asked) as erase:
        qtbot.keyClick(menu(page), Qt.Key.Key_H)
    assert erase.args == [twins[1]]
    assert page.card.facts(twins[0])["Number"] == "M-1"


def test_they_are_made_one_and_two_again(
    page: PatronsPage, twins: tuple[Patron, Patron], desk: Desk, qtbot: QtBot
) -> None:
    qtbot.keyClick(menu(page), Qt.Key.Key_S)
    dialog = page.merging
    assert_accessible(dialog)
    rows = dialog.table.rows
    assert [rows.row(at).name for at in range(rows.rowCount())] == ["Siti Aminah"]
    qtbot.keyClick(dialog.search, Qt.Key.Key_Return)
    assert desk.patrons.count() == 1
    (toast,) = page.window().findChildren(Toast)
    assert "Siti Aminahh and Siti Aminah are one person now." in toast.accessibleName()
    page._on_part(twins[1])
    assert desk.patrons.count() == 2


def test_nobody_alike_is_nobody_to_merge_with(page: PatronsPage, qtbot: QtBot) -> None:
    qtbot.keyClick(menu(page), Qt.Key.Key_S)
    dialog = page.merging
    dialog.search.setText("zzzz")
    assert not dialog.merge.isEnabled()
    dialog.search.setText("")
    assert not dialog.merge.isEnabled()
    dialog._on_merge()
    assert dialog.isVisible()
    dialog.reject()


def test_one_that_went_meanwhile_is_told(
    page: PatronsPage, twins: tuple[Patron, Patron], desk: Desk
) -> None:
    desk.patrons.erase([twins[0].id])
    page._on_merged(twins[1], twins[0])
    (toast,) = page.window().findChildren(Toast)
    assert "Choose two people" in toast.accessibleName()


def test_without_anybody_nothing_is_offered(
    page: PatronsPage, twins: tuple[Patron, Patron], desk: Desk
) -> None:
    for each in twins:
        desk.patrons.remove(each.id)
    page.refresh()
    page._on_more()
    assert not [each for each in page.findChildren(KeyMenu) if each.isVisible()]
