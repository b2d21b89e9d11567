from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from perpudesk.ui.buttons import Button
from perpudesk.ui.preview import Preview
from perpudesk.ui.text import Text
from tests.ui.accessibility import assert_accessible, texts_fit
from tests.ui.gallery import sample_pdf
from tests.ui.windows import shown


@pytest.fixture
def preview(qtbot: QtBot) -> Preview:
    made = Preview()
    made.add_tool(Button("Cetak"))
    made.add_tool(None)
    shown(qtbot, made, (600, 700))
    made.show_pdf(sample_pdf(4))
    return made


def test_preview_shows_the_first_page_whole(preview: Preview) -> None:
    assert (preview.page(), preview.page_count()) == (0, 4)
    assert preview._where.text() == "Page 1 of 4"
    assert preview._sheet.height() <= preview._canvas.viewport().height()
    assert preview._canvas.verticalScrollBar().maximum() == 0
    assert_accessible(preview)
    QApplication.processEvents()
    assert texts_fit(preview) == []


def test_keys_turn_the_pages_and_stop_at_the_ends(qtbot: QtBot, preview: Preview) -> None:
    turned: list[int] = []
    keys = Qt.Key
    for key in (keys.Key_PageUp, keys.Key_PageDown, keys.Key_End, keys.Key_PageDown, keys.Key_Home):
        qtbot.keyClick(preview._sheet, key)
        turned.append(preview.page())
    qtbot.keyClick(preview._sheet, keys.Key_A)
    assert turned == [0, 1, 3, 3, 0]
    assert preview.page() == 0


def test_buttons_turn_and_are_off_at_the_ends(qtbot: QtBot, preview: Preview) -> None:
    assert not preview._back.isEnabled()
    for _ in range(3):
        qtbot.mouseClick(preview._forward, Qt.MouseButton.LeftButton)
    assert not preview._forward.isEnabled()
    qtbot.mouseClick(preview._back, Qt.MouseButton.LeftButton)
    assert preview._where.text() == "Page 3 of 4"


def test_page_can_be_as_wide_as_the_room(qtbot: QtBot, preview: Preview) -> None:
    whole = preview._sheet.width()
    qtbot.mouseClick(preview._zoom, Qt.MouseButton.LeftButton)
    assert preview._sheet.width() > whole
    assert preview._canvas.verticalScrollBar().maximum() > 0
    assert preview._zoom.label() == "Whole page"
    preview._canvas.verticalScrollBar().setValue(50)
    preview.forward()
    assert preview._canvas.verticalScrollBar().value() == 0
    qtbot.mouseClick(preview._zoom, Qt.MouseButton.LeftButton)
    assert abs(preview._sheet.width() - whole) <= 2


def test_page_follows_the_window(preview: Preview) -> None:
    small = preview._sheet.width()
    preview.resize(900, 1000)
    QApplication.processEvents()
    assert preview._sheet.width() > small


def test_new_pages_keep_the_place(preview: Preview) -> None:
    preview.forward()
    preview.show_pdf(sample_pdf(3))
    assert preview.page() == 1
    preview.show_pdf(sample_pdf(1))
    assert preview.page() == 0


def test_a_sentence_stands_where_no_page_is(preview: Preview) -> None:
    preview.show_message("Making the report…")
    assert preview._message.isVisible()
    assert not preview._where.isVisible()
    assert preview.page_count() == 0
    preview.forward()
    assert preview.page() == 0
    preview.show_pdf(sample_pdf(2))
    assert not preview._message.isVisible()


def test_focus_on_the_page_is_seen(preview: Preview) -> None:
    preview._back.setFocus()
    before = preview._sheet.grab().toImage()
    preview._sheet.setFocus()
    assert preview._sheet.grab().toImage() != before


def test_a_widget_can_stand_in_place_of_the_pages(qtbot: QtBot) -> None:
    preview = shown(qtbot, Preview())
    first, second = Text("one"), Text("two")
    preview.show_instead(first)
    assert first.isVisible()
    preview.show_message("Wait")
    assert not preview._message.isVisible()
    preview.show_instead(second)
    assert (second.isVisible(), first.isHidden()) == (True, True)
    preview.show_instead(None)
    assert preview._message.isVisible()
