"""All that the report of one month is written from, as one frozen value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from perpudesk.branch.model import Branch, DayInfo, Signatory
from perpudesk.core.codes import DayState
from perpudesk.core.times import Period
from perpudesk.reports.counting import has_come
from perpudesk.reports.model import VISITS, Breakdown, Figure, Figures, Indicator


@dataclass(frozen=True, slots=True, kw_only=True)
class Month:
    """The figures of a month beside those of the month before and of the same month last year."""

    figures: Figures
    before: Figures
    """Of the month before, at least what `headline_of` finds."""
    year_before: Figures
    """Of the same month last year, likewise."""
    days: tuple[DayInfo, ...]
    """Every day of the month, also those to come."""
    today: date
    estimated: int = 0
    """How many of the visits are estimates."""
    age_by_sex: Mapping[str, Breakdown]
    labels: Mapping[str, Mapping[str, str]]
    """By dimension, what the entries of lists that grow are called."""
    crest: bytes | None = None
    signatories: tuple[Signatory, ...] = ()
    practice: bool = False

    @property
    def branch(self) -> Branch:
        """Whose month it is."""
        return self.figures.branch

    @property
    def period(self) -> Period:
        """Which month."""
        return self.figures.period

    @property
    def is_running(self) -> bool:
        """Whether days of it are still to come: its sums then compare with no whole month."""
        return self.today < self.period.last

    @property
    def visits(self) -> Figure:
        """The visits and their breakdowns."""
        return self.figures.get(VISITS)

    def compared(self, indicator: Indicator) -> tuple[Figure, Figure, Figure]:
        """The figure of this month, of the month before, of the same month last year."""
        return (
            self.figures.get(indicator),
            self.before.get(indicator),
            self.year_before.get(indicator),
        )

    def came(self, day: DayInfo) -> bool:
        """Whether the day has come, so that it has a state."""
        return has_come(day, self.today)

    def days_that_were(self, state: DayState) -> tuple[DayInfo, ...]:
        """The days of the month, as far as they have come, that were so."""
        return tuple(day for day in self.days if day.state is state and self.came(day))
