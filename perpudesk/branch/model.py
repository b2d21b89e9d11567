"""The branch, its people at the desk, and what a day was for it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from itertools import count

from perpudesk.core.codes import (
    AGE_SETS,
    UNKNOWN,
    AgeBand,
    BranchKind,
    ClosedReason,
    DayState,
    label,
)
from perpudesk.core.errors import InputError, Problem
from perpudesk.core.i18n import tr
from perpudesk.core.times import ZONES

BAD_HOURS = Problem(
    "bad_hours",
    "“{text}” is not a pair of times. Write the opening hours like 08:00-15:00, the later one "
    "last.",
)
NO_CLOCK = Problem("no_clock", "Write a time here, such as 08.00.")
CLOSES_EARLY = Problem(
    "closes_early", "It must close after it opens, such as at 08.00 and at 15.00."
)
DAY_MISSING = Problem("day_missing", "The day is empty. Type it, or choose it in the calendar.")
REASON_WITHOUT_CLOSED = Problem(
    "reason_without_closed", "Only a closed day has a reason. Choose “closed” or leave it empty."
)
NOTE_WITHOUT_STATE = Problem(
    "note_without_state",
    "Nobody has said yet what this day was. Say it first, then write the note.",
)
ENTRY_EXISTS = Problem(
    "entry_exists", "“{label}” is in the list already. Type another name, or use that one."
)
ENTRY_NEEDED = Problem(
    "entry_needed", "“{label}” stands for what was not recorded, so it cannot be taken away."
)

WEEKDAYS = 7
SESSION_LIMITS = (
    "limit_adult_member",
    "limit_adult_other",
    "limit_minor_member",
    "limit_minor_other",
)
"""Fields of `Branch`: how long a use of a computer lasts, by who the visitor is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hours:
    """Opening hours of a day, in minutes after midnight."""

    opens: int
    closes: int

    @classmethod
    def parse(cls, text: str, *, field: str = "hours") -> Hours | None:
        """The hours written `08:00-15:00` (or with dots); None for an empty text or `-`."""
        if text.strip() in ("", "-", "–"):
            return None
        found = re.fullmatch(r"\s*(\d{1,2})[.:](\d\d)\s*[-–]\s*(\d{1,2})[.:](\d\d)\s*", text)
        if found is None:
            raise InputError(BAD_HOURS, field=field, text=text)
        a, b, c, d = (int(part) for part in found.groups())
        opens, closes = a * 60 + b, c * 60 + d
        if b > 59 or d > 59 or closes > 24 * 60 or opens >= closes:
            raise InputError(BAD_HOURS, field=field, text=text)
        return cls(opens=opens, closes=closes)

    @classmethod
    def between(cls, opens: str, closes: str) -> Hours:
        """The hours from `08:00` till `15:00`; a refusal names the field opens or closes."""
        first, last = _minutes(opens, "opens"), _minutes(closes, "closes")
        if first >= last:
            raise InputError(CLOSES_EARLY, field="closes")
        return cls(opens=first, closes=last)

    @property
    def text(self) -> str:
        """As it is stored and typed: `08:00-15:00`."""
        return f"{_clock(self.opens)}-{_clock(self.closes)}"

    @property
    def minutes(self) -> int:
        """How long the branch is open."""
        return self.closes - self.opens


def _minutes(text: str, field: str) -> int:
    """Minutes after midnight of a time up to `24:00`."""
    found = re.fullmatch(r"(\d\d):([0-5]\d)", text)
    minutes = int(found[1]) * 60 + int(found[2]) if found else None
    if minutes is None or minutes > 24 * 60:
        raise InputError(NO_CLOCK, field=field)
    return minutes


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"


Week = tuple[Hours | None, ...]
"""Hours per weekday, Monday first; None where the branch is closed."""
USUAL_WEEK: Week = (Hours(opens=480, closes=900),) * 5 + (None, None)
"""Offered by the first run: Monday to Friday, 08.00–15.00."""


class SignatoryPlace(StrEnum):
    """Where a signature stands: left under *Mengetahui*, right under place and date."""

    LEFT = "left"
    RIGHT = "right"


@dataclass(frozen=True, slots=True, kw_only=True)
class Signatory:
    """Who signs what is printed; rank and NIP may be empty (many village heads have none)."""

    place: SignatoryPlace
    name: str
    post: str
    rank: str | None = None
    nip: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Branch:
    """The library that this store belongs to."""

    id: str
    name: str
    kind: BranchKind
    zone: str
    npp: str | None = None
    region_code: str | None = None
    place: str | None = None
    address: str | None = None
    phone: str | None = None
    email: str | None = None
    population_served: int | None = None
    founded_year: int | None = None
    letterhead: tuple[str, ...] = ()
    opening_hours: Week | None = None
    age_set: str = "desk"
    ask_occupation: bool = False
    repeat_minutes: int = 60
    limit_adult_member: int = 30
    """How long a use of a computer lasts unless the desk says otherwise, in minutes; and so on."""
    limit_adult_other: int = 30
    limit_minor_member: int = 30
    limit_minor_other: int = 30
    forgotten_hours: int = 12
    """A computer session longer than this was forgotten (domain.md, counting rule 4)."""
    certificate_threshold: int = 75
    """The share of the meetings held that a certificate asks for, in percent."""
    certificate_pattern: str | None = None
    """How the number of a certificate is made, where the branch has its own way."""
    dormant_months: int = 6
    retention_months: int = 12
    """After so many months without being seen somebody's name is erased."""
    """After so many months without a meeting a community is called dormant."""
    has_crest: bool = False

    @property
    def age_bands(self) -> tuple[AgeBand, ...]:
        """The branch's current set of age bands, youngest first."""
        return AGE_SETS[self.age_set]


@dataclass(frozen=True, slots=True, kw_only=True)
class Staff:
    """Someone who works at the desk."""

    id: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """An entry of a list that grows (purposes, occupations, educations) and what it counts under.

    A standard entry counts under itself; one of the branch's own under the `standard` it names.
    """

    slug: str
    label: str
    standard: str
    retired: bool = False

    @property
    def own(self) -> bool:
        """Whether the branch made it."""
        return self.slug != self.standard


def in_reading_order(entries: Iterable[Entry]) -> list[Entry]:
    """The entries as they are offered: the branch's own before *other*, *not recorded* last."""
    return sorted(entries, key=lambda each: (each.slug == UNKNOWN, each.slug == "other"))


def slug_for(called: str, taken: Collection[str]) -> str:
    """A slug for an entry `called` so that none of `taken` has: `Baca koran` → `baca_koran`.

    ASCII only, as every slug is exported; a label without any is called `own`.
    """
    plain = unicodedata.normalize("NFKD", called).encode("ascii", "ignore").decode().lower()
    stem = "_".join(re.findall(r"[a-z0-9]+", plain))[:40].rstrip("_") or "own"
    if stem not in taken:
        return stem
    return next(each for n in count(2) if (each := f"{stem}_{n}") not in taken)


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceDay:
    """What was set for a day; a day without one has a state by rule."""

    date: date
    state: DayState
    reason: ClosedReason | None = None
    note: str | None = None
    minutes_open: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Outage:
    """The program stopped without being closed, most often since the power went.

    `until` is empty where nobody can say when it was back; `checked` says that somebody has looked
    at what it ended.
    """

    id: str
    local_date: date
    start: datetime
    until: datetime | None
    checked: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class DayInfo:
    """A day of the calendar: its state, whether somebody set it, and why it is as it is."""

    date: date
    state: DayState
    was_set: bool
    reason: ClosedReason | None = None
    holiday: str | None = None
    note: str | None = None
    visits: int = 0
    minutes_open: int | None = None
    """How long it was open as somebody set it; else the opening hours of the weekday say."""
    outages: tuple[Outage, ...] = ()


def state_of_day(
    day: date,
    *,
    was_set: ServiceDay | None,
    has_records: bool,
    week: Week | None,
    holiday: str | None,
    first_record: date | None,
) -> tuple[DayState, ClosedReason | None]:
    """What `day` was for the branch (domain.md, State of a day).

    What was set; else counted if it has records; else closed outside opening hours or on a
    holiday; else not set. Before the branch's first record, and while no opening hours are known,
    a day is not set: nobody can say that it was closed.
    """
    if was_set is not None:
        return was_set.state, was_set.reason
    if has_records:
        return DayState.OPEN_COUNTED, None
    if first_record is None or day < first_record:
        return DayState.NOT_SET, None
    if holiday is not None:
        return DayState.CLOSED, ClosedReason.HOLIDAY
    if week is not None and week[day.weekday()] is None:
        return DayState.CLOSED, None
    return DayState.NOT_SET, None


def day_info(
    day: date,
    *,
    was_set: ServiceDay | None,
    visits: int,
    week: Week | None,
    holiday: str | None,
    first_record: date | None,
    outages: Iterable[Outage] = (),
) -> DayInfo:
    """A day of the calendar, with why it is as it is."""
    state, reason = state_of_day(
        day,
        was_set=was_set,
        has_records=visits > 0,
        week=week,
        holiday=holiday,
        first_record=first_record,
    )
    return DayInfo(
        date=day,
        state=state,
        was_set=was_set is not None,
        reason=reason,
        holiday=holiday,
        note=was_set.note if was_set else None,
        visits=visits,
        minutes_open=was_set.minutes_open if was_set else None,
        outages=tuple(outages),
    )


def open_minutes(day: DayInfo, week: Week | None) -> int:
    """How many minutes the branch was open on a day; 0 where that is not known, and when closed."""
    if day.state in (DayState.CLOSED, DayState.NOT_SET):
        return 0
    if day.minutes_open is not None:
        return day.minutes_open
    hours = None if week is None else week[day.date.weekday()]
    return 0 if hours is None else hours.minutes


def needs_asking(day: DayInfo, state: DayState) -> bool:
    """Whether setting `day` to `state` asks first: a day with visits is seldom a closed one."""
    return state is DayState.CLOSED and day.state is not DayState.CLOSED and day.visits > 0


def why_closed(day: DayInfo) -> str:
    """Why a day that is closed was so: what was said, or else what the rule went by."""
    if day.reason is not None:
        return label(day.reason)
    return tr("without a reason") if day.was_set else tr("outside opening hours")


def letterhead_lines(branch: Branch) -> tuple[str, ...]:
    """The lines of the kop: those that were typed, else the branch's name and address."""
    if branch.letterhead:
        return branch.letterhead
    contact = " · ".join(part for part in (branch.address, branch.phone, branch.email) if part)
    return tuple(line for line in (branch.name, contact) if line)


_ADDRESS_BEGINS = re.compile(
    r"\W*(jl|jln|jalan|alamat|telp|tel|telepon|hp|wa|fax|faks|e-?mail|website|www|kode pos)\b",
    re.IGNORECASE,
)


def letterhead_parts(branch: Branch) -> tuple[tuple[str, ...], str, tuple[str, ...]]:
    """The lines of the kop as government lines, the office in bold, and address lines.

    The address is what stands last and looks like one (street, telephone, e-mail, a long number);
    the office is the line before it (ours: after the kop of domain.md, print facts).
    """
    lines = letterhead_lines(branch)
    first = len(lines)
    while first > 1 and _is_address(lines[first - 1]):
        first -= 1
    return lines[: first - 1], lines[first - 1] if lines else "", lines[first:]


def _is_address(line: str) -> bool:
    return bool(_ADDRESS_BEGINS.match(line) or re.search(r"@|://|\d{5}", line))


def label_of_zone(branch: Branch) -> str:
    """`WIB`, `WITA`, `WIT`, or the zone's own name."""
    return ZONES.get(branch.zone, branch.zone)


Holidays = Mapping[date, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Holiday:
    """A holiday on the list: shipped with the program or the branch's own, kept or not."""

    date: date
    name: str
    shipped: bool
    kept: bool
