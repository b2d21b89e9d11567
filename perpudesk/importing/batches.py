"""Files that came in, each of them one step: stored whole, known again, taken back whole."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from perpudesk.attendance.meetings import MeetingService
from perpudesk.communities.service import CommunityService
from perpudesk.computers.imported import ImportedService
from perpudesk.computers.model import ImportedSession, ImportedWorkstation
from perpudesk.core.errors import RuleError
from perpudesk.core.times import months_from
from perpudesk.core.topics import Notify, Topic
from perpudesk.db import batches
from perpudesk.db.batches import CHANGED_MEANWHILE, Batch
from perpudesk.db.connection import Store
from perpudesk.importing.fields import What
from perpudesk.importing.held import Held
from perpudesk.patrons.service import ImportedPatron, PatronService
from perpudesk.totals.model import PeriodTotal
from perpudesk.totals.service import TotalsService
from perpudesk.trainings.service import TrainingService
from perpudesk.visits.finding import PAPER
from perpudesk.visits.service import ImportedVisit, VisitService

__all__ = ["Batch", "BatchDraft", "BatchService"]


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchDraft:
    """A file that is about to be stored: all of its rows were read and checked before.

    `visits` is gone through once, inside the transaction, when the patrons are stored already, and
    so is `whose`: ids of visits that are here, each with the id of its patron. So are `machines`
    and then `sessions`. `ends` are ids of sessions that are here, each with its end and the reason.
    `seen` is what `newest_change` said when the file was checked.
    """

    source: str
    file_name: str
    digest: str
    seen: int
    visits: Iterable[ImportedVisit] = ()
    whose: Iterable[tuple[str, str]] = ()
    machines: Iterable[ImportedWorkstation] = ()
    sessions: Iterable[ImportedSession] = ()
    ends: Sequence[tuple[str, str, str]] = ()
    patrons: Iterable[ImportedPatron] = ()
    totals: Sequence[PeriodTotal] = ()
    held: Held = field(default_factory=Held)
    result: Mapping[str, Any]


class BatchService:
    """The use cases of files as a whole; each that writes is one transaction."""

    def __init__(
        self,
        store: Store,
        notify: Notify,
        *,
        patrons: PatronService,
        visits: VisitService,
        sessions: ImportedService,
        totals: TotalsService,
        trainings: TrainingService,
        meetings: MeetingService,
        communities: CommunityService,
    ) -> None:
        """Keep the files of `store`, their rows through the services of their rooms."""
        self._store = store
        self._notify = notify
        self._patrons = patrons
        self._visits = visits
        self._sessions = sessions
        self._totals = totals
        self._trainings = trainings
        self._meetings = meetings
        self._communities = communities

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
            self._sessions.bring_in(carried, draft.machines, draft.sessions)
            self._sessions.say_ends(carried, draft.ends)
            self._totals.bring_in(carried, draft.totals)
            self._trainings.bring_in(carried, draft.held.courses)
            self._meetings.bring_in(carried, draft.held.meetings)
            self._communities.bring_in(carried, draft.held.communities, draft.held.gatherings)
            batches.finish(db, batch_id, draft.result)
            batch = next(each for each in batches.standing(db) if each.id == batch_id)
        self._tell(*_topics(draft.source))
        return batch

    def undo(self, batch_id: str) -> Batch:
        """Take a whole file back, at any time; raises `RuleError` when it cannot be."""
        with self._store.reading() as db:
            days, since = batches.days_of(db, batch_id), batches.since(db, batch_id)
        months = () if since is None else months_from(since, self._store.today())
        self._store.permit(days | {month.first for month in months})
        with self._store.writing() as db:
            batch = batches.take_back(self._store, db, batch_id)
        self._tell(*sorted({*_topics(batch.source), Topic.TOTALS}))
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


def _topics(source: str) -> tuple[Topic, ...]:
    """What a file of that kind changes, beside what every import may."""
    more: dict[str, tuple[Topic, ...]] = {
        What.TOTALS: (Topic.TOTALS,),
        What.SESSIONS: (Topic.COMPUTERS,),
        What.LIBKI: (Topic.COMPUTERS,),
        What.ACTIVITIES: (Topic.ACTIVITIES,),
    }
    return (Topic.VISITS, Topic.PATRONS, *more.get(source, ()))
