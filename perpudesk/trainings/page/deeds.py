"""What is done with a course and its meetings, by dialog and by menu."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial

from PySide6.QtCore import QObject, Signal

from perpudesk.attendance.meetings import MeetingService
from perpudesk.attendance.model import Meeting
from perpudesk.branch.service import BranchService
from perpudesk.computers.model import Workstation
from perpudesk.computers.workstations import WorkstationService
from perpudesk.core.codes import MeetingState
from perpudesk.core.errors import PerpuDeskError
from perpudesk.core.formats import number
from perpudesk.core.i18n import tr, trn
from perpudesk.patrons.service import PatronService
from perpudesk.trainings.form.copying import CopyDialog
from perpudesk.trainings.form.course import CourseDialog
from perpudesk.trainings.form.meeting import MeetingDialog
from perpudesk.trainings.form.papers import PaperKind, TrainingPapersDialog
from perpudesk.trainings.form.series import SeriesDialog
from perpudesk.trainings.form.words import day_words
from perpudesk.trainings.model import Course, CourseLine
from perpudesk.trainings.paperwork import TrainingPapers
from perpudesk.trainings.service import TrainingService
from perpudesk.ui.drafts import Drafts
from perpudesk.ui.page import Page


@dataclass(frozen=True, slots=True, kw_only=True)
class Services:
    """Whom the page asks."""

    trainings: TrainingService
    meetings: MeetingService
    patrons: PatronService
    branch: BranchService
    workstations: WorkstationService
    papers: TrainingPapers


class Deeds(QObject):
    """Opens dialogs over the page and says what came of them."""

    said = Signal(str, bool)
    """A sentence, and whether it can be taken back."""
    made = Signal(str)
    """The course with this id is new or changed: show it."""

    def __init__(
        self,
        page: Page,
        services: Services,
        *,
        practice: Callable[[], bool],
        undo: Callable[[], object],
    ) -> None:
        super().__init__(page)
        self._page, self._with = page, services
        self._practice, self._undo = practice, undo
        self._drafts = Drafts(page)

    # ---------------------------------------------------------------- courses

    def add(self, starts: date | None = None) -> None:
        """A new course, perhaps from a day on; what was typed before is gone on with."""
        self._course_dialog(None, starts)

    def edit(self, line: CourseLine) -> None:
        """Mend a course."""
        self._course_dialog(line.course)

    def _course_dialog(self, course: Course | None, starts: date | None = None) -> None:
        def make() -> CourseDialog:
            dialog = CourseDialog(
                self._with.trainings,
                self._with.patrons,
                self._with.branch,
                course=course,
                starts=starts,
                parent=self._page.window(),
            )
            dialog.stored.connect(partial(self._on_course, course is None))
            return dialog

        self._drafts.open("new" if course is None else course.id, make)

    def _on_course(self, new: bool, course: Course) -> None:
        self.made.emit(course.id)
        title = course.title
        words = tr("Added: {title}", title=title) if new else tr("Changed: {title}", title=title)
        self.said.emit(words, True)

    def copy(self, line: CourseLine) -> None:
        """Plan the next run of a course."""
        dialog = CopyDialog(line, self._with.trainings, parent=self._page.window())
        dialog.stored.connect(partial(self._on_course, True))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def remove(self, line: CourseLine) -> None:
        """Take a course away of which no meeting was held."""
        if self._did(lambda: self._with.trainings.remove(line.course.id)):
            self.said.emit(tr("Removed: {title}", title=line.course.title), True)

    # ---------------------------------------------------------------- meetings

    def plan(self, line: CourseLine) -> None:
        """Plan a series of meetings of a course."""

        def make() -> SeriesDialog:
            dialog = SeriesDialog(
                line.course,
                self._with.trainings,
                self._with.meetings,
                workstations=self._public(),
                titles=self.title_of,
                parent=self._page.window(),
            )
            dialog.stored.connect(partial(self._on_planned, line.course.id))
            return dialog

        self._drafts.open(f"series {line.course.id}", make)

    def _on_planned(self, course_id: str, count: int) -> None:
        self.made.emit(course_id)
        told = {"count": number(count)}
        words = trn("{count} meeting is planned.", "{count} meetings are planned.", count, **told)
        self.said.emit(words, True)

    def add_meeting(self, line: CourseLine) -> None:
        """One more meeting of a course."""
        self._meeting_dialog(line, None)

    def change_meeting(self, line: CourseLine, meeting: Meeting) -> None:
        """Another time or place of a meeting."""
        self._meeting_dialog(line, meeting)

    def _meeting_dialog(self, line: CourseLine, meeting: Meeting | None) -> None:
        def make() -> MeetingDialog:
            dialog = MeetingDialog(
                line,
                self._with.trainings,
                self._with.meetings,
                workstations=self._public(),
                titles=self.title_of,
                meeting=meeting,
                parent=self._page.window(),
            )
            dialog.stored.connect(self._on_meeting)
            return dialog

        key = f"further {line.course.id}" if meeting is None else meeting.id
        self._drafts.open(key, make)

    def _on_meeting(self, meeting_id: str) -> None:
        found = self._with.meetings.get(meeting_id)
        self.made.emit(found.list_id)
        today = self._with.trainings.today()
        day = day_words(found.schedule.day, today)
        self.said.emit(tr("The meeting is on {day}.", day=day), True)

    def cancel_meeting(self, meeting: Meeting) -> None:
        """It is not held; or, where it was cancelled, it is planned again."""
        meetings, day = self._with.meetings, self._day(meeting)
        if meeting.state is MeetingState.CANCELLED:
            if self._did(lambda: meetings.reopen(meeting.id)):
                self.said.emit(tr("Planned again: {day}.", day=day), True)
        elif self._did(lambda: meetings.cancel(meeting.id)):
            self.said.emit(tr("Cancelled: {day}.", day=day), True)

    def hold_meeting(self, meeting: Meeting) -> None:
        """It was held, though nobody counted; or, where that was a mistake, it was not."""
        meetings, day = self._with.meetings, self._day(meeting)
        if meeting.held:
            if self._did(lambda: meetings.reopen(meeting.id)):
                self.said.emit(tr("Not held yet: {day}.", day=day), True)
        elif self._did(lambda: meetings.hold(meeting.id)):
            self.said.emit(tr("Held: {day}.", day=day), True)

    def remove_meeting(self, meeting: Meeting) -> None:
        """Take a meeting away that was a mistake."""
        if self._did(lambda: self._with.meetings.remove(meeting.id)):
            self.said.emit(tr("Removed: {title}", title=self._day(meeting)), True)

    def title_of(self, meeting: Meeting) -> str:
        """What a meeting is called: by its course, else by its own title."""
        if meeting.course_id is None:
            return meeting.title or ""
        return self._with.trainings.get(meeting.course_id).title

    # ---------------------------------------------------------------- papers

    def print_(
        self, line: CourseLine, meeting: Meeting | None, kind: PaperKind = PaperKind.LIST
    ) -> None:
        """Show what a course prints, the list of `meeting` first."""
        dialog = TrainingPapersDialog(
            self._with.papers,
            line,
            kind=kind,
            meeting_id=None if meeting is None else meeting.id,
            practice=self._practice(),
            undo=self._undo,
            parent=self._page.window(),
        )
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def certify(self, line: CourseLine) -> None:
        """Give those who reached the share their numbers."""
        given: list[int] = []
        if self._did(lambda: given.append(self._with.papers.certify(line.course.id))):
            n = given[0]
            words = trn(
                "{shown} certificate has its number.",
                "{shown} certificates have their numbers.",
                n,
                shown=number(n),
            )
            self.said.emit(words, True)

    # ---------------------------------------------------------------- parts

    def _did(self, work: Callable[[], object]) -> bool:
        try:
            work()
        except PerpuDeskError as error:
            self.said.emit(error.sentence(), False)
            return False
        return True

    def _day(self, meeting: Meeting) -> str:
        return day_words(meeting.schedule.day, self._with.trainings.today())

    def _public(self) -> list[Workstation]:
        return [each for each in self._with.workstations.all() if each.state.is_public]
