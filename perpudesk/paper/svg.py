"""A drawing as an SVG picture: the marks of paper for the screen and for other programs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from xml.sax.saxutils import escape, quoteattr

from perpudesk.paper.marks import WHITE, Box, Drawing, Line, Mark, Placed, Words, flat
from perpudesk.paper.text import Metrics

_FONTS = "DejaVu Sans, Verdana, sans-serif"
"""Verdana is as wide as DejaVu Sans, where that is not installed."""


def svg(strips: Sequence[Drawing], width: float, metrics: Metrics, *, margin: float = 8.0) -> str:
    """The strips below one another on white; sizes in points, text as text."""
    parts, top = [], margin
    for strip in strips:
        parts.append(Placed(margin, top, strip))
        top += strip.height
    wide, high = _number(width + 2 * margin), _number(top + margin)
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {high}" width="{wide}pt">',
        f'<g font-family="{_FONTS}">',
        f'<rect width="{wide}" height="{high}" fill="{WHITE}"/>',
    ]
    for part in parts:
        for mark, left, above in flat(part):
            lines += _element(mark, left, above, metrics)
    return "\n".join([*lines, "</g>", "</svg>", ""])


def _element(mark: Mark, left: float, top: float, metrics: Metrics) -> Iterator[str]:
    match mark:
        case Box():
            yield (
                f'<rect x="{_number(left + mark.x)}" y="{_number(top + mark.y)}"'
                f' width="{_number(mark.width)}" height="{_number(mark.height)}"'
                f' fill="{mark.fill or "none"}"{_edge(mark)}/>'
            )
        case Line():
            ends = (left + mark.x1, top + mark.y1, left + mark.x2, top + mark.y2)
            x1, y1, x2, y2 = map(_number, ends)
            yield (
                f'<line x1="{x1}" y1="{y1}" x2="{x2}" y2="{y2}" stroke="{mark.ink}"'
                f' stroke-width="{_number(mark.thickness)}"/>'
            )
        case Words():
            yield _text(mark, left, top, metrics)


def _edge(box: Box) -> str:
    if not box.edge:
        return ""
    return f' stroke="{box.edge}" stroke-width="{_number(box.thickness)}"'


def _text(words: Words, left: float, top: float, metrics: Metrics) -> str:
    """A stretch of text; whoever shows it orders right-to-left letters by itself."""
    widths = metrics.bold if words.bold else metrics.regular
    text = widths.printable(words.text)
    weight = ' font-weight="bold"' if words.bold else ""
    style = ' font-style="italic"' if words.italic else ""
    return (
        f'<text x="{_number(left + words.x)}" y="{_number(top + words.y)}"'
        f" font-size={quoteattr(_number(words.size))}"
        f' fill="{words.ink}"{weight}{style}>{escape(text)}</text>'
    )


def _number(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")
