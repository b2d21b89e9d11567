"""The next run of a course: from which day, and on which days it would meet."""

from __future__ import annotations

from datetime import date, timedelta

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from perpudesk.branch.model import DAY_MISSING
from perpudesk.core.errors import InputError
from perpudesk.core.i18n import tr, trc
from perpudesk.trainings.form.words import day_in_week
from perpudesk.trainings.model import CourseLine, Slot
from perpudesk.trainings.service import TrainingService
from perpudesk.ui.calendar import DateField
from perpudesk.ui.forms import Form, FormDialog
from perpudesk.ui.text import Text


class CopyDialog(FormDialog):
    """Enter copies; nobody of the first run and nothing of its results comes along."""

    WIDE = 560
    stored = Signal(object)
    """The new `Course`."""

    def __init__(
        self, line: CourseLine, trainings: TrainingService, *, parent: QWidget | None = None
    ) -> None:
        """A further run of the course of `line`."""
        form = Form(enter_submits=True)
        super().__init__(tr("Next run"), form, action=trc("do", "Copy"), parent=parent)
        self._line, self._trainings, self._today = line, trainings, trainings.today()
        self.days = Text("", "strong", wrap=True)
        self.warning = Text("", "mark", wrap=True)
        told = tr("All of “{title}” but its participants and results.", title=line.course.title)
        form.add_part(Text(told, "quiet", wrap=True))
        form.add("start", tr("First meeting"), DateField(tr("First meeting"), today=self._today))
        for part in (self.days, self.warning):
            form.add_part(part)
        form.fill(start=self._offered())
        form.changed.connect(self.show_days)
        self.submitted.connect(self._on_submitted)
        self.show_days()

    def _offered(self) -> date:
        """The first day after today and after the last run that is on the same weekday."""
        first = self._line.first or self._today
        after = max(self._today, self._line.last or self._today)
        return after + timedelta(days=(first.weekday() - after.weekday() - 1) % 7 + 1)

    def show_days(self) -> None:
        """Say on which days it would meet, and which of them are no working days."""
        try:
            start = self._first_day()
        except InputError:  # half a day is being typed
            slots: list[Slot] = []
        else:
            slots = self._trainings.next_days(self._line.course.id, start)
        days = " · ".join(day_in_week(slot.day, self._today) for slot in slots)
        self.days.setText(days)
        self.days.setVisible(bool(days))
        closed = [
            f"{day_in_week(slot.day, self._today)} ({slot.skipped})"
            for slot in slots
            if slot.skipped is not None
        ]
        told = tr("Move afterwards: {days}", days=" · ".join(closed)) if closed else ""
        self.warning.setText(told)
        self.warning.setVisible(bool(told))

    def _first_day(self) -> date:
        start: date | None = self.form.value("start")
        if start is None:
            raise InputError(DAY_MISSING, field="start")
        return start

    def _on_submitted(self) -> None:
        course_id = self._line.course.id
        if self.form.attempt(lambda: self._made(course_id)):
            self.accept()

    def _made(self, course_id: str) -> None:
        self.stored.emit(self._trainings.copy(course_id, self._first_day()))
