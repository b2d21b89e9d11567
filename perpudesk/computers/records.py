"""Computer sessions of all years: found, read as they come into view, and what happened to one."""

from __future__ import annotations

from collections.abc import Sequence

from perpudesk.computers.finding import Found, SessionFilter, check_filter
from perpudesk.computers.model import Session
from perpudesk.computers.store import finding as rows
from perpudesk.computers.store import sessions
from perpudesk.db.connection import Store
from perpudesk.visits.finding import Happening, history_of


class SessionRecords:
    """The use cases of looking back; nothing is changed by them."""

    def __init__(self, store: Store) -> None:
        """Look through the sessions of `store`."""
        self._store = store

    def count(self) -> int:
        """How many session records there are."""
        with self._store.reading() as db:
            return sessions.count(db)

    def find(self, wanted: SessionFilter) -> Found:
        """Where the sessions are that are looked for; raises `InputError` on `last`.

        Goes through all years where it must: for a worker thread.
        """
        checked = check_filter(wanted)
        with self._store.reading() as db:
            return rows.found(db, checked)

    def at(self, places: Sequence[int]) -> list[Session]:
        """The sessions at these places of what was found, in their order."""
        with self._store.reading() as db:
            return rows.at(db, places)

    def history(self, session_id: str) -> list[Happening]:
        """What happened to a session, newest first; nothing for one that is not here."""
        with self._store.reading() as db:
            found = rows.record(db, session_id)
        return [] if found is None else history_of(*found)
