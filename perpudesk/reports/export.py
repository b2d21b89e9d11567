"""Figures as they leave the program: JSON for programs, CSV for spreadsheets.

Both hold codes and slugs and nothing of persons. The CSV has no byte order mark: its columns are
ASCII, so every reader takes it as it is.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any, TextIO

from perpudesk.branch.model import Branch
from perpudesk.core.codes import Basis, BranchKind, DayState, Method, label
from perpudesk.core.formats import number
from perpudesk.core.i18n import tr
from perpudesk.core.times import Period
from perpudesk.reports.model import INDICATORS, Figure, Figures, shown, told
from perpudesk.totals.model import PeriodTotal, total_sentence

CSV_COLUMNS = ("period", "indicator", "unit", "dimension", "key", "value", "basis")
RATIO = "ratio"
"""The dimension under which a ratio's rows `num` and `den` stand in the CSV."""


def figures_json(figures: Figures) -> dict[str, Any]:
    """The figures of one period as plain values; None is not counted, which is not 0.

    Those of a closed month are the very values that its check code covers.
    """
    made = {
        "schema": figures.schema,
        "branch": _branch(figures.branch),
        "period": figures.period.code,
        "final": figures.final,
        "days": {str(state): count for state, count in figures.days.items()},
        "figures": [_figure(each) for each in figures.figures],
    }
    if figures.totals:
        made["totals"] = [_total(each) for each in figures.totals]
    closed = json.loads(figures.canonical) if figures.canonical else made
    return dict(_in_order_of(made, closed))


def _total(total: PeriodTotal) -> dict[str, Any]:
    """A month that is in the figures as one number."""
    return {
        "month": total.month.code,
        "indicator": total.indicator,
        "value": total.value,
        "basis": str(total.method),
        "source": total.source,
    }


def as_closed(live: Figures, canonical: str) -> Figures:
    """The figures that `canonical` holds; `live` ones of the same month lend them their order."""
    plain = _in_order_of(figures_json(live), json.loads(canonical))
    branch = {**plain["branch"], "kind": BranchKind(plain["branch"]["kind"])}
    return Figures(
        schema=plain["schema"],
        branch=replace(live.branch, **branch),
        period=live.period,
        final=True,
        days={DayState(state): count for state, count in plain["days"].items()},
        figures=tuple(map(_read, plain["figures"])),
        totals=tuple(map(_read_total, plain.get("totals", ()))),
        canonical=canonical,
    )


def _read(made: Mapping[str, Any]) -> Figure:
    """What `_figure` made plain values of."""
    return Figure(
        indicator=made["indicator"],
        unit=made["unit"],
        value=made["value"],
        basis=Basis(made["basis"]),
        num=made.get("num"),
        den=made.get("den"),
        by=made.get("by", {}),
    )


def _read_total(made: Mapping[str, Any]) -> PeriodTotal:
    """What `_total` made plain values of."""
    return PeriodTotal(
        month=Period.parse(made["month"]),
        indicator=made["indicator"],
        value=made["value"],
        method=Method(made["basis"]),
        source=made["source"],
    )


def _in_order_of(model: Any, plain: Any) -> Any:
    """`plain` with its keys in the order that those of `model` have, others after them."""
    if isinstance(plain, list):
        models = {_name_of(each): each for each in model} if isinstance(model, list) else {}
        return [_in_order_of(models.get(_name_of(each)), each) for each in plain]
    if isinstance(plain, dict):
        first = model if isinstance(model, dict) else {}
        order = (key for key in (*first, *plain) if key in plain)
        return {key: _in_order_of(first.get(key), plain[key]) for key in order}
    return plain


def _name_of(plain: Any) -> tuple[Any, Any]:
    """What tells an entry of a list of figures or totals from the others."""
    return plain["indicator"], plain.get("month")


def _branch(branch: Branch) -> dict[str, Any]:
    return {
        "id": branch.id,
        "name": branch.name,
        "kind": str(branch.kind),
        "npp": branch.npp,
        "region_code": branch.region_code,
        "place": branch.place,
        "zone": branch.zone,
        "population_served": branch.population_served,
    }


def _figure(figure: Figure) -> dict[str, Any]:
    """Value and basis; what a ratio is made of; breakdowns where there are any."""
    made: dict[str, Any] = {
        "indicator": figure.indicator,
        "unit": figure.unit,
        "value": figure.value,
        "basis": str(figure.basis),
    }
    if figure.den is not None:
        made |= {"num": figure.num, "den": figure.den}
    if figure.by:
        made["by"] = {dimension: dict(counts) for dimension, counts in figure.by.items()}
    return made


def figures_csv(many: Iterable[Figures], stream: TextIO) -> None:
    """Write a header and one row for each value and each part of it; lines end in LF.

    A total has no dimension and no key; an empty value was not counted. The same figures give the
    same bytes.
    """
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(CSV_COLUMNS)
    for figures in many:
        for figure in figures.figures:
            for dimension, key, value in _values(figure):
                row = (figures.period.code, figure.indicator, figure.unit, dimension, harmless(key))
                writer.writerow((*row, "" if value is None else repr(value), str(figure.basis)))


def _values(figure: Figure) -> Iterator[tuple[str, str, float | None]]:
    yield "", "", figure.value
    if figure.den is not None:
        yield RATIO, "num", figure.num
        yield RATIO, "den", figure.den
    for dimension, counts in figure.by.items():
        for key, count in counts.items():
            yield dimension, key, count


def harmless(text: str) -> str:
    """`text` so that no spreadsheet takes it for a formula."""
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text


def figures_lines(figures: Figures) -> list[str]:
    """The figures as lines for a person at a prompt, in the language that is spoken here."""
    days = ", ".join(f"{label(state)} {number(count)}" for state, count in figures.days.items())
    lines = [
        f"{figures.branch.name} · {figures.period.code}",
        tr("State of the days") + f": {days}",
    ]
    return [
        *lines,
        *(f"{tr(each.name)}: {_said(figures.get(each))}" for each in told(figures)),
        *map(total_sentence, figures.totals),
    ]


def _said(figure: Figure) -> str:
    """A value as it is printed, and that it is an estimate where it is one."""
    text = shown(INDICATORS[figure.indicator], figure.value)
    return f"{text} ({label(figure.basis).lower()})" if figure.is_estimate else text
