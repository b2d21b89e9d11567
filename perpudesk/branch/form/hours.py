"""Opening hours: a line for each weekday."""

from __future__ import annotations

import re
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from perpudesk.branch.model import USUAL_WEEK, WEEKDAYS, Hours, Week
from perpudesk.core.errors import InputError
from perpudesk.core.formats import clock_text, weekday_names
from perpudesk.core.i18n import tr
from perpudesk.ui import theme
from perpudesk.ui.buttons import Button
from perpudesk.ui.fields import CheckField, TextField
from perpudesk.ui.layout import FlowLayout, boxed, column, in_order, row
from perpudesk.ui.text import Text, set_state

_OPENS, _CLOSES = "08:00", "15:00"
"""Offered when a closed day is opened."""


class DayLine(QObject):
    """The parts of one weekday: whether it is open, from when, till when, what is wrong.

    They stand in the grid of `editor`, which is their parent from the start: a part that is shown
    without one would be a window for a moment.
    """

    changed = Signal()
    """It was ticked, or a time was left."""

    def __init__(self, name: str, editor: QWidget) -> None:
        super().__init__(editor)
        self.open = CheckField(name, parent=editor)
        self.opens = TextField(parent=editor)
        self.opens.setAccessibleName(tr("{day}: opens at", day=name))
        self.closes = TextField(parent=editor)
        self.closes.setAccessibleName(tr("{day}: closes at", day=name))
        self.dash = Text("–", "quiet", parent=editor)
        self.closed = Text(tr("closed"), "quiet", parent=editor)
        self.error = Text("", "error", wrap=True, parent=editor)
        for box in (self.opens, self.closes):
            box.setFixedWidth(theme.current().px(82))
            box.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            box.installEventFilter(self)
            box.changed.connect(self._on_typed)
            box.returnPressed.connect(self._on_left)
        self.open.toggled.connect(self._on_toggled)
        self.show_hours(None)

    def show_hours(self, hours: Hours | None) -> None:
        """Show these hours, or that the day is closed."""
        opens, _, closes = hours.text.partition("-") if hours else ("", "", "")
        for box, text in ((self.opens, opens), (self.closes, closes)):
            if _tidy(box.text()) != text:
                box.set_value(clock_text(text) if text else "")
        self.open.blockSignals(True)
        self.open.set_value(hours is not None)
        self.open.blockSignals(False)
        self._show_parts()

    def hours(self) -> Hours | None:
        """The hours as typed; raises `InputError` no_clock or closes_early at its box."""
        if not self.open.value():
            return None
        return Hours.between(_tidy(self.opens.text()), _tidy(self.closes.text()))

    def read(self) -> tuple[bool, Hours | None]:
        """Whether it can be read, and the hours; what is wrong is said at its box."""
        try:
            hours = self.hours()
        except InputError as error:
            self.show_error(error)
            return False, None
        self.show_error(None)
        return True, hours

    def show_error(self, error: InputError | None) -> None:
        """Say what is wrong at which box, or nothing."""
        sentence = error.sentence() if error else ""
        self.error.setText(sentence)
        self.error.setVisible(bool(sentence))
        for name, box in (("opens", self.opens), ("closes", self.closes)):
            wrong = error is not None and error.field == name
            set_state(box, "wrong", wrong)
            box.setAccessibleDescription(sentence if wrong else "")

    def wrong_box(self) -> TextField:
        """The box of the error that is shown."""
        return self.opens if self.opens.property("wrong") else self.closes

    def _show_parts(self) -> None:
        is_open = self.open.value()
        for part in (self.opens, self.closes, self.dash):
            part.setVisible(is_open)
        self.closed.setVisible(not is_open)
        self.show_error(None)

    def _on_toggled(self) -> None:
        if self.open.value() and not self.opens.text() and not self.closes.text():
            self.opens.set_value(clock_text(_OPENS))
            self.closes.set_value(clock_text(_CLOSES))
        self._show_parts()
        self.changed.emit()

    def _on_typed(self) -> None:
        self.show_error(None)

    def _on_left(self) -> None:
        self.read()
        self.changed.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusOut:
            self._on_left()
        return False


class HoursEditor(QWidget):
    """The week; what is complete and right is kept as soon as a time is left."""

    def __init__(
        self, keep: Callable[[Week], object], *, live: bool = True, parent: QWidget | None = None
    ) -> None:
        """Calls `keep(week)`; not `live`, only when `keep` is called."""
        super().__init__(parent)
        self._keep, self._live = keep, live
        self._kept: Week | None = None
        self._days = [DayLine(name, self) for name in weekday_names()]
        self._mark = Text("", "small")
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(2, 1)
        for place, day in enumerate(self._days):
            times = boxed(row(day.opens, day.dash, day.closes, day.closed, None))
            times.setMinimumHeight(day.opens.sizeHint().height())
            grid.addWidget(day.open, place, 0)
            grid.addWidget(times, place, 1)
            grid.addWidget(day.error, place, 2)
            day.changed.connect(self._on_changed)
        same = Button(tr("Like Monday, till Friday"), self._on_same, icon="copy")
        hours = USUAL_WEEK[0]
        assert hours is not None  # noqa: S101 - Monday is a working day
        opens, closes = (clock_text(each) for each in hours.text.split("-"))
        usual = tr("Monday to Friday, {opens}–{closes}", opens=opens, closes=closes)
        self.usual = Button(usual, self._on_usual)
        below = QWidget()
        flow = FlowLayout(below)
        for part in (same, self.usual, self._mark):
            flow.addWidget(part)
        self.setLayout(column(grid, below, gap=12))
        stops = [part for day in self._days for part in (day.open, day.opens, day.closes)]
        in_order(*stops, same, self.usual)

    def show_week(self, week: Week | None) -> None:
        """Show what is stored; None is a branch that has not said yet."""
        if week == self._kept and week is not None:
            return
        self._kept = week
        for day, hours in zip(self._days, week or (None,) * WEEKDAYS, strict=True):
            day.show_hours(hours)

    def offer_week(self, week: Week) -> None:
        """Show what is usual; it is stored when it is kept."""
        self._kept = None
        for day, hours in zip(self._days, week, strict=True):
            day.show_hours(hours)

    def week(self) -> Week | None:
        """The week as typed, None where a day is wrong: the day then says why."""
        days = [day.read() for day in self._days]
        return tuple(hours for _, hours in days) if all(read for read, _ in days) else None

    def keep(self) -> bool:
        """Store the week if it changed; False where a day is wrong: the focus is there then."""
        if self._store():
            return True
        wrong = next(day for day in self._days if day.error.text())
        wrong.wrong_box().setFocus(Qt.FocusReason.OtherFocusReason)
        return False

    def _store(self) -> bool:
        week = self.week()
        if week is None:
            return False
        if week != (self._kept or (None,) * WEEKDAYS):
            self._keep(week)
            self._kept = week
            self._mark.setText(tr("✓ saved"))
        return True

    def _on_changed(self) -> None:
        if self._live:
            self._store()

    def _on_same(self) -> None:
        right, hours = self._days[0].read()
        if not right:
            return
        for day in self._days[1:5]:
            day.show_hours(hours)
        self._on_changed()

    def _on_usual(self) -> None:
        for day, hours in zip(self._days, USUAL_WEEK, strict=True):
            day.show_hours(hours)
        self._on_changed()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._on_changed()


def _tidy(text: str) -> str:
    """A time as it is stored: `8` and `8.00` and `0800` are `08:00`; anything else as typed."""
    found = re.fullmatch(r"\s*(\d{1,2})(?:[.:]?(\d\d))?\s*", text)
    return f"{int(found[1]):02}:{found[2] or '00'}" if found else text.strip()
