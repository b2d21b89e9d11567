from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from perpudesk.ui import theme
from perpudesk.ui.rail import NARROW, WIDE, Rail, RailButton, RailLine
from perpudesk.ui.text import Text
from tests.ui.accessibility import assert_accessible, texts_fit
from tests.ui.windows import shown

PAGES = (
    *(("desk", "Meja Depan", "F2"), ("computers", "Komputer", "F3")),
    *(("trainings", "Pelatihan", "F4"), ("communities", "Komunitas", "F5")),
    *(("program", "Program", "F6"), ("agenda", "Agenda", "Ctrl+J")),
    *(
        ("members", "Anggota", "Ctrl+M"),
        ("report", "Laporan", "F7"),
        ("settings", "Pengaturan", ""),
    ),
)
LINES = (
    RailLine(icon="visitor", text="Petugas: Rina"),
    RailLine(icon="check", text="Semua tersimpan 09.41"),
    RailLine(icon="warning", text="Cadangan: 3 hari lalu", alarm=True),
)


def rail(qtbot: QtBot, size: tuple[int, int] = (200, 768)) -> Rail:
    made = Rail("PerpuDesk", "Perpusda Kotawaringin Barat")
    for key, label, hint in PAGES:
        made.add_page(key, label, "desk", hint)
    made.set_lines(LINES)
    made.set_current("desk")
    return shown(qtbot, made, size)


def button(made: Rail, label: str) -> RailButton:
    return next(each for each in made.findChildren(RailButton) if each.text() == label)


def words(made: Rail) -> list[str]:
    return [text.text() for text in made.findChildren(Text) if text.isVisible()]


def test_rail_tells_the_page_that_was_chosen(qtbot: QtBot) -> None:
    made = rail(qtbot)
    with qtbot.waitSignal(made.chosen) as told:
        qtbot.mouseClick(button(made, "Laporan"), Qt.MouseButton.LeftButton)
    assert told.args == ["report"]
    made.set_current("members")
    assert button(made, "Anggota").isChecked()
    assert not button(made, "Laporan").isChecked()


def test_rail_is_spoken_with_its_keys(qtbot: QtBot) -> None:
    made = rail(qtbot)
    assert_accessible(made)
    assert button(made, "Agenda").accessibleDescription() == "Ctrl+J"


@pytest.mark.parametrize(
    "height,scale,width",
    [(768, 1.0, 1366), (600, 1.0, 1024), (768, 1.5, 1366), (768, 1.5, 2000), (480, 1.0, 800)],
)
def test_rail_fits(qapp: QApplication, qtbot: QtBot, height: int, scale: float, width: int) -> None:
    theme.apply(qapp, scale=scale)
    made = rail(qtbot, (200, height))
    made.set_practice(True)
    made.fit_window(width)
    made.resize(made.width(), height)
    QApplication.processEvents()
    assert made.height() == height
    assert texts_fit(made) == []
    last = button(made, "Pengaturan")
    if height >= 600:
        assert last.mapTo(made, last.rect().bottomLeft()).y() < height


def test_narrow_rail_shows_drawings_and_keys(qtbot: QtBot) -> None:
    made = rail(qtbot)
    assert made.width() == WIDE
    assert "PerpuDesk" in words(made)
    wide = button(made, "Agenda").grab().toImage()
    made.fit_window(1024)
    assert made.width() == NARROW
    assert words(made) == []
    assert button(made, "Agenda").toolTip() == "<span>Agenda (Ctrl+J)</span>"
    assert button(made, "Agenda").grab().toImage() != wide
    made.fit_window(1366)
    assert button(made, "Agenda").toolTip() == ""


def test_lines_are_replaced(qtbot: QtBot) -> None:
    made = rail(qtbot)
    made.fit_window(1366)
    made.set_lines(LINES[:1])
    QApplication.processEvents()
    assert [word for word in words(made) if word in {line.text for line in LINES}] == [
        "Petugas: Rina"
    ]
    made.set_branch("Desa <b>Kubu</b>")
    assert "Desa <b>Kubu</b>" in words(made)


def test_practice_is_marked_in_both_widths(qtbot: QtBot) -> None:
    made = rail(qtbot)

    def marks() -> list[QLabel]:
        return [mark for mark in made.findChildren(QLabel) if mark.text() == "PRACTICE"]

    assert not any(mark.isVisible() for mark in marks())
    made.set_practice(True)
    for width in (1366, 1024):
        made.fit_window(width)
        assert [mark.isVisible() for mark in marks()].count(True) == 1


def test_hover_and_focus_are_seen(qtbot: QtBot) -> None:
    made = rail(qtbot)
    for label in ("Komputer", "Meja Depan"):
        own = button(made, label)
        own.clearFocus()
        plain = own.grab().toImage()
        own.setFocus()
        assert own.grab().toImage() != plain
    own = button(made, "Program")
    plain = own.grab().toImage()
    own.setAttribute(Qt.WidgetAttribute.WA_UnderMouse)
    QApplication.sendEvent(own, QEvent(QEvent.Type.HoverEnter))
    assert own.grab().toImage() != plain


def test_a_narrow_rail_says_who_is_here(qtbot: QtBot) -> None:
    made = rail(qtbot)
    text = "Petugas: Rina Dewi"
    made.set_lines(
        [RailLine(icon="visitor", text=text, short="Rina", action="staff", key="Ctrl+Shift+P")]
    )
    made.fit_window(1024)
    QApplication.processEvents()
    assert words(made) == ["Rina"]
    foot = next(each for each in made.findChildren(QWidget) if each.accessibleName() == text)
    assert foot.toolTip() == "<span>Petugas: Rina Dewi (Ctrl+Shift+P)</span>"
    with qtbot.waitSignal(made.pressed) as told:
        qtbot.mouseClick(foot, Qt.MouseButton.LeftButton)
    assert told.args == ["staff"]


def test_the_page_in_front_is_brought_into_view(qtbot: QtBot) -> None:
    made = rail(qtbot, (200, 300))
    last = button(made, "Pengaturan")
    assert last.visibleRegion().isEmpty()
    made.set_current("settings")
    assert last.visibleRegion().boundingRect().height() == last.height()


def test_it_is_in_view_as_soon_as_the_rail_is_seen(qtbot: QtBot) -> None:
    made = Rail("PerpuDesk", "")
    for key, label, hint in PAGES:
        made.add_page(key, label, "desk", hint)
    made.set_current("settings")
    shown(qtbot, made, (200, 300))
    last = button(made, "Pengaturan")
    qtbot.waitUntil(lambda: last.visibleRegion().boundingRect().height() == last.height())


def test_all_show_their_keys_or_none_does(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[str] = []
    paint = QPainter.drawText

    def draw_text(painter: QPainter, *args: object) -> object:
        told.append(str(args[-1]))
        return paint(painter, *args)  # type: ignore[call-overload]

    monkeypatch.setattr(QPainter, "drawText", draw_text)
    keys = {hint for _key, _label, hint in PAGES if hint}
    made, seen = rail(qtbot), set()
    made.fit_window(600)
    for tall in range(560, 700):
        made.resize(made.width(), tall)
        QApplication.processEvents()
        told.clear()
        made.grab()
        seen.add(len(keys & set(told)))
    assert seen == {0, len(keys)}
