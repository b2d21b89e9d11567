"""The month read together from every room that has something on it."""

from __future__ import annotations

from datetime import date, timedelta

from perpudesk.agenda.model import (
    Entry,
    EntryKind,
    Matter,
    Month,
    class_schedule,
    in_order,
    matters,
)
from perpudesk.attendance.meetings import MeetingService
from perpudesk.branch.service import BranchService
from perpudesk.communities.decisions import DecisionService
from perpudesk.computers.booking import ReservationKind
from perpudesk.computers.reserving import ReservationService
from perpudesk.core.codes import DayState, label
from perpudesk.core.formats import weekday_names
from perpudesk.core.i18n import tr
from perpudesk.db.connection import Store
from perpudesk.program.service import PartnerBook
from perpudesk.trainings.service import TrainingService

_MOST_DAYS = 42


class AgendaService:
    """Reads only: what is changed is changed in its own room."""

    def __init__(
        self,
        store: Store,
        branch: BranchService,
        trainings: TrainingService,
        meetings: MeetingService,
        reservations: ReservationService,
        *,
        decisions: DecisionService,
        partners: PartnerBook,
    ) -> None:
        """Read the activities of `store`."""
        self._store = store
        self._branch = branch
        self._trainings = trainings
        self._meetings = meetings
        self._reservations = reservations
        self._decisions = decisions
        self._partners = partners

    def today(self) -> date:
        """The day on the branch's own calendar."""
        return self._branch.today()

    def matters(self) -> tuple[Matter, ...]:
        """What today brings beside visitors: late, on, or to be thought of."""
        today = self.today()
        entries = (*self._of_meetings(today, today), *self._of_classes(today, today))
        return matters(
            self._decisions.overdue(today),
            in_order(entries),
            [each.what for each in self._partners.ending_soon(today)],
        )

    def between(self, begin: date, end: date) -> list[Entry]:
        """What is on from one day to the other, in order of time."""
        entries = (*self._of_meetings(begin, end), *self._of_classes(begin, end))
        return sorted(in_order(entries), key=lambda each: each.schedule.day)

    def month(self, day: date) -> Month:
        """The month of a day, with the days that fill its weeks."""
        first = day.replace(day=1)
        begin = first - timedelta(days=first.weekday())
        end = begin + timedelta(days=_MOST_DAYS - 1)
        found: dict[date, list[Entry]] = {}
        for entry in (*self._of_meetings(begin, end), *self._of_classes(begin, end)):
            found.setdefault(entry.schedule.day, []).append(entry)
        branch = self._branch.current()
        return Month(
            first=first,
            entries={on: in_order(entries) for on, entries in found.items()},
            closed=self._closed(begin, end),
            hours=branch.opening_hours,
        )

    def _of_meetings(self, begin: date, end: date) -> list[Entry]:
        meetings = self._meetings.between(begin, end)
        titles = self._trainings.titles() if any(each.course_id for each in meetings) else {}
        return [
            Entry(
                id=each.id,
                about=each.course_id or each.id,
                kind=EntryKind.TRAINING if each.course_id else EntryKind.MEETING,
                title=titles.get(each.course_id or "") or each.title or "",
                schedule=each.schedule,
                state=each.state,
            )
            for each in meetings
        ]

    def _of_classes(self, begin: date, end: date) -> list[Entry]:
        """Computers kept for a class; those of a meeting stand under the meeting."""
        kept = {each.reservation_id for each in self._meetings.between(begin, end)}
        where = self._store.author.zone
        return [
            Entry(
                id=each.id,
                about=each.id,
                kind=EntryKind.CLASS,
                title=each.whom,
                schedule=class_schedule(each.start.astimezone(where), each.end.astimezone(where)),
            )
            for each in self._reservations.between(begin, end)
            if each.kind is ReservationKind.CLASS and each.id not in kept
        ]

    def _closed(self, begin: date, end: date) -> dict[date, str]:
        """Days on which the library is closed, and why: set so, a holiday, or by its week."""
        holidays, week = self._branch.holidays(), self._branch.current().opening_hours
        was_set = self._branch.service_days(begin, end)
        names, closed = weekday_names(), {}
        for offset in range((end - begin).days + 1):
            day = begin + timedelta(days=offset)
            known = was_set.get(day)
            if known is not None and known.state is not DayState.CLOSED:
                continue
            if known is not None:
                closed[day] = label(known.reason) if known.reason else tr("closed")
            elif day in holidays:
                closed[day] = holidays[day]
            elif week is not None and week[day.weekday()] is None:
                closed[day] = tr("closed on {weekday}", weekday=names[day.weekday()])
        return closed
