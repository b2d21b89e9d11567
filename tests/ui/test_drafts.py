"""Dialogs that are opened again as they were left."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from perpudesk.ui.drafts import Drafts
from perpudesk.ui.fields import TextField
from perpudesk.ui.forms import Form, FormDialog
from tests.ui.windows import shown

pytestmark = pytest.mark.usefixtures("look")


class Typing(FormDialog):
    def __init__(self, parent: QWidget) -> None:
        super().__init__("Typing", Form(), parent=parent)
        self.form.add("words", "Words", TextField())
        self.finished.connect(
            lambda: self.setProperty("unfinished", bool(self.form.value("words")))
        )


def test_one_that_is_unfinished_is_opened_again(qtbot: QtBot) -> None:
    window = shown(qtbot, QWidget(), (600, 400))
    drafts = Drafts(window)
    dialog = drafts.open("a", lambda: Typing(window))
    dialog.form.fill(words="half")
    with qtbot.waitSignal(drafts.closed):
        dialog.reject()
    assert drafts.open("a", lambda: Typing(window)) is dialog
    assert dialog.form.typed() == {"words": "half"}
    dialog.form.fill(words="")
    dialog.reject()
    assert drafts.kept == {}
    other = drafts.open("b", lambda: Typing(window))
    assert other is not dialog
    other.reject()
