"""Every statement that touches the program's records."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, TypeVar

from perpudesk.core.codes import AdvocacyKind, Channel, Domain, Funding, PartnerKind
from perpudesk.db import journal
from perpudesk.db.connection import Store
from perpudesk.db.database import Database
from perpudesk.db.lists import listed
from perpudesk.program.model import AdvocacyAction, Filed, MediaItem, Partner, Story, YearMoney

D = TypeVar("D")
Row = Mapping[str, Any]

_ALL = "SELECT * FROM {table} WHERE removed_at IS NULL ORDER BY {order}"
_ONE = "SELECT * FROM {table} WHERE id = ? AND removed_at IS NULL"
_BUDGETS = "SELECT year, funding, amount FROM budgets WHERE removed_at IS NULL ORDER BY year"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelf(Generic[D]):
    """How one kind of record lies in its table."""

    table: str
    order: str
    columns: Callable[[D], dict[str, Any]]
    of: Callable[[Row], D]

    def add(self, store: Store, db: Database, what: D) -> str:
        """A new record; the id."""
        fields = self.columns(what)
        with listed(db, fields):
            return journal.create(store, db, self.table, fields)

    def change(self, store: Store, db: Database, record_id: str, what: D) -> bool:
        """Write it anew; False when nothing differs."""
        fields = self.columns(what)
        with listed(db, fields):
            return journal.change(store, db, self.table, record_id, fields)

    def remove(self, store: Store, db: Database, record_id: str) -> None:
        """Take it out of every list and total."""
        journal.remove(store, db, self.table, record_id)

    def all(self, db: Database) -> list[Filed[D]]:
        """All that stand, in order."""
        found = db.query(_ALL.format(table=self.table, order=self.order))
        return [Filed(id=row["id"], what=self.of(row)) for row in found]

    def get(self, db: Database, record_id: str) -> Filed[D] | None:
        """The record with that id, unless it was removed."""
        row = next(iter(db.query(_ONE.format(table=self.table), [record_id])), None)
        return None if row is None else Filed(id=record_id, what=self.of(row))


def _partner_columns(what: Partner) -> dict[str, Any]:
    return {
        "name": what.name,
        "kind": str(what.kind),
        "mou_number": what.mou_number,
        "from_on": _text(what.from_on),
        "until_on": _text(what.until_on),
        "support": what.support,
        "note": what.note,
    }


def _partner(row: Row) -> Partner:
    return Partner(
        name=row["name"],
        kind=PartnerKind(row["kind"]),
        mou_number=row["mou_number"],
        from_on=_day(row["from_on"]),
        until_on=_day(row["until_on"]),
        support=row["support"],
        note=row["note"],
    )


def _action_columns(what: AdvocacyAction) -> dict[str, Any]:
    return {
        "local_date": what.day.isoformat(),
        "kind": str(what.kind),
        "institution": what.institution,
        "purpose": what.purpose,
        "result": what.result,
        "amount": what.amount,
        "year": what.year,
        "funding": None if what.funding is None else str(what.funding),
        "document_number": what.document_number,
        "note": what.note,
    }


def _action(row: Row) -> AdvocacyAction:
    return AdvocacyAction(
        day=date.fromisoformat(row["local_date"]),
        kind=AdvocacyKind(row["kind"]),
        institution=row["institution"],
        purpose=row["purpose"],
        result=row["result"],
        amount=row["amount"],
        year=row["year"],
        funding=None if row["funding"] is None else Funding(row["funding"]),
        document_number=row["document_number"],
        note=row["note"],
    )


def _media_columns(what: MediaItem) -> dict[str, Any]:
    return {
        "local_date": what.day.isoformat(),
        "channel": str(what.channel),
        "title": what.title,
        "link": what.link,
        "note": what.note,
    }


def _media(row: Row) -> MediaItem:
    return MediaItem(
        day=date.fromisoformat(row["local_date"]),
        channel=Channel(row["channel"]),
        title=row["title"],
        link=row["link"],
        note=row["note"],
    )


def _story_columns(what: Story) -> dict[str, Any]:
    return {
        "local_date": what.day.isoformat(),
        "title": what.title,
        "person_id": what.person_id,
        "pseudonym": what.pseudonym,
        "named": what.named,
        "domain": None if what.domain is None else str(what.domain),
        "before_text": what.before,
        "help_text": what.helped,
        "after_text": what.after,
        "evidence": what.evidence,
        "consent_on": _text(what.consent_on),
        "verified_on": _text(what.verified_on),
        "note": what.note,
    }


def _story(row: Row) -> Story:
    return Story(
        day=date.fromisoformat(row["local_date"]),
        title=row["title"],
        person_id=row["person_id"],
        pseudonym=row["pseudonym"],
        named=bool(row["named"]),
        domain=None if row["domain"] is None else Domain(row["domain"]),
        before=row["before_text"],
        helped=row["help_text"],
        after=row["after_text"],
        evidence=row["evidence"],
        consent_on=_day(row["consent_on"]),
        verified_on=_day(row["verified_on"]),
        note=row["note"],
    )


PARTNERS = Shelf(
    table="partners", order="name COLLATE NOCASE, rowid", columns=_partner_columns, of=_partner
)
ACTIONS = Shelf(
    table="advocacy_actions",
    order="local_date DESC, rowid DESC",
    columns=_action_columns,
    of=_action,
)
MEDIA = Shelf(
    table="media_items", order="local_date DESC, rowid DESC", columns=_media_columns, of=_media
)
STORIES = Shelf(
    table="stories", order="local_date DESC, rowid DESC", columns=_story_columns, of=_story
)


def put_budget(store: Store, db: Database, year: int, funding: Funding, amount: int | None) -> bool:
    """What a year had from a source, or (None) that nobody knows; False when it said so already."""
    key = {"year": year, "funding": str(funding)}
    if amount is None:
        return journal.take_out(store, db, "budgets", key)
    return journal.put(store, db, "budgets", key, {"amount": amount})


def budgets(db: Database) -> list[YearMoney]:
    """What each year had, the earliest first."""
    years: dict[int, dict[Funding, int]] = {}
    for row in db.query(_BUDGETS):
        years.setdefault(row["year"], {})[Funding(row["funding"])] = row["amount"]
    return [YearMoney(year=year, by_source=found) for year, found in years.items()]


def _text(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)
