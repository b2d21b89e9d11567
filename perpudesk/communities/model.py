"""Communities, their meetings and what these decide, and the rules over them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple

from perpudesk.attendance.model import FARTHEST, Meeting, MeetingDraft
from perpudesk.branch.checks import EARLIEST, EARLY_DAY, check_day, clean
from perpudesk.core.codes import UNKNOWN, Domain, MeetingKind, MeetingRole, Strategy
from perpudesk.core.errors import InputError, Problem
from perpudesk.core.formats import date_long, number

COMMUNITY_NAME_MISSING = Problem(
    "community_name_missing", "The community has no name. Type one, for example “Klub TI”."
)
BAD_FOUNDED = Problem(
    "bad_founded",
    "“{text}” is no day, month or year. Type 2019, 03-2019 or 17-03-2019, or leave it empty.",
)
FOUNDED_AHEAD = Problem(
    "founded_ahead", "{text} has not come yet, so nothing can have been founded then."
)
ENDED_FIRST = Problem(
    "community_ended_first", "It cannot have ended before it was founded. Correct one of the two."
)
BAD_MEMBERS = Problem(
    "bad_members", "The members must be a whole number from 0 to {most}. Type it again."
)
NO_COMMUNITY = Problem(
    "no_community", "That community is not here any more. Look at the list again."
)
COMMUNITY_MET = Problem(
    "community_met",
    "{name} has meetings, so it is not removed. Say instead since when it is no longer active.",
)
NO_TOPIC = Problem(
    "meeting_without_topic", "Say what the meeting was about, or choose its community."
)
DECISION_MISSING = Problem(
    "decision_missing", "The decision is empty. Type what was decided, in one sentence."
)
DUE_FIRST = Problem(
    "decision_due_first",
    "It would be due on {due}, before the meeting of {met}. Correct the day.",
)
DUE_TOO_FAR = Problem("decision_due_far", "{date} is more than three years ahead. Check the year.")
DONE_FIRST = Problem(
    "decision_done_first",
    "It cannot be done on {done}, before the meeting of {met}. Correct the day.",
)
NO_DECISION = Problem("no_decision", "That decision is not here any more. Look at the list again.")

MOST_MEMBERS = 99_999
LIMITS = {"name": 200, "note": 500}
DECISION_MOST = 500
OFFICE_MOST = 120
RESULT_MOST = 4_000
COUNTED_ROLES = (MeetingRole.ORGANISED, MeetingRole.CO_ORGANISED)
"""Lending a room is not a program (PLS)."""
_WAYS = (
    (re.compile(r"(\d{4})"), "{0}"),
    (re.compile(r"(\d{4})-(\d{1,2})"), "{0}-{1:0>2}"),
    (re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})"), "{0}-{1:0>2}-{2:0>2}"),
    (re.compile(r"(\d{1,2})[-/. ](\d{4})"), "{1}-{0:0>2}"),
    (re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})"), "{2}-{1:0>2}-{0:0>2}"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Members:
    """How many members a community had on a day."""

    day: date
    female: int = 0
    male: int = 0
    unknown: int = 0

    @property
    def total(self) -> int:
        """All of them."""
        return self.female + self.male + self.unknown


@dataclass(frozen=True, slots=True, kw_only=True)
class CommunityDraft:
    """A community as typed; `founded` is `2019`, `2019-03` or `2019-03-17`, as exactly as known."""

    name: str
    field: str = UNKNOWN
    contact_id: str | None = None
    founded: str | None = None
    born_here: bool | None = None
    ended_on: date | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Community:
    """A community that meets in the library, or with it."""

    id: str
    name: str
    field: str
    contact_id: str | None
    contact: str | None
    founded: str | None
    born_here: bool | None
    ended_on: date | None
    note: str | None
    members: Members | None
    batch_id: str | None

    def draft(self) -> CommunityDraft:
        """The community as it would be typed."""
        return CommunityDraft(
            name=self.name,
            field=self.field,
            contact_id=self.contact_id,
            founded=self.founded,
            born_here=self.born_here,
            ended_on=self.ended_on,
            note=self.note,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class GatheringDraft:
    """A community's meeting as typed: when and where, and what it is to the community."""

    meeting: MeetingDraft
    community_id: str | None = None
    kind: MeetingKind = MeetingKind.COMMUNITY_ACTIVITY
    role: MeetingRole = MeetingRole.ORGANISED
    strategy: Strategy = Strategy.COMMUNITY_ENGAGEMENT
    domain: Domain | None = None
    partner: str | None = None
    result: str | None = None


class ImportedCommunity(NamedTuple):
    """A community that a file names."""

    id: str
    name: str


class ImportedGathering(NamedTuple):
    """What a meeting of a file was to the community: the columns that a file can fill."""

    id: str
    meeting_id: str
    community_id: str | None
    kind: str
    role: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathering:
    """A community's meeting: the meeting, and what it is to the community."""

    meeting: Meeting
    community_id: str | None
    community: str | None
    kind: MeetingKind
    role: MeetingRole
    strategy: Strategy
    domain: Domain | None
    partner: str | None
    result: str | None

    @property
    def id(self) -> str:
        """The id of its meeting."""
        return self.meeting.id

    @property
    def counts(self) -> bool:
        """Whether it is an activity of the library: lending a room is none."""
        return self.meeting.held and self.role in COUNTED_ROLES

    def draft(self) -> GatheringDraft:
        """The meeting as it would be typed."""
        return GatheringDraft(
            meeting=self.meeting.draft(),
            community_id=self.community_id,
            kind=self.kind,
            role=self.role,
            strategy=self.strategy,
            domain=self.domain,
            partner=self.partner,
            result=self.result,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionDraft:
    """A decision as typed; its owner is a patron or an office."""

    text: str
    owner_id: str | None = None
    owner_office: str | None = None
    due_on: date | None = None
    done_on: date | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What a meeting decided."""

    id: str
    meeting_id: str
    met_on: date
    meeting: str
    """The title of its meeting."""
    text: str
    owner_id: str | None
    owner_office: str | None
    owner: str | None
    """Who it is for, by name or office."""
    due_on: date | None
    done_on: date | None
    note: str | None

    @property
    def done(self) -> bool:
        """Whether it is done."""
        return self.done_on is not None

    def overdue(self, today: date) -> bool:
        """Whether it should be done by now, and is not."""
        return not self.done and self.due_on is not None and self.due_on < today

    def draft(self) -> DecisionDraft:
        """The decision as it would be typed."""
        return DecisionDraft(
            text=self.text,
            owner_id=self.owner_id,
            owner_office=self.owner_office,
            due_on=self.due_on,
            done_on=self.done_on,
            note=self.note,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Activity:
    """What a community did lately: meetings held by month, the oldest first, and the last day."""

    community: Community
    months: tuple[int, ...]
    last: date | None
    people: int | None
    """At the last meeting; None where nobody counted."""
    dormant: bool


def founded_of(text: str | None, *, today: date) -> str | None:
    """When a community was founded, as exactly as somebody typed it: `2019`, `2019-03`, a day.

    Raises `InputError` on `founded`.
    """
    tidy = (text or "").strip()
    if not tidy:
        return None
    for way, shape in _WAYS:
        if (found := way.fullmatch(tidy)) is not None:
            kept = shape.format(*found.groups())
            break
    else:
        raise InputError(BAD_FOUNDED, field="founded", text=tidy[:40])
    try:
        first = date.fromisoformat(f"{kept}-01-01"[:10])
    except ValueError as error:
        raise InputError(BAD_FOUNDED, field="founded", text=tidy[:40]) from error
    if first > today:
        raise InputError(FOUNDED_AHEAD, field="founded", text=tidy)
    if first.year < 1900:
        raise InputError(BAD_FOUNDED, field="founded", text=tidy[:40])
    return kept


def admit_community(draft: CommunityDraft, *, today: date) -> CommunityDraft:
    """The draft as it may be stored; raises `InputError` on the first field that is refused."""
    name = clean(draft.name, "name", most=LIMITS["name"])
    if name is None:
        raise InputError(COMMUNITY_NAME_MISSING, field="name")
    founded = founded_of(draft.founded, today=today)
    if draft.ended_on is not None:
        check_day(draft.ended_on, today=today, field="ended_on")
        if founded is not None and draft.ended_on.isoformat()[: len(founded)] < founded:
            raise InputError(ENDED_FIRST, field="ended_on")
    note = clean(draft.note, "note", most=LIMITS["note"])
    return replace(draft, name=name, founded=founded, note=note)


def admit_members(members: Members, *, today: date) -> Members:
    """Counts of members as they may be stored; raises `InputError` on the field."""
    check_day(members.day, today=today, field="day")
    for name in ("female", "male", "unknown"):
        value = getattr(members, name)
        if type(value) is not int or not 0 <= value <= MOST_MEMBERS:
            raise InputError(BAD_MEMBERS, field=name, most=number(MOST_MEMBERS))
    return members


def admit_gathering(draft: GatheringDraft, community: Community | None) -> GatheringDraft:
    """The draft as it may be stored; without a title it has the community's name."""
    meeting = draft.meeting
    if not (meeting.title or "").strip():
        if community is None:
            raise InputError(NO_TOPIC, field="title")
        meeting = replace(meeting, title=community.name)
    return replace(
        draft,
        meeting=meeting,
        partner=clean(draft.partner, "partner", most=200),
        result=clean_lines(draft.result, "result", most=RESULT_MOST),
    )


def clean_lines(text: str | None, field: str, *, most: int) -> str | None:
    """A text of several lines as it is stored, each of them cleaned; None when empty."""
    lines = [clean(line, field, most=most) or "" for line in (text or "").splitlines()]
    tidy = "\n".join(lines).strip()
    clean(tidy.replace("\n", " "), field, most=most)
    return tidy or None


def admit_decision(draft: DecisionDraft, *, met: date, today: date) -> DecisionDraft:
    """The draft as it may be stored; raises `InputError` on the first field that is refused."""
    text = clean(draft.text, "text", most=DECISION_MOST)
    if text is None:
        raise InputError(DECISION_MISSING, field="text")
    if draft.due_on is not None:
        if draft.due_on < EARLIEST:
            raise InputError(EARLY_DAY, field="due_on", date=date_long(draft.due_on))
        if draft.due_on - today > FARTHEST:
            raise InputError(DUE_TOO_FAR, field="due_on", date=date_long(draft.due_on))
        if draft.due_on < met:
            told = {"due": date_long(draft.due_on), "met": date_long(met)}
            raise InputError(DUE_FIRST, field="due_on", **told)
    if draft.done_on is not None:
        check_day(draft.done_on, today=today, field="done_on")
        if draft.done_on < met:
            told = {"done": date_long(draft.done_on), "met": date_long(met)}
            raise InputError(DONE_FIRST, field="done_on", **told)
    office = clean(draft.owner_office, "owner_office", most=OFFICE_MOST)
    return replace(
        draft,
        text=text,
        owner_office=None if draft.owner_id is not None else office,
        note=clean(draft.note, "note", most=LIMITS["note"]),
    )


def activity_of(
    community: Community,
    gatherings: Iterable[tuple[date, int | None]],
    *,
    today: date,
    dormant_after: int,
) -> Activity:
    """What a community did in the last twelve months, from the days of its meetings held.

    Each with how many came. It is dormant when its last was more than `dormant_after` months ago,
    or it never met and is known as long.
    """
    held = sorted(gatherings, key=lambda each: each[0])
    this = _month(today)
    months = [0] * 12
    for day, _ in held:
        if 0 <= (ago := this - _month(day)) < len(months):
            months[-1 - ago] += 1
    last = held[-1] if held else None
    quiet = last is None or this - _month(last[0]) > dormant_after
    return Activity(
        community=community,
        months=tuple(months),
        last=last[0] if last else None,
        people=last[1] if last else None,
        dormant=quiet and community.ended_on is None,
    )


def _month(day: date) -> int:
    return day.year * 12 + day.month
