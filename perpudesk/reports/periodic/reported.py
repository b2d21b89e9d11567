"""All that the report of a period is written from, as one frozen value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from perpudesk.branch.model import Branch, DayInfo, Signatory
from perpudesk.core.codes import DayState
from perpudesk.core.times import Period
from perpudesk.reports.acted import Acted
from perpudesk.reports.closing import Closing, MonthState
from perpudesk.reports.counting import has_come
from perpudesk.reports.lent import Unsettled
from perpudesk.reports.letter import Notes
from perpudesk.reports.model import (
    VISITS,
    Breakdown,
    Figure,
    Figures,
    Indicator,
    Reached,
    is_running,
    reached,
)
from perpudesk.totals.model import Target, Thresholds


@dataclass(frozen=True, slots=True, kw_only=True)
class Reported:
    """The figures of a period beside those of the one before and of the same one last year."""

    figures: Figures
    before: Figures
    """Of the period of the same length before, at least what `headline_of` finds."""
    year_before: Figures
    """Of the same months last year, likewise; a year has one neighbour only."""
    days: tuple[DayInfo, ...]
    """Every day of the period, also those to come."""
    months: tuple[Figures, ...] = ()
    """Of each month of a longer period, what `headline_of` finds; of a month nothing."""
    today: date
    estimated: int = 0
    """How many of the visits are estimates."""
    acted: Acted = field(default_factory=Acted)
    """Activities and the program's records: titles and days, which figures do not hold."""
    unsettled: Unsettled = field(default_factory=Unsettled)
    """Computer sessions that somebody should look after first."""
    targets: Mapping[str, Target] = field(default_factory=dict)
    """By indicator, what the year of the period is to reach."""
    thresholds: Thresholds = field(default_factory=Thresholds)
    age_by_sex: Mapping[str, Breakdown]
    labels: Mapping[str, Mapping[str, str]]
    """By dimension, what the entries of lists that grow are called."""
    crest: bytes | None = None
    signatories: tuple[Signatory, ...] = ()
    notes: Notes = field(default_factory=Notes)
    state: MonthState
    """How far it is before this report; of a month also what changed since it was closed last."""
    closing: Closing | None = None
    """The revision that this report is, once it is one."""
    practice: bool = False

    @property
    def branch(self) -> Branch:
        """Whose figures they are."""
        return self.figures.branch

    @property
    def period(self) -> Period:
        """Which period."""
        return self.figures.period

    @property
    def is_final(self) -> bool:
        """Whether nothing in it can change any more: it is a revision, or made of closed months."""
        return self.closing is not None or self.figures.final

    @property
    def is_running(self) -> bool:
        """Whether days of it are still to come: its sums then compare with no whole one."""
        return is_running(self.period, self.today)

    @property
    def visits(self) -> Figure:
        """The visits and their breakdowns."""
        return self.figures.get(VISITS)

    @property
    def bases(self) -> tuple[Figures, ...]:
        """What it is compared with; for a year, the year before is both."""
        same = self.before.period == self.year_before.period
        return (self.before,) if same else (self.before, self.year_before)

    def reached(self, indicator: Indicator) -> Reached:
        """How far the target of an indicator is reached."""
        return reached(
            self.figures.get(indicator),
            self.period,
            self.targets.get(indicator.code),
            self.thresholds,
            over=not self.is_running,
        )

    def came(self, day: DayInfo) -> bool:
        """Whether the day has come, so that it has a state."""
        return has_come(day, self.today)

    def days_that_were(self, state: DayState) -> tuple[DayInfo, ...]:
        """The days of the period, as far as they have come, that were so."""
        return tuple(day for day in self.days if day.state is state and self.came(day))

    def days_missing(self, state: DayState) -> tuple[DayInfo, ...]:
        """Those of them whose visits are in no figure: a month known as one number lacks no day."""
        whole = {total.month for total in self.figures.totals_of(VISITS)}
        return tuple(
            day for day in self.days_that_were(state) if Period.month_of(day.date) not in whole
        )
