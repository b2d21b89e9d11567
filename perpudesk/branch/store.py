"""Every statement that touches the branch's own tables."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from perpudesk.branch.model import (
    SESSION_LIMITS,
    Branch,
    Entry,
    Hours,
    Outage,
    ServiceDay,
    Signatory,
    SignatoryPlace,
    Staff,
    Week,
)
from perpudesk.core.codes import GROWING_LISTS, BranchKind, ClosedReason, DayState
from perpudesk.core.i18n import tr
from perpudesk.core.times import parse_utc, utc_text
from perpudesk.db import journal
from perpudesk.db.connection import Store
from perpudesk.db.database import Database

_OUTAGES = """
SELECT * FROM outages WHERE removed_at IS NULL AND local_date BETWEEN ? AND ? ORDER BY from_at, seq
"""
_UNCHECKED = """
SELECT * FROM outages WHERE removed_at IS NULL AND checked_at IS NULL
ORDER BY from_at DESC, seq DESC
"""
_BRANCH = "SELECT * FROM branches WHERE id = branch_id LIMIT 1"
_STAFF = "SELECT id, name FROM staff WHERE removed_at IS NULL ORDER BY name, id"
_HAS_PINS = "SELECT 1 FROM staff_pins LIMIT 1"
_STAFF_NAMES = "SELECT id, name FROM staff"
_SIGNATORIES = "SELECT * FROM signatories WHERE removed_at IS NULL ORDER BY place"
_DAYS = "SELECT * FROM service_days WHERE removed_at IS NULL AND date BETWEEN ? AND ? ORDER BY date"
_HOLIDAYS = "SELECT date, name FROM holidays WHERE removed_at IS NULL"
_ENTRIES = "SELECT slug, label, counts_under, retired FROM {table} ORDER BY position, slug"
_LAST_PLACE = "SELECT max(position) AS place FROM {table}"
_PICTURE = "SELECT data FROM pictures WHERE digest = ?"
_CREST = "SELECT crest FROM branches WHERE id = ?"
_BRANCH_KEY = "SELECT secret FROM branches WHERE id = ?"


def find_branch(db: Database) -> Branch | None:
    """The branch of this store, or None before it is set up."""
    row = next(iter(db.query(_BRANCH)), None)
    return None if row is None else _branch(row)


def add_branch(store: Store, db: Database, fields: Mapping[str, Any], secret: bytes) -> None:
    """The branch's own record."""
    journal.create(store, db, "branches", {**_columns(fields), "secret": secret})


def change_branch(store: Store, db: Database, branch_id: str, fields: Mapping[str, Any]) -> bool:
    """Set `fields` of the branch; False when nothing differs."""
    return journal.change(store, db, "branches", branch_id, _columns(fields))


def keep_picture(db: Database, data: bytes) -> str:
    """Store a picture under the hash of its bytes; the hash."""
    import hashlib

    digest = hashlib.sha256(data).hexdigest()
    db.table("pictures").insert({"digest": digest, "data": data}, pk="digest", ignore=True)
    return digest


def crest(db: Database, branch_id: str) -> bytes | None:
    """The crest's PNG bytes."""
    digest = next(iter(db.query(_CREST, [branch_id])))["crest"]
    if digest is None:
        return None
    return bytes(next(iter(db.query(_PICTURE, [digest])))["data"])


def secret(db: Database, branch_id: str) -> bytes:
    """The key under which the branch's imported rows are known again."""
    return bytes(next(iter(db.query(_BRANCH_KEY, [branch_id])))["secret"])


def staff(db: Database) -> list[Staff]:
    """Who may be at the desk."""
    return [Staff(id=row["id"], name=row["name"]) for row in db.query(_STAFF)]


def has_pins(db: Database) -> bool:
    """Whether anybody has a PIN."""
    return next(iter(db.query(_HAS_PINS)), None) is not None


def staff_names(db: Database) -> dict[str, str]:
    """Everybody who was ever at the desk."""
    return {row["id"]: row["name"] for row in db.query(_STAFF_NAMES)}


def add_staff(store: Store, db: Database, name: str) -> str:
    """A new person at the desk; the id."""
    return journal.create(store, db, "staff", {"name": name})


def rename_staff(store: Store, db: Database, staff_id: str, name: str) -> None:
    """Mend a name."""
    journal.change(store, db, "staff", staff_id, {"name": name})


def remove_staff(store: Store, db: Database, staff_id: str) -> None:
    """No longer at the desk; what they recorded stays theirs."""
    journal.remove(store, db, "staff", staff_id)


def bring_back_staff(store: Store, db: Database, staff_id: str) -> None:
    """At the desk again."""
    journal.change(store, db, "staff", staff_id, {"removed_at": None})


def signatories(db: Database) -> list[Signatory]:
    """Who signs, left before right."""
    return [
        Signatory(
            place=SignatoryPlace(row["place"]),
            name=row["name"],
            post=row["post"],
            rank=row["rank"],
            nip=row["nip"],
        )
        for row in db.query(_SIGNATORIES)
    ]


def set_signatory(store: Store, db: Database, who: Signatory) -> None:
    """Who signs at that place."""
    fields = {"name": who.name, "post": who.post, "rank": who.rank, "nip": who.nip}
    journal.put(store, db, "signatories", {"place": str(who.place)}, fields)


def days(db: Database, first: date, last: date) -> dict[date, ServiceDay]:
    """What was set for the days from `first` to `last`."""
    rows = db.query(_DAYS, [first.isoformat(), last.isoformat()])
    return {(day := _day(row)).date: day for row in rows}


def set_day(store: Store, db: Database, day: ServiceDay) -> None:
    """Set what a day was."""
    fields = {
        "state": str(day.state),
        "reason": None if day.reason is None else str(day.reason),
        "note": day.note,
        "minutes_open": day.minutes_open,
    }
    journal.put(store, db, "service_days", {"date": day.date.isoformat()}, fields)


def clear_day(store: Store, db: Database, day: date) -> None:
    """Forget what was set for a day, so that the rule decides again."""
    journal.take_out(store, db, "service_days", {"date": day.isoformat()})


def holiday_edits(db: Database) -> dict[date, str | None]:
    """The branch's own holidays, and shipped ones it does not keep (no name)."""
    return {date.fromisoformat(row["date"]): row["name"] for row in db.query(_HOLIDAYS)}


def set_holiday(store: Store, db: Database, day: date, name: str | None) -> None:
    """A holiday of the branch's own, or (no name) a shipped one it does not keep."""
    journal.put(store, db, "holidays", {"date": day.isoformat()}, {"name": name})


def add_outage(
    store: Store, db: Database, day: date, start: datetime, until: datetime | None, *, checked: bool
) -> str:
    """The program stopped without being closed; the id."""
    fields = {
        "local_date": day.isoformat(),
        "from_at": utc_text(start),
        "until_at": None if until is None else utc_text(until),
        "checked_at": store.now() if checked else None,
    }
    return journal.create(store, db, "outages", fields)


def outages(db: Database, first: date, last: date) -> list[Outage]:
    """The outages that began on these days, oldest first."""
    return [_outage(row) for row in db.query(_OUTAGES, [first.isoformat(), last.isoformat()])]


def unchecked_outages(db: Database) -> list[Outage]:
    """Those whose sessions nobody has looked at, newest first."""
    return [_outage(row) for row in db.query(_UNCHECKED)]


def check_outage(store: Store, db: Database, outage_id: str) -> None:
    """Somebody has looked at what it ended."""
    journal.change(store, db, "outages", outage_id, {"checked_at": store.now()})


def _outage(row: Mapping[str, Any]) -> Outage:
    return Outage(
        id=row["id"],
        local_date=date.fromisoformat(row["local_date"]),
        start=parse_utc(row["from_at"]),
        until=None if row["until_at"] is None else parse_utc(row["until_at"]),
        checked=row["checked_at"] is not None,
    )


def entries(db: Database, table: str) -> list[Entry]:
    """Every entry of a growing list, retired ones too, in its order; labels as they are read."""
    standard = GROWING_LISTS[table]
    return [
        _entry(row, standard.get(row["slug"], "")) for row in db.query(_ENTRIES.format(table=table))
    ]


def add_entry(db: Database, table: str, entry: Entry) -> None:
    """An entry of the branch's own, at the end of the list."""
    last = next(iter(db.query(_LAST_PLACE.format(table=table))))["place"]
    db.table(table).insert(
        {
            "slug": entry.slug,
            "label": entry.label,
            "counts_under": entry.standard,
            "position": last + 1,
        }
    )


def retire_entry(db: Database, table: str, slug: str, *, retired: bool) -> None:
    """Offer the entry no more, or again; records keep it either way."""
    db.table(table).update(slug, {"retired": int(retired)})


def _columns(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Fields of a `Branch` as columns."""
    columns = dict(fields)
    if "opening_hours" in columns:
        week: Week | None = columns["opening_hours"]
        columns["opening_hours"] = (
            None if week is None else json.dumps([each.text if each else None for each in week])
        )
    if "letterhead" in columns:
        columns["letterhead"] = json.dumps(list(columns["letterhead"]), ensure_ascii=False)
    for name in ("kind", "age_set"):
        if name in columns:
            columns[name] = str(columns[name])
    return columns


def _branch(row: Mapping[str, Any]) -> Branch:
    hours = row["opening_hours"]
    week = None if hours is None else tuple(Hours.parse(each or "") for each in json.loads(hours))
    return Branch(
        id=row["id"],
        name=row["name"],
        kind=BranchKind(row["kind"]),
        zone=row["zone"],
        npp=row["npp"],
        region_code=row["region_code"],
        place=row["place"],
        address=row["address"],
        phone=row["phone"],
        email=row["email"],
        population_served=row["population_served"],
        founded_year=row["founded_year"],
        letterhead=tuple(json.loads(row["letterhead"])),
        opening_hours=week,
        age_set=row["age_set"],
        ask_occupation=bool(row["ask_occupation"]),
        repeat_minutes=row["repeat_minutes"],
        **{name: row[name] for name in (*SESSION_LIMITS, "forgotten_hours")},
        certificate_threshold=row["certificate_threshold"],
        certificate_pattern=row["certificate_pattern"],
        dormant_months=row["dormant_months"],
        retention_months=row["retention_months"],
        has_crest=row["crest"] is not None,
    )


def _entry(row: Mapping[str, Any], standard: str) -> Entry:
    return Entry(
        slug=row["slug"],
        label=tr(standard) if row["label"] is None else row["label"],
        standard=row["counts_under"] or row["slug"],
        retired=bool(row["retired"]),
    )


def _day(row: Mapping[str, Any]) -> ServiceDay:
    return ServiceDay(
        date=date.fromisoformat(row["date"]),
        state=DayState(row["state"]),
        reason=None if row["reason"] is None else ClosedReason(row["reason"]),
        note=row["note"],
        minutes_open=row["minutes_open"],
    )
