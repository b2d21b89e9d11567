"""What stood in the way in a month, and what follows from it: kept while it is typed."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QWidget

from perpudesk.core.errors import InputError
from perpudesk.core.i18n import tr
from perpudesk.core.times import Period
from perpudesk.reports.letter import Notes
from perpudesk.ui.cards import Card
from perpudesk.ui.fields import ParagraphField
from perpudesk.ui.forms import Field

_REST_MS = 600
"""So long after the last letter it is kept, and the pages are made anew."""


class NotesCard(Card):
    """Two paragraphs of a month; nothing typed is lost by going elsewhere."""

    typed = Signal(object, object)
    """The `Period` and the `Notes` to keep."""

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.obstacles = ParagraphField(lines=2)
        self.follow_up = ParagraphField(lines=2)
        self._fields = {
            "obstacles": Field(tr("Obstacles"), self.obstacles),
            "follow_up": Field(tr("Follow-up"), self.follow_up),
        }
        self._month: Period | None = None
        self._rest = QTimer(self, singleShot=True, interval=_REST_MS)
        self._rest.timeout.connect(self.keep)
        self._shown = Notes()
        for field in self._fields.values():
            self.add(field)
        for box in (self.obstacles, self.follow_up):
            box.changed.connect(self._on_changed)

    def show_notes(self, month: Period, notes: Notes) -> None:
        """Show what is kept of a month, unless it is being typed in right now."""
        typing = self.obstacles.hasFocus() or self.follow_up.hasFocus()
        if month == self._month and (typing or self._rest.isActive()):
            return
        self._month = month
        if notes != self._shown or notes != self.notes():
            self.obstacles.set_value(notes.obstacles)
            self.follow_up.set_value(notes.follow_up)
        self._shown = self.notes()
        self._rest.stop()

    def notes(self) -> Notes:
        """What stands in the fields."""
        return Notes(obstacles=self.obstacles.value(), follow_up=self.follow_up.value())

    def keep(self) -> None:
        """Tell what was typed, if anything was."""
        self._rest.stop()
        if self._month is not None and self.notes() != self._shown:
            self._shown = self.notes()
            self.typed.emit(self._month, self._shown)

    def show_error(self, error: InputError) -> None:
        """Say at its field what cannot be kept; it stays as it was typed."""
        self._fields[error.field].set_error(error.sentence())
        self._shown = Notes()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.keep()

    def _on_changed(self) -> None:
        self._rest.start()
