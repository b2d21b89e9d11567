"""Say that somebody who was registered twice is one person."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QWidget

from perpudesk.core.formats import NOTHING
from perpudesk.core.i18n import tr
from perpudesk.patrons.model import Patron
from perpudesk.patrons.page.words import age_words, sex_words
from perpudesk.patrons.service import PatronService
from perpudesk.ui import theme
from perpudesk.ui.buttons import Button
from perpudesk.ui.fitting import fit
from perpudesk.ui.layout import CARD_GAP, column, fill, row
from perpudesk.ui.search import SearchField
from perpudesk.ui.tables import REST, Column, TableView
from perpudesk.ui.text import Text

MATCHES = 30


class MergeDialog(QDialog):
    """Find the entry that is kept; Enter on it says that both are one."""

    chosen = Signal(object)
    """The `Patron` that stands for both."""

    def __init__(self, patrons: PatronService, patron: Patron, *, parent: QWidget) -> None:
        super().__init__(parent.window())
        self._patrons, self._patron = patrons, patron
        title = tr("The same person as {name}", name=patron.name)
        self.setWindowTitle(title)
        self.search = SearchField(placeholder=tr("Search by name or number"))
        self.search.setAccessibleName(tr("Search by name or number"))
        today = patrons.today
        self.table = TableView(
            tr("Patrons"),
            [
                Column(title=tr("Name"), text=lambda p: p.name, kind="strong", width=REST),
                Column(title=tr("Number"), text=lambda p: p.member_number or NOTHING, width=100),
                Column(title=tr("Sex"), text=sex_words, width=112),
                Column(title=tr("Age"), text=lambda p: age_words(p, today()), width=64),
            ],
            identity=lambda p: p.id,
            empty=tr("Nobody else is called like that. Type part of the name."),
        )
        self.merge = Button(tr("They are one person"), self._on_merge, kind="primary", key="Enter")
        cancel = Button(tr("Cancel"), self.reject, key=tr("Esc"))
        words = tr(
            "Choose the entry that is kept. {name} is no longer listed; every visit stays, and "
            "both count as one person. It can be undone.",
            name=patron.name,
        )
        box = column(
            Text(title, "heading"),
            Text(words, "quiet", wrap=True),
            self.search,
            self.table,
            row(None, cancel, self.merge),
            gap=CARD_GAP,
        )
        box.setStretch(3, 1)
        box.setContentsMargins(20, 16, 20, 16)
        fill(self, box)
        self.search.changed.connect(self._on_typed)
        self.search.returnPressed.connect(self._on_merge)
        self.search.left.connect(self.table.setFocus)
        self.table.row_activated.connect(self._on_activated)
        look = theme.current()
        fit(self, look.px(560), look.px(460))

    def open(self) -> None:
        """Show it with those who are called alike."""
        super().open()
        self.search.setText(self._patron.name.split()[0])
        self.search.selectAll()
        self.search.setFocus()
        self._on_typed()

    def _on_typed(self) -> None:
        typed = self.search.value()
        found = self._patrons.find(typed, MATCHES) if typed else []
        others = [each for each in found if each.id != self._patron.id]
        self.table.show_rows(others)
        self.merge.setEnabled(bool(others))
        if others:
            self.table.setCurrentIndex(self.table.rows.index(0, 0))

    def _on_merge(self) -> None:
        kept = self.table.current_row()
        if kept is not None and self.merge.isEnabled():
            self._on_activated(kept)

    def _on_activated(self, kept: Patron) -> None:
        self.accept()
        self.chosen.emit(kept)
