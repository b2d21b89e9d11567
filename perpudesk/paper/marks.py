"""What layout is made of: text, boxes, lines and pictures at their places, in points.

Pure values with the origin at the upper left and y downwards, as on a screen: whatever can draw
these four kinds of mark can show a report or a chart.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

# The colours of the screen (look.md), each with one meaning.
INK = "#17211F"
QUIET = "#5B6966"
LINE = "#D9E0DD"
PRIMARY = "#0E5F59"
PRIMARY_DEEP = "#0B4B46"
PRIMARY_SOFT = "#E3F0EE"
PRIMARY_LINE = "#9DBFBC"
AMBER = "#B86E00"
WHITE = "#FFFFFF"
GREY = "#8A9693"
WATERMARK = "#EDF0EF"


@dataclass(frozen=True, slots=True)
class Words:
    """A stretch of text in one style; `y` is its baseline, `tracking` more room between letters."""

    x: float
    y: float
    text: str
    size: float
    bold: bool = False
    italic: bool = False
    ink: str = INK
    tracking: float = 0.0


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle, filled or edged or both."""

    x: float
    y: float
    width: float
    height: float
    fill: str | None = None
    edge: str | None = None
    thickness: float = 0.6


@dataclass(frozen=True, slots=True)
class Line:
    """A straight line."""

    x1: float
    y1: float
    x2: float
    y2: float
    ink: str = INK
    thickness: float = 0.6


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture file's bytes, scaled into a rectangle."""

    x: float
    y: float
    width: float
    height: float
    data: bytes


Mark = Words | Box | Line | Picture


@dataclass(frozen=True, slots=True)
class Drawing:
    """Marks from the upper left of a strip of `height`, and drawings placed within it."""

    height: float
    marks: tuple[Mark, ...] = ()
    parts: tuple[Placed, ...] = ()


@dataclass(frozen=True, slots=True)
class Placed:
    """A drawing and where its upper left corner lies."""

    x: float
    y: float
    drawing: Drawing


def flat(placed: Placed, x: float = 0, y: float = 0) -> Iterator[tuple[Mark, float, float]]:
    """Every mark in reading order with the offset it is drawn at."""
    left, top = x + placed.x, y + placed.y
    for mark in placed.drawing.marks:
        yield mark, left, top
    for part in placed.drawing.parts:
        yield from flat(part, left, top)


def hatching(box: Box, step: float, ink: str, thickness: float) -> Iterator[Line]:
    """Rising diagonals `step` apart, cut to the box: a grey that any printer tells apart."""
    reach = step
    while reach < box.width + box.height:
        start, end = max(0.0, reach - box.height), min(reach, box.width)
        yield Line(
            box.x + start,
            box.y + reach - start,
            box.x + end,
            box.y + reach - end,
            ink,
            thickness,
        )
        reach += step
