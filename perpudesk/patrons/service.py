"""Register, find and mend patrons."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from perpudesk.core.errors import InputError, RuleError
from perpudesk.core.topics import Notify, Topic
from perpudesk.db.connection import Store
from perpudesk.patrons import store as rows
from perpudesk.patrons.model import (
    ERASED,
    NOT_TWO,
    NUMBER_TAKEN,
    ImportedPatron,
    Patron,
    PatronDraft,
    admit,
)

if TYPE_CHECKING:
    from perpudesk.patrons.search import PatronIndex

__all__ = ["ImportedPatron", "PatronService"]


class PatronService:
    """The use cases of patrons; each method is one transaction."""

    def __init__(self, store: Store, notify: Notify) -> None:
        """Serve the patrons of `store`."""
        self._store = store
        self._notify = notify
        self._index: PatronIndex | None = None
        self._building = threading.Lock()

    def add(self, draft: PatronDraft) -> Patron:
        """A new patron; raises `InputError` on the field that is refused."""
        tidy = admit(draft, today=self._store.today())
        with self._store.writing() as db:
            self._check_number(tidy, None)
            patron_id = rows.add(self._store, db, tidy, registered_on=self._store.today())
        return self._changed(patron_id)

    def change(self, patron_id: str, draft: PatronDraft) -> Patron:
        """Mend a patron; records keep the profile that was frozen into them."""
        tidy = admit(draft, today=self._store.today())
        with self._store.writing() as db:
            self._check_number(tidy, patron_id)
            rows.change(self._store, db, patron_id, tidy)
        return self._changed(patron_id)

    def remove(self, patron_id: str) -> None:
        """Take a patron out of every list; no total changes."""
        with self._store.writing() as db:
            rows.remove(self._store, db, patron_id)
        if self._index is not None:
            self._index.drop(patron_id)
        self._notify(Topic.PATRONS)

    def erase(self, ids: Iterable[str]) -> None:
        """Blank patrons for good; what they did stays counted. Those that are not here are left."""
        with self._store.writing() as db:
            for patron in rows.many(db, list(ids)):
                rows.erase(self._store, db, patron.id)
                if self._index is not None:
                    self._index.drop(patron.id)
        self._notify(Topic.PATRONS)

    def merge(self, patron_id: str, into: str) -> None:
        """Say that two patrons are the same person; `into` is kept, and every record stays.

        Raises `RuleError` for one that is gone, or the same.
        """
        with self._store.writing() as db:
            both = {each.id for each in rows.many(db, [patron_id, into]) if not each.erased}
            if both != {patron_id, into} or patron_id == into:
                raise RuleError(NOT_TWO)
            rows.merge(self._store, db, patron_id, into)
        self.forget_index()
        self._notify(Topic.PATRONS)

    def part(self, patron_id: str) -> Patron:
        """Undo a merge: they are two people again."""
        with self._store.writing() as db:
            rows.part(self._store, db, patron_id)
        self.forget_index()
        return self._changed(patron_id)

    def bring_back(self, patron_id: str) -> Patron:
        """Undo a removal; raises `InputError` when the member number was given away since.

        And `RuleError` for one who was erased meanwhile.
        """
        patron = self.get(patron_id)
        if patron is not None and patron.erased:
            raise RuleError(ERASED)
        with self._store.writing() as db:
            if patron is not None:
                self._check_number(patron.draft(), patron_id)
            rows.bring_back(self._store, db, patron_id)
        return self._changed(patron_id)

    def bring_in(self, carried: Mapping[str, Any], patrons: Iterable[ImportedPatron]) -> None:
        """Store the people of a file, of whom each carries its batch; whoever asks tells."""
        with self._store.writing() as db:
            rows.bring_in(db, carried, patrons)
        self.forget_index()

    def get(self, patron_id: str) -> Patron | None:
        """The patron with that id."""
        with self._store.reading() as db:
            return rows.get(db, patron_id)

    def by_number(self, number: str) -> Patron | None:
        """The patron who holds that member number."""
        with self._store.reading() as db:
            return rows.by_number(db, number.strip())

    def many(self, ids: Sequence[str]) -> list[Patron]:
        """The patrons with these ids, in the order asked."""
        with self._store.reading() as db:
            return rows.many(db, ids)

    def find(self, typed: str, limit: int = 8) -> list[Patron]:
        """The best matches for part of a name or number, best first."""
        ids = self.index().find(typed, limit)
        return self.many(ids)

    @staticmethod
    def means(typed: str, patron: Patron) -> bool:
        """Whether so much of a name or number was typed that this patron must be meant."""
        from perpudesk.patrons.search import fits

        return fits(typed, patron.name, patron.member_number)

    def index(self) -> PatronIndex:
        """The index of names in memory; built once, from the store.

        Names are read first and indexed then, so that no tap waits for the store meanwhile; if
        one changed in the meantime, once more.
        """
        from perpudesk.patrons.search import PatronIndex

        with self._building:
            while (index := self._index) is None:
                with self._store.reading() as db:
                    names, newest = list(rows.names(db)), rows.newest(db)
                built = PatronIndex()
                built.fill(names)
                with self._store.reading() as db:
                    if rows.newest(db) == newest:
                        self._index = built
            return index

    def forget_index(self) -> None:
        """Build the index again when it is next asked: after an import, an undo."""
        self._index = None

    def count(self) -> int:
        """How many patrons there are."""
        with self._store.reading() as db:
            return rows.count(db)

    def page(self, offset: int, limit: int) -> list[Patron]:
        """Patrons by name, `limit` from `offset`."""
        with self._store.reading() as db:
            return rows.page(db, offset, limit)

    def numbered(self) -> list[Patron]:
        """All who have a member number, by name."""
        with self._store.reading() as db:
            return rows.numbered(db)

    def place_of(self, patron: Patron) -> int:
        """Where `page` has the patron; 0 is the first."""
        with self._store.reading() as db:
            return rows.place_of(db, patron)

    def today(self) -> date:
        """The day on the branch's own calendar, by which ages are told."""
        return self._store.today()

    def _check_number(self, draft: PatronDraft, patron_id: str | None) -> None:
        if draft.member_number is None:
            return
        holder = self.by_number(draft.member_number)
        if holder is not None and holder.id != patron_id:
            raise InputError(
                NUMBER_TAKEN, field="member_number", number=draft.member_number, name=holder.name
            )

    def _changed(self, patron_id: str) -> Patron:
        patron = self.get(patron_id)
        assert patron is not None  # noqa: S101 - written in the transaction before
        if self._index is not None:
            self._index.put(patron.id, patron.name, patron.member_number)
        self._notify(Topic.PATRONS)
        return patron
