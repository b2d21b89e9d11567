"""Files that came in, each of them one step: stored whole, known again, taken back whole."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from perpudesk.core.errors import RuleError
from perpudesk.core.topics import Notify, Topic
from perpudesk.db import batches
from perpudesk.db.batches import CHANGED_MEANWHILE, Batch
from perpudesk.db.connection import Store
from perpudesk.patrons.service import ImportedPatron, PatronService
from perpudesk.totals.model import PeriodTotal
from perpudesk.totals.service import TotalsService
from perpudesk.visits.finding import PAPER
from perpudesk.visits.service import ImportedVisit, VisitService

__all__ = ["Batch", "BatchDraft", "BatchService"]


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchDraft:
    """A file that is about to be stored: all of its rows were read and checked before.

    `visits` is gone through once, inside the transaction, when the patrons are stored already, and
    so is `whose`: ids of visits that are here, each with the id of its patron.
    `seen` is what `newest_change` said when the file was checked.
    """

    source: str
    file_name: str
    digest: str
    seen: int
    visits: Iterable[ImportedVisit] = ()
    whose: Iterable[tuple[str, str]] = ()
    patrons: Iterable[ImportedPatron] = ()
    totals: Sequence[PeriodTotal] = ()
    result: Mapping[str, Any]


class BatchService:
    """The use cases of files as a whole; each that writes is one transaction."""

    def __init__(
        self,
        store: Store,
        notify: Notify,
        patrons: PatronService,
        visits: VisitService,
        totals: TotalsService,
    ) -> None:
        """Keep the files of `store`, their rows through the services of their rooms."""
        self._store = store
        self._notify = notify
        self._patrons = patrons
        self._visits = visits
        self._totals = totals

    def bring_in(self, draft: BatchDraft) -> Batch:
        """Store a whole file, to be undone as one step.

        Raises `RuleError` when another import came or went since the file was checked.
        """
        with self._store.writing() as db:
            if batches.newest_change(db) != draft.seen:
                raise RuleError(CHANGED_MEANWHILE)
            batch_id, carried = batches.begin(
                self._store,
                db,
                source=draft.source,
                file_name=draft.file_name,
                digest=draft.digest,
            )
            self._patrons.bring_in(carried, draft.patrons)
            self._visits.bring_in(carried, draft.visits)
            self._visits.say_whose(carried, draft.whose)
            self._totals.bring_in(carried, draft.totals)
            batches.finish(db, batch_id, draft.result)
            batch = next(each for each in batches.standing(db) if each.id == batch_id)
        self._tell(*_ALWAYS, *([Topic.TOTALS] if draft.totals else []))
        return batch

    def undo(self, batch_id: str) -> Batch:
        """Take a whole file back, at any time; raises `RuleError` when it cannot be."""
        with self._store.reading() as db:
            days = batches.days_of(db, batch_id)
        self._store.permit(days)
        with self._store.writing() as db:
            batch = batches.take_back(self._store, db, batch_id)
        self._tell(*_ALWAYS, Topic.TOTALS)
        return batch

    def standing(self) -> list[Batch]:
        """The files that stand, newest first; sheets of paper are none."""
        with self._store.reading() as db:
            return [each for each in batches.standing(db) if each.source != PAPER]

    def same_file(self, source: str, digest: str) -> Batch | None:
        """The standing import of these very bytes, if nothing was undone since."""
        with self._store.reading() as db:
            return batches.same_file(db, source, digest)

    def known_ids(self, table: str, source: str) -> set[str]:
        """Ids of all rows of a table that standing files of `source` brought."""
        with self._store.reading() as db:
            return batches.known_ids(db, table, source)

    def unnamed(self, source: str) -> list[str]:
        """Ids of the visits from files of `source` that are nobody's, and that nobody edited."""
        return self._visits.unnamed(source)

    def newest_change(self) -> int:
        """A number that grows with every file that comes in or is taken back."""
        with self._store.reading() as db:
            return batches.newest_change(db)

    def made_at(self, batch: Batch) -> datetime:
        """When a file came in, on the branch's own clock."""
        return batch.made_at.astimezone(self._store.author.zone)

    def _tell(self, *topics: Topic) -> None:
        """Names may have come or gone, also while somebody was searching."""
        self._patrons.forget_index()
        for topic in topics:
            self._notify(topic)


_ALWAYS = (Topic.VISITS, Topic.PATRONS)
