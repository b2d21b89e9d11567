"""Every statement that touches patrons."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from perpudesk.core.codes import Sex
from perpudesk.db import batches, journal
from perpudesk.db.connection import Store
from perpudesk.db.database import Database
from perpudesk.db.lists import listed
from perpudesk.db.meta import VACUUM_DUE, set_meta
from perpudesk.patrons.model import ERASED_NAME, ImportedPatron, Patron, PatronDraft

_ONE = "SELECT * FROM patrons WHERE id = ?"
_BY_NUMBER = (
    "SELECT * FROM patrons WHERE member_number = ? AND removed_at IS NULL AND merged_into IS NULL"
    " ORDER BY seq LIMIT 1"
)
_ALL_NAMES = (
    "SELECT id, name, member_number FROM patrons WHERE removed_at IS NULL AND merged_into IS NULL"
)
_NEWEST = "SELECT coalesce(max(seq), 0) AS n FROM patrons"
_COUNT = "SELECT count(*) AS n FROM patrons WHERE removed_at IS NULL AND merged_into IS NULL"
_PAGE = (
    "SELECT * FROM patrons WHERE removed_at IS NULL AND merged_into IS NULL"
    " ORDER BY name COLLATE NOCASE, id LIMIT ? OFFSET ?"
)
_NUMBERED = (
    "SELECT * FROM patrons WHERE removed_at IS NULL AND merged_into IS NULL"
    " AND member_number IS NOT NULL ORDER BY name COLLATE NOCASE, id"
)
_PLACE = (
    "SELECT count(*) AS n FROM patrons WHERE removed_at IS NULL AND merged_into IS NULL"
    " AND (name < ? COLLATE NOCASE OR (name = ? COLLATE NOCASE AND id < ?))"
)
_BLANK = {
    "name": ERASED_NAME,
    "member_number": None,
    "sex": "unknown",
    "birth_year": None,
    "age_band": None,
    "occupation": "unknown",
    "education": "unknown",
    "village": None,
    "contact": None,
    "guardian_consent": 0,
    "note": None,
}
_MANY = "SELECT * FROM patrons WHERE id IN ({marks})"


def add(store: Store, db: Database, draft: PatronDraft, *, registered_on: date) -> str:
    """A new patron; the id."""
    fields = {**_columns(draft), "registered_on": registered_on.isoformat()}
    with listed(db, fields):
        return journal.create(store, db, "patrons", fields)


def bring_in(db: Database, carried: Mapping[str, Any], patrons: Iterable[ImportedPatron]) -> None:
    """Store the people of a file."""
    batches.put_many(db, "patrons", carried, ImportedPatron._fields, patrons)


def change(store: Store, db: Database, patron_id: str, draft: PatronDraft) -> bool:
    """Set the patron to `draft`; False when nothing differs."""
    fields = _columns(draft)
    with listed(db, fields):
        return journal.change(store, db, "patrons", patron_id, fields)


def merge(store: Store, db: Database, patron_id: str, into: str) -> None:
    """Let one patron stand for the other."""
    journal.change(store, db, "patrons", patron_id, {"merged_into": into})


def part(store: Store, db: Database, patron_id: str) -> None:
    """Let a patron stand for themselves again."""
    journal.change(store, db, "patrons", patron_id, {"merged_into": None})


def remove(store: Store, db: Database, patron_id: str) -> None:
    """Take the patron out of every list; visits keep their totals."""
    journal.remove(store, db, "patrons", patron_id)


def erase(store: Store, db: Database, patron_id: str) -> None:
    """Blank the patron for good; the id stays, and with it every total."""
    row = journal.row_of(db, "patrons", patron_id)
    if row["erased_at"] is None:
        now = store.now()
        removed = row["removed_at"] or now
        blank = {**_BLANK, "erased_at": now, "removed_at": removed}
        journal.erase(store, db, "patrons", patron_id, blank)
        set_meta(db, VACUUM_DUE, "1")


def bring_back(store: Store, db: Database, patron_id: str) -> None:
    """Put a removed patron into the lists again."""
    journal.change(store, db, "patrons", patron_id, {"removed_at": None})


def get(db: Database, patron_id: str) -> Patron | None:
    """The patron with that id, also a removed one."""
    row = next(iter(db.query(_ONE, [patron_id])), None)
    return None if row is None else _patron(row)


def by_number(db: Database, number: str) -> Patron | None:
    """The patron who holds that member number."""
    row = next(iter(db.query(_BY_NUMBER, [number])), None)
    return None if row is None else _patron(row)


def many(db: Database, ids: Sequence[str]) -> list[Patron]:
    """The patrons with these ids, in the order asked."""
    marks = ", ".join("?" * len(ids))
    found = {row["id"]: _patron(row) for row in db.query(_MANY.format(marks=marks), list(ids))}
    return [found[each] for each in ids if each in found]


def names(db: Database) -> Iterator[tuple[str, str, str | None]]:
    """Id, name and number of every patron, for the index in memory."""
    return ((row["id"], row["name"], row["member_number"]) for row in db.query(_ALL_NAMES))


def newest(db: Database) -> int:
    """A number that grows with every change of a patron."""
    return int(next(iter(db.query(_NEWEST)))["n"])


def count(db: Database) -> int:
    """How many patrons there are."""
    return int(next(iter(db.query(_COUNT)))["n"])


def page(db: Database, offset: int, limit: int) -> list[Patron]:
    """Patrons by name."""
    return [_patron(row) for row in db.query(_PAGE, [limit, offset])]


def numbered(db: Database) -> list[Patron]:
    """Patrons with a member number, by name."""
    return [_patron(row) for row in db.query(_NUMBERED)]


def place_of(db: Database, patron: Patron) -> int:
    """How many come before the patron by name."""
    given = [patron.name, patron.name, patron.id]
    return int(next(iter(db.query(_PLACE, given)))["n"])


def _columns(draft: PatronDraft) -> dict[str, Any]:
    return {
        "name": draft.name,
        "member_number": draft.member_number,
        "sex": str(draft.sex),
        "birth_year": draft.birth_year,
        "age_band": draft.age_band,
        "occupation": draft.occupation,
        "education": draft.education,
        "village": draft.village,
        "contact": draft.contact,
        "guardian_consent": int(draft.guardian_consent),
        "note": draft.note,
    }


def _patron(row: Mapping[str, Any]) -> Patron:
    return Patron(
        id=row["id"],
        name=row["name"],
        member_number=row["member_number"],
        sex=Sex(row["sex"]),
        birth_year=row["birth_year"],
        age_band=row["age_band"],
        occupation=row["occupation"],
        education=row["education"],
        village=row["village"],
        contact=row["contact"],
        guardian_consent=bool(row["guardian_consent"]),
        registered_on=date.fromisoformat(row["registered_on"]),
        note=row["note"],
    )
