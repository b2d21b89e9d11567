"""An indicator over time as a chart: one bar a period, made of the parts of a dimension."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence

from perpudesk.core.codes import UNKNOWN
from perpudesk.core.formats import number, percent, period_short
from perpudesk.core.i18n import N_, tr
from perpudesk.core.times import Period
from perpudesk.paper.stacked import UNKNOWN_PART, Part, Stack, StackChart
from perpudesk.reports.dimensions import dimension_names
from perpudesk.reports.model import Figure, Figures, Indicator

MOST_PARTS = 7
"""More patterns cannot be told apart on paper; the smallest parts then stand together (ours)."""
_IN_ORDER = frozenset({"age", "education", "weekday", "hour", "workstation", "end", "duration"})
"""Dimensions whose entries have an order of their own; the others stand the largest first."""
_OTHERS = "\x00"
_NUMERIC = tuple("0123456789+")

Name = Callable[[str], str]
"""What an entry of the dimension is called, by its slug."""


def trend(many: Sequence[Figures], indicator: Indicator, dimension: str, name: Name) -> StackChart:
    """The chart of `indicator` over the periods of `many`, by `dimension` or (empty) as a whole.

    A period without a count has no bar, which is not 0; an estimate is marked.
    """
    found = [each.get(indicator) for each in many]
    slugs = _parts([figure.by.get(dimension, {}) for figure in found], dimension)
    stacks = tuple(
        Stack(
            label=period_short(figures.period),
            values=_values(figure, dimension, slugs),
            estimated=figure.is_estimate,
            shown=_shown(figure),
        )
        for figures, figure in zip(many, found, strict=True)
    )
    return StackChart(
        title=_title(indicator, dimension, [each.period for each in many]),
        parts=tuple(
            Part(name=_name(slug, name), place=UNKNOWN_PART if slug == UNKNOWN else place)
            for place, slug in enumerate(slugs)
        ),
        stacks=stacks,
        estimate=tr("partly or wholly estimated"),
        uncounted=tr("not counted"),
    )


def _title(indicator: Indicator, dimension: str, periods: Sequence[Period]) -> str:
    """What the chart shows: `Kunjungan menurut usia, Des 2025 – Nov 2026`."""
    what = tr(indicator.name)
    if dimension:
        what = tr("{indicator} by {dimension}", indicator=what, dimension=_called(dimension))
    ends = dict.fromkeys(period_short(each) for each in (periods[0], periods[-1]))
    return f"{what}, {' – '.join(ends)}"


def _called(dimension: str) -> str:
    return dimension_names()[dimension].lower()


def _parts(breakdowns: Sequence[Mapping[str, int]], dimension: str) -> list[str]:
    """The slugs that have a part of their own, the others together, what is unknown last."""
    sums: Counter[str] = Counter()
    order: dict[str, None] = {}
    for breakdown in breakdowns:
        sums.update(breakdown)
        order |= dict.fromkeys(breakdown)
    if not order:
        return [_OTHERS]
    slugs = [slug for slug in order if slug != UNKNOWN and sums[slug]]
    largest = sorted(slugs, key=lambda slug: -sums[slug])
    if len(slugs) > MOST_PARTS:
        largest = largest[: MOST_PARTS - 1]
    shown = [slug for slug in slugs if slug in largest] if dimension in _IN_ORDER else largest
    others = [_OTHERS] if len(shown) < len(slugs) else []
    return [*shown, *others, *([UNKNOWN] if sums[UNKNOWN] or not shown else [])]


def _values(figure: Figure, dimension: str, slugs: Sequence[str]) -> tuple[float, ...] | None:
    """The parts of a figure, whose sum is its value; None where nobody counted."""
    if figure.value is None:
        return None
    if slugs == [_OTHERS]:
        return (figure.value,)
    counts = figure.by[dimension]
    rest = sum(count for slug, count in counts.items() if slug not in slugs)
    return tuple(rest if slug == _OTHERS else counts.get(slug, 0) for slug in slugs)


def _shown(figure: Figure) -> str:
    """The number above a bar as it is printed everywhere."""
    if figure.value is None:
        return ""
    if figure.unit == "share":
        return f"{percent(figure.value)}%"
    return number(figure.value, 0 if figure.den is None else 1)


def _name(slug: str, name: Name) -> str:
    return tr("the others together") if slug == _OTHERS else name(slug)


def told(chart: StackChart, place: int) -> str:
    """A bar in words: `Okt 2026: 2.700 — Perempuan 1.367 · Laki-laki 1.171`."""
    stack = chart.stacks[place]
    if stack.values is None:
        return f"{stack.label}: {chart.uncounted}"
    whole = f"{stack.label}: {stack.shown or number(stack.total)}"
    mark = f" ({chart.estimate})" if stack.estimated else ""
    if len(chart.parts) == 1:
        return whole + mark
    parts = zip(chart.parts, stack.values, strict=True)
    return whole + mark + " — " + " · ".join(_told(each.name, n) for each, n in parts if n)


def _told(name: str, count: float) -> str:
    """`Perempuan 1.367`; a name that ends in a number is parted from its count: `PC 1: 62`."""
    return f"{name}{':' if name.endswith(_NUMERIC) else ''} {number(count)}"


SPANS = {"months": N_("12 months"), "quarters": N_("3 years"), "years": N_("All years")}
"""Over which time, and in which steps: months, quarters, years."""


def span_periods(span: str, months: Sequence[Period]) -> list[Period]:
    """The periods of a span, earliest first; `months` are those with records, newest first."""
    this, first = months[0].first, months[-1].first
    if span == "quarters":
        begin = this.month - (this.month - 1) % 3
        return [Period.of(this.year, begin - 3 * back, 3) for back in range(11, -1, -1)]
    if span == "years":
        return [Period.of(year, 1, 12) for year in range(first.year, this.year + 1)]
    return [Period.of(this.year, this.month - back) for back in range(11, -1, -1)]
