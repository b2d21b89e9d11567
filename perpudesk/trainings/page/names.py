"""Who of a course used a computer again: on the screen, and nowhere else."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QWidget

from perpudesk.core.formats import date_long
from perpudesk.core.i18n import tr
from perpudesk.trainings.returning import Returned
from perpudesk.ui import theme
from perpudesk.ui.buttons import Button
from perpudesk.ui.layout import CARD_GAP, column, fill, row
from perpudesk.ui.tables import REST, Column, TableView
from perpudesk.ui.text import Text


class NamesDialog(QDialog):
    """Names and the day of the first use after the course; never printed, never exported."""

    def __init__(
        self, title: str, names: Sequence[Returned], *, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("After the training"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        columns = [
            Column(
                title=tr("Name"),
                text=lambda each: each.participant.name or tr("(no name any more)"),
                kind="strong",
                width=REST,
            ),
            Column(title=tr("Used a computer on"), text=lambda each: date_long(each.day)),
        ]
        table = TableView(tr("Who came back"), columns)
        table.show_rows(names)
        note = Text(tr("For this screen only: never printed, never exported."), "quiet", wrap=True)
        close = Button(tr("Close"), self.reject, key=tr("Esc"))
        box = column(Text(title, "heading", wrap=True), table, note, row(None, close), gap=CARD_GAP)
        box.setStretch(1, 1)
        self.setContentsMargins(20, 18, 20, 18)
        fill(self, box)
        look = theme.current()
        self.resize(look.px(480), look.px(420))
