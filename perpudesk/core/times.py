"""Moments, the branch's own calendar, and the periods that are reported."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from enum import StrEnum
from typing import Protocol
from zoneinfo import ZoneInfo

from perpudesk.core.errors import InputError, Problem

ZONES = {"Asia/Jakarta": "WIB", "Asia/Makassar": "WITA", "Asia/Jayapura": "WIT"}
"""The zones of Indonesia and what a librarian calls them."""

_OF_A_MACHINE = ("localtime", "posixrules", "factory")
"""Files among the zones that say what the zone of this computer is, or that none was set."""

BAD_ZONE = Problem(
    "bad_zone",
    "“{zone}” is not a time zone. Use WIB, WITA, WIT or a name such as Asia/Jakarta.",
)
NOT_A_PERIOD = Problem(
    "not_a_period",
    "“{period}” is not a period. Write a month 2026-10, a quarter 2026-Q3, a semester 2026-S1 or "
    "a year 2026.",
)
BAD_PERIOD = Problem(
    "bad_period",
    "“{period}” is not a period. Write a month 2026-10, a quarter 2026-Q3, a semester 2026-S1, "
    "a year 2026, or months from..to such as 2018-01..2025-07.",
)
BACKWARD = Problem(
    "backward", "{first}..{last} ends before it begins. Write the earlier month first."
)


class Clock(Protocol):
    """Tells the time; the only way any rule or service learns it."""

    def now(self) -> datetime:
        """The moment, aware, in UTC."""
        ...


class SystemClock:
    """The machine's own clock."""

    def now(self) -> datetime:
        """The moment by the machine."""
        return datetime.now(UTC)


@dataclass(slots=True)
class FixedClock:
    """A clock that stands still until it is moved: for practice data and for tests."""

    moment: datetime

    def now(self) -> datetime:
        """The moment it was set to."""
        return self.moment

    def advance(self, **delta: float) -> None:
        """Move on by `timedelta(**delta)`."""
        self.moment += timedelta(**delta)


def utc_text(moment: datetime) -> str:
    """Fixed-width UTC text with milliseconds: `2026-11-23T02:41:07.123Z`; sorts as time does."""
    utc = moment.astimezone(UTC)
    return f"{utc:%Y-%m-%dT%H:%M:%S}.{utc.microsecond // 1000:03}Z"


def parse_utc(text: str) -> datetime:
    """The moment that `utc_text` wrote."""
    return datetime.fromisoformat(text)


def zone(name: str) -> ZoneInfo:
    """The zone called `name`: an IANA name, or WIB, WITA, WIT.

    Raises `InputError` (field `zone`) for any other text.
    """
    wanted = {label: key for key, label in ZONES.items()}.get(name.upper(), name)
    try:
        return ZoneInfo(wanted)
    except (ValueError, OSError, KeyError) as error:
        raise InputError(BAD_ZONE, field="zone", zone=name) from error


def zone_key(name: str) -> str:
    """The IANA name to keep of the zone called `name`, which means the same on every machine.

    Raises `InputError` (field `zone`) for any other text, and for names like `localtime`.
    """
    key = zone(name).key
    if key.casefold() in _OF_A_MACHINE or key.casefold().startswith(("posix/", "right/")):
        raise InputError(BAD_ZONE, field="zone", zone=name)
    return key


def zone_label(name: str) -> str:
    """What a librarian calls the zone: WIB, WITA, WIT, else its own name."""
    return ZONES.get(name, name)


def local(moment: datetime, where: tzinfo) -> datetime:
    """The same moment on the branch's wall clock."""
    return moment.astimezone(where)


class PeriodKind(StrEnum):
    """How long a reporting period is."""

    MONTH = "month"
    QUARTER = "quarter"
    SEMESTER = "semester"
    YEAR = "year"


_LENGTH = {
    PeriodKind.MONTH: 1,
    PeriodKind.QUARTER: 3,
    PeriodKind.SEMESTER: 6,
    PeriodKind.YEAR: 12,
}
_PERIOD = re.compile(r"([0-9]{4})(?:-(?:Q([1-4])|S([12])|(0[1-9]|1[0-2])))?")


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A reporting period: whole months from `first` to `last`, both days included."""

    first: date
    last: date

    @classmethod
    def parse(cls, text: str) -> Period:
        """The period written `2026-10`, `2026-Q3`, `2026-S1` or `2026`; `InputError` otherwise."""
        found = _PERIOD.fullmatch(text)
        if found is None or not 1000 <= int(found[1]) < 9999:
            raise InputError(NOT_A_PERIOD, field="period", period=text)
        year, quarter, semester, month = found.groups()
        if quarter:
            return cls.of(int(year), int(quarter) * 3 - 2, 3)
        if semester:
            return cls.of(int(year), int(semester) * 6 - 5, 6)
        return cls.of(int(year), int(month), 1) if month else cls.of(int(year), 1, 12)

    @classmethod
    def of(cls, year: int, month: int, months: int = 1) -> Period:
        """The period of `months` months from `month` of `year`; months may run past December."""
        start = year * 12 + month - 1
        return cls(_first_day(start), _first_day(start + months) - timedelta(days=1))

    @classmethod
    def month_of(cls, day: date) -> Period:
        """The month that holds `day`."""
        return cls.of(day.year, day.month)

    @classmethod
    def around(cls, month: Period, kind: PeriodKind) -> Period:
        """The month, quarter, semester or year that holds `month`."""
        length = _LENGTH[kind]
        return cls.of(month.first.year, (month.first.month - 1) // length * length + 1, length)

    @property
    def length(self) -> int:
        """How many months."""
        return (self.last.year - self.first.year) * 12 + self.last.month - self.first.month + 1

    @property
    def kind(self) -> PeriodKind:
        """Month, quarter, semester or year."""
        return next(kind for kind, months in _LENGTH.items() if months == self.length)

    @property
    def code(self) -> str:
        """How the period is written, as `parse` reads it."""
        year, month = self.first.year, self.first.month
        match self.kind:
            case PeriodKind.MONTH:
                return f"{year}-{month:02}"
            case PeriodKind.QUARTER:
                return f"{year}-Q{(month + 2) // 3}"
            case PeriodKind.SEMESTER:
                return f"{year}-S{(month + 5) // 6}"
            case PeriodKind.YEAR:
                return f"{year}"

    def before(self) -> Period:
        """The period of the same length just before."""
        return Period.of(self.first.year, self.first.month - self.length, self.length)

    def year_before(self) -> Period:
        """The same months a year earlier."""
        return Period.of(self.first.year - 1, self.first.month, self.length)

    def days(self) -> Iterator[date]:
        """Each day, first to last."""
        for offset in range((self.last - self.first).days + 1):
            yield self.first + timedelta(days=offset)

    def months(self) -> Iterator[Period]:
        """Each month, first to last."""
        for offset in range(self.length):
            yield Period.of(self.first.year, self.first.month + offset)


def months_from(first: date, last: date) -> Iterator[Period]:
    """Each month from that of `first` to that of `last`; that of `first` at least."""
    length = (last.year - first.year) * 12 + last.month - first.month + 1
    return Period.of(first.year, first.month, max(1, length)).months()


def _first_day(month: int) -> date:
    """The first day of a month, counted from January of the year 0."""
    year, past = divmod(month, 12)
    return date(year, past + 1, 1)


def parse_periods(text: str) -> tuple[Period, ...]:
    """One period, or every month of a range `2018-01..2025-07`; `InputError` otherwise."""
    first, _, last = text.partition("..")
    try:
        start, end = Period.parse(first), Period.parse(last) if ".." in text else None
    except InputError as error:
        raise InputError(BAD_PERIOD, field="period", period=text) from error
    if end is None:
        return (start,)
    if start.length != 1 or end.length != 1:
        raise InputError(BAD_PERIOD, field="period", period=text)
    if end < start:
        raise InputError(BACKWARD, field="period", first=first, last=last)
    months = (end.first.year - start.first.year) * 12 + end.first.month - start.first.month + 1
    return tuple(Period.of(start.first.year, start.first.month + step) for step in range(months))
