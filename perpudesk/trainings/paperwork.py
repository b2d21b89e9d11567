"""What a training prints, and the numbers that its certificates are given."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from perpudesk.attendance.framing import House, house_of
from perpudesk.attendance.lists import Activity, Filling, Listing, attendance_list
from perpudesk.attendance.model import NO_MEETING, Participant, Sheet
from perpudesk.attendance.service import AttendanceService
from perpudesk.branch.numbering import USUAL, NumberPattern
from perpudesk.branch.service import BranchService
from perpudesk.core.errors import RuleError
from perpudesk.core.i18n import tr
from perpudesk.db.connection import Store
from perpudesk.paper.document import Document
from perpudesk.trainings.certificates import certificates_document
from perpudesk.trainings.certifying import NOBODY_REACHED, certified, check_over, reached, unnamed
from perpudesk.trainings.course_report import CourseReport, report_document
from perpudesk.trainings.model import Course
from perpudesk.trainings.outcomes import blank_slips, named_slips
from perpudesk.trainings.returns import ReturnService
from perpudesk.trainings.service import TrainingService


@dataclass(frozen=True, slots=True, kw_only=True)
class Certifying:
    """How far the certificates of a training are.

    `refused` says why none can be given now; `waiting` have reached the `threshold` (percent) and
    have no number yet, `given` have one. `unnamed` reached it, and nobody knows whom to name.
    """

    threshold: int
    refused: RuleError | None
    waiting: tuple[Participant, ...]
    given: tuple[Participant, ...]
    unnamed: int


class TrainingPapers:
    """Documents of trainings from their ids, in the language that is spoken here."""

    def __init__(
        self,
        store: Store,
        branch: BranchService,
        trainings: TrainingService,
        attendance: AttendanceService,
        returns: ReturnService,
    ) -> None:
        """Print the trainings of `store`."""
        self._store = store
        self._branch = branch
        self._trainings = trainings
        self._attendance = attendance
        self._returns = returns

    # ---------------------------------------------------------------- lists, slips, report

    def attendance_list(
        self,
        course_id: str,
        meeting_id: str | None = None,
        *,
        filling: Filling = Filling.SIGN,
        pages: int = 1,
        practice: bool = False,
    ) -> Document:
        """The list of one meeting, or of all beside each other (None): to sign, taken or empty.

        Raises `InputError` on `pages`, of which only an empty list has more than it needs.
        """
        sheet = self._sheet(course_id)
        meeting = None
        if meeting_id is not None:
            meeting = next((each for each in sheet.meetings if each.id == meeting_id), None)
            if meeting is None:
                raise RuleError(NO_MEETING)
        listing = Listing(
            house=self._house(practice),
            activity=self._activity(self._trainings.get(course_id)),
            sheet=sheet,
            filling=filling,
            pages=pages,
        )
        return attendance_list(listing, meeting)

    def slips(
        self, course_id: str, *, blank: int | None = None, practice: bool = False
    ) -> Document:
        """Slips with the questions for everybody on the list, or so many `blank` ones.

        Raises `InputError` on `count`.
        """
        activity, sheet = self._activity(self._trainings.get(course_id)), self._sheet(course_id)
        if blank is None:
            return named_slips(self._house(practice), activity, sheet)
        return blank_slips(self._house(practice), activity, sheet, blank)

    def report(self, course_id: str, *, practice: bool = False) -> Document:
        """The training on one page."""
        course, sheet = self._trainings.get(course_id), self._sheet(course_id)
        return report_document(
            CourseReport(
                house=self._house(practice),
                activity=self._activity(course),
                course=course,
                topic=self._labels("training_topics").get(course.topic, course.topic),
                sheet=sheet,
                after=self._returns.of_sheet(sheet),
                bands=self._branch.current().age_bands,
            )
        )

    # ---------------------------------------------------------------- certificates

    def certifying(self, course_id: str) -> Certifying:
        """Who is to have a certificate, who has one, and why none can be given now."""
        return self.certifying_of(self._trainings.get(course_id), self._sheet(course_id))

    def certifying_of(self, course: Course, sheet: Sheet) -> Certifying:
        """The same of a list that is at hand."""
        threshold = course.asks(self._branch.current().certificate_threshold)
        given = certified(sheet)
        entitled = reached(sheet, threshold)
        waiting = tuple(each for each in entitled if not each.certificate_number)
        refused = None
        try:
            check_over(sheet, self._here())
        except RuleError as error:
            refused = error
        if refused is None and not waiting and not given:
            refused = RuleError(NOBODY_REACHED, share=threshold)
        return Certifying(
            threshold=threshold,
            refused=refused,
            waiting=waiting,
            given=given,
            unnamed=unnamed(sheet, threshold),
        )

    def certify(self, course_id: str) -> int:
        """Give a number and today's date to those who have none yet, as one step; how many.

        Raises `RuleError` while the training is not over, or where nobody reached the share.
        """
        state = self.certifying(course_id)
        if state.refused is not None:
            raise state.refused
        if state.waiting:
            today = self._store.today()
            pattern = NumberPattern.parse(self._branch.current().certificate_pattern or USUAL)
            numbers = pattern.following(self._attendance.certificate_numbers(), today)
            new = islice(numbers, len(state.waiting))
            given = {each.id: number for each, number in zip(state.waiting, new, strict=True)}
            self._attendance.certify(given, today)
        return len(state.waiting)

    def certificates(
        self, course_id: str, *, only: str | None = None, practice: bool = False
    ) -> Document:
        """The certificates that were given, all or `only` a participant's, as they were given.

        Before any was given, a draft of those that would be, without number and date. Raises
        `RuleError` where there are none.
        """
        state = self.certifying(course_id)
        people = state.given or state.waiting
        if only is not None:
            people = tuple(each for each in people if each.id == only)
        if not people:
            raise state.refused or RuleError(NOBODY_REACHED, share=state.threshold)
        activity = self._activity(self._trainings.get(course_id))
        return certificates_document(
            self._house(practice), activity, self._sheet(course_id), people
        )

    # ---------------------------------------------------------------- parts

    def _sheet(self, course_id: str) -> Sheet:
        return self._attendance.sheet(course_id, of_course=True)

    def _house(self, practice: bool) -> House:
        return house_of(self._branch, practice=practice)

    def _activity(self, course: Course) -> Activity:
        return Activity(
            title=course.title,
            kind=tr("Training"),
            by=course.organiser,
            trainers=tuple(name for name in course.trainers if name),
            place=course.place,
            minutes=course.minutes_per_meeting,
            occupations=self._labels("occupations"),
        )

    def _labels(self, list_name: str) -> dict[str, str]:
        return {each.slug: each.label for each in self._branch.entries(list_name, retired=True)}

    def _here(self) -> datetime:
        return self._store.clock.now().astimezone(self._store.author.zone)
