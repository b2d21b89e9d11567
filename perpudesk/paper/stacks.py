"""How bars made of parts are drawn: patterns that a black-and-white printer tells apart."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from itertools import pairwise

from perpudesk.core.formats import number
from perpudesk.paper.axes import SMALL_LINE, Swatch, axis_top, labelled, legend, title
from perpudesk.paper.document import Align
from perpudesk.paper.marks import (
    AMBER,
    GREY,
    INK,
    LINE,
    PRIMARY,
    PRIMARY_DEEP,
    PRIMARY_LINE,
    PRIMARY_SOFT,
    QUIET,
    WHITE,
    Box,
    Drawing,
    Line,
    Mark,
    Words,
    hatching,
)
from perpudesk.paper.stacked import UNKNOWN_PART, Stack, StackChart
from perpudesk.paper.text import Metrics, one_line
from perpudesk.paper.type import SMALL, aligned, baseline, set_lines, wrap_plain

HIGH = 82.0
"""Height of the bars' field on paper, in points."""
_EDGE = 0.5


@dataclass(frozen=True, slots=True)
class Pattern:
    """A ground, and lines over it `step` points apart where there are any."""

    fill: str
    ink: str | None = None
    step: float = 0.0


PATTERNS = (
    Pattern(PRIMARY),
    Pattern(PRIMARY_LINE),
    Pattern(WHITE, PRIMARY, 2.4),
    Pattern(PRIMARY_DEEP, WHITE, 3.6),
    Pattern(GREY),
    Pattern(PRIMARY_SOFT, PRIMARY_DEEP, 5.0),
    Pattern(LINE),
    Pattern(WHITE, GREY, 1.6),
)
"""In order of their weight on paper; neighbours differ in grey and in lines."""
_UNKNOWN = Pattern(WHITE)


def pattern_of(place: int) -> Pattern:
    """The pattern of a part."""
    return _UNKNOWN if place == UNKNOWN_PART else PATTERNS[place % len(PATTERNS)]


def patterned(pattern: Pattern, box: Box) -> Iterator[Mark]:
    """A box in a pattern, with an edge that ends it on any ground."""
    yield Box(box.x, box.y, box.width, box.height, pattern.fill)
    if pattern.ink:
        yield from hatching(box, pattern.step, pattern.ink, 0.5)
    yield Box(box.x, box.y, box.width, box.height, None, QUIET, _EDGE)


class Field:
    """The field of such a chart: `left` is where its first bar's room begins, each `pitch` wide."""

    def __init__(
        self, chart: StackChart, width: float, metrics: Metrics, *, high: float = HIGH
    ) -> None:
        """`high` is the height of the tallest possible bar."""
        self._chart, self._metrics, self._high = chart, metrics, high
        self._top, self._step = axis_top(max((each.total for each in chart.stacks), default=0.0))
        count = max(1, len(chart.stacks))
        self._valued = all(
            metrics.width(_shown(each), SMALL) <= width / count * 0.96 for each in chart.stacks
        )
        self.left = 0.0 if self._valued else metrics.width(number(self._top), SMALL) + 5
        self.pitch = (width - self.left) / count
        self.head = SMALL * 1.3
        self.floor = self.head + high
        self._width = width

    def marks(self) -> Iterator[Mark]:
        """Gridlines where the bars carry no number, the bars, and their floor."""
        if not self._valued:
            for at in range(round(self._top / self._step) + 1):
                yield from self._line(at * self._step)
        for place, stack in enumerate(self._chart.stacks):
            yield from self._stack(place, stack)
        yield Line(self.left, self.floor, self._width, self.floor, INK, 0.7)

    def _line(self, value: float) -> Iterator[Mark]:
        y, text = self._y(value), number(value)
        right = self.left - 4 - self._metrics.width(text, SMALL)
        yield Words(right, baseline(y - 4, 8, SMALL), text, SMALL, ink=QUIET)
        if value:
            yield Line(self.left, y, self._width, y, LINE, 0.5)

    def _y(self, value: float) -> float:
        return self.floor - self._high * value / self._top

    def _stack(self, place: int, stack: Stack) -> Iterator[Mark]:
        thick = min(self.pitch * 0.76, 46.0)
        x = self.left + place * self.pitch + (self.pitch - thick) / 2
        if stack.values is None:
            yield self.centred("?", place, self.floor - 2)
            return
        sums = [0.0]
        for value in stack.values:
            sums.append(sums[-1] + value)
        for part, (low, up) in zip(self._chart.parts, pairwise(sums), strict=True):
            if up > low:
                box = Box(x, self._y(up), thick, self._y(low) - self._y(up))
                yield from patterned(pattern_of(part.place), box)
        top = self._y(stack.total)
        if stack.estimated and stack.total:
            yield Box(x, top, thick, self.floor - top, None, AMBER, 1.6)
        if self._valued and (text := _shown(stack)):
            yield self.centred(text, place, top - 2.5)

    def centred(self, text: str, place: int, y: float) -> Words:
        """`text` in the middle of a bar's room, within the chart."""
        wide = self._metrics.width(text, SMALL)
        x = aligned(self.left + place * self.pitch, self.pitch, wide, Align.CENTRE)
        return Words(max(0.0, min(x, self._width - wide)), y, text, SMALL)


def stacks(
    chart: StackChart, width: float, metrics: Metrics, *, high: float = HIGH
) -> tuple[Drawing, ...]:
    """The chart in strips `width` wide, from its title down to its legend."""
    field = Field(chart, width, metrics, high=high)
    labels = [one_line(each.label) for each in chart.stacks]
    widest = max((metrics.width(label, SMALL) for label in labels), default=0.0)
    below, places = baseline(field.floor + 2, 8, SMALL), labelled(len(labels), widest, field.pitch)
    marks: list[Mark] = [*field.marks()]
    marks += [field.centred(labels[place], place, below) for place in places]
    height = field.floor + 2 + SMALL_LINE
    if chart.category_axis:
        lines = wrap_plain(metrics, chart.category_axis, SMALL, width)
        marks += set_lines(
            lines, size=SMALL, top=height - 1, width=width, align=Align.CENTRE, ink=QUIET
        )
        height += len(lines) * SMALL_LINE
    strips = [title(chart.title, chart.value_axis, width, metrics), Drawing(height, tuple(marks))]
    if entries := [*_entries(chart)]:
        strips.append(legend(entries, width, metrics))
    return tuple(strips)


def _entries(chart: StackChart) -> Iterator[tuple[Swatch, str]]:
    """What the patterns and marks that occur mean; one pattern alone needs no words."""
    if len(chart.parts) > 1:
        for part in chart.parts:
            yield partial(_swatch, pattern_of(part.place)), part.name
    if chart.estimate and any(each.estimated for each in chart.stacks):
        yield _estimated, chart.estimate
    if chart.uncounted and any(each.values is None for each in chart.stacks):
        yield _uncounted, chart.uncounted


def _swatch(pattern: Pattern, x: float, top: float) -> Iterator[Mark]:
    return patterned(pattern, Box(x, top + 1.6, 8.0, 6.0))


def _estimated(x: float, top: float) -> Iterator[Mark]:
    yield Box(x + 0.8, top + 2.4, 6.4, 5.2, None, AMBER, 1.6)


def _uncounted(x: float, top: float) -> Iterator[Mark]:
    yield Words(x + 1.6, top + 7.4, "?", SMALL)


def _shown(stack: Stack) -> str:
    """What stands above a bar; an estimate keeps its mark."""
    if stack.values is None:
        return ""
    return (one_line(stack.shown) or number(stack.total)) + ("*" if stack.estimated else "")
