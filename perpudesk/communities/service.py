"""Communities: known, counted, and seen at a glance."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from typing import Any

from perpudesk.branch.service import BranchService
from perpudesk.communities import store as rows
from perpudesk.communities.model import (
    COMMUNITY_MET,
    NO_COMMUNITY,
    Activity,
    Community,
    CommunityDraft,
    ImportedCommunity,
    ImportedGathering,
    Members,
    activity_of,
    admit_community,
    admit_members,
)
from perpudesk.core.errors import RuleError
from perpudesk.core.topics import Notify, Topic
from perpudesk.db import journal
from perpudesk.db.connection import Store
from perpudesk.db.database import Database


class CommunityService:
    """The use cases of communities; each is one transaction and one step of undo."""

    def __init__(self, store: Store, notify: Notify, branch: BranchService) -> None:
        """Serve the communities of `store`."""
        self._store = store
        self._notify = notify
        self._branch = branch

    def get(self, community_id: str) -> Community:
        """The community with that id; raises `RuleError` where there is none any more."""
        with self._store.reading() as db:
            found = rows.get(db, community_id)
        if found is None:
            raise RuleError(NO_COMMUNITY)
        return found

    def all(self) -> list[Community]:
        """All communities by name, those that ended last."""
        with self._store.reading() as db:
            return rows.everything(db)

    def activity(self) -> list[Activity]:
        """All communities with what they did in the last twelve months."""
        months, today = self._branch.current().dormant_months, self._store.today()
        held: dict[str, list[tuple[date, int | None]]] = {}
        with self._store.reading() as db:
            communities = rows.everything(db)
            for community_id, day, people in rows.held(db):
                held.setdefault(community_id, []).append((day, people))
        return [
            activity_of(each, held.get(each.id, ()), today=today, dormant_after=months)
            for each in communities
        ]

    def bring_in(
        self,
        carried: Mapping[str, Any],
        communities: Iterable[ImportedCommunity],
        gatherings: Iterable[ImportedGathering],
    ) -> None:
        """Store the communities of a file, and what its meetings were to them; see `batches`."""
        with self._store.writing() as db:
            rows.bring_in(db, carried, communities, gatherings)

    def add(self, draft: CommunityDraft) -> Community:
        """A new community; raises `InputError` on the field that is refused."""
        tidy = admit_community(draft, today=self._store.today())
        with self._step() as db:
            community_id = rows.add(self._store, db, tidy)
        return self._told(community_id)

    def change(self, community_id: str, draft: CommunityDraft) -> Community:
        """Write a community anew; raises `InputError`."""
        self.get(community_id)
        tidy = admit_community(draft, today=self._store.today())
        with self._step() as db:
            rows.change(self._store, db, community_id, tidy)
        return self._told(community_id)

    def remove(self, community_id: str) -> None:
        """Take away a community that never met; raises `RuleError` for another."""
        found = self.get(community_id)
        with self._step() as db:
            if rows.meets(db, community_id):
                raise RuleError(COMMUNITY_MET, name=found.name)
            rows.remove(self._store, db, community_id)
        self._notify(Topic.ACTIVITIES)

    def members(self, community_id: str) -> list[Members]:
        """How many members it had, the earliest first."""
        with self._store.reading() as db:
            return rows.members(db, community_id)

    def count_members(self, community_id: str, members: Members) -> Community:
        """Say how many members it had on a day; raises `InputError`."""
        tidy = admit_members(members, today=self._store.today())
        self.get(community_id)
        with self._step() as db:
            rows.put_members(self._store, db, community_id, tidy)
        return self._told(community_id)

    def forget_members(self, community_id: str, day: date) -> None:
        """Nobody counted on that day."""
        with self._step() as db:
            rows.take_members(self._store, db, community_id, day)
        self._notify(Topic.ACTIVITIES)

    @contextmanager
    def _step(self) -> Iterator[Database]:
        with self._store.writing() as db, journal.one_step(self._store):
            yield db

    def _told(self, community_id: str) -> Community:
        self._notify(Topic.ACTIVITIES)
        return self.get(community_id)
