"""The rows of a file to look through: refused, left out, and some of those that come in."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial

from PySide6.QtWidgets import QStackedWidget

from perpudesk.core.codes import VisitorType, label
from perpudesk.core.formats import clock_text, date_digits, number
from perpudesk.core.i18n import tr
from perpudesk.importing.model import Aside, Reading, Sample
from perpudesk.importing.summary import reasons_text, row_sentence
from perpudesk.ui import theme
from perpudesk.ui.buttons import Button, ChipGroup
from perpudesk.ui.cards import Card
from perpudesk.ui.layout import row
from perpudesk.ui.tables import REST, Column, TableView
from perpudesk.ui.text import Text


class RowsCard(Card):
    """Chips for the kinds of rows, and below them the rows of one kind."""

    def __init__(self) -> None:
        super().__init__()
        self._reading: Reading | None = None
        self.kinds = ChipGroup(tr("Rows to show"))
        self.kinds.chosen.connect(self._show_kind)
        self.asides = _asides_table()
        self.samples = _samples_table()
        self.shown: TableView | None = None
        self.asides.row_selected.connect(self._on_selected)
        self._below = Text("", "quiet", wrap=True)
        self._stack = QStackedWidget()
        for table in (self.asides, self.samples):
            self._stack.addWidget(table)
        self._top = row(self.kinds)
        self._top.setStretchFactor(self.kinds, 1)
        self.add(self._top)
        self.add(self._stack, 1)
        self.add(self._below)
        self.setMinimumHeight(theme.current().px(210))

    def add_tool(self, button: Button) -> None:
        """Put `button` at the right of the chips."""
        self._top.addWidget(button)

    def show_reading(self, reading: Reading) -> None:
        """Show the rows of a file, those that need a look first."""
        self._reading = reading
        kinds = [
            (kind, f"{name} · {number(len(rows))}")
            for kind, name, rows in (
                ("refused", tr("Refused"), reading.refused),
                ("left_out", tr("Left out"), reading.left_out),
            )
            if rows
        ]
        kinds.append(("samples", tr("First rows")))
        self.kinds.set_options(kinds, value=kinds[0][0])
        self._show_kind(kinds[0][0])

    def _on_selected(self, each: Aside | None) -> None:
        """Show a reason whole, that a narrow table cuts off."""
        if each is not None:
            self._below.setText(row_sentence(each))

    def _show_shown(self, reading: Reading) -> None:
        """The first rows of a table whose columns are its own."""
        if self.shown is not None:
            self._stack.removeWidget(self.shown)
            self.shown.deleteLater()
        columns = [
            Column(title=title, text=partial(_at, at), most=220)
            for at, title in enumerate(reading.titles)
        ]
        none = tr("No row of this file can be added.")
        self.shown = TableView(tr("First rows"), columns, empty=none)
        self.shown.show_rows(reading.shown)
        self._stack.addWidget(self.shown)
        self._stack.setCurrentWidget(self.shown)

    def _show_kind(self, kind: str) -> None:
        assert self._reading is not None  # noqa: S101 - the chips come with the rows
        self._below.setVisible(kind != "samples")
        if kind == "samples":
            if self._reading.titles:
                self._show_shown(self._reading)
                return
            self.samples.show_rows(self._reading.samples)
            self._stack.setCurrentWidget(self.samples)
            return
        rows = self._reading.refused if kind == "refused" else self._reading.left_out
        self._below.setText(reasons_text(rows))
        self.asides.show_window(partial(_part, rows), len(rows))
        self._stack.setCurrentWidget(self.asides)


def _at(at: int, cells: Sequence[str]) -> str:
    return cells[at]


def _part(rows: Sequence[Aside], offset: int, limit: int) -> Sequence[Aside]:
    return rows[offset : offset + limit]


def _asides_table() -> TableView:
    return TableView(
        tr("Rows that add nothing"),
        [
            Column(title=tr("Row"), text=lambda each: str(each.row), align="right", kind="strong"),
            Column(title=tr("Column"), text=lambda each: each.column, kind="quiet"),
            Column(title=tr("Why"), text=lambda each: each.sentence(), width=REST),
        ],
    )


def _samples_table() -> TableView:
    return TableView(
        tr("First rows"),
        [
            Column(title=tr("When"), text=_when, kind="strong"),
            Column(title=tr("Visitor"), text=lambda each: each.name, width=REST),
            Column(title=tr("Member number"), text=lambda each: each.number, width=150),
            Column(title=tr("Type"), text=lambda each: label(VisitorType(each.type)), kind="quiet"),
            Column(title=tr("Institution"), text=lambda each: each.institution, width=190),
        ],
        empty=tr("No row of this file can be added."),
    )


def _when(each: Sample) -> str:
    day = date_digits(date.fromisoformat(each.day))
    if each.clock.startswith("ff"):
        return day
    return f"{day} {clock_text(f'{each.clock[:2]}:{each.clock[2:4]}')}"
