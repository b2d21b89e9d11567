"""When something was: dates as other programs write them, and as spreadsheets rewrite them.

A date that says its zone is a moment, and stands on the branch's own clock here; any other is on
that clock already. Where a clock was put back an hour passed twice, and where it was put forward
one was left out: of the first the earlier is taken, and what was written in the second is read as
by a clock that nobody had put forward yet.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from typing import NamedTuple

from perpudesk.branch.checks import EARLIEST
from perpudesk.core.errors import Problem
from perpudesk.core.formats import month_names
from perpudesk.core.i18n import LANGUAGES, speaking
from perpudesk.core.times import ZONES, utc_text, zone
from perpudesk.importing.identity import NO_SECONDS, NO_TIME

NO_DATE = Problem("no_date", "“{column}” is empty: without a day it counts in no month.")
BAD_DATE = Problem("bad_date", "“{value}” is not a date and time that exists.")
DAY_OR_MONTH = Problem(
    "day_or_month",
    "In “{value}” it cannot be told which is the day and which the month: the list writes both "
    "ways. Write it like 2026-11-23 09:41.",
)
IN_FUTURE = Problem(
    "in_future", "“{value}” has not come yet. Check it, and the date of this computer."
)
TOO_EARLY = Problem("too_early", "“{value}” is before 1945. Check the year.")

_TIME = (
    r"(?:[ T,]+(?P<hour>[0-9]{1,2})[:.](?P<minute>[0-9]{2})"
    r"(?:[:.](?P<second>[0-9]{2})(?:[.,][0-9]+)?)?(?:\s*(?P<half>[AP])\.?M\.?)?"
    r"(?:\s*(?P<zone>WIB|WITA|WIT|Z|UTC|GMT|(?:UTC|GMT)?[+-][0-9]{1,2}(?::?[0-9]{2})?))?)?"
)
_OFFSET = re.compile(r"(?:UTC|GMT)?([+-])([0-9]{1,2}?):?([0-9]{2})?", re.IGNORECASE)
_FARTHEST = timedelta(hours=14)
"""No zone is farther from UTC."""
_WEEKDAY = (
    r"(?:(?:senin|selasa|rabu|kamis|jum'?at|sabtu|minggu|ahad|sen|sel|rab|kam|jum|sab|min"
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)day|mon|tue|wed|thu|fri|sat|sun)\.?(?:,\s*|\s+))?"
)
_YEAR_FIRST = re.compile(
    rf"{_WEEKDAY}(?P<year>[0-9]{{4}}) ?([-/.]) ?(?P<month>[0-9]{{1,2}}) ?\2 ?"
    rf"(?P<day>[0-9]{{1,2}}){_TIME}",
    re.IGNORECASE,
)
_NUMBERS = re.compile(
    rf"{_WEEKDAY}(?P<one>[0-9]{{1,2}}) ?([-/.]) ?(?P<two>[0-9]{{1,2}}) ?\2 ?"
    rf"(?P<year>[0-9]{{4}}|[0-9]{{2}}){_TIME}",
    re.IGNORECASE,
)
_NAMED = re.compile(
    r"(?:[a-z']+,?\s+)?(?P<day>[0-9]{1,2})[-/ ](?P<name>[a-z]{3,9})\.?[-/ ,]+"
    rf"(?P<year>[0-9]{{4}}|[0-9]{{2}}){_TIME}",
    re.IGNORECASE,
)
_TOGETHER = re.compile(
    rf"(?P<year>(?:19|20)[0-9]{{2}})(?P<month>[0-9]{{2}})(?P<day>[0-9]{{2}}){_TIME}"
)
_SERIAL = re.compile(r"[1-9][0-9]{4}")
"""A day as spreadsheets count it, where the cell's format is lost: from 1927 on."""
_SERIAL_START = date(1899, 12, 30)
_MORE_NAMES = {
    **dict.fromkeys(("peb", "pebr", "pebruari"), 2),
    **dict.fromkeys(("agt", "ags", "agst", "agus", "agust"), 8),
    **dict.fromkeys(("nop", "nopember"), 11),
    "sept": 9,
}
_NO_TIME, _HOUR, _DAY = timedelta(), timedelta(hours=1), timedelta(days=1)
SLACK = _HOUR
"""So far the clock of the computer that made the list may be ahead of this one's (ours)."""
_SIXTY = frozenset(f"{number:02}" for number in range(60))


def begins_with_day(text: str) -> bool:
    """Whether `text` begins with a day, written in any way that a list may write one."""
    if _YEAR_FIRST.match(text) or _NUMBERS.match(text):
        return True
    found = _NAMED.match(text)
    return found is not None and found["name"].casefold() in month_numbers()


class When(NamedTuple):
    """A moment as it is stored, and the `clock` that goes into an id.

    `clock` is `094107`, with `ff` for what is not known; without a time, hour and moment are None.
    Of an hour that passed twice `occurred_at` is the first, and `again` the second; `skipped` says
    that the clock had been put forward over it, so that it really was an hour later.
    """

    day: str
    clock: str
    hour: int | None
    occurred_at: str | None
    again: str | None = None
    skipped: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class DayOrder:
    """How a whole list writes a day in numbers.

    `month_first` is None where the list does both. `proof` is a date that can be read only so; an
    `example` one that could be read either way. Without a proof the order is an assumption.
    """

    month_first: bool | None = False
    proof: str = ""
    example: str = ""


def order_of(texts: Iterable[str], today: date) -> DayOrder:
    """Decide over all dates of a list whether the day or the month stands first.

    A number over 12 is a proof, if there is such a day. Without one, the order in which fewer
    dates lie in the future is taken, then the day first, as Indonesia writes; `AM` and `PM` speak
    for the month where every date says them.
    """
    proofs: dict[bool, str] = {}
    open_: list[re.Match[str]] = []
    for text in texts:
        found = None if text[4:5] == "-" else _NUMBERS.fullmatch(text)
        if found is None:
            continue
        if _both_ways(found):
            open_.append(found)
        elif _exists(_numbers_day(found, month_first=(other := int(found["two"]) > 12))):
            proofs.setdefault(other, text)
    example = next((each[0] for each in open_ if each["one"] != each["two"]), "")
    if len(proofs) == 2:
        return DayOrder(month_first=None, example=example)
    for month_first, proof in proofs.items():
        return DayOrder(month_first=month_first, proof=proof, example=example)
    return DayOrder(month_first=_guess(open_, today), example=example)


def _guess(dates: Sequence[re.Match[str]], today: date) -> bool:
    future = {True: 0, False: 0}
    half_days = bool(dates) and all(found["half"] for found in dates)
    for found in dates:
        for month_first in future:
            future[month_first] += _numbers_day(found, month_first=month_first) > today.isoformat()
    return (future[True], not half_days) < (future[False], half_days)


def _exists(day: str) -> bool:
    try:
        date.fromisoformat(day)
    except ValueError:
        return False
    return True


def _numbers_day(found: re.Match[str], *, month_first: bool) -> str:
    month, day = ("one", "two") if month_first else ("two", "one")
    return f"{_year(found['year'])}-{int(found[month]):02}-{int(found[day]):02}"


def _year(text: str) -> str:
    return text if len(text) == 4 else f"20{text}"


def _both_ways(found: re.Match[str]) -> bool:
    return int(found["one"]) <= 12 and int(found["two"]) <= 12


def _find(text: str, order: DayOrder) -> tuple[str, str, str] | Problem:
    """The day, the clock and the zone that `text` names; whether there is that day is not asked."""
    if _SERIAL.fullmatch(text) is not None:
        return (_SERIAL_START + timedelta(days=int(text))).isoformat(), NO_TIME, ""
    if (found := _YEAR_FIRST.fullmatch(text) or _TOGETHER.fullmatch(text)) is not None:
        day = f"{found['year']}-{int(found['month']):02}-{int(found['day']):02}"
    elif (found := _NUMBERS.fullmatch(text)) is not None:
        first = order.month_first
        if first is None:
            if _both_ways(found) and found["one"] != found["two"]:
                return DAY_OR_MONTH
            first = int(found["two"]) > 12
        day = _numbers_day(found, month_first=first)
    elif (found := _NAMED.fullmatch(text)) is not None:
        month = month_numbers().get(found["name"].casefold(), 0)
        day = f"{_year(found['year'])}-{month:02}-{int(found['day']):02}"
    else:
        return BAD_DATE if text else NO_DATE
    clock = _clock(found)
    return BAD_DATE if clock is None else (day, clock, found["zone"] or "")


def day_of(text: str, order: DayOrder, today: date) -> date | Problem:
    """The day that `text` names, of somebody's life: two digits of a year are in the past."""
    found = _find(text, order)
    if isinstance(found, Problem):
        return found
    try:
        day = date.fromisoformat(found[0])
    except ValueError:
        return BAD_DATE
    two_digits = day.year >= 2000 and str(day.year) not in text
    return day.replace(year=day.year - 100) if two_digits and day > today else day


def _clock(found: re.Match[str]) -> str | None:
    """`094107` of the time in a match; None when there is no such time."""
    if found["hour"] is None:
        return NO_TIME
    hour, minute = int(found["hour"]), int(found["minute"])
    if half := found["half"]:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half in "Pp" else 0)
    second = found["second"]
    if hour > 23 or minute > 59 or (second or "00") > "59":
        return None
    return f"{hour:02}{minute:02}{second or NO_SECONDS}"


def month_numbers() -> dict[str, int]:
    """Every name of a month that a list may use, in both languages."""
    if not _names:
        _names.update(_MORE_NAMES)
        for lang in LANGUAGES:
            with speaking(lang):
                for short in (True, False):
                    names = month_names(short=short)
                    _names.update({name.casefold(): at for at, name in enumerate(names, 1)})
    return _names


_names: dict[str, int] = {}


class Moments:
    """Reads the dates of one list; what its rows share is worked out once."""

    def __init__(self, texts: Iterable[str], *, where: tzinfo, now: datetime) -> None:
        """`texts` are all its dates, `where` its zone; `now` ends what can have happened."""
        self._where = where
        self._latest = utc_text(now + SLACK)
        self._today = now.astimezone(where).date()
        self.order = order_of(texts, self._today)
        self._hours: dict[str, tuple[str, str, int, str]] = {}

    def at(self, text: str) -> When | Problem:
        """The moment that `text` names, or what is wrong with it."""
        known = self._hours.get(text[:14])
        minute, second = text[14:16], text[17:]
        if known is not None and minute in _SIXTY and second in _SIXTY and text[16] == ":":
            day, start, hour, utc_hour = known
            occurred_at = f"{utc_hour}{minute}:{second}.000Z"
            if occurred_at <= self._latest:
                return When(day, f"{start}{minute}{second}", hour, occurred_at)
        return self._any_form(text)

    def _any_form(self, text: str) -> When | Problem:
        found = _find(text, self.order)
        if isinstance(found, Problem):
            return found
        day, clock, said_zone = found
        if (problem := self._day_problem(day, ahead=_DAY if said_zone else _NO_TIME)) is not None:
            return problem
        if clock == NO_TIME:
            return When(day, clock, None, None)
        second = "00" if clock[4:] == NO_SECONDS else clock[4:]
        local = datetime.fromisoformat(f"{day}T{clock[:2]}:{clock[2:4]}:{second}")
        if said_zone:
            return self._zoned(local, clock, said_zone)
        if text.startswith(f"{day} {clock[:2]}:") and self._is_whole(local):
            start = utc_text(local.replace(minute=0, second=0, tzinfo=self._where))
            self._hours[text[:14]] = (day, clock[:2], local.hour, start[:14])
        return self._local(local, clock)

    def _local(self, local: datetime, clock: str) -> When | Problem:
        """A moment by the branch's own clock, which may have passed it twice or left it out."""
        first, other = (local.replace(tzinfo=self._where, fold=fold) for fold in (0, 1))
        occurred_at = utc_text(first)
        if occurred_at > self._latest:
            return IN_FUTURE
        day, apart = local.date().isoformat(), _offset(other) - _offset(first)
        if not apart:
            return When(day, clock, local.hour, occurred_at)
        again = utc_text(other) if apart < timedelta() else None
        return When(day, clock, local.hour, occurred_at, again, skipped=again is None)

    def _zoned(self, local: datetime, clock: str, said: str) -> When | Problem:
        """A moment that says its zone, on the branch's own clock."""
        there = _zone_of(said.upper())
        if there is None:
            return BAD_DATE
        moment = local.replace(tzinfo=there)
        occurred_at, here = utc_text(moment), moment.astimezone(self._where)
        if occurred_at > self._latest:
            return IN_FUTURE
        return When(here.date().isoformat(), f"{here:%H%M}{clock[4:]}", here.hour, occurred_at)

    def _day_problem(self, day: str, *, ahead: timedelta) -> Problem | None:
        """Why a day cannot have been; in another zone it may be a day `ahead` of this one."""
        try:
            found = date.fromisoformat(day)
        except ValueError:
            return BAD_DATE
        if found < EARLIEST:
            return TOO_EARLY
        return IN_FUTURE if found > self._today + ahead else None

    def _is_whole(self, local: datetime) -> bool:
        """Whether the hour of `local` is one and the same hour of UTC from end to end, once."""
        start = local.replace(minute=0, second=0)
        edges = (start, start + timedelta(minutes=59, seconds=59))
        found = {
            _offset(edge.replace(tzinfo=self._where, fold=fold))
            for edge in edges
            for fold in (0, 1)
        }
        return len(found) == 1 and not found.pop() % _HOUR


def _offset(moment: datetime) -> timedelta:
    return moment.utcoffset() or timedelta()


def _zone_of(said: str) -> tzinfo | None:
    """The zone that a date names: `Z`, `+07:00`, `WIB`; None for one that is nowhere."""
    if said in ZONES.values():
        return zone(said)
    if said in ("Z", "UTC", "GMT"):
        return UTC
    found = _OFFSET.fullmatch(said)
    assert found is not None  # noqa: S101 - the pattern of a time has no other
    away = timedelta(hours=int(found[2]), minutes=int(found[3] or 0))
    if away > _FARTHEST or (found[1] == "-" and not away):
        return None
    return timezone(-away if found[1] == "-" else away)
