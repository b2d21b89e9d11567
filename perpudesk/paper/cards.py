"""Small forms, several on a sheet, to be cut apart along dashed lines."""

from __future__ import annotations

from collections.abc import Iterator

from perpudesk.paper.document import Align, Document
from perpudesk.paper.flow import Page
from perpudesk.paper.forms import Card, Cards
from perpudesk.paper.marks import GREY, INK, QUIET, Box, Drawing, Line, Mark, Placed
from perpudesk.paper.sizes import MM, Sheet
from perpudesk.paper.text import Metrics
from perpudesk.paper.type import LEADING, NOTE, set_lines, wrap_plain

ACROSS, DOWN = 2, 3
_TITLE, _LINE, _QUESTION = 11.5, 9.0, 9.5
_SMALLEST, _STEP = 0.55, 0.05
_BOX, _APART = 7 * MM, 4.5 * MM
_DASH = 4.0


def card_pages(document: Document, sheet: Sheet, metrics: Metrics) -> list[Page]:
    """The cards of a document in their places, with lines to cut along behind them."""
    wide, high = sheet.width / ACROSS, sheet.height / DOWN  # from cut to cut
    behind = Drawing(sheet.height, tuple(_cuts(sheet)))
    cards = [each for block in document.blocks if isinstance(block, Cards) for each in block.cards]
    pages = []
    for start in range(0, max(1, len(cards)), ACROSS * DOWN):
        placed = []
        for at, card in enumerate(cards[start : start + ACROSS * DOWN]):
            row, column = divmod(at, ACROSS)
            drawing = _fitted(card, wide - 2 * sheet.left, high - 2 * sheet.top, metrics)
            placed.append(Placed(column * wide, row * high, drawing))
        pages.append(Page(tuple(placed), sheet.height, behind))
    return pages


def _fitted(card: Card, width: float, height: float, metrics: Metrics) -> Drawing:
    """The card's words, all of them smaller where they would not fit."""
    scale = 1.0
    drawing = _set(card, width, height, scale, metrics)
    while drawing.height > height and scale > _SMALLEST:
        scale -= _STEP
        drawing = _set(card, width, height, scale, metrics)
    return drawing


def _set(card: Card, width: float, height: float, scale: float, metrics: Metrics) -> Drawing:
    """What it is, the questions with their boxes, and the foot at the lower edge."""
    parts: list[Placed] = []
    top = 0.0
    for gap, drawing in _strips(card, width, scale, metrics):
        parts.append(Placed(0, top + gap, drawing))
        top += gap + drawing.height
    foot = _text(card.foot, NOTE * scale, width, metrics, ink=QUIET)
    low = max(top + 4 * scale, height - foot.height)
    return Drawing(low + foot.height, parts=(*parts, Placed(0, low, foot)))


def _strips(
    card: Card, width: float, scale: float, metrics: Metrics
) -> Iterator[tuple[float, Drawing]]:
    """The parts from above to below, each with the gap over it."""
    yield 0.0, _text(card.above, NOTE * scale, width, metrics, ink=QUIET)
    yield 1.0, _text(card.title, _TITLE * scale, width, metrics, bold=True)
    for line in card.lines:
        yield 6 * scale, _text(line, _LINE * scale, width, metrics)
    gap = 11 * scale
    for number, question in enumerate(card.questions, start=1):
        yield gap, _text(f"{number}. {question}", _QUESTION * scale, width, metrics)
        yield 3 * scale, _boxes(card, width, scale, metrics)
        gap = 8 * scale


def _text(
    text: str, size: float, width: float, metrics: Metrics, *, bold: bool = False, ink: str = INK
) -> Drawing:
    lines = wrap_plain(metrics, text, size, width, bold=bold) if text else ()
    return Drawing(len(lines) * size * LEADING, tuple(set_lines(lines, size=size, ink=ink)))


def _boxes(card: Card, width: float, scale: float, metrics: Metrics) -> Drawing:
    """A box for each answer with its number in it, and what the first and the last mean."""
    side, step = _BOX * scale, (_BOX + _APART) * scale
    wide = step * card.most - _APART * scale
    left = (width - wide) / 2
    marks: list[Mark] = []
    for at in range(card.most):
        x = left + at * step
        marks.append(Box(x, 0, side, side, None, INK, 0.8))
        number = wrap_plain(metrics, str(at + 1), _QUESTION * scale, side)
        top = (side - _QUESTION * scale * LEADING) / 2
        marks += set_lines(
            number, size=_QUESTION * scale, left=x, top=top, width=side, align=Align.CENTRE
        )
    high = side
    for text, x, align in (
        (card.low, 0.0, Align.RIGHT),
        (card.high, left + wide + 4, Align.LEFT),
    ):
        lines = wrap_plain(metrics, text, NOTE * scale, left - 4)
        tall = len(lines) * NOTE * scale * LEADING
        top = max(0.0, (side - tall) / 2)
        marks += set_lines(
            lines, size=NOTE * scale, left=x, top=top, width=left - 4, align=align, ink=QUIET
        )
        high = max(high, tall)
    return Drawing(high, tuple(marks))


def _cuts(sheet: Sheet) -> Iterator[Line]:
    """Dashed lines between the cards."""
    for at in range(1, ACROSS):
        x = sheet.width * at / ACROSS
        for start, end in _dashes(sheet.height):
            yield Line(x, start, x, end, GREY, 0.6)
    for at in range(1, DOWN):
        y = sheet.height * at / DOWN
        for start, end in _dashes(sheet.width):
            yield Line(start, y, end, y, GREY, 0.6)


def _dashes(length: float) -> Iterator[tuple[float, float]]:
    for at in range(int(length / (2 * _DASH))):
        yield 2 * _DASH * at, 2 * _DASH * at + _DASH
