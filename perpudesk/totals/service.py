"""Keep totals of months, targets of years, and when a target counts as reached."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from perpudesk.core.codes import Method
from perpudesk.core.times import Period
from perpudesk.core.topics import Notify, Topic
from perpudesk.db.connection import Store
from perpudesk.totals import store as rows
from perpudesk.totals.model import (
    TYPED,
    PeriodTotal,
    Target,
    Thresholds,
    check_target,
    check_thresholds,
    check_total,
)


class TotalsService:
    """The use cases of totals and targets; each method is one transaction."""

    def __init__(self, store: Store, notify: Notify) -> None:
        """Serve the totals of `store`."""
        self._store = store
        self._notify = notify

    def of(self, period: Period) -> list[PeriodTotal]:
        """The totals of the months of a period, by month and indicator."""
        with self._store.reading() as db:
            return rows.totals(db, period)

    def every(self) -> list[PeriodTotal]:
        """All totals that are here."""
        return self.of(Period(date.min, date.max))

    def taken_out(self) -> list[PeriodTotal]:
        """Totals of files that were taken out here and do not come again."""
        with self._store.reading() as db:
            return rows.taken_out(db)

    def first_month(self) -> Period | None:
        """The earliest month of which a total is here."""
        with self._store.reading() as db:
            return rows.first_month(db)

    def bring_in(self, carried: Mapping[str, Any], totals: Iterable[PeriodTotal]) -> None:
        """Store the totals of a file, of which each carries its batch; whoever asks tells."""
        with self._store.writing() as db:
            rows.bring_in(self._store, db, carried, totals)

    def type_total(
        self, indicator: str, month: Period, value: int | None, *, method: Method = Method.COUNTED
    ) -> None:
        """Keep what somebody typed for a month, or (None) that nothing is known of it.

        Raises `InputError` on `month` or `value`.
        """
        self._store.permit([month.first])
        with self._store.writing() as db:
            if value is None:
                rows.clear_total(self._store, db, indicator, month)
            else:
                total = PeriodTotal(
                    month=month, indicator=indicator, value=value, method=method, source=TYPED
                )
                this_month = Period.month_of(self._store.today())
                rows.set_total(self._store, db, check_total(total, this_month=this_month))
        self._notify(Topic.TOTALS)

    def targets(self, year: int) -> dict[str, Target]:
        """The targets of a year by indicator."""
        with self._store.reading() as db:
            return rows.targets(db, year)

    def set_target(self, indicator: str, year: int, value: float | None) -> None:
        """Keep what a year is to reach, or (None) nothing; raises `InputError` on `value`."""
        with self._store.writing() as db:
            if value is None:
                rows.clear_target(self._store, db, indicator, year)
            else:
                target = check_target(Target(year=year, indicator=indicator, value=value))
                rows.set_target(self._store, db, target)
        self._notify(Topic.TOTALS)

    def thresholds(self) -> Thresholds:
        """From where on a target is green, and yellow."""
        with self._store.reading() as db:
            return rows.thresholds(db, self._store.author.branch_id)

    def set_thresholds(self, thresholds: Thresholds) -> None:
        """Keep the thresholds; raises `InputError` on `green`."""
        checked = check_thresholds(thresholds)
        with self._store.writing() as db:
            rows.set_thresholds(self._store, db, self._store.author.branch_id, checked)
        self._notify(Topic.TOTALS)
