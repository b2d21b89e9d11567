"""The month as one widget: days, what is on them, and a cursor."""

from __future__ import annotations

from datetime import date, timedelta

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from perpudesk.agenda.model import Entry, EntryKind, Month
from perpudesk.core.formats import date_full, weekday_names
from perpudesk.core.i18n import tr
from perpudesk.ui import theme
from perpudesk.ui.theme import Size

_BAR = 3
"""Px of the mark before an entry."""
HUES = {EntryKind.TRAINING: "blue", EntryKind.MEETING: "green", EntryKind.CLASS: "amber"}
_DAYS = 7
_MOST_LINES = 2
_STEPS = {
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Up: -_DAYS,
    Qt.Key.Key_Down: _DAYS,
}


class MonthGrid(QWidget):
    """Arrows move by days, Page Up and Down by months, Home goes to today, Enter into the day."""

    moved = Signal(object)
    """The cursor came to this day."""
    entered = Signal(object)
    """Enter or a double click on this day."""

    def __init__(self, today: date, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.today, self.day = today, today
        self._month: Month | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(tr("Days of the month"))

    def show_month(self, month: Month) -> None:
        """Show what is on the days of a month."""
        self._month = month
        self._describe()
        self.update()

    def go(self, day: date) -> None:
        """Move the cursor; whoever listens shows the month of the day."""
        self.day = day
        self.moved.emit(day)
        self._describe()
        self.update()

    def sizeHint(self) -> QSize:
        look = theme.current()
        return QSize(look.px(640), look.px(460))

    def minimumSizeHint(self) -> QSize:
        look = theme.current()
        return QSize(look.px(350), look.px(260))

    def _describe(self) -> None:
        month = self._month
        said = [date_full(self.day)]
        if month is not None:
            said += [each.words() for each in month.of(self.day)]
            said += [month.closed[self.day]] if self.day in month.closed else []
        self.setAccessibleDescription("; ".join(said))

    # ---------------------------------------------------------------- keys and clicks

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in _STEPS:
            self.go(self.day + timedelta(days=_STEPS[key]))
        elif key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            self.turn(1 if key == Qt.Key.Key_PageDown else -1)
        elif key == Qt.Key.Key_Home:
            self.go(self.today)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit(self.day)
        else:
            super().keyPressEvent(event)

    def turn(self, months: int) -> None:
        """The same day of another month, or its last."""
        at = self.day.year * 12 + self.day.month - 1 + months
        first = date(at // 12, at % 12 + 1, 1)
        after = first.replace(day=28) + timedelta(days=4)
        last = after - timedelta(days=after.day)
        self.go(first.replace(day=min(self.day.day, last.day)))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if (day := self._day_at(event.position().toPoint())) is not None:
            self.go(day)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if (day := self._day_at(event.position().toPoint())) is not None:
            self.entered.emit(day)

    # ---------------------------------------------------------------- painting

    def _head(self) -> int:
        return theme.current().px(26)

    def _cell(self, row: int, column: int, rows: int) -> QRect:
        wide, tall = self.width() / _DAYS, (self.height() - self._head()) / rows
        left, top = round(column * wide), self._head() + round(row * tall)
        right, bottom = round((column + 1) * wide), self._head() + round((row + 1) * tall)
        return QRect(left, top, right - left, bottom - top)

    def _day_at(self, point: QPoint) -> date | None:
        weeks = [] if self._month is None else self._month.weeks()
        for row, week in enumerate(weeks):
            for column, day in enumerate(week):
                if self._cell(row, column, len(weeks)).contains(point):
                    return day
        return None

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._month is None:
            return
        look, painter = theme.current(), QPainter(self)
        painter.setFont(look.font(Size.SMALL, bold=True))
        painter.setPen(look.colour("quiet"))
        weeks = self._month.weeks()
        for column, name in enumerate(weekday_names(short=True)):
            cell = self._cell(0, column, len(weeks))
            head = QRect(cell.left(), 0, cell.width(), self._head())
            painter.drawText(head, Qt.AlignmentFlag.AlignCenter, name)
        for row, week in enumerate(weeks):
            for column, day in enumerate(week):
                self._paint_day(painter, self._cell(row, column, len(weeks)), day)
        painter.end()

    def _paint_day(self, painter: QPainter, cell: QRect, day: date) -> None:
        look, month = theme.current(), self._month
        assert month is not None  # noqa: S101 - asked by the caller
        inside = day.month == month.first.month
        if day in month.closed:
            painter.fillRect(cell, look.colour("neutral_soft"))
        painter.setPen(look.colour("line"))
        painter.drawRect(cell.adjusted(0, 0, -1, -1))
        step = look.metrics(Size.SMALL).height() + 2
        number = QRect(cell.left() + 6, cell.top() + 3, cell.width() - 10, step)
        painter.setFont(look.font(Size.SMALL, bold=inside))
        painter.setPen(look.colour("ink" if inside else "quiet"))
        painter.drawText(number, int(Qt.AlignmentFlag.AlignVCenter), str(day.day))
        if day == self.today:  # a dot, as in the other calendars
            side = look.px(6)
            middle = number.top() + (number.height() - side) // 2
            painter.save()
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.colour("primary"))
            painter.drawEllipse(QRect(cell.right() - side - 4, middle, side, side))
            painter.restore()
        if inside:
            self._paint_entries(painter, cell.adjusted(4, step + 4, -3, -3), day, step)
        if day == self.day:
            ring = ("focus", 3) if self.hasFocus() else ("primary", 1)
            painter.setPen(QPen(look.colour(ring[0]), ring[1]))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(cell.adjusted(1, 1, -2, -2))

    def _paint_entries(self, painter: QPainter, room: QRect, day: date, step: int) -> None:
        look, month = theme.current(), self._month
        assert month is not None  # noqa: S101 - asked by the caller
        entries = list(month.of(day))
        lines = max(1, room.height() // step)
        shown = entries if len(entries) <= lines else entries[: lines - 1]
        each = max(1, min(_MOST_LINES, lines // max(1, len(entries)))) * step
        painter.setFont(look.font(Size.SMALL))
        top = room.top()
        if not entries and day in month.closed:
            painter.setPen(look.colour("quiet"))
            self._words(painter, QRect(room.left(), top, room.width(), each), month.closed[day])
        for entry in shown:
            self._paint_entry(painter, QRect(room.left(), top, room.width(), each - 1), entry)
            top += each
        if len(shown) < len(entries):
            painter.setPen(look.colour("quiet"))
            more = tr("+{n} more", n=len(entries) - len(shown))
            self._words(painter, QRect(room.left(), top, room.width(), step), more)

    def _paint_entry(self, painter: QPainter, line: QRect, entry: Entry) -> None:
        look, hue = theme.current(), HUES[entry.kind]
        painter.fillRect(line, look.colour(f"{hue}_soft" if entry.stands else "neutral_soft"))
        self._paint_bar(painter, line, look.colour(f"{hue}_ink"), entry.kind)
        painter.setPen(look.colour(f"{hue}_ink" if entry.stands else "quiet"))
        font = look.font(Size.SMALL)
        font.setStrikeOut(not entry.stands)
        painter.setFont(font)
        self._words(painter, line.adjusted(7, 0, -2, 0), entry.words())

    @staticmethod
    def _paint_bar(painter: QPainter, line: QRect, colour: QColor, kind: EntryKind) -> None:
        """Whole for a training, dotted for an activity, half as high for a class."""
        match kind:
            case EntryKind.MEETING:
                for top in range(line.top(), line.bottom() - _BAR + 2, 2 * _BAR):
                    painter.fillRect(line.left(), top, _BAR, _BAR, colour)
            case EntryKind.CLASS:
                painter.fillRect(line.left(), line.top(), _BAR, line.height() // 2, colour)
            case _:
                painter.fillRect(line.left(), line.top(), _BAR, line.height(), colour)

    @staticmethod
    def _words(painter: QPainter, room: QRect, text: str) -> None:
        """The words in the lines that `room` has; the last ends with a sign that it goes on."""
        metrics = painter.fontMetrics()
        high = metrics.height()
        lines = wrapped(metrics, text, room.width(), max(1, (room.height() + 2) // high))
        flags = int(Qt.AlignmentFlag.AlignVCenter)
        if len(lines) == 1:
            painter.drawText(room, flags, lines[0])
            return
        for at, line in enumerate(lines):
            painter.drawText(
                QRect(room.left(), room.top() + at * high, room.width(), high), flags, line
            )


def wrapped(metrics: QFontMetrics, text: str, width: int, most: int) -> list[str]:
    """A text in up to `most` lines between its words; what has no room is elided in the last."""
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if not lines[-1] or len(lines) == most or metrics.horizontalAdvance(longer) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return [metrics.elidedText(line, Qt.TextElideMode.ElideRight, width) for line in lines]
