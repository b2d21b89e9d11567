from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from perpudesk.core import i18n
from perpudesk.ui import help as help_room
from perpudesk.ui.help import HelpDialog, help_text
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
