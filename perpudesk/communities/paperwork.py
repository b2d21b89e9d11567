"""What a community's meeting prints."""

from __future__ import annotations

from perpudesk.attendance.framing import house_of
from perpudesk.attendance.lists import Activity, Filling, Listing, attendance_list
from perpudesk.attendance.service import AttendanceService
from perpudesk.branch.service import BranchService
from perpudesk.communities.gatherings import GatheringService
from perpudesk.core.i18n import tr
from perpudesk.paper.document import Document


class GatheringPapers:
    """Documents of communities' meetings from their ids."""

    def __init__(
        self, branch: BranchService, gatherings: GatheringService, attendance: AttendanceService
    ) -> None:
        """Print the meetings that `gatherings` knows."""
        self._branch = branch
        self._gatherings = gatherings
        self._attendance = attendance

    def attendance_list(
        self,
        meeting_id: str,
        *,
        filling: Filling = Filling.SIGN,
        pages: int = 1,
        practice: bool = False,
    ) -> Document:
        """The list of a meeting: to sign, as taken, or empty.

        Raises `InputError` on `pages`, of which only an empty list has more than it needs.
        """
        found = self._gatherings.get(meeting_id)
        occupations = self._branch.entries("occupations", retired=True)
        activity = Activity(
            title=found.meeting.title or "",
            kind=tr("Meeting"),
            by=found.community,
            place=found.meeting.schedule.place,
            occupations={each.slug: each.label for each in occupations},
        )
        listing = Listing(
            house=house_of(self._branch, practice=practice),
            activity=activity,
            sheet=self._attendance.sheet(meeting_id, of_course=False),
            filling=filling,
            pages=pages,
        )
        return attendance_list(listing, found.meeting)
