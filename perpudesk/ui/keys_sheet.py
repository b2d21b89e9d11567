"""The sheet of keys: what every key does, over the window (Ctrl+/)."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QGridLayout, QWidget

from perpudesk.core.i18n import tr
from perpudesk.ui.buttons import Button
from perpudesk.ui.fitting import fit
from perpudesk.ui.layout import Scroll, boxed, column, row
from perpudesk.ui.marks import KeyHint
from perpudesk.ui.page import KeyUse
from perpudesk.ui.text import Text

Section = tuple[str, Sequence[KeyUse]]
"""Where the keys work, and the keys."""


class KeysSheet(QDialog):
    """Shows the keys of the page and of the window; Escape or Ctrl+/ closes it."""

    def __init__(self, parent: QWidget, sections: Sequence[Section]) -> None:
        super().__init__(parent.window())
        self.setWindowTitle(tr("Keys"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._close = Button(tr("Close"), self.accept, kind="primary", key=tr("Esc"))
        keys = Scroll(boxed(_grid(sections)))
        box = column(Text(tr("Keys"), "heading"), keys, gap=14)
        box.addLayout(row(None, self._close))
        box.setContentsMargins(22, 18, 22, 18)
        self.setLayout(box)
        wide = self.sizeHint().width() + keys.verticalScrollBar().sizeHint().width()
        fit(self, wide, min(self.sizeHint().height(), parent.window().height()))
        self._close.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if control and event.key() == Qt.Key.Key_Slash:
            self.accept()
        else:
            super().keyPressEvent(event)


def _grid(sections: Sequence[Section]) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(14)
    grid.setVerticalSpacing(6)
    grid.setColumnStretch(1, 1)
    line = 0
    for title, uses in sections:
        if not uses:
            continue
        if line:
            grid.setRowMinimumHeight(line, 10)
            line += 1
        grid.addWidget(Text(title, "caption"), line, 0, 1, 2)
        for use in uses:
            line += 1
            grid.addWidget(KeyHint(use.keys), line, 0, Qt.AlignmentFlag.AlignLeft)
            grid.addWidget(Text(use.text), line, 1)
        line += 1
    return grid
