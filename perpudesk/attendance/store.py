"""Every statement that touches meetings, participants and marks."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from datetime import date, time
from typing import Any

from perpudesk.attendance.model import (
    Headcount,
    ImportedMeeting,
    Meeting,
    MeetingDraft,
    Participant,
    Results,
    Schedule,
    in_order,
)
from perpudesk.core.codes import ListStatus, MeetingState, Method, Mode, VisitorType
from perpudesk.db import batches, journal
from perpudesk.db.connection import Store
from perpudesk.db.database import Database
from perpudesk.db.lists import listed
from perpudesk.patrons.model import Profile
from perpudesk.visits.model import kept_parts, parts_of

_MEETINGS = """
SELECT * FROM meetings WHERE removed_at IS NULL AND {which}
ORDER BY local_date, starts_minute, created_at, rowid
"""
_MEETING = "SELECT * FROM meetings WHERE id = ? AND removed_at IS NULL"
_BETWEEN = _MEETINGS.format(which="local_date BETWEEN ? AND ?")
_OF_ALL_COURSES = _MEETINGS.format(which="course_id IS NOT NULL")
_HAS_MARKS = "SELECT 1 FROM marks WHERE meeting_id = ? AND removed_at IS NULL LIMIT 1"
# By the name of whoever somebody was merged into.
_PARTICIPANT = """
SELECT participants.*, coalesce(others.name, patrons.name, staff.name) AS name
FROM participants
LEFT JOIN patrons ON patrons.id = participants.patron_id
LEFT JOIN patrons AS others ON others.id = patrons.merged_into
LEFT JOIN staff ON staff.id = participants.staff_id
"""
_ON_LIST = (
    f"{_PARTICIPANT} WHERE participants.list_id = ? AND participants.removed_at IS NULL"
    " ORDER BY participants.created_at, participants.rowid"
)
_ONE = f"{_PARTICIPANT} WHERE participants.id = ? AND participants.removed_at IS NULL"
_BEFORE = """
SELECT count(*) AS n FROM participants
WHERE list_id = :list AND removed_at IS NULL AND (created_at, rowid) <=
  (SELECT created_at, rowid FROM participants WHERE id = :id)
"""
_ENROLLED = """
SELECT count(*) AS n FROM participants
WHERE list_id = ? AND removed_at IS NULL AND status = 'enrolled'
"""
_NEXT = """
SELECT id FROM participants WHERE list_id = ? AND removed_at IS NULL AND status = 'waiting'
ORDER BY created_at, rowid LIMIT ?
"""
_MARKS = """
SELECT marks.meeting_id, marks.participant_id, marks.present
FROM participants JOIN marks ON marks.participant_id = participants.id
WHERE participants.list_id = ? AND participants.removed_at IS NULL AND marks.removed_at IS NULL
"""
_MARK = """
SELECT * FROM marks WHERE meeting_id = ? AND participant_id = ? AND removed_at IS NULL
"""
_ALSO_LINKED = """
SELECT id FROM marks WHERE visit_id = ? AND id <> ? AND removed_at IS NULL LIMIT 1
"""
_MARKED = """
SELECT 1 FROM marks WHERE participant_id = ? AND removed_at IS NULL LIMIT 1
"""
_PRESENT_AT = """
SELECT marks.* FROM marks
WHERE meeting_id = ? AND present = 1 AND removed_at IS NULL ORDER BY created_at, rowid
"""
_DAYS_OF = """
SELECT DISTINCT meetings.local_date AS day
FROM marks JOIN meetings ON meetings.id = marks.meeting_id
WHERE marks.participant_id = ? AND marks.removed_at IS NULL
"""
_CERTIFIED = """
SELECT certificate_number AS number FROM participants
WHERE certificate_number IS NOT NULL
"""


# ---------------------------------------------------------------- meetings
_CAME = """
SELECT meetings.id, CASE WHEN meetings.headcount IS NOT NULL OR count(marks.id) > 0
  THEN coalesce(meetings.headcount, 0) + coalesce(sum(marks.present), 0) END AS people
FROM meetings
LEFT JOIN marks ON marks.meeting_id = meetings.id AND marks.removed_at IS NULL
WHERE meetings.id IN (SELECT value FROM json_each(?))
GROUP BY meetings.id
"""


def came(db: Database, ids: Collection[str]) -> dict[str, int | None]:
    """How many were at each of these meetings; None where nobody counted."""
    rows = db.query(_CAME, [json.dumps(list(ids))])
    return {row["id"]: row["people"] for row in rows}


def bring_in(db: Database, carried: Mapping[str, Any], meetings: Iterable[ImportedMeeting]) -> None:
    """Store the meetings of a file."""
    batches.put_many(db, "meetings", carried, ImportedMeeting._fields, meetings)


def add_meeting(store: Store, db: Database, draft: MeetingDraft, course_id: str | None) -> str:
    """A new meeting, of a course or of the community; the id."""
    fields = {"course_id": course_id, **_meeting_columns(draft)}
    with listed(db, fields):
        return journal.create(store, db, "meetings", fields)


def change_meeting(store: Store, db: Database, meeting_id: str, draft: MeetingDraft) -> bool:
    """Write date, title and place anew; False when nothing differs."""
    return journal.change(store, db, "meetings", meeting_id, _meeting_columns(draft))


def set_state(store: Store, db: Database, meeting_id: str, state: MeetingState) -> bool:
    """What became of a meeting; False when it was that already."""
    return journal.change(store, db, "meetings", meeting_id, {"state": str(state)})


def set_reservation(store: Store, db: Database, meeting_id: str, kept: str | None) -> None:
    """The reservation of the workstations that a meeting has."""
    journal.change(store, db, "meetings", meeting_id, {"reservation_id": kept})


def set_headcount(store: Store, db: Database, meeting_id: str, headcount: Headcount | None) -> None:
    """How many came beside the list."""
    fields = {
        "headcount": None if headcount is None else headcount.count,
        "parts": kept_parts(headcount.parts) if headcount else None,
        "method": str(headcount.method if headcount else Method.COUNTED),
    }
    journal.change(store, db, "meetings", meeting_id, fields)


def set_visits(
    store: Store, db: Database, meeting_id: str, *, count: bool, visit_id: str | None
) -> None:
    """Whether whoever is present is a visit too, and which visit the headcount is."""
    fields = {"count_visits": count, "visit_id": visit_id}
    journal.change(store, db, "meetings", meeting_id, fields)


def remove_meeting(store: Store, db: Database, meeting_id: str) -> None:
    """Take a meeting out of every list and total."""
    journal.remove(store, db, "meetings", meeting_id)


def meeting(db: Database, meeting_id: str) -> Meeting | None:
    """The meeting with that id, unless it was removed."""
    row = next(iter(db.query(_MEETING, [meeting_id])), None)
    return None if row is None else _meeting(row)


def of_courses(db: Database, ids: Collection[str] | None) -> list[Meeting]:
    """The meetings of these courses, or of all, in order."""
    if ids is None:
        return [_meeting(row) for row in db.query(_OF_ALL_COURSES)]
    return _among(db, "course_id", ids)


def many(db: Database, ids: Collection[str]) -> list[Meeting]:
    """The meetings with these ids that are not removed, in order."""
    return _among(db, "id", ids)


def _among(db: Database, column: str, ids: Collection[str]) -> list[Meeting]:
    which = f"{column} IN ({', '.join('?' * len(ids))})"
    return [_meeting(row) for row in db.query(_MEETINGS.format(which=which), [*ids])]


def between(db: Database, first: date, last: date) -> list[Meeting]:
    """The meetings of these days, in order."""
    return [_meeting(row) for row in db.query(_BETWEEN, [first.isoformat(), last.isoformat()])]


def has_marks(db: Database, meeting_id: str) -> bool:
    """Whether anybody is marked at a meeting, present or absent."""
    return db.execute(_HAS_MARKS, [meeting_id]).fetchone() is not None


# ---------------------------------------------------------------- participants


def add_participant(store: Store, db: Database, fields: Mapping[str, Any]) -> str:
    """A new line of a list; the id."""
    with listed(db, fields):
        return journal.create(store, db, "participants", fields)


def change_participant(
    store: Store, db: Database, participant_id: str, fields: Mapping[str, Any]
) -> bool:
    """Write fields of a participant; False when nothing differs."""
    with listed(db, fields):
        return journal.change(store, db, "participants", participant_id, fields)


def remove_participant(store: Store, db: Database, participant_id: str) -> None:
    """Take somebody off a list who was never marked."""
    journal.remove(store, db, "participants", participant_id)


def participant(db: Database, participant_id: str) -> Participant | None:
    """The participant with that id, unless removed."""
    row = next(iter(db.query(_ONE, [participant_id])), None)
    if row is None:
        return None
    told = {"list": row["list_id"], "id": participant_id}
    return _participant(row, next(iter(db.query(_BEFORE, told)))["n"])


def on_list(db: Database, list_id: str) -> tuple[Participant, ...]:
    """Everybody on a list, those who wait and those who withdrew too, by name."""
    rows = db.query(_ON_LIST, [list_id])
    return in_order(_participant(row, at) for at, row in enumerate(rows, start=1))


def enrolled(db: Database, list_id: str) -> int:
    """How many stand on a list."""
    return int(next(iter(db.query(_ENROLLED, [list_id])))["n"])


def next_waiting(db: Database, list_id: str, most: int) -> list[str]:
    """Ids of those who wait, first come first."""
    return [row["id"] for row in db.query(_NEXT, [list_id, most])]


def certificate_numbers(db: Database) -> set[str]:
    """Every number that a certificate has, or had before its line was taken away."""
    return {row["number"] for row in db.query(_CERTIFIED)}


# ---------------------------------------------------------------- marks


def put_mark(
    store: Store,
    db: Database,
    key: tuple[str, str],
    *,
    present: bool,
    visit: tuple[str, bool] | None,
) -> bool:
    """Say of (meeting, participant) whether they were there; False when it said so already.

    `visit` is the visit that counts them, and whether the mark has made it.
    """
    visit_id, made = visit or (None, False)
    natural = {"meeting_id": key[0], "participant_id": key[1]}
    fields = {"present": present, "visit_id": visit_id, "made_visit": made}
    return journal.put(store, db, "marks", natural, fields)


def take_mark(store: Store, db: Database, key: tuple[str, str]) -> bool:
    """Nobody looked whether they were there; False when no mark stands."""
    natural = {"meeting_id": key[0], "participant_id": key[1]}
    return journal.take_out(store, db, "marks", natural)


def mark(db: Database, key: tuple[str, str]) -> dict[str, Any] | None:
    """The mark of (meeting, participant) as its row, if one stands."""
    return next(iter(db.query(_MARK, key)), None)


def marks(db: Database, list_id: str) -> dict[tuple[str, str], bool]:
    """Who of a list was where: by (meeting id, participant id)."""
    found = db.conn.execute(_MARKS, [list_id])
    return {(of, who): present == 1 for of, who, present in found}


def hand_over(store: Store, db: Database, mark: Mapping[str, Any]) -> bool:
    """Let another mark that links to the visit of this one have made it; False: there is none."""
    other = next(iter(db.query(_ALSO_LINKED, [mark["visit_id"], mark["id"]])), None)
    if other is None:
        return False
    return journal.change(store, db, "marks", other["id"], {"made_visit": True})


def is_marked(db: Database, participant_id: str) -> bool:
    """Whether a participant has any mark."""
    return db.execute(_MARKED, [participant_id]).fetchone() is not None


def present_at(db: Database, meeting_id: str) -> list[dict[str, Any]]:
    """The marks of those who were at a meeting, as their rows."""
    return list(db.query(_PRESENT_AT, [meeting_id]))


def days_of(db: Database, participant_id: str) -> list[date]:
    """The days of the meetings at which a participant is marked."""
    return [date.fromisoformat(row["day"]) for row in db.query(_DAYS_OF, [participant_id])]


# ---------------------------------------------------------------- rows


def _meeting_columns(draft: MeetingDraft) -> dict[str, Any]:
    schedule = draft.schedule
    start = schedule.start
    return {
        "title": draft.title,
        "local_date": schedule.day.isoformat(),
        "starts_minute": None if start is None else start.hour * 60 + start.minute,
        "minutes": schedule.minutes,
        "mode": str(schedule.mode),
        "place": schedule.place,
        "note": draft.note,
    }


def _meeting(row: Mapping[str, Any]) -> Meeting:
    count, minute = row["headcount"], row["starts_minute"]
    return Meeting(
        id=row["id"],
        course_id=row["course_id"],
        title=row["title"],
        schedule=Schedule(
            day=date.fromisoformat(row["local_date"]),
            start=None if minute is None else time(*divmod(minute, 60)),
            minutes=row["minutes"],
            mode=Mode(row["mode"]),
            place=row["place"],
        ),
        state=MeetingState(row["state"]),
        headcount=None
        if count is None
        else Headcount(count=count, parts=parts_of(row["parts"]), method=Method(row["method"])),
        count_visits=bool(row["count_visits"]),
        visit_id=row["visit_id"],
        reservation_id=row["reservation_id"],
        note=row["note"],
        batch_id=row["batch_id"],
    )


def _participant(row: Mapping[str, Any], at: int) -> Participant:
    certified = row["certified_on"]
    return Participant(
        id=row["id"],
        list_id=row["list_id"],
        number=at,
        patron_id=row["patron_id"],
        staff_id=row["staff_id"],
        name=row["name"],
        status=ListStatus(row["status"]),
        type=VisitorType(row["type"]),
        profile=Profile.of(row),
        results=Results(
            score_before=row["score_before"],
            score_after=row["score_after"],
            learned=row["learned"],
            confident=row["confident"],
            will_use=row["will_use"],
        ),
        certificate_number=row["certificate_number"],
        certified_on=None if certified is None else date.fromisoformat(certified),
        note=row["note"],
        batch_id=row["batch_id"],
    )
