from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from perpudesk.ui import theme
from perpudesk.ui.buttons import Button, ChipGroup
from perpudesk.ui.layout import column
from tests.ui.accessibility import assert_accessible, texts_fit
from tests.ui.windows import shown

PURPOSES = (("reading", "Membaca"), ("loans", "Pinjam & kembali"), ("other", "Lainnya"))


def test_button_does_its_slot_without_arguments(qtbot: QtBot) -> None:
    done: list[str] = []
    button = Button("Ubah", lambda word="slot": done.append(word))
    shown(qtbot, button)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert done == ["slot"]
    Button("Tanpa").click()


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space])
def test_enter_and_space_press_once(qtbot: QtBot, key: Qt.Key) -> None:
    done: list[int] = []
    button = Button("Ubah", lambda: done.append(1))
    shown(qtbot, button)
    qtbot.keyClick(button, key)
    assert done == [1]


def test_a_held_enter_presses_once(qtbot: QtBot) -> None:
    done: list[int] = []
    button = Button("Ubah", lambda: done.append(1))
    shown(qtbot, button)
    none = Qt.KeyboardModifier.NoModifier
    for repeated in (False, True, True):
        press = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Return, none, "\r", repeated)
        QApplication.sendEvent(button, press)
    assert done == [1]


def test_ampersand_is_a_letter(qtbot: QtBot) -> None:
    button = Button("Toko A & B")
    shown(qtbot, button)
    assert button.label() == "Toko A & B"
    assert button.accessibleName() == "Toko A & B"
    assert button.shortcut().isEmpty()
    button.set_label("C & D")
    assert button.label() == "C & D"


def test_button_of_a_drawing_has_a_name_and_a_tip(qtbot: QtBot) -> None:
    button = Button(icon="close", name="Tutup <b>", key="Esc")
    shown(qtbot, button)
    assert_accessible(button)
    assert button.toolTip() == "<span>Tutup &lt;b&gt; (Esc)</span>"


@pytest.mark.parametrize("kind", ["plain", "primary", "danger", "link", "ghost", "inverse"])
def test_focus_is_seen_on_every_kind(qtbot: QtBot, kind: str) -> None:
    window = QWidget()
    button, other = Button("Ubah", kind=kind, icon="edit"), Button("Lain")
    for place, each in enumerate((other, button)):
        each.setParent(window)
        each.move(0, place * 50)
    shown(qtbot, window)
    other.setFocus()
    before = button.grab().toImage()
    button.setFocus()
    assert button.grab().toImage() != before
    button.setEnabled(False)
    assert button.grab().toImage() != before


def test_key_is_left_out_before_the_words(qtbot: QtBot) -> None:
    button = Button("Rombongan…", key="Ctrl+G")
    plain = Button("Rombongan…")
    shown(qtbot, button)
    qtbot.addWidget(plain)
    assert button.minimumSizeHint() == plain.sizeHint()
    assert button.sizeHint().width() > plain.sizeHint().width()
    for width in (button.sizeHint().width(), plain.sizeHint().width(), 40):
        button.resize(width, 36)
        assert button.grab().width() == width
    assert texts_fit(button.parentWidget() or button) == []


def test_buttons_are_high_enough_for_a_finger(qtbot: QtBot) -> None:
    for scale in theme.SCALES:
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        theme.apply(app, scale=scale)
        button = Button("Ubah")
        shown(qtbot, button)
        assert button.height() >= 36


def group(qtbot: QtBot, value: str | None = "reading") -> tuple[ChipGroup, list[str]]:
    chips = ChipGroup("Tujuan", PURPOSES, value=value)
    told: list[str] = []
    chips.chosen.connect(told.append)
    shown(qtbot, chips)
    return chips, told


def test_chips_tell_what_a_person_chose(qtbot: QtBot) -> None:
    chips, told = group(qtbot)
    qtbot.mouseClick(chips.chip("other"), Qt.MouseButton.LeftButton)
    assert told == ["other"]
    assert chips.value() == "other"


def test_the_program_chooses_silently(qtbot: QtBot) -> None:
    chips, told = group(qtbot)
    chips.choose("loans")
    assert chips.value() == "loans"
    chips.set_value(None)
    assert chips.value() is None
    chips.choose("nonsense")
    assert chips.value() is None
    assert told == []


@pytest.mark.parametrize(
    "key,slug",
    [
        (Qt.Key.Key_Right, "loans"),
        (Qt.Key.Key_Down, "loans"),
        (Qt.Key.Key_Left, "other"),
        (Qt.Key.Key_Up, "other"),
        (Qt.Key.Key_End, "other"),
    ],
)
def test_arrows_choose_and_go_round(qtbot: QtBot, key: Qt.Key, slug: str) -> None:
    chips, told = group(qtbot)
    chips.setFocus()
    qtbot.keyClick(QApplication.focusWidget(), key)
    assert told == [slug]
    assert chips.chip(slug).hasFocus()
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Home)
    assert told == [slug, "reading"]


def test_tab_stops_once(qtbot: QtBot) -> None:
    chips, _ = group(qtbot, value=None)
    stops = Qt.FocusPolicy.TabFocus.value

    def stopping() -> list[str]:
        return [
            slug for slug, _ in PURPOSES if chips.chip(slug).focusPolicy().value & stops == stops
        ]

    assert stopping() == ["reading"]
    chips.choose("other")
    assert stopping() == ["other"]
    qtbot.mouseClick(chips.chip("loans"), Qt.MouseButton.LeftButton)
    assert stopping() == ["loans"]


def test_other_keys_go_on_to_the_page(qtbot: QtBot) -> None:
    class Around(QWidget):
        def __init__(self) -> None:
            super().__init__()
            self.keys: list[int] = []

        def keyPressEvent(self, event: QKeyEvent) -> None:
            self.keys.append(event.key())

    around = Around()
    chips = ChipGroup("Tujuan", PURPOSES, value="reading", parent=around)
    shown(qtbot, around)
    chips.setFocus()
    for key in (Qt.Key.Key_Q, Qt.Key.Key_Return):
        qtbot.keyClick(QApplication.focusWidget(), key)
    assert around.keys == [Qt.Key.Key_Q, Qt.Key.Key_Return]
    around.setFocus()
    QApplication.sendEvent(
        chips,
        QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Left, Qt.KeyboardModifier.NoModifier),
    )
    assert around.keys[-1] == Qt.Key.Key_Left


def test_options_can_change(qtbot: QtBot) -> None:
    chips, told = group(qtbot)
    chips.set_options((("a", "Satu"), ("b", "Dua")), value="b")
    assert chips.value() == "b"
    qtbot.mouseClick(chips.chip("a"), Qt.MouseButton.LeftButton)
    assert told == ["a"]
    chips.set_options(())
    assert chips.value() is None


def test_chips_have_names(qtbot: QtBot) -> None:
    chips, _ = group(qtbot)
    assert_accessible(chips)
    assert chips.accessibleName() == "Tujuan"
    assert chips.chip("loans").accessibleName() == "Pinjam & kembali"


def test_new_chips_keep_the_place_of_the_group_in_the_order_of_tab(qtbot: QtBot) -> None:
    before, group, after = QLineEdit(), ChipGroup("Pilih"), QLineEdit()
    window = QWidget()
    window.setLayout(column(before, group, after))
    shown(qtbot, window)
    for options in ((("a", "A"), ("b", "B")), (("c", "C"),)):
        group.set_options(options, value=options[0][0])
        qtbot.waitUntil(group.chip(options[0][0]).isVisible)
        before.setFocus()
        qtbot.keyClick(before, Qt.Key.Key_Tab)
        assert QApplication.focusWidget() is group.chip(options[0][0])
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        assert after.hasFocus()
