"""One cell of the tap grid: an age group, its key, and perhaps how many of today stand in it."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt, QTimer
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from perpudesk.core.codes import UNKNOWN, Sex, age_label, age_name, label
from perpudesk.core.formats import number
from perpudesk.core.i18n import tr
from perpudesk.ui import theme
from perpudesk.ui.text import tip
from perpudesk.ui.theme import Size

FLASH_MS = 140
_KEY_PAD = 6
_COUNT_TALL = 22
"""Px at 100 % of the figures of a count, above the line they stand on."""
SMALLEST = 0.8
"""Words shrink to this part of their size before they make room or are left out."""


class Cell(QAbstractButton):
    """A button that is painted whole, so that a tap repaints nothing but itself."""

    def __init__(
        self, sex: Sex, band: str, key: str, *, count: int | None = 0, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.sex, self.band, self.key = sex, band, key
        self.count = count
        self.at_cursor = False
        self.slim = sex is Sex.UNKNOWN
        self._lit = False
        self._key_beside = True
        self._scale = 1.0
        self._label = "?" if band == UNKNOWN else age_label(band)
        self._name = age_name(band)
        self._flash = QTimer(self, singleShot=True, interval=FLASH_MS)
        self._flash.timeout.connect(self._on_flash_over)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        name = f"{label(sex)} · {age_label(band)}"
        self.setAccessibleName(name)
        self.setToolTip(tip(f"{name} ({key})"))
        self._describe()

    def show_count(self, count: int) -> None:
        """Show how many of today stand here."""
        if count != self.count:
            self.count = count
            self._describe()
            self.update()

    def flash(self) -> None:
        """Light up for a moment: this one was tapped."""
        self._lit = True
        self._flash.start()
        self.update()

    def set_cursor(self, here: bool) -> None:
        """Draw or leave out the ring of the arrow keys."""
        if here != self.at_cursor:
            self.at_cursor = here
            self.update()

    def set_shape(self, *, key_beside: bool, scale: float) -> None:
        """Stand the key beside the label or below it, and write the label at this scale."""
        if (key_beside, scale) != (self._key_beside, self._scale):
            self._key_beside, self._scale = key_beside, scale
            self.update()

    def label_scale(self, width: int, *, key_beside: bool) -> float:
        """How much of its size the label keeps in a cell that is `width` px wide."""
        small = QFontMetrics(theme.current().font(Size.SMALL))
        key = small.horizontalAdvance("W") + 2 * _KEY_PAD + 5 if key_beside else 0
        room = width - 2 * _pad(width) - key
        words = QFontMetrics(self._label_font()).horizontalAdvance(self._label)
        return min(1.0, max(0, room) / words)

    def sizeHint(self) -> QSize:
        return QSize(theme.current().px(90), self.height())

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.current().px(36), 10)

    def _describe(self) -> None:
        if self.count is None:
            said = tr("Key {key}", key=self.key)
        else:
            said = tr("{n} today, key {key}", n=number(self.count), key=self.key)
        self.setAccessibleDescription(said)

    def _on_flash_over(self) -> None:
        self._lit = False
        self.update()

    def _label_font(self) -> QFont:
        size = Size.BODY if self.slim else Size.LABEL
        return theme.current().font(size, bold=not self.slim)

    def _key_width(self) -> int:
        small = QFontMetrics(theme.current().font(Size.SMALL))
        pad = _KEY_PAD if self._key_beside else 2
        least = small.height() + 2 if self._key_beside else small.height()
        return max(small.horizontalAdvance(self.key) + 2 * pad, least)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter)
        pad = _pad(self.width())
        inner = self.rect().adjusted(pad, 5, -pad, -5)
        one_line = self.slim and self.height() < theme.current().px(44)
        if one_line:
            self._paint_line(painter, inner)
        else:
            self._paint_block(painter, inner)
        painter.end()

    def _paint_ground(self, painter: QPainter) -> None:
        look = theme.current()
        ground = "card"
        if self.isDown() or self._lit:
            ground = "primary_soft"
        elif self.underMouse():
            ground = "hover"
        edge = "primary" if self._lit or self.underMouse() or self.isDown() else "line"
        if self.slim and edge == "line":
            edge = "control_line"
        pen = QPen(look.colour(edge), 1)
        if self.slim and not self._lit:
            pen.setDashPattern([3, 3])
        if self.at_cursor:
            pen = QPen(look.colour("focus"), 2)
        painter.setPen(pen)
        painter.setBrush(look.colour(ground))
        painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), 8, 8)

    def _paint_line(self, painter: QPainter, inner: QRect) -> None:
        """Label, count and key on one line; the count needs the room before the label does."""
        look = theme.current()
        key = self._key_width()
        self._paint_key(painter, inner.right() + 1 - key, inner.center().y())
        rest = inner.adjusted(0, 0, -key - 5, 0)
        if self.count:
            painter.setFont(look.font(Size.BODY, bold=True))
            painter.setPen(look.colour("primary"))
            text = number(self.count)
            painter.drawText(rest, _RIGHT | _MIDDLE, text)
            rest.adjust(0, 0, -painter.fontMetrics().horizontalAdvance(text) - 4, 0)
        words = QFontMetrics(self._label_font()).horizontalAdvance(self._label)
        scale = min(self._scale, rest.width() / words)
        if scale >= SMALLEST:
            self._paint_label(painter, rest, scale)

    def _paint_block(self, painter: QPainter, inner: QRect) -> None:
        """Label above, count below; the key beside the label, or below where that is narrow."""
        look = theme.current()
        key = self._key_width()
        top = max(QFontMetrics(self._label_font()).height(), look.px(20))
        line = QRect(inner.left(), inner.top(), inner.width(), top)
        self._paint_label(painter, line, self._scale)
        text = "" if self.count is None or (self.slim and not self.count) else number(self.count)
        aside = 0 if self._key_beside else key + 3
        font = self._count_font(text, inner.width(), aside)
        painter.setFont(font)
        painter.setPen(look.colour("primary" if self.count else "quiet"))
        painter.drawText(inner, _RIGHT | _BOTTOM, text)
        free = inner.width() - painter.fontMetrics().horizontalAdvance(text) - 3
        if self._key_beside:
            self._paint_key(painter, inner.right() + 1 - key, line.center().y())
            self._paint_name(painter, inner, below=line.bottom() - 1, beside=free)
        elif free >= key:
            tall = QFontMetrics(look.font(Size.SMALL)).height()
            self._paint_key(painter, inner.left(), inner.bottom() - tall // 2)

    def _count_font(self, text: str, width: int, aside: int) -> QFont:
        """As large as leaves room for the key, or at least for the count itself."""
        look = theme.current()
        large = not self.slim and self.width() >= look.px(64)
        sizes = (Size.FIGURE, Size.HEADING) if large else (Size.LABEL, Size.SMALL)
        fonts = [look.font(size, bold=True) for size in sizes]
        wide = [QFontMetrics(font).horizontalAdvance(text) for font in fonts]
        for room in (width - aside, width):
            for font, needed in zip(fonts, wide, strict=True):
                if needed <= room:
                    return font
        return fonts[-1]

    def _paint_label(self, painter: QPainter, room: QRect, scale: float) -> None:
        font = self._label_font()
        font.setPointSizeF(font.pointSizeF() * scale)
        painter.setFont(font)
        painter.setPen(theme.current().colour("quiet" if self.slim else "ink"))
        painter.drawText(room, _LEFT | _MIDDLE, self._label)

    def _paint_name(self, painter: QPainter, inner: QRect, *, below: int, beside: int) -> None:
        """The word between label and count, or where the cell is low beside the count."""
        look = theme.current()
        font = look.font(Size.SMALL)
        metrics = QFontMetrics(font)
        between = below + metrics.height() <= inner.bottom() - look.px(_COUNT_TALL)
        room = inner.width() if between else beside
        wide = metrics.horizontalAdvance(self._name)
        if self.slim or wide * SMALLEST > room:
            return
        if wide > room:
            font.setPointSizeF(font.pointSizeF() * room / wide)
        painter.setFont(font)
        painter.setPen(look.colour("quiet"))
        top = below if between else self.height() - 9 - metrics.height()
        base = QRect(inner.left(), top, room, metrics.height())
        painter.drawText(base, _LEFT | _MIDDLE, self._name)

    def _paint_key(self, painter: QPainter, left: int, middle: int) -> None:
        look = theme.current()
        painter.setFont(look.font(Size.SMALL))
        tall = painter.fontMetrics().height() + 2
        box = QRect(left, middle - tall // 2, self._key_width(), tall)
        painter.setPen(QPen(look.colour("line"), 1))
        painter.setBrush(look.colour("card"))
        painter.drawRoundedRect(box, 4, 4)
        painter.setPen(look.colour("quiet"))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, self.key)


_LEFT, _RIGHT = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight
_MIDDLE, _BOTTOM = Qt.AlignmentFlag.AlignVCenter, Qt.AlignmentFlag.AlignBottom


def _pad(width: int) -> int:
    """The space at the sides of a cell that is `width` px wide."""
    look = theme.current()
    return 8 if width >= look.px(80) else 6 if width >= look.px(56) else 4
