"""Every statement that touches visits."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from perpudesk.core.codes import (
    AgeBand,
    Disability,
    Method,
    Precision,
    VisitorType,
    band_in_set,
)
from perpudesk.core.times import Period
from perpudesk.db import batches, journal
from perpudesk.db.connection import Store
from perpudesk.db.database import Database
from perpudesk.db.lists import listed
from perpudesk.patrons.model import Profile
from perpudesk.visits.model import (
    ImportedVisit,
    Moment,
    Visit,
    VisitDraft,
    kept_parts,
    parts_of,
)

_VISIT = """
SELECT visits.*, patrons.name AS patron_name, leaders.name AS leader_name
FROM visits
LEFT JOIN patrons ON patrons.id = visits.patron_id
LEFT JOIN patrons AS leaders ON leaders.id = visits.leader_id
"""
_ONE = f"{_VISIT} WHERE visits.id = ?"
_RECENT = (
    f"{_VISIT} WHERE visits.removed_at IS NULL AND visits.local_date = ?"
    " ORDER BY visits.occurred_at DESC, visits.seq DESC LIMIT ?"
)
# The page is chosen on the index alone; names are joined to its few rows only.
_PAGE = """
SELECT visits.*, patrons.name AS patron_name, leaders.name AS leader_name
FROM (
  SELECT rowid AS at FROM visits WHERE removed_at IS NULL
  ORDER BY local_date DESC, occurred_at DESC, rowid DESC LIMIT ? OFFSET ?
) AS page
JOIN visits ON visits.rowid = page.at
LEFT JOIN patrons ON patrons.id = visits.patron_id
LEFT JOIN patrons AS leaders ON leaders.id = visits.leader_id
ORDER BY visits.local_date DESC, visits.occurred_at DESC, visits.rowid DESC
"""
_COUNT = "SELECT count(*) AS n FROM visits WHERE removed_at IS NULL"
_DAY_TOTALS = """
SELECT local_date, sum(count) AS n FROM visits
WHERE removed_at IS NULL AND local_date BETWEEN ? AND ? AND precision <> 'month'
GROUP BY local_date
"""
_TODAY = """
SELECT local_hour, sex, age_years, age_band, parts, count FROM visits
WHERE removed_at IS NULL AND local_date = ? AND precision <> 'month'
"""
_BETWEEN = """
SELECT coalesce(sum(count), 0) AS n FROM visits
WHERE removed_at IS NULL AND local_date BETWEEN ? AND ?
"""
_UNTIL = """
SELECT sum(count) AS n, coalesce(sum(CASE WHEN occurred_at <= ? THEN count END), 0) AS until,
  coalesce(sum(CASE WHEN occurred_at IS NULL THEN count END), 0) AS without_time
FROM visits WHERE removed_at IS NULL AND local_date = ? AND precision <> 'month'
"""
_LAST_OF_PATRON = """
SELECT occurred_at FROM visits
WHERE patron_id = ? AND removed_at IS NULL AND occurred_at >= ?
ORDER BY occurred_at DESC LIMIT 1
"""
_STANDS = "SELECT 1 FROM visits WHERE id = ? AND removed_at IS NULL"
_OF_PATRON_ON = """
SELECT id FROM visits WHERE patron_id = ? AND local_date = ? AND removed_at IS NULL
ORDER BY occurred_at DESC LIMIT 1
"""
_UNNAMED = """
SELECT visits.id FROM visits JOIN batches ON batches.id = visits.batch_id
WHERE batches.source = ? AND batches.removed_at IS NULL AND visits.removed_at IS NULL
  AND visits.patron_id IS NULL AND visits.changed_at IS NULL
"""
_SAY_WHOSE = """
UPDATE visits SET patron_id = ?, seq = ?, revision = revision + 1
WHERE id = ? AND patron_id IS NULL AND changed_at IS NULL AND removed_at IS NULL
"""
_LAST_SEEN = "SELECT max(local_date) AS day FROM visits WHERE patron_id = ? AND removed_at IS NULL"
_FIRST_DAY = "SELECT min(local_date) AS day FROM visits WHERE removed_at IS NULL"
_NEWEST = "SELECT max(local_date) AS day FROM visits WHERE removed_at IS NULL"
_INSTITUTIONS = """
SELECT institution FROM visits WHERE removed_at IS NULL AND institution IS NOT NULL
GROUP BY institution ORDER BY max(seq) DESC LIMIT ?
"""
_MONTHS = "SELECT DISTINCT substr(local_date, 1, 7) AS month FROM visits WHERE removed_at IS NULL"
_IDS_BETWEEN = """
SELECT id, local_date FROM visits WHERE removed_at IS NULL AND local_date BETWEEN ? AND ?
"""
_DAYS_OF_OTHERS = """
SELECT DISTINCT local_date FROM visits LEFT JOIN batches ON batches.id = visits.batch_id
WHERE visits.removed_at IS NULL
  AND NOT (batches.source IS ? AND json_extract(batches.result, '$.columns') IS ?)
"""
_AFTER = """
SELECT id, local_date, local_hour, occurred_at, precision FROM visits
WHERE removed_at IS NULL AND local_date > ? AND batch_id IS NULL ORDER BY seq
"""


def add(store: Store, db: Database, draft: VisitDraft, moment: Moment) -> str:
    """A new visit; the id."""
    fields = columns(draft, moment)
    with listed(db, fields):
        return journal.create(store, db, "visits", fields)


def add_many(store: Store, db: Database, drafts: Iterable[tuple[VisitDraft, Moment]]) -> None:
    """Many new visits, each made at its own moment where that is known."""
    fields = (
        {"created_at": moment.occurred_at or store.now(), **columns(draft, moment)}
        for draft, moment in drafts
    )
    journal.create_many(store, db, "visits", fields)


def bring_in(db: Database, carried: Mapping[str, Any], visits: Iterable[ImportedVisit]) -> None:
    """Store the visits of a file; those of a file taken back come again as the file has them."""
    batches.put_many(db, "visits", carried, ImportedVisit._fields, visits)


def unnamed(db: Database, source: str) -> list[str]:
    """Ids of the visits from files of `source` that are nobody's yet, and that nobody edited."""
    return [row[0] for row in db.conn.execute(_UNNAMED, [source])]


def say_whose(db: Database, carried: Mapping[str, Any], whose: Iterable[tuple[str, str]]) -> None:
    """Say of visits that came in before whose they are: pairs of visit and patron.

    The batch that says it is told by its journal line, and taken back it frees them again.
    """
    rows = ((patron_id, carried["seq"], visit_id) for visit_id, patron_id in whose)
    db.conn.executemany(_SAY_WHOSE, rows)


def days_of_others(db: Database, source: str, columns: str | None) -> set[date]:
    """Days with visits that did not come from a file of `source` read by the same `columns`."""
    rows = db.query(_DAYS_OF_OTHERS, [source, columns])
    return {date.fromisoformat(row["local_date"]) for row in rows}


def ids_between(db: Database, first: date, last: date) -> dict[str, date]:
    """The ids of the visits from `first` to `last`, and their days."""
    rows = db.query(_IDS_BETWEEN, [first.isoformat(), last.isoformat()])
    return {row["id"]: date.fromisoformat(row["local_date"]) for row in rows}


def months(db: Database) -> set[Period]:
    """The months that have visits."""
    return {Period.parse(row["month"]) for row in db.query(_MONTHS)}


def add_of_batch(
    store: Store,
    db: Database,
    carried: Mapping[str, Any],
    drafts: Iterable[tuple[VisitDraft, Moment]],
) -> None:
    """New visits that carry a batch, whose one journal line is theirs."""
    given = [{"id": store.make_id(), **columns(*each)} for each in drafts]
    if given:
        batches.put_many(
            db, "visits", carried, tuple(given[0]), (tuple(each.values()) for each in given)
        )


def change(store: Store, db: Database, visit_id: str, draft: VisitDraft, moment: Moment) -> bool:
    """Set the visit to `draft`; False when nothing differs."""
    fields = columns(draft, moment)
    with listed(db, fields):
        return journal.change(store, db, "visits", visit_id, fields)


def redate(store: Store, db: Database, visit_id: str, moment: Moment) -> None:
    """Give a visit that was recorded under a wrong clock its right moment."""
    journal.change(store, db, "visits", visit_id, _moment_columns(moment))


def remove(store: Store, db: Database, visit_id: str, note: str | None) -> None:
    """Take the visit out of every list and total."""
    journal.remove(store, db, "visits", visit_id, note=note)


def get(db: Database, visit_id: str) -> Visit | None:
    """The visit with that id."""
    row = next(iter(db.query(_ONE, [visit_id])), None)
    return None if row is None else visit(row)


def recent(db: Database, day: date, limit: int) -> list[Visit]:
    """The last visits of a day, newest first."""
    return [visit(row) for row in db.query(_RECENT, [day.isoformat(), limit])]


def page(db: Database, offset: int, limit: int) -> list[Visit]:
    """Visits, newest first, `limit` from `offset`."""
    return [visit(row) for row in db.query(_PAGE, [limit, offset])]


def count(db: Database) -> int:
    """How many visit records there are."""
    return int(next(iter(db.query(_COUNT)))["n"])


def day_totals(db: Database, first: date, last: date) -> dict[date, int]:
    """Visits per day, only days that have any."""
    rows = db.query(_DAY_TOTALS, [first.isoformat(), last.isoformat()])
    return {date.fromisoformat(row["local_date"]): row["n"] for row in rows}


def total(db: Database, first: date, last: date) -> int:
    """Visits from `first` to `last`."""
    return int(next(iter(db.query(_BETWEEN, [first.isoformat(), last.isoformat()])))["n"])


def total_until(db: Database, day: date, moment: str) -> int | None:
    """Visits of a day up to a moment of it (UTC text).

    None where the day has none, or where some have no time: they came before or after.
    """
    row = next(iter(db.query(_UNTIL, [moment, day.isoformat()])))
    return int(row["until"]) if row["n"] and not row["without_time"] else None


def today_counts(
    db: Database, day: date, bands: tuple[AgeBand, ...]
) -> tuple[dict[int, int], dict[tuple[str, str], int]]:
    """Visits of a day by hour, and by (sex, age band)."""
    hours: dict[int, int] = {}
    cells: dict[tuple[str, str], int] = {}
    for row in db.query(_TODAY, [day.isoformat()]):
        if row["local_hour"] is not None:
            hours[row["local_hour"]] = hours.get(row["local_hour"], 0) + row["count"]
        rest = row["count"]
        for part in parts_of(row["parts"]):
            key = (str(part.sex), band_in_set(None, part.age_band, bands))
            cells[key] = cells.get(key, 0) + part.count
            rest -= part.count
        if rest:
            key = (row["sex"], band_in_set(row["age_years"], row["age_band"], bands))
            cells[key] = cells.get(key, 0) + rest
    return hours, cells


def last_visit_of(db: Database, patron_id: str, since: str) -> str | None:
    """The patron's last visit since a moment, as UTC text."""
    row = next(iter(db.query(_LAST_OF_PATRON, [patron_id, since])), None)
    return None if row is None else str(row["occurred_at"])


def stands(db: Database, visit_id: str) -> bool:
    """Whether a visit is here and was not removed."""
    return db.execute(_STANDS, [visit_id]).fetchone() is not None


def of_patron_on(db: Database, patron_id: str, day: date) -> str | None:
    """The id of the patron's last visit of a day, if there is one."""
    row = next(iter(db.query(_OF_PATRON_ON, [patron_id, day.isoformat()])), None)
    return None if row is None else str(row["id"])


def last_seen(db: Database, patron_id: str) -> date | None:
    """The day a patron was last here."""
    return _day(next(iter(db.query(_LAST_SEEN, [patron_id])))["day"])


def institutions(db: Database, limit: int) -> list[str]:
    """Institutions that brought a group, the last one first."""
    return [row["institution"] for row in db.query(_INSTITUTIONS, [limit])]


def first_day(db: Database) -> date | None:
    """The day of the branch's first record."""
    return _day(next(iter(db.query(_FIRST_DAY)))["day"])


def newest_day(db: Database) -> date | None:
    """The day of the branch's newest record, whatever the clock said."""
    return _day(next(iter(db.query(_NEWEST)))["day"])


def dated_after(db: Database, day: date) -> list[tuple[str, Moment]]:
    """Visits recorded here with a day after `day`: the clock was wrong then."""
    return [(row["id"], _moment(row)) for row in db.query(_AFTER, [day.isoformat()])]


def columns(draft: VisitDraft, moment: Moment) -> dict[str, Any]:
    """A visit as its columns."""
    return {
        **_moment_columns(moment),
        "type": str(draft.type),
        "count": draft.count,
        **draft.profile.columns(),
        "disability": str(draft.disability),
        "purpose": draft.purpose,
        "method": str(draft.method),
        "patron_id": draft.patron_id,
        "institution": draft.institution,
        "leader_id": draft.leader_id,
        "parts": kept_parts(draft.parts),
        "note": draft.note,
    }


def _moment_columns(moment: Moment) -> dict[str, Any]:
    return {
        "local_date": moment.local_date.isoformat(),
        "local_hour": moment.local_hour,
        "occurred_at": moment.occurred_at,
        "precision": str(moment.precision),
    }


def visit(row: Mapping[str, Any]) -> Visit:
    """A visit from its row."""
    return Visit(
        id=row["id"],
        moment=_moment(row),
        type=VisitorType(row["type"]),
        count=row["count"],
        profile=Profile.of(row),
        disability=Disability(row["disability"]),
        purpose=row["purpose"],
        method=Method(row["method"]),
        patron_id=row["patron_id"],
        patron_name=row["patron_name"],
        institution=row["institution"],
        leader_id=row["leader_id"],
        leader_name=row["leader_name"],
        parts=parts_of(row["parts"]),
        note=row["note"],
        batch_id=row["batch_id"],
    )


def _moment(row: Mapping[str, Any]) -> Moment:
    return Moment(
        local_date=date.fromisoformat(row["local_date"]),
        local_hour=row["local_hour"],
        occurred_at=row["occurred_at"],
        precision=Precision(row["precision"]),
    )


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)
