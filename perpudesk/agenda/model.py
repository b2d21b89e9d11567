"""A month over all activities, and what in it cannot be at one time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from itertools import combinations
from textwrap import shorten

from perpudesk.attendance.model import Schedule, when_text
from perpudesk.branch.model import Week
from perpudesk.communities.model import Decision
from perpudesk.core.codes import MeetingState, Mode
from perpudesk.core.formats import date_long, number
from perpudesk.core.i18n import tr, trn
from perpudesk.program.model import Partner

_DAYS = 7
_MOST_ENTRIES = 6
"""So many activities of a day stand at its start; the agenda has them all (ours)."""
_LINE = 60
"""Characters of a title that is read in passing (ours)."""


class EntryKind(StrEnum):
    """What an entry of the agenda is."""

    TRAINING = "training"
    MEETING = "meeting"
    CLASS = "class"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """Something that is on a day; `about` is the id of what it opens: a course, a meeting."""

    id: str
    about: str
    kind: EntryKind
    title: str
    schedule: Schedule
    state: MeetingState = MeetingState.PLANNED

    @property
    def stands(self) -> bool:
        """Whether it was not cancelled."""
        return self.state is not MeetingState.CANCELLED

    def words(self) -> str:
        """`09.00 Email untuk UMKM`."""
        start = when_text(self.schedule).partition("\N{EN DASH}")[0]
        return f"{start} {self.title}".strip()


class MatterKind(StrEnum):
    """What is to be looked at today."""

    DECISIONS = "decisions"
    ENTRY = "entry"
    MORE = "more"
    PARTNERS = "partners"


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """One line for the start of the day; `late` where it should be done already."""

    kind: MatterKind
    text: str
    late: bool = False
    entry: Entry | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Month:
    """The weeks that a month is in, Monday first: entries and reasons why days are closed."""

    first: date
    entries: Mapping[date, tuple[Entry, ...]]
    closed: Mapping[date, str]
    hours: Week | None = None

    def weeks(self) -> list[list[date]]:
        """Its days by week, with those of the months beside it that fill the weeks."""
        monday = self.first - timedelta(days=self.first.weekday())
        found = []
        while monday.replace(day=1) <= self.first:
            found.append([monday + timedelta(days=at) for at in range(_DAYS)])
            monday += timedelta(days=_DAYS)
        return found

    def of(self, day: date) -> tuple[Entry, ...]:
        """What is on a day, in order of time."""
        return self.entries.get(day, ())

    def warnings(self, day: date) -> list[str]:
        """What of a day cannot be, or is when the library is closed; that hinders nobody."""
        standing = [each for each in self.of(day) if each.stands]
        return [*_clashes(standing), *self._outside(day, standing)]

    def _outside(self, day: date, entries: Sequence[Entry]) -> list[str]:
        here = [each for each in entries if each.schedule.mode is Mode.ON_SITE]
        if not here:
            return []
        if (reason := self.closed.get(day)) is not None:
            return [
                tr("{title}: the library is closed ({reason}).", title=each.title, reason=reason)
                for each in here
            ]
        return [
            tr("{title}: outside opening hours.", title=each.title)
            for each in here
            if not self._is_open(each.schedule)
        ]

    def _is_open(self, schedule: Schedule) -> bool:
        """Whether a meeting lies within opening hours; where nobody knows, it does."""
        hours = None if self.hours is None else self.hours[schedule.day.weekday()]
        if hours is None or schedule.start is None:
            return True
        begins = _minute(schedule.start)
        ends = begins + (schedule.minutes or 0)
        return hours.opens <= begins and ends <= hours.closes


def _minute(at: time) -> int:
    return at.hour * 60 + at.minute


def _clashes(entries: Sequence[Entry]) -> list[str]:
    return [
        tr(
            "{one} and {other} are both at {place} at {time}.",
            one=one.title,
            other=other.title,
            place=one.schedule.place or "",
            time=when_text(max(one.schedule, other.schedule, key=_start)),
        )
        for one, other in combinations(entries, 2)
        if one.schedule.shares_time(other.schedule) and one.schedule.shares_place(other.schedule)
    ]


def matters(
    overdue: Sequence[Decision], entries: Sequence[Entry], ending: Sequence[Partner]
) -> tuple[Matter, ...]:
    """What a day brings: decisions that are late, what is on, and agreements that end soon."""
    standing = [each for each in entries if each.stands]
    shown = standing if len(standing) <= _MOST_ENTRIES else standing[: _MOST_ENTRIES - 1]
    found = [_late(overdue)] if overdue else []
    found += [
        Matter(
            kind=MatterKind.ENTRY,
            text=" · ".join(filter(None, (_short(each.words()), each.schedule.place))),
            entry=each,
        )
        for each in shown
    ]
    if more := len(standing) - len(shown):
        text = trn("{count} more today", "{count} more today", more, count=number(more))
        found.append(Matter(kind=MatterKind.MORE, text=text))
    found += [
        Matter(
            kind=MatterKind.PARTNERS,
            text=tr(
                "Cooperation with {partner} ends on {date}",
                partner=_short(each.name),
                date=date_long(each.until_on),
            ),
        )
        for each in ending
        if each.until_on is not None
    ]
    return tuple(found)


def _late(overdue: Sequence[Decision]) -> Matter:
    """The decisions that are late, in one line: the one that is due longest is named."""
    first = overdue[0]
    about = " · ".join(filter(None, (_short(first.text), first.owner)))
    text = trn(
        "Decision overdue: {about}",
        "{count} decisions overdue, first: {about}",
        len(overdue),
        count=number(len(overdue)),
        about=about,
    )
    return Matter(kind=MatterKind.DECISIONS, text=text, late=True)


def _short(text: str) -> str:
    return shorten(text, _LINE, placeholder=" …")


def _start(schedule: Schedule) -> time:
    return schedule.start or time.min


def in_order(entries: Sequence[Entry]) -> tuple[Entry, ...]:
    """By time, those without one first."""
    return tuple(sorted(entries, key=lambda each: (_start(each.schedule), each.title)))


def class_schedule(start: datetime, end: datetime) -> Schedule:
    """When computers are kept, on the calendar that the moments are of."""
    minutes = max(1, int((end - start).total_seconds() // 60))
    return Schedule(day=start.date(), start=start.time().replace(microsecond=0), minutes=minutes)
