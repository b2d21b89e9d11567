"""The page *Pelatihan*: the courses, the list of the one that is chosen, and what it comes to."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import nullcontext
from functools import partial

from PySide6.QtCore import QPoint
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from perpudesk.attendance.model import Meeting
from perpudesk.attendance.page import AttendanceTable
from perpudesk.attendance.service import AttendanceService
from perpudesk.core.codes import Audience, MeetingState
from perpudesk.core.formats import number
from perpudesk.core.i18n import tr, trn
from perpudesk.core.topics import Topic
from perpudesk.trainings.form.papers import PaperKind
from perpudesk.trainings.form.words import meeting_told, meeting_words
from perpudesk.trainings.model import CourseLine
from perpudesk.trainings.page.courses import CourseList
from perpudesk.trainings.page.deeds import Deeds, Services
from perpudesk.trainings.page.figures import Figures, brief
from perpudesk.trainings.page.names import NamesDialog
from perpudesk.trainings.returns import ReturnService
from perpudesk.ui import theme
from perpudesk.ui.buttons import Button
from perpudesk.ui.cards import Card, EmptyState
from perpudesk.ui.layout import LEAST_TALL, Beside, Scroll, boxed, row
from perpudesk.ui.menu import KeyMenu
from perpudesk.ui.page import Page
from perpudesk.ui.text import Text
from perpudesk.ui.told import PageToasts, WayBack

_LIST, _FIGURES, _ROOM_FOR_FIGURES = 236, 206, 1040
"""Px at 100 %: the list, the cards at the right, and a page that has room for them."""
_CANCELLED = MeetingState.CANCELLED
_WITHIN = "\N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK}"


class TrainingsPage(Page):
    """Every training with its list; a mark is on the disk at once."""

    topics = frozenset({Topic.ACTIVITIES, Topic.BRANCH, Topic.PATRONS, Topic.COMPUTERS})

    def __init__(
        self,
        services: Services,
        attendance: AttendanceService,
        returns: ReturnService,
        *,
        undo: Callable[[], object],
        redo: Callable[[], object],
        practice: Callable[[], bool],
        parent: QWidget | None = None,
    ) -> None:
        """`undo` and `redo` raise `RuleError` when they cannot."""
        super().__init__("trainings", tr("Trainings"), parent=parent)
        self._with, self._returns = services, returns
        self._line: CourseLine | None = None
        self._back = WayBack(undo, redo, nullcontext, parent=self)
        self._toasts = PageToasts(self, self._back.undo)
        self.deeds = Deeds(self, services, practice=practice, undo=undo)
        self.courses = CourseList(services.trainings.today, self.deeds.add)
        self.attendance = AttendanceTable(
            attendance, services.meetings, services.patrons, services.branch
        )
        self.figures = Figures(
            preview=partial(self._print, PaperKind.CERTIFICATES),
            certify=partial(self._do, self.deeds.certify),
            names=self._on_names,
        )
        self.brief = Text("", "quiet", wrap=True)
        self._lay_out()
        self._connect()
        self._add_keys()

    def _lay_out(self) -> None:
        self.meeting = Button("", self._on_meetings, icon="calendar", key="Ctrl+G")
        self.meeting.setAccessibleDescription(tr("Choose a meeting, move or cancel it"))
        self.more = Button("", self._on_more, icon="more", name=tr("More for this training"))
        self.cards = Button(tr("Scan cards"), self._on_cards, icon="scan", key="Ctrl+K")
        self.people = Button(tr("Participant"), self._on_people, icon="plus", key="+")
        self.print_ = Button(tr("Print…"), self._print, icon="print", key="Ctrl+P")
        heading = Text(tr("Attendance list"), "heading")
        head = Beside(
            boxed(row(heading, self.meeting, self.more, None)),
            boxed(row(None, self.cards, self.people, self.print_)),
            gap=8,
        )
        self._unplanned = EmptyState(
            tr("This training has no meeting yet. Plan one or a whole series of them."),
            tr("Plan meetings"),
            partial(self._do, self.deeds.plan),
            icon="calendar",
            key="Ctrl+T",
        )
        self._sheet = QStackedWidget()
        self._sheet.addWidget(self.attendance)
        self._sheet.addWidget(self._unplanned)
        centre = Card()
        centre.add(head)
        centre.add(self._sheet, 1)
        centre.add(self.brief)
        self._right = Scroll(self.figures)
        wide = (_LIST, 0, _FIGURES)
        self._all = Beside(self.courses, centre, self._right, wide=wide, tall=LEAST_TALL)
        self._nothing = Card()
        sentence = tr(
            "No training is recorded yet. With one come its meetings, its list, who was there, "
            "and certificates."
        )
        teaching = EmptyState(
            sentence, tr("New training"), self.deeds.add, icon="training", key="Ctrl+N"
        )
        assert teaching.button is not None  # noqa: S101 - it was given an action
        self._nothing.add(teaching, 1)
        self._nothing.setFocusProxy(teaching.button)
        self._stack = QStackedWidget()
        for state in (self._all, self._nothing):
            self._stack.addWidget(state)
        self.body.addWidget(self._stack, 1)

    def _connect(self) -> None:
        self.courses.chosen.connect(self._on_chosen)
        self.courses.opened.connect(self.attendance.setFocus)
        self.courses.remove_asked.connect(self.deeds.remove)
        self.deeds.said.connect(self._say)
        self.deeds.made.connect(self._on_made)
        self.attendance.said.connect(self._say)
        self.attendance.changed.connect(self._on_marked)
        self.attendance.meeting_chosen.connect(self._show_meeting)
        self._back.said.connect(self._toasts.say)

    def _add_keys(self) -> None:
        do, deeds = self._do, self.deeds
        self.add_key("/", tr("Search"), self._on_search)
        self.add_key("Ctrl+N", tr("New training"), deeds.add)
        self.add_key("Ctrl+E", tr("Edit the training"), partial(do, deeds.edit))
        self.add_key("Ctrl+D", tr("Plan the next run"), partial(do, deeds.copy))
        self.add_key("Ctrl+T", tr("Plan meetings"), partial(do, deeds.plan))
        self.add_key("Ctrl+G", tr("Choose, move or cancel a meeting"), self._on_meetings)
        self.add_key("+", tr("Put somebody on the list"), self._on_people)
        self.add_key("Ctrl+K", tr("Scan cards"), self._on_cards)
        self.add_key("Ctrl+B", tr("Mark the others as present"), self.attendance.mark_all)
        self.add_key("Ctrl+U", tr("Put somebody without a name on the list"), self._on_guests)
        self.add_key("Ctrl+O", tr("Paste a list of participants"), self._on_paste)
        self.add_key("Ctrl+R", tr("Put staff on the list of a training for staff"), self._on_staff)
        self.add_key("Ctrl+H", tr("Count those who are not on the list"), self._on_heads)
        self.add_key("Ctrl+P", tr("Print"), self._print)
        self.add_key("Ctrl+Z", tr("Undo"), self._back.undo)
        self.add_key("Ctrl+Shift+Z", tr("Redo"), self._back.redo)
        self.add_key_use(tr("Space"), tr("Present, or take it back"))
        self.add_key_use(tr("Enter"), tr("Scores and answers of a participant"))
        self.add_key_use("−", tr("Absent"))
        self.add_key_use(tr("Del"), tr("Take a mark back; in the list of trainings, remove one"))
        self.add_key_use(tr("Ctrl+Del"), tr("Take a participant off the list"))

    # ---------------------------------------------------------------- what is seen

    def mark_stale(self) -> None:
        """A mark of the list here is shown by the list alone: nothing is read again."""
        if not self.attendance.busy:
            super().mark_stale()

    def refresh(self) -> None:
        lines = self._with.trainings.all()
        topics = self._with.branch.entries("training_topics", retired=True)
        count = len(lines)
        words = trn("{count} training", "{count} trainings", count, count=number(count))
        self.header.set_status((words, "neutral"))
        self._stack.setCurrentWidget(self._all if lines else self._nothing)
        self.setFocusProxy(self.courses if lines else self._nothing)
        self._line = None if self._line is None else self._line_of(lines, self._line.course.id)
        self.courses.show_lines(lines, {each.slug: each.label for each in topics})
        self._show(self.courses.current())

    def open_course(self, course_id: str) -> None:
        """Show a course, as whoever opened the page wants."""
        self.refresh()
        self.courses.choose(course_id)

    @staticmethod
    def _line_of(lines: list[CourseLine], course_id: str) -> CourseLine | None:
        return next((each for each in lines if each.course.id == course_id), None)

    def _on_chosen(self, line: CourseLine | None) -> None:
        shown = None if self._line is None else self._line.course.id
        if line is None or line.course.id != shown:
            self._show(line)

    def _show(self, line: CourseLine | None) -> None:
        """Show a course, at the meeting that is today, was last, or comes first."""
        known = None if self._line is None else self._line.course.id
        self._line = line
        self.header.set_title(self.title, f"{_WITHIN} {line.course.title}" if line else "")
        for button in (self.meeting, self.more, self.cards, self.people, self.print_):
            button.setEnabled(line is not None)
        self._right.setVisible(line is not None and self._has_room())
        if line is None:
            self._sheet.setCurrentWidget(self.attendance)
            return
        course = line.course
        if known != course.id:
            self.attendance.hide_line()
        self._sheet.setCurrentWidget(self.attendance if line.standing else self._unplanned)
        self.attendance.show_list(
            course.id,
            self._due(line),
            of_staff=course.audience is Audience.STAFF,
            enrol=partial(self._with.trainings.enrol, course.id),
            withdraw=self._with.trainings.withdraw,
        )
        at = self.attendance.meeting
        self._show_meeting(at.id if at else self._due(line))
        self._show_figures()
        sheet = self.attendance.sheet
        if sheet is not None:
            self.figures.show_after(self._returns.of_sheet(sheet))

    def _due(self, line: CourseLine) -> str | None:
        today, standing = self._with.trainings.today(), line.standing
        past = [each for each in standing if each.schedule.day <= today]
        meeting = (past or list(standing[::-1]))[-1:]
        return meeting[0].id if meeting else None

    def _show_meeting(self, meeting_id: str | None) -> None:
        """Say which meeting is marked."""
        line = self._line
        if line is None:
            return
        places = {each.id: at for at, each in enumerate(line.standing, start=1)}
        found = next((each for each in line.meetings if each.id == meeting_id), None)
        today = self._with.trainings.today()
        if found is None:
            words = tr("Meetings")
        else:
            words = meeting_words(found, places.get(found.id, 0), today)
        self.meeting.set_label(words)

    def _show_figures(self) -> None:
        sheet, line = self.attendance.sheet, self._line
        if sheet is None or line is None:
            return
        self.figures.show_sheet(line.course, sheet)
        self.brief.setText(brief(line.course, sheet))
        state = self._with.papers.certifying_of(line.course, sheet)
        self.figures.show_certificates(state, sheet)

    def _on_marked(self) -> None:
        """A mark was made: the figures and the line of the course follow."""
        if self._line is None:
            return
        self._line = self._with.trainings.line(self._line.course.id)
        self.courses.renew(self._line)
        self._show_figures()

    def _has_room(self) -> bool:
        return self.width() >= theme.current().px(_ROOM_FOR_FIGURES)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._right.setVisible(self._line is not None and self._has_room())
        self.brief.setVisible(not self._has_room())

    # ---------------------------------------------------------------- what is done

    def _do(self, deed: Callable[[CourseLine], object]) -> None:
        if self._line is not None:
            deed(self._line)

    def _print(self, kind: PaperKind = PaperKind.LIST) -> None:
        if self._line is not None:
            self.deeds.print_(self._line, self.attendance.meeting, kind)

    def _on_people(self) -> None:
        if self._line is not None:
            self._sheet.setCurrentWidget(self.attendance)
            self.attendance.add_people()

    def _on_cards(self) -> None:
        if self._line is not None and self._line.standing:
            self.attendance.read_cards()

    def _on_guests(self) -> None:
        if self._line is not None:
            self._sheet.setCurrentWidget(self.attendance)
            self.attendance.add_guests()

    def _on_paste(self) -> None:
        if self._line is not None:
            self._sheet.setCurrentWidget(self.attendance)
            self.attendance.paste_people()

    def _on_staff(self) -> None:
        if self._line is not None and self._line.course.audience is Audience.STAFF:
            self._on_people()
            self.attendance.choose_staff()

    def _on_heads(self) -> None:
        if self._line is not None:
            self.attendance.count_heads()

    def _on_search(self) -> None:
        self.courses.search.setFocus()
        self.courses.search.selectAll()

    def _on_names(self) -> None:
        if self._line is not None:
            names = self._returns.names(self._line.course.id)
            NamesDialog(self._line.course.title, names, parent=self.window()).open()

    def _on_made(self, course_id: str) -> None:
        """Show what was added or changed; the page has heard of it, and may be hidden."""
        self.courses.choose(course_id)
        self.courses.setFocus()

    def _on_meetings(self) -> None:
        """All meetings, to choose one, and what can be done with the chosen one."""
        line = self._line
        if line is None:
            return
        menu = KeyMenu(tr("Meetings"), parent=self)
        chosen, today = self.attendance.meeting, self._with.trainings.today()
        place = 0
        for each in line.meetings:
            place += each.state is not _CANCELLED
            words = " · ".join((meeting_words(each, place, today), meeting_told(each)))
            if each.state is _CANCELLED:
                words = tr("Plan it again: {meeting}", meeting=words)
            is_chosen = chosen is not None and each.id == chosen.id
            menu.add(words, partial(self._choose, each), chosen=is_chosen)
        if line.meetings:
            menu.addSeparator()
        if chosen is not None:
            self._add_deeds(menu, line, chosen)
        menu.add(tr("One more meeting…"), partial(self.deeds.add_meeting, line), key="S")
        menu.add(tr("Plan a series…"), partial(self.deeds.plan, line), key="R")
        menu.popup(self.meeting.mapToGlobal(QPoint(0, self.meeting.height() + 2)))

    def _add_deeds(self, menu: KeyMenu, line: CourseLine, meeting: Meeting) -> None:
        deeds = self.deeds
        move = partial(deeds.change_meeting, line, meeting)
        menu.add(tr("Move or change it…"), move, key="P")
        hold = tr("It was not held") if meeting.held else tr("It was held, nobody counted")
        menu.add(hold, partial(deeds.hold_meeting, meeting), key="L")
        menu.add(tr("Count those who are not on the list…"), self._on_heads, key="U")
        menu.add(tr("Cancel it"), partial(deeds.cancel_meeting, meeting), key="B")
        menu.add(tr("Remove it"), partial(deeds.remove_meeting, meeting), key="H")

    def _choose(self, meeting: Meeting) -> None:
        """Go to a meeting; one that was cancelled is planned again, as far as it can be."""
        if meeting.state is _CANCELLED:
            self.deeds.cancel_meeting(meeting)
        self.attendance.choose_meeting(meeting.id)
        self.attendance.setFocus()

    def _on_more(self) -> None:
        line = self._line
        if line is None:
            return
        menu, deeds = KeyMenu(tr("More for this training"), parent=self), self.deeds
        menu.add(tr("Edit the training") + "…", partial(deeds.edit, line), key="E")
        menu.add(tr("Plan the next run") + "…", partial(deeds.copy, line), key="D")
        menu.add(tr("Plan meetings") + "…", partial(deeds.plan, line), key="T")
        menu.add(tr("Mark the others as present"), self.attendance.mark_all, key="B")
        menu.add(tr("Remove the training"), partial(deeds.remove, line), key="H")
        menu.popup(self.more.mapToGlobal(QPoint(0, self.more.height() + 2)))

    def _say(self, text: str, undoable: bool) -> None:
        if undoable:
            self._toasts.say(text, tr("Undo"), self._back.undo, "Ctrl+Z")
        else:
            self._toasts.say(text)
