"""A month to look at and to choose a day from, and the date field that opens it."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Mapping
from datetime import date, timedelta

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from perpudesk.core.errors import InputError, Problem
from perpudesk.core.formats import date_digits, date_full, month_name, weekday_names
from perpudesk.core.i18n import tr
from perpudesk.ui import theme
from perpudesk.ui.buttons import Button
from perpudesk.ui.cards import Card
from perpudesk.ui.fields import TextField
from perpudesk.ui.stylesheet import TONES
from perpudesk.ui.text import Text
from perpudesk.ui.theme import Size

BAD_DATE = Problem("bad_day", "“{text}” is not a date. Type day-month-year, for example {example}.")

_STEPS = {
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Up: -7,
    Qt.Key.Key_Down: 7,
}


def parse_date(text: str) -> date | None:
    """The day that `23-11-2026`, `23/11/26`, `23 11 2026` or `23112026` means, else None."""
    found = re.fullmatch(r"(\d{1,2})[-./ ](\d{1,2})[-./ ](\d{4}|\d{2})", text.strip(), re.ASCII)
    found = found or re.fullmatch(r"(\d{2})(\d{2})(\d{4})", text.strip(), re.ASCII)
    if not found:
        return None
    day, month, year = (int(part) for part in found.groups())
    try:
        return date(year + 2000 if year < 100 else year, month, day)
    except ValueError:
        return None


class DayGrid(QWidget):
    """The days of one month, Monday first; arrows move, Enter chooses, Page keys turn."""

    chosen = Signal(object)
    """A `date` was chosen with Enter, Space or a click."""
    month_turned = Signal(object)
    """Another month is shown; its first day."""

    def __init__(self, day: date, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._day = day
        self._today: date | None = None
        self._marks: dict[date, tuple[str, str]] = {}
        self._latest: date | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(tr("Days of the month"))
        self._describe()

    @property
    def day(self) -> date:
        """The day the cursor is on."""
        return self._day

    def set_day(self, day: date) -> None:
        """Move the cursor; turns the month if need be."""
        turned = (day.year, day.month) != (self._day.year, self._day.month)
        self._day = day
        self._describe()
        self.update()
        if turned:
            self.month_turned.emit(day.replace(day=1))

    def set_today(self, today: date | None, latest: date | None = None) -> None:
        """Ring today; days after `latest` cannot be chosen."""
        self._today, self._latest = today, latest
        self.update()

    def set_marks(self, marks: Mapping[date, tuple[str, str]]) -> None:
        """Colour days by state: a (word, tone) for each, tones as in `Pill`."""
        self._marks = dict(marks)
        self._describe()
        self.updateGeometry()
        self.update()

    def turn(self, months: int) -> None:
        """Show the month that many later, the cursor on the same day or the last."""
        month = self._day.year * 12 + self._day.month - 1 + months
        year, month = divmod(month, 12)
        if date.min.year <= year <= date.max.year:
            last = monthrange(year, month + 1)[1]
            self.set_day(date(year, month + 1, min(self._day.day, last)))

    def sizeHint(self) -> QSize:
        look = theme.current()
        return QSize(7 * look.px(64 if self._marks else 40), self._head() + 6 * self._tall())

    def minimumSizeHint(self) -> QSize:
        look = theme.current()
        return QSize(7 * look.px(44 if self._marks else 34), self._head() + 6 * self._tall())

    def _tall(self) -> int:
        return theme.current().px(46 if self._marks else 36)

    def _head(self) -> int:
        return theme.current().px(26)

    def _first_column(self) -> int:
        return self._day.replace(day=1).weekday()

    def _cell(self, number_: int) -> QRect:
        """Where the day `number_` of the month is drawn."""
        place = self._first_column() + number_ - 1
        wide, tall = self.width() / 7, (self.height() - self._head()) / 6
        left, top = place % 7 * wide, self._head() + place // 7 * tall
        return QRect(round(left) + 1, round(top) + 1, round(wide) - 2, round(tall) - 2)

    def _day_at(self, point: QPoint) -> date | None:
        last = monthrange(self._day.year, self._day.month)[1]
        hit = (at for at in range(1, last + 1) if self._cell(at).contains(point))
        found = next(hit, None)
        return None if found is None else self._day.replace(day=found)

    def _allowed(self, day: date) -> bool:
        return self._latest is None or day <= self._latest

    def _describe(self) -> None:
        word = self._marks.get(self._day, ("", ""))[0]
        said = date_full(self._day)
        self.setAccessibleDescription(f"{said}: {word}" if word else said)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in _STEPS:
            self._step(_STEPS[key])
        elif key == Qt.Key.Key_PageUp:
            self.turn(-1)
        elif key == Qt.Key.Key_PageDown:
            self.turn(1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._choose(self._day)
        else:
            super().keyPressEvent(event)

    def _step(self, days: int) -> None:
        try:
            self.set_day(self._day + timedelta(days=days))
        except OverflowError:
            return  # the first or last day that exists

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        day = self._day_at(event.position().toPoint())
        if day is not None:
            self.set_day(day)
            self._choose(day)

    def _choose(self, day: date) -> None:
        if self._allowed(day):
            self.chosen.emit(day)

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(look.font(Size.SMALL, bold=True))
        painter.setPen(look.colour("quiet"))
        wide = self.width() / 7
        for place, name in enumerate(weekday_names(short=True)):
            area = QRect(round(place * wide), 0, round(wide), self._head())
            painter.drawText(area, Qt.AlignmentFlag.AlignCenter, name)
        for number_ in range(1, monthrange(self._day.year, self._day.month)[1] + 1):
            self._paint_day(painter, self._day.replace(day=number_))
        painter.end()

    def _paint_day(self, painter: QPainter, day: date) -> None:
        look = theme.current()
        cell = self._cell(day.day)
        word, tone = self._marks.get(day, ("", ""))
        at_cursor = day == self._day
        ground, ink = "card", "ink"
        if word:
            hue = TONES.get(tone)
            ground, ink = (f"{hue}_soft", f"{hue}_ink") if hue else ("neutral_soft", "quiet")
        elif at_cursor:
            ground = "primary_soft"
        if not self._allowed(day):
            ink = "disabled"
        painter.setPen(QPen(look.colour(ground), 1.5))
        if at_cursor:
            ring = ("focus", 3) if self.hasFocus() else ("control_line", 1)
            painter.setPen(QPen(look.colour(ring[0]), ring[1]))
        painter.setBrush(look.colour(ground))
        painter.drawRoundedRect(cell.adjusted(1, 1, -1, -1), 6, 6)
        if day == self._today:  # a dot: a ring is what the chosen day has
            side = look.px(6)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.colour("primary"))
            beside = QPoint(cell.right() - side - 3, cell.top() + 4)
            under = QPoint(cell.center().x() - side // 2, cell.bottom() - side - 2)
            painter.drawEllipse(QRect(beside if word else under, QSize(side, side)))
        painter.setPen(look.colour(ink))
        painter.setFont(look.font(Size.BODY, bold=day == self._today))
        if not word:
            painter.drawText(cell, Qt.AlignmentFlag.AlignCenter, str(day.day))
            return
        half = cell.height() // 2
        top = cell.adjusted(2, 1, -2, -half)
        painter.drawText(top, Qt.AlignmentFlag.AlignCenter, str(day.day))
        painter.setFont(look.font(Size.SMALL))
        shown = painter.fontMetrics().elidedText(
            word, Qt.TextElideMode.ElideRight, cell.width() - 4
        )
        below = cell.adjusted(2, half - 1, -2, -2)
        painter.drawText(below, Qt.AlignmentFlag.AlignCenter, shown)


class MonthView(QWidget):
    """A month with its name and two buttons to turn it."""

    def __init__(self, day: date, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.grid = DayGrid(day)
        self._name = Text("", "label")
        self._name.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._back = Button(
            "", self._on_back, kind="ghost", icon="chevron-left", name=tr("Month before")
        )
        self._on = Button(
            "", self._on_forward, kind="ghost", icon="chevron-right", name=tr("Month after")
        )
        head = QHBoxLayout()
        head.addWidget(self._back)
        head.addWidget(self._name, 1)
        head.addWidget(self._on)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addLayout(head)
        box.addWidget(self.grid, 1)
        self.setFocusProxy(self.grid)
        self.grid.month_turned.connect(self._on_month_turned)
        self._on_month_turned(day)

    def _on_back(self) -> None:
        self.grid.turn(-1)

    def _on_forward(self) -> None:
        self.grid.turn(1)

    def _on_month_turned(self, day: date) -> None:
        self._name.setText(month_name(day))


class DateField(QWidget):
    """A day, typed as `23-11-2026` or chosen from a calendar (button, or Down in the field)."""

    changed = Signal()

    def __init__(
        self,
        name: str,
        value: date | None = None,
        *,
        today: date,
        latest: date | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._today, self._latest = today, latest
        self.box = _DateBox(placeholder=tr("dd-mm-yyyy"))
        self.box.setAccessibleName(name)
        self._button = Button("", self.open_calendar, icon="calendar", name=tr("Open the calendar"))
        self._popup: Card | None = None
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self.box, 1)
        layout.addWidget(self._button)
        self.setFocusProxy(self.box)
        self.setAccessibleName(name)
        self.set_value(value)
        self.box.changed.connect(self._on_changed)
        self.box.calendar_wanted.connect(self.open_calendar)

    def value(self) -> date | None:
        """The day, None if nothing was typed; raises `InputError` bad_date."""
        text = self.box.value()
        if not text:
            return None
        day = parse_date(text)
        if day is None:
            example = date_digits(self._today)
            raise InputError(BAD_DATE, field=self.objectName(), text=text[:40], example=example)
        return day

    def set_value(self, value: date | None) -> None:
        """Show `value`; None empties the field."""
        self.box.set_value(date_digits(value) if value else "")

    def open_calendar(self) -> None:
        """Show the calendar below the field, at its day or today."""
        month = MonthView(parse_date(self.box.value()) or self._today)
        month.grid.set_today(self._today, self._latest)
        month.grid.chosen.connect(self._on_chosen)
        self._popup = Card(parent=self)
        self._popup.setWindowFlag(Qt.WindowType.Popup)
        self._popup.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._popup.setAccessibleName(tr("Calendar"))
        self._popup.add(month)
        self._popup.adjustSize()
        self._popup.move(self._place_for(self._popup.size()))
        self._popup.show()
        month.grid.setFocus()

    def _place_for(self, size: QSize) -> QPoint:
        """Below the field, or above it where the screen ends."""
        room = self.screen().availableGeometry()
        below = self.mapToGlobal(QPoint(0, self.height() + 2))
        if below.y() + size.height() > room.bottom():
            below.setY(max(room.top(), self.mapToGlobal(QPoint(0, -2)).y() - size.height()))
        below.setX(max(room.left(), min(below.x(), room.right() - size.width())))
        return below

    def _on_chosen(self, day: date) -> None:
        self.set_value(day)
        if self._popup is not None:
            self._popup.close()
            self._popup = None
        self.box.setFocus()

    def _on_changed(self) -> None:
        self.changed.emit()


class _DateBox(TextField):
    """The line of a date field; Down asks for the calendar."""

    calendar_wanted = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down:
            self.calendar_wanted.emit()
        else:
            super().keyPressEvent(event)
