"""From a document's blocks to the pieces of its pages: what stands where, and how big."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import zip_longest

from perpudesk.paper.calendar import month_drawing
from perpudesk.paper.cards import card_pages
from perpudesk.paper.certificate import certificate_pages
from perpudesk.paper.charts import plot
from perpudesk.paper.document import (
    Align,
    BarChart,
    Block,
    CardRow,
    Code,
    Columns,
    Document,
    HBarChart,
    Heading,
    MonthSheet,
    Note,
    OfItsOwn,
    OnSheet,
    Paragraph,
    Photo,
    Signatures,
    Spacer,
    Span,
    Table,
    Title,
)
from perpudesk.paper.flow import Page, Piece, kept, paginate
from perpudesk.paper.forms import Format, Large, NewPage, Roll, Ruled
from perpudesk.paper.heat import HeatMap
from perpudesk.paper.kop import kop_drawing
from perpudesk.paper.marks import (
    INK,
    PRIMARY_DEEP,
    PRIMARY_LINE,
    QUIET,
    Drawing,
    Line,
    Placed,
)
from perpudesk.paper.members import cards_drawing
from perpudesk.paper.photos import photo_drawing
from perpudesk.paper.qr import qr_marks
from perpudesk.paper.rolls import Room, roll_pieces
from perpudesk.paper.ruled import ruled_pieces
from perpudesk.paper.signing import GUTTER, signatures_drawing
from perpudesk.paper.sizes import MM, Sheet
from perpudesk.paper.stacked import StackChart
from perpudesk.paper.tables import table_pieces
from perpudesk.paper.text import Metrics, TextLine
from perpudesk.paper.type import BODY, LARGE, LEAD, LEADING, NOTE, set_lines, wrap_plain

_RULED_GAP = 7.0
_NOTHING = Piece(Drawing(0))


def lay_out(document: Document, sheet: Sheet, metrics: Metrics) -> list[Page]:
    """The pages of `document`, within the margins of `sheet`."""
    if document.format is Format.CERTIFICATE:
        return certificate_pages(document, sheet, metrics)
    if document.format is Format.CARDS:
        return card_pages(document, sheet, metrics)
    layout = _Layout(sheet.inner_height, metrics)
    kop = kop_drawing(document.letterhead, sheet.inner_width, metrics)
    above = [Piece(kop, keep=True)] if kop else []
    pieces: list[Piece] = []
    for blocks in _sheets(document.blocks):
        first, *others = [*above, *layout.pieces(blocks, sheet.inner_width, above)] or [_NOTHING]
        pieces += [replace(first, turn=True), *others]
    return paginate(pieces, sheet.inner_height)


def _sheets(blocks: Sequence[OnSheet | NewPage | OfItsOwn]) -> list[list[OnSheet]]:
    """The blocks between new pages; what has a format of its own has no place here."""
    sheets: list[list[OnSheet]] = [[]]
    for block in blocks:
        if isinstance(block, NewPage):
            sheets.append([])
        elif not isinstance(block, OfItsOwn):
            sheets[-1].append(block)
    return sheets


class _Layout:
    """Turns blocks into pieces for pages of one height."""

    def __init__(self, page: float, metrics: Metrics) -> None:
        self._page = page
        self._metrics = metrics

    def pieces(
        self, blocks: Sequence[OnSheet], width: float, above: Sequence[Piece] = ()
    ) -> list[Piece]:
        """The blocks' pieces in order; `above` stands on their page already."""
        pieces: list[Piece] = []
        for place, block in enumerate(blocks):
            if isinstance(block, Signatures | Note):  # neither begins a page alone
                pieces[-1:] = [replace(last, keep=True) for last in pieces[-1:]]
            if isinstance(block, Large):
                pieces += self._large(block, width)
            elif isinstance(block, Roll):
                below = self.pieces(blocks[place + 1 :], width)
                return [*pieces, *self._roll(block, width, [*above, *pieces], below), *below]
            elif not isinstance(block, Ruled):
                pieces += self._block(block, width)
            elif block.grows:
                below = self.pieces(blocks[place + 1 :], width)
                return [*pieces, *self._ruled(block, width, [*above, *pieces], below), *below]
            else:
                pieces += kept(self._ruled(block, width, (), ()))
        return pieces

    def _ruled(
        self, table: Ruled, width: float, above: Sequence[Piece], below: Sequence[Piece]
    ) -> list[Piece]:
        """A table to be written in, as high as what stands above and below it leaves."""
        used = paginate(above, self._page)[-1].height + _RULED_GAP if above else 0.0
        foot = sum(piece.gap + piece.drawing.height for piece in below)
        last = self._page - foot
        room = last - used if table.rows or table.pages == 1 else self._page - used
        pieces = ruled_pieces(
            table, width, room=room, last=last, page=self._page, metrics=self._metrics
        )
        return _spaced(pieces, _RULED_GAP)

    def _roll(
        self, roll: Roll, width: float, above: Sequence[Piece], below: Sequence[Piece]
    ) -> list[Piece]:
        """A list of people, with as many empty rows as its last page takes."""
        room = Room(above=above, below=below, page=self._page)
        return roll_pieces(roll, width, room=room, metrics=self._metrics)

    def _block(self, block: Block, width: float) -> list[Piece]:  # noqa: PLR0911 - one line a kind
        match block:
            case Title():
                return self._title(block, width)
            case Heading():
                return [self._heading(block, width)]
            case Paragraph():
                return self._running(block.spans, BODY, width, gap=5.5)
            case Note():
                return self._running((Span(text=block.text),), NOTE, width, gap=4, ink=QUIET)
            case Table():
                return _spaced(table_pieces(block, width, self._page, self._metrics), 7)
            case BarChart() | HBarChart() | StackChart() | HeatMap():
                drawings = plot(block, width, self._metrics)
                return _spaced(kept([Piece(drawing) for drawing in drawings]), 7)
            case Columns():
                return self._columns(block, width)
            case Signatures() | Code() | CardRow() | MonthSheet() | Photo() | Spacer():
                return [self._whole(block, width)]
            case _:  # Together
                return kept(self.pieces(block.blocks, width))

    def _whole(
        self, block: Signatures | Code | CardRow | MonthSheet | Photo | Spacer, width: float
    ) -> Piece:
        """What is one piece by itself."""
        if isinstance(block, Signatures):
            return Piece(signatures_drawing(block, width, self._metrics), gap=20)
        if isinstance(block, MonthSheet):
            high = block.share * self._page
            return Piece(month_drawing(block, width, high, self._metrics), gap=8)
        if isinstance(block, CardRow):
            return Piece(cards_drawing(block, width, self._metrics), gap=6)
        if isinstance(block, Code):
            side = block.side * MM
            marks = tuple(qr_marks(block.text, (width - side) / 2, 0, side))
            return Piece(Drawing(side, marks), gap=10)
        if isinstance(block, Photo):
            return Piece(photo_drawing(block, width), gap=9)
        return Piece(Drawing(0), gap=block.millimetres * MM)

    def _title(self, title: Title, width: float) -> list[Piece]:
        name = wrap_plain(self._metrics, title.text, 12.5, width, bold=True)
        pieces = [self._strip(name, 12.5, width, gap=15, align=Align.CENTRE)]
        if title.subtitle:
            below = self._metrics.wrap(title.subtitle, 9.5, width)
            pieces.append(self._strip(below, 9.5, width, gap=2, align=Align.CENTRE))
        return kept(pieces, with_next=True)

    def _large(self, large: Large, width: float) -> list[Piece]:
        """As large as the width allows, up to `LARGE`; never in two lines."""
        size = self._metrics.fit(large.text, LARGE, width, floor=LEAD, bold=True)
        centre = Align.CENTRE
        words = wrap_plain(self._metrics, large.text, size, width + 1, bold=True)
        lines = [
            [line for text in texts for line in wrap_plain(self._metrics, text, LEAD, width)]
            for texts in (large.above, large.below)
        ]
        above, below = (self._strip(each, LEAD, width, gap=2, align=centre) for each in lines)
        return kept([above, self._strip(words, size, width, gap=0, align=centre), below])

    def _heading(self, heading: Heading, width: float) -> Piece:
        size, gap = (10.5, 14.0) if heading.level == 1 else (BODY, 9.0)
        lines = wrap_plain(self._metrics, heading.text, size, width, bold=True)
        piece = self._strip(lines, size, width, gap=gap, ink=PRIMARY_DEEP)
        if heading.level > 1:
            return replace(piece, keep=True)
        low = piece.drawing.height + 2
        rule = Line(0, low, width, low, PRIMARY_LINE, 0.7)
        return Piece(Drawing(low + 1, (*piece.drawing.marks, rule)), gap=gap, keep=True)

    def _running(
        self, spans: Sequence[Span], size: float, width: float, *, gap: float, ink: str = INK
    ) -> list[Piece]:
        """Lines that may part over a page's end, but never one alone."""
        lines = self._metrics.wrap(spans, size, width)
        pieces = [self._strip((line,), size, width, gap=0, ink=ink) for line in lines]
        if len(pieces) <= 3:
            return _spaced(kept(pieces), gap)
        return _spaced([*kept(pieces[:2]), *pieces[2:-2], *kept(pieces[-2:])], gap)

    def _strip(
        self,
        lines: Sequence[TextLine],
        size: float,
        width: float,
        *,
        gap: float,
        align: Align = Align.LEFT,
        ink: str = INK,
    ) -> Piece:
        marks = tuple(set_lines(lines, size=size, width=width, align=align, ink=ink))
        return Piece(Drawing(len(lines) * size * LEADING, marks), gap=gap)

    def _columns(self, columns: Columns, width: float) -> list[Piece]:
        """Both halves as one piece; taller than a page, they go on beside each other."""
        half = (width - GUTTER) / 2
        lefts = paginate(self.pieces(columns.left, half), self._page)
        rights = paginate(self.pieces(columns.right, half), self._page)
        return _spaced([_beside(*pair, half) for pair in zip_longest(lefts, rights)], 8)


def _spaced(pieces: list[Piece], gap: float) -> list[Piece]:
    """The pieces with `gap` above the first."""
    return [*(replace(first, gap=gap) for first in pieces[:1]), *pieces[1:]]


def _beside(left: Page | None, right: Page | None, half: float) -> Piece:
    placed = [*(left.placed if left else ())]
    placed += (
        [Placed(half + GUTTER, part.y, part.drawing) for part in right.placed] if right else []
    )
    height = max(page.height for page in (left, right) if page)
    return Piece(Drawing(height, parts=tuple(placed)))
