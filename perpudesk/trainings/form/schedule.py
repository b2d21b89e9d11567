"""When and where a meeting is, as it is typed: what series and single meetings have in common."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, time

from perpudesk.attendance.model import MOST_MINUTES, Schedule
from perpudesk.computers.model import Workstation
from perpudesk.core.codes import Mode, label
from perpudesk.core.formats import clock_text
from perpudesk.core.i18n import tr
from perpudesk.trainings.model import Course
from perpudesk.ui.fields import ChoiceField, NumberField, TextField
from perpudesk.ui.forms import Form
from perpudesk.ui.text import Text
from perpudesk.ui.ticks import TickGroup
from perpudesk.visits.form.inputs import CompletedField
from perpudesk.visits.model import parse_time

_MOST_WARNINGS = 4


class ScheduleForm(Form):
    """Times, place and the computers that are kept, with room for what they clash with."""

    def __init__(self, workstations: Sequence[Workstation], *, enter_submits: bool = True) -> None:
        """`workstations` may be kept."""
        super().__init__(enter_submits=enter_submits)
        self._offered = [(each.id, each.label) for each in workstations]
        self.warning = Text("", "mark", wrap=True)

    def add_times(self) -> None:
        """When it begins and how long it takes, beside what stands before."""
        self.add("start", tr("From"), TextField(placeholder="09.00"), beside=True)
        minutes = NumberField(low=1, high=MOST_MINUTES)
        self.add("minutes", tr("Minutes"), minutes, beside=True)

    def add_place(self, known: Sequence[str]) -> None:
        """Where it is, and which computers it has."""
        modes = [(str(each), label(each)) for each in Mode]
        self.add("place", tr("Place"), CompletedField(known), stretch=2)
        self.add("mode", tr("Where people meet"), ChoiceField(modes), beside=True)
        self.add("workstations", tr("Keep computers"), TickGroup(tr("Keep computers")))
        ticks = self.field("workstations").widget
        assert isinstance(ticks, TickGroup)  # noqa: S101 - the line above
        ticks.set_options(self._offered)
        self.show_computers()

    def fill_as(self, course: Course) -> None:
        """What a course has of its meetings."""
        self.fill(
            minutes=course.minutes_per_meeting,
            place=course.place,
            mode=str(course.mode),
            workstations=(),
        )

    def fill_schedule(self, schedule: Schedule) -> None:
        """When and where a meeting is."""
        self.fill(
            start="" if schedule.start is None else clock_text(schedule.start),
            minutes=schedule.minutes,
            place=schedule.place,
            mode=str(schedule.mode),
        )

    def show_computers(self) -> None:
        """Offer computers where there are any, and the meeting is where they are."""
        here = self.value("mode") == Mode.ON_SITE
        self.field("workstations").setVisible(bool(self._offered) and here)

    @property
    def workstations(self) -> tuple[str, ...]:
        """Which are kept: none of a meeting that is elsewhere."""
        kept: tuple[str, ...] = self.value("workstations")
        return kept if self.value("mode") == Mode.ON_SITE else ()

    @property
    def start(self) -> time | None:
        """When it begins; raises `InputError`."""
        return parse_time(self.value("start"), field="start")

    def schedule(self, day: date) -> Schedule:
        """When and where it is on that day; raises `InputError` where a field cannot be read."""
        return Schedule(
            day=day,
            start=self.start,
            minutes=self.value("minutes"),
            mode=Mode(self.value("mode")),
            place=self.value("place") or None,
        )

    def warn(self, sentences: Callable[[], Sequence[str]]) -> None:
        """Say what it clashes with; that keeps nobody from storing it."""
        told = list(sentences())
        more = len(told) - _MOST_WARNINGS
        shown = told[:_MOST_WARNINGS] + ([f"+{more}"] if more > 0 else [])
        self.warning.setText("\n".join(shown))
        self.warning.setVisible(bool(told))
