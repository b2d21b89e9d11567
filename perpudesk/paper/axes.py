"""What every chart has: its title, the end of its axis, labels that fit, a legend."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence

from perpudesk.paper.marks import QUIET, Drawing, Mark
from perpudesk.paper.text import Metrics
from perpudesk.paper.type import LEADING, SMALL, TABLE, set_lines, wrap_plain

SMALL_LINE = SMALL * LEADING
_STEPS = (1, 2, 7, 14, 28, 56)
"""Every how many bars has a label: whole weeks where days get crowded."""
_SWATCH = 11.0

Swatch = Callable[[float, float], Iterable[Mark]]
"""The marks of a legend's swatch at `x`, `top`."""


def title(text: str, values: str, width: float, metrics: Metrics) -> Drawing:
    """What the chart shows, and under it what its `values` are."""
    lines = wrap_plain(metrics, text, TABLE, width)
    marks = list[Mark](set_lines(lines, size=TABLE, top=2.3))
    height = len(lines) * TABLE * LEADING + 4.6
    if values:
        axis = wrap_plain(metrics, values, SMALL, width)
        marks += set_lines(axis, size=SMALL, top=height - 2, ink=QUIET)
        height += len(axis) * SMALL_LINE
    return Drawing(height, tuple(marks))


def axis_top(highest: float) -> tuple[float, float]:
    """The end of an axis that holds `highest`, and the step of its lines.

    A step is 1, 2, 5 or 25 times a power of ten, whole as counts are; at most five of them.
    """
    rough = max(highest, 1.0) / 5
    power = 10.0 ** math.floor(math.log10(rough))
    steps = (factor * power for factor in (1, 2, 2.5, 5, 10))
    step = next(each for each in steps if each >= rough and each == int(each))
    return max(1, math.ceil(highest / step)) * step, step


def labelled(count: int, widest: float, pitch: float) -> range:
    """Which of `count` bars, `pitch` apart, carry a label when the widest is so wide."""
    fitting = (step for step in _STEPS if widest + 2 <= pitch * step)
    return range(0, count, next(fitting, max(1, count)))


def legend(entries: Sequence[tuple[Swatch, str]], width: float, metrics: Metrics) -> Drawing:
    """A swatch and a text for each, side by side as far as they fit."""
    marks: list[Mark] = []
    x, top, tall = 0.0, 2.0, 0.0
    for swatch, text in entries:
        lines = wrap_plain(metrics, text, SMALL, width - _SWATCH)
        wide = _SWATCH + max(line.width for line in lines) * SMALL
        if x and x + wide > width:
            x, top, tall = 0.0, top + tall, 0.0
        marks += swatch(x, top)
        marks += set_lines(lines, size=SMALL, left=x + _SWATCH, top=top, ink=QUIET)
        x += wide + 9
        tall = max(tall, len(lines) * SMALL_LINE)
    return Drawing(top + tall, tuple(marks))
