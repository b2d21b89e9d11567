"""Lists of people to sign: rows that grow with a name, signatures in zigzag, nothing cut."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from perpudesk.paper.document import Align
from perpudesk.paper.flow import Piece, paginate
from perpudesk.paper.forms import Roll
from perpudesk.paper.marks import INK, QUIET, Drawing, Line, Mark
from perpudesk.paper.sizes import MM
from perpudesk.paper.text import Metrics, TextLine
from perpudesk.paper.type import LEADING, NOTE, TABLE, set_lines, wrap_plain

_THIN, _THICK = 0.5, 1.1
_SIDE, _ABOVE = 3.0, 3.0
"""Room around the words of a cell, in points."""
_GAP = 7.0
_MANY = 4
"""So many times the spare rows at most follow those that are there: an empty page is no list."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """What stands on the sheet above the list, what follows it, and how high a page is."""

    above: Sequence[Piece]
    below: Sequence[Piece]
    page: float


def roll_pieces(roll: Roll, width: float, *, room: Room, metrics: Metrics) -> list[Piece]:
    """The list as rows `width` wide, with the empty rows that its last page takes.

    Its last row stays with what follows.
    """
    grid = _Grid(roll, width, metrics)
    head = grid.header()
    rows = grid.rows(roll.rows, 1)

    def with_empty(count: int) -> list[Piece]:
        nothing = [("",) * (len(roll.titles) - 1 - roll.signed)] * count
        pieces = [Piece(head, gap=_GAP, keep=True)]
        pieces += grid.pieces([*rows, *grid.rows(nothing, len(rows) + 1)], head)
        if roll.total:
            pieces.append(Piece(grid.total(), keep=True, head=head))
            pieces[-2] = replace(pieces[-2], keep=True)
        return [*pieces[:-1], replace(pieces[-1], keep=bool(room.below))]

    def pages(count: int) -> int:
        return len(paginate([*room.above, *with_empty(count), *room.below], room.page))

    return with_empty(_empty(roll, room, pages))


def _empty(roll: Roll, room: Room, pages: Callable[[int], int]) -> int:
    """How many empty rows follow those that are there: an even number of rows where two sign."""
    if roll.total or (roll.rows and not roll.spare):
        return 0
    least = max(1, roll.spare)
    wanted = pages(least) if roll.rows else roll.pages
    most = int(wanted * room.page / (roll.row_mm * MM)) + 1
    count = max(least, bisect_right(range(most), wanted, key=pages) - 1)
    if roll.rows:
        count = min(count, _MANY * least)
    odd = roll.signed and (len(roll.rows) + count) % 2 == 1
    return count - (odd and count > least)


@dataclass(frozen=True, slots=True)
class _Cell:
    """Where a cell stands, and how its words do."""

    left: float
    width: float
    align: Align


@dataclass(frozen=True, slots=True)
class _Row:
    """A row's number, its words in lines, and how high it is."""

    number: int
    cells: tuple[tuple[TextLine, ...], ...]
    height: float


class _Grid:
    """The columns at their places."""

    def __init__(self, roll: Roll, width: float, metrics: Metrics) -> None:
        self._roll, self._width, self._metrics = roll, width, metrics
        parts = [share * width / sum(roll.shares) for share in roll.shares]
        self._cells = [
            _Cell(sum(parts[:place]), part, Align.LEFT if 0 < place < roll.lefts else Align.CENTRE)
            for place, part in enumerate(parts)
        ]

    def header(self) -> Drawing:
        """The titles in bold between two thick lines."""
        cells = [
            wrap_plain(self._metrics, title, NOTE, cell.width - 2 + 0.001, bold=True)
            for title, cell in zip(self._roll.titles, self._cells, strict=True)
        ]
        height = max(map(len, cells)) * NOTE * LEADING + 2 * _ABOVE
        marks = list(self._words(cells, height, NOTE, Align.CENTRE))
        marks += [Line(0, y, self._width, y, INK, _THICK) for y in (0.0, height)]
        return Drawing(height, (*marks, *self._sides(height)))

    def rows(self, rows: Sequence[tuple[str, ...]], first: int) -> list[_Row]:
        """Each row in lines, numbered from `first`."""
        return [self._row(at, (str(at), *row)) for at, row in enumerate(rows, start=first)]

    def _row(self, number: int, texts: tuple[str, ...], *, bold: bool = False) -> _Row:
        cells = tuple(
            wrap_plain(self._metrics, text, TABLE, cell.width - 2 * _SIDE + 0.001, bold=bold)
            for text, cell in zip(texts, self._cells, strict=False)
        )
        lines = max(map(len, cells)) * TABLE * LEADING + _ABOVE
        return _Row(number, cells, max(lines, self._roll.row_mm * MM))

    def pieces(self, rows: Sequence[_Row], head: Drawing) -> Iterator[Piece]:
        """Each row under `head` where it begins a page; two that sign beside each other stay."""
        for place, row in enumerate(rows):
            last = place == len(rows) - 1
            opens = self._roll.signed and row.number % 2 == 1 and not last
            right = self._cells[-1].left if opens else self._width
            below = Line(0, row.height, right, row.height, INK, _THICK if last else _THIN)
            marks = (*self._words(row.cells, row.height), below, *self._sides(row.height))
            if self._roll.signed:
                marks += tuple(self._signing(row))
            yield Piece(Drawing(row.height, marks), keep=opens, head=head)

    def total(self) -> Drawing:
        """The last row, in bold."""
        row = self._row(0, self._roll.total, bold=True)
        below = Line(0, row.height, self._width, row.height, INK, _THICK)
        return Drawing(
            row.height, (*self._words(row.cells, row.height), below, *self._sides(row.height))
        )

    def _signing(self, row: _Row) -> Iterator[Mark]:
        """The number again where its owner signs, and the line between the two halves."""
        cell = self._cells[-1]
        middle = cell.left + cell.width / 2
        yield Line(middle, 0, middle, row.height, INK, _THIN)
        lines = wrap_plain(self._metrics, f"{row.number}.", NOTE, cell.width)
        left = (cell.left if row.number % 2 else middle) + _SIDE
        top = (row.height - NOTE * LEADING) / 2
        yield from set_lines(lines, size=NOTE, left=left, top=top, ink=QUIET)

    def _words(
        self,
        cells: Sequence[tuple[TextLine, ...]],
        height: float,
        size: float = TABLE,
        align: Align | None = None,
    ) -> Iterator[Mark]:
        """The words of each cell in its middle."""
        for cell, lines in zip(self._cells, cells, strict=False):
            yield from set_lines(
                lines,
                size=size,
                left=cell.left + _SIDE,
                top=(height - len(lines) * size * LEADING) / 2,
                width=cell.width - 2 * _SIDE,
                align=align or cell.align,
            )

    def _sides(self, height: float) -> Iterator[Line]:
        """The upright lines of a strip, thick at both ends."""
        for cell in self._cells:
            yield Line(cell.left, 0, cell.left, height, INK, _THIN if cell.left else _THICK)
        yield Line(self._width, 0, self._width, height, INK, _THICK)
