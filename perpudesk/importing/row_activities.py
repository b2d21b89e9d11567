"""A library's own list of activities: a row an activity, with how many came.

An empty number is not counted, which is not 0. A row that stands in the list twice, or tells of an
activity that is recorded here already (the same day and title), is left out unless somebody says
that it was another one. No row goes without a word.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
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
    THOUSANDS,
    begins_a_note,
    fault_of,
    order_remarks,
    says_a_total,
    unclear_remarks,
    unused_remarks,
)
from perpudesk.importing.came import COUNTED, NOTHING, Came, People
from perpudesk.importing.columns import Head, Plan, kept, unused
from perpudesk.importing.dates import BAD_DATE, NO_DATE, Moments, When
from perpudesk.importing.doubles import ActivitiesHere, Doubles, named
from perpudesk.importing.fields import FIELDS, What
from perpudesk.importing.identity import NO_TIME, Identities, tidy
from perpudesk.importing.model import SAMPLES, Aside, Reading, Remark, RowActivity
from perpudesk.importing.spans import ends_of
from perpudesk.importing.words import Vocabulary, whole_number

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
SEVERAL_DAYS = Problem(
    "several_days",
    "Rows that name several days: {n}. Each counts as one activity, on its first day.",
)
_MIDNIGHT = " 00:00:00"
_TITLE_MOST, _NOTE_MOST, _GROUP_MOST = 200, 500, 120
_Why = tuple[Problem, str, str]
"""Why a row is none, what the cell says, and the field of its column."""


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
        self._moments = Moments(
            (end for row in cells for end in ends_of(self._when_text(row))), where=where, now=now
        )
        at = [self._at[code] for code in COUNTED if code in self._at]
        self._came = Came(_cell(row, place) for row in cells for place in at)
        self._method = str(Method.ESTIMATED if plan.estimated else Method.COUNTED)
        self._unclear: dict[str, Counter[str]] = {}
        self._said: Counter[str] = Counter()

    def read(self, here: ActivitiesHere) -> Reading:
        """Take one row after the other."""
        found: list[RowActivity] = []
        asides: list[Aside] = []
        doubles: list[tuple[Aside, RowActivity]] = []
        known = Doubles(self._head, self._plan, here)
        for place, row in self._below:
            made = self._row(place, row, here)
            if isinstance(made, Aside):
                asides.append(made)
                continue
            problem = known.why(made, row)
            if problem is None:
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

    def _when_text(self, row: Sequence[str]) -> str:
        return _cell(row, self._at["date"]).strip().removesuffix(_MIDNIGHT)

    def _when(self, text: str) -> When | Problem:
        """When an activity was; of several days the first, if all of them have been."""
        first, last = ends_of(text)
        began, ended = self._moments.at(first), self._moments.at(last)
        if isinstance(began, Problem) or isinstance(ended, Problem):
            return began if isinstance(began, Problem) else ended
        if ended.day < began.day:
            return BAD_DATE
        return began

    def _row(self, place: int, row: Sequence[str], here: ActivitiesHere) -> RowActivity | Aside:
        padded = [*row, *[""] * (max(self._at.values()) + 1 - len(row))]
        values = {code: tidy(padded[at]) for code, at in self._at.items()}
        text = self._when_text(row)
        when = self._when(text)
        if (why := self._is_none(row, padded, values, when)) is not None:
            return self._aside(place, row, *why)
        if isinstance(when, Problem):
            return self._aside(place, row, when, text, "date")
        if here.begun is not None and int(when.day[:4]) < here.begun:
            return self._aside(place, row, BEFORE_FOUNDED, text, "date", year=str(here.begun))
        people = self._came.people(values)
        if not isinstance(people, People):
            problem, code = people
            return self._aside(place, row, problem, values[code], code)
        role = self._role(values)
        if role is None:
            return self._aside(place, row, UNKNOWN_ROLE, values["role"], "role")
        first, last = ends_of(text)
        self._said["several"] += first != last
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
        dateless = when is NO_DATE or says_a_total(_cell(row, self._at["date"]))
        noted = begins_a_note(filled[0]) or (dateless and len(filled) == 1)
        if dateless and (noted or not values["title"] or says_a_total(values["title"])):
            return NOTE, filled[0], ""
        if fault := fault_of(padded, self._at.values()):
            why, at = fault
            return why, padded[at], next(code for code, place in self._at.items() if place == at)
        if not values["title"]:
            return NO_TITLE, "", "title"
        return None

    def _role(self, values: Mapping[str, str]) -> MeetingRole | None:
        text = values.get("role", "")
        if text in NOTHING:
            return MeetingRole.ORGANISED
        return role_of(text)

    def _kind(self, values: Mapping[str, str]) -> Kind:
        """The kind that a row says, else the one that its title speaks of."""
        text = values.get("kind", "")
        found = kind_of(text) if text not in NOTHING else None
        if found is Audience.COMMUNITY:
            return Audience.STAFF if kind_of(values["title"]) is Audience.STAFF else found
        if found is not None:
            return found
        if text in NOTHING:
            self._said["kindless"] += 1
        else:
            self._unclear.setdefault(self._title_of("kind"), Counter())[text] += 1
        return kind_of(values["title"]) or MeetingKind.COMMUNITY_ACTIVITY

    def _activity(
        self, values: Mapping[str, str], when: When, people: People, role: MeetingRole
    ) -> RowActivity:
        kind = self._kind(values)
        # Whoever only lends a room for a training has not held one.
        training = isinstance(kind, Audience) and role is not MeetingRole.ROOM_ONLY
        if not training and values.get("role", "") in NOTHING:
            self._said["roleless"] += 1
        day, clock = when.day, when.clock
        said = [
            text
            for code, text in values.items()
            if text and code != "date"
            for text in (code, named(text))
        ]
        title, note = values["title"], self._note(values, training=training)
        self._said["uncounted"] += people.all is None
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
        if example := self._came.thousands:
            value = number(whole_number(example))
            yield Remark(problem=THOUSANDS, params={"example": example, "value": value})
        yield from unclear_remarks(self._unclear)
        for code, problem, most in (
            ("several", SEVERAL_DAYS, 0),
            ("uncounted", NOT_COUNTED_ROWS, 0),
            ("kindless", NO_KIND, 0),
            ("roleless", ROLE_TAKEN, 0),
            ("title", TITLE_CUT, _TITLE_MOST),
            ("note", NOTE_CUT, _NOTE_MOST),
        ):
            if n := self._said[code]:
                yield Remark(problem=problem, params={"n": n, "most": most})
        yield from unused_remarks(unused(self._head, self._plan))


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
