"""Every statement of the reports: named queries over any table, and the months that were closed.

What reports count they only read; closed months are theirs to write.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from datetime import date, tzinfo
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any

from perpudesk.branch.model import Signatory, SignatoryPlace
from perpudesk.computers.model import WorkstationState
from perpudesk.core.codes import UNKNOWN, Condition, Method, Paper, Precision, Sex, VisitorType
from perpudesk.core.times import Period, parse_utc
from perpudesk.db import journal
from perpudesk.db.connection import Store
from perpudesk.db.database import Database
from perpudesk.db.meta import meta, set_meta
from perpudesk.reports.acted import Acted, DatedRow, MeetingRow, PartnerRow, PersonRow
from perpudesk.reports.closing import Closing
from perpudesk.reports.counting import Records, WhenRow, WhoRow
from perpudesk.reports.lent import (
    ClassRow,
    Lent,
    Place,
    PlaceRow,
    SessionRow,
    StayRow,
    TicketRow,
    UserRow,
    with_slugs,
)
from perpudesk.reports.letter import Letter, Notes
from perpudesk.reports.listing import DayCount, VisitLine
from perpudesk.reports.model import VISITS
from perpudesk.totals.model import PeriodTotal

_SQL = Path(__file__).parent / "sql"
_CLOSINGS = (
    "SELECT * FROM closings WHERE removed_at IS NULL AND month BETWEEN ? AND ?"
    " ORDER BY month, edition"
)
_WITH_CODE = "SELECT * FROM closings WHERE removed_at IS NULL AND code = ? ORDER BY month, edition"
_CLOSED_MONTHS = "SELECT DISTINCT month FROM closings WHERE removed_at IS NULL ORDER BY month"
_LETTERS = (
    "SELECT * FROM closings WHERE removed_at IS NULL AND letter_number IS NOT NULL"
    " ORDER BY seq DESC LIMIT ?"
)
_DECISIONS_DUE = """
SELECT count(*) AS due, sum(done_on IS NOT NULL) AS done
FROM decisions JOIN meetings ON meetings.id = decisions.meeting_id
WHERE decisions.removed_at IS NULL AND meetings.removed_at IS NULL
  AND due_on BETWEEN :first AND :last
"""
_BUDGETS = "SELECT year, funding, amount FROM budgets WHERE removed_at IS NULL ORDER BY year"
_ACTIONS = """
SELECT local_date AS day, kind AS slug, institution AS title, coalesce(purpose, result) AS told
FROM advocacy_actions
WHERE removed_at IS NULL AND local_date BETWEEN :first AND :last ORDER BY local_date, rowid
"""
_MEDIA = """
SELECT local_date AS day, channel AS slug, title, link AS told FROM media_items
WHERE removed_at IS NULL AND local_date BETWEEN :first AND :last ORDER BY local_date, rowid
"""
# By name only who agreed to it; else by the pseudonym, if there is one.
_STORIES = """
SELECT verified_on AS day, domain AS slug, title,
  CASE WHEN named THEN (SELECT name FROM patrons WHERE patrons.id = person_id)
    ELSE pseudonym END AS told
FROM stories
WHERE removed_at IS NULL AND consent_on IS NOT NULL AND verified_on BETWEEN :first AND :last
ORDER BY verified_on, rowid
"""
_PARTNERS = """
SELECT name, kind, until_on FROM partners
WHERE removed_at IS NULL AND (from_on IS NULL OR from_on <= :last)
  AND (until_on IS NULL OR until_on >= :last)
ORDER BY name COLLATE NOCASE, rowid
"""
_UNSAID = """
SELECT local_date AS day FROM meetings
WHERE removed_at IS NULL AND state = 'planned' AND local_date BETWEEN :first AND :last
  AND local_date < :now
ORDER BY local_date
"""
_FIRST_DAYS = """
SELECT min(local_date) AS day FROM computer_sessions WHERE removed_at IS NULL
UNION ALL SELECT min(local_date) FROM meetings WHERE removed_at IS NULL AND state = 'held'
UNION ALL SELECT min(local_date) FROM advocacy_actions WHERE removed_at IS NULL
UNION ALL SELECT min(local_date) FROM media_items WHERE removed_at IS NULL
"""
_KEEP_PRINT = "INSERT INTO prints (closing_id, paper, data) VALUES (?, ?, ?)"
_PRINT = "SELECT data FROM prints WHERE closing_id = ? AND paper = ?"


@cache
def _statement(name: str) -> str:
    return (_SQL / f"{name}.sql").read_text("utf-8")


def records(db: Database, period: Period, now: str, *, who: bool = True) -> Records:
    """The visits of a period and the use of computers up to `now`, added up.

    `who` came is left out where nobody asks.

    `period` is made of whole months: only then may a month's total stand for its records.
    """
    days = _days(period)
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
        lent=lent(db, period, now, who=who),
        acted=acted(db, period, now),
    )
    return found.with_totals(totals(db, period))


def acted(db: Database, period: Period, now: str) -> Acted:
    """The activities of a period and the program's records, `now` telling what should have been."""
    days, last = _days(period), period.last.isoformat()
    known = next(iter(db.query(_statement("activities_known"))))
    due = next(iter(db.query(_DECISIONS_DUE, days)))
    budgets: dict[int, dict[str, int]] = {}
    for row in db.query(_BUDGETS):
        budgets.setdefault(row["year"], {})[row["funding"]] = row["amount"]
    equipment: dict[str, dict[str, int]] = {}
    for row in db.query(_statement("program_equipment"), {"last": last}):
        equipment.setdefault(row["kind"], {})[row["condition"]] = row["n"]
    return Acted(
        known={kind: date.fromisoformat(day) for kind, day in known.items() if day is not None},
        meetings=tuple(map(_meeting, db.query(_statement("activities_held"), days))),
        people=tuple(
            PersonRow(meeting=row.pop("meeting_id"), **row)
            for row in db.query(_statement("activities_people"), days)
        ),
        visits=next(iter(db.query(_statement("activities_visits"), days)))["n"],
        due=due["due"],
        done=due["done"] or 0,
        actions=tuple(map(_dated, db.query(_ACTIONS, days))),
        media=tuple(map(_dated, db.query(_MEDIA, days))),
        stories=tuple(map(_dated, db.query(_STORIES, days))),
        partners=tuple(
            PartnerRow(
                name=row["name"],
                kind=row["kind"],
                until=None if row["until_on"] is None else date.fromisoformat(row["until_on"]),
            )
            for row in db.query(_PARTNERS, {"last": last})
        ),
        budgets=budgets,
        equipment=equipment,
        unsaid=tuple(
            date.fromisoformat(row["day"]) for row in db.query(_UNSAID, {**days, "now": now[:10]})
        ),
    )


def _meeting(row: dict[str, Any]) -> MeetingRow:
    parts = json.loads(row.pop("parts") or "[]")
    day, method = date.fromisoformat(row.pop("local_date")), Method(row.pop("method"))
    kept = {name: value for name, value in row.items() if value is not None}
    return MeetingRow(
        day=day,
        method=method,
        parts=tuple((each["sex"], each["age_band"], each["count"]) for each in parts),
        **kept,
    )


def _dated(row: dict[str, Any]) -> DatedRow:
    return DatedRow(
        day=date.fromisoformat(row["day"]),
        slug=row["slug"] or UNKNOWN,
        title=row["title"] or "",
        told=row["told"] or "",
    )


def lent(db: Database, period: Period, now: str, *, who: bool = True) -> Lent:
    """How computers were used in a period, up to `now`; `who` used them where somebody asks."""
    days = _days(period)
    return Lent(
        places=places(db),
        sessions=tuple(_sessions(db, days, hours=who)),
        users=tuple(_users(db, days)) if who else (),
        spots=tuple(_spots(db, days)) if who else (),
        stays=tuple(
            StayRow(place=row["workstation_id"], minutes=row["minutes"])
            for row in (db.query(_statement("stays"), days) if who else ())
        ),
        classes=tuple(
            ClassRow(
                day=date.fromisoformat(row["local_date"]),
                place=row["workstation_id"],
                minutes=row["minutes"],
            )
            for row in db.query(_statement("classes"), {**days, "now": now})
        ),
        tickets=tuple(
            TicketRow(
                day=date.fromisoformat(row["local_date"]),
                outcome=row["outcome"],
                count=row["n"],
                no_shows=row["no_shows"],
                minutes=row["minutes"],
            )
            for row in db.query(_statement("tickets"), days)
        ),
    )


def _sessions(db: Database, days: dict[str, str], *, hours: bool) -> Iterator[SessionRow]:
    for row in db.query(_statement("sessions_when"), {**days, "hours": hours}):
        yield SessionRow(
            day=date.fromisoformat(row["local_date"]),
            hour=row["local_hour"],
            precision=Precision(row["precision"]),
            device=bool(row["device"]),
            method=Method(row["method"]),
            duration=row["duration"],
            count=row["n"],
            minutes=row["minutes"],
        )


def _users(db: Database, days: dict[str, str]) -> Iterator[UserRow]:
    for row in db.query(_statement("sessions_who"), days):
        yield UserRow(
            device=bool(row["device"]),
            sex=row["sex"],
            age_years=row["age_years"],
            age_band=row["age_band"],
            type=row["type"],
            occupation=row["occupation"],
            education=row["education"],
            purpose=row["purpose"],
            count=row["n"],
            minutes=row["minutes"],
        )


def _spots(db: Database, days: dict[str, str]) -> Iterator[PlaceRow]:
    for row in db.query(_statement("sessions_where"), days):
        yield PlaceRow(
            device=bool(row["device"]),
            place=row["workstation_id"],
            moved=bool(row["moved"]),
            end=row["end"],
            timed=not row["unknown"],
            count=row["n"],
            minutes=row["minutes"],
        )


def places(db: Database) -> dict[str, Place]:
    """The workstations by their ids, with what each was."""
    found = groupby(db.query(_statement("places")), key=lambda row: row["id"])
    return with_slugs(_place(list(rows)) for _, rows in found)


def _place(rows: list[dict[str, Any]]) -> Place:
    return Place(
        id=rows[0]["id"],
        label=rows[0]["label"],
        number=rows[0]["number"],
        states=tuple(
            WorkstationState(
                since=date.fromisoformat(row["local_date"]),
                condition=Condition(row["condition"]),
                is_public=bool(row["is_public"]),
            )
            for row in rows
        ),
    )


def sessions_by_day(db: Database, period: Period) -> dict[date, int]:
    """How many computer sessions each day of a period had, own devices left out."""
    counts: Counter[date] = Counter()
    for row in _sessions(db, _days(period), hours=False):
        counts[row.day] += 0 if row.device else row.count
    return +counts


def first_days(db: Database) -> list[date]:
    """The days of the first computer session, the first meeting held, the first advocacy."""
    days = (row["day"] for row in db.query(_FIRST_DAYS))
    return [date.fromisoformat(day) for day in days if day is not None]


def totals(db: Database, period: Period) -> tuple[PeriodTotal, ...]:
    """The totals of whole months that count as visits."""
    return tuple(_totals(db, _days(period)))


def day_counts(db: Database, period: Period) -> tuple[DayCount, ...]:
    """The visitors of a period by day, type and sex; without a day where only a month is known."""
    return tuple(
        DayCount(
            day=None if row["day"] is None else date.fromisoformat(row["day"]),
            type=VisitorType(row["type"]),
            sex=Sex(row["sex"]),
            method=Method(row["method"]),
            count=row["n"],
        )
        for row in db.query(_statement("recap_days"), _days(period))
    )


def visit_lines(db: Database, period: Period, zone: tzinfo) -> tuple[VisitLine, ...]:
    """Each visit of a period in order of time, on the clocks of `zone`."""
    found = db.query(_statement("recap_visits"), _days(period))
    return tuple(_line(row, zone) for row in found)


def _line(row: dict[str, Any], zone: tzinfo) -> VisitLine:
    at, parts = row["occurred_at"], row["parts"]
    counts: Counter[str] | None = None
    if parts is not None:
        counts = Counter()
        for part in json.loads(parts):
            counts[part["sex"]] += part["count"]
    undated = row["precision"] == Precision.MONTH
    return VisitLine(
        day=None if undated else date.fromisoformat(row["local_date"]),
        time="" if at is None else f"{row['local_hour']:02}:{parse_utc(at).astimezone(zone):%M}",
        type=VisitorType(row["type"]),
        sex=Sex(row["sex"]),
        age_years=row["age_years"],
        age_band=row["age_band"],
        purpose=row["purpose"],
        method=Method(row["method"]),
        count=row["count"],
        parts=counts,
    )


def _days(period: Period) -> dict[str, str]:
    return {"first": period.first.isoformat(), "last": period.last.isoformat()}


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


def closings(db: Database, period: Period) -> list[Closing]:
    """Every revision of the months of a period, by month and number."""
    first, last = (f"{day:%Y-%m}" for day in (period.first, period.last))
    return [_closing(row) for row in db.query(_CLOSINGS, [first, last])]


def closed_months(db: Database) -> list[Period]:
    """The months that have a revision."""
    return [Period.parse(row["month"]) for row in db.query(_CLOSED_MONTHS)]


def with_code(db: Database, code: str) -> list[Closing]:
    """The revisions that have this check code."""
    return [_closing(row) for row in db.query(_WITH_CODE, [code])]


def letters(db: Database, limit: int) -> list[tuple[Period, Letter]]:
    """The last letters that had a number, oldest first, and the months they are of."""
    found = [_closing(row) for row in db.query(_LETTERS, [limit])]
    return [(each.month, each.letter) for each in reversed(found)]


def add_closing(
    store: Store, db: Database, closing: Closing, prints: Mapping[Paper, bytes]
) -> Closing:
    """Keep a revision with its pages; as it is stored."""
    letter = closing.letter
    key = {"month": closing.month.code, "edition": closing.edition}
    fields = {
        "letter_number": letter.number or None,
        "place": letter.place or None,
        "closed_on": None if letter.day is None else letter.day.isoformat(),
        "signatories": json.dumps(list(map(asdict, letter.signatories)), ensure_ascii=False),
        "obstacles": letter.notes.obstacles or None,
        "follow_up": letter.notes.follow_up or None,
        "figures": closing.figures,
        "code": closing.code,
    }
    journal.put(store, db, "closings", key, fields)
    stored = closings(db, closing.month)[-1]
    for paper, data in prints.items():
        db.execute(_KEEP_PRINT, [stored.id, str(paper), data])
    return stored


def print_of(db: Database, closing: Closing, paper: Paper) -> bytes:
    """The pages of a revision, byte for byte as they were made when it was closed."""
    return bytes(next(iter(db.query(_PRINT, [closing.id, str(paper)])))["data"])


def notes(db: Database, month: Period) -> Notes:
    """What was last typed of a month's obstacles and their follow-up."""
    kept = meta(db, _notes_key(month))
    return Notes() if kept is None else Notes(**json.loads(kept))


def keep_notes(db: Database, month: Period, given: Notes) -> None:
    """Keep what was typed."""
    set_meta(db, _notes_key(month), json.dumps(asdict(given), ensure_ascii=False))


def _notes_key(month: Period) -> str:
    return f"notes {month.code}"


def _closing(row: Mapping[str, Any]) -> Closing:
    day = row["closed_on"]
    return Closing(
        id=row["id"],
        month=Period.parse(row["month"]),
        edition=row["edition"],
        letter=Letter(
            number=row["letter_number"] or "",
            place=row["place"] or "",
            day=None if day is None else date.fromisoformat(day),
            notes=Notes(obstacles=row["obstacles"] or "", follow_up=row["follow_up"] or ""),
            signatories=tuple(map(_signatory, json.loads(row["signatories"]))),
        ),
        figures=row["figures"],
        code=row["code"],
        altered=bool(row["altered"]),
    )


def _signatory(kept: Mapping[str, Any]) -> Signatory:
    return Signatory(**{**kept, "place": SignatoryPlace(kept["place"])})
