"""Charts as marks: the same geometry for paper and screen, told apart without colour.

Estimated bars are amber and hatched, closed days are pale hatched stubs, days not counted an open
stub with a question mark, days not set a dot: each survives a black-and-white printer.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from perpudesk.core.formats import number
from perpudesk.paper.axes import SMALL_LINE, axis_top, labelled, legend, title
from perpudesk.paper.document import (
    Align,
    Bar,
    BarChart,
    BarStyle,
    Chart,
    HBarChart,
)
from perpudesk.paper.heat import HeatMap
from perpudesk.paper.heats import heats
from perpudesk.paper.marks import (
    AMBER,
    GREY,
    INK,
    LINE,
    PRIMARY,
    QUIET,
    WHITE,
    Box,
    Drawing,
    Line,
    Mark,
    Words,
    hatching,
)
from perpudesk.paper.stacked import StackChart
from perpudesk.paper.stacks import stacks
from perpudesk.paper.text import Metrics, TextLine, one_line
from perpudesk.paper.type import (
    LEADING,
    NOTE,
    SMALL,
    aligned,
    baseline,
    set_lines,
    wrap_plain,
)

_PLOT = 82.0
"""Height of the bars' field, in points."""


def plot(chart: Chart, width: float, metrics: Metrics) -> tuple[Drawing, ...]:
    """The chart in strips `width` wide, from its title down to its legend."""
    if isinstance(chart, StackChart):
        return stacks(chart, width, metrics)
    if isinstance(chart, HeatMap):
        return heats(chart, width, metrics)
    head = title(chart.title, chart.value_axis, width, metrics)
    if isinstance(chart, BarChart):
        strips = [head, _Upright(chart, width, metrics).drawing()]
    else:
        strips = [head, *_Lying(chart, width, metrics).rows()]
    if chart.legend:
        entries = [(partial(_swatch, each.style, metrics), each.text) for each in chart.legend]
        strips.append(legend(entries, width, metrics))
    return tuple(strips)


class _Upright:
    """The field of a chart with upright bars."""

    def __init__(self, chart: BarChart, width: float, metrics: Metrics) -> None:
        self._chart = chart
        self._metrics = metrics
        self._width = width
        values = [_height_of(bar) for bar in chart.bars]
        highest = max(values, default=0.0)
        self._top, self._step = axis_top(highest)
        self._valued = self._values_fit(width / max(1, len(values)))
        if self._valued and highest:
            self._top = highest
        self._left = 0.0 if self._valued else self._gutter()
        self._pitch = (width - self._left) / max(1, len(values))
        self._head = SMALL * 1.3 if self._valued else 4.0
        self._floor = self._head + _PLOT

    def _values_fit(self, pitch: float) -> bool:
        return all(
            self._metrics.width(text, SMALL) <= pitch * 0.96
            for text in map(_shown, self._chart.bars)
        )

    def _gutter(self) -> float:
        return self._metrics.width(number(self._top), SMALL) + 5

    def drawing(self) -> Drawing:
        """Gridlines or values, bars, and the labels below."""
        marks = [*([] if self._valued else self._grid()), *self._all_bars()]
        marks.append(Line(self._left, self._floor, self._width, self._floor, INK, 0.7))
        marks += self._labels()
        height = self._floor + 2 + SMALL_LINE
        if self._chart.category_axis:
            lines = wrap_plain(self._metrics, self._chart.category_axis, SMALL, self._width)
            marks += set_lines(
                lines,
                size=SMALL,
                left=self._left,
                top=height - 1,
                width=self._width - self._left,
                align=Align.CENTRE,
                ink=QUIET,
            )
            height += len(lines) * SMALL_LINE
        return Drawing(height, tuple(marks))

    def _grid(self) -> Iterator[Mark]:
        for count in range(int(self._top / self._step + 0.5) + 1):
            value = count * self._step
            y = self._y(value)
            text = number(value)
            right = self._left - 4 - self._metrics.width(text, SMALL)
            yield Words(right, baseline(y - 4, 8, SMALL), text, SMALL, ink=QUIET)
            if count:
                yield Line(self._left, y, self._width, y, LINE, 0.5)

    def _y(self, value: float) -> float:
        return self._floor - _PLOT * value / self._top

    def _all_bars(self) -> Iterator[Mark]:
        thick = min(self._pitch * 0.72, 24.0)
        for place, bar in enumerate(self._chart.bars):
            left = self._left + place * self._pitch + (self._pitch - thick) / 2
            high = _PLOT * _height_of(bar) / self._top
            yield from _bar_marks(bar.style, left, self._floor - high, thick, high)
            if bar.style is BarStyle.NOT_COUNTED and not high:
                yield self._centred("?", place, self._floor - _STUB - 1.5)
            elif self._valued and (text := _shown(bar)):
                yield self._centred(text, place, self._floor - high - 2)

    def _centred(self, text: str, place: int, y: float) -> Words:
        """`text` in the middle of a bar's place, but within the chart."""
        wide = self._metrics.width(text, SMALL)
        left = self._left + place * self._pitch
        x = aligned(left, self._pitch, wide, Align.CENTRE)
        return Words(max(0.0, min(x, self._width - wide)), y, text, SMALL)

    def _labels(self) -> Iterator[Mark]:
        labels = [one_line(bar.label) for bar in self._chart.bars]
        widest = max((self._metrics.width(label, SMALL) for label in labels), default=0.0)
        for place in labelled(len(labels), widest, self._pitch):
            yield self._centred(labels[place], place, baseline(self._floor + 2, 8, SMALL))


_STUB = 4.0
"""Height of the stub of a day without a count."""


def _height_of(bar: Bar) -> float:
    return max(0.0, bar.value or 0.0)


def _shown(bar: Bar) -> str:
    """What is written at the bar: nothing where nothing was counted."""
    if bar.shown:
        return one_line(bar.shown)
    return number(bar.value) if bar.value or bar.style is BarStyle.NORMAL else ""


def _bar_marks(style: BarStyle, x: float, y: float, width: float, height: float) -> Iterator[Mark]:
    """A bar in its style; without height a closed or uncounted one is a stub on its floor."""
    floor = y + height
    match style:
        case BarStyle.NORMAL:
            if height:
                yield Box(x, y, width, height, PRIMARY)
        case BarStyle.ESTIMATED:
            if height:
                bar = Box(x, y, width, height, AMBER)
                yield bar
                yield from hatching(bar, 3.0, WHITE, 0.9)
                yield Box(x, y, width, height, None, AMBER, 0.8)
        case BarStyle.CLOSED:
            high = height or _STUB
            bar = Box(x, floor - high, width, high, LINE)
            yield bar
            yield from hatching(bar, 2.2, GREY, 0.4)
        case BarStyle.NOT_COUNTED:
            high = height or _STUB
            yield Box(x, floor - high, width, high, WHITE, QUIET, 0.6)
        case _ if height:  # not set
            yield Box(x, y, width, height, WHITE, GREY, 0.4)
        case _:
            yield Box(x + width / 2 - 0.7, floor - 2.6, 1.4, 1.4, QUIET)


class _Lying:
    """The rows of a chart with lying bars."""

    def __init__(self, chart: HBarChart, width: float, metrics: Metrics) -> None:
        self._chart = chart
        self._metrics = metrics
        self._width = width
        labels = [metrics.width(one_line(bar.label), NOTE) for bar in chart.bars]
        shown = [metrics.width(self._value(bar), NOTE) for bar in chart.bars]
        self._text = min(max(labels, default=0.0), width * 0.42) + 0.01
        self._left = self._text + 6
        self._room = max(20.0, width - self._left - max(shown, default=0.0) - 5)
        self._highest = max((_height_of(bar) for bar in chart.bars), default=0.0) or 1.0

    def _value(self, bar: Bar) -> str:
        return one_line(bar.shown) or number(bar.value)

    def rows(self) -> Iterator[Drawing]:
        """One strip for each bar: its name, the bar, its value."""
        for bar in self._chart.bars:
            yield self._row(bar, wrap_plain(self._metrics, bar.label, NOTE, self._text))
        if self._chart.category_axis:
            lines = wrap_plain(self._metrics, self._chart.category_axis, SMALL, self._width)
            marks = tuple(set_lines(lines, size=SMALL, ink=QUIET))
            yield Drawing(len(lines) * SMALL_LINE, marks)

    def _row(self, bar: Bar, lines: Sequence[TextLine]) -> Drawing:
        height = len(lines) * NOTE * LEADING + 3.4
        marks = list[Mark](
            set_lines(lines, size=NOTE, top=1.7, width=self._text, align=Align.RIGHT)
        )
        long = self._room * _height_of(bar) / self._highest
        top = height / 2 - 4
        marks += _lying_marks(bar.style, self._left, top, long)
        marks.append(Line(self._left, 0, self._left, height, INK, 0.7))
        y = baseline(0, height, NOTE)
        marks.append(Words(self._left + long + 4, y, self._value(bar), NOTE))
        return Drawing(height, tuple(marks))


def _lying_marks(style: BarStyle, x: float, y: float, long: float) -> Iterator[Mark]:
    if long:
        yield from _bar_marks(style, x, y, long, 8.0)


def _swatch(style: BarStyle, metrics: Metrics, x: float, top: float) -> Iterator[Mark]:
    if style is BarStyle.NOT_SET:
        yield from _bar_marks(style, x, top + 5.8, 8.0, 0)
    else:
        yield from _bar_marks(style, x, top + 1.6, 8.0, 6.0)
    if style is BarStyle.NOT_COUNTED:
        wide = metrics.width("?", SMALL - 1)
        yield Words(x + 4 - wide / 2, top + 6.8, "?", SMALL - 1)
