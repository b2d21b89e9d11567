"""Invented trainings: one each quarter, and those that go on, are over or come when it ends."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from perpudesk.core.codes import Audience, Strategy
from perpudesk.core.times import FixedClock
from perpudesk.desk import Desk
from perpudesk.patrons.model import Patron
from perpudesk.trainings.model import CourseDraft, Series

_COMES = 0.87
"""How often somebody on a list is at a meeting."""
_EVERY = timedelta(weeks=13)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Plan:
    """A training: its meetings a week apart from a weekday (0 is Monday) some weeks on."""

    title: str
    topic: str
    people: int
    weekday: int
    weeks: int
    meetings: int = 4
    audience: Audience = Audience.COMMUNITY
    target: str | None = None


_NOW = (
    _Plan(
        title="Email dan toko daring untuk UMKM",
        topic="business",
        people=9,
        weekday=0,
        weeks=-2,
        target="pelaku UMKM",
    ),
    _Plan(
        title="Pelayanan prima",
        topic="marketing_service",
        people=2,
        weekday=3,
        weeks=-2,
        meetings=1,
        audience=Audience.STAFF,
    ),
    _Plan(
        title="Advokasi dan mobilisasi sosial",
        topic="advocacy_mobilisation",
        people=2,
        weekday=2,
        weeks=2,
        meetings=2,
        audience=Audience.STAFF,
    ),
    _Plan(
        title="Literasi informasi remaja",
        topic="ict_information_literacy",
        people=8,
        weekday=1,
        weeks=-5,
        meetings=2,
        target="pemuda",
    ),
)
_EARLIER = (
    _Plan(title="Merajut untuk pemula", topic="craft", people=10, weekday=2, weeks=0),
    _Plan(title="Komputer dasar", topic="ict_information_literacy", people=8, weekday=0, weeks=0),
    _Plan(title="Pupuk dari dapur", topic="agriculture", people=12, weekday=3, weeks=0),
    _Plan(title="Gizi keluarga", topic="health", people=11, weekday=1, weeks=0, meetings=2),
)


def make_trainings(
    desk: Desk, chance: random.Random, people: list[Patron], clock: FixedClock, until: date
) -> None:
    """Trainings since the clock's day, with who came to each meeting up to `until`."""
    first = clock.now().date()
    clock.moment = datetime.combine(until, time(8), UTC)
    day, at = first + timedelta(weeks=5), 0
    while day < until - timedelta(weeks=12):
        _make(desk, chance, people, _EARLIER[at % len(_EARLIER)], monday=_monday(day), until=until)
        day, at = day + _EVERY, at + 1
    for plan in _NOW:
        monday = _monday(until + timedelta(days=1))
        _make(desk, chance, people, plan, monday=monday, until=until)


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _make(
    desk: Desk,
    chance: random.Random,
    people: list[Patron],
    plan: _Plan,
    *,
    monday: date,
    until: date,
) -> None:
    trainer, *others = chance.sample(people, plan.people + 1)
    staff = plan.audience is Audience.STAFF
    with desk.store.writing():
        course = desk.trainings.add(
            CourseDraft(
                title=plan.title,
                topic=plan.topic,
                strategy=Strategy.INFORMATION_SERVICE,
                audience=plan.audience,
                target_group=plan.target,
                organiser="Perpustakaan Nasional" if staff else None,
                trainer_ids=(trainer.id,),
                capacity=None if staff else 15,
                place="Aula",
            )
        )
        series = Series(
            first=monday + timedelta(weeks=plan.weeks, days=plan.weekday),
            weekdays=frozenset({plan.weekday}),
            count=plan.meetings,
        )
        desk.trainings.plan_series(course.id, series, start=time(9))
        if staff:
            for who in desk.branch.staff():
                desk.trainings.enrol(course.id, staff_id=who.id)
        else:
            for patron in others:
                desk.trainings.enrol(course.id, patron_id=patron.id)
        _take(desk, chance, course.id, until)


def _take(desk: Desk, chance: random.Random, course_id: str, until: date) -> None:
    """Who was at the meetings that are over."""
    sheet = desk.trainings.sheet(course_id)
    for meeting in sheet.meetings:
        if meeting.schedule.day <= until:
            for who in sheet.on_list:
                present = chance.random() < _COMES
                desk.attendance.mark(meeting.id, who.id, present)
