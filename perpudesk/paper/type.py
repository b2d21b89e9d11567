"""Sizes of type and how lines of text become a strip."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from perpudesk.paper.document import Align, Span
from perpudesk.paper.marks import INK, Words
from perpudesk.paper.text import Metrics, TextLine, set_line

LARGE = 62.0
LEAD = 10.5
BODY = 9.0
TABLE = 8.0
NOTE = 7.2
SMALL = 6.6
LEADING = 1.36
"""Height of a line, in sizes."""
_CAPITAL = 0.73
"""Height of a capital letter of DejaVu Sans, in sizes."""


def baseline(top: float, height: float, size: float) -> float:
    """Where text of `size` stands so that its capitals are centred in a strip."""
    return top + (height + _CAPITAL * size) / 2


def aligned(left: float, width: float, text_width: float, align: Align) -> float:
    """Where text of a width begins between `left` and `left + width`."""
    factor = {Align.LEFT: 0.0, Align.CENTRE: 0.5, Align.RIGHT: 1.0}[align]
    return left + (width - text_width) * factor


def set_lines(
    lines: Sequence[TextLine],
    *,
    size: float,
    left: float = 0.0,
    top: float = 0.0,
    width: float = 0.0,
    align: Align = Align.LEFT,
    ink: str = INK,
) -> Iterable[Words]:
    """The marks of lines below each other, each `LEADING * size` high."""
    for number, line in enumerate(lines):
        x = aligned(left, width, line.width * size, align)
        y = baseline(top + number * LEADING * size, LEADING * size, size)
        yield from set_line(line, x, y, size, ink=ink)


def wrap_plain(
    metrics: Metrics,
    text: str,
    size: float,
    width: float,
    *,
    bold: bool = False,
    italic: bool = False,
) -> tuple[TextLine, ...]:
    """`text` in one style, in lines no wider than `width`."""
    return metrics.wrap((Span(text=text, bold=bold, italic=italic),), size, width)
