"""The field that a list is searched with."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent

from perpudesk.ui.fields import TextField


class SearchField(TextField):
    """What is searched: Down goes to the list, Escape takes the words away.

    A first `/` is the key that goes here, pressed once more: it is no word.
    """

    left = Signal()
    """Down was pressed."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down:
            self.left.emit()
        elif event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        elif event.key() == Qt.Key.Key_Slash and not self.text():
            event.accept()
        else:
            super().keyPressEvent(event)
