from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget, QWidget
from pytestqt.qtbot import QtBot

from perpudesk.ui.page import KeyUse, Page
from perpudesk.ui.text import Text
from tests.ui.windows import shown


class Counted(Page):
    """Counts how often it reads."""

    def __init__(self) -> None:
        super().__init__("desk", "Meja Depan")
        self.reads = 0
        self.keys: list[str] = []
        self.body.addWidget(Text("Isi"))
        self.add_key("Ctrl+G", "Rombongan", lambda: self.keys.append("Ctrl+G"))
        self.add_key_use("Q W E", "Perempuan")

    def refresh(self) -> None:
        self.reads += 1


def stack(qtbot: QtBot) -> tuple[QStackedWidget, Counted, QWidget]:
    pages, page, other = QStackedWidget(), Counted(), QWidget()
    pages.addWidget(page)
    pages.addWidget(other)
    return shown(qtbot, pages), page, other


def test_page_reads_when_it_is_first_seen_and_not_again(qtbot: QtBot) -> None:
    pages, page, other = stack(qtbot)
    assert page.reads == 1
    pages.setCurrentWidget(other)
    pages.setCurrentWidget(page)
    assert page.reads == 1


def test_stale_page_reads_at_once_if_seen_else_when_shown(qtbot: QtBot) -> None:
    pages, page, other = stack(qtbot)
    page.mark_stale()
    assert page.reads == 2
    pages.setCurrentWidget(other)
    page.mark_stale()
    page.mark_stale()
    assert page.reads == 2
    pages.setCurrentWidget(page)
    assert page.reads == 3


def test_keys_work_only_while_the_page_is_shown(qtbot: QtBot) -> None:
    pages, page, other = stack(qtbot)
    control = Qt.KeyboardModifier.ControlModifier
    qtbot.keyClick(pages, Qt.Key.Key_G, control)
    assert page.keys == ["Ctrl+G"]
    pages.setCurrentWidget(other)
    qtbot.keyClick(pages, Qt.Key.Key_G, control)
    assert page.keys == ["Ctrl+G"]


def test_page_knows_its_title_and_keys(qtbot: QtBot) -> None:
    pages, page, _ = stack(qtbot)
    assert pages.currentWidget() is page
    assert (page.key, page.title) == ("desk", "Meja Depan")
    assert page.key_uses() == (
        KeyUse(keys="Ctrl+G", text="Rombongan"),
        KeyUse(keys="Q W E", text="Perempuan"),
    )


def test_plain_page_has_nothing_to_read(qtbot: QtBot) -> None:
    page = shown(qtbot, Page("empty", "Kosong"))
    page.mark_stale()
    assert page.header.title() == "Kosong"
