"""The month at the right: which days have their numbers, and the sheets they came from."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from perpudesk.branch.model import DayInfo
from perpudesk.core.codes import label
from perpudesk.core.formats import date_short, number
from perpudesk.core.i18n import tr
from perpudesk.ui import theme
from perpudesk.ui.cards import Card
from perpudesk.ui.tables import REST, Column, TableView
from perpudesk.ui.text import Text
from perpudesk.visits.form.days_words import count_mark
from perpudesk.visits.form.month import ServiceMonth
from perpudesk.visits.sheets import Stored

_WIDE = 344


class MonthCard(Card):
    """Fills with colour as sheets are typed in; a day can be chosen, a sheet taken back."""

    day_chosen = Signal(object)
    """The cursor came to this `date`."""
    undo_asked = Signal(object)
    """A `Stored` is to be taken back."""

    def __init__(self, today: date, *, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.month = ServiceMonth(today, mark=count_mark)
        self.month.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.table = TableView(
            tr("Sheets of this month"),
            [
                Column(title=tr("Day"), text=_day_said),
                Column(title=tr("n"), text=lambda each: number(each.visits), align="right"),
                Column(title=tr("How"), text=lambda each: label(each.method), width=REST),
                Column(title="", text=lambda _: tr("Undo"), key="undo", kind="link"),
            ],
            identity=lambda each: each.batch_id,
            empty=tr("No sheet of this month is typed in yet."),
        )
        self.table.setMinimumHeight(theme.current().px(76))
        self.add(self.month)
        self.add(Text(tr("Sheets of this month"), "label"))
        self.add(self.table, 1)
        self.setFixedWidth(theme.current().px(_WIDE))
        self.month.moved.connect(self.day_chosen)
        self.table.delete_pressed.connect(self.undo_asked)
        self.table.link_clicked.connect(lambda each, _key: self.undo_asked.emit(each))

    def show_month(self, day: date, days: Sequence[DayInfo], sheets: Sequence[Stored]) -> None:
        """Show the month of `day`, what its days were, and its sheets by day."""
        if self.month.day != day:
            blocked = self.month.blockSignals(True)
            self.month.go_to(day)
            self.month.blockSignals(blocked)
        self.month.show_days(days)
        self.table.show_rows(sorted(sheets, key=lambda each: (each.sheet is None, each.first)))


def _day_said(each: Stored) -> str:
    return tr("Month") if each.sheet is None else date_short(each.first)
