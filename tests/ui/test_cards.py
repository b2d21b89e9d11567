from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from perpudesk.core import i18n
from perpudesk.ui import theme
from perpudesk.ui.buttons import Button
from perpudesk.ui.cards import Banner, Card, Drawing, EmptyState, PageHeader
from perpudesk.ui.layout import row
from perpudesk.ui.stylesheet import TONES
from perpudesk.ui.text import Text
from tests.ui.accessibility import assert_accessible, texts_fit
from tests.ui.windows import shown

TODAY = date(2026, 11, 23)
WIDE = (600, 200)
NOW = datetime(2026, 11, 23, 9, 41, tzinfo=UTC)


def words(widget: QWidget) -> list[str]:
    labels = [label for label in widget.findChildren(QLabel) if label.isVisible()]
    return [label.text() for label in labels if label.text()]


def test_card_has_title_header_and_parts(qtbot: QtBot) -> None:
    card = Card("Baru dicatat")
    card.add_header(Button("Batalkan"))
    card.add(Text("Isi"))
    card.add(row(Text("Kiri"), Text("Kanan")))
    card.add_stretch()
    shown(qtbot, card, WIDE)
    assert words(card) == ["Baru dicatat", "Isi", "Kiri", "Kanan"]
    title, button = card.findChildren(Text)[0], card.findChild(Button)
    assert button.geometry().left() > title.geometry().right() + 200


def test_card_without_title_has_no_empty_line(qtbot: QtBot) -> None:
    card = Card()
    card.add(Text("Isi"))
    shown(qtbot, card, WIDE)
    assert words(card) == ["Isi"]
    card.set_title("Kini")
    qtbot.waitUntil(lambda: sorted(words(card)) == ["Isi", "Kini"])


@pytest.mark.parametrize(
    "tone,role", [*TONES.items(), ("primary", "primary"), ("neutral", "track")]
)
def test_edge_is_coloured_by_state(qtbot: QtBot, tone: str, role: str) -> None:
    card = shown(qtbot, Card("PC 1"), WIDE)
    card.set_edge(tone)
    image = card.grab().toImage()
    assert image.pixelColor(2, 100) == theme.current().colour(role)
    card.set_edge(None)
    assert card.grab().toImage().pixelColor(2, 100) == theme.current().colour("card")


def test_marked_card_has_the_edge_of_the_work(qtbot: QtBot) -> None:
    card = shown(qtbot, Card(), WIDE)
    card.set_marked(True)
    assert card.grab().toImage().pixelColor(1, 100) == theme.current().colour("primary")
    card.set_marked(False)
    assert card.grab().toImage().pixelColor(1, 100) == theme.current().colour("card")


def test_header_says_page_state_day_and_time(qtbot: QtBot) -> None:
    i18n.use("id")
    header = shown(qtbot, PageHeader("Meja Depan"), (1100, 52))
    header.set_status(("Buka", "ok"), ("Dihitung", "info"))
    header.set_now(TODAY, NOW, "WIB")
    seen = ["Meja Depan", "Buka", "Dihitung", "Senin, 23 November 2026 ·", "09.41 WIB"]
    assert sorted(words(header)) == sorted(seen)
    header.set_status(("Tutup", "neutral"))
    assert "Dihitung" not in words(header)
    assert header.title() == "Meja Depan"


def test_header_leaves_the_day_out_first(qtbot: QtBot) -> None:
    header = shown(qtbot, PageHeader("Meja Depan"), (1100, 52))
    header.set_status(("Buka · dihitung", "ok"))
    header.set_now(TODAY, NOW, "WIB")
    header.resize(480, 52)
    assert "09:41 WIB" in words(header)
    assert not any("2026" in word for word in words(header))
    assert texts_fit(header) == []
    header.resize(1100, 52)
    assert any("2026" in word for word in words(header))


def test_header_shows_where_we_are_and_what_a_page_adds(qtbot: QtBot) -> None:
    header = shown(qtbot, PageHeader("Pelatihan"), (900, 52))
    header.set_title("Pelatihan", "Email untuk UMKM")
    header.add(Button("Ubah"))
    assert "Email untuk UMKM" in words(header)
    header.set_title("Pelatihan")
    assert "Email untuk UMKM" not in words(header)


@pytest.mark.parametrize("tone", TONES)
def test_banner_says_it_and_offers_what_to_do(qtbot: QtBot, tone: str) -> None:
    done: list[str] = []
    banner = Banner("Listrik padam.", "3 sesi ditutup.", tone=tone)
    banner.add_action("Periksa", lambda: done.append("periksa"))
    right = banner.add_action("Benar", lambda: done.append("benar"), primary=True)
    shown(qtbot, banner)
    assert banner.accessibleName() == "Listrik padam. 3 sesi ditutup."
    assert_accessible(banner)
    qtbot.mouseClick(right, Qt.MouseButton.LeftButton)
    assert done == ["benar"]
    assert right.x() > banner.findChildren(Button)[0].x()


def test_banner_wraps_what_is_long(qtbot: QtBot) -> None:
    banner = Banner("", "Cakram hampir penuh. " * 12)
    banner.add_action("Buka", lambda: None)
    shown(qtbot, banner, (500, banner.heightForWidth(500)))
    assert texts_fit(banner) == []
    banner.show_message("Pendek")
    assert words(banner) == ["Pendek"]


def test_empty_state_teaches_with_one_button(qtbot: QtBot) -> None:
    done: list[int] = []
    empty = EmptyState("Belum ada.", "Mulai", lambda: done.append(1), icon="members", key="N")
    shown(qtbot, empty, (400, 300))
    assert empty.button is not None
    qtbot.mouseClick(empty.button, Qt.MouseButton.LeftButton)
    assert done == [1]
    assert words(empty) == ["Belum ada."]
    empty.set_sentence("Masih kosong.")
    assert "Masih kosong." in words(empty)
    assert EmptyState("Tidak ada apa-apa.").button is None


def test_drawing_can_change(qtbot: QtBot) -> None:
    drawing = shown(qtbot, Drawing("check", "green"), (20, 20))
    before = drawing.grab().toImage()
    drawing.set_drawing("warning", "amber")
    assert drawing.grab().toImage() != before
