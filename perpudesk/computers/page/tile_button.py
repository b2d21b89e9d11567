"""A small button within a tile: pressed with the mouse; the tile has the keys."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QWidget

from perpudesk.ui import theme
from perpudesk.ui.text import literal, tip
from perpudesk.ui.theme import Size


class TileButton(QAbstractButton):
    """Words on a small ground; it takes no focus, since everything on a tile has a key."""

    def __init__(self, words: str, brief: str = "", *, parent: QWidget) -> None:
        super().__init__(parent)
        self._words, self._brief = words, brief
        self._short = False
        self._primary = False
        self._number = ""
        self.setText(literal(words))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def show_as(self, *, primary: bool, number: str, spoken: str, key: str) -> None:
        """Be the one that matters now, or one of the others; `number` stands after the words."""
        self._primary, self._number = primary, number
        self.setAccessibleName(spoken)
        self.setToolTip(tip(f"{spoken} ({key})" if key else spoken))
        self.updateGeometry()
        self.update()

    def label(self) -> str:
        """What is written on it."""
        if self._number:
            return f"{self._words} [{self._number}]"
        return self._brief if self._short and self._brief else self._words

    def set_short(self, short: bool) -> None:
        """Say less, where there is no room for all the words."""
        if short != self._short:
            self._short = short
            self.update()

    def sizeHint(self) -> QSize:
        look = theme.current()
        words = look.metrics(Size.SMALL, bold=True).horizontalAdvance(self.label())
        return QSize(max(words + look.px(16), look.px(30)), look.px(30))

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        over, down = self.underMouse(), self.isDown()
        if self._primary:
            ground, edge, ink = (
                "primary_hover" if over or down else "primary",
                "primary",
                "on_primary",
            )
        else:
            ground = "primary_soft" if down else "hover" if over else "card"
            edge, ink = "control_line" if over else "line", "ink"
        painter.setPen(QPen(look.colour(edge), 1))
        painter.setBrush(look.colour(ground))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 7, 7)
        painter.setPen(look.colour(ink))
        painter.setFont(look.font(Size.SMALL, bold=True))
        elide = Qt.TextElideMode.ElideRight
        words = painter.fontMetrics().elidedText(self.label(), elide, self.width() - 4)
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, words)
        painter.end()
