"""Small things to look at: states, keys, numbers and bars."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from perpudesk.core.formats import number
from perpudesk.core.i18n import tr
from perpudesk.ui import theme
from perpudesk.ui.layout import column, row
from perpudesk.ui.text import Text, set_state
from perpudesk.ui.theme import Size


class Pill(QLabel):
    """A state as a word on its colour; `tone` is ok, warn, error, info or neutral."""

    def __init__(
        self, text: str = "", tone: str = "neutral", *, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setProperty("tone", tone)
        self.setText(text)

    def show_state(self, text: str, tone: str) -> None:
        """Say another state."""
        self.setText(text)
        set_state(self, "tone", tone)


class KeyHint(QLabel):
    """The key that does it, in a small box."""

    def __init__(self, key: str, *, parent: QWidget | None = None) -> None:
        super().__init__(key, parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)


class Stat(QWidget):
    """A number to look at, with its caption above and perhaps a change beside it."""

    def __init__(
        self, caption: str, *, role: str = "figure", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._caption = Text(caption, "caption", wrap=True)
        self._value = Text("", role)
        self._unit = Text("", "lead")
        self._delta = Pill()
        self._delta.hide()
        line = row(self._value, self._unit, self._delta, None, gap=6)
        for part in (self._unit, self._delta):
            line.setAlignment(part, Qt.AlignmentFlag.AlignBottom)
        self.setLayout(column(self._caption, line, gap=2))
        self.show_value("–")

    def show_value(self, value: str, *, unit: str = "", delta: str = "", tone: str = "") -> None:
        """Show `value` as printed, e.g. `1.284`, `kunjungan`, and `▲ 15%` as ok."""
        self._value.setText(value)
        self._unit.setText(unit)
        self._unit.setVisible(bool(unit))
        self._delta.show_state(delta, tone or "neutral")
        self._delta.setVisible(bool(delta))
        said = " ".join(part for part in (value, unit, delta) if part)
        self.setAccessibleName(f"{self._caption.text()}: {said}")


class HourBars(QWidget):
    """Bars by hour of the day; hours without a count stand on the line as a trace."""

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bars: list[tuple[str, int]] = []
        self._now = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(tr("Visits by hour"))

    def show_hours(self, counts: Mapping[int, int], *, now: int | None = None) -> None:
        """Show a count for each hour given (0–23); `now` is the hour that still grows."""
        bars = [(f"{hour:02}", count) for hour, count in sorted(counts.items())]
        self.show_bars(bars, now="" if now is None else f"{now:02}")

    def show_bars(self, bars: Sequence[tuple[str, int]], *, now: str = "") -> None:
        """Show a count under each name, in their order; `now` is the one that still grows."""
        self._bars, self._now = list(bars), now
        self.setAccessibleDescription("; ".join(f"{name}: {number(n)}" for name, n in bars))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        look = theme.current()
        return QSize(look.px(38) * max(len(self._bars), 8), look.px(82))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.current().px(15) * max(len(self._bars), 8), self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._bars:
            return
        look = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(look.font(Size.SMALL))
        metrics = painter.fontMetrics()
        slot = self.width() / len(self._bars)
        base = self.height() - metrics.height() - 4
        highest = max(*(count for _, count in self._bars), 1)
        for place, (name, count) in enumerate(self._bars):
            width = min(slot - 6, look.px(30))
            left = place * slot + (slot - width) / 2
            tall = max(count / highest * (base - metrics.height() - 4), 3)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.colour("primary" if count else "track"))
            painter.drawRoundedRect(QRectF(left, base - tall, width, tall), 2, 2)
            painter.setFont(look.font(Size.SMALL, bold=name == self._now))
            painter.setPen(look.colour("ink" if name == self._now else "quiet"))
            centre = Qt.AlignmentFlag.AlignCenter
            painter.drawText(QRectF(place * slot, base + 3, slot, metrics.height()), centre, name)
            if count:
                above = base - tall - metrics.height() - 1
                room = max(slot, metrics.horizontalAdvance(number(count)) + 2)
                side = min(max(0, (place + 0.5) * slot - room / 2), self.width() - room)
                painter.drawText(QRectF(side, above, room, metrics.height()), centre, number(count))
        painter.end()
