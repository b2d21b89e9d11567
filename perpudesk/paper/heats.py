"""How a table of counts is shaded: five steps of grey that a black-and-white printer keeps apart.

Every cell has its number, in white where the ground is dark.
"""

from __future__ import annotations

from collections.abc import Iterator

from perpudesk.core.formats import number
from perpudesk.paper.axes import SMALL_LINE, title
from perpudesk.paper.document import Align
from perpudesk.paper.heat import HeatMap, HeatRow
from perpudesk.paper.marks import INK, LINE, PRIMARY, QUIET, WHITE, Box, Drawing, Mark, Words
from perpudesk.paper.text import Metrics, one_line
from perpudesk.paper.type import NOTE, SMALL, aligned, baseline, set_lines, wrap_plain

_HIGH = 14.0
"""Height of a row, in points."""
_WIDEST = 58.0
_SHADES = (
    ("#E1EBEA", INK),
    ("#BCD2D1", INK),
    ("#93B7B5", INK),
    ("#3E7F7A", WHITE),
    (PRIMARY, WHITE),
)
"""From few to many: the ground, and what is written on it."""


def heats(chart: HeatMap, width: float, metrics: Metrics) -> tuple[Drawing, ...]:
    """The chart in strips `width` wide, from its title down to its last row."""
    field = _Field(chart, width, metrics)
    return (title(chart.title, chart.value_axis, width, metrics), field.drawing())


class _Field:
    """The cells with the names of their rows at the left and of their columns above."""

    def __init__(self, chart: HeatMap, width: float, metrics: Metrics) -> None:
        self._chart = chart
        self._metrics = metrics
        names = [metrics.width(one_line(row.label), NOTE) for row in chart.rows]
        self._left = max(names, default=0.0) + 6
        self._pitch = min(_WIDEST, (width - self._left) / max(1, len(chart.columns)))
        self._head = SMALL_LINE + 2 if chart.columns else 0.0
        counts = [n for row in chart.rows for n in row.values if n]
        self._least, self._most = min(counts, default=0), max(counts, default=0)

    def drawing(self) -> Drawing:
        """The names of the columns, the rows, and what the columns are."""
        marks: list[Mark] = []
        for at, name in enumerate(self._chart.columns):
            marks.append(self._centred(one_line(name), at, baseline(0, SMALL_LINE, SMALL)))
        for place, row in enumerate(self._chart.rows):
            marks += self._row(row, self._head + place * _HIGH)
        height = self._head + len(self._chart.rows) * _HIGH
        if self._chart.category_axis:
            wide = self._pitch * len(self._chart.columns)
            lines = wrap_plain(self._metrics, self._chart.category_axis, SMALL, wide)
            marks += set_lines(
                lines,
                size=SMALL,
                left=self._left,
                top=height + 1,
                width=wide,
                align=Align.CENTRE,
                ink=QUIET,
            )
            height += 1 + len(lines) * SMALL_LINE
        return Drawing(height, tuple(marks))

    def _row(self, row: HeatRow, top: float) -> Iterator[Mark]:
        name = one_line(row.label)
        right = aligned(0, self._left - 6, self._metrics.width(name, NOTE), Align.RIGHT)
        yield Words(right, baseline(top, _HIGH, NOTE), name, NOTE)
        for at, count in enumerate(row.values):
            ground, ink = self._shade(count)
            x = self._left + at * self._pitch
            yield Box(x, top, self._pitch, _HIGH, ground, LINE, 0.5)
            if count is not None:
                yield self._centred(number(count), at, baseline(top, _HIGH, SMALL), ink)

    def _shade(self, count: int | None) -> tuple[str, str]:
        """Nothing is white, the fewest are palest and the most darkest, in even steps."""
        if not count:
            return WHITE, QUIET
        if self._least == self._most:
            return _SHADES[len(_SHADES) // 2]
        step = (count - self._least) * len(_SHADES) // (self._most - self._least)
        return _SHADES[min(step, len(_SHADES) - 1)]

    def _centred(self, text: str, at: int, y: float, ink: str = INK) -> Words:
        wide = self._metrics.width(text, SMALL)
        x = aligned(self._left + at * self._pitch, self._pitch, wide, Align.CENTRE)
        return Words(x, y, text, SMALL, ink=ink)
