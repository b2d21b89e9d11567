"""The list of months at the left: which there are, and how far each is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QSizePolicy

from perpudesk.core.formats import month_name
from perpudesk.core.i18n import tr, trc
from perpudesk.core.times import Period
from perpudesk.reports.closing import MonthState, Standing
from perpudesk.ui import theme
from perpudesk.ui.cards import Card
from perpudesk.ui.tables import REST, Column, TableView


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthRow:
    """A month that can be reported, and how far it is."""

    period: Period
    state: MonthState


class MonthsCard(Card):
    """Months, newest first; the cursor on one chooses it."""

    chosen = Signal(object)
    """The `Period` the cursor came to."""

    def __init__(self) -> None:
        super().__init__(tr("Months"))
        columns = (
            Column(title="", text=_name, kind="strong", width=REST),
            Column(title="", text=_state, kind="pill", tone=_tone, align="right"),
        )
        self.table = TableView(tr("Months"), columns, identity=lambda row: row.period)
        self.table.horizontalHeader().hide()
        self.table.row_selected.connect(self._on_row_selected)
        self.add(self.table, 1)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)

    def show_months(self, months: Sequence[MonthRow]) -> None:
        """Show these; the cursor stays on its month."""
        self.table.show_rows(months)

    def choose(self, period: Period) -> None:
        """Put the cursor on a month."""
        self.table.select(period, among=self.table.rows.rowCount())

    def current(self) -> Period | None:
        """The month the cursor is on."""
        row: MonthRow | None = self.table.current_row()
        return None if row is None else row.period

    def minimumSizeHint(self) -> QSize:
        look = theme.current()
        return QSize(look.px(200), look.px(170))

    def _on_row_selected(self, row: MonthRow) -> None:
        self.chosen.emit(row.period)


def _name(row: MonthRow) -> str:
    return month_name(row.period.first)


def _state(row: MonthRow) -> str:
    match row.state.standing:
        case Standing.RUNNING:
            return trc("month", "running")
        case Standing.READY:
            return trc("month", "ready to close")
        case Standing.CLOSED:
            return trc("month", "closed · rev {n}", n=row.state.edition)
        case Standing.CHANGED:
            return trc("month", "changed")


_TONES = {
    Standing.RUNNING: "neutral",
    Standing.READY: "warn",
    Standing.CLOSED: "ok",
    Standing.CHANGED: "error",
}


def _tone(row: MonthRow) -> str:
    return _TONES[row.state.standing]
