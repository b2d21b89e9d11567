from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from perpudesk.core.errors import InputError
from perpudesk.core.i18n import speaking
from perpudesk.ui.decimals import BAD_DECIMAL, DecimalField
from tests.ui.windows import shown


@pytest.mark.parametrize(
    "lang, text, value",
    [
        ("id", "92,5", 92.5),
        ("id", "1.234,25", 1234.25),
        ("id", "1.234", 1234.0),
        ("en", "1,234.25", 1234.25),
        ("en", "92.5", 92.5),
        ("id", " 7 ", 7.0),
        ("id", "", None),
    ],
)
def test_a_number_is_read_as_it_is_printed(
    qtbot: QtBot, lang: str, text: str, value: float | None
) -> None:
    field = shown(qtbot, DecimalField())
    field.setText(text)
    with speaking(lang):
        assert field.value() == value


@pytest.mark.parametrize("text", ["92.5", "1,234", "x", "-1", "9" * 13, "3,4,5", "٣", "501"])
def test_anything_else_is_refused_and_stays(qtbot: QtBot, text: str) -> None:
    field = shown(qtbot, DecimalField(high=500))
    field.setText(text)
    with speaking("id"), pytest.raises(InputError) as refused:
        field.value()
    assert refused.value.problem is BAD_DECIMAL
    assert field.text() == text


def test_it_shows_the_decimals_it_has(qtbot: QtBot) -> None:
    field = shown(qtbot, DecimalField())
    with speaking("id"):
        for value, text in ((92.5, "92,5"), (100.0, "100"), (0.126, "0,13"), (None, "")):
            field.set_value(value)
            assert field.text() == text


def test_up_and_down_count(qtbot: QtBot) -> None:
    field = shown(qtbot, DecimalField(low=1, high=3))
    with speaking("id"):
        field.setText("x")
        qtbot.keyClick(field, Qt.Key.Key_Up)
        assert field.text() == "1"
        field.setText("1,5")
        qtbot.keyClick(field, Qt.Key.Key_Up)
        qtbot.keyClick(field, Qt.Key.Key_Up)
        assert field.text() == "3"
