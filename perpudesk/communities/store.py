"""Every statement that touches communities, their meetings and decisions."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from perpudesk.attendance.model import Meeting
from perpudesk.communities.model import (
    Community,
    CommunityDraft,
    Decision,
    DecisionDraft,
    Gathering,
    GatheringDraft,
    ImportedCommunity,
    ImportedGathering,
    Members,
)
from perpudesk.core.codes import Domain, MeetingKind, MeetingRole, Strategy
from perpudesk.db import batches, journal
from perpudesk.db.connection import Store
from perpudesk.db.database import Database
from perpudesk.db.lists import listed

# With the name of the contact, and the members as they were counted last.
_COMMUNITY = """
SELECT communities.*, coalesce(others.name, patrons.name) AS contact,
  counted.local_date AS counted_on, counted.female, counted.male, counted.unknown
FROM communities
LEFT JOIN patrons ON patrons.id = communities.contact_id
LEFT JOIN patrons AS others ON others.id = patrons.merged_into
LEFT JOIN community_members AS counted ON counted.community_id = communities.id
  AND counted.removed_at IS NULL AND counted.local_date = (
    SELECT max(local_date) FROM community_members
    WHERE community_id = communities.id AND removed_at IS NULL
  )
WHERE communities.removed_at IS NULL
"""
_ONE = f"{_COMMUNITY} AND communities.id = ?"
_ALL = f"{_COMMUNITY} ORDER BY communities.ended_on IS NOT NULL, communities.name COLLATE NOCASE"
_MEMBERS = """
SELECT * FROM community_members WHERE community_id = ? AND removed_at IS NULL ORDER BY local_date
"""
_MEETS = "SELECT 1 FROM community_meetings WHERE community_id = ? AND removed_at IS NULL LIMIT 1"
_GATHERINGS = """
SELECT community_meetings.*, communities.name AS community
FROM community_meetings
LEFT JOIN communities ON communities.id = community_meetings.community_id
WHERE community_meetings.removed_at IS NULL AND {which}
"""
# Of the meetings held that count: the day, and how many came where anybody counted.
_HELD = """
SELECT community_meetings.community_id, meetings.local_date,
  CASE WHEN meetings.headcount IS NOT NULL OR count(marks.id) > 0
    THEN coalesce(meetings.headcount, 0) + coalesce(sum(marks.present), 0) END AS people
FROM community_meetings
JOIN meetings ON meetings.id = community_meetings.meeting_id
LEFT JOIN marks ON marks.meeting_id = meetings.id AND marks.removed_at IS NULL
WHERE community_meetings.removed_at IS NULL AND meetings.removed_at IS NULL
  AND meetings.state = 'held' AND community_meetings.community_id IS NOT NULL
  AND community_meetings.role <> 'room_only'
GROUP BY meetings.id
"""
_DECISION = """
SELECT decisions.*, meetings.local_date AS met_on, meetings.title AS meeting,
  coalesce(others.name, patrons.name, decisions.owner_office) AS owner
FROM decisions
JOIN meetings ON meetings.id = decisions.meeting_id
LEFT JOIN patrons ON patrons.id = decisions.owner_id
LEFT JOIN patrons AS others ON others.id = patrons.merged_into
WHERE decisions.removed_at IS NULL AND meetings.removed_at IS NULL
"""
_DECISION_ONE = f"{_DECISION} AND decisions.id = ?"
_OF_MEETING = (
    f"{_DECISION} AND decisions.meeting_id = ? ORDER BY decisions.created_at, decisions.rowid"
)
_OPEN = (
    f"{_DECISION} AND decisions.done_on IS NULL"
    " ORDER BY decisions.due_on IS NULL, decisions.due_on, meetings.local_date, decisions.rowid"
)
_DONE = (
    f"{_DECISION} AND decisions.done_on IS NOT NULL"
    " ORDER BY decisions.done_on DESC, decisions.rowid DESC LIMIT ?"
)
_DUE = f"{_DECISION} AND decisions.due_on BETWEEN ? AND ?"


# ---------------------------------------------------------------- communities


def bring_in(
    db: Database,
    carried: Mapping[str, Any],
    communities: Iterable[ImportedCommunity],
    gatherings: Iterable[ImportedGathering],
) -> None:
    """Store the communities of a file, and what its meetings were to them."""
    batches.put_many(db, "communities", carried, ImportedCommunity._fields, communities)
    batches.put_many(db, "community_meetings", carried, ImportedGathering._fields, gatherings)


def add(store: Store, db: Database, draft: CommunityDraft) -> str:
    """A new community; the id."""
    fields = _columns(draft)
    with listed(db, fields):
        return journal.create(store, db, "communities", fields)


def change(store: Store, db: Database, community_id: str, draft: CommunityDraft) -> bool:
    """Write a community anew; False when nothing differs."""
    fields = _columns(draft)
    with listed(db, fields):
        return journal.change(store, db, "communities", community_id, fields)


def remove(store: Store, db: Database, community_id: str) -> None:
    """Take a community out of every list."""
    journal.remove(store, db, "communities", community_id)


def get(db: Database, community_id: str) -> Community | None:
    """The community with that id, unless it was removed."""
    row = next(iter(db.query(_ONE, [community_id])), None)
    return None if row is None else _community(row)


def everything(db: Database) -> list[Community]:
    """All communities by name, those that ended last."""
    return [_community(row) for row in db.query(_ALL)]


def meets(db: Database, community_id: str) -> bool:
    """Whether a community has any meeting."""
    return db.execute(_MEETS, [community_id]).fetchone() is not None


def put_members(store: Store, db: Database, community_id: str, members: Members) -> bool:
    """Say how many members it had on a day; False when it said so already."""
    key = {"community_id": community_id, "local_date": members.day.isoformat()}
    counts = {"female": members.female, "male": members.male, "unknown": members.unknown}
    return journal.put(store, db, "community_members", key, counts)


def take_members(store: Store, db: Database, community_id: str, day: date) -> bool:
    """Nobody counted on that day; False when nobody had."""
    key = {"community_id": community_id, "local_date": day.isoformat()}
    return journal.take_out(store, db, "community_members", key)


def members(db: Database, community_id: str) -> list[Members]:
    """How many members it had, the earliest first."""
    return [_members(row, "local_date") for row in db.query(_MEMBERS, [community_id])]


# ---------------------------------------------------------------- meetings


def put_gathering(store: Store, db: Database, meeting_id: str, draft: GatheringDraft) -> bool:
    """Say what a meeting is to its community; False when it said so already."""
    fields = _gathering_columns(draft)
    with listed(db, fields):
        return journal.put(store, db, "community_meetings", {"meeting_id": meeting_id}, fields)


def remove_gathering(store: Store, db: Database, meeting_id: str) -> None:
    """It is no meeting of a community any more."""
    journal.take_out(store, db, "community_meetings", {"meeting_id": meeting_id})


def gatherings(
    db: Database, meetings: Collection[Meeting], community_id: str | None = None
) -> list[Gathering]:
    """Which of these meetings are of communities, or of one, and what they are to it; in order."""
    marks = ", ".join("?" * len(meetings))
    which = f"community_meetings.meeting_id IN ({marks})"
    given: list[Any] = [each.id for each in meetings]
    if community_id is not None:
        which += " AND community_id = ?"
        given.append(community_id)
    rows = {row["meeting_id"]: row for row in db.query(_GATHERINGS.format(which=which), given)}
    return [_gathering(rows[each.id], each) for each in meetings if each.id in rows]


def ids_of(db: Database, community_id: str | None) -> list[str]:
    """Ids of the meetings of a community, or of all."""
    if community_id is None:
        found = db.query(_GATHERINGS.format(which="1"))
    else:
        found = db.query(_GATHERINGS.format(which="community_id = ?"), [community_id])
    return [row["meeting_id"] for row in found]


def held(db: Database) -> Iterator[tuple[str, date, int | None]]:
    """Of every meeting held that counts: its community, its day, how many came."""
    for row in db.query(_HELD):
        yield row["community_id"], date.fromisoformat(row["local_date"]), row["people"]


# ---------------------------------------------------------------- decisions


def add_decision(store: Store, db: Database, meeting_id: str, draft: DecisionDraft) -> str:
    """A new decision of a meeting; the id."""
    fields = {"meeting_id": meeting_id, **_decision_columns(draft)}
    with listed(db, fields):
        return journal.create(store, db, "decisions", fields)


def change_decision(store: Store, db: Database, decision_id: str, draft: DecisionDraft) -> bool:
    """Write a decision anew; False when nothing differs."""
    fields = _decision_columns(draft)
    with listed(db, fields):
        return journal.change(store, db, "decisions", decision_id, fields)


def remove_decision(store: Store, db: Database, decision_id: str) -> None:
    """Take a decision away."""
    journal.remove(store, db, "decisions", decision_id)


def decision(db: Database, decision_id: str) -> Decision | None:
    """The decision with that id, unless it or its meeting was removed."""
    row = next(iter(db.query(_DECISION_ONE, [decision_id])), None)
    return None if row is None else _decision(row)


def of_meeting(db: Database, meeting_id: str) -> list[Decision]:
    """What a meeting decided, in the order it was written."""
    return [_decision(row) for row in db.query(_OF_MEETING, [meeting_id])]


def open_decisions(db: Database) -> list[Decision]:
    """What is not done, the soonest due first, what has no day last."""
    return [_decision(row) for row in db.query(_OPEN)]


def done_decisions(db: Database, most: int) -> list[Decision]:
    """What was done last."""
    return [_decision(row) for row in db.query(_DONE, [most])]


def due_between(db: Database, first: date, last: date) -> list[Decision]:
    """What was due in these days, done or not."""
    return [_decision(row) for row in db.query(_DUE, [first.isoformat(), last.isoformat()])]


# ---------------------------------------------------------------- rows


def _columns(draft: CommunityDraft) -> dict[str, Any]:
    return {
        "name": draft.name,
        "field": draft.field,
        "contact_id": draft.contact_id,
        "founded": draft.founded,
        "born_here": draft.born_here,
        "ended_on": None if draft.ended_on is None else draft.ended_on.isoformat(),
        "note": draft.note,
    }


def _community(row: Mapping[str, Any]) -> Community:
    born, ended = row["born_here"], row["ended_on"]
    return Community(
        id=row["id"],
        name=row["name"],
        field=row["field"],
        contact_id=row["contact_id"],
        contact=row["contact"],
        founded=row["founded"],
        born_here=None if born is None else bool(born),
        ended_on=None if ended is None else date.fromisoformat(ended),
        note=row["note"],
        members=None if row["counted_on"] is None else _members(row, "counted_on"),
        batch_id=row["batch_id"],
    )


def _members(row: Mapping[str, Any], day: str) -> Members:
    return Members(
        day=date.fromisoformat(row[day]),
        female=row["female"],
        male=row["male"],
        unknown=row["unknown"],
    )


def _gathering_columns(draft: GatheringDraft) -> dict[str, Any]:
    return {
        "community_id": draft.community_id,
        "kind": str(draft.kind),
        "role": str(draft.role),
        "strategy": str(draft.strategy),
        "domain": None if draft.domain is None else str(draft.domain),
        "partner": draft.partner,
        "result": draft.result,
    }


def _gathering(row: Mapping[str, Any], meeting: Meeting) -> Gathering:
    return Gathering(
        meeting=meeting,
        community_id=row["community_id"],
        community=row["community"],
        kind=MeetingKind(row["kind"]),
        role=MeetingRole(row["role"]),
        strategy=Strategy(row["strategy"]),
        domain=None if row["domain"] is None else Domain(row["domain"]),
        partner=row["partner"],
        result=row["result"],
    )


def _decision_columns(draft: DecisionDraft) -> dict[str, Any]:
    return {
        "text": draft.text,
        "owner_id": draft.owner_id,
        "owner_office": draft.owner_office,
        "due_on": None if draft.due_on is None else draft.due_on.isoformat(),
        "done_on": None if draft.done_on is None else draft.done_on.isoformat(),
        "note": draft.note,
    }


def _decision(row: Mapping[str, Any]) -> Decision:
    due, done = row["due_on"], row["done_on"]
    return Decision(
        id=row["id"],
        meeting_id=row["meeting_id"],
        met_on=date.fromisoformat(row["met_on"]),
        meeting=row["meeting"] or "",
        text=row["text"],
        owner_id=row["owner_id"],
        owner_office=row["owner_office"],
        owner=row["owner"],
        due_on=None if due is None else date.fromisoformat(due),
        done_on=None if done is None else date.fromisoformat(done),
        note=row["note"],
    )
