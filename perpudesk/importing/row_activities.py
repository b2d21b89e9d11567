"""A library's own list of activities: a row an activity, with how many came.

An empty number is not counted, which is not 0. A row that stands in the list twice, or tells of an
activity that is recorded here already (the same day and title), is left out unless somebody says
that it was another one. No row goes without a word.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, tzinfo

from perpudesk.attendance.model import MOST_PEOPLE
from perpudesk.core.codes import (
    UNKNOWN,
    Audience,
    MeetingKind,
    MeetingRole,
    Method,
    label,
)
from perpudesk.core.errors import Problem
from perpudesk.core.formats import clock_text, date_digits, number
from perpudesk.core.i18n import tr
from perpudesk.importing.activitywords import Kind, kind_of, role_of
from perpudesk.importing.asides import (
    BLANK,
    HEADER,
    LEFT_OUT,
    NOTE,
    NOTE_CUT,
    OTHER_MARK,
    PARTS_EXCEED,
    THOUSANDS,
    begins_a_note,
    fault_of,
    number_problem,
    order_remarks,
    says_a_total,
    unclear_remarks,
    unused_remarks,
)
from perpudesk.importing.columns import Head, Plan, kept, unused
from perpudesk.importing.dates import NO_DATE, Moments, When
from perpudesk.importing.fields import FIELDS, What, plain
from perpudesk.importing.identity import NO_TIME, Identities, tidy
from perpudesk.importing.model import SAMPLES, Aside, Reading, Remark, RowActivity
from perpudesk.importing.words import Vocabulary, mark_in, parts_thousands, thousands_mark
from perpudesk.importing.words import whole_number as whole

Rows = Sequence[Sequence[str]]

NO_TITLE = Problem("no_title", "“{column}” is empty: an activity is told by its title.")
BEFORE_FOUNDED = Problem(
    "before_founded", "“{value}” is before {year}, when this library began. Check the year."
)
UNKNOWN_ROLE = Problem(
    "unknown_role",
    "“{value}” is no part that a library can have had. Write “organised”, “co-organised” or “room "
    "only”: only the first two are counted.",
)
TOO_MANY_CAME = Problem(
    "too_many_came", "“{value}” participants at one activity are more than {most}."
)
TWICE_LISTED = Problem(
    "activity_twice",
    "“{value}” stands in the list before, word for word. Only the first one comes in, unless you "
    "say that it was held twice.",
)
RECORDED_HERE = Problem(
    "activity_here",
    "“{value}” is recorded here on that day already. It does not come in, unless you say that it "
    "was another one.",
)
TITLE_CUT = Problem(
    "title_cut",
    "Rows whose title is longer than {most} characters: {n}. The rest of it is not kept.",
)
NO_KIND = Problem(
    "kind_taken",
    "Rows that do not say their kind: {n}. They were taken for what their titles say, else for "
    "activities of the community.",
)
NOT_COUNTED_ROWS = Problem(
    "activities_not_counted", "Rows without a number of participants: {n}. Not counted is not 0."
)
ROLE_TAKEN = Problem(
    "role_taken",
    "Rows that do not say the role of the library: {n}. They were taken as organised by it.",
)
DOUBLES = (TWICE_LISTED, RECORDED_HERE)
"""Why a row is left out that somebody may want after all."""
_MIDNIGHT = " 00:00:00"
_TITLE_MOST, _NOTE_MOST, _GROUP_MOST = 200, 500, 120
_NUMBERS = ("participants", "female", "male")
_SPACES = re.compile(r"\s+")

_Why = tuple[Problem, str, str]
"""Why a row is none, what the cell says, and the field of its column."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ActivitiesHere:
    """What is known of activities: those recorded, by day and title, and those files brought.

    `begun` is the year in which the library began, as far as that is known.
    """

    recorded: Collection[tuple[str, str]] = ()
    known: Collection[str] = ()
    begun: int | None = None


def read(
    rows: Rows,
    head: Head,
    plan: Plan,
    *,
    key: bytes,
    where: tzinfo,
    now: datetime,
    words: Mapping[str, Vocabulary],
    here: ActivitiesHere,
) -> Reading:
    """Everything that `rows` say below `head`, read by `plan`.

    `key` is the branch's secret, `where` its zone, `now` ends what can have happened, and `words`
    are its lists by the field that names their entries.
    """
    made = _Activities(rows, head, plan, key=key, where=where, now=now, words=words)
    return made.read(here)


@dataclass(frozen=True, slots=True)
class _People:
    """How many came, None where nobody counted, and how many of them were women and men."""

    all: int | None
    female: int
    male: int


class _Activities:
    """One list on its way through."""

    def __init__(
        self,
        rows: Rows,
        head: Head,
        plan: Plan,
        *,
        key: bytes,
        where: tzinfo,
        now: datetime,
        words: Mapping[str, Vocabulary],
    ) -> None:
        self._below = list(enumerate(*head.parted(rows)))
        self._head, self._plan, self._at = head, plan, plan.columns
        self._topics = words["training_topic"]
        self._identities = Identities(key, f"{What.ACTIVITIES}\x1f")
        cells = [row for _, row in self._below]
        self._moments = Moments((self._when_text(row) for row in cells), where=where, now=now)
        at = [self._at[code] for code in _NUMBERS if code in self._at]
        self._mark = thousands_mark(_cell(row, place) for row in cells for place in at)
        self._method = str(Method.ESTIMATED if plan.estimated else Method.COUNTED)
        self._unclear: dict[str, Counter[str]] = {}
        self._said: Counter[str] = Counter()
        self._thousands = ""

    def read(self, here: ActivitiesHere) -> Reading:
        """Take one row after the other."""
        found: list[RowActivity] = []
        asides: list[Aside] = []
        doubles: list[tuple[Aside, RowActivity]] = []
        seen: set[str] = set()
        for place, row in self._below:
            made = self._row(place, row, here)
            if isinstance(made, Aside):
                asides.append(made)
                continue
            problem = self._is_double(made, seen, here)
            if problem is None or made.id in here.known:
                found.append(made)
            else:
                doubles.append((self._aside(place, row, problem, made.title, "title"), made))
        left = [each for each in asides if each.problem in LEFT_OUT]
        return Reading(
            source=What.ACTIVITIES,
            header=self._head.titles,
            activities=found,
            doubles=doubles,
            refused=[each for each in asides if each.problem not in LEFT_OUT],
            left_out=sorted([*left, *(each for each, _ in doubles)], key=lambda each: each.row),
            remarks=tuple(self._remarks()),
            titles=self._titles(),
            shown=tuple(map(self._as_shown, found[:SAMPLES])),
        )

    @staticmethod
    def _is_double(activity: RowActivity, seen: set[str], here: ActivitiesHere) -> Problem | None:
        """Why an activity is probably one that is known already."""
        said = repr(activity[1:])
        if said in seen:
            return TWICE_LISTED
        seen.add(said)
        told = (activity.local_date, named(activity.title))
        return RECORDED_HERE if told in here.recorded else None

    def _when_text(self, row: Sequence[str]) -> str:
        return _cell(row, self._at["date"]).strip().removesuffix(_MIDNIGHT)

    def _row(self, place: int, row: Sequence[str], here: ActivitiesHere) -> RowActivity | Aside:
        padded = [*row, *[""] * (max(self._at.values()) + 1 - len(row))]
        values = {code: tidy(padded[at]) for code, at in self._at.items()}
        text = self._when_text(row)
        when = self._moments.at(text)
        if (why := self._is_none(row, padded, values, when)) is not None:
            return self._aside(place, row, *why)
        if isinstance(when, Problem):
            return self._aside(place, row, when, text, "date")
        if here.begun is not None and int(when.day[:4]) < here.begun:
            return self._aside(place, row, BEFORE_FOUNDED, text, "date", year=str(here.begun))
        people = self._people(values)
        if not isinstance(people, _People):
            problem, code = people
            return self._aside(place, row, problem, values[code], code)
        role = self._role(values)
        if role is None:
            return self._aside(place, row, UNKNOWN_ROLE, values["role"], "role")
        return self._activity(values, when, people, role)

    def _is_none(
        self,
        row: Sequence[str],
        padded: Sequence[str],
        values: Mapping[str, str],
        when: When | Problem,
    ) -> _Why | None:
        """Why a row was never meant to be an activity, or cannot be read at all."""
        filled = [cell for cell in row if cell.strip()]
        if not filled:
            return BLANK, "", ""
        if self._head.is_again(row):
            return HEADER, "", ""
        dateless = when is NO_DATE
        noted = begins_a_note(filled[0]) or (dateless and len(filled) == 1)
        if dateless and (noted or not values["title"] or says_a_total(values["title"])):
            return NOTE, filled[0], ""
        if fault := fault_of(padded, self._at.values()):
            why, at = fault
            return why, padded[at], next(code for code, place in self._at.items() if place == at)
        if not values["title"]:
            return NO_TITLE, "", "title"
        return None

    def _people(self, values: Mapping[str, str]) -> _People | tuple[Problem, str]:
        """How many came; or why that cannot be told, and in which field."""
        found: dict[str, int] = {}
        for code in _NUMBERS:
            value = self._number(values.get(code, ""))
            if isinstance(value, Problem):
                return value, code
            if value is not None:
                found[code] = value
        parts = found.get("female", 0) + found.get("male", 0)
        if not found:
            self._said["uncounted"] += 1
            return _People(None, 0, 0)
        if parts > MOST_PEOPLE:
            return TOO_MANY_CAME, "female"
        if parts > (all_ := found.get("participants", parts)):
            return PARTS_EXCEED, "participants"
        return _People(all_, found.get("female", 0), found.get("male", 0))

    def _number(self, text: str) -> int | Problem | None:
        """What a cell counts, None for one that counts nothing."""
        if text in _NOTHING:
            return None
        value = whole(text)
        if value is None:
            return number_problem(text)
        if mark_in(text) not in ("", self._mark):
            return OTHER_MARK
        if parts_thousands(text):
            self._thousands = self._thousands or text
        return TOO_MANY_CAME if value > MOST_PEOPLE else value

    def _role(self, values: Mapping[str, str]) -> MeetingRole | None:
        text = values.get("role", "")
        if text in _NOTHING:
            return MeetingRole.ORGANISED
        return role_of(text)

    def _kind(self, values: Mapping[str, str]) -> Kind:
        """The kind that a row says, else the one that its title speaks of."""
        text = values.get("kind", "")
        found = kind_of(text) if text not in _NOTHING else None
        if found is Audience.COMMUNITY:
            return Audience.STAFF if kind_of(values["title"]) is Audience.STAFF else found
        if found is not None:
            return found
        if text in _NOTHING:
            self._said["kindless"] += 1
        else:
            self._unclear.setdefault(self._title_of("kind"), Counter())[text] += 1
        return kind_of(values["title"]) or MeetingKind.COMMUNITY_ACTIVITY

    def _activity(
        self, values: Mapping[str, str], when: When, people: _People, role: MeetingRole
    ) -> RowActivity:
        kind = self._kind(values)
        # Whoever only lends a room for a training has not held one.
        training = isinstance(kind, Audience) and role is not MeetingRole.ROOM_ONLY
        if not training and values.get("role", "") in _NOTHING:
            self._said["roleless"] += 1
        day, clock = when.day, when.clock
        said = [
            text
            for code, text in values.items()
            if text and code != "date"
            for text in (code, named(text))
        ]
        title, note = values["title"], self._note(values, training=training)
        self._said["title"] += len(title) > _TITLE_MOST
        self._said["note"] += len(note) > _NOTE_MOST
        return RowActivity(
            id=self._identities.next_id(self._identities.who(*said), day, clock),
            local_date=day,
            minute=None if clock == NO_TIME else int(clock[:2]) * 60 + int(clock[2:4]),
            title=title[:_TITLE_MOST],
            audience=str(kind) if training else "",
            kind="" if training else str(_meeting_kind(kind)),
            role="" if training else str(role),
            topic=self._topic(values) if training else UNKNOWN,
            community=values.get("community", "")[: _GROUP_MOST if training else _TITLE_MOST],
            female=people.female,
            male=people.male,
            people=people.all,
            method=self._method,
            note=note[:_NOTE_MOST] or None,
        )

    def _note(self, values: Mapping[str, str], *, training: bool) -> str:
        """The note; with the topic of what is no training, since that has none here."""
        topic = "" if training else values.get("topic", "")
        return " · ".join(filter(None, (topic, values.get("note", ""))))

    def _topic(self, values: Mapping[str, str]) -> str:
        text = values.get("topic", "")
        slug = self._topics.slug(text)
        if slug is None:
            self._unclear.setdefault(self._title_of("topic"), Counter())[text] += 1
        return slug or UNKNOWN

    def _title_of(self, code: str) -> str:
        return self._head.titles[self._at[code]]

    def _titles(self) -> tuple[str, ...]:
        labels = {each.code: tr(each.label) for each in FIELDS[What.ACTIVITIES]}
        parts = ("participants", "female", "male", "community")
        return (labels["date"], labels["title"], labels["kind"], *(labels[code] for code in parts))

    @staticmethod
    def _as_shown(activity: RowActivity) -> tuple[str, ...]:
        """An activity as it would be kept."""
        day = date_digits(date.fromisoformat(activity.local_date))
        if activity.minute is not None:
            hour, minute = divmod(activity.minute, 60)
            day += f" {clock_text(f'{hour:02}:{minute:02}')}"
        counted = activity.people is not None
        parts = (activity.female, activity.male)
        return (
            day,
            activity.title,
            what_text(activity),
            number(activity.people),
            *(number(part if counted and any(parts) else None) for part in parts),
            activity.community,
        )

    def _aside(
        self,
        place: int,
        row: Sequence[str],
        why: Problem,
        value: str = "",
        code: str = "",
        **params: object,
    ) -> Aside:
        return Aside(
            row=place,
            problem=why,
            column=self._title_of(code) if code else "",
            value=value,
            cells=() if why is BLANK else kept(self._head, row),
            params={"most": MOST_PEOPLE, **params},
        )

    def _remarks(self) -> Iterator[Remark]:
        """What is to be said of the list as a whole."""
        yield from order_remarks(self._moments.order)
        if self._thousands:
            value = number(whole(self._thousands))
            yield Remark(problem=THOUSANDS, params={"example": self._thousands, "value": value})
        yield from unclear_remarks(self._unclear)
        for code, problem, most in (
            ("uncounted", NOT_COUNTED_ROWS, 0),
            ("kindless", NO_KIND, 0),
            ("roleless", ROLE_TAKEN, 0),
            ("title", TITLE_CUT, _TITLE_MOST),
            ("note", NOTE_CUT, _NOTE_MOST),
        ):
            if n := self._said[code]:
                yield Remark(problem=problem, params={"n": n, "most": most})
        yield from unused_remarks(unused(self._head, self._plan))


_NOTHING = ("", "-", "–", "?")


def named(text: str) -> str:
    """A title or name as it is compared."""
    return _SPACES.sub(" ", plain(text))


def _meeting_kind(kind: Kind) -> MeetingKind:
    return MeetingKind.COMMUNITY_ACTIVITY if isinstance(kind, Audience) else kind


def what_text(activity: RowActivity) -> str:
    """What an activity is, in words."""
    if activity.audience:
        staff = activity.audience == Audience.STAFF
        return tr("training of the staff") if staff else tr("training")
    role = MeetingRole(activity.role)
    kind = label(MeetingKind(activity.kind))
    return kind if role is MeetingRole.ORGANISED else f"{kind} · {label(role).lower()}"


def _cell(row: Sequence[str], at: int) -> str:
    return row[at] if at < len(row) else ""
