"""What the board says while there is no computer: how many there are is asked here."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from perpudesk.core.errors import InputError
from perpudesk.core.i18n import tr
from perpudesk.ui.buttons import Button
from perpudesk.ui.cards import Drawing
from perpudesk.ui.fields import Stepper
from perpudesk.ui.layout import column, row
from perpudesk.ui.text import Text

MOST = 60
"""The board is made for so many; more are added one by one (ours)."""


class EmptyBoard(QWidget):
    """One sentence, how many, and one button."""

    wanted = Signal(int)
    """So many workstations are to be made."""

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        sentence = Text(
            tr("No computer is on the board yet. How many computers do visitors use here?"),
            "quiet",
            wrap=True,
        )
        sentence.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.count = Stepper(tr("How many computers"), 4, low=1, high=MOST)
        self.add = Button(tr("Add computers"), self._on_add, kind="primary", key=tr("Enter"))
        self._error = Text("", "error", wrap=True)
        self._error.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._error.hide()
        box = column(None, gap=14)
        box.addWidget(Drawing("computer", "quiet", 40), 0, Qt.AlignmentFlag.AlignHCenter)
        box.addWidget(sentence)
        box.addLayout(row(None, self.count, self.add, None))
        box.addWidget(self._error)
        box.addStretch(1)
        box.setContentsMargins(24, 24, 24, 24)
        self.setLayout(box)
        self.setFocusProxy(self.count)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter in the box adds."""
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and not event.isAutoRepeat():
            self._on_add()
        else:
            super().keyPressEvent(event)

    def _on_add(self) -> None:
        try:
            count = self.count.value()
        except InputError as error:
            self._error.setText(error.sentence())
            self._error.show()
            self.count.setFocus()
            return
        self._error.hide()
        self.wanted.emit(count)
