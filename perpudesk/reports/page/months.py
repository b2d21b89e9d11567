"""The list of months at the left: which there are, and how far each is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QSizePolicy

from perpudesk.core.formats import month_name
from perpudesk.core.i18n import tr, trc
from perpudesk.core.times import Period
from perpudesk.ui import theme
from perpudesk.ui.cards import Card
from perpudesk.ui.tables import REST, Column, TableView


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthRow:
    """A month that can be reported; `running` while days of it are still to come."""

    period: Period
    running: bool


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
    return trc("month", "running") if row.running else trc("month", "provisional")


def _tone(row: MonthRow) -> str:
    return "neutral" if row.running else "warn"
