"""How many records of a file lie in each month, to look at."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from perpudesk.core.formats import month_short, number
from perpudesk.ui import theme
from perpudesk.ui.theme import Size

_ROW, _NAME, _GAP = 24, 74, 8


class MonthBars(QWidget):
    """A bar for each month below the other, with its name and its number."""

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._months: dict[str, int] = {}
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_months(self, title: str, months: Mapping[str, int]) -> None:
        """Show a count for each month given (`2026-10`), in this order; `title` says of what."""
        self.setAccessibleName(title)
        self._months = dict(months)
        said = "; ".join(f"{month_short(month)}: {number(n)}" for month, n in months.items())
        self.setAccessibleDescription(said)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        look = theme.current()
        return QSize(look.px(200), look.px(_ROW) * len(self._months))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._months:
            return
        look = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(look.font(Size.SMALL))
        tall, name = look.px(_ROW), look.px(_NAME)
        highest = max(self._months.values())
        figures = painter.fontMetrics().horizontalAdvance(number(highest)) + _GAP
        room = self.width() - name - figures - _GAP
        sides = Qt.AlignmentFlag.AlignVCenter
        for place, (month, count) in enumerate(self._months.items()):
            top = place * tall
            painter.setPen(look.colour("quiet"))
            painter.drawText(QRectF(0, top, name, tall), sides, month_short(month))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.colour("primary"))
            bar = QRectF(name, top + tall * 0.25, max(room * count / highest, 2), tall * 0.5)
            painter.drawRoundedRect(bar, 2, 2)
            painter.setPen(look.colour("ink"))
            right = QRectF(self.width() - figures, top, figures, tall)
            painter.drawText(right, sides | Qt.AlignmentFlag.AlignRight, number(count))
        painter.end()
