"""The dialogs of the desk: a group, a visit to mend, a new patron, the days of a month."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from perpudesk.branch.service import BranchService
from perpudesk.core.i18n import tr
from perpudesk.patrons.model import Patron, PatronDraft
from perpudesk.patrons.service import PatronService
from perpudesk.visits.form.words import counted
from perpudesk.visits.model import Visit
from perpudesk.visits.page.recorder import Recorder
from perpudesk.visits.service import VisitService

if TYPE_CHECKING:
    from perpudesk.visits.form.editor import VisitEditor
    from perpudesk.visits.form.group import GroupDialog


class DeskDialogs(QObject):
    """Opens dialogs over the page, one of a kind, and keeps what was typed in them.

    Their modules are loaded when first asked: the desk takes taps before anybody opens one.
    """

    recorded = Signal(object)
    """A group is on the disk; its `Visit`."""
    changed = Signal(str)
    """A visit or a day was mended; what to say, or nothing where it was said already."""
    closed = Signal()
    """A dialog was closed, whatever came of it."""

    def __init__(
        self,
        page: QWidget,
        visits: VisitService,
        patrons: PatronService,
        branch: BranchService,
        *,
        recorder: Recorder,
        undo: Callable[[], object],
    ) -> None:
        super().__init__(page)
        self._page, self._recorder, self._undo = page, recorder, undo
        self._visits, self._patrons, self._branch = visits, patrons, branch
        self._group: GroupDialog | None = None
        self._editor: VisitEditor | None = None

    def group(self) -> None:
        """Open the group as it was left, or a new one."""
        from perpudesk.visits.form.group import GroupDialog

        if self._group is None:
            self._group = GroupDialog(
                self._visits, self._patrons, self._branch, own=self._recorder.own, parent=self._page
            )
            self._group.recorded.connect(self.recorded)
            self._group.finished.connect(self.closed)
        self._group.begin(self._recorder.purpose)

    def edit(self, visit: Visit) -> None:
        """Open the visit as it was left, or as it is."""
        from perpudesk.visits.form.editor import VisitEditor

        if self._editor is None:
            self._editor = VisitEditor(
                self._page, self._visits, self._patrons, self._branch, own=self._recorder.own
            )
            self._editor.stored.connect(self._on_stored)
            self._editor.removed.connect(self._on_removed)
            self._editor.register_asked.connect(self._on_register_asked)
            self._editor.closed.connect(self.closed)
        self._editor.edit(visit, self._recorder.cards.get(visit.id, ""))

    def register(self, draft: PatronDraft | None, then: Callable[[Patron], object]) -> None:
        """Register somebody new, begun as `draft`; `then` follows with the patron."""
        from perpudesk.patrons.form import PatronDialog

        dialog = PatronDialog(self._patrons, self._branch, draft=draft, parent=self._page)
        dialog.saved.connect(then)
        dialog.finished.connect(self.closed)
        dialog.open()

    def days(self, day: date | None = None) -> None:
        """Open the calendar of service days, at `day` or today."""
        from perpudesk.visits.form.days import DaysDialog

        dialog = DaysDialog(
            self._visits,
            self._patrons,
            self._branch,
            undo=self._undo,
            day=day,
            parent=self._page,
        )
        dialog.changed.connect(self._on_days_changed)
        dialog.finished.connect(self.closed)
        dialog.open()

    def _on_stored(self, visit: Visit) -> None:
        self.changed.emit(tr("Changed: {who}", who=counted(visit)))

    def _on_removed(self, visit: Visit) -> None:
        self.changed.emit(tr("Removed: {who}", who=counted(visit)))

    def _on_days_changed(self) -> None:
        self.changed.emit("")

    def _on_register_asked(self, visit: Visit, number: str) -> None:
        draft = PatronDraft(name="", member_number=number)
        self.register(draft, lambda patron: self._recorder.give_name(visit, patron))
