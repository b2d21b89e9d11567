"""The card at the top of the desk: scan or name, how many alike, and a group."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from perpudesk.core.errors import InputError
from perpudesk.core.i18n import tr
from perpudesk.patrons.service import PatronService
from perpudesk.ui.buttons import Button
from perpudesk.ui.cards import Card
from perpudesk.ui.fields import Stepper
from perpudesk.ui.layout import CARD_GAP, boxed, column, row
from perpudesk.ui.text import Text, set_state
from perpudesk.visits.form.caption import Caption
from perpudesk.visits.form.seek import PatronSeek

MOST_TAPPED = 999


class EntryCard(Card):
    """Everything for a visitor who is more than one tap."""

    counted = Signal()
    """The count box was closed with Enter or Escape."""

    def __init__(
        self, patrons: PatronService, group: Callable[[], object], *, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent=parent)
        scan_name = tr("Scan a card or type a name")
        self.seek = PatronSeek(scan_name, patrons, placeholder=tr("Name or number"))
        self.count = CountBox(tr("How many people"))
        self.group = Button(tr("Group…"), group, icon="group", key="Ctrl+G")
        self.group.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._error = Text("", "error", wrap=True)
        self._error.hide()
        self._scan_caption = Caption(scan_name, "/")
        seek = boxed(column(self._scan_caption, self.seek, gap=4))
        count = boxed(column(Caption(tr("How many people"), "*"), self.count, gap=4))
        line = row(seek, count, self.group, gap=CARD_GAP)
        line.setStretchFactor(seek, 1)
        line.setAlignment(self.group, Qt.AlignmentFlag.AlignBottom)
        self.add(line)
        self.add(self._error)
        self.count.changed.connect(self._on_count_changed)
        self.count.closed.connect(self._on_count_closed)

    def set_narrow(self, narrow: bool) -> None:
        """Say less above the field, where the window is small."""
        short, long = tr("Card, name"), tr("Scan a card or type a name")
        self._scan_caption.words.setText(short if narrow else long)

    def take_count(self) -> int | None:
        """How many the next tap is for; None, and the reason beside the box, if it is no number."""
        try:
            return self.count.value()
        except InputError as error:
            self._show_error(error.sentence())
            self.count.begin()
            return None

    def reset_count(self) -> None:
        """Back to one: the count serves one tap."""
        self.count.set_value(1)

    def _on_count_changed(self) -> None:
        self._show_error("")

    def _on_count_closed(self, sure: bool) -> None:
        if not sure:
            self.reset_count()
        if self.take_count() is not None:
            self.counted.emit()

    def _show_error(self, sentence: str) -> None:
        self._error.setText(sentence)
        self._error.setVisible(bool(sentence))
        set_state(self.count.box, "wrong", bool(sentence))


class CountBox(Stepper):
    """The stepper of the desk; `*` opens it, Enter closes it, Escape takes the count back."""

    closed = Signal(bool)
    """The box was closed: with Enter (True) or Escape."""

    def __init__(self, name: str, *, parent: QWidget | None = None) -> None:
        super().__init__(name, high=MOST_TAPPED, parent=parent)

    def begin(self) -> None:
        """Go to the box; typing replaces what it holds."""
        self.box.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.box.selectAll()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take the keys that the line let pass."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if not event.isAutoRepeat():
                self.closed.emit(True)
        elif event.key() == Qt.Key.Key_Escape:
            self.closed.emit(False)
        else:
            super().keyPressEvent(event)
