"""Every statement that touches courses."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from perpudesk.core.codes import Audience, Funding, Mode, Strategy
from perpudesk.db import batches, journal
from perpudesk.db.connection import Store
from perpudesk.db.database import Database
from perpudesk.db.lists import listed
from perpudesk.trainings.model import Course, CourseDraft, ImportedCourse

# The names of the trainers in the order they were given, as a JSON list.
_COURSE = """
SELECT courses.*, (
  SELECT json_group_array(name) FROM (
    SELECT coalesce(others.name, patrons.name) AS name
    FROM json_each(courses.trainer_ids) AS given
    JOIN patrons ON patrons.id = given.value
    LEFT JOIN patrons AS others ON others.id = patrons.merged_into
    ORDER BY given.key
  )
) AS trainers
FROM courses WHERE removed_at IS NULL
"""
_ONE = f"{_COURSE} AND id = ?"
_ALL = f"{_COURSE} ORDER BY created_at DESC, rowid DESC"
_PARTNERS = """
SELECT partner FROM courses WHERE removed_at IS NULL AND partner IS NOT NULL
GROUP BY partner ORDER BY max(seq) DESC LIMIT ?
"""
_PLACES = """
SELECT place FROM courses WHERE removed_at IS NULL AND place IS NOT NULL
GROUP BY place ORDER BY max(seq) DESC LIMIT ?
"""
# By participant, the first day in a span on which they used a computer of the library: they
# themselves, or whoever was merged with them.
_FIRST_USES = """
WITH people AS (
  SELECT participants.id AS participant_id, coalesce(patrons.merged_into, patrons.id) AS person
  FROM participants JOIN patrons ON patrons.id = participants.patron_id
  WHERE participants.list_id = ? AND participants.removed_at IS NULL
), same AS (
  SELECT id, coalesce(merged_into, id) AS person FROM patrons
  WHERE coalesce(merged_into, id) IN (SELECT person FROM people)
)
SELECT people.participant_id, min(computer_sessions.local_date) AS day
FROM people
JOIN same ON same.person = people.person
JOIN computer_sessions ON computer_sessions.patron_id = same.id
WHERE computer_sessions.local_date BETWEEN ? AND ?
  AND computer_sessions.device = 0 AND computer_sessions.removed_at IS NULL
GROUP BY people.participant_id
"""


def bring_in(db: Database, carried: Mapping[str, Any], courses: Iterable[ImportedCourse]) -> None:
    """Store the courses of a file."""
    batches.put_many(db, "courses", carried, ImportedCourse._fields, courses)


def add(store: Store, db: Database, draft: CourseDraft) -> str:
    """A new course; the id."""
    fields = _columns(draft)
    with listed(db, fields):
        return journal.create(store, db, "courses", fields)


def change(store: Store, db: Database, course_id: str, draft: CourseDraft) -> bool:
    """Write a course anew; False when nothing differs."""
    fields = _columns(draft)
    with listed(db, fields):
        return journal.change(store, db, "courses", course_id, fields)


def remove(store: Store, db: Database, course_id: str) -> None:
    """Take a course out of every list."""
    journal.remove(store, db, "courses", course_id)


def get(db: Database, course_id: str) -> Course | None:
    """The course with that id, unless it was removed."""
    row = next(iter(db.query(_ONE, [course_id])), None)
    return None if row is None else _course(row)


def everything(db: Database) -> list[Course]:
    """All courses, the newest first."""
    return [_course(row) for row in db.query(_ALL)]


def partners(db: Database, most: int) -> list[str]:
    """Partners of earlier courses, the last one first."""
    return [row["partner"] for row in db.query(_PARTNERS, [most])]


def places(db: Database, most: int) -> list[str]:
    """Places of earlier courses, the last one first."""
    return [row["place"] for row in db.query(_PLACES, [most])]


def first_uses(db: Database, list_id: str, first: date, last: date) -> dict[str, date]:
    """By participant of a list, the first of these days on which they used a computer here."""
    found = db.query(_FIRST_USES, [list_id, first.isoformat(), last.isoformat()])
    return {row["participant_id"]: date.fromisoformat(row["day"]) for row in found}


def _columns(draft: CourseDraft) -> dict[str, Any]:
    return {
        "title": draft.title,
        "topic": draft.topic,
        "strategy": str(draft.strategy),
        "audience": str(draft.audience),
        "target_group": draft.target_group,
        "organiser": draft.organiser,
        "trainer_ids": json.dumps(draft.trainer_ids),
        "partner": draft.partner,
        "funding": None if draft.funding is None else str(draft.funding),
        "cost": draft.cost,
        "capacity": draft.capacity,
        "place": draft.place,
        "mode": str(draft.mode),
        "starts_on": None if draft.starts_on is None else draft.starts_on.isoformat(),
        "ends_on": None if draft.ends_on is None else draft.ends_on.isoformat(),
        "minutes_per_meeting": draft.minutes_per_meeting,
        "threshold": draft.threshold,
        "note": draft.note,
    }


def _course(row: Mapping[str, Any]) -> Course:
    return Course(
        id=row["id"],
        title=row["title"],
        topic=row["topic"],
        strategy=Strategy(row["strategy"]),
        audience=Audience(row["audience"]),
        target_group=row["target_group"],
        organiser=row["organiser"],
        trainer_ids=tuple(json.loads(row["trainer_ids"])),
        trainers=tuple(json.loads(row["trainers"])),
        partner=row["partner"],
        funding=None if row["funding"] is None else Funding(row["funding"]),
        cost=row["cost"],
        capacity=row["capacity"],
        place=row["place"],
        mode=Mode(row["mode"]),
        starts_on=_day(row["starts_on"]),
        ends_on=_day(row["ends_on"]),
        minutes_per_meeting=row["minutes_per_meeting"],
        threshold=row["threshold"],
        note=row["note"],
        batch_id=row["batch_id"],
    )


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)
