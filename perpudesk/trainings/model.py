"""Courses and the rules over them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import Any, NamedTuple

from perpudesk.attendance.model import FARTHEST, MOST_MINUTES, Meeting
from perpudesk.branch.checks import EARLIEST, EARLY_DAY, clean
from perpudesk.core.codes import UNKNOWN, Audience, Funding, MeetingState, Mode, Strategy
from perpudesk.core.errors import InputError, Problem
from perpudesk.core.formats import date_long, number
from perpudesk.core.money import check_rupiah

TITLE_MISSING = Problem(
    "course_title_missing", "The training has no title. Type one, for example “Email for business”."
)
ENDS_FIRST = Problem(
    "course_ends_first",
    "The training would end on {end}, before it starts on {start}. Correct one of the two.",
)
COURSE_TOO_FAR = Problem("course_too_far", "{date} is more than three years ahead. Check the year.")
BAD_CAPACITY = Problem(
    "bad_capacity",
    "The places must be a whole number from 1 to {most}. Leave it empty where there is no limit.",
)
BAD_HOURS = Problem(
    "course_hours", "A meeting lasts from 1 minute to 24 hours. Type the hours again."
)
BAD_THRESHOLD = Problem(
    "course_threshold", "The share must be a whole number from 0 to 100 percent. Type it again."
)
NO_COURSE = Problem("no_course", "That training is not here any more. Look at the list again.")
COURSE_HELD = Problem(
    "course_held",
    "{title} has meetings that were held, so it is not removed. Cancel what is still planned.",
)
NO_WEEKDAY = Problem("series_no_weekday", "No weekday is chosen. Tick at least one.")
BAD_SERIES = Problem(
    "series_count", "The number of meetings must be a whole number from 1 to {most}."
)
BAD_WEEKS = Problem("series_weeks", "The weeks between must be a whole number from 1 to {most}.")

MOST_PLACES = 999
MOST_IN_SERIES = 60
MOST_WEEKS = 12
LIMITS = {
    "title": 200,
    "target_group": 120,
    "organiser": 200,
    "partner": 200,
    "place": 120,
    "note": 500,
}


class Progress(StrEnum):
    """How far a course is."""

    NOT_PLANNED = "not_planned"
    PLANNED = "planned"
    RUNNING = "running"
    FINISHED = "finished"


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseDraft:
    """A course as typed; `trainer_ids` are patrons."""

    title: str
    topic: str = UNKNOWN
    strategy: Strategy = Strategy.INFORMATION_SERVICE
    audience: Audience = Audience.COMMUNITY
    target_group: str | None = None
    organiser: str | None = None
    trainer_ids: tuple[str, ...] = ()
    partner: str | None = None
    funding: Funding | None = None
    cost: int | None = None
    capacity: int | None = None
    place: str | None = None
    mode: Mode = Mode.ON_SITE
    starts_on: date | None = None
    ends_on: date | None = None
    minutes_per_meeting: int = 120
    threshold: int | None = None
    note: str | None = None


class ImportedCourse(NamedTuple):
    """A training of a file: the columns that a file can fill."""

    id: str
    title: str
    topic: str
    audience: str
    target_group: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """A training; `trainers` are the names of its trainers, in the order they were given."""

    id: str
    title: str
    topic: str
    strategy: Strategy
    audience: Audience
    target_group: str | None
    organiser: str | None
    trainer_ids: tuple[str, ...]
    trainers: tuple[str, ...]
    partner: str | None
    funding: Funding | None
    cost: int | None
    capacity: int | None
    place: str | None
    mode: Mode
    starts_on: date | None
    ends_on: date | None
    minutes_per_meeting: int
    threshold: int | None
    note: str | None
    batch_id: str | None

    def draft(self) -> CourseDraft:
        """The course as it would be typed."""
        return CourseDraft(
            title=self.title,
            topic=self.topic,
            strategy=self.strategy,
            audience=self.audience,
            target_group=self.target_group,
            organiser=self.organiser,
            trainer_ids=self.trainer_ids,
            partner=self.partner,
            funding=self.funding,
            cost=self.cost,
            capacity=self.capacity,
            place=self.place,
            mode=self.mode,
            starts_on=self.starts_on,
            ends_on=self.ends_on,
            minutes_per_meeting=self.minutes_per_meeting,
            threshold=self.threshold,
            note=self.note,
        )

    def asks(self, usual: int) -> int:
        """The share of the meetings held that a certificate asks for, in percent."""
        return usual if self.threshold is None else self.threshold


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseLine:
    """A course in the list, with what its meetings say of it."""

    course: Course
    meetings: tuple[Meeting, ...]

    @property
    def standing(self) -> tuple[Meeting, ...]:
        """Its meetings but the cancelled ones."""
        return tuple(each for each in self.meetings if each.state is not MeetingState.CANCELLED)

    @property
    def held(self) -> int:
        """How many of them were held."""
        return sum(each.held for each in self.meetings)

    @property
    def first(self) -> date | None:
        """The day it starts: of its first meeting, else as planned."""
        return self.standing[0].schedule.day if self.standing else self.course.starts_on

    @property
    def last(self) -> date | None:
        """The day it ends: of its last meeting, else as planned."""
        return self.standing[-1].schedule.day if self.standing else self.course.ends_on

    def progress(self) -> Progress:
        """How far it is: finished when every meeting that stands was held."""
        if not self.standing:
            return Progress.NOT_PLANNED
        if self.held == 0:
            return Progress.PLANNED
        return Progress.FINISHED if self.held == len(self.standing) else Progress.RUNNING


def admit(draft: CourseDraft, *, today: date) -> CourseDraft:
    """The draft as it may be stored; raises `InputError` on the first field that is refused."""
    texts: dict[str, Any] = {
        name: clean(getattr(draft, name), name, most=most)
        for name, most in LIMITS.items()
        if name != "title"
    }
    title = clean(draft.title, "title", most=LIMITS["title"])
    if title is None:
        raise InputError(TITLE_MISSING, field="title")
    _check_days(draft, today)
    if not _is_whole(draft.capacity, 1, MOST_PLACES):
        raise InputError(BAD_CAPACITY, field="capacity", most=number(MOST_PLACES))
    if not _is_whole(draft.minutes_per_meeting, 1, MOST_MINUTES):
        raise InputError(BAD_HOURS, field="minutes_per_meeting")
    if not _is_whole(draft.threshold, 0, 100):
        raise InputError(BAD_THRESHOLD, field="threshold")
    return replace(
        draft,
        title=title,
        cost=check_rupiah(draft.cost, field="cost"),
        trainer_ids=tuple(dict.fromkeys(draft.trainer_ids)),
        **texts,
    )


def _check_days(draft: CourseDraft, today: date) -> None:
    for name in ("starts_on", "ends_on"):
        day: date | None = getattr(draft, name)
        if day is not None and day < EARLIEST:
            raise InputError(EARLY_DAY, field=name, date=date_long(day))
        if day is not None and day - today > FARTHEST:
            raise InputError(COURSE_TOO_FAR, field=name, date=date_long(day))
    start, end = draft.starts_on, draft.ends_on
    if start is not None and end is not None and end < start:
        told = {"start": date_long(start), "end": date_long(end)}
        raise InputError(ENDS_FIRST, field="ends_on", **told)


def _is_whole(value: int | None, low: int, high: int) -> bool:
    return value is None or (type(value) is int and low <= value <= high)


# ---------------------------------------------------------------- series of meetings


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """Meetings on weekdays (0 is Monday), every so many weeks, so many of them."""

    first: date
    weekdays: frozenset[int]
    count: int
    weeks: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """A day of a series; `skipped` says why no meeting is on it."""

    day: date
    skipped: str | None = None


def slots(series: Series, closed: Mapping[int, str], holidays: Mapping[date, str]) -> list[Slot]:
    """The days of a series, and those left out with the reason, in order.

    `closed` names weekdays without opening hours, `holidays` days, each with its reason; what is
    left out is made up for at the end. Raises `InputError` on the field that is refused.
    """
    if not series.weekdays:
        raise InputError(NO_WEEKDAY, field="weekdays")
    if not _is_whole(series.count, 1, MOST_IN_SERIES):
        raise InputError(BAD_SERIES, field="count", most=MOST_IN_SERIES)
    if not _is_whole(series.weeks, 1, MOST_WEEKS):
        raise InputError(BAD_WEEKS, field="weeks", most=MOST_WEEKS)
    found: list[Slot] = []
    monday = series.first - timedelta(days=series.first.weekday())
    wanted = series.count
    for step in range(MOST_IN_SERIES * 2):
        week = monday + timedelta(weeks=step * series.weeks)
        for weekday in sorted(series.weekdays):
            day = week + timedelta(days=weekday)
            if day < series.first or wanted == 0:
                continue
            reason = holidays.get(day) or closed.get(weekday)
            found.append(Slot(day=day, skipped=reason))
            wanted -= reason is None
    return _without_tail(found)


def _without_tail(found: Sequence[Slot]) -> list[Slot]:
    """Nothing is told of days after the last meeting."""
    kept = list(found)
    while kept and kept[-1].skipped is not None:
        kept.pop()
    return kept


def next_run(meetings: Iterable[Meeting], start: date) -> list[date]:
    """The days of a course's next run: as far from `start` as these are from their first."""
    days = sorted(
        each.schedule.day for each in meetings if each.state is not MeetingState.CANCELLED
    )
    return [start + (day - days[0]) for day in days]
