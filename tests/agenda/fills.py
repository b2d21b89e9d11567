"""A November with something of every kind on it."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

from perpudesk.attendance.model import MeetingDraft, Schedule
from perpudesk.communities.model import GatheringDraft
from perpudesk.computers.booking import ReservationDraft, ReservationKind
from perpudesk.desk import Desk
from perpudesk.trainings.model import CourseDraft, Series

MONDAY = date(2026, 11, 23)


def fill(desk: Desk) -> None:
    """Mondays from the 9th a training, on the 23rd an activity and a class beside it."""
    course = desk.trainings.add(CourseDraft(title="Email untuk UMKM", topic="business"))
    series = Series(first=date(2026, 11, 9), weekdays=frozenset({0}), count=4)
    desk.trainings.plan_series(course.id, series, start=time(9), place="Aula")
    schedule = Schedule(day=MONDAY, start=time(10), minutes=90, place="Aula")
    draft = MeetingDraft(schedule=schedule, title="Rembuk warga")
    desk.gatherings.plan(GatheringDraft(meeting=draft))
    desk.workstations.add_many(2)
    desk.reservations.reserve(
        ReservationDraft(
            kind=ReservationKind.CLASS,
            title="SMPN 2",
            start=datetime(2026, 11, 23, 6, tzinfo=UTC),
            end=datetime(2026, 11, 23, 7, tzinfo=UTC),
            workstation_ids=tuple(each.id for each in desk.workstations.all()),
        )
    )
