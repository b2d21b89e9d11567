"""Who trains: patrons, found by part of a name or added, in the order they were given."""

from __future__ import annotations

from collections.abc import Collection
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from perpudesk.branch.service import BranchService
from perpudesk.core.errors import InputError
from perpudesk.core.i18n import tr
from perpudesk.patrons.form import PatronDialog
from perpudesk.patrons.model import Patron, PatronDraft
from perpudesk.patrons.service import PatronService
from perpudesk.ui.buttons import Button
from perpudesk.ui.layout import FlowLayout, column
from perpudesk.visits.form.seek import NOBODY_CHOSEN, PatronSeek


class TrainersField(QWidget):
    """Names that were taken stand below the line, each with a button that takes it away."""

    changed = Signal()

    def __init__(
        self, patrons: PatronService, branch: BranchService, *, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._patrons, self._branch = patrons, branch
        self._ids: list[str] = []
        self._buttons: list[Button] = []
        name = tr("Trainers")
        self.setAccessibleName(name)
        self.seek = PatronSeek(name, patrons, placeholder=tr("Part of a name or number"))
        self._chosen = QWidget()
        self._flow = FlowLayout(self._chosen, gap=6)
        self._chosen.hide()
        self.setLayout(column(self.seek, self._chosen, gap=4))
        self.setFocusProxy(self.seek)
        self.seek.picked.connect(self._on_picked)
        self.seek.new_asked.connect(self._on_new)
        self.seek.changed.connect(self.changed)

    def value(self) -> tuple[str, ...]:
        """The ids; raises `InputError` when something was typed and nobody was taken."""
        if self.seek.typed():
            raise InputError(NOBODY_CHOSEN, field=self.objectName())
        return tuple(self._ids)

    def texts(self) -> tuple[str, ...]:
        """What stands here, also where it is no answer yet."""
        return (*self._ids, self.seek.typed())

    def set_value(self, value: Collection[str] | None) -> None:
        """Show these patrons, in this order."""
        self._ids = list(value or ())
        self.seek.clear()
        self._show()

    def _show(self) -> None:
        for button in self._buttons:
            self._flow.removeWidget(button)
            button.hide()
            button.deleteLater()
        self._buttons = [self._button(each) for each in self._ids]
        for button in self._buttons:
            self._flow.addWidget(button)
            button.show()
        self._chosen.setVisible(bool(self._buttons))
        self._chosen.updateGeometry()
        self.changed.emit()

    def _button(self, patron_id: str) -> Button:
        patron = self._patrons.get(patron_id)
        name = tr("(no name any more)") if patron is None else patron.name
        button = Button(name, partial(self._on_remove, patron_id), icon="close")
        button.setAccessibleName(tr("Take {name} away", name=name))
        return button

    def _on_picked(self, patron: Patron) -> None:
        if patron.id not in self._ids:
            self._ids.append(patron.id)
        self.seek.clear()
        self._show()

    def _on_remove(self, patron_id: str) -> None:
        self._ids.remove(patron_id)
        self._show()
        self.seek.setFocus()

    def _on_new(self, typed: str) -> None:
        draft = PatronDraft(name=typed)
        dialog = PatronDialog(self._patrons, self._branch, draft=draft, parent=self.window())
        dialog.saved.connect(self._on_picked)
        dialog.open()
