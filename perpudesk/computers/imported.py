"""What files bring of computers: sessions, their ends, and workstations that were not known yet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from perpudesk.computers.model import ImportedSession, ImportedWorkstation
from perpudesk.computers.store import imported as rows
from perpudesk.computers.store import workstations
from perpudesk.core.times import Period
from perpudesk.db.connection import Store


class ImportedService:
    """The use cases of importing; whoever stores a file tells of it, when all of it is stored."""

    def __init__(self, store: Store) -> None:
        """Serve the sessions and workstations of `store`."""
        self._store = store

    def bring_in(
        self,
        carried: Mapping[str, Any],
        machines: Iterable[ImportedWorkstation],
        sessions: Iterable[ImportedSession],
    ) -> None:
        """Store the workstations and the sessions of a file, which carry its batch."""
        with self._store.writing() as db:
            workstations.bring_in(db, carried, machines)
            rows.bring_in(db, carried, sessions)

    def say_ends(self, carried: Mapping[str, Any], ends: Iterable[tuple[str, str, str]]) -> None:
        """Give sessions that came in without an end the one, and its reason, that is known now."""
        with self._store.writing() as db:
            rows.say_ends(db, carried, ends)

    def without_end(self) -> set[str]:
        """Ids of sessions that came in without an end, and that nobody edited since."""
        with self._store.reading() as db:
            return rows.without_end(db)

    def days_of_others(self, source: str, columns: str | None) -> set[date]:
        """Days with sessions that came otherwise than from files of `source` read by `columns`."""
        with self._store.reading() as db:
            return rows.days_of_others(db, source, columns)

    def ids_between(self, first: date, last: date) -> dict[str, date]:
        """The ids of the daily totals from `first` to `last`, and their days."""
        with self._store.reading() as db:
            return rows.ids_between(db, first, last)

    def months(self, *, device: bool) -> set[Period]:
        """The months that have sessions on workstations, or on own devices."""
        with self._store.reading() as db:
            return rows.months(db, device=device)
