"""What every part of *Pengaturan* is."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from perpudesk.ui.layout import boxed, column
from perpudesk.ui.text import Text


class Section(QWidget):
    """A part of the settings: its sentence, its fields, and reading anew."""

    def __init__(
        self, sentence: str, *, fills: bool = False, parent: QWidget | None = None
    ) -> None:
        """One that `fills` holds a table and takes all the height there is."""
        super().__init__(parent)
        self.body = column(Text(sentence, "quiet", wrap=True), gap=12)
        self.setLayout(column(self.body) if fills else column(boxed(self.body), None))

    def refresh(self) -> None:
        """Show what is stored."""
