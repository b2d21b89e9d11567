"""A group that comes now: who leads it, from where, how many, and as much of who as is known."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from perpudesk.branch.service import BranchService
from perpudesk.core.codes import UNKNOWN, VisitorType
from perpudesk.core.errors import InputError
from perpudesk.core.i18n import tr
from perpudesk.patrons.model import Patron, PatronDraft
from perpudesk.patrons.service import PatronService
from perpudesk.ui.fields import ChoiceField, NumberField
from perpudesk.ui.forms import Form, FormDialog
from perpudesk.visits.form.inputs import CompletedField, entry_options
from perpudesk.visits.form.parts import PartsGrid
from perpudesk.visits.form.seek import LeaderField
from perpudesk.visits.model import MOST_AT_ONCE, Visit, VisitDraft
from perpudesk.visits.service import VisitService

Own = Callable[[], AbstractContextManager[None]]


class GroupDialog(FormDialog):
    """Enter records the group as one visit; Escape leaves everything typed for the next time."""

    WIDE = 640
    recorded = Signal(object)
    """The `Visit`, on the disk."""

    def __init__(
        self,
        visits: VisitService,
        patrons: PatronService,
        branch: BranchService,
        *,
        own: Own,
        parent: QWidget | None = None,
    ) -> None:
        """`own` marks what changes while the group is recorded as the page's own doing."""
        form = Form(enter_submits=True)
        super().__init__(tr("Group"), form, action=tr("Record the group"), parent=parent)
        self._visits, self._patrons, self._branch, self._own = visits, patrons, branch, own
        self._begun = False
        self.count = NumberField(low=1, high=MOST_AT_ONCE)
        self.institution = CompletedField()
        self.leader = LeaderField(tr("Leader"), patrons)
        self.purpose = ChoiceField()
        self.parts = PartsGrid(branch.current().age_bands)
        form.add("count", tr("How many people"), self.count, stretch=1)
        form.add("institution", tr("Institution"), self.institution, beside=True, stretch=3)
        form.add("leader", tr("Leader (may stay empty)"), self.leader)
        form.add("purpose", tr("Purpose"), self.purpose, beside=True)
        form.add("parts", tr("Of these, as far as known"), self.parts)
        form.changed.connect(self._on_changed)
        self.leader.new_asked.connect(self._on_new_leader)
        self.submitted.connect(self._on_submitted)

    def begin(self, purpose: str) -> None:
        """Open it; a new group begins with the purpose that is chosen at the desk."""
        entries = self._branch.entries("purposes")
        chosen = self.purpose.value() if self._begun else purpose
        self.purpose.set_options(entry_options(entries), value=chosen)
        self.institution.offer(self._visits.institutions())
        self._begun = True
        self.open()

    def draft(self) -> VisitDraft:
        """The group as typed; raises `InputError` where a box cannot be read."""
        value = self.form.value
        return VisitDraft(
            type=VisitorType.GROUP,
            count=value("count") or 0,
            purpose=value("purpose") or UNKNOWN,
            institution=value("institution"),
            leader_id=value("leader"),
            parts=value("parts"),
        )

    def _on_submitted(self) -> None:
        kept: list[Visit] = []

        def work() -> None:
            with self._own():
                kept.append(self._visits.record(self.draft()))

        if self.form.attempt(work):
            self._begun = False
            self.finish()
            self.recorded.emit(kept[0])

    def _on_changed(self) -> None:
        try:
            total = self.count.value()
        except InputError:  # told when it is stored
            return
        self.parts.show_rest(total)

    def _on_new_leader(self, typed: str) -> None:
        from perpudesk.patrons.form import PatronDialog

        draft = PatronDraft(name=typed)
        dialog = PatronDialog(self._patrons, self._branch, draft=draft, parent=self)
        dialog.saved.connect(self._on_leader)
        dialog.open()

    def _on_leader(self, patron: Patron) -> None:
        self.leader.choose(patron)
        self.leader.setFocus()
