"""Tables: a tinted header that repeats, ruled rows, numbers that are never broken."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from perpudesk.paper.document import Align, Column, Row, Table
from perpudesk.paper.flow import Piece, kept
from perpudesk.paper.marks import GREY, LINE, PRIMARY, PRIMARY_SOFT, QUIET, Box, Drawing, Line, Mark
from perpudesk.paper.text import Metrics, TextLine, one_line
from perpudesk.paper.type import LEADING, NOTE, TABLE, set_lines, wrap_plain

_SIDE = 4.6
"""Room at the sides of a cell, in points."""
_ABOVE = 2.3
"""Room above and below the lines of a cell."""
_ABOVE_DENSE = 1.0
_PADDING = 2 * _SIDE + 0.01
_NARROWEST = 44.0
"""What a column of text keeps when numbers need room."""
_WIDEST_NUMBER = 110.0
"""What a number's column may take from the others."""
_WIDEST_WORD = 80.0
"""What a word in a column of text may take from the others."""
_PART = 10
"""A row taller than a page goes on in parts of so many lines."""
_SHORT = 10
"""A table of so few rows is not split."""
_Cells = list[tuple[TextLine, ...]]


def table_pieces(table: Table, width: float, page: float, metrics: Metrics) -> list[Piece]:
    """The table as rows `width` wide, for pages of height `page`."""
    widths = column_widths(table, width, metrics)
    grid = _Grid(table, widths, metrics)
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
    """Widths by share where every cell then fits on one line, else by what the cells need.

    Numbers come first: text columns give way to them, down to their longest word.
    """
    columns = range(len(table.columns))
    wishes = [_wish(table, column, width, metrics) for column in columns]
    if sum(wishes) <= width:
        return _shared(table.columns, wishes, width)
    least = [_least(table, column, wishes[column], metrics) for column in columns]
    spare, wanted = width - sum(least), sum(wishes) - sum(least)
    if spare < 0:
        return [each * width / sum(least) for each in least]
    pairs = zip(wishes, least, strict=True)
    return [low + (wish - low) * spare / wanted for wish, low in pairs]


def _shared(columns: Sequence[Column], wishes: Sequence[float], width: float) -> list[float]:
    """Widths by share, with what some lack taken from those that have more than they wish."""
    total = sum(column.share for column in columns)
    widths = [width * column.share / total for column in columns]
    pairs = list(zip(wishes, widths, strict=True))
    lacking = sum(max(0.0, wish - has) for wish, has in pairs)
    spare = sum(max(0.0, has - wish) for wish, has in pairs)
    rate = lacking / spare if spare else 0.0
    return [max(wish, has - max(0.0, has - wish) * rate) for wish, has in pairs]


def _wish(table: Table, column: int, width: float, metrics: Metrics) -> float:
    """The width at which no cell of the column breaks, within the table's own."""
    title = metrics.width(one_line(table.columns[column].title), TABLE, bold=True)
    return min(width, max(title, _widest(table, column, metrics)) + _PADDING)


def _widest(table: Table, column: int, metrics: Metrics) -> float:
    """The widest cell of a column."""
    bold = table.columns[column].bold
    cells = (metrics.width(row.cells[column], TABLE, bold=row.total or bold) for row in table.rows)
    return max(cells, default=0.0)


def _least(table: Table, column: int, wish: float, metrics: Metrics) -> float:
    """The width a column needs: its title's longest word, all of a number, words of a text."""
    words = one_line(table.columns[column].title).split(" ")
    longest = max(metrics.width(word, TABLE, bold=True) for word in words) + _PADDING
    if table.columns[column].align is Align.LEFT:
        texts = (word for row in table.rows for word in one_line(row.cells[column]).split(" "))
        bold = table.columns[column].bold
        word = max((metrics.width(text, TABLE, bold=bold) for text in texts), default=0.0)
        word += _PADDING
        return min(wish, max(longest, min(word, _WIDEST_WORD), _NARROWEST))
    return min(wish, max(longest, _widest(table, column, metrics) + _PADDING), _WIDEST_NUMBER)


class _Grid:
    """The columns at their places."""

    def __init__(self, table: Table, widths: Sequence[float], metrics: Metrics) -> None:
        self._aligns = [column.align for column in table.columns]
        self._titles = [column.title for column in table.columns]
        self._bolds = [column.bold for column in table.columns]
        self._size, self._above = (NOTE, _ABOVE_DENSE) if table.dense else (TABLE, _ABOVE)
        self._widths = widths
        self._lefts = [sum(widths[:number]) + _SIDE for number in range(len(widths))]
        self._width = sum(widths)
        self._metrics = metrics

    def header(self) -> Drawing:
        """The titles on a tint, with a rule below."""
        cells = self._wrapped(self._titles, bold=True)
        height = max(map(len, cells)) * self._size * LEADING + 2 * self._above
        rule = Line(0, height, self._width, height, PRIMARY, 0.9)
        tint = Box(0, 0, self._width, height, PRIMARY_SOFT)
        return Drawing(height, (tint, rule, *self._texts(cells, self._above)))

    def row(self, row: Row, *, most: int) -> Iterator[Drawing]:
        """The row's strips: one, or many where a cell has more than `most` lines."""
        cells = self._wrapped(row.cells, bold=row.total, italic=row.italic)
        longest = max(map(len, cells))
        step = longest if longest <= most else _PART
        for start in range(0, longest, step):
            part = [cell[start : start + step] for cell in cells]
            above = 0.0 if start else self._above
            last = start + step >= longest
            height = (
                above + max(map(len, part)) * self._size * LEADING + (self._above if last else 0.0)
            )
            marks: list[Mark] = list(self._texts(part, above))
            if row.total and not start:
                marks.append(Line(0, 0, self._width, 0, GREY, 0.6))
            if last:
                marks.append(Line(0, height, self._width, height, LINE, 0.6))
            yield Drawing(height, tuple(marks))

    def _wrapped(self, texts: Sequence[str], *, bold: bool, italic: bool = False) -> _Cells:
        return [
            wrap_plain(
                self._metrics,
                text,
                self._size,
                width - 2 * _SIDE + 0.001,
                bold=bold or own,
                italic=italic,
            )
            for text, width, own in zip(texts, self._widths, self._bolds, strict=True)
        ]

    def _texts(self, cells: _Cells, top: float) -> Iterator[Mark]:
        for lines, left, width, align in zip(
            cells, self._lefts, self._widths, self._aligns, strict=True
        ):
            yield from set_lines(
                lines, size=self._size, left=left, top=top, width=width - 2 * _SIDE, align=align
            )
