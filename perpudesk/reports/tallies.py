"""How counts become the parts of a figure: by whom, in which order, with what is unknown last."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from perpudesk.core.codes import (
    EDUCATIONS,
    OCCUPATIONS,
    UNKNOWN,
    AgeBand,
    Basis,
    Method,
    Precision,
    Sex,
    VisitorType,
    band_in_set,
)
from perpudesk.reports.model import Breakdown, Figure, Indicator, ratio

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
"""Keys of the dimension `weekday`; Monday starts the week."""

Standards = Mapping[str, Mapping[str, str]]
"""By list, the standard slug under which each of the branch's own entries counts."""


class Described(Protocol):
    """What is recorded of whoever came."""

    @property
    def sex(self) -> str: ...
    @property
    def age_years(self) -> int | None: ...
    @property
    def age_band(self) -> str | None: ...
    @property
    def type(self) -> str: ...
    @property
    def occupation(self) -> str: ...
    @property
    def education(self) -> str: ...
    @property
    def purpose(self) -> str: ...


class Dated(Protocol):
    """When somebody came, as exactly as it is known."""

    @property
    def day(self) -> date: ...
    @property
    def hour(self) -> int | None: ...
    @property
    def precision(self) -> Precision: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Dimension:
    """Where each of some rows stands (`keys`), and in which order the entries are told.

    A list that `grows` tells only those that occur.
    """

    name: str
    order: Sequence[str]
    keys: Sequence[str]
    grows: bool = False

    def parts(self, counts: Iterable[int]) -> Breakdown:
        """The counts of the rows, added up by entry."""
        found = tally(self.order, zip(self.keys, counts, strict=True))
        if not self.grows:
            return found
        occurs = {*self.keys, UNKNOWN}
        return {slug: count for slug, count in found.items() if slug in occurs}


def by_person(
    bands: tuple[AgeBand, ...],
    rows: Sequence[Described],
    purposes: Iterable[str],
    standards: Standards,
    *,
    purpose_list: str = "purpose",
    types: Iterable[str] = VisitorType,
) -> tuple[Dimension, ...]:
    """Closed lists with all of their entries, lists that grow with those that occur.

    `purposes` are the standard entries of the list that the branch calls `purpose_list`.
    """

    def listed(name: str, order: Iterable[str], keys: list[str], of: str = "") -> Dimension:
        under = standards.get(of or name, {})
        known = [under.get(key, key) for key in keys]
        return Dimension(name=name, order=tuple(order), keys=known, grows=True)

    ages = [band_in_set(row.age_years, row.age_band, bands) for row in rows]
    slugs = [*(band.slug for band in bands), *ages, UNKNOWN]
    return (
        Dimension(name="sex", order=tuple(Sex), keys=[row.sex for row in rows]),
        Dimension(name="age", order=in_order_of_age(slugs), keys=ages),
        listed("occupation", OCCUPATIONS, [row.occupation for row in rows]),
        listed("education", EDUCATIONS, [row.education for row in rows]),
        Dimension(name="type", order=tuple(types), keys=[row.type for row in rows]),
        listed("purpose", purposes, [row.purpose for row in rows], purpose_list),
    )


def by_moment(counted: Iterable[date], rows: Sequence[Dated]) -> tuple[Dimension, ...]:
    """By day, weekday and hour; a day that was `counted` stands there with its 0.

    What is known by the day alone has no hour, what is known by the month has no day either.
    """
    dates = sorted({*counted, *(row.day for row in rows if row.precision is not Precision.MONTH)})
    weekdays = [WEEKDAYS[at] for at in sorted({day.weekday() for day in dates})]
    days = [UNKNOWN if row.precision is Precision.MONTH else row.day.isoformat() for row in rows]
    return (
        Dimension(name="day", order=[day.isoformat() for day in dates], keys=days),
        Dimension(name="weekday", order=weekdays, keys=[weekday_of(row) for row in rows]),
        Dimension(name="hour", order=(), keys=[hour_of(row) for row in rows]),
    )


def weekday_of(row: Dated) -> str:
    """Key of the dimension `weekday`."""
    return UNKNOWN if row.precision is Precision.MONTH else WEEKDAYS[row.day.weekday()]


def hour_of(row: Dated) -> str:
    """Key of the dimension `hour`."""
    return UNKNOWN if row.hour is None else f"{row.hour:02}"


def in_order_of_age(slugs: Iterable[str]) -> tuple[str, ...]:
    """Youngest first, also with bands that are not of the branch's set; unknown last."""
    bands = sorted(
        (AgeBand.parse(slug) for slug in {*slugs} if slug != UNKNOWN),
        key=lambda band: (band.lower, band.upper or 999),
    )
    return (*(band.slug for band in bands), UNKNOWN)


def tally(order: Iterable[str], pairs: Iterable[tuple[str, int]]) -> dict[str, int]:
    """Counts by key: those of `order` first, others by name, unknown last; all of `order` there."""
    first = [str(key) for key in order if key != UNKNOWN]
    counts: Counter[str] = Counter()
    for key, count in pairs:
        counts[key] += count
    others = sorted(set(counts) - {*first, UNKNOWN})
    return {key: counts[key] for key in (*first, *others, UNKNOWN)}


def basis_of(methods: AbstractSet[str]) -> Basis:
    """How a value came about, from its records' method only; a value without any was counted."""
    if methods == {Method.COUNTED, Method.ESTIMATED}:
        return Basis.MIXED
    return Basis.ESTIMATED if Method.ESTIMATED in methods else Basis.COUNTED


def sum_of(indicator: Indicator, value: int, basis: Basis = Basis.COUNTED) -> Figure:
    """A number that was counted or estimated."""
    return Figure(indicator=indicator.code, unit=indicator.unit, value=value, basis=basis)


def ratio_of(indicator: Indicator, num: int, den: int, basis: Basis) -> Figure:
    """A ratio with what it is made of; nothing over nothing was not counted."""
    return Figure(
        indicator=indicator.code,
        unit=indicator.unit,
        value=ratio(num, den),
        basis=basis if den else Basis.NOT_COUNTED,
        num=num,
        den=den,
    )
