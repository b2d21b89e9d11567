"""Erase names: of one person now, and by themselves of those who are not seen any more."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from perpudesk.branch.service import BranchService
from perpudesk.core.errors import RuleError
from perpudesk.core.rights import Right
from perpudesk.db.connection import Store
from perpudesk.db.erased import note_erased
from perpudesk.patrons.model import Patron
from perpudesk.patrons.service import PatronService
from perpudesk.privacy import store as rows
from perpudesk.privacy.model import ALREADY_ERASED, Held, Outlook, before

_AT_ONCE = 25
"""So few in one transaction, that a tap meanwhile does not wait."""
Report = Callable[[int, int], None]


class PrivacyService:
    """The use cases of people's data. No total moves by any of them."""

    def __init__(self, store: Store, branch: BranchService, patrons: PatronService) -> None:
        """Serve the people of `store`."""
        self._store = store
        self._branch = branch
        self._patrons = patrons

    def held(self, patron: Patron) -> Held:
        """What is held on somebody beside the card."""
        with self._store.reading() as db:
            return rows.held(db, patron.id, patron.name)

    def erase(self, patron_id: str) -> None:
        """Erase the name and all that is kept of one person, for good; the id stays.

        Their words in what journal lines keep go too. What is written in free words of records is
        for somebody to mend: `held` tells where. Raises `RuleError` where it is erased already, or
        whoever is here may not.
        """
        self._store.require(Right.ERASE)
        patron = self._patrons.get(patron_id)
        if patron is None or patron.erased:
            raise RuleError(ALREADY_ERASED)
        self._erase([patron_id], self._kept())

    def outlook(self) -> Outlook:
        """How many names are due by the branch's rule, and from when on they go."""
        with self._store.reading() as db:
            due, until = len(rows.due(db, self._before())), rows.waits_until(db)
        return Outlook(months=self._months(), due=due, waits_until=until)

    def wait_no_longer(self) -> None:
        """Let the rule hold now, also for the names of an earlier version."""
        self._store.require(Right.ERASE)
        with self._store.writing(told=False) as db:
            rows.set_wait(db, None)

    def erase_due(self, report: Report) -> int:
        """Erase by themselves those who are due, in small steps; how many.

        `report(done, total)` may raise to stop between two steps.
        """
        with self._store.reading() as db:
            until = rows.waits_until(db)
            if until is not None and self._store.today() < until:
                return 0
            due = rows.due(db, self._before())
        kept = self._kept() if due else rows.Kept()
        for at in range(0, len(due), _AT_ONCE):
            report(at, len(due))
            self._erase(due[at : at + _AT_ONCE], kept)
        return len(due)

    def _kept(self) -> rows.Kept:
        """The free words in journal lines; a tap meanwhile goes between."""
        kept, more = rows.Kept(), True
        while more:
            with self._store.reading() as db:
                more = kept.read(db)
        return kept

    def _erase(self, ids: Sequence[str], kept: rows.Kept) -> None:
        """The ids are noted beside the copies first: one that is put back has them erased again."""
        note_erased(self._store.folder, ids)
        with self._store.writing() as db:
            while kept.read(db):  # what was written meanwhile
                pass
            for patron in self._patrons.many(ids):
                kept.scrub(db, patron.name)
            self._patrons.erase(ids)

    def _months(self) -> int:
        return self._branch.current().retention_months

    def _before(self) -> date:
        return before(self._store.today(), self._months())

    def today(self) -> date:
        """The day on the branch's own calendar."""
        return self._store.today()
