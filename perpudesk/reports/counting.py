"""From records to figures: the counting rules (domain.md), with no I/O and no clock."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from perpudesk.branch.model import Branch, DayInfo
from perpudesk.core.codes import (
    PURPOSES,
    UNKNOWN,
    AgeBand,
    Basis,
    DayState,
    Method,
    Precision,
    Sex,
    band_in_set,
)
from perpudesk.core.times import Period
from perpudesk.reports.acted import Acted
from perpudesk.reports.acting import Work
from perpudesk.reports.lending import Use
from perpudesk.reports.lent import Lent
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
    not_counted,
)
from perpudesk.reports.tallies import (
    Standards,
    basis_of,
    by_moment,
    by_person,
    in_order_of_age,
    ratio_of,
    sum_of,
)
from perpudesk.totals.model import PeriodTotal

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
    lent: Lent = field(default_factory=Lent)
    """How the computers were used."""
    acted: Acted = field(default_factory=Acted)
    """Activities and the program's records."""

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
    use = Use(period=period, days=days, week=branch.opening_hours, lent=records.lent)
    work = Work(period=period, acted=records.acted)
    headline = _headline(branch, period, days, records, use)
    visits, *others = headline.figures
    if visits.value is not None:
        people = by_person(branch.age_bands, records.who, PURPOSES, standards or {})
        counts = [row.count for row in records.who]
        by = {each.name: each.parts(counts) for each in people}
        counted = (day.date for day in days if day.state is DayState.OPEN_COUNTED)
        sums = [row.count for row in records.when]
        by |= {each.name: each.parts(sums) for each in by_moment(counted, records.when)}
        visits = replace(visits, by=by)
    return replace(
        headline,
        figures=(
            visits,
            *work.with_parts(
                use.with_parts(others, branch.age_bands, standards or {}),
                branch.age_bands,
                standards or {},
            ),
            _completeness(COMPLETENESS_SEX, visits, "sex"),
            _completeness(COMPLETENESS_AGE, visits, "age"),
            _completeness_days(days),
        ),
    )


def headline_of(
    branch: Branch, period: Period, days: Sequence[DayInfo], records: Records
) -> Figures:
    """Of the same figures those that stand beside another month's, without their breakdowns.

    They need to know how many came and when, not who: `records.who` may be empty, and of computer
    sessions only the day, the minutes and the method are needed.
    """
    use = Use(period=period, days=days, week=branch.opening_hours, lent=records.lent)
    return _headline(branch, period, days, records, use)


def _headline(
    branch: Branch, period: Period, days: Sequence[DayInfo], records: Records, use: Use
) -> Figures:
    states = Counter(day.state for day in days)
    visits = _visits(days, records)
    return Figures(
        branch=branch,
        period=period,
        days={state: states[state] for state in DAY_STATES},
        totals=(*records.totals, *records.lent.totals),
        figures=(
            visits,
            _open_days(days),
            _visits_per_open_day(days, records, visits),
            _unique_patrons(records),
            _online_users(records.online),
            *use.figures(),
            *Work(period=period, acted=records.acted).figures(),
        ),
    )


def _visits(days: Sequence[DayInfo], records: Records) -> Figure:
    """Visits: null without any record or counted day, 0 on counted days without visits."""
    counted = any(day.state is DayState.OPEN_COUNTED for day in days)
    if not records.when and not counted:
        return not_counted(VISITS)
    return sum_of(VISITS, records.visits, basis_of({row.method for row in records.when}))


def _open_days(days: Sequence[DayInfo]) -> Figure:
    """Service days; null while nobody set a day and none has a record."""
    if not _days_known(days):
        return not_counted(OPEN_DAYS)
    value = sum(day.state in OPEN_STATES for day in days)
    return sum_of(OPEN_DAYS, value)


def _days_known(days: Sequence[DayInfo]) -> bool:
    """Whether anything is known of these days but what opening hours suppose."""
    return any(day.was_set or day.visits for day in days)


def _visits_per_open_day(days: Sequence[DayInfo], records: Records, visits: Figure) -> Figure:
    """Visits on days with a number ÷ those days: never calendar days (counting rule 7)."""
    if visits.value is None:
        return not_counted(VISITS_PER_OPEN_DAY)
    counted = {day.date for day in days if day.state in COUNTED_STATES}
    rows = [
        row for row in records.when if row.day in counted and row.precision is not Precision.MONTH
    ]
    return ratio_of(
        VISITS_PER_OPEN_DAY,
        sum(row.count for row in rows),
        len(counted),
        basis_of({row.method for row in rows}),
    )


def _unique_patrons(records: Records) -> Figure:
    """Distinct people known by name; null if none was named. Never summed."""
    if not records.patrons:
        return not_counted(UNIQUE_PATRONS)
    return sum_of(UNIQUE_PATRONS, records.patrons, basis_of(records.patron_methods))


def _online_users(totals: Sequence[PeriodTotal]) -> Figure:
    """The sum of what was typed for months; null while nothing was."""
    if not totals:
        return not_counted(ONLINE_USERS)
    value = sum(total.value for total in totals)
    return sum_of(ONLINE_USERS, value, basis_of({total.method for total in totals}))


def _completeness(indicator: Indicator, visits: Figure, dimension: str) -> Figure:
    """The share of visits of which something was recorded."""
    if visits.value is None:
        return not_counted(indicator)
    counts = visits.by[dimension]
    return ratio_of(indicator, known(counts), sum(counts.values()), visits.basis)


def _completeness_days(days: Sequence[DayInfo]) -> Figure:
    """The share of open days that were counted, not estimated."""
    if not _days_known(days):
        return not_counted(COMPLETENESS_DAYS)
    counted = sum(day.state is DayState.OPEN_COUNTED for day in days)
    is_open = sum(day.state in OPEN_STATES for day in days)
    return ratio_of(COMPLETENESS_DAYS, counted, is_open, Basis.COUNTED)


def age_by_sex(bands: tuple[AgeBand, ...], rows: Sequence[WhoRow]) -> dict[str, Breakdown]:
    """By age band, youngest first, the counts by sex: the parts of `age` and `sex` together."""
    ages: dict[str, dict[str, int]] = {}
    for row in rows:
        band = band_in_set(row.age_years, row.age_band, bands)
        counts = ages.setdefault(band, {str(sex): 0 for sex in Sex})
        counts[row.sex] += row.count
    order = in_order_of_age([*(band.slug for band in bands), *ages])
    return {slug: ages.get(slug, {str(sex): 0 for sex in Sex}) for slug in order}
