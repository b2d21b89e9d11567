"""What changed since a month was closed, in words: on paper, on screen and at a prompt."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from perpudesk.core.codes import (
    UNKNOWN,
    Basis,
    BranchKind,
    DayState,
    Sex,
    VisitorType,
    age_label,
    label,
)
from perpudesk.core.formats import NOTHING, date_short, number, weekday_names
from perpudesk.core.i18n import tr
from perpudesk.paper.document import Block, Column, Note, Row, Table
from perpudesk.reports.closing import Difference
from perpudesk.reports.counting import WEEKDAYS
from perpudesk.reports.model import INDICATORS, shown
from perpudesk.reports.periodic.reported import Reported
from perpudesk.reports.periodic.tables import not_recorded, right

PRINTED = 12
"""So many changes are printed; all of them are on screen and in the command's answer."""

Labels = Mapping[str, Mapping[str, str]]


def changes(reported: Reported) -> tuple[Block, ...]:
    """What differs from the revision before, the sums first; left out where nothing does."""
    state = reported.state
    if not state.changes:
        return ()
    found = state.changes
    told = [told_change(each, reported.labels) for each in found[:PRINTED]]
    table = Table(
        columns=(
            Column(title=tr("Since revision {n}", n=state.edition), share=4),
            right(tr("Before")),
            right(tr("Now")),
        ),
        rows=tuple(Row(cells=each) for each in told),
    )
    rest = len(found) - len(told)
    more = tr("… and {n} changes more.", n=number(rest))
    return (table, *((Note(text=more),) if rest else ()))


def change_sentence(change: Difference, labels: Labels) -> str:
    """`Kunjungan: 12 → 13`; `Kunjungan, jenis kelamin: perempuan 12 → 13`."""
    name, before, now = told_change(change, labels)
    stop = "" if ": " in name else ":"
    return f"{name}{stop} {before} → {now}"


def told_change(change: Difference, labels: Labels) -> tuple[str, str, str]:
    """What changed, what it was, and what it is."""
    return (
        _name(change, labels),
        _value(change, change.before),
        _value(change, change.after),
    )


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
    name = _indicator(change.subject)
    if not change.dimension:
        return name
    if not change.key:
        parts = {"basis": _basis(), "num": tr("counter"), "den": tr("divisor")}
        return f"{name}, {parts[change.dimension]}"
    dimension = _dimension_names().get(change.dimension, change.dimension)
    return f"{name}, {dimension.lower()}: {_key(change, labels)}"


def _indicator(code: str) -> str:
    known = INDICATORS.get(code)
    return code if known is None else tr(known.name)


def _basis() -> str:
    return tr("how counted")


def _dimension_names() -> dict[str, str]:
    return {
        "sex": tr("Sex"),
        "age": tr("Age"),
        "occupation": tr("Occupation"),
        "education": tr("Education"),
        "type": tr("Type of visitor"),
        "purpose": tr("Purpose"),
        "day": tr("Day"),
        "weekday": tr("Weekday"),
        "hour": tr("Hour"),
    }


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
    named = _KEYS.get(dimension)
    return named(key) if named else labels.get(dimension, {}).get(key, key)


_KEYS: Mapping[str, Callable[[str], str]] = {
    "sex": lambda key: label(Sex(key)).lower(),
    "type": lambda key: label(VisitorType(key)).lower(),
    "age": age_label,
    "day": lambda key: date_short(date.fromisoformat(key)),
    "weekday": lambda key: weekday_names()[WEEKDAYS.index(key)],
}
"""What the entries of closed lists, and parts of time, are called."""


def _value(change: Difference, value: float | str | None) -> str:
    """A value as it is printed."""
    if value is None:
        return NOTHING
    if isinstance(value, str):
        return _word(change, value)
    indicator = INDICATORS.get(change.subject)
    if indicator is not None and not change.dimension:
        return shown(indicator, value)
    return number(value, 0 if isinstance(value, int) else 1)


def _word(change: Difference, value: str) -> str:
    if change.dimension == "basis":
        return label(Basis(value)).lower()
    if change.subject == "branch" and change.key == "kind":
        return label(BranchKind(value)).lower()
    return value
