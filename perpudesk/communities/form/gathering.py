"""The form of a community's meeting: what, when, where, and what the library did for it."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from perpudesk.attendance.meetings import MeetingService
from perpudesk.attendance.model import MOST_MINUTES, MeetingDraft, Schedule, when_text
from perpudesk.branch.model import DAY_MISSING
from perpudesk.branch.service import BranchService
from perpudesk.communities.gatherings import GatheringService
from perpudesk.communities.model import Gathering, GatheringDraft
from perpudesk.communities.service import CommunityService
from perpudesk.core.codes import Domain, MeetingKind, MeetingRole, Mode, label
from perpudesk.core.errors import InputError, PerpuDeskError
from perpudesk.core.formats import clock_text, weekday_names
from perpudesk.core.i18n import tr
from perpudesk.ui.calendar import DateField
from perpudesk.ui.fields import ChoiceField, NumberField, ParagraphField, TextField
from perpudesk.ui.register import RecordDialog
from perpudesk.ui.text import Text
from perpudesk.visits.model import parse_time

_LATER_MS = 120
_USUAL_MINUTES = 120


def _choices(codes: Iterable[StrEnum]) -> list[tuple[str, str]]:
    return [(str(each), label(each)) for each in codes]


class GatheringDialog(RecordDialog):
    """A meeting of a community, planned or written down afterwards."""

    WIDE = 720

    def __init__(
        self,
        gatherings: GatheringService,
        communities: CommunityService,
        meetings: MeetingService,
        branch: BranchService,
        *,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(tr("New activity"), tr("Change the activity"), parent=parent)
        self._gatherings, self._communities = gatherings, communities
        self._meetings, self._branch = meetings, branch
        self.community_id: str | None = None
        """Whose meeting a new one is at first."""
        self.day = branch.today()
        """On which day a new one is at first."""
        self.warning = Text("", "mark", wrap=True)
        self._later = QTimer(self, singleShot=True, interval=_LATER_MS)
        self._later.timeout.connect(self.show_clashes)
        self._add_fields()
        self.form.changed.connect(self._later.start)
        self.finished.connect(self._later.stop)

    def _add_fields(self) -> None:
        form, today = self.form, self._branch.today()
        form.add("title", tr("What it is about"), TextField(), stretch=3)
        form.add("community_id", tr("Community"), ChoiceField(), beside=True, stretch=2)
        form.add("day", tr("Day"), DateField(tr("Day"), today=today), stretch=2)
        form.add("start", tr("From"), TextField(placeholder="09.00"), beside=True)
        minutes = NumberField(low=1, high=MOST_MINUTES)
        form.add("minutes", tr("Minutes"), minutes, beside=True)
        form.add("place", tr("Place"), TextField(), stretch=2)
        form.add("mode", tr("Where people meet"), ChoiceField(_choices(Mode)), beside=True)
        form.add("kind", tr("Kind of meeting"), ChoiceField(_choices(MeetingKind)))
        role = ChoiceField(_choices(MeetingRole))
        hint = tr("Where only our room was used it is not counted as our activity.")
        form.add("role", tr("Role of the library"), role, hint=hint, beside=True)
        domains = [("", tr("Not recorded")), *_choices(Domain)]
        form.add("domain", tr("Field of impact"), ChoiceField(domains), beside=True)
        form.add("partner", tr("Partner"), TextField())
        form.add("result", tr("Result"), ParagraphField(lines=3))
        form.add_part(self.warning)

    def show_record(self, record: Gathering | None) -> None:
        what = self._new() if record is None else record.draft()
        schedule = what.meeting.schedule
        known = [(each.id, each.name) for each in self._communities.all()]
        choice = self.form.field("community_id").widget
        assert isinstance(choice, ChoiceField)  # noqa: S101 - it was added so
        choice.set_options([("", tr("None: a topic of its own")), *known])
        self.form.fill(
            title=what.meeting.title,
            community_id=what.community_id or "",
            day=schedule.day,
            start="" if schedule.start is None else clock_text(schedule.start),
            minutes=schedule.minutes,
            place=schedule.place,
            mode=str(schedule.mode),
            kind=str(what.kind),
            role=str(what.role),
            domain=what.domain or "",
            partner=what.partner,
            result=what.result,
        )
        self.show_clashes()

    def _new(self) -> GatheringDraft:
        schedule = Schedule(day=self.day, minutes=_USUAL_MINUTES)
        meeting = MeetingDraft(schedule=schedule)
        return GatheringDraft(meeting=meeting, community_id=self.community_id)

    def draft(self) -> GatheringDraft:
        """The meeting as typed; raises `InputError` where a field cannot be read."""
        value = self.form.value
        if value("day") is None:
            raise InputError(DAY_MISSING, field="day")
        schedule = Schedule(
            day=value("day"),
            start=parse_time(value("start"), field="start"),
            minutes=value("minutes"),
            mode=Mode(value("mode") or Mode.ON_SITE),
            place=value("place"),
        )
        domain = value("domain") or None
        return GatheringDraft(
            meeting=MeetingDraft(schedule=schedule, title=value("title")),
            community_id=value("community_id") or None,
            kind=MeetingKind(value("kind") or MeetingKind.COMMUNITY_ACTIVITY),
            role=MeetingRole(value("role") or MeetingRole.ORGANISED),
            domain=None if domain is None else Domain(domain),
            partner=value("partner"),
            result=value("result"),
        )

    def show_clashes(self) -> None:
        """Say what is at that place at that time, and whether the library is closed then."""
        self._later.stop()
        try:
            schedule = self.draft().meeting.schedule
        except PerpuDeskError:  # half a day is being typed
            schedule = None
        told = [] if schedule is None else [*self._closed(schedule), *self._clashes(schedule)]
        self.warning.setText("\n".join(told))
        self.warning.setVisible(bool(told))

    def _clashes(self, schedule: Schedule) -> list[str]:
        own = [] if self._record is None else [self._record.id]
        return [
            tr(
                "At that time {place} has already: {title} ({time}).",
                place=schedule.place or "",
                title=each.title or tr("a training"),
                time=when_text(each.schedule),
            )
            for each in self._meetings.clashes(schedule, but=own)
        ]

    def _closed(self, schedule: Schedule) -> list[str]:
        if schedule.mode is not Mode.ON_SITE:
            return []
        holiday = self._branch.holidays().get(schedule.day)
        if holiday is not None:
            return [tr("That day is a holiday: {name}.", name=holiday)]
        week = self._branch.current().opening_hours
        weekday = schedule.day.weekday()
        if week is not None and week[weekday] is None:
            return [tr("The library is closed on {weekday}.", weekday=weekday_names()[weekday])]
        return []

    def store(self, record: Gathering | None) -> Gathering:
        if record is None:
            return self._gatherings.plan(self.draft())
        return self._gatherings.change(record.id, self.draft())
