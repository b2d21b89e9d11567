"""What is recorded of activities and of the program in a period: meetings, people, records."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from perpudesk.core.codes import UNKNOWN, Method

Part = tuple[str, str | None, int]
"""Sex, age band, and how many."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingRow:
    """A meeting that was held: of a course (`course_id`), else of the community.

    `present` are those on the list, `headcount` those beside it; nobody counted where there is
    neither a mark nor a headcount.
    """

    id: str
    day: date
    title: str
    course_id: str | None = None
    audience: str | None = None
    topic: str = UNKNOWN
    strategy: str
    kind: str = UNKNOWN
    role: str = UNKNOWN
    domain: str = UNKNOWN
    community_id: str | None = None
    community: str | None = None
    field: str = UNKNOWN
    minutes: int | None = None
    headcount: int | None = None
    parts: tuple[Part, ...] = ()
    method: Method = Method.COUNTED
    marks: int = 0
    present: int = 0

    @property
    def people(self) -> int | None:
        """How many were there; None where nobody counted."""
        if not self.marks and self.headcount is None:
            return None
        return self.present + (self.headcount or 0)

    @property
    def methods(self) -> frozenset[Method]:
        """How its people were counted."""
        by_list = {Method.COUNTED} if self.marks else set()
        return frozenset(by_list | ({self.method} if self.headcount else set()))


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonRow:
    """Somebody (`person`) who was at a meeting; so many alike where they were counted by head."""

    meeting: str
    person: str = ""
    type: str = UNKNOWN
    sex: str = UNKNOWN
    age_years: int | None = None
    age_band: str | None = None
    occupation: str = UNKNOWN
    education: str = UNKNOWN
    purpose: str = UNKNOWN
    count: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class DatedRow:
    """Something of a day under a slug of its list: an action, an item, a story."""

    day: date
    slug: str
    title: str = ""
    told: str = ""
    """What else is said of it: with whom, in which words, or whose story it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PartnerRow:
    """A partner on the last day."""

    name: str
    kind: str
    until: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Acted:
    """The activities and the program's records of a period, as far as no rule is needed for it.

    `known` says since when the branch has each kind of them: before, nothing of it is counted.
    """

    known: Mapping[str, date] = field(default_factory=dict)
    meetings: tuple[MeetingRow, ...] = ()
    people: tuple[PersonRow, ...] = ()
    visits: int | None = None
    """Visits that are linked to an activity."""
    due: int = 0
    done: int = 0
    """Decisions that were due in the period, and how many of them are done."""
    actions: tuple[DatedRow, ...] = ()
    media: tuple[DatedRow, ...] = ()
    stories: tuple[DatedRow, ...] = ()
    partners: tuple[PartnerRow, ...] = ()
    budgets: Mapping[int, Mapping[str, int]] = field(default_factory=dict)
    """By year and source."""
    equipment: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    """By kind and condition on the last day."""
    unsaid: tuple[date, ...] = ()
    """Days of meetings that should have been by now, and nobody said whether they were."""

    def began(self, kind: str, last: date) -> bool:
        """Whether the branch had that kind of record by the day `last`."""
        since = self.known.get(kind)
        return since is not None and since <= last

    def of(self, meetings: Mapping[str, MeetingRow]) -> Iterator[PersonRow]:
        """Whoever was at some of the meetings: by list, then by head, the unknown rest last."""
        yield from (row for row in self.people if row.meeting in meetings)
        for meeting in meetings.values():
            rest = meeting.headcount or 0
            for sex, band, count in meeting.parts:
                rest -= count
                yield PersonRow(meeting=meeting.id, sex=sex, age_band=band, count=count)
            if rest:
                yield PersonRow(meeting=meeting.id, count=rest)
