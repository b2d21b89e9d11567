"""Tables to be written in: black lines only, rows as high as the page allows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from perpudesk.paper.document import Align
from perpudesk.paper.flow import Piece
from perpudesk.paper.forms import Ruled
from perpudesk.paper.marks import INK, Drawing, Line, Mark
from perpudesk.paper.sizes import MM
from perpudesk.paper.text import Metrics, TextLine
from perpudesk.paper.type import LEADING, NOTE, TABLE, set_lines, wrap_plain

_THIN, _THICK = 0.5, 1.1
_SIDE = 3.0
_ABOVE = 3.0
"""Room around the words of a cell, in points."""


def ruled_pieces(
    table: Ruled, width: float, *, room: float, last: float, page: float, metrics: Metrics
) -> list[Piece]:
    """The table as rows `width` wide.

    It begins where `room` points of its first page are left. On its last page it may fill `last`
    points, less than the `page` where something follows. All of them are heights with the header.
    """
    grid = _Grid(table, width, metrics)
    head = grid.header()
    least = table.row_mm * MM
    if table.rows:
        fills = table.grows and room >= head.height + len(table.rows) * least
        height = (room - head.height) / len(table.rows) if fills else least
        sized = [(row, height) for row in table.rows]
    else:
        rooms = [room, *[page] * (table.pages - 1)]
        rooms[-1] = min(rooms[-1], last) if table.pages > 1 else room
        counts = [max(1, int((each - head.height) / least + 1e-6)) for each in rooms]
        heights = [(each - head.height) / n for each, n in zip(rooms, counts, strict=True)]
        rows = chain.from_iterable([h] * n for h, n in zip(heights, counts, strict=True))
        sized = [(_empty(table, number), high) for number, high in enumerate(rows, start=1)]
    return [Piece(head, keep=True), *grid.rows(sized, head)]


def _empty(table: Ruled, number: int) -> tuple[str, ...]:
    return (str(number), *[""] * (len(table.titles) - 1))


@dataclass(frozen=True, slots=True)
class _Cell:
    """Where a cell stands, and how its words do."""

    left: float
    width: float
    align: Align


class _Grid:
    """The columns at their places."""

    def __init__(self, table: Ruled, width: float, metrics: Metrics) -> None:
        self._table, self._width, self._metrics = table, width, metrics
        parts = [share * width / sum(table.shares) for share in table.shares]
        self._cells = [
            _Cell(sum(parts[:place]), part, Align.CENTRE if place else Align.LEFT)
            for place, part in enumerate(parts)
        ]

    def header(self) -> Drawing:
        """The titles in bold under a thick line and above one."""
        lines = [
            wrap_plain(self._metrics, title, NOTE, cell.width - 2 + 0.001, bold=True)
            for title, cell in self._pairs(self._table.titles)
        ]
        height = max(map(len, lines)) * NOTE * LEADING + 2 * _ABOVE
        marks: list[Mark] = list(self._words(lines, height, NOTE, Align.CENTRE))
        marks += [Line(0, y, self._width, y, INK, _THICK) for y in (0.0, height)]
        return Drawing(height, (*marks, *self._sides(height)))

    def rows(
        self, sized: Sequence[tuple[tuple[str, ...], float]], head: Drawing
    ) -> Iterator[Piece]:
        """Each row with its height, under `head` where it begins a page."""
        final = len(sized) - 1
        for place, (texts, height) in enumerate(sized):
            bold = self._table.total and place == final
            lines = [self._wrapped(*pair, bold=bold) for pair in self._pairs(texts)]
            goes_on = place < final and not sized[place + 1][0][0]
            ends = place == final or (self._table.total and place == final - 1)
            start = self._cells[0].width if goes_on else 0.0
            below = Line(start, height, self._width, height, INK, _THICK if ends else _THIN)
            marks = (*self._words(lines, height), below, *self._sides(height))
            yield Piece(Drawing(height, marks), keep=goes_on, head=head)

    def _pairs(self, texts: Sequence[str]) -> Iterator[tuple[str, _Cell]]:
        return zip(texts, self._cells, strict=True)

    def _wrapped(self, text: str, cell: _Cell, *, bold: bool) -> tuple[TextLine, ...]:
        room = cell.width - 2 * _SIDE + 0.001
        return wrap_plain(self._metrics, text, TABLE, room, bold=bold)

    def _words(
        self,
        lines: Sequence[tuple[TextLine, ...]],
        height: float,
        size: float = TABLE,
        align: Align | None = None,
    ) -> Iterator[Mark]:
        """The words of each cell in its middle."""
        for cell, own in zip(self._cells, lines, strict=True):
            yield from set_lines(
                own,
                size=size,
                left=cell.left + _SIDE,
                top=(height - len(own) * size * LEADING) / 2,
                width=cell.width - 2 * _SIDE,
                align=align or cell.align,
            )

    def _sides(self, height: float) -> Iterator[Line]:
        """The upright lines of a strip, thick at both ends."""
        for cell in self._cells:
            yield Line(cell.left, 0, cell.left, height, INK, _THIN if cell.left else _THICK)
        yield Line(self._width, 0, self._width, height, INK, _THICK)
