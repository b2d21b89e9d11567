"""Every change of a month since it was closed, to be read through."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QWidget

from perpudesk.core.formats import month_name
from perpudesk.core.i18n import tr
from perpudesk.reports.page.closing import change_lines
from perpudesk.reports.periodic.reported import Reported
from perpudesk.ui import theme
from perpudesk.ui.buttons import Button
from perpudesk.ui.fitting import fit
from perpudesk.ui.layout import CARD_GAP, column, fill, row
from perpudesk.ui.tables import REST, Column, TableView
from perpudesk.ui.text import Text

_WIDE, _HIGH = 560, 440
"""Px at 100 %; less where the screen is smaller."""


class ChangesDialog(QDialog):
    """What a month says otherwise than its last revision, a line each; Escape leaves it."""

    def __init__(self, month: Reported, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        title = tr(
            "{month}: changes since revision {n}",
            month=month_name(month.period.first),
            n=month.state.edition,
        )
        self.setWindowTitle(title)
        self.table = TableView(title, [Column(title="", text=str, width=REST)])
        self.table.horizontalHeader().hide()
        self.table.show_rows(change_lines(month))
        leave = Button(tr("Close"), self.accept, kind="primary", key=tr("Esc"))
        self.setContentsMargins(20, 18, 20, 18)
        heading = Text(title, "heading", wrap=True)
        fill(self, column(heading, self.table, row(None, leave), gap=CARD_GAP))


def show_changes(page: QWidget, month: Reported) -> ChangesDialog:
    """Open the list over `page`; it is gone when it is left."""
    dialog = ChangesDialog(month, parent=page)
    dialog.finished.connect(dialog.deleteLater)
    look = theme.current()
    fit(dialog, look.px(_WIDE), look.px(_HIGH))
    dialog.open()
    dialog.table.setFocus()
    return dialog
