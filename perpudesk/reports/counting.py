"""From records to figures: the counting rules (domain.md), with no I/O and no clock."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import date

from perpudesk.branch.model import Branch, DayInfo
from perpudesk.core.codes import (
    EDUCATIONS,
    OCCUPATIONS,
    PURPOSES,
    UNKNOWN,
    AgeBand,
    Basis,
    DayState,
    Method,
    Precision,
    Sex,
    VisitorType,
    band_in_set,
)
from perpudesk.core.times import Period
from perpudesk.reports.model import (
    COMPLETENESS_AGE,
    COMPLETENESS_DAYS,
    COMPLETENESS_SEX,
    ONLINE_USERS,
    OPEN_DAYS,
    UNIQUE_PATRONS,
    VISITS,
    VISITS_PER_OPEN_DAY,
    Breakdown,
    Figure,
    Figures,
    Indicator,
    known,
    ratio,
)
from perpudesk.totals.model import PeriodTotal

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
"""Keys of the dimension `weekday`; Monday starts the week."""
DAY_STATES = (
    DayState.OPEN_COUNTED,
    DayState.ESTIMATED,
    DayState.OPEN_NOT_COUNTED,
    DayState.CLOSED,
    DayState.NOT_SET,
)
OPEN_STATES = DAY_STATES[:3]
COUNTED_STATES = DAY_STATES[:2]
"""Days whose visits have a number, counted or estimated: what an average divides by."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WhenRow:
    """So many visits of a day, of an hour where it is known, by one method."""

    day: date
    hour: int | None
    precision: Precision
    method: Method
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class WhoRow:
    """So many visitors alike; a group stands in as many rows as it has parts, and its remainder."""

    sex: str
    age_years: int | None
    age_band: str | None
    type: str
    occupation: str
    education: str
    purpose: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Records:
    """The visits of a period, added up as far as no rule is needed for it."""

    when: tuple[WhenRow, ...]
    who: tuple[WhoRow, ...]
    patrons: int
    """Distinct patrons known by name; merged ones are one."""
    patron_methods: frozenset[Method]
    totals: tuple[PeriodTotal, ...] = ()
    """Totals of months without a finer record; `with_totals` has added them to the rows above."""
    online: tuple[PeriodTotal, ...] = ()
    """How many used the library online, month by month as it was typed."""

    def with_totals(self, totals: Iterable[PeriodTotal]) -> Records:
        """The same with totals of whole months, of whose visitors nothing else is known."""
        given = tuple(totals)
        return replace(
            self,
            when=(*self.when, *map(_when_of, given)),
            who=(*self.who, *map(_who_of, given)),
            totals=given,
        )

    @property
    def visits(self) -> int:
        """How many visits."""
        return sum(row.count for row in self.when)

    @property
    def estimated(self) -> int:
        """How many of them are estimates."""
        return sum(row.count for row in self.when if row.method is Method.ESTIMATED)


def _when_of(total: PeriodTotal) -> WhenRow:
    return WhenRow(
        day=total.month.first,
        hour=None,
        precision=Precision.MONTH,
        method=total.method,
        count=total.value,
    )


def _who_of(total: PeriodTotal) -> WhoRow:
    return WhoRow(
        sex=UNKNOWN,
        age_years=None,
        age_band=None,
        type=UNKNOWN,
        occupation=UNKNOWN,
        education=UNKNOWN,
        purpose=UNKNOWN,
        count=total.value,
    )


Standards = Mapping[str, Mapping[str, str]]
"""By dimension, the standard slug under which each of the branch's own entries counts."""


def has_come(day: DayInfo, today: date) -> bool:
    """Whether the day has a state: of a day to come nobody can say what it was.

    One that has records all the same (made under a wrong clock) is not hidden.
    """
    return day.date <= today or day.visits > 0


def days_that_came(days: Iterable[DayInfo], today: date) -> tuple[DayInfo, ...]:
    """The days that have come."""
    return tuple(day for day in days if has_come(day, today))


def figures_of(
    branch: Branch,
    period: Period,
    days: Sequence[DayInfo],
    records: Records,
    standards: Standards | None = None,
) -> Figures:
    """The figures of `period`; `days` are those of it that have come.

    The branch's own entries keep their slugs unless `standards` says what they count under.
    """
    headline = headline_of(branch, period, days, records)
    visits, *others = headline.figures
    if visits.value is not None:
        people = _by_person(branch.age_bands, records.who, standards or {})
        visits = replace(visits, by={**people, **_by_moment(days, records.when)})
    return replace(
        headline,
        figures=(
            visits,
            *others,
            _completeness(COMPLETENESS_SEX, visits, "sex"),
            _completeness(COMPLETENESS_AGE, visits, "age"),
            _completeness_days(days),
        ),
    )


def headline_of(
    branch: Branch, period: Period, days: Sequence[DayInfo], records: Records
) -> Figures:
    """Of the same figures those that stand beside another month's, without their breakdowns.

    They need to know how many came and when, not who: `records.who` may be empty.
    """
    states = Counter(day.state for day in days)
    visits = _visits(days, records)
    return Figures(
        branch=branch,
        period=period,
        days={state: states[state] for state in DAY_STATES},
        totals=records.totals,
        figures=(
            visits,
            _open_days(days),
            _visits_per_open_day(days, records, visits),
            _unique_patrons(records),
            _online_users(records.online),
        ),
    )


def _visits(days: Sequence[DayInfo], records: Records) -> Figure:
    """Visits: null without any record or counted day, 0 on counted days without visits."""
    counted = any(day.state is DayState.OPEN_COUNTED for day in days)
    if not records.when and not counted:
        return _nothing(VISITS)
    return Figure(
        indicator=VISITS.code,
        unit=VISITS.unit,
        value=records.visits,
        basis=_basis({row.method for row in records.when}),
    )


def _basis(methods: AbstractSet[Method]) -> Basis:
    """How a value came about, from its records' method only; a value without any was counted."""
    if methods == {Method.COUNTED, Method.ESTIMATED}:
        return Basis.MIXED
    return Basis.ESTIMATED if Method.ESTIMATED in methods else Basis.COUNTED


def _by_person(
    bands: tuple[AgeBand, ...], rows: Sequence[WhoRow], standards: Standards
) -> dict[str, Breakdown]:
    """Closed lists with all of their entries, lists that grow with those that occur."""

    def counted(dimension: str, order: Iterable[str], key: Callable[[WhoRow], str]) -> Breakdown:
        under = standards.get(dimension, {})
        return _tally(order, ((under.get(key(row), key(row)), row.count) for row in rows))

    def growing(dimension: str, order: Iterable[str], key: Callable[[WhoRow], str]) -> Breakdown:
        counts = counted(dimension, order, key)
        return {slug: n for slug, n in counts.items() if n or slug == UNKNOWN}

    return {
        "sex": counted("sex", Sex, lambda row: row.sex),
        "age": _in_order_of_age(counted("age", _slugs(bands), lambda row: _band(row, bands))),
        "occupation": growing("occupation", OCCUPATIONS, lambda row: row.occupation),
        "education": growing("education", EDUCATIONS, lambda row: row.education),
        "type": counted("type", VisitorType, lambda row: row.type),
        "purpose": growing("purpose", PURPOSES, lambda row: row.purpose),
    }


def _slugs(bands: tuple[AgeBand, ...]) -> list[str]:
    return [band.slug for band in bands]


def _band(row: WhoRow, bands: tuple[AgeBand, ...]) -> str:
    return band_in_set(row.age_years, row.age_band, bands)


def _in_order_of_age(counts: Breakdown) -> Breakdown:
    """Youngest first, also with bands that are not of the branch's set; unknown last."""
    bands = sorted(
        (AgeBand.parse(slug) for slug in counts if slug != UNKNOWN),
        key=lambda band: (band.lower, band.upper or 999),
    )
    return {slug: counts[slug] for slug in (*_slugs(tuple(bands)), UNKNOWN)}


def _tally(order: Iterable[str], pairs: Iterable[tuple[str, int]]) -> dict[str, int]:
    """Counts by key: those of `order` first, others by name, unknown last; all of `order` there."""
    first = [str(key) for key in order if key != UNKNOWN]
    counts: Counter[str] = Counter()
    for key, count in pairs:
        counts[key] += count
    others = sorted(set(counts) - {*first, UNKNOWN})
    return {key: counts[key] for key in (*first, *others, UNKNOWN)}


def _by_moment(days: Sequence[DayInfo], rows: Sequence[WhenRow]) -> dict[str, Breakdown]:
    """By day, weekday and hour; a day that was counted stands there with its 0.

    A visit of which only the day is known has no hour, one of a month has no day either.
    """
    open_days = [day.date for day in days if day.state is DayState.OPEN_COUNTED]
    with_day = {row.day for row in rows if row.precision is not Precision.MONTH}
    dates = sorted({*open_days, *with_day})
    weekdays = [WEEKDAYS[at] for at in sorted({day.weekday() for day in dates})]
    return {
        "day": _tally((day.isoformat() for day in dates), ((_day(r), r.count) for r in rows)),
        "weekday": _tally(weekdays, ((_weekday(row), row.count) for row in rows)),
        "hour": _tally((), ((_hour(row), row.count) for row in rows)),
    }


def _day(row: WhenRow) -> str:
    return UNKNOWN if row.precision is Precision.MONTH else row.day.isoformat()


def _weekday(row: WhenRow) -> str:
    return UNKNOWN if row.precision is Precision.MONTH else WEEKDAYS[row.day.weekday()]


def _hour(row: WhenRow) -> str:
    return UNKNOWN if row.hour is None else f"{row.hour:02}"


def _open_days(days: Sequence[DayInfo]) -> Figure:
    """Service days; null while nobody set a day and none has a record."""
    if not _days_known(days):
        return _nothing(OPEN_DAYS)
    value = sum(day.state in OPEN_STATES for day in days)
    return Figure(indicator=OPEN_DAYS.code, unit=OPEN_DAYS.unit, value=value, basis=Basis.COUNTED)


def _days_known(days: Sequence[DayInfo]) -> bool:
    """Whether anything is known of these days but what opening hours suppose."""
    return any(day.was_set or day.visits for day in days)


def _visits_per_open_day(days: Sequence[DayInfo], records: Records, visits: Figure) -> Figure:
    """Visits on days with a number ÷ those days: never calendar days (counting rule 7)."""
    if visits.value is None:
        return _nothing(VISITS_PER_OPEN_DAY)
    counted = {day.date for day in days if day.state in COUNTED_STATES}
    rows = [
        row for row in records.when if row.day in counted and row.precision is not Precision.MONTH
    ]
    return _ratio(
        VISITS_PER_OPEN_DAY,
        sum(row.count for row in rows),
        len(counted),
        _basis({row.method for row in rows}),
    )


def _unique_patrons(records: Records) -> Figure:
    """Distinct people known by name; null if none was named. Never summed."""
    if not records.patrons:
        return _nothing(UNIQUE_PATRONS)
    return Figure(
        indicator=UNIQUE_PATRONS.code,
        unit=UNIQUE_PATRONS.unit,
        value=records.patrons,
        basis=_basis(records.patron_methods),
    )


def _online_users(totals: Sequence[PeriodTotal]) -> Figure:
    """The sum of what was typed for months; null while nothing was."""
    if not totals:
        return _nothing(ONLINE_USERS)
    return Figure(
        indicator=ONLINE_USERS.code,
        unit=ONLINE_USERS.unit,
        value=sum(total.value for total in totals),
        basis=_basis({total.method for total in totals}),
    )


def _completeness(indicator: Indicator, visits: Figure, dimension: str) -> Figure:
    """The share of visits of which something was recorded."""
    if visits.value is None:
        return _nothing(indicator)
    counts = visits.by[dimension]
    return _ratio(indicator, known(counts), sum(counts.values()), visits.basis)


def _completeness_days(days: Sequence[DayInfo]) -> Figure:
    """The share of open days that were counted, not estimated."""
    if not _days_known(days):
        return _nothing(COMPLETENESS_DAYS)
    counted = sum(day.state is DayState.OPEN_COUNTED for day in days)
    is_open = sum(day.state in OPEN_STATES for day in days)
    return _ratio(COMPLETENESS_DAYS, counted, is_open, Basis.COUNTED)


def _ratio(indicator: Indicator, num: int, den: int, basis: Basis) -> Figure:
    return Figure(
        indicator=indicator.code,
        unit=indicator.unit,
        value=ratio(num, den),
        basis=basis if den else Basis.NOT_COUNTED,
        num=num,
        den=den,
    )


def _nothing(indicator: Indicator) -> Figure:
    """Not counted, which is not 0."""
    return Figure(
        indicator=indicator.code, unit=indicator.unit, value=None, basis=Basis.NOT_COUNTED
    )


def age_by_sex(bands: tuple[AgeBand, ...], rows: Sequence[WhoRow]) -> dict[str, Breakdown]:
    """By age band, youngest first, the counts by sex: the parts of `age` and `sex` together."""
    ages: dict[str, dict[str, int]] = {}
    for row in rows:
        counts = ages.setdefault(_band(row, bands), {str(sex): 0 for sex in Sex})
        counts[row.sex] += row.count
    order = _in_order_of_age(_tally(_slugs(bands), ((slug, 0) for slug in ages)))
    return {slug: ages.get(slug, {str(sex): 0 for sex in Sex}) for slug in order}
