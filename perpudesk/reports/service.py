"""Figures of any period, and its report as a document; reads only."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from perpudesk.branch.model import DayInfo, Entry
from perpudesk.branch.service import BranchService
from perpudesk.core.codes import GROWING_LISTS
from perpudesk.core.files import replacing
from perpudesk.core.times import Period, PeriodKind
from perpudesk.db.connection import Store
from perpudesk.paper.document import Document
from perpudesk.paper.stacked import StackChart
from perpudesk.reports import export
from perpudesk.reports import store as rows
from perpudesk.reports.closing import Closing, Difference, MonthState, differences, standing_of
from perpudesk.reports.counting import (
    Records,
    age_by_sex,
    days_that_came,
    figures_of,
    headline_of,
)
from perpudesk.reports.dimensions import entry_name
from perpudesk.reports.model import ONLINE_USERS, Figures, Indicator, is_running
from perpudesk.reports.periodic import Reported, build
from perpudesk.reports.trend import trend
from perpudesk.totals.service import TotalsService
from perpudesk.visits.service import VisitService

_LISTS = {
    "purpose": "purposes",
    "occupation": "occupations",
    "education": "educations",
    "computer_purpose": "computer_purposes",
    "topic": "training_topics",
    "community_field": "community_fields",
}
"""Lists that a branch may extend: what they are called here (`dimensions.list_of`) and there."""
assert set(_LISTS.values()) == set(GROWING_LISTS)  # noqa: S101 - a list added there is read here


class ReportService:
    """What the records add up to."""

    def __init__(
        self, store: Store, branch: BranchService, visits: VisitService, totals: TotalsService
    ) -> None:
        """Report on the records of `store`."""
        self._store = store
        self._branch = branch
        self._visits = visits
        self._totals = totals

    def figures(self, period: Period, *, standard: bool = False) -> Figures:
        """The figures of a period, computed over it and not summed from months.

        Those of a closed month are what was closed. With `standard` the branch's own purposes,
        occupations and educations count under the standard entries they name.
        """
        live = self._live(period, standard=standard)
        if period.length > 1 or standard:
            return replace(live, final=self.is_final(period))
        state = self._state(period, live)
        if state.closing is None or not state.is_final:
            return live
        return export.as_closed(live, state.closing.figures)

    def closed(self, closing: Closing) -> Figures:
        """The figures of a revision."""
        return export.as_closed(self._live(closing.month), closing.figures)

    def _live(self, period: Period, *, standard: bool = False) -> Figures:
        """The figures as the records have them now."""
        found, days = self._records(period)
        came = days_that_came(days, self._store.today())
        standards = self._standards() if standard else None
        return figures_of(self._branch.current(), period, came, found, standards)

    def state(self, month: Period) -> MonthState:
        """How far a month is, and what changed since it was closed."""
        return self._state(month)

    def _state(self, month: Period, live: Figures | None = None) -> MonthState:
        """The same; `live` figures of it are computed where they are needed and not given."""
        with self._store.reading() as db:
            known = rows.closings(db, month) if month.length == 1 else []
        last = known[-1] if known else None
        changes: tuple[Difference, ...] = ()
        if last is not None and last.altered:
            changes = differences(last.plain, export.figures_json(live or self._live(month)))
        return standing_of(month, self._store.today(), last, changes)

    def is_final(self, period: Period) -> bool:
        """Whether every month of it was closed and is what it was then."""
        return all(self.state(month).is_final for month in period.months())

    def _headline(self, period: Period) -> Figures:
        """What stands beside the figures of another period."""
        found, days = self._records(period, who=False)
        came = days_that_came(days, self._store.today())
        return headline_of(self._branch.current(), period, came, found)

    def _records(self, period: Period, *, who: bool = True) -> tuple[Records, tuple[DayInfo, ...]]:
        """What a period's figures are made of, and all of its days."""
        with self._store.reading() as db:
            found = rows.records(db, period, self._store.now(), who=who)
            typed = self._totals.of(period)
            days = tuple(self._visits.days(period.first, period.last))
        online = tuple(total for total in typed if total.indicator == ONLINE_USERS.code)
        return replace(found, online=online, lent=found.lent.with_totals(typed)), days

    def _standards(self) -> dict[str, dict[str, str]]:
        return {
            called: {each.slug: each.standard for each in self._entries(name)}
            for called, name in _LISTS.items()
        }

    def reported(self, period: Period, *, practice: bool = False) -> Reported:
        """All that the report of a period is written from, as the records have it now."""
        branch = self._branch.current()
        today = self._store.today()
        found, days = self._records(period)
        with self._store.reading() as db:
            notes = rows.notes(db, period)
        figures = figures_of(branch, period, days_that_came(days, today), found)
        before, same = self._headline(period.before()), period.before() == period.year_before()
        return Reported(
            figures=replace(figures, final=period.length > 1 and self.is_final(period)),
            state=self._state(period, figures),
            notes=notes,
            before=before,
            year_before=before if same else self._headline(period.year_before()),
            months=self.by_month(period),
            days=days,
            today=today,
            estimated=found.estimated,
            unsettled=found.lent.unsettled,
            acted=found.acted,
            targets=self._totals.targets(period.first.year),
            thresholds=self._totals.thresholds(),
            age_by_sex=age_by_sex(branch.age_bands, found.who),
            labels=self.labels(),
            crest=self._branch.crest(),
            signatories=tuple(self._branch.signatories()),
            practice=practice,
        )

    def by_month(self, period: Period) -> tuple[Figures, ...]:
        """What stands beside one another in a period longer than a month."""
        return tuple(map(self._headline, period.months())) if period.length > 1 else ()

    def labels(self) -> dict[str, dict[str, str]]:
        """By list, what the entries of lists that grow are called."""
        with self._store.reading() as db:
            places = rows.places(db).values()
        return {
            **{
                called: {each.slug: each.label for each in self._entries(name)}
                for called, name in _LISTS.items()
            },
            "workstation": {each.slug: each.label for each in places},
        }

    def trend(
        self, periods: Sequence[Period], indicator: Indicator, dimension: str = ""
    ) -> StackChart:
        """An indicator over these periods as a chart, by a dimension of `trend.DIMENSIONS`."""
        labels = self.labels()
        many = [self.figures(period) for period in periods]
        name = partial(entry_name, indicator.code, dimension, labels=labels)
        return trend(many, indicator, dimension, name)

    def _entries(self, name: str) -> list[Entry]:
        return self._branch.entries(name, retired=True)

    def report(self, period: Period, *, practice: bool = False) -> Document:
        """The report of a period as its records are, in the language that is spoken here."""
        return build(self.reported(period, practice=practice))

    def months(self) -> list[Period]:
        """The months that can be reported, newest first: from the first record to today's."""
        this = Period.month_of(self._store.today())
        with self._store.reading() as db:
            days = (self._visits.first_day(), *rows.first_days(db))
        recorded = (Period.month_of(day) for day in days if day is not None)
        begin = min(each for each in (this, *recorded, self._totals.first_month()) if each)
        count = (this.last.year - begin.last.year) * 12 + this.last.month - begin.last.month + 1
        return [Period.of(this.first.year, this.first.month - back) for back in range(count)]

    def periods(self, kind: PeriodKind) -> list[Period]:
        """The periods of a length that can be reported, newest first."""
        return list(dict.fromkeys(Period.around(month, kind) for month in self.months()))

    def is_running(self, period: Period) -> bool:
        """Whether days of the period are still to come."""
        return is_running(period, self._store.today())

    def as_json(self, figures: Figures) -> dict[str, Any]:
        """The figures as plain values, in the shape that other programs read."""
        return export.figures_json(figures)

    def as_lines(self, figures: Figures) -> list[str]:
        """The figures as sentences for a person at a prompt."""
        return export.figures_lines(figures)

    def write_xlsx(self, many: Sequence[Figures], path: Path) -> None:
        """The figures as the Excel file `path`, replaced whole or not at all; see `workbook`."""
        from perpudesk.reports.workbook import figures_workbook  # its library loads when asked

        data = figures_workbook(many, self.labels())
        with replacing(path) as stream:
            stream.write(data)

    def write_csv(self, many: Iterable[Figures], path: Path) -> None:
        """The figures as the CSV file `path`, replaced whole or not at all; see `export`."""
        text = io.StringIO(newline="")
        export.figures_csv(many, text)
        with replacing(path) as stream:
            stream.write(text.getvalue().encode())
