"""Storing sheets and taking them back; remembers what was stored since the page was opened."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from perpudesk.core.errors import PerpuDeskError
from perpudesk.visits.sheets import SheetService, Stored
from perpudesk.visits.tally import Sheet


class Clerk(QObject):
    """Does one thing at a time and tells what came of it."""

    refused = Signal(object)
    """A `PerpuDeskError`: nothing was stored."""
    told = Signal(str)
    """A sentence: nothing was taken back."""

    def __init__(self, sheets: SheetService, *, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._sheets = sheets
        self._done: list[Stored] = []

    @property
    def last(self) -> Stored | None:
        """What was stored last and still stands."""
        return self._done[-1] if self._done else None

    def add(self, stored: Stored) -> None:
        """Something was stored by another hand."""
        self._done.append(stored)

    def store(self, sheet: Sheet, *, keep_draft: bool = False) -> Stored | None:
        """Store a sheet; None when it was refused."""
        try:
            stored = self._sheets.save(sheet, keep_draft=keep_draft)
        except PerpuDeskError as error:
            self.refused.emit(error)
            return None
        self._done.append(stored)
        return stored

    def take_back(self, stored: Stored) -> bool:
        """Undo what was stored; False, and why, when it cannot be."""
        self._done = [each for each in self._done if each.batch_id != stored.batch_id]
        try:
            self._sheets.take_back(stored.batch_id)
        except PerpuDeskError as error:
            self.told.emit(error.sentence())
            return False
        return True
