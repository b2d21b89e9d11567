"""Any two periods beside each other: every indicator, its change, and who came."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from perpudesk.core.codes import UNKNOWN
from perpudesk.core.formats import NOTHING, number, percent, period_name, period_short
from perpudesk.core.i18n import tr, trc
from perpudesk.paper.document import Align, Block, Column, Document, Heading, Note, Row, Table
from perpudesk.reports.dimensions import dimension_names, entry_name
from perpudesk.reports.model import (
    COMPUTER_SESSIONS,
    COMPUTER_USE_RATE,
    VISITS,
    Figures,
    Indicator,
    Reached,
    known,
    points,
    reached,
    share,
    shown,
    told,
)
from perpudesk.reports.papers.frame import Head, framed
from perpudesk.reports.periodic.tables import (
    BEYOND,
    ESTIMATE,
    beyond_note,
    light_cell,
    mark,
    moved,
    signed_points,
)
from perpudesk.totals.model import Target, Thresholds

DIMENSIONS = ("sex", "age", "type", "purpose", "occupation", "education")
"""Breakdowns of visits that both periods have entries of in common."""
DIMENSIONS_OF_COMPUTERS = ("sex", "age", "purpose", "occupation")
"""And of computer sessions."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Two periods of a branch; targets are those of the first one's year."""

    head: Head
    first: Figures
    second: Figures
    today: date
    targets: Mapping[str, Target] = field(default_factory=dict)
    thresholds: Thresholds = field(default_factory=Thresholds)
    labels: Mapping[str, Mapping[str, str]]
    """By dimension, what the entries of lists that grow are called."""

    @property
    def sums_compare(self) -> bool:
        """Whether sums may be held against each other: both periods are over and as long."""
        over = all(each.period.last < self.today for each in (self.first, self.second))
        return over and self.first.period.length == self.second.period.length


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparedRow:
    """One line as it is read on screen and on paper; `goal` is of the first period."""

    name: str
    first: str
    second: str
    change: str
    target: str = ""
    goal: Reached = field(default_factory=Reached)


def compared(comparison: Comparison) -> tuple[ComparedRow, ...]:
    """Every indicator of both periods, those of computers where there are any."""
    known = told(comparison.first, comparison.second)
    return tuple(_indicator(comparison, each) for each in known)


def _indicator(comparison: Comparison, indicator: Indicator) -> ComparedRow:
    first, second = comparison.first.get(indicator), comparison.second.get(indicator)
    goal = reached(
        first,
        comparison.first.period,
        comparison.targets.get(indicator.code),
        comparison.thresholds,
        over=comparison.first.period.last < comparison.today,
    )
    comparable = indicator.ratio or indicator.stock or comparison.sums_compare
    return ComparedRow(
        name=tr(indicator.name),
        first=f"{shown(indicator, first.value)}{mark(first)}",
        second=f"{shown(indicator, second.value)}{mark(second)}",
        change=moved(indicator, first.value, second.value) if comparable else NOTHING,
        target=shown(indicator, goal.target),
        goal=goal,
    )


def parts_of(
    comparison: Comparison, dimension: str, of: Indicator = VISITS
) -> tuple[ComparedRow, ...]:
    """A breakdown of the visits of both periods: counts with shares of what was recorded."""
    first, second = (
        each.get(of).by.get(dimension, {}) for each in (comparison.first, comparison.second)
    )
    if not known(first) and not known(second):
        return ()
    keys = dict.fromkeys((*first, *second))
    rows = []
    for key in sorted(keys, key=lambda key: key == UNKNOWN):  # stable: unknown last
        counts = first.get(key), second.get(key)
        if any(counts):
            difference = points(share(first, key), share(second, key))
            rows.append(
                ComparedRow(
                    name=entry_name(of.code, dimension, key, comparison.labels),
                    first=_part(first, key),
                    second=_part(second, key),
                    change=signed_points(difference),
                )
            )
    return tuple(rows)


def _part(counts: Mapping[str, int], key: str) -> str:
    """`1.094 (55,4%)`, without a share where there is none."""
    if not counts:
        return NOTHING
    count, part = number(counts.get(key, 0)), share(counts, key)
    return count if part is None else f"{count} ({percent(part)}%)"


def remarks_of(comparison: Comparison) -> str:
    """What the reader must know: what is not compared, and what the marks mean."""
    remarks = []
    if not comparison.sums_compare:
        remarks.append(
            tr(
                "Sums are compared only between periods of the same length that are over; "
                "averages and shares always."
            )
        )
    if any(
        figure.is_estimate
        for each in (comparison.first, comparison.second)
        for figure in each.figures
    ):
        remarks.append(tr("{mark} partly or wholly estimated.", mark=ESTIMATE))
    rates = (each.get(COMPUTER_USE_RATE) for each in (comparison.first, comparison.second))
    if any(BEYOND in mark(rate) for rate in rates):
        remarks.append(beyond_note())
    return " ".join(remarks)


def comparison_document(comparison: Comparison) -> Document:
    """The comparison on paper."""
    first, second = (period_name(each.period) for each in (comparison.first, comparison.second))
    period = tr("{first} and {second}", first=first, second=second)
    return framed(
        comparison.head,
        name=tr("Comparison"),
        period=period,
        blocks=tuple(_blocks(comparison)),
    )


def _blocks(comparison: Comparison) -> Iterator[Block]:
    yield Heading(text=tr("Indicators"))
    yield _table(comparison)
    if note := remarks_of(comparison):
        yield Note(text=note)
    yield Heading(text=tr("Who came"))
    yield from _parts(comparison, DIMENSIONS, VISITS)
    if used := tuple(_parts(comparison, DIMENSIONS_OF_COMPUTERS, COMPUTER_SESSIONS)):
        yield Heading(text=tr("Who used the computers"))
        yield from used
    yield Note(text=tr("Shares are of what was recorded; points are between the shares."))


def _parts(comparison: Comparison, dimensions: Iterable[str], of: Indicator) -> Iterator[Table]:
    names = dimension_names()
    for dimension in dimensions:
        if rows := parts_of(comparison, dimension, of):
            yield _breakdown(comparison, names[dimension], rows)


def _table(comparison: Comparison) -> Table:
    goals = bool(comparison.targets)
    rows = tuple(
        Row(
            cells=(
                each.name,
                each.first,
                each.second,
                each.change,
                *((each.target, light_cell(each.goal)) if goals else ()),
            )
        )
        for each in compared(comparison)
    )
    columns = [Column(title=tr("Indicator"), share=2.2), *_heads(comparison)]
    if goals:
        columns += [_right(tr("Target")), Column(title=tr("Reached"))]
    return Table(columns=tuple(columns), rows=rows, dense=True)


def _breakdown(comparison: Comparison, name: str, rows: tuple[ComparedRow, ...]) -> Table:
    return Table(
        columns=(Column(title=name, share=2.2), *_heads(comparison)),
        rows=tuple(Row(cells=(each.name, each.first, each.second, each.change)) for each in rows),
        dense=True,
    )


def _heads(comparison: Comparison) -> tuple[Column, ...]:
    return (
        _right(period_short(comparison.first.period)),
        _right(period_short(comparison.second.period)),
        _right(trc("column", "Change")),
    )


def _right(title: str) -> Column:
    return Column(title=title, align=Align.RIGHT)
