"""Read the history; nothing here changes a record."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, tzinfo

from perpudesk.core.rights import Right
from perpudesk.db.connection import Store
from perpudesk.history import store as rows
from perpudesk.history.model import Line, Wanted

_NAMED = {
    "patron_id": ("patrons", "name"),
    "leader_id": ("patrons", "name"),
    "contact_id": ("patrons", "name"),
    "owner_id": ("patrons", "name"),
    "person_id": ("patrons", "name"),
    "merged_into": ("patrons", "name"),
    "workstation_id": ("workstations", "label"),
    "community_id": ("communities", "name"),
    "course_id": ("courses", "title"),
}
"""Columns that hold an id, and where what it is called stands."""


class HistoryService:
    """The use cases of the history: for the head and admins, once the lock is in use."""

    def __init__(self, store: Store) -> None:
        """Read the journal of `store`."""
        self._store = store

    def count(self, wanted: Wanted) -> int:
        """How many lines there are."""
        self._store.require(Right.HISTORY)
        with self._store.reading() as db:
            return rows.count(db, wanted)

    def lines(self, wanted: Wanted, offset: int, limit: int) -> list[Line]:
        """Lines, the newest first, `limit` from `offset`."""
        self._store.require(Right.HISTORY)
        with self._store.reading() as db:
            return rows.lines(db, wanted, offset, limit)

    def names(self, lines: Iterable[Line]) -> Mapping[str, str]:
        """What the ids in lines are called."""
        asked: dict[tuple[str, str], set[str]] = {}
        for line in lines:
            for change in line.changes:
                if change.column in _NAMED:
                    found = asked.setdefault(_NAMED[change.column], set())
                    found.update(str(each) for each in (change.before, change.after) if each)
        names: dict[str, str] = {}
        with self._store.reading() as db:
            for (table, column), ids in asked.items():
                names |= rows.names_of(db, table, column, ids)
        return names

    def today(self) -> date:
        """The day on the branch's own calendar."""
        return self._store.today()

    @property
    def zone(self) -> tzinfo:
        """The branch's own time."""
        return self._store.author.zone
