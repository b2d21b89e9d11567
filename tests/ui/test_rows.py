from __future__ import annotations

import tracemalloc
from dataclasses import dataclass

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester

from perpudesk.ui.rows import KEPT_PAGES, PAGE_ROWS, ROW_ROLE, Column, RowsModel

MANY = 360_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    seq: int
    who: str


class Store:
    """Counts what is read from it."""

    def __init__(self, count: int = MANY) -> None:
        self.count = count
        self.reads: list[tuple[int, int]] = []

    def fetch(self, offset: int, limit: int) -> list[Visit]:
        self.reads.append((offset, limit))
        last = min(offset + limit, self.count)
        return [Visit(seq=at, who=f"Tamu {at}") for at in range(offset, last)]


COLUMNS = (
    Column(title="No", text=lambda v: str(v.seq), align="right", sort=lambda v: v.seq),
    Column(title="Siapa", text=lambda v: v.who, sort=lambda v: v.who),
    Column(title="", text=lambda _: "✓", align="center", spoken=lambda _: "hadir"),
)


def test_model_is_one_that_qt_accepts() -> None:
    store = Store(500)
    model = RowsModel(COLUMNS, store.fetch, 500)
    mode = QAbstractItemModelTester.FailureReportingMode.Fatal
    QAbstractItemModelTester(model, mode)
    model.show_rows(store.fetch(0, 3))
    model.sort(1, Qt.SortOrder.DescendingOrder)
    model.show_window(store.fetch, 500)


def test_pages_are_read_when_looked_at_and_once() -> None:
    store = Store()
    model = RowsModel(COLUMNS, store.fetch, MANY)
    assert store.reads == []
    assert model.rowCount() == MANY
    for at in (0, 1, 199, 0):
        assert model.index(at, 1).data() == f"Tamu {at}"
    assert store.reads == [(0, PAGE_ROWS)]
    assert model.index(MANY - 1, 0).data() == str(MANY - 1)
    assert store.reads[-1] == (MANY - PAGE_ROWS, PAGE_ROWS)


def test_only_the_last_pages_are_kept() -> None:
    store = Store()
    model = RowsModel(COLUMNS, store.fetch, MANY)
    for page in range(KEPT_PAGES):
        model.row(page * PAGE_ROWS)
    model.row(0)  # looked at again: the second page is now the oldest
    model.row(KEPT_PAGES * PAGE_ROWS)
    reads = len(store.reads)
    model.row(0)
    assert len(store.reads) == reads
    model.row(PAGE_ROWS)
    assert len(store.reads) == reads + 1


def test_running_through_all_rows_keeps_memory_small() -> None:
    store = Store()
    model = RowsModel(COLUMNS, store.fetch, MANY)
    tracemalloc.start()
    try:
        for at in range(0, MANY, PAGE_ROWS):
            model.row(at)
        kept, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert kept < 2_000_000


def test_rows_that_have_gone_meanwhile_are_empty() -> None:
    store = Store(250)
    model = RowsModel(COLUMNS, store.fetch, 400)
    assert model.row(399) is None
    assert model.index(399, 0).data() is None
    model.show_rows([])
    assert model.row(5) is None


@pytest.mark.parametrize("order,seqs", [("Ascending", [1, 2, 10]), ("Descending", [10, 2, 1])])
def test_short_lists_sort_by_their_rule(order: str, seqs: list[int]) -> None:
    model = RowsModel(COLUMNS)
    model.show_rows([Visit(seq=at, who=f"Tamu {at}") for at in (10, 2, 1)])
    assert model.sortable
    model.sort(0, Qt.SortOrder[f"{order}Order"])
    assert [model.row(at).seq for at in range(3)] == seqs


def test_without_a_rule_nothing_moves() -> None:
    model = RowsModel(COLUMNS)
    rows = [Visit(seq=at, who="x") for at in (3, 1, 2)]
    model.show_rows(rows)
    for column in (2, -1, 99):
        model.sort(column)
    assert [model.row(at) for at in range(3)] == rows
    model.show_window(Store().fetch, 10)
    assert not model.sortable
    model.sort(0)
    assert not RowsModel([Column(title="", text=str)]).sortable


def test_what_each_role_answers() -> None:
    model = RowsModel(COLUMNS)
    visit = Visit(seq=1, who="<b>Siti</b>")
    model.show_rows([visit])
    roles = Qt.ItemDataRole
    index = model.index(0, 1)
    assert index.data() == "<b>Siti</b>"
    assert index.data(roles.ToolTipRole) == "<span>&lt;b&gt;Siti&lt;/b&gt;</span>"
    assert index.data(roles.AccessibleTextRole) == "Siapa: <b>Siti</b>"
    assert model.index(0, 2).data(roles.AccessibleTextRole) == "hadir"
    assert index.data(ROW_ROLE) is visit
    assert index.data(roles.DecorationRole) is None
    right = Qt.AlignmentFlag.AlignRight.value
    assert model.index(0, 0).data(roles.TextAlignmentRole) & right
    assert model.headerData(0, Qt.Orientation.Horizontal, roles.TextAlignmentRole) & right
    assert model.headerData(1, Qt.Orientation.Horizontal) == "Siapa"
    assert model.headerData(0, Qt.Orientation.Horizontal, roles.ToolTipRole) is None
    assert model.headerData(0, Qt.Orientation.Vertical) is None


def test_rows_have_no_children() -> None:
    model = RowsModel(COLUMNS)
    model.show_rows([Visit(seq=1, who="x")])
    parent: QModelIndex = model.index(0, 0)
    assert (model.rowCount(parent), model.columnCount(parent)) == (0, 0)
