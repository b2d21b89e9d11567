"""A chart as a picture for the screen, with where its bars stand: drawn as it is printed."""

from __future__ import annotations

from dataclasses import dataclass

from perpudesk.paper.fonts import metrics
from perpudesk.paper.stacked import StackChart
from perpudesk.paper.stacks import Field, stacks
from perpudesk.paper.svg import svg

WIDTH, HIGH, MARGIN = 640.0, 250.0, 10.0
"""Points: the width of a chart on the screen, the height of its field, and the white around it."""
_LEAST_HIGH = 48.0
"""A field lower than this tells nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartPicture:
    """The SVG text of a chart, and where the room of each bar is, in parts of its width."""

    svg: str
    bars: tuple[tuple[float, float], ...]


def picture(
    chart: StackChart, *, width: float = WIDTH, height: float | None = None
) -> ChartPicture:
    """The chart as it is printed, larger; with a `height` in points it fills that as a whole."""
    widths, inner, high = metrics(), width - 2 * MARGIN, HIGH
    if height is not None:
        around = sum(each.height for each in stacks(chart, inner, widths, high=HIGH)) - HIGH
        high = max(_LEAST_HIGH, height - 2 * MARGIN - around)
    field = Field(chart, inner, widths, high=high)
    lefts = [MARGIN + field.left + place * field.pitch for place in range(len(chart.stacks) + 1)]
    return ChartPicture(
        svg=svg(stacks(chart, inner, widths, high=high), inner, widths, margin=MARGIN),
        bars=tuple((left / width, (left + field.pitch) / width) for left in lefts[:-1]),
    )
