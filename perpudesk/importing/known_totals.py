"""What is here already that a total of a file must not touch, and what no month can have."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from perpudesk.core.errors import Problem
from perpudesk.core.times import Period
from perpudesk.totals.model import EARLIEST_YEAR, MOST, PeriodTotal

MONTH_FUTURE = Problem("total_in_future", "{column}: that month has not begun yet.")
MONTH_EARLY = Problem("total_too_early", "{column}: before 1945. Check the year.")
TOO_LARGE = Problem("total_too_large", "“{value}” is more than {most}.")
SESSIONS_OVERLAP = Problem(
    "sessions_day_by_day",
    "{column} has computer sessions day by day here already, so a total of the month would count "
    "nothing.",
)
OVERLAP = Problem(
    "overlap",
    "{column} has visits day by day here already, so a total of the month would count nothing.",
)
OTHER_TOTAL = Problem(
    "other_total",
    "{column} has another total here already: {known}. Undo the import it came with, or take it "
    "out, first.",
)
TAKEN_OUT = Problem("total_taken_out", "{column}: taken out here; type it if it counts again.")
FROM_CALENDAR = Problem(
    "from_calendar",
    "“{value}” are counted in the calendar of service days: set the days of that month there.",
)
NOT_A_SUM = Problem(
    "not_additive",
    "“{value}” is not a number that months add up to: averages, rates and numbers of different "
    "people cannot come in as monthly totals.",
)
UNKNOWN_INDICATOR = Problem("unknown_indicator", "“{value}” is not an indicator of PerpuDesk.")


class Known:
    """What is here already that a total of a file must not touch."""

    def __init__(
        self,
        totals: Sequence[PeriodTotal],
        taken_out: Sequence[PeriodTotal],
        finer: Mapping[str, Collection[Period]],
        this_month: Period,
    ) -> None:
        self.totals = {(each.indicator, each.month): each for each in totals}
        self.taken_out = {(each.indicator, each.month) for each in taken_out}
        self.finer = finer
        self.this_month = this_month

    def problem(self, total: PeriodTotal) -> Problem | None:
        """Why a total cannot come in."""
        month, other = total.month, self.known(total)
        overlap = OVERLAP if total.indicator == "visits" else SESSIONS_OVERLAP
        rules = (
            (MONTH_FUTURE, month.first > self.this_month.first),
            (MONTH_EARLY, month.first.year < EARLIEST_YEAR),
            (TOO_LARGE, total.value > MOST),
            (overlap, month in self.finer.get(total.indicator, ())),
            (TAKEN_OUT, (total.indicator, month) in self.taken_out),
            (OTHER_TOTAL, other is not None and other.value != total.value),
        )
        return next((problem for problem, breaks in rules if breaks), None)

    def known(self, total: PeriodTotal) -> PeriodTotal | None:
        """The total of that month that is here."""
        return self.totals.get((total.indicator, total.month))
