"""The workstations that a meeting has: they move and go with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from perpudesk.attendance.model import Meeting, Schedule
from perpudesk.computers.booking import (
    TITLE_MOST,
    Reservation,
    ReservationDraft,
    ReservationKind,
)
from perpudesk.computers.reserving import NO_RESERVATION, ReservationService
from perpudesk.core.codes import MeetingState, Mode
from perpudesk.core.errors import InputError, Problem, RuleError
from perpudesk.db.connection import Store

NO_TIMES = Problem(
    "meeting_keeps_no_times",
    "Computers are kept from a time to a time. Type when the meeting begins and how long it takes.",
)
NOT_AT_LIBRARY = Problem(
    "meeting_keeps_elsewhere", "Only a meeting at the library can have its computers."
)
_FIELDS = {"on": "day", "end": "minutes"}
"""What a reservation calls a field, and what a meeting does."""


class Keeper:
    """Keeps workstations for meetings, as a class does; every method is part of a transaction."""

    def __init__(self, store: Store, reservations: ReservationService) -> None:
        """Keep them in `reservations`."""
        self._store = store
        self._reservations = reservations

    def kept(self, meeting: Meeting) -> Reservation | None:
        """What is kept for a meeting; None also where the desk cancelled it since."""
        if meeting.reservation_id is None:
            return None
        try:
            return self._reservations.get(meeting.reservation_id)
        except RuleError as error:
            if error.problem is NO_RESERVATION:
                return None
            raise

    def keep(self, meeting: Meeting, workstation_ids: Sequence[str], title: str) -> str | None:
        """Keep these for the time of the meeting and no others; the reservation, None without any.

        Raises `InputError`: on `workstations` where one is taken, on `start` without times.
        """
        known = self.kept(meeting)
        if not workstation_ids:
            if known is not None:
                self._reservations.cancel(known.id)
            return None
        start, end = self._span(meeting.schedule)
        wanted = ReservationDraft(
            kind=ReservationKind.CLASS,
            title=title if len(title) <= TITLE_MOST else f"{title[: TITLE_MOST - 1]}…",
            start=start,
            end=end,
            workstation_ids=tuple(workstation_ids),
        )
        try:
            if known is None:
                return self._reservations.reserve(wanted).id
            self._reservations.change(known.id, replace(wanted, note=known.note))
        except InputError as error:
            field = _FIELDS.get(error.field, error.field)
            raise InputError(error.problem, field=field, **error.params) from error
        return known.id

    def follow(self, meeting: Meeting) -> str | None:
        """Let what is kept go where its meeting went; the reservation, None where it is let go.

        A meeting that is cancelled, elsewhere or without times has no computers.
        """
        known, schedule = self.kept(meeting), meeting.schedule
        stays = schedule.mode is Mode.ON_SITE and None not in (schedule.start, schedule.minutes)
        if known is None or not stays or meeting.state is MeetingState.CANCELLED:
            return self.keep(meeting, (), "")
        return self.keep(meeting, known.workstation_ids, known.title or "")

    def classes_at(self, schedule: Schedule, *, but: str | None = None) -> list[Reservation]:
        """Classes that have computers of the library while a meeting goes on there."""
        if schedule.mode is not Mode.ON_SITE or schedule.start is None or not schedule.minutes:
            return []
        found = self._reservations.meeting(*self._span(schedule), but=but)
        return [each for each in found if each.kind is ReservationKind.CLASS]

    def _span(self, schedule: Schedule) -> tuple[datetime, datetime]:
        if schedule.mode is not Mode.ON_SITE:
            raise InputError(NOT_AT_LIBRARY, field="workstations")
        if schedule.start is None or schedule.minutes is None:
            raise InputError(NO_TIMES, field="start")
        start = datetime.combine(schedule.day, schedule.start, self._store.author.zone)
        return start, start + timedelta(minutes=schedule.minutes)
