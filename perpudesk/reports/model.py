"""Indicators, figures, and what may be said by comparing them (domain.md, Indicators)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from perpudesk.branch.model import Branch
from perpudesk.core.codes import UNKNOWN, Basis, DayState
from perpudesk.core.formats import NOTHING, number, percent, rupiah
from perpudesk.core.i18n import N_
from perpudesk.core.times import Period, PeriodKind
from perpudesk.totals.model import Light, PeriodTotal, Target, Thresholds, share_of, target_of

SCHEMA = 1
"""The shape in which figures leave the program; changes when a reader of them would break."""

Breakdown = Mapping[str, int]
"""Counts by slug. `unknown` is always among them, and together they are the value."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator:
    """What is counted: its code, what it is called, in what unit, and whether months add up.

    A `stock` is what there is on the last day. What is neither that nor `additive` nor a `ratio`
    counts distinct people: of a part of a year it says nothing about the year. What tells only how
    another figure came about has no target (`aim`).
    """

    code: str
    name: str
    unit: str
    additive: bool = False
    ratio: bool = False
    stock: bool = False
    aim: bool = True

    @property
    def of_any_period(self) -> bool:
        """Whether a part of a year says something about the year."""
        return self.additive or self.ratio or self.stock


VISITS = Indicator(code="visits", name=N_("Visits"), unit="visits", additive=True)
OPEN_DAYS = Indicator(code="open_days", name=N_("Service days"), unit="days", additive=True)
VISITS_PER_OPEN_DAY = Indicator(
    code="visits_per_open_day",
    name=N_("Average per service day"),
    unit="visits_per_day",
    ratio=True,
)
UNIQUE_PATRONS = Indicator(code="unique_patrons", name=N_("Patrons known by name"), unit="patrons")
ONLINE_USERS = Indicator(code="online_users", name=N_("Online users"), unit="users", additive=True)
WORKSTATIONS = Indicator(
    code="workstations", name=N_("Public computers"), unit="workstations", stock=True
)
COMPUTER_SESSIONS = Indicator(
    code="computer_sessions", name=N_("Computer sessions"), unit="sessions", additive=True
)
DEVICE_SESSIONS = Indicator(
    code="device_sessions", name=N_("Sessions on own devices"), unit="sessions", additive=True
)
COMPUTER_MINUTES = Indicator(
    code="computer_minutes", name=N_("Computer minutes"), unit="minutes", additive=True
)
CLASS_MINUTES = Indicator(
    code="class_minutes", name=N_("Class minutes"), unit="minutes", additive=True
)
MINUTES_PER_SESSION = Indicator(
    code="minutes_per_session",
    name=N_("Minutes per session"),
    unit="minutes_per_session",
    ratio=True,
)
AVAILABLE_MINUTES = Indicator(
    code="available_minutes",
    name=N_("Available computer minutes"),
    unit="minutes",
    additive=True,
    aim=False,
)
"""Open minutes of each day × the computers that the public could use on it (PM4)."""
COMPUTER_USE_RATE = Indicator(
    code="computer_use_rate", name=N_("Computer use rate"), unit="share", ratio=True
)
QUEUE_TICKETS = Indicator(
    code="queue_tickets", name=N_("Queue tickets"), unit="tickets", additive=True, aim=False
)
QUEUE_NO_SHOWS = Indicator(
    code="queue_no_shows",
    name=N_("Called in vain from the queue"),
    unit="calls",
    additive=True,
    aim=False,
)
WAITING_MINUTES_PER_TICKET = Indicator(
    code="waiting_minutes_per_ticket",
    name=N_("Waiting minutes per ticket"),
    unit="minutes_per_ticket",
    ratio=True,
    aim=False,
)
LENT = (
    WORKSTATIONS,
    COMPUTER_SESSIONS,
    DEVICE_SESSIONS,
    COMPUTER_MINUTES,
    CLASS_MINUTES,
    MINUTES_PER_SESSION,
    AVAILABLE_MINUTES,
    COMPUTER_USE_RATE,
    QUEUE_TICKETS,
    QUEUE_NO_SHOWS,
    WAITING_MINUTES_PER_TICKET,
)
"""What is counted of the computers and how they were used."""
VISITS_VIA_ACTIVITIES = Indicator(
    code="visits_via_activities",
    name=N_("Of which via activities"),
    unit="visits",
    additive=True,
    aim=False,
)
"""Visits that are linked to an activity: part of the visits, never added to them."""
TRAININGS = Indicator(
    code="trainings",
    name=N_("Trainings"),
    unit="courses",
)
"""Courses with a meeting in the period: one that runs over two months is in both."""
TRAINING_MEETINGS = Indicator(
    code="training_meetings",
    name=N_("Training meetings"),
    unit="meetings",
    additive=True,
)
TRAINING_ATTENDANCES = Indicator(
    code="training_attendances",
    name=N_("Training attendances"),
    unit="attendances",
    additive=True,
)
PEOPLE_TRAINED = Indicator(
    code="people_trained",
    name=N_("People trained"),
    unit="people",
)
PERSON_HOURS = Indicator(
    code="person_hours",
    name=N_("Person-hours of training"),
    unit="person_hours",
    additive=True,
)
STAFF_TRAINED = Indicator(
    code="staff_trained",
    name=N_("Staff trained"),
    unit="people",
)
COMMUNITY_MEETINGS = Indicator(
    code="community_meetings",
    name=N_("Community meetings"),
    unit="meetings",
    additive=True,
)
MEETING_ATTENDANCES = Indicator(
    code="meeting_attendances",
    name=N_("Participants of community meetings"),
    unit="attendances",
    additive=True,
)
ACTIVE_COMMUNITIES = Indicator(
    code="active_communities",
    name=N_("Active communities"),
    unit="communities",
)
DECISIONS_DONE = Indicator(
    code="decisions_done",
    name=N_("Decisions carried out"),
    unit="share",
    ratio=True,
    aim=False,
)
ADVOCACY_ACTIONS = Indicator(
    code="advocacy_actions",
    name=N_("Advocacy actions"),
    unit="actions",
    additive=True,
)
BUDGET_AMOUNT = Indicator(
    code="budget_amount",
    name=N_("Budget of the year"),
    unit="rupiah",
    stock=True,
)
BUDGET_GROWTH = Indicator(
    code="budget_growth",
    name=N_("Growth of the budget"),
    unit="share",
    ratio=True,
)
PARTNERSHIPS = Indicator(
    code="partnerships",
    name=N_("Partnerships in force"),
    unit="partners",
    stock=True,
)
MEDIA_ITEMS = Indicator(
    code="media_items",
    name=N_("Media items"),
    unit="items",
    additive=True,
)
STORIES = Indicator(
    code="stories",
    name=N_("Impact stories"),
    unit="stories",
    additive=True,
)
TRAINED = (
    TRAININGS,
    TRAINING_MEETINGS,
    TRAINING_ATTENDANCES,
    PEOPLE_TRAINED,
    PERSON_HOURS,
    STAFF_TRAINED,
)
MET = (COMMUNITY_MEETINGS, MEETING_ATTENDANCES, ACTIVE_COMMUNITIES, DECISIONS_DONE)
KEPT = (ADVOCACY_ACTIONS, BUDGET_AMOUNT, BUDGET_GROWTH, PARTNERSHIPS, MEDIA_ITEMS, STORIES)
ACTED = (VISITS_VIA_ACTIVITIES, *TRAINED, *MET, *KEPT)
"""What is counted of activities and of the program's own records."""
COMPLETENESS_SEX = Indicator(
    code="completeness_sex", name=N_("Sex recorded"), unit="share", ratio=True
)
COMPLETENESS_AGE = Indicator(
    code="completeness_age", name=N_("Age recorded"), unit="share", ratio=True
)
COMPLETENESS_DAYS = Indicator(
    code="completeness_days", name=N_("Open days counted"), unit="share", ratio=True
)
INDICATORS = {
    each.code: each
    for each in (
        VISITS,
        OPEN_DAYS,
        VISITS_PER_OPEN_DAY,
        UNIQUE_PATRONS,
        ONLINE_USERS,
        *LENT,
        *ACTED,
        COMPLETENESS_SEX,
        COMPLETENESS_AGE,
        COMPLETENESS_DAYS,
    )
}
"""Every indicator that figures hold, in their order. Later rooms add theirs here."""
AIMS = {code: each for code, each in INDICATORS.items() if each.aim}
"""Those that a year can have a target of."""


def shown(indicator: Indicator, value: float | None, digits: int = 1) -> str:
    """A value as it is read everywhere: `1.234`, `92,3`, `95,4%`; `–` where nothing was counted.

    Averages and shares have `digits` decimals.
    """
    if value is None:
        return NOTHING
    if indicator.unit == "share":
        return f"{percent(value, digits)}%"
    if indicator.unit == "rupiah":
        return rupiah(int(value))
    return number(value, digits if indicator.ratio else 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One indicator of a period.

    `value` is None where nothing was counted, which is not 0. A ratio is unrounded and comes with
    what it was made of: a sum over branches adds `num` and `den`, never the ratio.
    """

    indicator: str
    unit: str
    value: float | None
    basis: Basis
    num: int | None = None
    den: int | None = None
    by: Mapping[str, Breakdown] = field(default_factory=dict)

    @property
    def is_estimate(self) -> bool:
        """Whether any part of it was estimated: it then says so wherever it stands."""
        return self.basis in (Basis.ESTIMATED, Basis.MIXED)


def not_counted(indicator: Indicator) -> Figure:
    """Not counted, which is not 0."""
    return Figure(
        indicator=indicator.code, unit=indicator.unit, value=None, basis=Basis.NOT_COUNTED
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """All figures of a branch in a period, and what its days were (only days that have come).

    `totals` are the months of which a figure is known as one number.
    """

    schema: int = SCHEMA
    branch: Branch
    period: Period
    final: bool = False
    days: Mapping[DayState, int]
    figures: tuple[Figure, ...]
    totals: tuple[PeriodTotal, ...] = ()
    canonical: str = ""
    """Of a closed month exactly what its check code covers; else nothing."""

    def get(self, indicator: Indicator) -> Figure:
        """The figure of an indicator.

        A month that was closed before the indicator was known did not count it.
        """
        found = (each for each in self.figures if each.indicator == indicator.code)
        return next(found, None) or not_counted(indicator)

    def totals_of(self, *indicators: Indicator) -> tuple[PeriodTotal, ...]:
        """The months of which one of these is known as one number."""
        codes = {each.code for each in indicators}
        return tuple(total for total in self.totals if total.indicator in codes)

    def value(self, indicator: Indicator) -> float | None:
        """The value of an indicator."""
        return self.get(indicator).value


def told(*many: Figures) -> tuple[Indicator, ...]:
    """The indicators that are read: of computers, trainings, meetings only where one is known."""
    groups = (LENT, (VISITS_VIA_ACTIVITIES,), TRAINED, MET, *((each,) for each in KEPT))
    unknown = {
        each
        for group in groups
        if all(figures.value(one) is None for figures in many for one in group)
        for each in group
    }
    return tuple(each for each in INDICATORS.values() if each not in unknown)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mismatch:
    """A breakdown that does not add up to its value."""

    dimension: str
    parts: int
    value: float


def mismatches(figure: Figure) -> tuple[Mismatch, ...]:
    """The breakdowns of a figure whose parts do not add up: ours never, typed ones do happen."""
    if figure.value is None:
        return ()
    sums = {dimension: sum(counts.values()) for dimension, counts in figure.by.items()}
    return tuple(
        Mismatch(dimension=dimension, parts=parts, value=figure.value)
        for dimension, parts in sums.items()
        if parts != figure.value
    )


def is_running(period: Period, today: date) -> bool:
    """Whether days of the period are still to come: its sums then compare with no whole one."""
    return today < period.last


def change(now: float | None, before: float | None) -> float | None:
    """How far `now` is above `before`, as a share of it; None where the base is 0 or unknown."""
    if now is None or not before:
        return None
    return (now - before) / before


def points(now: float | None, before: float | None) -> float | None:
    """How many percentage points one share is above another."""
    if now is None or before is None:
        return None
    return (now - before) * 100


def known(counts: Breakdown) -> int:
    """How many of a breakdown were recorded."""
    return sum(counts.values()) - counts.get(UNKNOWN, 0)


def share(counts: Breakdown, key: str) -> float | None:
    """The share of `key` in what was recorded; None for `unknown`, and where nothing was."""
    total = known(counts)
    return counts.get(key, 0) / total if total and key != UNKNOWN else None


def ratio(num: int, den: int) -> float | None:
    """`num` over `den`, unrounded; None over nothing."""
    return num / den if den else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reached:
    """What a period is to reach, which share of it was reached, and what that means."""

    target: float | None = None
    share: float | None = None
    light: Light | None = None


def reached(
    figure: Figure, period: Period, target: Target | None, thresholds: Thresholds, *, over: bool
) -> Reached:
    """How far a year's `target` is reached in `period`, which lies in that year.

    A part of a year has its part of a sum and all of a ratio or a stock; of distinct people only
    the whole year has a target. Before the period is `over` no sum has a light: half a month of
    visits is not red.
    """
    indicator = INDICATORS[figure.indicator]
    whole = period.kind is PeriodKind.YEAR
    if target is None or not (whole or indicator.of_any_period):
        return Reached()
    wanted = target_of(target, period, additive=indicator.additive)
    if figure.value is None:
        return Reached(target=wanted)
    share_ = share_of(target, period, figure.value, additive=indicator.additive)
    steady = indicator.ratio or indicator.stock
    light = thresholds.light(share_) if over or steady else None
    return Reached(target=wanted, share=share_, light=light)
