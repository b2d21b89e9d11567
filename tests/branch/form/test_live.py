"""Saved means saved: a field is stored when it is left, and keeps what is refused."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from perpudesk.branch.form.live import LiveForm
from perpudesk.core.errors import InputError, Problem, StorageError
from perpudesk.ui.buttons import ChipGroup
from perpudesk.ui.calendar import DateField
from perpudesk.ui.fields import CheckField, ChoiceField, NumberField, ParagraphField, TextField
from tests.branch.typing import field, fill, shown

pytestmark = pytest.mark.usefixtures("look")
REFUSED = Problem("refused", "Not that.")


class Kept(LiveForm):
    """Remembers what was stored; refuses `no`, and everything while the disk is full."""

    def __init__(self) -> None:
        self.stored: list[tuple[str, Any]] = []
        self.full = False
        super().__init__(self._store)
        self.add("name", "Name", TextField())
        self.add("count", "Count", NumberField(high=9))
        self.add("kind", "Kind", ChoiceField([("a", "A"), ("b", "B")]))
        self.add("sex", "Sex", ChipGroup("Sex", [("f", "F"), ("m", "M")]))
        self.add("asked", "", CheckField("Asked"))
        self.add("lines", "Lines", ParagraphField())

    def _store(self, name: str, value: Any) -> None:
        if self.full:
            raise StorageError(REFUSED)
        if value == "no":
            raise InputError(REFUSED, field=name)
        self.stored.append((name, value))


@pytest.fixture
def form(qtbot: QtBot) -> Kept:
    form = Kept()
    form.show_kept(name="Ani", count=1, kind="a", sex="f", asked=False, lines="x")
    shown(qtbot, form, (500, 600))
    return form


def marks(form: LiveForm) -> list[str]:
    return [name for name, mark in form._marks.items() if mark.text() == "✓ saved"]


def test_a_text_is_stored_when_it_is_left(form: Kept, qtbot: QtBot) -> None:
    box = field(form, "name")
    box.setFocus()
    qtbot.keyClick(box, Qt.Key.Key_End)
    qtbot.keyClicks(box, " Sari")
    assert form.stored == []
    qtbot.keyClick(box, Qt.Key.Key_Tab)
    assert form.stored == [("name", "Ani Sari")]
    assert marks(form) == ["name"]
    fill(qtbot, field(form, "lines"), "satu")
    assert form.stored[-1] == ("lines", "satu")
    assert marks(form) == ["lines"]


def test_enter_stores_and_goes_on(form: Kept, qtbot: QtBot) -> None:
    fill(qtbot, field(form, "name"), "Budi", leave=Qt.Key.Key_Return)
    assert form.stored == [("name", "Budi")]
    assert field(form, "count").hasFocus()


def test_enter_in_the_last_field_stores_too(qtbot: QtBot) -> None:
    stored: list[str] = []
    form = LiveForm(lambda _name, value: stored.append(value))
    form.add("only", "Only", TextField())
    shown(qtbot, form)
    fill(qtbot, field(form, "only"), "x", leave=Qt.Key.Key_Return)
    assert stored == ["x"]
    assert field(form, "only").hasFocus()


def test_what_did_not_change_is_not_stored(form: Kept, qtbot: QtBot) -> None:
    for name in ("name", "count", "lines"):
        field(form, name).setFocus()
    fill(qtbot, field(form, "name"), "Ani")
    assert form.stored == []
    assert marks(form) == []


def test_a_choice_is_stored_at_once(form: Kept, qtbot: QtBot) -> None:
    field(form, "kind").setFocus()
    qtbot.keyClick(field(form, "kind"), Qt.Key.Key_Down)
    qtbot.mouseClick(field(form, "sex").chip("m"), Qt.MouseButton.LeftButton)
    qtbot.mouseClick(field(form, "asked"), Qt.MouseButton.LeftButton)
    assert form.stored == [("kind", "b"), ("sex", "m"), ("asked", True)]
    assert marks(form) == ["asked"]


def test_what_is_refused_stays_until_it_is_mended(form: Kept, qtbot: QtBot) -> None:
    fill(qtbot, field(form, "name"), "no")
    assert form.field("name").error() == "Not that."
    assert field(form, "name").text() == "no"
    assert not field(form, "name").hasFocus()  # whoever leaves may go on
    fill(qtbot, field(form, "count"), "12")
    assert form.field("count").error()
    assert form.field("name").error()
    assert not form.keep_all()
    form.show_kept(name="Citra", count=2)  # read again meanwhile: nothing typed is lost
    assert (field(form, "name").text(), field(form, "count").text()) == ("no", "12")
    fill(qtbot, field(form, "name"), "Citra")
    assert form.field("name").error() == ""
    fill(qtbot, field(form, "count"), "3")
    assert form.stored == [("count", 3)]
    assert form.keep_all()


def test_a_full_disk_is_said_at_the_field(form: Kept, qtbot: QtBot) -> None:
    form.full = True
    fill(qtbot, field(form, "name"), "Budi")
    assert form.field("name").error() == "Not that."
    form.full = False
    assert form.keep_all()
    assert form.stored == [("name", "Budi")]


def test_leaving_the_page_stores_what_was_typed(form: Kept) -> None:
    box = field(form, "name")
    box.setFocus()
    box.setText("Budi")
    form.hide()
    assert form.stored == [("name", "Budi")]


def test_what_is_read_again_is_shown(form: Kept) -> None:
    form.show_kept(name="Dewi", kind="b", asked=True)
    assert form.value("name") == "Dewi"
    assert form.value("kind") == "b"
    assert form.value("asked") is True
    assert form.stored == []


def test_a_field_made_of_parts_is_stored_too(qtbot: QtBot) -> None:
    from datetime import date

    stored: list[object] = []
    form = LiveForm(lambda _name, value: stored.append(value))
    form.add("day", "Day", DateField("Day", today=date(2026, 11, 23)))
    form.add("after", "After", TextField())
    shown(qtbot, form)
    fill(qtbot, field(form, "day").box, "1-2-2026")
    assert stored == [date(2026, 2, 1)]
