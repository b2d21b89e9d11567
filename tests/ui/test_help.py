from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from perpudesk.core import i18n
from perpudesk.core.paths import resource
from perpudesk.ui import help as help_room
from perpudesk.ui.help import HelpDialog, help_pages, help_text
from perpudesk.ui.help_search import search
from tests.ui.accessibility import assert_accessible, texts_fit
from tests.ui.windows import shown

TEXT = "# Meja depan\n\nSatu *ketukan*.\n\n![x](http://example.org/x.png) [ke luar](file:///etc)"


@pytest.fixture
def shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(help_room, "resource", tmp_path.joinpath)
    for language in i18n.LANGUAGES:
        (tmp_path / "help" / language).mkdir(parents=True)
    (tmp_path / "help/id/desk.md").write_text(TEXT, encoding="utf-8")
    (tmp_path / "help/en/desk.md").write_text("# Front desk", encoding="utf-8")
    return tmp_path


@pytest.mark.usefixtures("shelf")
def test_help_is_in_the_reader_s_language() -> None:
    i18n.use("id")
    assert help_text("desk").startswith("# Meja depan")
    i18n.use("en")
    assert help_text("desk") == "# Front desk"


@pytest.mark.usefixtures("shelf")
def test_page_without_help_says_so() -> None:
    assert "Ctrl+/" in help_text("nothing")


@pytest.mark.usefixtures("shelf")
def test_dialog_shows_text_and_fetches_nothing(qtbot: QtBot) -> None:
    window = shown(qtbot, QWidget(), (600, 400))
    with i18n.speaking("id"):
        dialog = HelpDialog(window, "desk", "Meja Depan")
    dialog.show()
    assert "Satu ketukan." in dialog.text.toPlainText()
    image = QTextDocument.ResourceType.ImageResource
    assert dialog.text.loadResource(image, QUrl("file:///etc/passwd")) is None
    assert not dialog.text.openLinks()
    assert not dialog.text.openExternalLinks()
    assert_accessible(dialog)
    assert texts_fit(dialog) == []
    dialog.accept()


LONG = (
    "# Backups\n\n"
    + "".join(f"A line of {n}.\n\n" for n in range(60))
    + "- A **stick** is named.\n"
)


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    return shown(qtbot, QWidget(), (900, 700))


@pytest.fixture
def dialog(qtbot: QtBot, window: QWidget, shelf: Path) -> HelpDialog:
    i18n.use("en")
    (shelf / "help/en/desk.md").write_text("# Front desk\n\nOne tap, one visit.", "utf-8")
    (shelf / "help/en/empty.md").write_text("", "utf-8")
    (shelf / "help/en/settings.md").write_text(LONG, "utf-8")
    dialog = HelpDialog(window, "desk", "Desk")
    dialog.show()
    dialog.activateWindow()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is dialog.text)
    return dialog


def press(qtbot: QtBot, key: Qt.Key) -> None:
    qtbot.keyClick(QApplication.focusWidget(), key)


def type_in(qtbot: QtBot, words: str) -> None:
    qtbot.keyClicks(QApplication.focusWidget(), words)


def test_words_find_a_page_and_enter_opens_it_at_the_place(
    qtbot: QtBot, dialog: HelpDialog
) -> None:
    press(qtbot, Qt.Key.Key_Slash)
    assert QApplication.focusWidget() is dialog.search
    type_in(qtbot, "STICK named")
    assert dialog.found.isVisible()
    assert [(found.title, found.excerpt) for found in rows(dialog)] == [
        ("Backups", "A stick is named.")
    ]
    assert_accessible(dialog)
    assert texts_fit(dialog) == []
    press(qtbot, Qt.Key.Key_Return)
    assert dialog.windowTitle() == "Help: Backups"
    assert QApplication.focusWidget() is dialog.text
    (mark,) = dialog.text.extraSelections()
    assert mark.cursor.selectedText() == "A stick is named."
    seen = dialog.text.cursorForPosition(dialog.text.viewport().rect().topLeft())
    assert seen.blockNumber() > 20


def rows(dialog: HelpDialog) -> list[help_room.Found]:
    return [dialog.found.rows.row(at) for at in range(dialog.found.rows.rowCount())]


def test_escape_goes_back_step_by_step(qtbot: QtBot, dialog: HelpDialog) -> None:
    press(qtbot, Qt.Key.Key_Slash)
    type_in(qtbot, "line")
    press(qtbot, Qt.Key.Key_Down)
    assert QApplication.focusWidget() is dialog.found
    press(qtbot, Qt.Key.Key_Return)
    assert dialog.windowTitle() == "Help: Backups"
    press(qtbot, Qt.Key.Key_Escape)
    assert QApplication.focusWidget() is dialog.found
    press(qtbot, Qt.Key.Key_Escape)
    assert QApplication.focusWidget() is dialog.text
    assert dialog.windowTitle() == "Help: Desk"
    assert dialog.search.text() == ""
    assert dialog.text.extraSelections() == []
    assert dialog.back.isHidden()
    press(qtbot, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_escape_in_the_field_takes_the_words_away_first(qtbot: QtBot, dialog: HelpDialog) -> None:
    press(qtbot, Qt.Key.Key_Slash)
    type_in(qtbot, "line")
    press(qtbot, Qt.Key.Key_Escape)
    assert dialog.text.isVisible()
    press(qtbot, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_nothing_found_is_said_and_enter_opens_nothing(qtbot: QtBot, dialog: HelpDialog) -> None:
    press(qtbot, Qt.Key.Key_Slash)
    press(qtbot, Qt.Key.Key_Return)  # no word yet
    assert dialog.text.isVisible()
    type_in(qtbot, "rhinoceros")
    assert rows(dialog) == []
    press(qtbot, Qt.Key.Key_Return)
    assert dialog.found.isVisible()


def test_f1_goes_to_the_page_of_the_screen(qtbot: QtBot, dialog: HelpDialog) -> None:
    press(qtbot, Qt.Key.Key_Slash)
    type_in(qtbot, "stick")
    press(qtbot, Qt.Key.Key_Return)
    press(qtbot, Qt.Key.Key_F1)
    assert dialog.windowTitle() == "Help: Desk"
    assert QApplication.focusWidget() is dialog.text


def test_back_by_mouse_and_other_keys_are_left_alone(qtbot: QtBot, dialog: HelpDialog) -> None:
    press(qtbot, Qt.Key.Key_Slash)
    type_in(qtbot, "stick")
    qtbot.mouseClick(dialog.back, Qt.MouseButton.LeftButton)
    assert dialog.windowTitle() == "Help: Desk"
    press(qtbot, Qt.Key.Key_F5)
    assert dialog.isVisible()
    qtbot.mouseClick(dialog.close_, Qt.MouseButton.LeftButton)
    assert not dialog.isVisible()


def test_the_guide_is_offered_where_there_is_one(
    qtbot: QtBot, window: QWidget, dialog: HelpDialog
) -> None:
    assert dialog.guide.isHidden()
    qtbot.keyClick(dialog, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)  # there is none
    dialog.close()
    asked: list[QWidget] = []
    other = HelpDialog(window, "desk", "Desk", print_guide=asked.append)
    other.show()
    other.activateWindow()
    qtbot.waitUntil(other.isActiveWindow)
    assert_accessible(other)
    assert texts_fit(other) == []
    qtbot.mouseClick(other.guide, Qt.MouseButton.LeftButton)
    qtbot.keyClick(other, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    assert asked == [other, other]
    other.close()


def test_every_page_has_both_languages_and_is_found_by_its_title() -> None:
    keys = {
        language: {path.stem for path in resource(f"help/{language}").glob("*.md")}
        for language in i18n.LANGUAGES
    }
    assert keys["id"] == keys["en"]
    for language in i18n.LANGUAGES:
        with i18n.speaking(language):
            pages = help_pages()
        assert len({page.title for page in pages}) == len(pages)
        for page in pages:
            assert page.lines
            assert page.key in {found.key for found in search(pages, page.title)[:2]}
