"""Papers that are read on screen too: two periods beside each other, and sheets to copy from."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from perpudesk.core.formats import NOTHING, period_short
from perpudesk.core.i18n import tr, trc
from perpudesk.reports.dimensions import dimension_names
from perpudesk.reports.model import COMPUTER_SESSIONS
from perpudesk.reports.papers.comparison import (
    ComparedRow,
    Comparison,
    compared,
    parts_of,
    remarks_of,
)
from perpudesk.reports.papers.sheets import Sheet, SheetRow
from perpudesk.reports.periodic.tables import light_of
from perpudesk.totals.model import Light
from perpudesk.ui import theme
from perpudesk.ui.layout import column
from perpudesk.ui.tables import REST, Column, TableView
from perpudesk.ui.text import Text

_TONES = {Light.GREEN: "ok", Light.YELLOW: "warn", Light.RED: "error"}
_ROOMY = 620
"""Px at 100 % at which how far a target is reached has a column of its own."""
_REMARK = 150
"""Px at 100 % that a remark takes at most; it then stands on two lines."""
_PARTS = ("sex", "age", "type", "purpose")
_PARTS_OF_COMPUTERS = ("sex", "age", "purpose")


class ComparisonTable(QWidget):
    """Every indicator of two periods, its change, and how far the target is reached.

    Where there is little room, how far that is stands below the change.
    """

    def __init__(self, comparison: Comparison, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._comparison = comparison
        self._stacked = False
        names = dimension_names()
        self._rows = list(compared(comparison))
        for dimension in _PARTS:
            parts = parts_of(comparison, dimension)
            self._rows += [_under(names[dimension].lower(), each) for each in parts]
        for dimension in _PARTS_OF_COMPUTERS:
            what = tr("computers, {dimension}", dimension=names[dimension].lower())
            parts = parts_of(comparison, dimension, COMPUTER_SESSIONS)
            self._rows += [_under(what, each) for each in parts]
        self.table = self._made()
        note = Text(remarks_of(comparison), "small", wrap=True)
        note.setVisible(bool(note.text()))
        self._box = column(self.table, note)
        self.setLayout(self._box)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        stacked = bool(self._comparison.targets) and self.width() < theme.current().px(_ROOMY)
        if stacked != self._stacked:
            self._stacked = stacked
            before, self.table = self.table, self._made()
            self._box.replaceWidget(before, self.table)
            before.hide()
            before.deleteLater()

    def _made(self) -> TableView:
        table = TableView(tr("Comparison"), self._columns())
        table.show_rows(self._rows)
        return table

    def _columns(self) -> list[Column]:
        both = (self._comparison.first, self._comparison.second)
        first, second = (period_short(each.period) for each in both)
        goals, change, reached = bool(self._comparison.targets), trc("column", "Change"), None
        if self._stacked:
            change, reached = tr("Change, reached"), _reached
        columns = [
            Column(title=tr("Indicator"), text=lambda row: row.name, wrap=True, width=REST),
            Column(title=first, text=lambda row: row.first, align="right"),
            Column(title=second, text=lambda row: row.second, align="right"),
            Column(title=change, text=lambda row: row.change, detail=reached, align="right"),
        ]
        if goals and not self._stacked:
            columns.append(Column(title=tr("Reached"), text=_reached, kind="pill", tone=_tone))
        return columns


def _under(name: str, row: ComparedRow) -> ComparedRow:
    """A part of the visits or sessions, called by what it is a part of."""
    return ComparedRow(
        name=f"{row.name} ({name})", first=row.first, second=row.second, change=row.change
    )


def _reached(row: ComparedRow) -> str:
    told = light_of(row.goal)
    return "" if told == NOTHING else told


def _tone(row: ComparedRow) -> str:
    return "neutral" if row.goal.light is None else _TONES[row.goal.light]


class SheetTable(QWidget):
    """The rows of a sheet; Enter or a click on *Salin* copies the number of one."""

    copied = Signal(object)
    """The `SheetRow` whose number is wanted on the clipboard."""

    def __init__(self, sheet: Sheet, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.table = TableView(
            sheet.name,
            [
                Column(
                    title=tr("What is asked"),
                    text=lambda row: row.name,
                    detail=lambda row: row.group,
                    kind="strong",
                    wrap=True,
                    width=REST,
                ),
                Column(title=trc("column", "Number"), text=lambda row: row.shown, align="right"),
                Column(
                    title=tr("Remark"),
                    text=lambda row: row.told,
                    kind="quiet",
                    wrap=True,
                    most=_REMARK,
                ),
                Column(title="", text=_copy, kind="link", key="copy"),
            ],
            identity=lambda row: (row.group, row.name),
        )
        self.table.row_activated.connect(self.copied)
        self.table.link_clicked.connect(self._on_link)
        self.table.show_rows(sheet.rows)
        hint = tr("Enter copies the number of a row, Ctrl+C copies all rows.")
        self.setLayout(column(self.table, Text(f"{sheet.asked} {hint}", "small", wrap=True)))

    def _on_link(self, row: SheetRow, _key: str) -> None:
        self.copied.emit(row)


def _copy(row: SheetRow) -> str:
    return tr("Copy") if row.copied else ""


def all_rows(sheet: Sheet) -> str:
    """Every row as a spreadsheet takes it from the clipboard."""
    lines = [(row.group, row.name, row.copied, row.told) for row in sheet.rows]
    return "\n".join("\t".join(cells) for cells in lines)
