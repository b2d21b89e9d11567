"""Every statement of the reports: named queries over any table, and none that writes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path

from perpudesk.core.codes import Method, Precision
from perpudesk.core.times import Period
from perpudesk.db.database import Database
from perpudesk.reports.counting import Records, WhenRow, WhoRow
from perpudesk.reports.model import VISITS
from perpudesk.totals.model import PeriodTotal

_SQL = Path(__file__).parent / "sql"


@cache
def _statement(name: str) -> str:
    return (_SQL / f"{name}.sql").read_text("utf-8")


def records(db: Database, period: Period, *, who: bool = True) -> Records:
    """The visits of a period, added up; `who` came is left out where nobody asks.

    `period` is made of whole months: only then may a month's total stand for its records.
    """
    days = {"first": period.first.isoformat(), "last": period.last.isoformat()}
    patrons = next(iter(db.query(_statement("patrons_named"), days)))
    found = Records(
        when=tuple(
            WhenRow(
                day=date.fromisoformat(row["local_date"]),
                hour=row["local_hour"],
                precision=Precision(row["precision"]),
                method=Method(row["method"]),
                count=row["n"],
            )
            for row in db.query(_statement("visits_when"), days)
        ),
        who=tuple(_who(db, days)) if who else (),
        patrons=patrons["n"],
        patron_methods=frozenset(Method(each) for each in (patrons["methods"] or "").split()),
    )
    return found.with_totals(_totals(db, days))


def _totals(db: Database, days: dict[str, str]) -> Iterator[PeriodTotal]:
    for row in db.query(_statement("visits_totals"), days):
        yield PeriodTotal(
            indicator=VISITS.code,
            month=Period.parse(row["month"]),
            value=row["value"],
            method=Method(row["basis"]),
            source=row["source"],
        )


def _who(db: Database, days: dict[str, str]) -> Iterator[WhoRow]:
    for row in db.query(_statement("visits_who"), days):
        yield WhoRow(
            type=row["type"],
            sex=row["sex"],
            age_years=row["age_years"],
            age_band=row["age_band"],
            occupation=row["occupation"],
            education=row["education"],
            purpose=row["purpose"],
            count=row["n"],
        )
