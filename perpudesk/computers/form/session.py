"""Opens the dialog of a session, and keeps those in which something typed waits."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from perpudesk.branch.service import BranchService
from perpudesk.computers.form.dialog import SessionDialog
from perpudesk.computers.mending import MendingService
from perpudesk.computers.model import Session
from perpudesk.computers.records import SessionRecords
from perpudesk.computers.workstations import WorkstationService
from perpudesk.ui.drafts import Drafts


class SessionEditor(QObject):
    """One dialog for each session that is being mended, over the window of `parent`."""

    stored = Signal(object)
    """The `Session` that was mended."""
    removed = Signal(object)
    """The `Session` that was taken out."""
    resumed = Signal(object)
    """The `Session` that goes on again."""
    total_asked = Signal(object)
    """A day's total has no dialog of its own: the `date` on which it is to be entered again."""
    closed = Signal()
    """A dialog was closed, whatever came of it."""

    def __init__(
        self,
        parent: QWidget,
        mending: MendingService,
        records: SessionRecords,
        branch: BranchService,
        workstations: WorkstationService,
    ) -> None:
        super().__init__(parent)
        self._parent, self._mending, self._records = parent, mending, records
        self._branch, self._workstations = branch, workstations
        self._drafts = Drafts(parent)
        self._drafts.closed.connect(self.closed)

    def edit(self, session: Session) -> SessionDialog | None:
        """Open the session as it was left, or as it is; None of a day's total."""
        if session.start is None:
            self.total_asked.emit(session.local_date)
            return None
        return self._drafts.open(session.id, lambda: self._made(session))

    def _made(self, session: Session) -> SessionDialog:
        dialog = SessionDialog(
            session,
            self._mending,
            self._records,
            self._branch,
            workstations=self._workstations.all(retired=True),
            parent=self._parent,
        )
        dialog.stored.connect(self.stored)
        dialog.removed.connect(self.removed)
        dialog.resumed.connect(self.resumed)
        return dialog
