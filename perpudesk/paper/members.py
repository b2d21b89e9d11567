"""Members' cards: two beside each other, with lines to cut along."""

from __future__ import annotations

from collections.abc import Iterator

from perpudesk.paper.document import CardRow, MemberCard
from perpudesk.paper.marks import INK, QUIET, Box, Drawing, Mark
from perpudesk.paper.qr import qr_marks
from perpudesk.paper.sizes import MM
from perpudesk.paper.text import Metrics, TextLine
from perpudesk.paper.type import LEADING, set_lines, wrap_plain

ACROSS = 2
_TALL, _SIDE, _CODE = 48 * MM, 4 * MM, 24 * MM
_LARGEST, _SMALLEST = 13.0, 7.0
"""Sizes of a name: smaller where it is long, in more lines where that is not enough."""
_SMALL, _NUMBER = 7.5, 12.0


def cards_drawing(cards: CardRow, width: float, metrics: Metrics) -> Drawing:
    """The cards of a row, each in its frame."""
    wide = width / ACROSS
    marks: list[Mark] = []
    for place, card in enumerate(cards.cards):
        marks.append(Box(place * wide, 0, wide, _TALL, edge=QUIET))
        marks += _card(card, place * wide, wide, metrics)
    return Drawing(_TALL, tuple(marks))


def _card(card: MemberCard, left: float, wide: float, metrics: Metrics) -> Iterator[Mark]:
    inner, at = wide - 2 * _SIDE, left + _SIDE
    head = wrap_plain(metrics, card.library, _SMALL, inner, bold=True)[:2]
    yield from set_lines(head, size=_SMALL, left=at, top=_SIDE, width=inner, ink=QUIET)
    top = _SIDE + 2 * _SMALL * LEADING + 2 * MM
    room = inner - _CODE - 3 * MM
    lines, size = _name(card.name, room, _TALL - top - _SIDE - _NUMBER * LEADING, metrics)
    yield from set_lines(lines, size=size, left=at, top=top, width=room, ink=INK)
    number = wrap_plain(metrics, card.number, _NUMBER, room, bold=True)
    below = _TALL - _SIDE - len(number) * _NUMBER * LEADING
    yield from set_lines(number, size=_NUMBER, left=at, top=below, width=room, ink=INK)
    yield from qr_marks(card.code, left + wide - _SIDE - _CODE, _TALL - _SIDE - _CODE, _CODE)


def _name(
    name: str, width: float, height: float, metrics: Metrics
) -> tuple[tuple[TextLine, ...], float]:
    """A name in lines, and their size."""
    size = _LARGEST
    while True:
        lines = wrap_plain(metrics, name, size, width, bold=True)
        if len(lines) * size * LEADING <= height or size <= _SMALLEST:
            return lines, size
        size -= 0.5
