"""What was recorded last: to be seen, mended, and taken back."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QWidget

from perpudesk.core.i18n import tr
from perpudesk.ui.buttons import Button
from perpudesk.ui.cards import Card
from perpudesk.ui.layout import FlowLayout
from perpudesk.ui.tables import Column, TableView
from perpudesk.ui.text import Text
from perpudesk.visits.model import Visit

KEPT = 40
LATER_MS = 100
"""A table is slower to paint than a counter: it follows so long after a tap."""
_PURPOSE = 2
_PURPOSE_NEEDS = 345
"""The width, at 100 %, below which the table leaves the purpose out."""


class RecentCard(Card):
    """The last records of today with undo and redo."""

    edit_asked = Signal(object)
    """A `Visit` is to be mended."""
    remove_asked = Signal(object)
    """A `Visit` is to be taken out."""

    def __init__(
        self,
        columns: Sequence[Column],
        *,
        undo: Callable[[], object],
        redo: Callable[[], object],
        all_visits: Callable[[], object],
        paper: Callable[[], object],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(tr("Just recorded"), role="strong", parent=parent)
        self.undo = Button(tr("Undo"), undo, key="Ctrl+Z")
        self.redo = Button("", redo, icon="redo", name=tr("Redo") + " (Ctrl+Shift+Z)")
        for button in (self.undo, self.redo):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            self.add_header(button)
        self.table = TableView(
            tr("Just recorded"),
            columns,
            identity=lambda visit: visit.id,
            empty=tr("Nobody has been recorded today. Press the key of an age group, or click it."),
        )
        self.table.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.table.link_clicked.connect(self._on_link)
        self.table.row_activated.connect(self.edit_asked)
        self.table.delete_pressed.connect(self.remove_asked)
        self.add(self.table, 1)
        self.paper = Button(tr("From paper"), paper, kind="link", key="Ctrl+L")
        self.all = Button(tr("All visits"), all_visits, kind="link", key="Ctrl+F")
        for button in (self.paper, self.all):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        note = Text(tr("Names are kept on this computer only."), "small", wrap=True)
        links = QWidget()
        flow = FlowLayout(links, gap=0)
        for button in (self.paper, self.all):
            flow.addWidget(button)
        self.add(note)
        self.add(links)
        self._visits: list[Visit] = []
        self._later = QTimer(self, singleShot=True, interval=LATER_MS)
        self._later.timeout.connect(self._show)

    def show_visits(self, visits: Sequence[Visit]) -> None:
        """Show these, newest first."""
        self._later.stop()
        self._visits = list(visits[:KEPT])
        self._show()

    def put(self, visit: Visit) -> None:
        """Show one more above the others, once the counter has been painted."""
        self._visits = [visit, *self._visits[: KEPT - 1]]
        if not self._later.isActive():
            self._later.start()

    def _show(self) -> None:
        self.table.show_rows(self._visits)

    def set_undo(self, undo: bool, redo: bool) -> None:
        """Say whether there is something to undo, and to redo."""
        self.undo.setEnabled(undo)
        self.redo.setEnabled(redo)

    def fit(self, room: float) -> None:
        """Leave purpose and redo out where `room` (px at 100 %) is too little; toasts redo too."""
        self.table.setColumnHidden(_PURPOSE, room < _PURPOSE_NEEDS)
        self.redo.setVisible(room >= _PURPOSE_NEEDS)

    def _on_link(self, visit: Visit, _key: str) -> None:
        self.edit_asked.emit(visit)
