"""The one model of every table: frozen rows, read a page at a time."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from perpudesk.ui.text import tip

PAGE_ROWS = 200
KEPT_PAGES = 12
REST = -1
"""A column's width: what the others leave."""

ROW_ROLE = int(Qt.ItemDataRole.UserRole) + 1
"""The row itself."""
Index = QModelIndex | QPersistentModelIndex
Fetch = Callable[[int, int], Sequence[Any]]

_ALIGN = {
    "left": Qt.AlignmentFlag.AlignLeft,
    "right": Qt.AlignmentFlag.AlignRight,
    "center": Qt.AlignmentFlag.AlignHCenter,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """How one column of a table is written.

    `text` gives the words of a row. `align` is left, right (figures) or center. `kind` is text,
    strong, quiet, link (the words do something) or pill; `tone` gives the state of a row, which
    colours pill or words. `sort` gives what a click on the title sorts by. `width` is in px at
    100 %, 0 for as wide as the words, or `REST`. One as wide as its words has room for the words
    `least` and no more than `most` px at 100 %, 0 for any. `spoken` is read out where the words
    are signs. `detail` is a second, quiet line. Where there is no room for the words, `short`
    gives others that say the same, and with `wrap` they stand smaller, on two lines.
    """

    title: str
    text: Callable[[Any], str]
    key: str = ""
    align: str = "left"
    kind: str = "text"
    tone: Callable[[Any], str] | None = None
    sort: Callable[[Any], Any] | None = None
    width: int = 0
    least: str = ""
    most: int = 0
    spoken: Callable[[Any], str] | None = None
    detail: Callable[[Any], str] | None = None
    short: Callable[[Any], str] | None = None
    wrap: bool = False


class RowsModel(QAbstractTableModel):
    """Rows behind a `fetch(offset, limit)`; only the pages that are looked at are in memory."""

    def __init__(self, columns: Sequence[Column], fetch: Fetch | None = None, count: int = 0):
        super().__init__()
        self.columns = tuple(columns)
        self._fetch: Fetch = fetch or (lambda _offset, _limit: ())
        self._count = count
        self._rows: list[Any] | None = None
        self._pages: OrderedDict[int, Sequence[Any]] = OrderedDict()

    def set_columns(self, columns: Sequence[Column]) -> None:
        """Write other columns from now on, of no row yet."""
        self.beginResetModel()
        self.columns = tuple(columns)
        self._rows, self._count = [], 0
        self._pages.clear()
        self.endResetModel()

    def show_rows(self, rows: Sequence[Any]) -> None:
        """Show these rows, all in memory: for short lists. They can be sorted."""
        held = list(rows)
        self.beginResetModel()
        self._rows, self._count = held, len(held)
        self._pages.clear()
        self.endResetModel()

    def show_window(self, fetch: Fetch, count: int) -> None:
        """Show `count` rows that `fetch` reads when they are looked at: for long lists."""
        self.beginResetModel()
        self._rows, self._fetch, self._count = None, fetch, count
        self._pages.clear()
        self.endResetModel()

    def row(self, at: int) -> Any:
        """The row at `at`, reading its page if need be; None where the rows have shrunk."""
        if self._rows is not None:
            return self._rows[at] if at < len(self._rows) else None
        page, place = divmod(at, PAGE_ROWS)
        if page in self._pages:
            self._pages.move_to_end(page)
        else:
            self._pages[page] = tuple(self._fetch(page * PAGE_ROWS, PAGE_ROWS))
            if len(self._pages) > KEPT_PAGES:
                self._pages.popitem(last=False)
        rows = self._pages[page]
        return rows[place] if place < len(rows) else None

    @property
    def sortable(self) -> bool:
        """Whether a click on a title can sort: short lists with a sort rule."""
        return self._rows is not None and any(column.sort for column in self.columns)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else self._count

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - as above
        return 0 if parent.isValid() else len(self.columns)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        column = self.columns[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.title
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int((_ALIGN[column.align] | Qt.AlignmentFlag.AlignVCenter).value)
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        column = self.columns[index.column()]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int((_ALIGN[column.align] | Qt.AlignmentFlag.AlignVCenter).value)
        row = self.row(index.row())
        if row is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return column.text(row)
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip((column.spoken or column.text)(row))
        if role == Qt.ItemDataRole.AccessibleTextRole:
            said = (column.spoken or column.text)(row)
            more = column.detail(row) if column.detail is not None else ""
            return ": ".join(filter(None, (column.title, "; ".join(filter(None, (said, more))))))
        return row if role == ROW_ROLE else None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        rule = self.columns[column].sort if 0 <= column < len(self.columns) else None
        if self._rows is None or rule is None:
            return
        self.layoutAboutToBeChanged.emit()
        self._rows.sort(key=rule, reverse=order == Qt.SortOrder.DescendingOrder)
        self.layoutChanged.emit()
