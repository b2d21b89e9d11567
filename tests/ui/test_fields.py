from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from perpudesk.core.errors import InputError
from perpudesk.ui.fields import (
    BAD_NUMBER,
    NO_CHOICE,
    CheckField,
    ChoiceField,
    NumberField,
    ParagraphField,
    Stepper,
    TextField,
)
from tests.ui.windows import shown

SEXES = (("female", "Perempuan"), ("male", "Laki-laki"))


@pytest.mark.parametrize(
    "text", ["Siti", "", "😀 صفحة", "<b>", "=cmd|' /C calc'!A0", "x" * 10_000, "a\u202eb"]
)
def test_text_comes_back_as_it_was(qtbot: QtBot, text: str) -> None:
    field = shown(qtbot, TextField())
    field.set_value(text)
    assert field.value() == text
    field.set_value(None)
    assert field.value() == ""


def test_text_loses_only_space_around_it(qtbot: QtBot) -> None:
    field = shown(qtbot, TextField("  Siti  Aminah ", placeholder="Nama"))
    assert field.value() == "Siti  Aminah"
    assert field.placeholderText() == "Nama"


def test_typing_is_told(qtbot: QtBot) -> None:
    field = shown(qtbot, TextField())
    with qtbot.waitSignals([field.changed] * 2):
        qtbot.keyClicks(field, "ab")


def test_paragraph_keeps_lines_and_lets_tab_out(qtbot: QtBot) -> None:
    window = QWidget()
    field, following = ParagraphField("Satu", lines=3, parent=window), TextField(parent=window)
    shown(qtbot, window)
    field.setFocus()
    field.set_value("Satu\nDua\n")
    assert field.value() == "Satu\nDua"
    with qtbot.waitSignal(field.changed):
        qtbot.keyClicks(field, "x")
    qtbot.keyClick(field, Qt.Key.Key_Tab)
    assert following.hasFocus()
    field.set_value(None)
    assert field.value() == ""
    assert field.minimumSizeHint().height() == field.sizeHint().height()


@pytest.mark.parametrize(
    "typed,value",
    [
        ("", None),
        (" ", None),
        ("1", 1),
        ("999", 999),
        ("0999", 999),
        ("1.000", 1000),
        ("1 000", 1000),
    ],
)
def test_numbers_as_people_write_them(qtbot: QtBot, typed: str, value: int | None) -> None:
    field = shown(qtbot, NumberField(low=1, high=1000))
    field.setText(typed)
    assert field.value() == value


@pytest.mark.parametrize(
    "typed", ["0", "-1", "1,5", "1001", "1000000000", "1e9", "x", "٣", "²", "9" * 5000, "NaN"]
)
def test_what_is_no_number_is_refused_and_kept(qtbot: QtBot, typed: str) -> None:
    field = shown(qtbot, NumberField(low=1, high=1000))
    field.setObjectName("count")
    field.setText(typed)
    with pytest.raises(InputError) as caught:
        field.value()
    assert (caught.value.problem, caught.value.field) == (BAD_NUMBER, "count")
    assert caught.value.sentence() == "Type a whole number from 1 to 1,000."
    assert field.text() == typed[: field.maxLength()]


def test_arrows_count_within_the_limits(qtbot: QtBot) -> None:
    field = shown(qtbot, NumberField(9, low=1, high=10))
    for _ in range(3):
        qtbot.keyClick(field, Qt.Key.Key_Up)
    assert field.value() == 10
    field.setText("banyak")
    qtbot.keyClick(field, Qt.Key.Key_Down)
    assert field.value() == 1
    field.set_value(None)
    qtbot.keyClick(field, Qt.Key.Key_Up)
    assert field.value() == 1
    with qtbot.waitSignal(field.changed):
        qtbot.keyClicks(field, "5")


def test_stepper_counts_with_buttons_keys_and_typing(qtbot: QtBot) -> None:
    stepper = shown(qtbot, Stepper("Jumlah orang", high=20))
    assert stepper.box.hasFocus()
    qtbot.mouseClick(stepper.plus, Qt.MouseButton.LeftButton)
    assert stepper.value() == 2
    qtbot.mouseClick(stepper.minus, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(stepper.minus, Qt.MouseButton.LeftButton)
    assert stepper.value() == 1
    assert stepper.box.hasFocus()  # the buttons leave the focus where it is
    stepper.box.selectAll()
    with qtbot.waitSignal(stepper.changed):
        qtbot.keyClicks(stepper.box, "12")
    assert stepper.value() == 12
    stepper.set_value(None)
    assert stepper.value() == 1
    stepper.set_value(7)
    assert stepper.value() == 7
    assert stepper.accessibleName() == stepper.box.accessibleName() == "Jumlah orang"


@pytest.mark.parametrize("typed", ["", "0", "21"])
def test_stepper_refuses_what_is_no_count(qtbot: QtBot, typed: str) -> None:
    stepper = shown(qtbot, Stepper("Jumlah", high=20))
    stepper.setObjectName("count")
    stepper.box.setText(typed)
    with pytest.raises(InputError) as caught:
        stepper.value()
    assert caught.value.field == "count"


def test_choice_by_slug(qtbot: QtBot) -> None:
    field = shown(qtbot, ChoiceField(SEXES))
    assert field.value() is None
    assert field.placeholderText()
    with qtbot.waitSignal(field.changed):
        field.set_value("male")
    assert (field.value(), field.currentText()) == ("male", "Laki-laki")
    field.set_value("nonsense")
    assert field.value() is None
    field.set_options(SEXES[:1], value="female")
    assert field.value() == "female"
    field.setEnabled(False)
    assert field.grab().width() == field.width()


def test_choice_can_be_required(qtbot: QtBot) -> None:
    field = shown(qtbot, ChoiceField(SEXES, required=True))
    field.setObjectName("sex")
    with pytest.raises(InputError) as caught:
        field.value()
    assert (caught.value.problem, caught.value.field) == (NO_CHOICE, "sex")
    field.set_value("male")
    assert field.value() == "male"


def test_wheel_does_not_change_a_choice(qtbot: QtBot) -> None:
    field = shown(qtbot, ChoiceField(SEXES, value="female"))
    event = QWheelEvent(
        QPointF(5, 5),
        QPointF(5, 5),
        QPoint(0, -120),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(field, event)
    assert field.value() == "female"


def test_check_is_ticked_by_key_box_and_words(qtbot: QtBot) -> None:
    field = shown(qtbot, CheckField("Hitung A & B"))
    assert field.accessibleName() == "Hitung A & B"
    with qtbot.waitSignal(field.changed):
        qtbot.keyClick(field, Qt.Key.Key_Space)
    assert field.value()
    at = QPoint(field.width() - 6, field.height() // 2)
    qtbot.mouseClick(field, Qt.MouseButton.LeftButton, pos=at)
    assert not field.value()
    field.set_value(True)
    assert field.value()
    field.set_value(None)
    assert not field.value()
    field.setEnabled(False)
    assert field.grab().width() == field.width()
