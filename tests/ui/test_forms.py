from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from perpudesk.core.errors import InputError, Problem, RuleError
from perpudesk.ui import fitting, theme
from perpudesk.ui.buttons import Button, ChipGroup
from perpudesk.ui.calendar import DateField
from perpudesk.ui.fields import (
    CheckField,
    ChoiceField,
    NumberField,
    ParagraphField,
    Stepper,
    TextField,
)
from perpudesk.ui.forms import Field, Form, FormDialog
from perpudesk.ui.text import Text
from tests.ui.accessibility import assert_accessible, spoken_name, texts_fit
from tests.ui.windows import shown

TOO_LONG = Problem("too_long", "Write at most {most} letters.")
CLOSED = Problem("closed", "The day is closed. Open it first.")
TODAY = date(2026, 11, 23)
SEXES = (("female", "Perempuan"), ("male", "Laki-laki"))


def made(qtbot: QtBot, **options: bool) -> Form:
    form = Form(**options)
    form.add_section("Diri")
    form.add("name", "Nama & gelar", TextField("Siti"), hint="Boleh kosong.")
    form.add("born", "Lahir", DateField("Lahir", today=TODAY), beside=True)
    form.add("sex", "Jenis kelamin", ChoiceField(SEXES))
    form.add("age", "Umur", NumberField(low=0, high=120), beside=True)
    form.add("kind", "Tujuan", ChipGroup("Tujuan", SEXES, value="male"))
    form.add("count", "Jumlah", Stepper("Jumlah"))
    form.add("note", "Catatan", ParagraphField())
    form.add("counts", "", CheckField("Hitung"))
    form.add_stretch()
    return shown(qtbot, form, (560, 640))


def press(qtbot: QtBot, key: Qt.Key, control: bool = False) -> None:
    modifier = Qt.KeyboardModifier.ControlModifier if control else Qt.KeyboardModifier.NoModifier
    qtbot.keyClick(QApplication.focusWidget(), key, modifier)


def focused(form: Form) -> str:
    """The name of the field with the focus."""
    widget = QApplication.focusWidget()
    return next(n for n, field in form._fields.items() if field.isAncestorOf(widget))


def test_every_field_has_its_label_as_its_name(qtbot: QtBot) -> None:
    form = made(qtbot)
    assert_accessible(form)
    assert spoken_name(form.field("name").widget) == "Nama & gelar"
    assert texts_fit(form) == []


def test_values_go_in_and_come_out(qtbot: QtBot) -> None:
    form = made(qtbot)
    form.fill(name="Budi", born=TODAY, sex="male", age=30, kind="female", count=4, counts=True)
    names = ("name", "born", "sex", "age", "kind", "count", "counts")
    assert [form.value(name) for name in names] == [
        *("Budi", TODAY, "male", 30, "female", 4, True),
    ]
    form.clear()
    assert [form.value(name) for name in names] == ["", None, None, None, None, 1, False]
    assert focused(form) == "name"


def test_enter_goes_to_the_next_and_at_the_last_submits(qtbot: QtBot) -> None:
    form = made(qtbot)
    form.focus_first()
    went = []
    for _ in range(5):
        press(qtbot, Qt.Key.Key_Return)
        went.append(focused(form))
    assert went == ["born", "sex", "age", "kind", "count"]
    form.field("counts").widget.setFocus()
    with qtbot.waitSignal(form.submitted):
        press(qtbot, Qt.Key.Key_Enter)


def test_enter_in_a_paragraph_is_a_new_line_and_with_control_submits(qtbot: QtBot) -> None:
    form = made(qtbot)
    form.field("note").widget.setFocus()
    press(qtbot, Qt.Key.Key_Return)
    assert focused(form) == "note"
    with qtbot.waitSignal(form.submitted):
        press(qtbot, Qt.Key.Key_Return, control=True)


def test_enter_leaves_out_what_cannot_be_filled_in(qtbot: QtBot) -> None:
    form = made(qtbot)
    form.field("born").hide()
    form.field("sex").widget.setEnabled(False)
    form.focus_first()
    press(qtbot, Qt.Key.Key_Return)
    assert focused(form) == "age"


def test_a_short_form_submits_at_once(qtbot: QtBot) -> None:
    form = made(qtbot, enter_submits=True)
    form.focus_first()
    with qtbot.waitSignal(form.submitted):
        press(qtbot, Qt.Key.Key_Return)


def test_escape_loses_nothing(qtbot: QtBot) -> None:
    form = made(qtbot)
    form.focus_first()
    press(qtbot, Qt.Key.Key_Escape)
    assert form.value("name") == "Siti"
    assert form.isVisible()


def test_error_stands_at_its_field_until_it_is_mended(qtbot: QtBot) -> None:
    form = made(qtbot)
    form.show_error(InputError(TOO_LONG, field="name", most=200))
    field = form.field("name")
    assert field.error() == "Write at most 200 letters."
    assert field.widget.accessibleDescription() == "Write at most 200 letters."
    assert field.widget.hasFocus()
    assert field.value() == "Siti"
    red = field.widget.grab().toImage().pixelColor(20, 6)
    assert red == theme.current().colour("red_soft")
    qtbot.keyClicks(field.widget, "x")
    assert field.error() == ""
    assert field.widget.accessibleDescription() == "Boleh kosong."


@pytest.mark.parametrize("name", ["born", "count"])
def test_error_marks_the_box_of_a_field_of_parts(qtbot: QtBot, name: str) -> None:
    form = made(qtbot)
    form.show_error(InputError(TOO_LONG, field=name, most=9))
    assert form.field(name).widget.box.property("wrong") is True
    assert focused(form) == name


def test_error_of_no_field_stands_above(qtbot: QtBot) -> None:
    form = made(qtbot)
    for error in (RuleError(CLOSED), InputError(CLOSED, field="elsewhere")):
        form.show_error(error)
        assert form._banner.isVisible()
        assert form._banner.accessibleName() == "The day is closed. Open it first."
        form.clear_errors()
        assert not form._banner.isVisible()


def test_attempt_shows_what_is_refused_and_keeps_everything(qtbot: QtBot) -> None:
    form = made(qtbot)
    form.field("age").widget.setText("tua")
    assert not form.attempt(lambda: form.value("age"))
    assert form.field("age").error()
    assert form.field("age").widget.text() == "tua"
    done: list[str] = []
    assert form.attempt(lambda: done.append("ya"))
    assert done == ["ya"]
    assert form.field("age").error() == ""


def test_attempt_swallows_no_bug_of_ours(qtbot: QtBot) -> None:
    form = made(qtbot)
    with pytest.raises(ZeroDivisionError):
        form.attempt(lambda: 1 // 0)


def test_changes_are_told(qtbot: QtBot) -> None:
    form = made(qtbot)
    with qtbot.waitSignal(form.changed):
        qtbot.keyClicks(form.field("name").widget, "x")
    with qtbot.waitSignal(form.changed):
        qtbot.mouseClick(form.field("kind").widget.chip("female"), Qt.MouseButton.LeftButton)


def test_field_without_label_or_hint_takes_no_room(qtbot: QtBot) -> None:
    field = Field("", CheckField("Hitung"))
    shown(qtbot, field)
    assert [text for text in field.findChildren(Text) if text.isVisible()] == []


def dialog(qtbot: QtBot) -> tuple[QWidget, FormDialog]:
    window = shown(qtbot, QWidget(), (600, 400))
    form = Form()
    form.add("name", "Nama", TextField())
    return window, FormDialog("Anggota baru", form, action="Simpan anggota", parent=window)


def test_dialog_keeps_its_draft_through_escape(qtbot: QtBot) -> None:
    _, own = dialog(qtbot)
    own.open()
    qtbot.waitUntil(own.form.field("name").widget.hasFocus)
    qtbot.keyClicks(own.form.field("name").widget, "Si")
    press(qtbot, Qt.Key.Key_Escape)
    assert not own.isVisible()
    own.open()
    assert own.form.value("name") == "Si"
    own.finish()
    assert not own.isVisible()
    assert own.form.value("name") == ""


def test_dialog_submits_by_enter_and_by_button_once(qtbot: QtBot) -> None:
    _, own = dialog(qtbot)
    told: list[int] = []
    own.submitted.connect(lambda: told.append(1))
    own.open()
    qtbot.waitUntil(own.form.field("name").widget.hasFocus)
    press(qtbot, Qt.Key.Key_Return)
    assert told == [1]
    qtbot.mouseClick(own.save, Qt.MouseButton.LeftButton)
    assert told == [1, 1]
    assert own.isVisible()  # it is the page that knows when the work is done
    assert_accessible(own)
    own.reject()


@pytest.fixture(params=[556, 700])
def room(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> int:
    """The height that a screen of 600 px leaves, or one of 744."""
    tall: int = request.param
    monkeypatch.setattr(fitting, "room_for", lambda _: QSize(1012, tall))
    return tall


def test_a_dialog_is_never_higher_than_the_screen(qtbot: QtBot, room: int) -> None:
    form = Form()
    for name in "abcdefghijklmnop":
        form.add(name, name, TextField())
    window = shown(qtbot, QWidget(), (600, 400))
    own = FormDialog("Anggota baru", form, parent=window)
    own.open()
    assert own.height() == room
    assert own.rect().contains(own.save.geometry())
    qtbot.waitUntil(form.field("a").widget.hasFocus)
    last = form.field("p").widget
    last.setFocus()
    qtbot.waitUntil(lambda: own.rect().contains(last.mapTo(own, last.rect().center())))
    own.reject()


def test_a_dialog_grows_with_its_form(qtbot: QtBot, room: int) -> None:
    form = Form()
    names = "abcdefg"
    for name in names:
        form.add(name, name, TextField()).setVisible(name == "a")
    window = shown(qtbot, QWidget(), (600, 400))
    own = FormDialog("Rombongan", form, parent=window)
    own.open()
    before = own.height()
    for name in names:
        form.field(name).show()
    qtbot.waitUntil(lambda: own.height() > before)
    assert own.height() == min(room, own.sizeHint().height())
    assert own.rect().contains(own.save.geometry())
    own.reject()


def test_dialog_has_title_and_more_buttons(qtbot: QtBot) -> None:
    _, own = dialog(qtbot)
    own.set_title("Ubah anggota")
    own.add_button(Button("Hapus", kind="danger"))
    own.open()
    assert own.windowTitle() == own.heading.text() == "Ubah anggota"
    assert own.save.label() == "Simpan anggota"
    assert texts_fit(own) == []
    own.reject()
