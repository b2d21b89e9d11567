"""Shows the picture of a chart, with a cursor that goes from bar to bar."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QSizePolicy, QWidget

from perpudesk.ui.tokens import LIGHT

_SHARP = 3
"""Pixels of a saved picture for each point."""


class ChartView(QWidget):
    """A chart on white paper, also in the dark: what is seen is what is printed and saved.

    The arrows, Home and End move the cursor, Enter or a double click chooses the bar.
    """

    moved = Signal(int)
    """The cursor came to this bar."""
    chosen = Signal(int)
    """This bar was chosen."""
    resized = Signal()
    """There is more or less room: a picture made for it would be read better."""

    def __init__(self, name: str, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._renderer = QSvgRenderer(self)
        self._bars: tuple[tuple[float, float], ...] = ()
        self._at = -1

    def show_picture(self, svg: str, bars: Sequence[tuple[float, float]], at: int) -> None:
        """Show the picture; `bars` are parts of its width, `at` is where the cursor stands."""
        self._renderer.load(QByteArray(svg.encode()))
        self._bars = tuple(bars)
        self._move(min(at, len(self._bars) - 1))

    @property
    def at(self) -> int:
        """The bar with the cursor, -1 where there is none."""
        return self._at

    def image(self) -> QImage:
        """The picture as pixels, three for each point."""
        size = self._renderer.defaultSize() * _SHARP
        image = QImage(size, QImage.Format.Format_RGB32)
        image.fill(QColor("white"))
        painter = QPainter(image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._renderer.render(painter)
        painter.end()
        return image

    def sizeHint(self) -> QSize:
        return QSize(640, 320)

    def minimumSizeHint(self) -> QSize:
        return QSize(240, 160)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {
            Qt.Key.Key_Left: self._at - 1,
            Qt.Key.Key_Right: self._at + 1,
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: len(self._bars) - 1,
        }
        key = Qt.Key(event.key())
        if key in steps and self._bars:
            self._move(min(max(steps[key], 0), len(self._bars) - 1))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._at >= 0:
            self.chosen.emit(self._at)
        else:
            super().keyPressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if (at := self._bar_at(event)) >= 0:
            self._move(at)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if (at := self._bar_at(event)) >= 0:
            self.chosen.emit(at)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.resized.emit()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        page = self._page()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(page, QColor("white"))  # a sheet of paper, in every palette
        self._renderer.render(painter, page)
        if 0 <= self._at < len(self._bars):
            left, right = self._bars[self._at]
            band = QRectF(page.left() + left * page.width(), page.top() + 1, 0, page.height() - 2)
            band.setWidth((right - left) * page.width())
            painter.setPen(QPen(QColor(LIGHT.focus if self.hasFocus() else LIGHT.line), 2))
            painter.drawRoundedRect(band, 4, 4)
        if self.hasFocus():
            painter.setPen(QPen(QColor(LIGHT.focus), 2))
            painter.drawRect(page.adjusted(1, 1, -1, -1))
        painter.end()

    def _page(self) -> QRectF:
        """Where the picture lies: whole, as large as there is room, in the middle."""
        size = self._renderer.viewBoxF().size()
        if size.isEmpty():
            return QRectF(self.rect())
        size = size.scaled(self.size().toSizeF(), Qt.AspectRatioMode.KeepAspectRatio)
        left, top = (self.width() - size.width()) / 2, (self.height() - size.height()) / 2
        return QRectF(left, top, size.width(), size.height())

    def _bar_at(self, event: QMouseEvent) -> int:
        page = self._page()
        part = (event.position().x() - page.left()) / max(1.0, page.width())
        inside = (place for place, (left, right) in enumerate(self._bars) if left <= part < right)
        return next(inside, -1)

    def _move(self, at: int) -> None:
        if at == self._at:
            self.update()
            return
        self._at = at
        self.moved.emit(at)
        self.update()
