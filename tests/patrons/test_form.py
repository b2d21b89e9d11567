"""The quick form, by keys and clicks as a person would."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from perpudesk.core.codes import Sex
from perpudesk.desk import Desk
from perpudesk.patrons.form import PatronDialog
from perpudesk.patrons.model import Patron, PatronDraft
from perpudesk.ui.cards import Banner
from tests.ui.accessibility import assert_accessible, texts_fit

pytestmark = pytest.mark.usefixtures("look")
Open = Callable[..., PatronDialog]


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    widget = QWidget()
    qtbot.addWidget(widget)
    widget.show()
    return widget


@pytest.fixture
def shown(desk: Desk, qtbot: QtBot, window: QWidget) -> Iterator[Open]:
    """Opens a dialog and waits until it can be typed in."""

    def show(**given: Any) -> PatronDialog:
        dialog = PatronDialog(desk.patrons, desk.branch, parent=window, **given)
        dialog.open()
        qtbot.waitExposed(dialog)
        return dialog

    yield show
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def box(dialog: PatronDialog, name: str) -> Any:
    return dialog.form.field(name).widget


def consent(dialog: PatronDialog) -> bool:
    return dialog.form.field("guardian_consent").isVisibleTo(dialog)


def test_a_name_and_enter_are_enough(desk: Desk, qtbot: QtBot, shown: Open) -> None:
    dialog = shown()
    assert dialog.windowTitle() == "New patron"
    qtbot.keyClicks(dialog.focusWidget(), "Fajar")
    with qtbot.waitSignal(dialog.saved) as saved:
        qtbot.keyClick(dialog.focusWidget(), Qt.Key.Key_Return)
    assert saved.args == [desk.patrons.find("fajar")[0]]
    assert not dialog.isVisible()


def test_every_field_is_kept(desk: Desk, qtbot: QtBot, shown: Open) -> None:
    dialog = shown()
    typed = {
        "name": "Siti Aminah",
        "member_number": "A-01",
        "birth_year": "1990",
        "village": "Kumpai Batu",
        "contact": "0812",
        "note": "malam",
    }
    for name, text in typed.items():
        box(dialog, name).setFocus()
        qtbot.keyClicks(box(dialog, name), text)
    qtbot.mouseClick(box(dialog, "sex").chip("female"), Qt.MouseButton.LeftButton)
    box(dialog, "occupation").set_value("farmer")
    box(dialog, "education").set_value("sma")
    qtbot.mouseClick(dialog.save, Qt.MouseButton.LeftButton)
    [patron] = desk.patrons.page(0, 9)
    assert patron.draft() == PatronDraft(
        name="Siti Aminah", member_number="A-01", sex=Sex.FEMALE, birth_year=1990,
        occupation="farmer", education="sma", village="Kumpai Batu", contact="0812", note="malam",
    )  # fmt: skip


def test_what_is_refused_stays_with_its_sentence(desk: Desk, qtbot: QtBot, shown: Open) -> None:
    dialog = shown(draft=PatronDraft(name="x" * 201, village="Kubu"))
    qtbot.keyClick(dialog.focusWidget(), Qt.Key.Key_Return)
    assert "200" in dialog.form.field("name").error()
    assert dialog.focusWidget() is box(dialog, "name")
    assert box(dialog, "village").value() == "Kubu"
    assert desk.patrons.count() == 0
    box(dialog, "name").setText("Siti")
    assert dialog.form.field("name").error() == ""
    box(dialog, "birth_year").setText("seribu")
    qtbot.keyClick(box(dialog, "birth_year"), Qt.Key.Key_Return)
    assert dialog.form.field("birth_year").error()
    assert box(dialog, "birth_year").text() == "seribu"
    box(dialog, "birth_year").setText("1200")
    qtbot.keyClick(box(dialog, "birth_year"), Qt.Key.Key_Return)
    assert "1896" in dialog.form.field("birth_year").error()
    dialog.reject()


def test_a_taken_number_names_its_holder(desk: Desk, qtbot: QtBot, shown: Open) -> None:
    desk.patrons.add(PatronDraft(name="Budi", member_number="7"))
    dialog = shown(draft=PatronDraft(name="Siti", member_number="7"))
    qtbot.keyClick(dialog.focusWidget(), Qt.Key.Key_Return)
    assert "Budi" in dialog.form.field("member_number").error()
    dialog.reject()


def test_the_year_says_the_group_and_asks_for_consent(
    desk: Desk, qtbot: QtBot, shown: Open
) -> None:
    dialog = shown(draft=PatronDraft(name="Adik"))
    assert not consent(dialog)
    box(dialog, "age_band").set_value("12-16")
    assert consent(dialog)
    box(dialog, "birth_year").setText("1990")
    assert (box(dialog, "age_band").value(), box(dialog, "age_band").isEnabled()) == (
        "26-45",
        False,
    )
    assert not consent(dialog)
    box(dialog, "birth_year").setText("")
    assert box(dialog, "age_band").value() == "12-16"
    assert consent(dialog)
    qtbot.keyClick(box(dialog, "name"), Qt.Key.Key_Return)
    assert "18" in dialog.form.field("guardian_consent").error()
    qtbot.mouseClick(box(dialog, "guardian_consent"), Qt.MouseButton.LeftButton)
    qtbot.keyClick(box(dialog, "name"), Qt.Key.Key_Return)
    [patron] = desk.patrons.page(0, 9)
    assert (patron.age_band, patron.guardian_consent) == ("12-16", True)


def test_a_patron_is_mended(desk: Desk, qtbot: QtBot, shown: Open) -> None:
    desk.branch.retire_entry("occupations", "herder")
    patron = desk.patrons.add(
        PatronDraft(name="Siti", age_band="36-45", occupation="herder", sex=Sex.FEMALE)
    )
    dialog = shown(patron=patron)
    assert dialog.windowTitle() == "Edit patron"
    assert box(dialog, "age_band").value() == "36-45"  # of another set, kept
    assert box(dialog, "occupation").value() == "herder"  # no longer offered, kept
    assert box(dialog, "education").findData("unknown") >= 0
    box(dialog, "name").setText("Siti Aminah")
    with qtbot.waitSignal(dialog.saved) as saved:
        qtbot.keyClick(box(dialog, "name"), Qt.Key.Key_Enter)
    assert saved.args == [replace(patron, name="Siti Aminah")]


def test_a_retired_entry_is_not_offered_to_anyone_else(desk: Desk, shown: Open) -> None:
    desk.branch.retire_entry("occupations", "herder")
    own = desk.branch.add_entry("occupations", "Tukang kayu", standard="labourer")
    dialog = shown()
    assert box(dialog, "occupation").findData("herder") == -1
    assert box(dialog, "occupation").findText("Tukang kayu") >= 0
    assert own.slug == "tukang_kayu"
    dialog.reject()


def test_escape_keeps_what_was_typed(desk: Desk, qtbot: QtBot, shown: Open) -> None:
    first = shown()
    qtbot.keyClicks(first.focusWidget(), "Siti Am")
    box(first, "birth_year").setText("19x")
    qtbot.keyClick(first.focusWidget(), Qt.Key.Key_Escape)
    assert not first.isVisible()
    again = shown()
    assert (box(again, "name").text(), box(again, "birth_year").text()) == ("Siti Am", "19x")
    box(again, "birth_year").setText("")
    qtbot.keyClick(box(again, "name"), Qt.Key.Key_Return)
    assert desk.patrons.count() == 1
    fresh = shown()
    assert box(fresh, "name").text() == ""
    fresh.reject()


def test_what_was_emptied_is_not_kept(qtbot: QtBot, shown: Open) -> None:
    first = shown()
    qtbot.keyClicks(first.focusWidget(), "Siti")
    first.reject()
    again = shown()
    box(again, "name").clear()
    again.reject()
    last = shown(draft=PatronDraft(name="Budi"))
    assert last.findChildren(Banner)[0].isHidden()
    last.reject()


def test_an_unfinished_one_is_offered_where_another_begins(
    desk: Desk, qtbot: QtBot, shown: Open
) -> None:
    first = shown()
    qtbot.keyClicks(first.focusWidget(), "Siti")
    first.reject()
    other = shown(draft=PatronDraft(name="Budi"))
    offer = next(each for each in other.findChildren(Banner) if each.isVisible())
    assert "Siti" in offer.accessibleName()
    qtbot.keyClick(box(other, "name"), Qt.Key.Key_Return)  # Budi is saved, Siti still waits
    last = shown(draft=PatronDraft(name="Dewi"))
    offer = next(each for each in last.findChildren(Banner) if each.isVisible())
    button = next(each for each in offer.findChildren(QWidget) if each.accessibleName())
    assert button.accessibleName() == "Continue"
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert box(last, "name").text() == "Siti"
    qtbot.keyClick(box(last, "name"), Qt.Key.Key_Return)
    assert [each.name for each in desk.patrons.page(0, 9)] == ["Budi", "Siti"]


def test_each_patron_has_a_draft_of_its_own(desk: Desk, shown: Open) -> None:
    siti, budi = (desk.patrons.add(PatronDraft(name=name)) for name in ("Siti", "Budi"))
    dialog = shown(patron=siti)
    box(dialog, "note").setText("belum selesai")
    dialog.reject()
    other = shown(patron=budi)
    assert box(other, "note").text() == ""
    other.reject()
    same = shown(patron=siti)
    assert box(same, "note").text() == "belum selesai"
    same.reject()


@pytest.mark.parametrize(
    "name", ["x" * 999, "😀" * 90, "محمد", "\u202eمحمد", "<b>Siti</b>", "=cmd|x"]
)
def test_unlikely_names_are_kept_or_refused_whole(
    desk: Desk, qtbot: QtBot, shown: Open, name: str
) -> None:
    dialog = shown(draft=PatronDraft(name=name))
    assert box(dialog, "name").text() == name
    qtbot.keyClick(box(dialog, "name"), Qt.Key.Key_Return)
    kept: list[Patron] = desk.patrons.page(0, 9)
    refused = len(name) > 200 or "\u202e" in name
    assert [each.name for each in kept] == ([] if refused else [name])
    dialog.reject()


def test_everything_has_a_name_and_room(shown: Open) -> None:
    dialog = shown(draft=PatronDraft(name="Siti", birth_year=2015))
    assert_accessible(dialog)
    assert texts_fit(dialog) == []
    dialog.reject()
