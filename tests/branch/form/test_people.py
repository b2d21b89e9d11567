"""Who signs and who is at the desk."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from perpudesk.branch.form.signatories import SignatoriesEditor
from perpudesk.branch.form.staff import StaffEditor
from perpudesk.branch.model import Signatory, SignatoryPlace
from perpudesk.desk import Desk
from perpudesk.ui.toasts import Toast
from tests.branch.typing import field, fill, shown
from tests.ui.accessibility import assert_accessible, texts_fit

pytestmark = pytest.mark.usefixtures("look")


@pytest.fixture
def staff(desk: Desk, qtbot: QtBot) -> StaffEditor:
    editor = StaffEditor(desk.branch)
    editor.refresh()
    shown(qtbot, editor, (700, 400))
    return editor


def names(editor: StaffEditor) -> list[str]:
    return [line.form.value("staff") for line in editor.lines.values()]


def add(qtbot: QtBot, editor: StaffEditor, name: str) -> None:
    fill(qtbot, editor.form.field("staff").widget, name, leave=Qt.Key.Key_Return)


def test_signatories_are_stored_part_by_part(desk: Desk, qtbot: QtBot) -> None:
    editor = SignatoriesEditor(desk.branch)
    editor.refresh()
    shown(qtbot, editor)
    fill(qtbot, field(editor.left, "post"), "Kepala Dinas")
    fill(qtbot, field(editor.left, "name"), "Drs. H. Contoh")
    fill(qtbot, field(editor.right, "name"), "Rina")
    assert desk.branch.signatories() == [
        Signatory(place=SignatoryPlace.LEFT, name="Drs. H. Contoh", post="Kepala Dinas"),
        Signatory(place=SignatoryPlace.RIGHT, name="Rina", post=""),
    ]
    assert "left out" in editor.left.field("nip")._hint.text()
    fill(qtbot, field(editor.left, "nip"), "1" * 41)
    assert "40" in editor.left.field("nip").error()
    assert not editor.keep_all()
    fill(qtbot, field(editor.left, "nip"), "197001011995031001")
    assert editor.keep_all()
    assert desk.branch.signatories()[0].nip == "197001011995031001"
    assert_accessible(editor)
    qtbot.waitUntil(lambda: texts_fit(editor) == [])


def test_the_first_one_added_is_at_the_desk(desk: Desk, qtbot: QtBot, staff: StaffEditor) -> None:
    assert staff._nobody.isVisible()
    add(qtbot, staff, "Rina")
    assert names(staff) == ["Rina"]
    assert not staff._nobody.isVisible()
    assert desk.branch.who_is_at_desk() == desk.branch.staff()[0]
    assert staff.form.field("staff").widget.hasFocus()
    add(qtbot, staff, "Adi")
    assert names(staff) == ["Adi", "Rina"]
    assert desk.branch.who_is_at_desk() == desk.branch.staff()[1]


def test_a_name_that_is_refused_stays(desk: Desk, qtbot: QtBot, staff: StaffEditor) -> None:
    add(qtbot, staff, "")
    assert staff.form.field("staff").error()
    staff.form.field("staff").widget.setText("x" * 121)
    qtbot.mouseClick(staff.add, Qt.MouseButton.LeftButton)
    assert "120" in staff.form.field("staff").error()
    assert not staff.keep_all()
    assert desk.branch.staff() == []


def test_somebody_else_takes_the_desk(desk: Desk, qtbot: QtBot, staff: StaffEditor) -> None:
    for name in ("Rina", "Adi"):
        add(qtbot, staff, name)
    adi, rina = staff.lines.values()
    assert (rina.here.isHidden(), rina.choose.isHidden()) == (False, True)
    qtbot.waitUntil(adi.choose.isVisible)
    qtbot.mouseClick(adi.choose, Qt.MouseButton.LeftButton)
    assert (adi.here.isHidden(), rina.here.isHidden()) == (False, True)
    here = desk.branch.who_is_at_desk()
    assert here is not None
    assert here.name == "Adi"


def test_a_name_is_mended_in_its_place(desk: Desk, qtbot: QtBot, staff: StaffEditor) -> None:
    for name in ("Rina", "Adi"):
        add(qtbot, staff, name)
    adi, rina = staff.lines.values()
    fill(qtbot, field(adi.form, "staff"), "Zainal")
    assert [who.name for who in desk.branch.staff()] == ["Rina", "Zainal"]
    staff.refresh()
    assert list(staff.lines.values()) == [adi, rina]  # it stays where the eye is
    fill(qtbot, field(rina.form, "staff"), "")
    assert rina.form.field("staff").error()


def test_whoever_goes_can_come_back(desk: Desk, qtbot: QtBot, staff: StaffEditor) -> None:
    for name in ("Rina", "Adi"):
        add(qtbot, staff, name)
    for who, left in (("Rina", ["Adi"]), ("Adi", ["Rina"])):
        line = next(each for each in staff.lines.values() if each.form.value("staff") == who)
        qtbot.waitUntil(line.remove.isVisible)
        qtbot.mouseClick(line.remove, Qt.MouseButton.LeftButton)
        assert names(staff) == left
        shown_toast = next(each for each in staff.window().findChildren(Toast) if each.isVisible())
        qtbot.mouseClick(shown_toast.action, Qt.MouseButton.LeftButton)
        assert names(staff) == ["Adi", "Rina"]
        here = desk.branch.who_is_at_desk()
        assert here is not None
        assert here.name == "Rina"


def test_everything_has_a_name_and_room(qtbot: QtBot, staff: StaffEditor) -> None:
    add(qtbot, staff, "Rina")
    assert_accessible(staff)
    qtbot.waitUntil(lambda: texts_fit(staff) == [])
