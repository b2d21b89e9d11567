"""Find visits of all years, see what happened to one, and mend many in one step."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from perpudesk.branch.checks import clean
from perpudesk.core.topics import Notify, Topic
from perpudesk.db import journal
from perpudesk.db.connection import Store
from perpudesk.visits import finds as rows
from perpudesk.visits.finding import (
    Found,
    Happening,
    Mend,
    VisitFilter,
    check_chosen,
    check_filter,
    history_of,
)
from perpudesk.visits.model import Visit


class MendingService:
    """The use cases of looking back; each method is one transaction, undone as one step."""

    def __init__(self, store: Store, notify: Notify) -> None:
        """Serve the visits of `store`."""
        self._store = store
        self._notify = notify

    def find(self, wanted: VisitFilter) -> Found:
        """Where the visits are that are looked for, newest first; raises `InputError` on `last`.

        Goes through all years where it must: for a worker thread.
        """
        checked = check_filter(wanted)
        with self._store.reading() as db:
            return rows.found(db, checked)

    def at(self, places: Sequence[int]) -> list[Visit]:
        """The visits at these places of what was found, in their order."""
        with self._store.reading() as db:
            return rows.at(db, places)

    def change(self, chosen: Iterable[str], mend: Mend) -> int:
        """Mend these visits in one step; how many differed. Raises `InputError`."""
        ids, columns = check_chosen(chosen), mend.columns()
        self._ask(ids)
        with self._store.writing() as db, journal.one_step(self._store):
            changed = rows.change(self._store, db, ids, columns)
        self._notify(Topic.VISITS)
        return changed

    def remove(self, chosen: Iterable[str], reason: str | None) -> int:
        """Take these visits out of every list and total in one step, the reason in their note.

        How many; raises `InputError`.
        """
        ids, note = check_chosen(chosen), clean(reason, "note")
        self._ask(ids)
        with self._store.writing() as db, journal.one_step(self._store):
            rows.remove(self._store, db, ids, note)
        self._notify(Topic.VISITS)
        return len(ids)

    def bring_back(self, chosen: Iterable[str]) -> int:
        """Count these removed visits again, in one step; how many."""
        ids = check_chosen(chosen)
        self._ask(ids)
        with self._store.writing() as db, journal.one_step(self._store):
            rows.bring_back(self._store, db, ids)
        self._notify(Topic.VISITS)
        return len(ids)

    def _ask(self, ids: Sequence[str]) -> None:
        """Ask before visits of a closed month are changed; raises `RuleError` to leave them."""
        with self._store.reading() as db:
            days = rows.days_of(db, ids)
        self._store.permit(days)

    def history(self, visit_id: str) -> list[Happening]:
        """What happened to a visit, newest first; nothing for one that is not here."""
        with self._store.reading() as db:
            found = rows.record(db, visit_id)
        return [] if found is None else history_of(*found)
