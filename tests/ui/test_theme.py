from __future__ import annotations

import re

import pytest
from PySide6.QtGui import QColor, QFontInfo, QPalette
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QDialog,
    QLineEdit,
    QRadioButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from perpudesk.ui import theme
from perpudesk.ui.buttons import Button
from perpudesk.ui.stylesheet import stylesheet
from perpudesk.ui.text import Text
from perpudesk.ui.theme import Size
from perpudesk.ui.tokens import PALETTES, Scheme, contrast


def test_the_shipped_font_is_the_application_s(qapp: QApplication) -> None:
    assert qapp.font().family() == "DejaVu Sans"
    assert QFontInfo(qapp.font()).exactMatch()
    assert qapp.font().pointSizeF() == pytest.approx(theme.current().points(Size.BODY))


def test_sizes_are_those_of_the_design() -> None:
    assert [size.value for size in Size] == [12.5, 14, 15, 18, 20, 25, 34]


@pytest.mark.parametrize("scheme", Scheme)
def test_palette_answers_for_what_fusion_gets_wrong(qapp: QApplication, scheme: Scheme) -> None:
    theme.apply(qapp, scheme=scheme)
    role, palette = QPalette.ColorRole, qapp.palette()
    for text, ground in ((role.PlaceholderText, role.Base), (role.HighlightedText, role.Highlight)):
        pair = palette.color(text).name(), palette.color(ground).name()
        assert contrast(*pair) >= 4.5


@pytest.mark.parametrize("scheme", Scheme)
def test_placeholder_is_painted_as_the_palette_says(
    qapp: QApplication, qtbot: QtBot, scheme: Scheme
) -> None:
    theme.apply(qapp, scheme=scheme)
    field = QLineEdit()
    qtbot.addWidget(field)
    field.ensurePolished()
    colour = field.palette().color(QPalette.ColorRole.PlaceholderText)
    assert colour == QColor(PALETTES[scheme].quiet)
    assert colour.alpha() == 255


@pytest.mark.parametrize("scale", theme.SCALES)
def test_text_grows_with_the_scale(qapp: QApplication, qtbot: QtBot, scale: float) -> None:
    theme.apply(qapp, scale=scale)
    text = Text("Hari ini", "title")
    qtbot.addWidget(text)
    text.ensurePolished()
    assert QFontInfo(text.font()).pixelSize() == round(20 * scale)


def test_scale_stays_within_what_fits() -> None:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    assert theme.apply(app, scale=0.5).scale == 1.0
    assert theme.apply(app, scale=9).scale == 2.0


def test_unknown_scheme_is_refused(qapp: QApplication) -> None:
    with pytest.raises(ValueError, match="sepia"):
        theme.apply(qapp, scheme="sepia")


def test_stylesheet_leaves_no_hole_and_names_only_tokens() -> None:
    for scheme, tokens in PALETTES.items():
        sheet = stylesheet(theme.Theme(scheme=scheme, tokens=tokens, scale=1.25))
        assert "$" not in sheet
        assert sheet.count("{") == sheet.count("}")
        assert re.search(r"border-radius: \d+px", sheet)


def test_open_windows_follow_a_change(qapp: QApplication, qtbot: QtBot) -> None:
    button = Button("Cetak", kind="primary", icon="print")
    qtbot.addWidget(button)
    button.show()
    before, light = button.sizeHint(), button.grab().toImage()
    theme.apply(qapp, scheme="dark", scale=1.5)
    assert button.sizeHint().width() > before.width()
    assert button.grab().toImage() != light


def qts_own() -> dict[str, tuple[QWidget, slice]]:
    """What only Qt's own dialogs hold, and where in px across it its mark is."""
    radio, check, ticked = QRadioButton("Ya"), QCheckBox("Ya"), QCheckBox("Ya")
    ticked.setChecked(True)
    combo, spin = QComboBox(), QSpinBox()
    combo.addItem("A4")
    spin.setFixedWidth(120)
    combo.setFixedWidth(120)
    left, right = slice(0, 18), slice(94, 114)
    return {
        "radio": (radio, left),
        "check": (check, left),
        "ticked": (ticked, left),
        "combo": (combo, right),
        "spin": (spin, right),
    }


@pytest.mark.parametrize("scheme", Scheme)
def test_marks_of_qts_own_dialogs_are_seen(
    qapp: QApplication, qtbot: QtBot, scheme: Scheme
) -> None:
    theme.apply(qapp, scheme=scheme)
    dialog = QDialog()
    qtbot.addWidget(dialog)
    parts = qts_own()
    box = QVBoxLayout(dialog)
    for widget, _ in parts.values():
        box.addWidget(widget)
    dialog.show()
    for name, (widget, across) in parts.items():
        image = widget.grab().toImage()
        middle = range(image.height() // 4, 3 * image.height() // 4)
        ground = PALETTES[scheme].card if across.start else PALETTES[scheme].background
        seen = max(
            contrast(image.pixelColor(x, y).name(), ground)
            for x in range(across.start, across.stop)
            for y in middle
        )
        assert seen >= 3.0, name
    theme.apply(qapp)
