"""The list of patrons, by keys and clicks as a person would."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from perpudesk.core.codes import Sex
from perpudesk.core.topics import Topic
from perpudesk.desk import Desk
from perpudesk.patrons.form import PatronDialog
from perpudesk.patrons.model import PatronDraft
from perpudesk.patrons.page import PatronsPage
from perpudesk.ui.buttons import Button
from perpudesk.ui.marks import Pill
from perpudesk.ui.toasts import Toast
from tests.ui.accessibility import assert_accessible, texts_fit

pytestmark = pytest.mark.usefixtures("look")

PEOPLE = (
    PatronDraft(name="Ani", birth_year=1990, sex=Sex.FEMALE, village="Kubu"),
    PatronDraft(name="Budi Santoso", member_number="A-10", age_band="17-25", sex=Sex.MALE),
    PatronDraft(name="Siti Aminah", member_number="A-11", occupation="farmer", note="malam"),
)


def opened(desk: Desk, qtbot: QtBot, size: tuple[int, int] = (1200, 640)) -> PatronsPage:
    page = PatronsPage(desk.patrons, desk.branch, desk.visits.last_seen)
    qtbot.addWidget(page)
    desk.subscribe(lambda topic: page.mark_stale() if topic in page.topics else None)
    page.resize(*size)
    page.show()
    qtbot.waitUntil(page.isActiveWindow)
    page.setFocus()
    return page


@pytest.fixture
def page(desk: Desk, qtbot: QtBot) -> Iterator[PatronsPage]:
    for draft in PEOPLE:
        desk.patrons.add(draft)
    yield opened(desk, qtbot)
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def cells(page: PatronsPage, row: int) -> list[str]:
    model = page.table.rows
    return [model.index(row, column).data() for column in range(model.columnCount())]


def names(page: PatronsPage) -> list[str]:
    return [cells(page, row)[0] for row in range(page.table.rows.rowCount())]


def dialog_of(page: PatronsPage) -> PatronDialog:
    return next(each for each in page.window().findChildren(PatronDialog) if each.isVisible())


def toasts(page: PatronsPage) -> list[Toast]:
    return [each for each in page.window().findChildren(Toast) if each.isVisible()]


def test_the_list_tells_who_there_is(page: PatronsPage) -> None:
    assert names(page) == ["Ani", "Budi Santoso", "Siti Aminah"]
    assert cells(page, 0) == ["Ani", "–", "Female", "36", "Kubu", "23-11-2026"]
    assert cells(page, 1) == ["Budi Santoso", "A-10", "Male", "17–25", "–", "23-11-2026"]
    assert cells(page, 2)[2:4] == ["–", "–"]
    assert [pill.text() for pill in page.header.findChildren(Pill) if pill.isVisible()] == [
        "3 patrons"
    ]
    assert page.topics == {Topic.PATRONS, Topic.BRANCH}
    assert page.key == "patrons"


def test_the_first_letters_find_and_enter_edits(page: PatronsPage, qtbot: QtBot) -> None:
    assert QApplication.focusWidget() is page.search
    qtbot.keyClicks(page.search, "sity")
    assert names(page) == ["Siti Aminah"]
    qtbot.keyClick(page.search, Qt.Key.Key_Return)
    dialog = dialog_of(page)
    assert dialog.form.value("name") == "Siti Aminah"
    dialog.form.field("name").widget.setText("Siti Aminah binti Umar")
    qtbot.keyClick(dialog.form.field("name").widget, Qt.Key.Key_Return)
    assert names(page) == ["Siti Aminah binti Umar"]
    assert page.search.value() == "sity"
    assert page.table.hasFocus()


def test_escape_takes_the_search_away_and_down_goes_to_the_list(
    page: PatronsPage, qtbot: QtBot
) -> None:
    qtbot.keyClicks(page.search, "A-1")
    assert names(page) == ["Budi Santoso", "Siti Aminah"]
    qtbot.keyClick(page.search, Qt.Key.Key_Down)
    assert page.table.hasFocus()
    qtbot.keyClick(page.table, Qt.Key.Key_Down)
    assert page.table.current_row().name == "Siti Aminah"
    qtbot.keyClick(page.table, Qt.Key.Key_Slash)
    assert page.search.hasFocus()
    qtbot.keyClick(page.search, Qt.Key.Key_Escape)
    assert names(page) == ["Ani", "Budi Santoso", "Siti Aminah"]
    assert page.table.current_row().name == "Siti Aminah"
    qtbot.keyClick(page.search, Qt.Key.Key_Escape)
    assert page.isVisible()


def test_nobody_of_that_name_can_be_added(page: PatronsPage, desk: Desk, qtbot: QtBot) -> None:
    qtbot.keyClicks(page.search, "Zulkifli")
    assert names(page) == []
    qtbot.keyClick(page.search, Qt.Key.Key_Return)
    add = page._no_match.button
    assert add is not None
    assert add.isVisible()
    qtbot.mouseClick(add, Qt.MouseButton.LeftButton)
    dialog = dialog_of(page)
    assert dialog.form.value("name") == "Zulkifli"
    qtbot.keyClick(dialog.form.field("name").widget, Qt.Key.Key_Return)
    assert desk.patrons.count() == 4
    assert page.table.current_row().name == "Zulkifli"
    page.search.set_value("Z-9")
    qtbot.mouseClick(add, Qt.MouseButton.LeftButton)
    assert dialog_of(page).form.value("member_number") == "Z-9"
    dialog_of(page).reject()


def test_a_new_patron_is_shown_in_its_place(page: PatronsPage, qtbot: QtBot) -> None:
    qtbot.keyClicks(page.search, "ani")
    qtbot.keyClick(page.search, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    dialog = dialog_of(page)
    dialog.form.field("name").widget.setText("Citra")
    qtbot.keyClick(dialog.form.field("name").widget, Qt.Key.Key_Return)
    assert names(page) == ["Ani", "Budi Santoso", "Citra", "Siti Aminah"]
    assert page.table.current_row().name == "Citra"
    assert page.search.value() == ""


def test_the_card_tells_what_is_kept(page: PatronsPage, desk: Desk, qtbot: QtBot) -> None:
    siti = desk.patrons.find("siti")[0]
    desk.visits.record_patron(siti, purpose="loan")
    page.table.setFocus()
    qtbot.keyClick(page.table, Qt.Key.Key_End)
    qtbot.keyClick(page.table, Qt.Key.Key_Down)
    told = {key: text.text() for key, text in page.card._values.items()}
    assert told == {
        "number": "A-11", "sex": "–", "age": "–", "occupation": "Farmer", "education": "–",
        "village": "–", "contact": "–", "consent": "–", "registered": "23 November 2026",
        "seen": "23 November 2026", "note": "malam",
    }  # fmt: skip
    assert page.card._name.text() == "Siti Aminah"
    page.card._on_edit()
    assert dialog_of(page).form.value("note") == "malam"
    dialog_of(page).reject()
    qtbot.keyClick(page.table, Qt.Key.Key_Home)
    assert page.card._member.text() == "Not a member"


def test_delete_removes_with_a_way_back(page: PatronsPage, desk: Desk, qtbot: QtBot) -> None:
    page.table.setFocus()
    page.table.selectRow(1)
    qtbot.keyClick(page.table, Qt.Key.Key_Delete)
    assert names(page) == ["Ani", "Siti Aminah"]
    assert page.table.current_row().name == "Siti Aminah"
    [shown] = toasts(page)
    assert "Budi Santoso" in shown.accessibleName()
    desk.patrons.add(PatronDraft(name="Citra"))  # another entry since: undo still means Budi
    qtbot.mouseClick(shown.action, Qt.MouseButton.LeftButton)
    assert names(page) == ["Ani", "Budi Santoso", "Citra", "Siti Aminah"]
    assert page.table.current_row().name == "Budi Santoso"


def test_ctrl_z_brings_back_the_last_one_only(page: PatronsPage, qtbot: QtBot) -> None:
    control = Qt.KeyboardModifier.ControlModifier
    page.table.setFocus()
    qtbot.keyClick(page.table, Qt.Key.Key_Z, control)
    assert len(names(page)) == 3
    page.card._on_remove()
    assert len(names(page)) == 2
    qtbot.keyClick(page.table, Qt.Key.Key_Z, control)
    qtbot.keyClick(page.table, Qt.Key.Key_Z, control)
    assert names(page) == ["Ani", "Budi Santoso", "Siti Aminah"]


def test_who_cannot_come_back_is_said(page: PatronsPage, desk: Desk, qtbot: QtBot) -> None:
    page.table.setFocus()
    page.table.selectRow(1)
    qtbot.keyClick(page.table, Qt.Key.Key_Delete)
    desk.patrons.add(PatronDraft(name="Dewi", member_number="A-10"))
    qtbot.keyClick(page.table, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert any("Dewi" in each.accessibleName() for each in toasts(page))
    assert names(page) == ["Ani", "Dewi", "Siti Aminah"]


def test_removing_the_last_one_teaches_again(page: PatronsPage) -> None:
    for _ in range(3):
        page.card._on_remove()
    assert page._nobody.isVisible()
    assert not page.table.isVisible()


def test_an_empty_page_teaches(desk: Desk, qtbot: QtBot) -> None:
    page = opened(desk, qtbot)
    assert page._nobody.isVisible()
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    dialog = dialog_of(page)
    dialog.form.field("name").widget.setText("Ani")
    qtbot.keyClick(dialog.form.field("name").widget, Qt.Key.Key_Return)
    assert names(page) == ["Ani"]
    assert page.table.isVisible()


def test_thousands_are_read_only_where_they_are_seen(
    desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    with desk.store.writing():
        for n in range(450):
            desk.patrons.add(PatronDraft(name=f"Anggota {n:04}"))
    asked: list[tuple[int, int]] = []
    read = desk.patrons.page
    monkeypatch.setattr(
        desk.patrons,
        "page",
        lambda offset, limit: asked.append((offset, limit)) or read(offset, limit),
    )
    page = opened(desk, qtbot)
    assert page.table.rows.rowCount() == 450
    assert asked == [(0, 200)]
    page.table.scrollToBottom()
    assert cells(page, 449)[0] == "Anggota 0449"
    assert asked == [(0, 200), (400, 200)]


def test_a_change_elsewhere_shows_and_keeps_the_place(page: PatronsPage, desk: Desk) -> None:
    page.table.selectRow(2)
    desk.patrons.add(PatronDraft(name="Aan"))
    assert names(page)[0] == "Aan"
    assert page.table.current_row().name == "Siti Aminah"
    page.search.set_value("siti")
    page.mark_stale()
    assert page.table.current_row().name == "Siti Aminah"


def test_a_narrow_page_leaves_out_what_matters_less(page: PatronsPage, qtbot: QtBot) -> None:
    assert page.card.isVisible()
    assert not page.below.isVisible()
    page.resize(824, 540)
    assert not page.card.isVisible()
    assert page.below.isVisible()
    assert not page.table.isColumnHidden(5)
    qtbot.waitUntil(lambda: page.minimumSizeHint().width() < 600)
    page.resize(600, 540)
    assert page.table.isColumnHidden(4)
    assert page.table.isColumnHidden(5)


def test_without_the_card_its_buttons_stand_below_the_list(
    desk: Desk, qtbot: QtBot, page: PatronsPage
) -> None:
    page.resize(824, 540)
    page.table.selectRow(1)
    remove = page.below.findChildren(Button)[1]
    qtbot.mouseClick(remove, Qt.MouseButton.LeftButton)
    assert names(page) == ["Ani", "Siti Aminah"]
    page.search.set_value("nobody like that")
    assert not page.below.isEnabled()
    page._on_remove_chosen()
    assert desk.patrons.count() == 2


def test_everything_has_a_name_and_room(page: PatronsPage) -> None:
    assert_accessible(page)
    assert texts_fit(page) == []
    keys = {use.keys for use in page.key_uses()}
    assert keys >= {"/", "Ctrl+N", "Ctrl+Z", "Enter", "Del"}


def test_last_seen_is_asked_only_of_the_chosen(desk: Desk, qtbot: QtBot) -> None:
    asked: list[str] = []

    def seen(patron_id: str) -> date | None:
        asked.append(patron_id)
        return None

    ids = [desk.patrons.add(draft).id for draft in PEOPLE]
    page = PatronsPage(desk.patrons, desk.branch, seen)
    qtbot.addWidget(page)
    page.show()
    assert set(asked) == {ids[0]}
    assert not any(
        isinstance(each, QDialog) for each in QApplication.topLevelWidgets() if each.isVisible()
    )
