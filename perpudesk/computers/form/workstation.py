"""One workstation: what it is called, where it stands, and for whom it is."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from perpudesk.computers.model import MOST_NUMBER, Workstation, WorkstationDraft
from perpudesk.computers.workstations import WorkstationService
from perpudesk.core.i18n import tr
from perpudesk.ui.buttons import ChipGroup
from perpudesk.ui.fields import NumberField, TextField
from perpudesk.ui.forms import Form, FormDialog

PUBLIC, STAFF = "public", "staff"


class WorkstationDialog(FormDialog):
    """Enter stores; closing deletes the dialog."""

    WIDE = 560
    stored = Signal(object)
    """The `Workstation` as it is on the disk now."""

    def __init__(
        self,
        workstations: WorkstationService,
        workstation: Workstation,
        *,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(workstation.label, Form(enter_submits=True), parent=parent)
        self._workstations, self._workstation = workstations, workstation
        form = self.form
        form.add("label", tr("Name of the computer"), TextField(), stretch=3)
        form.add("number", tr("Number"), NumberField(low=1, high=MOST_NUMBER), beside=True)
        whose = [(PUBLIC, tr("Public")), (STAFF, tr("Staff"))]
        form.add("whose", tr("For whom"), ChipGroup(tr("For whom"), whose))
        form.add("place", tr("Where it stands"), TextField())
        form.add("specification", tr("What it is (processor, memory, source)"), TextField())
        form.add("note", tr("Note"), TextField())
        form.fill(
            label=workstation.label,
            number=workstation.number,
            whose=PUBLIC if workstation.state.is_public else STAFF,
            place=workstation.place,
            specification=workstation.specification,
            note=workstation.note,
        )
        self.submitted.connect(self._on_submitted)
        self.finished.connect(self.deleteLater)

    def draft(self) -> WorkstationDraft:
        """It as typed; raises `InputError` where the number cannot be read."""
        value = self.form.value
        return WorkstationDraft(
            label=value("label"),
            number=value("number"),
            is_public=value("whose") == PUBLIC,
            place=value("place"),
            specification=value("specification"),
            note=value("note"),
        )

    def _on_submitted(self) -> None:
        kept: list[Workstation] = []
        place = self._workstation.id
        if self.form.attempt(lambda: kept.append(self._workstations.change(place, self.draft()))):
            self.accept()
            self.stored.emit(kept[0])
