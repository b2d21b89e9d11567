"""Who is due, and what is held on somebody, read from every table."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from datetime import date

from perpudesk.db.database import Database
from perpudesk.db.meta import drop_meta, meta, set_meta
from perpudesk.privacy.model import Held, Mention

FROM = "retention_from"
"""The first day on which names of an earlier version are erased by themselves."""
_SEEN = """
WITH seen (id, day) AS (
  SELECT patron_id, max(local_date) FROM visits WHERE patron_id IS NOT NULL GROUP BY patron_id
  UNION ALL
  SELECT leader_id, max(local_date) FROM visits WHERE leader_id IS NOT NULL GROUP BY leader_id
  UNION ALL
  SELECT patron_id, max(local_date) FROM computer_sessions
  WHERE patron_id IS NOT NULL GROUP BY patron_id
  UNION ALL
  SELECT patron_id, max(local_date) FROM queue_tickets
  WHERE patron_id IS NOT NULL GROUP BY patron_id
  UNION ALL
  SELECT patron_id, max(local_date) FROM reservations
  WHERE patron_id IS NOT NULL GROUP BY patron_id
  UNION ALL
  SELECT participants.patron_id, max(meetings.local_date) FROM participants
  JOIN marks ON marks.participant_id = participants.id AND marks.removed_at IS NULL
  JOIN meetings ON meetings.id = marks.meeting_id
  WHERE participants.patron_id IS NOT NULL GROUP BY participants.patron_id
  UNION ALL
  SELECT participants.patron_id, max(meetings.local_date) FROM participants
  JOIN meetings ON meetings.course_id = participants.list_id OR meetings.id = participants.list_id
  WHERE participants.patron_id IS NOT NULL AND participants.status <> 'withdrawn'
  GROUP BY participants.patron_id
  UNION ALL
  SELECT trainers.value, max(meetings.local_date) FROM courses
  JOIN json_each(courses.trainer_ids) AS trainers
  JOIN meetings ON meetings.course_id = courses.id GROUP BY trainers.value
), last_seen AS (SELECT id, max(day) AS day FROM seen GROUP BY id),
needed (id) AS (
  SELECT contact_id FROM communities
  WHERE contact_id IS NOT NULL AND removed_at IS NULL AND ended_on IS NULL
  UNION SELECT owner_id FROM decisions
  WHERE owner_id IS NOT NULL AND removed_at IS NULL AND done_on IS NULL
  UNION SELECT person_id FROM stories
  WHERE person_id IS NOT NULL AND removed_at IS NULL AND named = 1
)
"""
_WHO_IS_DUE = """
SELECT patrons.id FROM patrons LEFT JOIN last_seen ON last_seen.id = patrons.id
WHERE patrons.erased_at IS NULL
  AND max(patrons.registered_on, substr(patrons.created_at, 1, 10),
          coalesce(substr(patrons.changed_at, 1, 10), ''), coalesce(last_seen.day, '')) < :before
  AND patrons.id NOT IN (SELECT id FROM needed)
ORDER BY patrons.id
"""
_KINDS = {
    "visits": "SELECT count(*) AS n, min(local_date) AS first, max(local_date) AS last FROM visits"
    " WHERE removed_at IS NULL AND (patron_id = :id OR leader_id = :id)",
    "computer_sessions": "SELECT count(*) AS n, min(local_date) AS first, max(local_date) AS last"
    " FROM computer_sessions WHERE removed_at IS NULL AND patron_id = :id",
    "queue_tickets": "SELECT count(*) AS n, min(local_date) AS first, max(local_date) AS last"
    " FROM queue_tickets WHERE removed_at IS NULL AND patron_id = :id",
    "reservations": "SELECT count(*) AS n, min(local_date) AS first, max(local_date) AS last"
    " FROM reservations WHERE removed_at IS NULL AND patron_id = :id",
    "communities": "SELECT count(*) AS n, NULL AS first, NULL AS last FROM communities"
    " WHERE removed_at IS NULL AND contact_id = :id",
    "decisions": "SELECT count(*) AS n, NULL AS first, NULL AS last FROM decisions"
    " WHERE removed_at IS NULL AND owner_id = :id",
    "stories": "SELECT count(*) AS n, min(local_date) AS first, max(local_date) AS last"
    " FROM stories WHERE removed_at IS NULL AND person_id = :id",
}
_COURSES = """
SELECT coalesce(courses.title, meetings.title) AS title, participants.certificate_number AS number,
  min(coalesce(dated.local_date, meetings.local_date)) AS day
FROM participants
LEFT JOIN courses ON courses.id = participants.list_id
LEFT JOIN meetings ON meetings.id = participants.list_id
LEFT JOIN meetings AS dated ON dated.course_id = courses.id AND dated.removed_at IS NULL
WHERE participants.removed_at IS NULL AND participants.patron_id = :id
GROUP BY participants.id ORDER BY day, participants.id
"""
_TABLES = "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table'"
_APART = {
    "patrons",
    "staff",
    "staff_pins",
    "signatories",
    "branches",
    "batches",
    "closings",
    "prints",
    "journal",
    "meta",
    "pictures",
}
"""Tables that hold names of their own right, or no free words."""
_NO_WORDS = ("id", "_id", "_at", "_by", "_on", "_date", "digest", "parts", "moves")
_OVERWROTE = """
SELECT seq, overwrote FROM journal WHERE seq > :after AND seq <= :until AND overwrote IS NOT NULL
"""
_NEWEST = "SELECT coalesce(max(seq), 0) AS seq FROM journal"
_SCRUB = "UPDATE journal SET overwrote = replace(overwrote, :name, '–') WHERE seq = :seq"
_FIGURES = re.compile(r"[0-9TZ:.+-]*")
_WINDOW = 50_000
"""So many lines of the journal are looked through at once, that a tap meanwhile does not wait."""


def due(db: Database, day: date) -> list[str]:
    """The ids of those who were seen last before a day, and whom no open matter needs."""
    return [row["id"] for row in db.query(_SEEN + _WHO_IS_DUE, {"before": day.isoformat()})]


def held(db: Database, patron_id: str, name: str) -> Held:
    """What is held on somebody."""
    counts: dict[str, int] = {}
    days: list[str] = []
    for kind, statement in _KINDS.items():
        [row] = db.query(statement, {"id": patron_id})
        if row["n"]:
            counts[kind] = row["n"]
            days += [day for day in (row["first"], row["last"]) if day]
    courses = tuple(
        (_day(row["day"]), row["title"] or "", row["number"] or "")
        for row in db.query(_COURSES, {"id": patron_id})
    )
    if courses:
        counts["participants"] = len(courses)
    return Held(
        counts=counts,
        first=_day(min(days, default=None)),
        last=_day(max(days, default=None)),
        courses=courses,
        mentions=tuple(mentions(db, name)),
    )


def mentions(db: Database, name: str) -> Iterator[Mention]:
    """Free words anywhere that hold the name, however it is capitalised."""
    for table, columns, dated in _worded(db):
        found = " OR ".join(f"instr(lower({each}), :name) > 0" for each in columns)
        rows = db.query(f"SELECT * FROM {table} WHERE {found}", {"name": name.lower()})  # noqa: S608
        for row in rows:
            for column in columns:
                text = row[column]
                if isinstance(text, str) and name.lower() in text.lower():
                    yield Mention(
                        kind=table,
                        record_id=str(row["id"]),
                        column=column,
                        text=text,
                        day=_day(row["local_date"]) if dated else None,
                    )


def _worded(db: Database) -> Iterator[tuple[str, Sequence[str], bool]]:
    """Each table of records with its columns of free words, and whether it has a day."""
    for table in sorted(row["name"] for row in db.query(_TABLES)):
        info = list(db.query(f"PRAGMA table_info({table})"))
        names = {row["name"] for row in info}
        if table in _APART or not {"id", "removed_at"} <= names:
            continue
        words = [
            row["name"]
            for row in info
            if row["type"] == "TEXT" and not row["name"].endswith(_NO_WORDS)
        ]
        if words:
            yield table, words, "local_date" in names


class Kept:
    """What journal lines keep of free words: looked through once for many names."""

    def __init__(self) -> None:
        self._worded: dict[int, str] = {}
        self._plain: dict[int, str] = {}
        self._read = 0

    def read(self, db: Database) -> bool:
        """Look at the next lines that were not looked at; whether there were any."""
        [newest] = db.query(_NEWEST)
        if self._read >= newest["seq"]:
            return False
        after, until = self._read, min(self._read + _WINDOW, newest["seq"])
        for row in db.query(_OVERWROTE, {"after": after, "until": until}):
            texts = [each for each in json.loads(row["overwrote"]).values() if _may_name(each)]
            if texts:
                worded = any(" " in each or each != each.lower() for each in texts)
                (self._worded if worded else self._plain)[row["seq"]] = "\n".join(texts)
        self._read = until
        return True

    def scrub(self, db: Database, name: str) -> None:
        """Take a name out of the lines that hold it."""
        stored = json.dumps(name, ensure_ascii=False)[1:-1]
        lines = (
            [self._worded] if " " in name or name != name.lower() else [self._worded, self._plain]
        )
        for kept in lines:
            for seq in [seq for seq, text in kept.items() if name in text]:
                db.execute(_SCRUB, {"name": stored, "seq": seq})


def _may_name(value: object) -> bool:
    """Whether a value may be free words: it is no moment, no day, no number in text."""
    return isinstance(value, str) and _FIGURES.fullmatch(value) is None


def waits_until(db: Database) -> date | None:
    """Until when names of an earlier version wait."""
    return _day(meta(db, FROM))


def set_wait(db: Database, until: date | None) -> None:
    """Let them wait until a day, or no longer."""
    if until is None:
        drop_meta(db, FROM)
    else:
        set_meta(db, FROM, until.isoformat())


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)
