"""What changed since a month was closed, in words: on paper, on screen and at a prompt."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from perpudesk.core.codes import UNKNOWN, Basis, BranchKind, DayState, label
from perpudesk.core.formats import NOTHING, date_short, number
from perpudesk.core.i18n import tr
from perpudesk.paper.document import Block, Column, Row, Table
from perpudesk.reports.closing import Difference
from perpudesk.reports.dimensions import Labels, dimension_names, entry_name
from perpudesk.reports.model import INDICATORS, shown
from perpudesk.reports.periodic.reported import Reported
from perpudesk.reports.periodic.tables import NO_BREAK, not_recorded, right

MOST_DIGITS = 5
"""Values that differ by less than so many decimals can show are told as they are."""

_IN_TIME = ("day", "hour")
"""Breakdowns whose keys are in the order of time."""
_IN_A_SENTENCE = ("sex", "type", "end", "duration", "outcome")
"""Closed lists, whose entries do not begin with a capital there."""


def changes(reported: Reported) -> tuple[Block, ...]:
    """All that differs from the revision before, the sums first; left out where nothing does.

    The parts of a breakdown share a row: a correction of one visit touches every breakdown.
    """
    state = reported.state
    parts = [each for each in state.changes if _is_part(each)]
    others = [each for each in state.changes if not _is_part(each)]
    single = Table(
        columns=(
            Column(title=tr("Since revision {n}", n=state.edition), share=4),
            right(tr("Before")),
            right(tr("Now")),
        ),
        rows=tuple(Row(cells=told_change(each, reported.labels)) for each in others),
    )
    grouped = Table(
        columns=(
            Column(title=tr("Breakdowns since revision {n}", n=state.edition), share=2),
            Column(title=tr("Before → now"), share=5),
        ),
        rows=tuple(_breakdown_rows(parts, reported.labels)),
    )
    return tuple(table for table in (single, grouped) if table.rows)


def _is_part(change: Difference) -> bool:
    """Whether it is a part of a breakdown, or what a ratio is made of."""
    if change.dimension in ("num", "den"):
        return True
    return bool(change.dimension and change.key) and change.subject != "totals"


def _breakdown_rows(parts: Iterable[Difference], labels: Labels) -> Iterable[Row]:
    """A row for each breakdown: `Visits, sex` and `female: 12 → 13; male: 9 → 8`."""
    rows: dict[str, list[Difference]] = {}
    for each in parts:
        rows.setdefault(_whole(each), []).append(each)
    for name, found in rows.items():
        if found[0].dimension in _IN_TIME:
            found.sort(key=lambda each: (each.key == UNKNOWN, each.key))
        yield Row(cells=(name, "; ".join(_told_part(each, labels) for each in found)))


def _told_part(change: Difference, labels: Labels) -> str:
    """`female: 12 → 13`, which no line's end parts."""
    before, now = _values(change)
    return f"{_part(change, labels)}: {before} → {now}".replace(" ", NO_BREAK)


def change_sentence(change: Difference, labels: Labels) -> str:
    """`Kunjungan: 12 → 13`; `Kunjungan, jenis kelamin: perempuan 12 → 13`."""
    name, before, now = told_change(change, labels)
    stop = "" if ": " in name else ":"
    return f"{name}{stop} {before} → {now}"


def told_change(change: Difference, labels: Labels) -> tuple[str, str, str]:
    """What changed, what it was, and what it is."""
    return (_name(change, labels), *_values(change))


def _name(change: Difference, labels: Labels) -> str:
    if change.subject == "days":
        state = label(DayState(change.key)).lower()
        return tr("State of the days") + f": {state}"
    if change.subject == "totals":
        parts = {"value": tr("total of the month"), "source": tr("source")}
        return f"{_indicator(change.key)}, {parts.get(change.dimension, _basis())}"
    if change.subject == "branch":
        names = _branch_names()
        return tr("Library") + f", {names.get(change.key, change.key)}"
    if not change.dimension:
        return _indicator(change.subject)
    stop = ":" if change.key else ","
    return f"{_whole(change)}{stop} {_part(change, labels)}"


def _whole(change: Difference) -> str:
    """What a part belongs to: a breakdown of an indicator, or the indicator itself."""
    name = _indicator(change.subject)
    if not change.key:
        return name
    names = {**dimension_names(), "day": tr("Day")}
    return f"{name}, {names.get(change.dimension, change.dimension).lower()}"


def _part(change: Difference, labels: Labels) -> str:
    """What a part of a breakdown, or of what a figure is made of, is called."""
    if change.key:
        return _key(change, labels)
    return {"basis": _basis(), "num": tr("counter"), "den": tr("divisor")}[change.dimension]


def _indicator(code: str) -> str:
    known = INDICATORS.get(code)
    return code if known is None else tr(known.name)


def _basis() -> str:
    return tr("how counted")


def _branch_names() -> dict[str, str]:
    return {
        "name": tr("name"),
        "kind": tr("kind"),
        "npp": "NPP",
        "region_code": tr("region code"),
        "place": tr("place"),
        "zone": tr("time zone"),
        "population_served": tr("people served"),
    }


def _key(change: Difference, labels: Labels) -> str:
    """What a part of a breakdown is called."""
    key, dimension = change.key, change.dimension
    if key == UNKNOWN:
        return not_recorded().lower()
    if dimension == "day":
        return date_short(date.fromisoformat(key))
    if dimension == "hour":
        return key
    name = entry_name(change.subject, dimension, key, labels)
    return name.lower() if dimension in _IN_A_SENTENCE else name


def _values(change: Difference) -> tuple[str, str]:
    """Both values as they are printed, with as many decimals as tell them apart."""
    before, now = "", ""
    for digits in range(1, MOST_DIGITS + 1):
        before = _value(change, change.before, digits)
        now = _value(change, change.after, digits)
        if before != now:
            break
    return before, now


def _value(change: Difference, value: float | str | None, digits: int) -> str:
    """A value as it is printed, with `digits` decimals if it has any."""
    if value is None:
        return NOTHING
    if isinstance(value, str):
        return _word(change, value)
    indicator = INDICATORS.get(change.subject)
    if indicator is not None and not change.dimension:
        return shown(indicator, value, digits)
    return number(value, 0 if isinstance(value, int) else digits)


def _word(change: Difference, value: str) -> str:
    if change.dimension == "basis":
        return label(Basis(value)).lower()
    if change.subject == "branch" and change.key == "kind":
        return label(BranchKind(value)).lower()
    return value
