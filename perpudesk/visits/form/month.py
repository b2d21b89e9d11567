"""The days of a month, coloured by what they were, with a cursor that tells where it is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from perpudesk.branch.model import DayInfo
from perpudesk.core.formats import month_name
from perpudesk.core.i18n import tr
from perpudesk.ui.buttons import Button
from perpudesk.ui.calendar import DayGrid
from perpudesk.ui.layout import column, row
from perpudesk.ui.text import Text
from perpudesk.visits.form.days_words import day_mark

Mark = Callable[[DayInfo], tuple[str, str] | None]


class ServiceMonth(QWidget):
    """A month with its name and two buttons to turn it; Page Up and Page Down do the same."""

    moved = Signal(object)
    """The cursor came to this `date`."""

    def __init__(
        self, today: date, *, mark: Mark = day_mark, parent: QWidget | None = None
    ) -> None:
        """`mark` gives the word and the tone of a day, or None."""
        super().__init__(parent)
        self._mark = mark
        self._grid = _Grid(today)
        self._grid.set_today(today)
        self._name = Text(month_name(today), "label")
        self._name.setAlignment(Qt.AlignmentFlag.AlignCenter)
        back = Button("", self._on_back, kind="ghost", icon="chevron-left", name=tr("Month before"))
        on = Button("", self._on_on, kind="ghost", icon="chevron-right", name=tr("Month after"))
        for button in (back, on):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        head = row(back, self._name, on)
        head.setStretchFactor(self._name, 1)
        box = column(head, self._grid)
        box.setStretchFactor(self._grid, 1)
        self.setLayout(box)
        self.setFocusProxy(self._grid)
        self._grid.moved.connect(self._on_moved)
        self._grid.chosen.connect(self.moved)

    @property
    def day(self) -> date:
        """The day the cursor is on."""
        return self._grid.day

    def go_to(self, day: date) -> None:
        """Put the cursor on that day."""
        self._grid.set_day(day)

    def show_days(self, days: Sequence[DayInfo]) -> None:
        """Colour these days."""
        marks = {info.date: mark for info in days if (mark := self._mark(info)) is not None}
        self._grid.set_marks(marks)

    def _on_moved(self, day: date) -> None:
        self._name.setText(month_name(day))
        self.moved.emit(day)

    def _on_back(self) -> None:
        self._grid.turn(-1)

    def _on_on(self) -> None:
        self._grid.turn(1)


class _Grid(DayGrid):
    """Tells every step of its cursor."""

    moved = Signal(object)

    def set_day(self, day: date) -> None:
        super().set_day(day)
        self.moved.emit(day)
