"""What befell a workstation: broken since, repaired, no longer used; every line can be mended."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from perpudesk.computers.model import Workstation, WorkstationState
from perpudesk.computers.workstations import WorkstationService
from perpudesk.core.codes import Condition, label
from perpudesk.core.formats import date_long
from perpudesk.core.i18n import tr
from perpudesk.ui import theme
from perpudesk.ui.buttons import ChipGroup
from perpudesk.ui.calendar import DateField
from perpudesk.ui.cards import Card
from perpudesk.ui.fields import CheckField, TextField
from perpudesk.ui.forms import Form, FormDialog
from perpudesk.ui.tables import REST, Column, TableView
from perpudesk.ui.toasts import toast
from perpudesk.ui.told import take_back

TONES = {
    Condition.GOOD: "ok",
    Condition.MINOR_DAMAGE: "warn",
    Condition.MAJOR_DAMAGE: "error",
    Condition.RETIRED: "neutral",
}


class ConditionDialog(FormDialog):
    """A line for each time something became of it; Enter notes another, or mends the chosen one.

    Closing deletes the dialog.
    """

    WIDE = 640
    changed = Signal()
    """A line was added, mended or taken out."""

    def __init__(
        self,
        workstations: WorkstationService,
        workstation: Workstation,
        *,
        today: date,
        undo: Callable[[], object],
        parent: QWidget | None = None,
    ) -> None:
        """`undo` takes back the last step, or raises `RuleError`."""
        title = tr("Condition of {label}", label=workstation.label)
        super().__init__(title, Form(enter_submits=True), action=tr("Note it"), parent=parent)
        self._workstations, self._id = workstations, workstation.id
        self._today, self._undo = today, undo
        self._mended: WorkstationState | None = None
        self.cancel.set_label(tr("Close"))
        self.table = TableView(
            tr("History"),
            _columns(),
            identity=lambda state: state.id,
        )
        self.table.setMinimumHeight(theme.current().px(190))
        self._add_fields()
        self.table.row_activated.connect(self._on_mend)
        self.table.delete_pressed.connect(self._on_drop)
        self.submitted.connect(self._on_submitted)
        self.finished.connect(self.deleteLater)
        QShortcut(QKeySequence("Ctrl+Z"), self).activated.connect(self._on_undo)
        self._show()

    def _add_fields(self) -> None:
        form, today = self.form, self._today
        form.add("since", tr("Since"), DateField(tr("Since"), today=today, latest=today))
        form.add("note", tr("What is wrong, or what was done"), TextField(), beside=True, stretch=2)
        conditions = [(str(each), label(each)) for each in Condition]
        form.add("condition", tr("Condition"), ChipGroup(tr("Condition"), conditions))
        form.add("is_public", "", CheckField(tr("The public may use it")))
        form.add_section(tr("History"))
        history = Card()
        history.add(self.table)
        form.add_part(history)

    def _show(self) -> None:
        """Show its lines, the newest first, and a new line as it is now."""
        states = self._workstations.history(self._id)
        now = states[-1]
        self._mended = None
        self.save.set_label(tr("Note it"))
        self.table.show_rows(list(reversed(states)))
        self.form.fill(
            since=self._today,
            condition=str(now.condition),
            is_public=now.is_public,
            note=None,
        )
        self.form.clear_errors()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape leaves the line that is mended first, then the dialog."""
        if event.key() == Qt.Key.Key_Escape and self._mended is not None:
            self._show()
            self.table.setFocus()
        else:
            super().keyPressEvent(event)

    def _on_mend(self, state: WorkstationState) -> None:
        """Back into the fields."""
        self._mended = state
        self.save.set_label(tr("Save the line"))
        self.form.clear_errors()
        self.form.fill(
            since=state.since,
            condition=str(state.condition),
            is_public=state.is_public,
            note=state.note,
        )
        self.form.focus_first()

    def _on_submitted(self) -> None:
        if self.form.attempt(self._store):
            self._on_changed()
            self.form.focus_first()

    def _store(self) -> None:
        value = self.form.value
        since, condition = value("since") or self._today, Condition(value("condition"))
        public, note = value("is_public"), value("note")
        if self._mended is None:
            self._workstations.set_condition(
                self._id, condition, since=since, is_public=public, note=note
            )
            return
        state = WorkstationState(
            id=self._mended.id, since=since, condition=condition, is_public=public, note=note
        )
        self._workstations.mend_history(self._id, state)

    def _on_drop(self, state: WorkstationState) -> None:
        if self.form.attempt(lambda: self._workstations.drop_history(self._id, state.id)):
            self._on_changed()
            said = tr("The line was taken out.")
            toast(self, said, action=tr("Undo"), slot=self._on_undo, key="Ctrl+Z")

    def _on_undo(self) -> None:
        take_back(self, self._undo, self._on_changed)

    def _on_changed(self) -> None:
        self._show()
        self.changed.emit()


def _columns() -> list[Column]:
    return [
        Column(title=tr("Since"), text=lambda state: date_long(state.since)),
        Column(
            title=tr("Condition"),
            text=lambda state: label(state.condition),
            kind="pill",
            tone=lambda state: TONES[state.condition],
        ),
        Column(title=tr("For whom"), text=_whose),
        Column(title=tr("Note"), text=lambda state: state.note or "", width=REST),
    ]


def _whose(state: WorkstationState) -> str:
    return tr("Public") if state.is_public else tr("Staff")
