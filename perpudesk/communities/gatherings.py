"""Meetings of communities: planned, mended, found."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from perpudesk.attendance.meetings import MeetingService
from perpudesk.attendance.model import NO_MEETING
from perpudesk.communities import store as rows
from perpudesk.communities.model import Gathering, GatheringDraft, admit_gathering
from perpudesk.communities.service import CommunityService
from perpudesk.core.errors import RuleError
from perpudesk.core.topics import Notify, Topic
from perpudesk.db.connection import Store


class GatheringService:
    """The use cases of communities' meetings; each is one transaction and one step of undo.

    When and where they are, who is on their list and whether they were held is asked of
    `MeetingService` and `AttendanceService` by the same id.
    """

    def __init__(
        self,
        store: Store,
        notify: Notify,
        communities: CommunityService,
        meetings: MeetingService,
    ) -> None:
        """Serve the meetings of the communities of `store`."""
        self._store = store
        self._notify = notify
        self._communities = communities
        self._meetings = meetings

    def get(self, meeting_id: str) -> Gathering:
        """The community's meeting with that id; raises `RuleError` where there is none any more."""
        with self._store.reading() as db:
            found = rows.gatherings(db, [self._meetings.get(meeting_id)])
        if not found:
            raise RuleError(NO_MEETING)
        return found[0]

    def all(self, community_id: str | None = None) -> list[Gathering]:
        """The meetings of a community, or of all and of none, in order."""
        with self._store.reading() as db:
            meetings = self._meetings.many(rows.ids_of(db, community_id))
            return rows.gatherings(db, meetings, community_id)

    def between(self, first: date, last: date) -> list[Gathering]:
        """The communities' meetings of these days, in order."""
        with self._store.reading() as db:
            return rows.gatherings(db, self._meetings.between(first, last))

    def plan(self, draft: GatheringDraft) -> Gathering:
        """A new meeting; raises `InputError` on the field that is refused."""
        tidy = self._admitted(draft)
        with self._meetings.step() as db:
            [meeting_id] = self._meetings.plan([tidy.meeting])
            rows.put_gathering(self._store, db, meeting_id, tidy)
        return self._told(meeting_id)

    def change(self, meeting_id: str, draft: GatheringDraft) -> Gathering:
        """Write a meeting anew; what was recorded of it goes with it. Raises `InputError`."""
        found = self.get(meeting_id)
        tidy = self._admitted(draft)
        if found.meeting.held:
            self._store.permit([found.meeting.schedule.day, tidy.meeting.schedule.day])
        with self._meetings.step() as db:
            self._meetings.change(meeting_id, tidy.meeting)
            rows.put_gathering(self._store, db, meeting_id, tidy)
        return self._told(meeting_id)

    def remove(self, meeting_id: str) -> None:
        """Take a meeting away that was a mistake; raises `RuleError` where somebody was there."""
        found = self.get(meeting_id)
        self._store.permit([found.meeting.schedule.day])
        with self._meetings.step() as db:
            rows.remove_gathering(self._store, db, meeting_id)
            self._meetings.remove(meeting_id)
        self._notify(Topic.ACTIVITIES)

    def set_result(self, meeting_id: str, result: str | None) -> Gathering:
        """What came of a meeting, in its own words."""
        return self.change(meeting_id, replace(self.get(meeting_id).draft(), result=result))

    def _admitted(self, draft: GatheringDraft) -> GatheringDraft:
        of = draft.community_id
        return admit_gathering(draft, None if of is None else self._communities.get(of))

    def _told(self, meeting_id: str) -> Gathering:
        self._notify(Topic.ACTIVITIES)
        return self.get(meeting_id)
