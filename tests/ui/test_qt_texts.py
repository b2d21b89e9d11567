from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QLocale, QTranslator
from PySide6.QtWidgets import QApplication, QDialogButtonBox, QFileDialog
from pytestqt.qtbot import QtBot

from perpudesk.core import i18n
from perpudesk.ui import qt_texts
from perpudesk.ui.qt_texts import CONTEXTS, TEXTS, QtTexts


@pytest.fixture
def spoken(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> Iterator[QtTexts]:
    """Qt speaks ours, in a language of marked words."""
    monkeypatch.setattr(qt_texts, "tr", lambda text: f"[{i18n.language()}] {text}")
    before = set(qapp.findChildren(QTranslator))
    qt_texts.install(qapp)
    (made,) = set(qapp.findChildren(QTranslator)) - before
    assert isinstance(made, QtTexts)
    yield made
    qapp.removeTranslator(made)
    made.deleteLater()


def test_buttons_speak_our_language(spoken: QtTexts, qtbot: QtBot) -> None:
    i18n.use("id")
    kinds = QDialogButtonBox.StandardButton
    box = QDialogButtonBox(kinds.Ok | kinds.Cancel | kinds.Save | kinds.Discard)
    qtbot.addWidget(box)
    texts = {button.text() for button in box.buttons()}
    assert {"[id] OK", "[id] Cancel"} <= texts
    assert all(text.startswith("[id] ") for text in texts)
    assert not spoken.isEmpty()


@pytest.mark.usefixtures("spoken")
def test_file_dialog_speaks_our_language(qtbot: QtBot) -> None:
    dialog = QFileDialog()
    qtbot.addWidget(dialog)
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    assert dialog.labelText(QFileDialog.DialogLabel.FileName).startswith("[en] ")


@pytest.mark.usefixtures("spoken")
def test_what_is_not_ours_stays_as_it_is() -> None:
    assert QCoreApplication.translate("QSslSocket", "Cancel") == "Cancel"
    assert QCoreApplication.translate("QFileDialog", "A new text") == "A new text"


def test_lists_are_what_qt_asks_for() -> None:
    assert {"QPlatformTheme", "QDialogButtonBox", "QMessageBox", "QWizard"} <= CONTEXTS
    assert {"QFileDialog", "QPrintDialog", "QLineEdit"} <= CONTEXTS
    assert len(TEXTS) > 150


@pytest.mark.parametrize("lang, written", [("id", "1.234,5"), ("en", "1,234.5")])
def test_qt_writes_numbers_as_the_language_does(lang: str, written: str) -> None:
    i18n.use(lang)
    before = QLocale()
    qt_texts.write_numbers()
    assert QLocale().toString(1234.5) == written
    QLocale.setDefault(before)
