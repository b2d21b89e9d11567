"""Visits and the rules over them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import NamedTuple

from perpudesk.branch.checks import check_day, clean
from perpudesk.core.codes import (
    UNKNOWN,
    AgeBand,
    Disability,
    Method,
    Precision,
    Sex,
    VisitorType,
    band_in_set,
)
from perpudesk.core.errors import InputError, Problem
from perpudesk.core.formats import clock_text, number
from perpudesk.core.times import parse_utc, utc_text
from perpudesk.patrons.model import Profile, check_band, check_profile

BAD_COUNT = Problem(
    "bad_count", "The count must be a whole number from {low} to {high}. Type it again."
)
PARTS_EXCEED = Problem(
    "parts_exceed",
    "The parts add up to {parts}, more than the group of {count}. Mend a part or the total.",
)
FUTURE_TIME = Problem(
    "future_time", "{time} has not come yet. Type an earlier time, or leave it empty."
)
PARTS_OF_NO_GROUP = Problem(
    "parts_of_no_group", "Only a group has parts. Choose “Group”, or take the parts away."
)
BAD_TIME = Problem(
    "bad_time", "“{text}” is not a time of day. Type hours and minutes, for example 09.15."
)
NO_VISIT = Problem("no_visit", "That visit is not here any more. Look at the list again.")

MOST_AT_ONCE = 9_999
"""A count above this at the desk is a slip of the finger (ours)."""
USUAL_WEEKS = 8
USUAL_ENOUGH = 4
LIMITS = {"institution": 200, "note": 500}


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """So many of a group with that sex and age band (None: not recorded)."""

    sex: Sex
    age_band: str | None
    count: int


def kept_parts(parts: Iterable[Part]) -> str | None:
    """The parts of a number of people as they are stored: JSON, or nothing."""
    kept = [
        {"sex": str(part.sex), "age_band": part.age_band, "count": part.count} for part in parts
    ]
    return json.dumps(kept) if kept else None


def parts_of(text: str | None) -> tuple[Part, ...]:
    """The parts of a number of people as they were stored."""
    if text is None:
        return ()
    return tuple(
        Part(sex=Sex(each["sex"]), age_band=each["age_band"], count=each["count"])
        for each in json.loads(text)
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitDraft:
    """A visit as it was tapped or typed; `on` and `at` are empty for "now".

    The `count` of a group may be 0 where only its parts were counted.
    """

    profile: Profile = field(default_factory=Profile)
    count: int = 1
    purpose: str = UNKNOWN
    type: VisitorType = VisitorType.NON_MEMBER
    disability: Disability = Disability.UNKNOWN
    method: Method = Method.COUNTED
    patron_id: str | None = None
    institution: str | None = None
    leader_id: str | None = None
    parts: tuple[Part, ...] = ()
    on: date | None = None
    at: time | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """When something happened: in UTC where known, and on the branch's own calendar."""

    local_date: date
    local_hour: int | None
    occurred_at: str | None
    precision: Precision

    def clock(self, where: tzinfo) -> time | None:
        """The time of that day to the second, None where it is not known.

        The hour is the one that was stored: the branch's zone may be another by now.
        """
        if self.occurred_at is None or self.local_hour is None:
            return None
        wall = parse_utc(self.occurred_at).astimezone(where)
        return time(self.local_hour, wall.minute, wall.second)


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """A recorded visit; one walk-in is count 1, a class of thirty is one visit."""

    id: str
    moment: Moment
    type: VisitorType
    count: int
    profile: Profile
    disability: Disability
    purpose: str
    method: Method
    patron_id: str | None
    patron_name: str | None
    institution: str | None
    leader_id: str | None
    leader_name: str | None
    parts: tuple[Part, ...]
    note: str | None
    batch_id: str | None

    def draft(self, where: tzinfo) -> VisitDraft:
        """The visit as it would be typed, for editing."""
        return VisitDraft(
            profile=self.profile,
            count=self.count,
            purpose=self.purpose,
            type=self.type,
            disability=self.disability,
            method=self.method,
            patron_id=self.patron_id,
            institution=self.institution,
            leader_id=self.leader_id,
            parts=self.parts,
            on=self.moment.local_date,
            at=self.moment.clock(where),
            note=self.note,
        )


class ImportedVisit(NamedTuple):
    """A visit of a file, under the id that its values give it: the columns that a file can fill.

    A tuple, since a file brings them by the hundred thousand. Whatever else a visit has is not
    recorded.
    """

    id: str
    local_date: str
    local_hour: int | None
    occurred_at: str | None
    precision: str
    type: str
    institution: str | None
    sex: str = UNKNOWN
    age_years: int | None = None
    age_band: str | None = None
    occupation: str = UNKNOWN
    education: str = UNKNOWN
    purpose: str = UNKNOWN
    method: str = Method.COUNTED.value
    count: int = 1  # type: ignore[assignment]  # the column, not the method of tuples
    note: str | None = None
    patron_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Today:
    """What the desk shows of today; `usual` is empty until four such weekdays are known."""

    day: date
    total: int
    month: int
    usual: float | None
    by_hour: dict[int, int]
    by_cell: dict[tuple[str, str], int]
    """Visits by (sex, age band of the branch's set); groups by their parts."""

    @property
    def against_usual(self) -> float | None:
        """How far today is over (or under) the usual, as a share of it."""
        return (self.total - self.usual) / self.usual if self.usual else None

    def plus(self, visit: Visit, bands: tuple[AgeBand, ...]) -> Today:
        """Today with one more visit of today, as counting again would give it."""
        hours, cells = dict(self.by_hour), dict(self.by_cell)
        if (hour := visit.moment.local_hour) is not None:
            hours[hour] = hours.get(hour, 0) + visit.count
        for cell, count in cells_of(visit, bands).items():
            cells[cell] = cells.get(cell, 0) + count
        return replace(
            self,
            total=self.total + visit.count,
            month=self.month + visit.count,
            by_hour=hours,
            by_cell=cells,
        )


def cells_of(visit: Visit, bands: tuple[AgeBand, ...]) -> dict[tuple[str, str], int]:
    """A visit by (sex, age band of the set); what a group's parts leave is where it was tapped."""
    cells: dict[tuple[str, str], int] = {}
    rest = visit.count
    for part in visit.parts:
        cell = (str(part.sex), band_in_set(None, part.age_band, bands))
        cells[cell] = cells.get(cell, 0) + part.count
        rest -= part.count
    if rest:
        cell = (str(visit.profile.sex), visit.profile.band(bands))
        cells[cell] = cells.get(cell, 0) + rest
    return cells


def in_columns(
    cells: Mapping[tuple[str, str], int], bands: Sequence[AgeBand]
) -> tuple[dict[tuple[str, str], int], int]:
    """Visits by cell where only `bands` have columns, and how many of them belong to none.

    A band stored under another set may nest in none of this one: it stands where the age is not
    recorded, so that the cells still add up to the total.
    """
    columns = {*(band.slug for band in bands), UNKNOWN}
    shown: dict[tuple[str, str], int] = {}
    for (sex, band), count in cells.items():
        cell = (sex, band if band in columns else UNKNOWN)
        shown[cell] = shown.get(cell, 0) + count
    return shown, sum(count for (_, band), count in cells.items() if band not in columns)


def admit(
    draft: VisitDraft, *, now: datetime, where: tzinfo, before: Moment | None = None
) -> tuple[VisitDraft, Moment]:
    """The draft as it may be stored and its moment; raises `InputError` on the refused field.

    The moment is the one `before` where an edit left day and time alone: so the seconds stay, and
    "only the month", and what was recorded while the branch had another zone.
    """
    count, parts = _counted(draft)
    tidy = replace(
        _as_kept(draft),
        count=count,
        parts=parts,
        institution=clean(draft.institution, "institution", most=LIMITS["institution"]),
        note=clean(draft.note, "note", most=LIMITS["note"]),
    )
    if before is not None and _typed(before, where) == (tidy.on, _to_the_minute(tidy.at)):
        return tidy, before
    return tidy, moment_of(tidy.on, tidy.at, now=now, where=where)


def _typed(moment: Moment, where: tzinfo) -> tuple[date, time | None]:
    """Day and time as somebody would type them."""
    return moment.local_date, _to_the_minute(moment.clock(where))


def _to_the_minute(at: time | None) -> time | None:
    return None if at is None else at.replace(second=0, microsecond=0)


def _counted(draft: VisitDraft) -> tuple[int, tuple[Part, ...]]:
    """How many came and the parts that were counted; a group without a total is its parts."""
    parts = tuple(_checked_part(part) for part in draft.parts if part.count != 0)
    together = sum(part.count for part in parts)
    count = draft.count or (together if draft.type is VisitorType.GROUP else 0)
    if type(count) is not int or not 1 <= count <= MOST_AT_ONCE:
        raise InputError(BAD_COUNT, field="count", low=1, high=number(MOST_AT_ONCE))
    if parts and draft.type is not VisitorType.GROUP:
        raise InputError(PARTS_OF_NO_GROUP, field="parts")
    if together > count:
        told = {"parts": number(together), "count": number(count)}
        raise InputError(PARTS_EXCEED, field="parts", **told)
    return count, parts


def _checked_part(part: Part) -> Part:
    if type(part.count) is not int or not 0 <= part.count <= MOST_AT_ONCE:
        raise InputError(BAD_COUNT, field="parts", low=0, high=number(MOST_AT_ONCE))
    check_band(part.age_band, field="parts")
    return part


def _as_kept(draft: VisitDraft) -> VisitDraft:
    """What may be kept of who came (domain.md).

    A group is no patron and is described by its parts alone; a disability is only ever counted,
    never beside a name.
    """
    if draft.type is VisitorType.GROUP:
        unknown = Disability.UNKNOWN
        return replace(draft, profile=Profile(), disability=unknown, patron_id=None)
    profile = check_profile(draft.profile)
    if draft.patron_id is not None:
        return replace(draft, profile=profile, disability=Disability.UNKNOWN)
    return replace(draft, profile=profile)


def moment_of(on: date | None, at: time | None, *, now: datetime, where: tzinfo) -> Moment:
    """When a draft happened: now, at a time of a day, or only on a day.

    Raises `InputError` for a future moment, and for a day before 1945.
    """
    here = now.astimezone(where)
    if on is None and at is None:
        return Moment(
            local_date=here.date(),
            local_hour=here.hour,
            occurred_at=utc_text(now),
            precision=Precision.TIME,
        )
    day = check_day(on or here.date(), today=here.date(), field="on")
    if at is None:
        return Moment(local_date=day, local_hour=None, occurred_at=None, precision=Precision.DAY)
    moment = datetime.combine(day, at, where).astimezone(UTC)
    if moment > now + timedelta(minutes=1):
        raise InputError(FUTURE_TIME, field="at", time=clock_text(at))
    return Moment(
        local_date=day,
        local_hour=at.hour,
        occurred_at=utc_text(moment),
        precision=Precision.TIME,
    )


def moved(moment: Moment, days: int) -> Moment:
    """The same time of day, `days` later: for visits recorded under a wrong clock."""
    occurred = moment.occurred_at
    if occurred is not None:
        occurred = utc_text(datetime.fromisoformat(occurred) + timedelta(days=days))
    return replace(
        moment, local_date=moment.local_date + timedelta(days=days), occurred_at=occurred
    )


def parse_time(text: str, *, field: str = "at") -> time | None:
    """The time of day written `09.15`, `9:15` or `0915`, None for nothing; else `InputError`."""
    if not text.strip():
        return None
    found = re.fullmatch(r"\s*(\d{1,2})(?:[.:](\d\d)|(\d\d))?\s*", text, re.ASCII)
    hour, minute = (int(found[1]), int(found[2] or found[3] or 0)) if found else (24, 0)
    if hour > 23 or minute > 59:
        raise InputError(BAD_TIME, field=field, text=text.strip()[:20])
    return time(hour, minute)


def usual_of(totals: Sequence[int]) -> float | None:
    """The median of the same weekday's totals, once there are four (domain.md leaves it to us)."""
    from statistics import median

    return float(median(totals)) if len(totals) >= USUAL_ENOUGH else None


def same_weekdays(today: date) -> list[date]:
    """The same weekday of the eight weeks before."""
    return [today - timedelta(weeks=back) for back in range(1, USUAL_WEEKS + 1)]
