"""A chart as a picture for the screen, with where its bars stand: drawn as it is printed."""

from __future__ import annotations

from dataclasses import dataclass

from perpudesk.paper.fonts import metrics
from perpudesk.paper.stacked import StackChart
from perpudesk.paper.stacks import Field, stacks
from perpudesk.paper.svg import svg

WIDTH, HIGH, MARGIN = 620.0, 250.0, 10.0
"""Points: the width of a chart on the screen, the height of its field, and the white around it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartPicture:
    """The SVG text of a chart, and where the room of each bar is, in parts of its width."""

    svg: str
    bars: tuple[tuple[float, float], ...]


def picture(chart: StackChart) -> ChartPicture:
    """The chart as it is printed, larger."""
    widths = metrics()
    field = Field(chart, WIDTH, widths, high=HIGH)
    whole = WIDTH + 2 * MARGIN
    lefts = [MARGIN + field.left + place * field.pitch for place in range(len(chart.stacks) + 1)]
    return ChartPicture(
        svg=svg(stacks(chart, WIDTH, widths, high=HIGH), WIDTH, widths, margin=MARGIN),
        bars=tuple((left / whole, (left + field.pitch) / whole) for left in lefts[:-1]),
    )
