"""The list of those who wait: number, whose it is, and how long or where to."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy

from perpudesk.computers.form.queue_words import (
    ARROW,
    about_holder,
    holder,
    holder_spoken,
    wait_spoken,
    wait_words,
)
from perpudesk.computers.queueing import Ticket
from perpudesk.core.formats import NOTHING
from perpudesk.core.i18n import tr
from perpudesk.ui import theme
from perpudesk.ui.cells import row_height
from perpudesk.ui.tables import REST, Column, TableView

_MOST_ROWS = 6
_TURN, _NARROW = 2, 215
"""The column that says when it is whose turn, and the width, at 100 %, that it needs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A line of the list; `place` is where it is called to, if it is."""

    ticket: Ticket
    wait: int | None
    place: str

    @property
    def is_called(self) -> bool:
        """Whether it is its turn."""
        return self.ticket.called is not None


class QueueTable(TableView):
    """As high as its lines, up to some; then it scrolls."""

    shown: tuple[Waiting, ...] = ()
    """The lines."""

    def __init__(self) -> None:
        super().__init__(
            tr("Who waits"),
            [
                Column(title="", text=lambda each: each.ticket.code, kind="strong"),
                Column(
                    title=tr("Who"),
                    text=lambda each: holder(each.ticket),
                    spoken=lambda each: holder_spoken(each.ticket),
                    detail=self._detail,
                    width=REST,
                ),
                Column(
                    title="",
                    text=_turn,
                    spoken=_turn_spoken,
                    tone=lambda each: "info" if each.is_called else "",
                    align="right",
                ),
            ],
            identity=lambda each: each.ticket.id,
        )
        self._narrow = False
        self.horizontalHeader().hide()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_waiting(self, rows: tuple[Waiting, ...]) -> None:
        """Show these; the cursor stays on its line, or goes to the one that is next."""
        self.shown = rows
        self.show_rows(rows)
        if rows and self.current() is None:
            first = next((each for each in rows if each.is_called), rows[0])
            self.select(first.ticket.id)
        self.updateGeometry()

    def current(self) -> Waiting | None:
        """The line with the cursor."""
        found: Waiting | None = self.current_row()
        return found

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is no room for a third column the wait stands below the name."""
        narrow = event.size().width() < theme.current().px(_NARROW)
        if narrow != self._narrow:
            self._narrow = narrow
            self.setColumnHidden(_TURN, narrow)
        super().resizeEvent(event)

    def _detail(self, each: Waiting) -> str:
        about = about_holder(each.ticket)
        return " · ".join(filter(None, (_turn(each), about))) if self._narrow else about

    def sizeHint(self) -> QSize:
        lines = min(max(len(self.shown), 1), _MOST_ROWS)
        return QSize(
            super().sizeHint().width(), row_height(theme.current(), detailed=True) * lines + 2
        )

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.current().px(150), self.sizeHint().height())


def _turn(each: Waiting) -> str:
    if each.is_called:
        return f"{ARROW} {each.place or NOTHING}"
    return wait_words(each.wait)


def _turn_spoken(each: Waiting) -> str:
    if each.is_called:
        return tr("called to {place}", place=each.place or NOTHING)
    return wait_spoken(each.wait)
