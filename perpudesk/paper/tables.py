"""Tables: a tinted header that repeats, ruled rows, numbers that are never broken."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from perpudesk.paper.document import Align, Column, Row, Table
from perpudesk.paper.flow import Piece, kept
from perpudesk.paper.marks import GREY, LINE, PRIMARY, PRIMARY_SOFT, QUIET, Box, Drawing, Line, Mark
from perpudesk.paper.text import Metrics, TextLine, one_line
from perpudesk.paper.type import LEADING, NOTE, TABLE, set_lines, wrap_plain

_SIDE = 5.0
"""Room at the sides of a cell, in points."""
_ABOVE = 2.3
"""Room above and below the lines of a cell."""
_NARROWEST = 44.0
"""What a column of text keeps when numbers need room."""
_SHORT = 10
"""A table of so few rows is not split."""
_Cells = list[tuple[TextLine, ...]]


def table_pieces(table: Table, width: float, page: float, metrics: Metrics) -> list[Piece]:
    """The table as rows `width` wide, for pages of height `page`."""
    widths = column_widths(table, width, metrics)
    grid = _Grid(table.columns, widths, metrics)
    head = grid.header() if table.has_header else None
    room = page - (head.height if head else 0.0) - 2 * _ABOVE
    rows = [
        Piece(drawing, head=head)
        for row in table.rows
        for drawing in grid.row(row, most=max(1, int(room / (TABLE * LEADING))))
    ]
    pieces = [Piece(head, keep=True)] if head else []
    pieces += kept(rows) if len(rows) <= _SHORT else _ends_kept(rows)
    if table.footnote:
        note = _footnote(table.footnote, width, metrics)
        pieces = [*pieces[:-1], *(replace(last, keep=True) for last in pieces[-1:]), note]
    return pieces


def _ends_kept(rows: list[Piece]) -> list[Piece]:
    """No row alone under the header at a page's end, nor alone at the start of the next."""
    return [*kept(rows[:2]), *rows[2:-2], *kept(rows[-2:])]


def _footnote(text: str, width: float, metrics: Metrics) -> Piece:
    lines = wrap_plain(metrics, text, NOTE, width)
    marks = tuple(set_lines(lines, size=NOTE, ink=QUIET))
    return Piece(Drawing(len(lines) * NOTE * LEADING, marks), gap=2.5)


def column_widths(table: Table, width: float, metrics: Metrics) -> list[float]:
    """Widths by share, then room for numbers taken where there is slack."""
    total = sum(column.share for column in table.columns)
    widths = [width * column.share / total for column in table.columns]
    needs = [
        _need(table, number, metrics, most=width * 0.4) for number in range(len(table.columns))
    ]
    lacks = [max(0.0, need - has) for need, has in zip(needs, widths, strict=True)]
    slacks = [max(0.0, has - need) for need, has in zip(needs, widths, strict=True)]
    if not any(lacks) or not any(slacks):
        return widths
    moved = min(sum(lacks), sum(slacks))
    give, take = moved / sum(slacks), moved / sum(lacks)
    return [
        has + lack * take - slack * give
        for has, lack, slack in zip(widths, lacks, slacks, strict=True)
    ]


def _need(table: Table, number: int, metrics: Metrics, *, most: float) -> float:
    """The least width of a column: its widest number; for text only a floor."""
    column = table.columns[number]
    words = [metrics.width(word, TABLE, bold=True) for word in one_line(column.title).split(" ")]
    if column.align is Align.LEFT:
        return min(most, max(_NARROWEST, max(words) + 2 * _SIDE))
    cells = (metrics.width(row.cells[number], TABLE, bold=row.total) for row in table.rows)
    return min(most, max((*words, *cells)) + 2 * _SIDE + 0.1)


class _Grid:
    """The columns at their places."""

    def __init__(
        self, columns: Sequence[Column], widths: Sequence[float], metrics: Metrics
    ) -> None:
        self._aligns = [column.align for column in columns]
        self._titles = [column.title for column in columns]
        self._widths = widths
        self._lefts = [sum(widths[:number]) + _SIDE for number in range(len(widths))]
        self._width = sum(widths)
        self._metrics = metrics

    def header(self) -> Drawing:
        """The titles on a tint, with a rule below."""
        cells = self._wrapped(self._titles, bold=True)
        height = _height(cells)
        rule = Line(0, height, self._width, height, PRIMARY, 0.9)
        tint = Box(0, 0, self._width, height, PRIMARY_SOFT)
        return Drawing(height, (tint, rule, *self._texts(cells)))

    def row(self, row: Row, *, most: int) -> Iterator[Drawing]:
        """The row's strips: one, unless a cell has more than `most` lines."""
        cells = self._wrapped(row.cells, bold=row.total, italic=row.italic)
        longest = max(map(len, cells))
        for start in range(0, longest, most):
            part = [cell[start : start + most] for cell in cells] if longest > most else cells
            height = _height(part)
            marks: list[Mark] = list(self._texts(part))
            if start + most >= longest:
                marks.append(Line(0, height, self._width, height, LINE, 0.6))
            if row.total and start == 0:
                marks.append(Line(0, 0, self._width, 0, GREY, 0.6))
            yield Drawing(height, tuple(marks))

    def _wrapped(self, texts: Sequence[str], *, bold: bool, italic: bool = False) -> _Cells:
        return [
            wrap_plain(
                self._metrics, text, TABLE, width - 2 * _SIDE + 0.01, bold=bold, italic=italic
            )
            for text, width in zip(texts, self._widths, strict=True)
        ]

    def _texts(self, cells: _Cells) -> Iterator[Mark]:
        for lines, left, width, align in zip(
            cells, self._lefts, self._widths, self._aligns, strict=True
        ):
            yield from set_lines(
                lines, size=TABLE, left=left, top=_ABOVE, width=width - 2 * _SIDE, align=align
            )


def _height(cells: _Cells) -> float:
    return max(map(len, cells)) * TABLE * LEADING + 2 * _ABOVE
