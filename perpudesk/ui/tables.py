"""How a table behaves: no grid, one row selected, the same keys everywhere."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QEvent, QModelIndex, QPoint, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QShowEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView, QWidget

from perpudesk.ui import theme
from perpudesk.ui.cells import RowDelegate, row_height
from perpudesk.ui.rows import REST, Column, Fetch, RowsModel

__all__ = ["REST", "Column", "RowsModel", "TableView"]

_LEAST_REST = 100
"""Px at 100 % that a column with the rest of the room keeps."""
_MOST_LEAST = 330
"""Px at 100 % that a table asks for at most."""


class TableView(QTableView):
    """A table of frozen rows.

    Enter or a double click activates the row, Delete asks to remove it, a `link` is clicked;
    letters and digits are left to the page.
    """

    row_activated = Signal(object)
    """Enter or a double click on this row."""
    row_selected = Signal(object)
    """The cursor came to this row."""
    link_clicked = Signal(object, str)
    """A link of this row was clicked; the key of its column."""
    delete_pressed = Signal(object)
    """Delete was pressed on this row."""
    chosen_changed = Signal()
    """Other rows are chosen; only where several may be."""

    def __init__(
        self,
        name: str,
        columns: Sequence[Column],
        *,
        identity: Callable[[Any], object] | None = None,
        empty: str = "",
        several: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        """`identity` tells which row is the same after a change; `empty` stands where none is.

        With `several` rows are chosen together: Shift and arrows, Ctrl and a click, Ctrl+A.
        """
        super().__init__(parent)
        self.setAccessibleName(name)
        self._identity = identity or _itself
        self._empty = empty
        self._was_seen = False
        self.rows = RowsModel(columns)
        self.setModel(self.rows)
        self._delegate = RowDelegate(self)
        self.setItemDelegate(self._delegate)
        self._set_up()
        self._set_widths()
        if several:
            self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
            self.selectionModel().selectionChanged.connect(self._on_selection_changed)
        self.selectionModel().currentRowChanged.connect(self._on_current_changed)
        self.doubleClicked.connect(self._on_double_clicked)

    def set_columns(self, columns: Sequence[Column]) -> None:
        """Show other columns from now on, of no row yet."""
        self.rows.set_columns(columns)
        self._set_widths()

    def set_empty(self, sentence: str) -> None:
        """Say something else where there is no row."""
        self._empty = sentence
        self.viewport().update()

    def _set_up(self) -> None:
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.setCornerButtonEnabled(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().setVisible(False)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        across = self.horizontalHeader()
        across.setHighlightSections(False)
        across.setSectionsClickable(False)
        across.setResizeContentsPrecision(40)
        across.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        across.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)

    def _set_widths(self) -> None:
        look = theme.current()
        tall = row_height(look, detailed=any(column.detail for column in self.rows.columns))
        self.verticalHeader().setMinimumSectionSize(tall)
        self.verticalHeader().setDefaultSectionSize(tall)
        across = self.horizontalHeader()
        across.setMinimumSectionSize(look.px(28))
        modes = QHeaderView.ResizeMode
        for place, column in enumerate(self.rows.columns):
            if column.width > 0:
                across.setSectionResizeMode(place, modes.Interactive)
                self.setColumnWidth(place, look.px(column.width))
            else:
                rest = column.width == REST
                mode = modes.Stretch if rest else modes.ResizeToContents
                across.setSectionResizeMode(place, mode)

    def minimumSizeHint(self) -> QSize:
        """As wide as its columns, up to a third of a small window; beyond that it scrolls."""
        look, across = theme.current(), self.horizontalHeader()
        others = sum(
            across.sectionSize(place)
            for place, column in enumerate(self.rows.columns)
            if column.width != REST
        )
        rests = sum(column.width == REST for column in self.rows.columns)
        wide = others + rests * look.px(_LEAST_REST) + self.verticalScrollBar().sizeHint().width()
        return QSize(min(wide, look.px(_MOST_LEAST)), look.px(120))

    def show_rows(self, rows: Sequence[Any]) -> None:
        """Show these rows, and keep order, place and cursor where they were."""
        row, top = self.current_row(), self.verticalScrollBar().value()
        self.rows.show_rows(rows)
        self.horizontalHeader().setSectionsClickable(self.rows.sortable)
        self.setSortingEnabled(self.rows.sortable)
        if row is not None:
            self.select(self._identity(row))
        self.verticalScrollBar().setValue(top)
        self.updateGeometry()

    def show_window(self, fetch: Fetch, count: int) -> None:
        """Show `count` rows that `fetch(offset, limit)` reads as they come into view."""
        self.setSortingEnabled(False)
        self.horizontalHeader().setSectionsClickable(False)
        self.rows.show_window(fetch, count)

    def current_row(self) -> Any:
        """The row the cursor is on, or None."""
        index = self.currentIndex()
        return self.rows.row(index.row()) if index.isValid() else None

    def chosen(self) -> list[range]:
        """Where the chosen rows are, from the top; all of a long list is one range."""
        chosen = self.selectionModel().selection()
        blocks = (chosen.at(place) for place in range(chosen.size()))
        ranges = [range(each.top(), each.bottom() + 1) for each in blocks]
        return sorted(ranges, key=lambda each: each.start)

    def select(self, identity: object, *, among: int = 200) -> bool:
        """Put the cursor on the row with this identity, if it is `among` the first rows."""
        for at in range(min(self.rows.rowCount(), among)):
            if self._identity(self.rows.row(at)) == identity:
                self.setCurrentIndex(self.rows.index(at, 0))
                return True
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        row, key = self.current_row(), Qt.Key(event.key())
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and row is not None:
            self.row_activated.emit(row)
        elif key == Qt.Key.Key_Delete and row is not None:
            self.delete_pressed.emit(row)
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            last = 0 if key == Qt.Key.Key_Home else self.rows.rowCount() - 1
            self.setCurrentIndex(self.rows.index(last, 0))
        elif event.matches(QKeySequence.StandardKey.SelectAll):
            super().keyPressEvent(event)
        elif event.text().isprintable() and event.text():
            event.ignore()  # no search by letter here: at the desk, letters are visitors
        else:
            super().keyPressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        index = self.indexAt(event.position().toPoint())
        self._delegate.hovered = index.row()
        shape = Qt.CursorShape.PointingHandCursor if self._is_link(index) else None
        self.viewport().setCursor(shape or Qt.CursorShape.ArrowCursor)
        self.viewport().update()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._delegate.hovered = -1
        self.viewport().update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and self._is_link(index):
            self.link_clicked.emit(
                self.rows.row(index.row()), self.rows.columns[index.column()].key
            )

    def _is_link(self, index: QModelIndex) -> bool:
        return (
            index.isValid()
            and self.rows.columns[index.column()].kind == "link"
            and bool(index.data())
        )

    def showEvent(self, event: QShowEvent) -> None:
        """What was chosen before the table was ever seen is brought into view once it has room."""
        super().showEvent(event)
        if not self._was_seen:
            self._was_seen = True
            QTimer.singleShot(0, self, self._show_current)

    def _show_current(self) -> None:
        if self.currentIndex().isValid():
            self.scrollTo(self.currentIndex())

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and self.model() is not None:
            self._set_widths()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.rows.rowCount():
            return
        look, whole = theme.current(), self.viewport().rect()
        painter = QPainter(self.viewport())
        painter.setPen(look.colour("quiet"))
        room = QRect(QPoint(16, 16), whole.bottomRight() - QPoint(16, 16))
        flags = Qt.AlignmentFlag.AlignHCenter | Qt.TextFlag.TextWordWrap
        painter.drawText(room, int(flags), self._empty)
        if self.hasFocus():  # there is no row to have the ring
            painter.setPen(QPen(look.colour("focus"), 2))
            painter.drawRect(whole.adjusted(1, 1, -1, -1))
        painter.end()

    def _on_selection_changed(self) -> None:
        self.viewport().update()  # the ring of the cursor leaves every cell of its old row
        self.chosen_changed.emit()

    def _on_current_changed(self, current: QModelIndex) -> None:
        if current.isValid():
            self.row_selected.emit(self.rows.row(current.row()))

    def _on_double_clicked(self, index: QModelIndex) -> None:
        if not self._is_link(index):
            self.row_activated.emit(self.rows.row(index.row()))


def _itself(row: object) -> object:
    return row
