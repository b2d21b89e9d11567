"""How the cells of a table are painted."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QTableView

from perpudesk.ui import theme
from perpudesk.ui.rows import ROW_ROLE, Column, Index, RowsModel
from perpudesk.ui.stylesheet import TONES, pill_height
from perpudesk.ui.theme import Size, Theme

_MARGIN = 7
_ROLES = {"link": "primary", "quiet": "quiet"}
_BOLD = ("strong", "link", "pill")


def row_height(look: Theme, *, detailed: bool = False) -> int:
    """The height in px of a row, with room for a second line where one is."""
    return max(34, look.px(32)) + (look.px(16) if detailed else 0)


class RowDelegate(QStyledItemDelegate):
    """Paints words, links and pills on rows that are parted by thin lines."""

    def __init__(self, table: QTableView) -> None:
        super().__init__(table)
        self._table = table
        self.hovered = -1

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        column, row = self._column(index), index.data(ROW_ROLE)
        if row is None:
            return QSize(2 * _MARGIN, 0)
        look = theme.current()
        size = Size.SMALL if column.kind == "pill" else Size.BODY
        metrics = look.metrics(size, bold=column.kind in _BOLD)
        wide = max(map(metrics.horizontalAdvance, (column.text(row), column.least)))
        if column.kind == "pill":
            wide += 20
        if column.detail is not None:
            wide = max(wide, look.metrics(Size.SMALL).horizontalAdvance(column.detail(row)))
        wide += 2 * _MARGIN + 2
        return QSize(min(wide, look.px(column.most)) if column.most else wide, 0)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        rect: QRect = option.rect
        painter.save()
        self._paint_ground(painter, rect, index)
        row = index.data(ROW_ROLE)
        if row is not None:
            column = self._column(index)
            inner = rect.adjusted(_MARGIN, 0, -_MARGIN, 0)
            if column.kind == "pill":
                _paint_pill(painter, inner, column, row)
            elif column.detail is not None and column.detail(row):
                below = theme.current().metrics(Size.SMALL).height() + 9
                half = max(rect.height() // 2 + 1, rect.height() - below)
                _paint_words(painter, inner.adjusted(0, 4, 0, half - rect.height()), column, row)
                _paint_detail(painter, inner.adjusted(0, half, 0, -5), column, row)
            else:
                _paint_words(painter, inner, column, row)
        painter.restore()

    def _paint_ground(self, painter: QPainter, rect: QRect, index: Index) -> None:
        look = theme.current()
        if self._table.selectionModel().isSelected(index):
            painter.fillRect(rect, look.colour("primary_soft"))
            if index.column() == self._seen()[0]:  # so soft a ground is not seen by everybody
                painter.fillRect(rect.left(), rect.top(), 3, rect.height(), look.colour("primary"))
        elif index.row() == self.hovered:
            painter.fillRect(rect, look.colour("hover"))
        line = QRect(rect.left(), rect.bottom(), rect.width(), 1)
        painter.fillRect(line, look.colour("line"))
        if self._table.hasFocus() and index.row() == self._table.currentIndex().row():
            ring = look.colour("focus")
            painter.fillRect(QRect(rect.left(), rect.top(), rect.width(), 2), ring)
            painter.fillRect(QRect(rect.left(), rect.bottom() - 1, rect.width(), 2), ring)
            seen = self._seen()
            if index.column() == seen[0]:
                painter.fillRect(QRect(rect.left(), rect.top(), 2, rect.height()), ring)
            if index.column() == seen[-1]:
                painter.fillRect(QRect(rect.right() - 1, rect.top(), 2, rect.height()), ring)

    def _seen(self) -> list[int]:
        """The columns that are not hidden."""
        columns = range(self._table.model().columnCount())
        return [at for at in columns if not self._table.isColumnHidden(at)]

    @staticmethod
    def _column(index: Index) -> Column:
        model = index.model()
        assert isinstance(model, RowsModel)  # noqa: S101 - the delegate is ours and its model too
        return model.columns[index.column()]


def _flags(column: Column) -> Qt.AlignmentFlag:
    sideways = {"right": Qt.AlignmentFlag.AlignRight, "center": Qt.AlignmentFlag.AlignHCenter}
    return sideways.get(column.align, Qt.AlignmentFlag.AlignLeft) | Qt.AlignmentFlag.AlignVCenter


def _paint_words(painter: QPainter, rect: QRect, column: Column, row: object) -> None:
    look = theme.current()
    hue = TONES.get(column.tone(row)) if column.tone else None
    painter.setPen(look.colour(f"{hue}_ink" if hue else _ROLES.get(column.kind, "ink")))
    bold, text = column.kind in _BOLD, column.text(row)
    painter.setFont(look.font(Size.BODY, bold=bold))
    if painter.fontMetrics().horizontalAdvance(text) > rect.width() + 1:
        if column.short is not None:
            text = column.short(row)
        if column.wrap:
            painter.setFont(look.font(Size.SMALL, bold=bold))
            metrics = painter.fontMetrics()
            if metrics.horizontalAdvance(text) > rect.width():  # Qt wraps what only just fits
                flags = int(_flags(column) | Qt.TextFlag.TextWordWrap)
                painter.drawText(rect, flags, in_lines(metrics, rect.size(), text))
                return
    _draw(painter, rect, column, text)


def in_lines(metrics: QFontMetrics, room: QSize, text: str) -> str:
    """`text`, or as many of its first words as have room in lines, and “…”; `room` in px."""
    words, shown = text.split(" "), text
    page = QRect(0, 0, room.width(), 1 << 16)
    for many in range(len(words) - 1, 0, -1):
        tall = metrics.boundingRect(page, Qt.TextFlag.TextWordWrap, shown).height()
        if tall <= room.height() + metrics.descent():  # the last line may reach into what is below
            break
        shown = " ".join(words[:many]) + "…"
    return shown


def _paint_detail(painter: QPainter, rect: QRect, column: Column, row: object) -> None:
    look = theme.current()
    painter.setPen(look.colour("quiet"))
    painter.setFont(look.font(Size.SMALL))
    _draw(painter, rect, column, column.detail(row) if column.detail else "")


def _draw(painter: QPainter, rect: QRect, column: Column, text: str) -> None:
    if column.align == "right":
        _shrink(painter, rect.width(), text)
    metrics = painter.fontMetrics()
    line = metrics.elidedText(_one_line(text), Qt.TextElideMode.ElideRight, rect.width() + 1)
    painter.drawText(rect, int(_flags(column)), line)


def _shrink(painter: QPainter, room: int, text: str) -> None:
    """Write smaller where there is no room: a figure without its end would be another figure."""
    wide = painter.fontMetrics().horizontalAdvance(text)
    if wide > room > 0:
        font = painter.font()
        font.setPointSizeF(font.pointSizeF() * room / wide)
        painter.setFont(font)


def _one_line(text: str) -> str:
    return " ".join(text.split()) if "\n" in text or "\t" in text else text


def _paint_pill(painter: QPainter, rect: QRect, column: Column, row: object) -> None:
    text = column.text(row)
    if not text:
        return
    look = theme.current()
    hue = TONES.get(column.tone(row)) if column.tone else None
    painter.setFont(look.font(Size.SMALL, bold=True))
    metrics = painter.fontMetrics()
    tall = min(pill_height(look), rect.height() - 4)
    wide = min(metrics.horizontalAdvance(text) + 20, rect.width())
    left = {"right": rect.right() + 1 - wide, "center": rect.center().x() - wide // 2}
    pill = QRect(left.get(column.align, rect.left()), rect.center().y() - tall // 2, wide, tall)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(look.colour(f"{hue}_soft" if hue else "neutral_soft"))
    painter.drawRoundedRect(pill, tall / 2, tall / 2)
    painter.setPen(look.colour(f"{hue}_ink" if hue else "quiet"))
    shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, wide - 18)
    painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, shown)
