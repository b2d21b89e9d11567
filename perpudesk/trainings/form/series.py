"""A series of meetings: its days are seen before they are stored, and those that are left out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from perpudesk.attendance.meetings import MeetingService
from perpudesk.branch.model import DAY_MISSING
from perpudesk.computers.model import Workstation
from perpudesk.core.codes import Mode
from perpudesk.core.errors import InputError, PerpuDeskError
from perpudesk.core.formats import number, weekday_names
from perpudesk.core.i18n import tr, trc, trn
from perpudesk.trainings.form.schedule import ScheduleForm
from perpudesk.trainings.form.words import Titles, clash_words, day_in_week
from perpudesk.trainings.model import (
    MOST_IN_SERIES,
    MOST_WEEKS,
    Course,
    Series,
    Slot,
)
from perpudesk.trainings.service import TrainingService
from perpudesk.ui.calendar import DateField
from perpudesk.ui.fields import NumberField
from perpudesk.ui.forms import FormDialog
from perpudesk.ui.text import Text
from perpudesk.ui.ticks import TickGroup

USUAL_COUNT = 4
_LATER_MS = 120
"""The days are looked up when typing pauses."""


class SeriesDialog(FormDialog):
    """Enter plans all of its meetings, or none; Escape keeps what was typed."""

    WIDE = 680
    stored = Signal(int)
    """So many meetings are on the disk."""

    def __init__(
        self,
        course: Course,
        trainings: TrainingService,
        meetings: MeetingService,
        *,
        workstations: Sequence[Workstation],
        titles: Titles,
        parent: QWidget | None = None,
    ) -> None:
        """For `course`; `workstations` may be kept for its meetings."""
        self.schedule = form = ScheduleForm(workstations)
        super().__init__(tr("Plan meetings"), form, action=trc("do", "Plan"), parent=parent)
        self._course, self._trainings, self._meetings = course, trainings, meetings
        self._titles, self._today = titles, trainings.today()
        self._later = QTimer(self, singleShot=True, interval=_LATER_MS)
        self._later.timeout.connect(self.show_days)
        self.days = Text("", "strong", wrap=True)
        self.skipped = Text("", "quiet", wrap=True)
        self._add_fields()
        self._fill()
        self._start = form.typed()
        form.changed.connect(self._on_changed)
        self.submitted.connect(self._on_submitted)
        self.finished.connect(self._on_finished)
        self.show_days()

    def _add_fields(self) -> None:
        form = self.schedule
        first = DateField(tr("From the day"), today=self._today)
        form.add("first", tr("From the day"), first, stretch=2)
        form.add_times()
        names = enumerate(weekday_names(short=True))
        days = TickGroup(tr("On"), [(str(at), name) for at, name in names])
        form.add("weekdays", tr("On"), days)
        form.add("weeks", tr("Every … weeks"), NumberField(low=1, high=MOST_WEEKS))
        count = NumberField(low=1, high=MOST_IN_SERIES)
        form.add("count", tr("Number of meetings"), count, beside=True)
        form.add_place(self._trainings.places())
        for part in (self.days, self.skipped, form.warning):
            form.add_part(part)

    def _fill(self) -> None:
        first = self._first = self._course.starts_on or self._today
        self.schedule.fill_as(self._course)
        self.schedule.fill(
            first=first, weekdays=(str(first.weekday()),), weeks=1, count=USUAL_COUNT
        )

    def series(self) -> Series:
        """The series as typed; raises `InputError` where a field cannot be read."""
        value = self.form.value
        first = value("first")
        if first is None:
            raise InputError(DAY_MISSING, field="first")
        return Series(
            first=first,
            weekdays=frozenset(map(int, value("weekdays"))),
            count=value("count") or 0,
            weeks=value("weeks") or 0,
        )

    def show_days(self) -> None:
        """Say which days it would have, which are left out and why, and what it clashes with."""
        self._later.stop()
        self.schedule.show_computers()
        try:
            slots = self._trainings.preview(self.series())
            kept = [slot for slot in slots if slot.skipped is None]
            plans = [self.schedule.schedule(slot.day) for slot in kept]
        except PerpuDeskError:  # half a day is being typed
            for part in (self.days, self.skipped, self.schedule.warning):
                part.hide()
            return
        self._show_slots(slots)
        here = [replace(each, place=each.place or self._course.place) for each in plans]
        self.schedule.warn(lambda: clash_words(self._meetings, here, self._titles, self._today))

    def _show_slots(self, slots: Sequence[Slot]) -> None:
        kept = [day_in_week(slot.day, self._today) for slot in slots if slot.skipped is None]
        n, told = len(kept), {"count": number(len(kept)), "days": " · ".join(kept)}
        self.days.setText(trn("{count} meeting: {days}", "{count} meetings: {days}", n, **told))
        left_out = [
            f"{day_in_week(slot.day, self._today)} ({slot.skipped})"
            for slot in slots
            if slot.skipped is not None
        ]
        self.skipped.setText(tr("Left out: {days}", days=" · ".join(left_out)))
        self.days.show()
        self.skipped.setVisible(bool(left_out))

    def _on_changed(self) -> None:
        self._follow_first()
        self._later.start()

    def _follow_first(self) -> None:
        """Another first day ticks its own weekday, as long as nobody ticked anything else."""
        try:
            first = self.form.value("first")
        except InputError:  # half a day is being typed
            return
        if first is None or first == self._first:
            return
        before, self._first = str(self._first.weekday()), first
        if self.form.value("weekdays") == (before,):
            self.form.fill(weekdays=(str(first.weekday()),))

    def _on_submitted(self) -> None:
        planned: list[list[str]] = []
        if self.form.attempt(lambda: planned.append(self._store())):
            self._start = self.form.typed()
            self.accept()
            self.stored.emit(len(planned[0]))

    def _store(self) -> list[str]:
        form = self.schedule
        return self._trainings.plan_series(
            self._course.id,
            self.series(),
            start=form.start,
            minutes=form.value("minutes"),
            mode=Mode(form.value("mode")),
            place=form.value("place") or None,
            workstations=form.workstations,
        )

    def _on_finished(self) -> None:
        self._later.stop()
        self.setProperty("unfinished", self.form.typed() != self._start)
