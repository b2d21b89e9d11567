"""What a sheet adds up to, held against the total that stands on it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from perpudesk.core.errors import InputError
from perpudesk.core.formats import number
from perpudesk.core.i18n import tr
from perpudesk.ui import theme
from perpudesk.ui.buttons import Button
from perpudesk.ui.fields import NumberField
from perpudesk.ui.layout import CARD_GAP, boxed, column, row
from perpudesk.ui.marks import Pill, Stat
from perpudesk.ui.text import Text, set_state
from perpudesk.visits.model import MOST_AT_ONCE


class Foot(QWidget):
    """The running sum, the sheet's own total, whether they agree, and the button that stores."""

    changed = Signal()
    """The total on the sheet was typed."""
    save_asked = Signal()
    """The button, or Enter in the total."""

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sum = Stat(tr("Typed so far"), role="title")
        self.stated = _Stated(high=MOST_AT_ONCE)
        self.stated.setAccessibleName(tr("Total on the sheet"))
        self.stated.setFixedWidth(theme.current().px(92))
        self.verdict = Pill()
        self.verdict.hide()
        self.save = Button(
            tr("Save the sheet"), self.save_asked.emit, kind="primary", key="Ctrl+Enter"
        )
        self._error = Text("", "error", wrap=True)
        self._error.hide()
        own = boxed(column(Text(tr("Total on the sheet"), "caption"), self.stated, gap=4))
        line = row(self._sum, own, self.verdict, None, self.save, gap=CARD_GAP)
        for part in (self._sum, own, self.verdict, self.save):
            line.setAlignment(part, Qt.AlignmentFlag.AlignBottom)
        self.setLayout(column(line, self._error))
        self.stated.changed.connect(self._on_typed)
        self.stated.entered.connect(self.save_asked)

    def show_sum(self, total: int, included: str = "") -> None:
        """Show what is typed, what of it elsewhere, and whether it is what the sheet says."""
        self._sum.show_value(number(total), unit=included)
        try:
            stated = self.stated.value()
        except InputError:  # told when the sheet is stored
            stated = None
        self.verdict.setVisible(stated is not None)
        if stated is None:
            return
        if stated == total:
            self.verdict.show_state(tr("✓ agrees"), "ok")
        else:
            self.verdict.show_state(tr("differs by {n}", n=number(abs(stated - total))), "warn")

    def show_error(self, sentence: str, *, at_total: bool = False) -> None:
        """Say why the sheet was not stored, or nothing."""
        self._error.setText(sentence)
        self._error.setVisible(bool(sentence))
        set_state(self.stated, "wrong", at_total)
        if at_total:
            self.begin()

    def begin(self) -> None:
        """Go to the total."""
        self.stated.setFocus(Qt.FocusReason.TabFocusReason)

    def _on_typed(self) -> None:
        self.show_error("")
        self.changed.emit()


class _Stated(NumberField):
    """Enter stores the sheet."""

    entered = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if not event.isAutoRepeat():
                self.entered.emit()
        else:
            super().keyPressEvent(event)
