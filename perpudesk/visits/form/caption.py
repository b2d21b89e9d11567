"""The name of a field, and its key."""

from __future__ import annotations

from PySide6.QtWidgets import QSizePolicy, QWidget

from perpudesk.ui.layout import row
from perpudesk.ui.marks import KeyHint
from perpudesk.ui.text import Text


class Caption(QWidget):
    """Words and, at the right of them, the key; where room is little the words are cut."""

    def __init__(self, text: str, key: str = "", *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words = Text(text, "caption")
        self.words.setMinimumWidth(1)
        self.words.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self.key = KeyHint(key)
        self.setLayout(row(self.words, self.key, None, gap=6))
