"""Opens the dialog of a visit, and keeps those in which something typed waits."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from datetime import date

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from perpudesk.branch.service import BranchService
from perpudesk.patrons.service import PatronService
from perpudesk.ui.drafts import Drafts
from perpudesk.visits.form.visit import VisitDialog
from perpudesk.visits.model import Visit
from perpudesk.visits.service import VisitService


class VisitEditor(QObject):
    """One dialog for each visit that is being mended, over the window of `parent`."""

    stored = Signal(object)
    """The `Visit` that was mended or added."""
    removed = Signal(object)
    """The `Visit` that was taken out."""
    register_asked = Signal(object, str)
    """The `Visit` of an unknown card is to get a name; the number of the card."""
    closed = Signal()
    """A dialog was closed, whatever came of it."""

    def __init__(
        self,
        parent: QWidget,
        visits: VisitService,
        patrons: PatronService,
        branch: BranchService,
        *,
        own: Callable[[], AbstractContextManager[None]] = nullcontext,
    ) -> None:
        super().__init__(parent)
        self._parent, self._own = parent, own
        self._visits, self._patrons, self._branch = visits, patrons, branch
        self._drafts = Drafts(parent)
        self._drafts.closed.connect(self.closed)

    def edit(self, visit: Visit, card: str = "") -> VisitDialog:
        """Open the visit as it was left, or as it is; `card` is the number it came with."""
        return self._drafts.open(visit.id, lambda: self._made(visit=visit, card=card))

    def add(self, day: date) -> VisitDialog:
        """Open a new visit of that day, or the one that was begun."""
        return self._drafts.open(day.isoformat(), lambda: self._made(day=day))

    def _made(
        self, *, visit: Visit | None = None, day: date | None = None, card: str = ""
    ) -> VisitDialog:
        dialog = VisitDialog(
            self._visits,
            self._patrons,
            self._branch,
            visit=visit,
            day=day,
            card=card,
            own=self._own,
            parent=self._parent,
        )
        dialog.stored.connect(self.stored)
        dialog.removed.connect(self.removed)
        dialog.register_asked.connect(self.register_asked)
        return dialog
