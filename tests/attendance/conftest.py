"""A desk in Jakarta on a Monday morning with a course of three meetings and some people."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time, timedelta
from pathlib import Path

import pytest

from perpudesk.attendance.model import MeetingDraft, Schedule
from perpudesk.core import i18n
from perpudesk.core.codes import Sex
from perpudesk.core.times import FixedClock
from perpudesk.db import journal
from perpudesk.desk import Desk
from perpudesk.patrons.model import Patron, PatronDraft

TODAY = date(2026, 11, 23)


@pytest.fixture(autouse=True)
def _english() -> None:
    i18n.use("en")


@pytest.fixture
def desk(tmp_path: Path, fixed_clock: FixedClock) -> Iterator[Desk]:
    """It is Monday, 23 November 2026, 09.41."""
    with Desk(tmp_path / "data", clock=fixed_clock) as desk:
        desk.branch.set_up(name="Perpustakaan Uji", zone="WIB")
        yield desk


@dataclass
class Course:
    """A course whose meetings are on 9, 16, 23 and 30 November, and three women on its list."""

    id: str
    meetings: list[str]
    people: list[Patron]


def add_course(desk: Desk, title: str = "Email") -> str:
    """A course, without any room above attendance."""
    with desk.store.writing() as db:
        return journal.create(desk.store, db, "courses", {"title": title})


def draft(day: date, start: time | None = time(9), *, title: str | None = None) -> MeetingDraft:
    """A meeting of two hours in the hall."""
    schedule = Schedule(day=day, start=start, minutes=120 if start else None, place="Aula")
    return MeetingDraft(schedule=schedule, title=title)


@pytest.fixture
def course(desk: Desk) -> Course:
    course_id = add_course(desk)
    drafts = [draft(date(2026, 11, 9) + timedelta(weeks=week)) for week in range(4)]
    people = [
        desk.patrons.add(PatronDraft(name=name, sex=Sex.FEMALE, birth_year=1990))
        for name in ("Siti", "Aisyah", "Hartini")
    ]
    return Course(
        id=course_id, meetings=desk.meetings.plan(drafts, course_id=course_id), people=people
    )
