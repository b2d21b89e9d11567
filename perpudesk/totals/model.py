"""Totals and targets of whole months, and what reaching one means."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from perpudesk.core.codes import Method
from perpudesk.core.errors import InputError, Problem
from perpudesk.core.formats import month_name, number
from perpudesk.core.i18n import LANGUAGES, N_, speaking, tr, trc
from perpudesk.core.times import Period

MONTH_IN_FUTURE = Problem("month_in_future", "{month} has not begun yet. Choose a month that has.")
MONTH_TOO_EARLY = Problem("month_too_early", "{month} is before 1945. Check the year.")
BAD_TOTAL = Problem(
    "bad_total", "The total must be a whole number from 0 to {most}. Type digits only."
)
BAD_TARGET = Problem(
    "bad_target", "The target must be more than 0 and at most {most}. Type it again."
)
SHARE_TOO_HIGH = Problem(
    "share_too_high", "A share is at most 100%, which a set-up file writes as 1. Type it again."
)
TOO_MANY_DAYS = Problem("too_many_days", "A year has at most {most} days. Type it again.")
BAD_THRESHOLD = Problem(
    "bad_threshold",
    "Yellow must begin above 0% and not above green, and green not above {most}%. Type them again.",
)

TYPED = "typed"
"""The source of a total that somebody typed here."""
SUMS = {
    "visits": N_("Visits"),
    "online_users": N_("Online users"),
    "computer_sessions": N_("Computer sessions"),
    "device_sessions": N_("Sessions on own devices"),
    "computer_minutes": N_("Computer minutes"),
    "class_minutes": N_("Class minutes"),
    "trainings": N_("Trainings"),
    "training_meetings": N_("Training meetings"),
    "training_attendances": N_("Training attendances"),
    "person_hours": N_("Person-hours of training"),
    "community_meetings": N_("Community meetings"),
    "meeting_attendances": N_("Participants of community meetings"),
    "advocacy_actions": N_("Advocacy actions"),
    "budget_amount": N_("Budget"),
    "media_items": N_("Publications"),
    "stories": N_("Impact stories"),
}
"""Indicators that are sums of what was counted, so that a month can have a total of them: no
averages, no rates, no numbers of different people (domain.md, Indicators). Service days are set
day by day."""
RATIOS = {
    "open_days": N_("Service days"),
    "visits_per_open_day": N_("Average per service day"),
    "unique_patrons": N_("Patrons known by name"),
    "minutes_per_session": N_("Minutes per session"),
    "computer_use_rate": N_("Computer use rate"),
    "people_trained": N_("People trained"),
    "staff_trained": N_("Staff trained"),
    "active_communities": N_("Active communities"),
    "workstations": N_("Public computers"),
    "partnerships": N_("Partnerships"),
    "budget_growth": N_("Budget growth"),
    "completeness_sex": N_("Sex recorded"),
    "completeness_age": N_("Age recorded"),
    "completeness_days": N_("Open days counted"),
}
"""Indicators that no sum of months gives."""
MOST = 1_000_000_000
EARLIEST_YEAR = 1945
MOST_SHARE = 10.0
DAYS_OF_A_YEAR = 366
_SHARES = {"computer_use_rate", "completeness_sex", "completeness_age", "completeness_days"}
"""Parts of a whole, which no target makes more than the whole."""
MONTHS = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodTotal:
    """A number of a month without finer records: of an indicator, how it was counted, whence.

    It counts only while the month has no finer record of that indicator (domain.md, Indicators).
    """

    month: Period
    indicator: str
    value: int
    method: Method
    source: str
    batch_id: str | None = None


def indicator_of(text: str) -> str | None:
    """The indicator that is called so, by its code or its name in either language."""
    said = " ".join(text.casefold().split())
    for code, name in {**SUMS, **RATIOS}.items():
        if said in (code, name.casefold()):
            return code
        for lang in LANGUAGES:
            with speaking(lang):
                if said == tr(name).casefold():
                    return code
    return None


def indicator_name(code: str) -> str:
    """What an indicator is called, to be translated."""
    return SUMS.get(code) or RATIOS.get(code, code)


def total_sentence(total: PeriodTotal) -> str:
    """That a figure of a month is one number, and where it comes from."""
    month, count = month_name(total.month.first), number(total.value)
    if total.indicator != "visits":
        return _other_total(total, month=month, count=count)
    if total.source == TYPED:
        return tr("{month}: {count} visits, a monthly total typed here.", month=month, count=count)
    return tr(
        "{month}: {count} visits, a monthly total from {source}.",
        month=month,
        count=count,
        source=total.source,
    )


def _other_total(total: PeriodTotal, *, month: str, count: str) -> str:
    name = tr(indicator_name(total.indicator)).lower()
    if total.source == TYPED:
        return tr(
            "{month}: {name} {count}, a monthly total typed here.",
            month=month,
            name=name,
            count=count,
        )
    return tr(
        "{month}: {name} {count}, a monthly total from {source}.",
        month=month,
        name=name,
        count=count,
        source=total.source,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """What an indicator is to reach in a year: a sum where months add up, else a value."""

    year: int
    indicator: str
    value: float


class Light(StrEnum):
    """How far a target is reached, as a traffic light."""

    GREEN = "green"
    YELLOW = "yellow"
    RED = "red"


def light_name(light: Light) -> str:
    """What a light is called: its word stands wherever its colour does."""
    names = {
        Light.GREEN: trc("light", "green"),
        Light.YELLOW: trc("light", "yellow"),
        Light.RED: trc("light", "red"),
    }
    return names[light]


@dataclass(frozen=True, slots=True, kw_only=True)
class Thresholds:
    """From which share of a target on it is green, and yellow; below is red (domain.md)."""

    green: float = 1.0
    yellow: float = 0.8

    def light(self, reached: float) -> Light:
        """The light of a share of the target that was reached."""
        if reached >= self.green:
            return Light.GREEN
        return Light.YELLOW if reached >= self.yellow else Light.RED


def target_of(target: Target, period: Period, *, additive: bool) -> float:
    """What `period` is to reach of a year's target: its months' part of a sum, else all of it.

    `period` lies within the target's year. (The share by months is ours.)
    """
    return target.value * period.length / MONTHS if additive else target.value


def share_of(target: Target, period: Period, value: float, *, additive: bool) -> float:
    """Which share of what `period` is to reach `value` is; reached to the digit is 1, not less."""
    if additive:
        return value * MONTHS / (target.value * period.length)
    return value / target.value


def check_total(total: PeriodTotal, *, this_month: Period) -> PeriodTotal:
    """A total that can be stored; raises `InputError` on `month` or `value`."""
    if total.month.first > this_month.first:
        raise InputError(MONTH_IN_FUTURE, field="month", month=total.month.code)
    if total.month.first.year < EARLIEST_YEAR:
        raise InputError(MONTH_TOO_EARLY, field="month", month=total.month.code)
    if not 0 <= total.value <= MOST:
        raise InputError(BAD_TOTAL, field="value", most=number(MOST))
    return total


def check_target(target: Target) -> Target:
    """A target that can be stored; raises `InputError` on `value`."""
    if not 0 < target.value <= MOST:
        raise InputError(BAD_TARGET, field="value", most=number(MOST))
    if target.indicator in _SHARES and target.value > 1:
        raise InputError(SHARE_TOO_HIGH, field="value")
    if target.indicator == "open_days" and target.value > DAYS_OF_A_YEAR:
        raise InputError(TOO_MANY_DAYS, field="value", most=DAYS_OF_A_YEAR)
    return target


def check_thresholds(thresholds: Thresholds) -> Thresholds:
    """Thresholds that make three lights; raises `InputError` on `green`."""
    if not 0 < thresholds.yellow <= thresholds.green <= MOST_SHARE:
        raise InputError(BAD_THRESHOLD, field="green", most=round(MOST_SHARE * 100))
    return thresholds
