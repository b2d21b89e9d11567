"""The activities of a file as the rooms keep them: courses, meetings, communities."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from perpudesk.attendance.model import ImportedMeeting
from perpudesk.communities.model import ImportedCommunity, ImportedGathering
from perpudesk.core.codes import Sex
from perpudesk.core.ids import natural_id
from perpudesk.importing.doubles import named
from perpudesk.importing.model import RowActivity
from perpudesk.trainings.model import ImportedCourse


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """What activities become; a course has one meeting, on its day."""

    courses: tuple[ImportedCourse, ...] = ()
    meetings: tuple[ImportedMeeting, ...] = ()
    communities: tuple[ImportedCommunity, ...] = ()
    gatherings: tuple[ImportedGathering, ...] = ()


def new_communities(activities: Iterable[RowActivity], known: Mapping[str, str]) -> dict[str, str]:
    """By their plain names the communities that activities name and that are not here yet."""
    found: dict[str, str] = {}
    for each in activities:
        name = named(each.community)
        if name and not each.audience and name not in known:
            found.setdefault(name, each.community)
    return found


def held(activities: Iterable[RowActivity], known: Mapping[str, str], branch_id: str) -> Held:
    """The records of activities; `known` are the ids of communities by their plain names.

    What is derived from an activity has an id that is derived from the activity's, so that the
    same row makes the same records.
    """
    given = tuple(activities)
    made = {
        name: ImportedCommunity(natural_id(branch_id, "community", name), label)
        for name, label in new_communities(given, known).items()
    }
    ids = {**known, **{name: each.id for name, each in made.items()}}
    courses = {
        each.id: ImportedCourse(
            natural_id(branch_id, "course of a file", each.id),
            each.title,
            each.topic,
            each.audience,
            each.community or None,
        )
        for each in given
        if each.audience
    }
    return Held(
        courses=tuple(courses.values()),
        meetings=tuple(_meeting(each, courses.get(each.id)) for each in given),
        communities=tuple(made.values()),
        gatherings=tuple(
            ImportedGathering(
                natural_id(branch_id, "gathering of a file", each.id),
                each.id,
                ids.get(named(each.community)),
                each.kind,
                each.role,
            )
            for each in given
            if not each.audience
        ),
    )


def _meeting(activity: RowActivity, course: ImportedCourse | None) -> ImportedMeeting:
    parts = [
        {"sex": str(sex), "age_band": None, "count": count}
        for sex, count in ((Sex.FEMALE, activity.female), (Sex.MALE, activity.male))
        if count
    ]
    return ImportedMeeting(
        id=activity.id,
        course_id=None if course is None else course.id,
        title=activity.title if course is None else None,
        local_date=activity.local_date,
        starts_minute=activity.minute,
        headcount=activity.people,
        parts=json.dumps(parts) if parts else None,
        method=activity.method,
        note=activity.note,
    )
