"""A month from its sampled days: their mean × the open days of the month (domain.md, rule 10)."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import pairwise

from perpudesk.branch.model import DayInfo, Week
from perpudesk.core.codes import DayState, Method, VisitorType
from perpudesk.core.errors import Problem, RuleError
from perpudesk.core.formats import number
from perpudesk.visits.model import VisitDraft
from perpudesk.visits.tally import wants_numbers

NOTHING_SAMPLED = Problem(
    "nothing_sampled", "No day is marked as a sample. Mark days that were counted."
)
NOTHING_WANTING = Problem(
    "nothing_wanting", "Every open day of this month has its number; there is nothing to estimate."
)
MORE_IS_KNOWN = Problem(
    "more_is_known",
    "The estimate of {estimate} is not above the {known} visits that are known already. Mark other "
    "days as samples.",
)


class Role(StrEnum):
    """What a day of the month can be for the estimate."""

    COUNTED = "counted"
    """Counted: may be sampled."""
    KNOWN = "known"
    """Estimated already, by a sheet or otherwise."""
    WANTING = "wanting"
    """Open without a number: gets its share, unless it is left out as not open."""
    OUT = "out"
    """Closed, going on, or still to come."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """What the sampled days make of a month; nothing of it is stored yet."""

    sampled: tuple[date, ...]
    sampled_visits: int
    open_days: int
    total: int
    """Mean × open days, to the nearest whole visit, half up."""
    known: int
    """Of these, visits that are counted or estimated already."""
    shares: tuple[tuple[date, int], ...]
    """What each open day without a number gets; together `total - known`."""

    @property
    def mean(self) -> float:
        """Visits on a sampled day."""
        return self.sampled_visits / len(self.sampled)

    @property
    def added(self) -> int:
        """What would be stored."""
        return self.total - self.known


def role_of(day: DayInfo, week: Week | None, today: date) -> Role:
    """What the day can be for the estimate of its month; today is not over and gets no share."""
    if day.state is DayState.OPEN_COUNTED:
        return Role.COUNTED
    if day.state is DayState.ESTIMATED and day.visits:
        return Role.KNOWN
    unknown = wants_numbers(day, week) or day.state is DayState.ESTIMATED
    return Role.WANTING if unknown and day.date < today else Role.OUT


def estimate(
    days: Sequence[DayInfo],
    week: Week | None,
    *,
    today: date,
    sampled: Collection[date],
    left_out: Collection[date] = (),
) -> Estimate:
    """What the `sampled` days say of the month of `days`; those `left_out` were not open.

    Raises `RuleError` where there is no sample, no day to estimate, or nothing left for one.
    """
    roles = {day: role_of(day, week, today) for day in days}
    counted = [day for day, role in roles.items() if role is Role.COUNTED]
    known = [*counted, *(day for day, role in roles.items() if role is Role.KNOWN)]
    wanting = [
        day.date for day, role in roles.items() if role is Role.WANTING and day.date not in left_out
    ]
    sample = [day for day in counted if day.date in sampled]
    if not wanting:
        raise RuleError(NOTHING_WANTING)
    if not sample:
        raise RuleError(NOTHING_SAMPLED)
    visits = sum(day.visits for day in sample)
    open_days = len(known) + len(wanting)
    total = (2 * visits * open_days + len(sample)) // (2 * len(sample))
    there = sum(day.visits for day in known)
    if total <= there:
        raise RuleError(MORE_IS_KNOWN, estimate=number(total), known=number(there))
    shares = zip(wanting, split(total - there, len(wanting)), strict=True)
    return Estimate(
        sampled=tuple(day.date for day in sample),
        sampled_visits=visits,
        open_days=open_days,
        total=total,
        known=there,
        shares=tuple(shares),
    )


def split(total: int, parts: int) -> list[int]:
    """`total` in `parts` that differ by one at most and lose none, the larger ones spread."""
    edges = [total * at // parts for at in range(parts + 1)]
    return [after - before for before, after in pairwise(edges)]


def visits_of_estimate(found: Estimate) -> list[VisitDraft]:
    """An estimated visit record for each day that gets a share; who came is not known."""
    return [
        VisitDraft(count=count, type=VisitorType.UNKNOWN, method=Method.ESTIMATED, on=day)
        for day, count in found.shares
        if count
    ]
