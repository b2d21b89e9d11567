"""Whoever closes the program while somebody sits at a computer is asked what becomes of that."""

from __future__ import annotations

from enum import IntEnum

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from perpudesk.core.i18n import tr, trn
from perpudesk.ui.buttons import Button
from perpudesk.ui.messages import MessageBox

LEAVE_KEY = "L"


class Leaving(IntEnum):
    """What was answered; Escape stays."""

    STAY = 0
    END = 1
    LEAVE = 2


class LeavingBox(MessageBox):
    """Asks whether to end what goes on; `exec()` is a `Leaving`."""

    def __init__(self, parent: QWidget, count: int) -> None:
        """`count` sessions go on."""
        super().__init__(
            parent,
            trn(
                "{n} session is still going on at the computers.",
                "{n} sessions are still going on at the computers.",
                count,
            ),
            tr(
                "What is left running goes on when the program is started again today. On another "
                "day it is ended by itself, at closing time at the latest, and marked as forgotten."
            ),
            icon="computer",
        )
        self.add_button(Button(tr("Cancel"), key=tr("Esc")), Leaving.STAY)
        self.add_button(Button(tr("Leave running"), key=LEAVE_KEY), Leaving.LEAVE)
        QShortcut(QKeySequence(LEAVE_KEY), self).activated.connect(self.leave)
        words = trn("End {n} session", "End {n} sessions", count)
        end = self.add_button(Button(words, kind="primary", key=tr("Enter")), Leaving.END)
        end.setDefault(True)
        end.setFocus()

    def leave(self) -> None:
        """Answer that what goes on is left running."""
        self.done(Leaving.LEAVE)
