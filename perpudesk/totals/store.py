"""Every statement that touches totals and targets."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from perpudesk.core.codes import Method
from perpudesk.core.times import Period
from perpudesk.db import batches, journal
from perpudesk.db.connection import Store
from perpudesk.db.database import Database
from perpudesk.totals.model import PeriodTotal, Target, Thresholds

_TOTALS = (
    "SELECT * FROM period_totals WHERE removed_at IS NULL AND month BETWEEN ? AND ?"
    " ORDER BY month, indicator"
)
_TAKEN_OUT = """
SELECT period_totals.* FROM period_totals JOIN batches ON batches.id = period_totals.batch_id
WHERE period_totals.removed_at IS NOT NULL AND batches.removed_at IS NULL
"""
_FIRST = "SELECT min(month) AS month FROM period_totals WHERE removed_at IS NULL"
_TARGETS = "SELECT * FROM targets WHERE removed_at IS NULL AND year = ? ORDER BY indicator"
_BROUGHT = ("id", "indicator", "month", "value", "basis", "source")
_THRESHOLDS = "SELECT green_from, yellow_from FROM branches WHERE id = ?"


def totals(db: Database, period: Period) -> list[PeriodTotal]:
    """The totals of the months of a period."""
    first, last = (f"{day:%Y-%m}" for day in (period.first, period.last))
    return [_total(row) for row in db.query(_TOTALS, [first, last])]


def taken_out(db: Database) -> list[PeriodTotal]:
    """Totals of files that stand, taken out here: they do not come again with the next file."""
    return [_total(row) for row in db.query(_TAKEN_OUT)]


def first_month(db: Database) -> Period | None:
    """The earliest month of which a total is here."""
    month = next(iter(db.query(_FIRST)))["month"]
    return None if month is None else Period.parse(month)


def set_total(store: Store, db: Database, total: PeriodTotal) -> bool:
    """Keep the total of an indicator and month; False when nothing differs."""
    fields = {
        "value": total.value,
        "basis": str(total.method),
        "source": total.source,
        "batch_id": total.batch_id,
    }
    return journal.put(store, db, "period_totals", _key(total.indicator, total.month), fields)


def bring_in(
    store: Store, db: Database, carried: Mapping[str, Any], totals: Iterable[PeriodTotal]
) -> None:
    """Store the totals of a file under the ids that totals typed here would have."""
    given = (
        (
            journal.natural_of(store, "period_totals", _key(each.indicator, each.month)),
            each.indicator,
            each.month.code,
            each.value,
            str(each.method),
            each.source,
        )
        for each in totals
    )
    batches.put_many(db, "period_totals", carried, _BROUGHT, given)


def clear_total(store: Store, db: Database, indicator: str, month: Period) -> None:
    """Nothing is known of that month any more."""
    journal.take_out(store, db, "period_totals", _key(indicator, month))


def targets(db: Database, year: int) -> dict[str, Target]:
    """The targets of a year by indicator."""
    return {
        row["indicator"]: Target(year=year, indicator=row["indicator"], value=row["value"])
        for row in db.query(_TARGETS, [year])
    }


def set_target(store: Store, db: Database, target: Target) -> bool:
    """Keep a target; False when nothing differs."""
    key = {"indicator": target.indicator, "year": target.year}
    return journal.put(store, db, "targets", key, {"value": target.value})


def clear_target(store: Store, db: Database, indicator: str, year: int) -> None:
    """Nothing is to be reached any more."""
    journal.take_out(store, db, "targets", {"indicator": indicator, "year": year})


def thresholds(db: Database, branch_id: str) -> Thresholds:
    """From where on a target is green, and yellow."""
    row = next(iter(db.query(_THRESHOLDS, [branch_id])))
    return Thresholds(green=row["green_from"], yellow=row["yellow_from"])


def set_thresholds(store: Store, db: Database, branch_id: str, given: Thresholds) -> bool:
    """Keep the thresholds; False when nothing differs."""
    fields = {"green_from": given.green, "yellow_from": given.yellow}
    return journal.change(store, db, "branches", branch_id, fields)


def _key(indicator: str, month: Period) -> dict[str, Any]:
    return {"indicator": indicator, "month": month.code}


def _total(row: Mapping[str, Any]) -> PeriodTotal:
    return PeriodTotal(
        month=Period.parse(row["month"]),
        indicator=row["indicator"],
        value=row["value"],
        method=Method(row["basis"]),
        source=row["source"],
        batch_id=row["batch_id"],
    )
