"""One meeting of a course: a further one, or one that is moved."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from perpudesk.attendance.meetings import MeetingService
from perpudesk.attendance.model import Meeting, MeetingDraft
from perpudesk.branch.model import DAY_MISSING
from perpudesk.computers.model import Workstation
from perpudesk.core.errors import InputError, PerpuDeskError
from perpudesk.core.i18n import tr, trc
from perpudesk.trainings.form.schedule import ScheduleForm
from perpudesk.trainings.form.words import Titles, clash_words
from perpudesk.trainings.model import CourseLine
from perpudesk.trainings.service import TrainingService
from perpudesk.ui.calendar import DateField
from perpudesk.ui.fields import TextField
from perpudesk.ui.forms import FormDialog

_LATER_MS = 120


class MeetingDialog(FormDialog):
    """Enter stores, Escape keeps what was typed."""

    WIDE = 620
    stored = Signal(str)
    """The meeting with this id is on the disk."""

    def __init__(
        self,
        line: CourseLine,
        trainings: TrainingService,
        meetings: MeetingService,
        *,
        workstations: Sequence[Workstation],
        titles: Titles,
        meeting: Meeting | None = None,
        parent: QWidget | None = None,
    ) -> None:
        """A further meeting of the course of `line`, or `meeting`, which it has already."""
        self.schedule = form = ScheduleForm(workstations)
        title = tr("One more meeting") if meeting is None else tr("Move or change the meeting")
        action = trc("do", "Plan") if meeting is None else ""
        super().__init__(title, form, action=action, parent=parent)
        self._line, self._meeting = line, meeting
        self._trainings, self._meetings = trainings, meetings
        self._titles, self._today = titles, trainings.today()
        self._later = QTimer(self, singleShot=True, interval=_LATER_MS)
        self._later.timeout.connect(self.show_clashes)
        form.add("day", tr("Day"), DateField(tr("Day"), today=self._today), stretch=2)
        form.add_times()
        form.add_place(trainings.places())
        form.add("title", tr("What it is about"), TextField())
        form.add("note", tr("Note"), TextField())
        form.add_part(form.warning)
        self._fill()
        self._start = form.typed()
        form.changed.connect(self._later.start)
        self.submitted.connect(self._on_submitted)
        self.finished.connect(self._on_finished)
        self.show_clashes()

    def _fill(self) -> None:
        form, meeting, line = self.schedule, self._meeting, self._line
        form.fill_as(line.course)
        if meeting is not None:
            kept = self._meetings.workstations(meeting.id)
            form.fill_schedule(meeting.schedule)
            form.fill(day=meeting.schedule.day, title=meeting.title, note=meeting.note)
            form.fill(workstations=kept)
        elif line.standing:  # as the last one, a week later
            last = line.standing[-1].schedule
            form.fill_schedule(last)
            form.fill(day=last.day + timedelta(weeks=1))
        form.show_computers()

    def draft(self) -> MeetingDraft:
        """The meeting as typed; raises `InputError` where a field cannot be read."""
        value = self.form.value
        day = value("day")
        if day is None:
            raise InputError(DAY_MISSING, field="day")
        return MeetingDraft(
            schedule=self.schedule.schedule(day),
            title=value("title") or None,
            note=value("note") or None,
        )

    def show_clashes(self) -> None:
        """Say what it clashes with, as far as it can be read."""
        self._later.stop()
        self.schedule.show_computers()
        try:
            plan = [self.draft().schedule]
        except PerpuDeskError:  # half a day is being typed
            plan = []
        but = None if self._meeting is None else self._meeting.id
        self.schedule.warn(
            lambda: clash_words(self._meetings, plan, self._titles, self._today, but=but)
        )

    def _on_submitted(self) -> None:
        kept: list[str] = []
        if self.form.attempt(lambda: kept.append(self._store())):
            self._start = self.form.typed()
            self.accept()
            self.stored.emit(kept[0])

    def _store(self) -> str:
        draft, places = self.draft(), self.schedule.workstations
        if self._meeting is None:
            return self._trainings.plan_meeting(self._line.course.id, draft, workstations=places)
        return self._trainings.change_meeting(self._meeting.id, draft, workstations=places).id

    def _on_finished(self) -> None:
        self._later.stop()
        self.setProperty("unfinished", self.form.typed() != self._start)
