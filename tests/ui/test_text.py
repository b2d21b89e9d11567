from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontInfo
from pytestqt.qtbot import QtBot

from perpudesk.ui import theme
from perpudesk.ui.stylesheet import TEXT_ROLES
from perpudesk.ui.text import Text, literal, set_state, tip


@pytest.mark.parametrize("text", ["<b>Siti</b>", "<img src='http://x/y.png'>", "&amp; A&B"])
def test_markup_stays_text(qtbot: QtBot, text: str) -> None:
    label = Text(text)
    qtbot.addWidget(label)
    assert label.textFormat() == Qt.TextFormat.PlainText
    assert label.text() == text
    assert label.sizeHint().width() >= label.fontMetrics().horizontalAdvance(text)


@pytest.mark.parametrize("role", TEXT_ROLES)
def test_role_gives_size_weight_and_colour(qtbot: QtBot, role: str) -> None:
    size, weight, colour = TEXT_ROLES[role]
    label = Text("Hari ini", role)
    qtbot.addWidget(label)
    label.ensurePolished()
    assert label.font().bold() == (weight == "bold")
    assert QFontInfo(label.font()).pixelSize() == round(size.value + 0.01)
    seen = label.palette().color(label.foregroundRole())
    assert seen == theme.current().colour(colour)


def test_role_can_change(qtbot: QtBot) -> None:
    label = Text("9", "body")
    qtbot.addWidget(label)
    label.set_role("display")
    label.ensurePolished()
    assert QFontInfo(label.font()).pixelSize() == 34
    set_state(label, "role", "display")  # the same again does nothing


def test_wrapping_text_stays_on_one_line_while_it_is_short(qtbot: QtBot) -> None:
    short, long = Text("Biasanya sampai jam ini", wrap=True), Text("kata " * 60, wrap=True)
    for label in (short, long):
        qtbot.addWidget(label)
    line = short.fontMetrics().height()
    assert short.sizeHint().height() < 2 * line
    assert long.sizeHint().height() > 3 * line
    assert long.minimumSizeHint().width() < 100


def test_tips_and_buttons_take_text_literally() -> None:
    assert tip("<b>") == "<span>&lt;b&gt;</span>"
    assert tip("") == ""
    assert literal("A & B") == "A && B"
