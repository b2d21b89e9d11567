"""Who is present as a visit: counted once, and never twice (domain.md, counting rule 5)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, time
from typing import Any

from perpudesk.attendance import store as rows
from perpudesk.attendance.model import Headcount, Meeting, Participant
from perpudesk.core.codes import VisitorType
from perpudesk.db.connection import Store
from perpudesk.db.database import Database
from perpudesk.visits.model import VisitDraft
from perpudesk.visits.service import VisitService

Link = tuple[str, bool]
"""A visit, and whether it was made for the attendance; else it was counted before."""


class Linker:
    """Finds or makes the visits of those who are present, inside the step that is open."""

    def __init__(self, store: Store, visits: VisitService) -> None:
        """Count through `visits`."""
        self._store = store
        self._visits = visits

    def visit_of(self, meeting: Meeting, participant: Participant) -> Link | None:
        """The visit that counts a participant who is present; the staff are no visitors."""
        if participant.staff_id is not None:
            return None
        if participant.patron_id is not None:
            counted = self._visits.counted_on(participant.patron_id, meeting.schedule.day)
            if counted is not None:
                return counted, False
        draft = VisitDraft(
            profile=participant.profile,
            purpose=_purpose(meeting),
            type=VisitorType.MEMBER
            if participant.type is VisitorType.MEMBER
            else VisitorType.NON_MEMBER,
            patron_id=participant.patron_id,
            on=meeting.schedule.day,
            at=self._begun(meeting),
        )
        return self._visits.record(draft).id, True

    def let_go(self, db: Database, mark: Mapping[str, Any] | None) -> None:
        """The mark says no more that somebody was there: the visit that it made goes too.

        Unless the same person was at another meeting of that day: that one has it then.
        """
        if mark is None or not mark["made_visit"]:
            return
        visit_id = mark["visit_id"]
        if not rows.hand_over(self._store, db, mark) and self._visits.stands(visit_id):
            self._visits.remove(visit_id)

    def visit_of_headcount(self, meeting: Meeting, headcount: Headcount | None) -> str | None:
        """The visit of the group that came beside the list: made, mended, or taken away."""
        stands = meeting.visit_id is not None and self._visits.stands(meeting.visit_id)
        if headcount is None or headcount.count == 0:
            if stands and meeting.visit_id is not None:
                self._visits.remove(meeting.visit_id)
            return None
        draft = VisitDraft(
            type=VisitorType.GROUP,
            count=headcount.count,
            parts=headcount.parts,
            method=headcount.method,
            purpose=_purpose(meeting),
            on=meeting.schedule.day,
            at=self._begun(meeting),
        )
        if stands and meeting.visit_id is not None:
            return self._visits.change(meeting.visit_id, draft).id
        return self._visits.record(draft).id

    def _begun(self, meeting: Meeting) -> time | None:
        """When it began, unless that is still to come; then only the day is known."""
        start, here = meeting.schedule.start, self._here()
        if start is not None and (meeting.schedule.day, start) > (here.date(), here.time()):
            return None
        return start

    def _here(self) -> datetime:
        return self._store.clock.now().astimezone(self._store.author.zone)


def _purpose(meeting: Meeting) -> str:
    return "meeting" if meeting.course_id is None else "training"
