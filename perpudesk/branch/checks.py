"""What may be typed about a branch and its records: texts, days and numbers, each by one rule."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import date

from perpudesk.core.errors import InputError, Problem
from perpudesk.core.formats import date_long, number

NAME_MISSING = Problem("name_missing", "The name is empty. Type a name.")
TEXT_TOO_LONG = Problem(
    "text_too_long", "This is longer than {most} characters. Shorten it; nothing was cut."
)
TEXT_UNPRINTABLE = Problem(
    "text_unprintable",
    "This holds an invisible control character. Delete it and type the text again.",
)
BAD_POPULATION = Problem(
    "bad_population", "The population must be a whole number from 0 to {most}. Type digits only."
)
BAD_FOUNDED = Problem(
    "bad_founded_year", "The year must have four digits and be {first} or later. Type it again."
)
BAD_REGION = Problem(
    "bad_region", "A region code looks like 62.01, 62.01.02 or 62.01.02.2003. Type it like that."
)
FUTURE_DAY = Problem("future_day", "{date} has not come yet. Choose today or an earlier day.")
EARLY_DAY = Problem("early_day", "{date} is before the year 1945. Check the year.")
LATE_HOLIDAY = Problem("late_holiday", "{date} is after the year {last}. Check the year.")
BAD_MINUTES = Problem(
    "bad_minutes", "The time must be a whole number of minutes from 0 to {most}. Correct it."
)
NOT_OFFERED = Problem("not_offered", "“{text}” is not known. Choose one of: {choices}.")
LETTERHEAD_TOO_LONG = Problem(
    "letterhead_too_long",
    "The letterhead has more than {most} lines. Write some of them together.",
)
BAD_REPEAT = Problem(
    "bad_repeat", "The time must be a whole number of minutes from 0 to {most}. Type it again."
)
BAD_LIMIT = Problem(
    "bad_limit", "A limit is a whole number of minutes from {low} to {high}. Type it again."
)
BAD_SHARE = Problem(
    "bad_share", "The share must be a whole number from 0 to 100 percent. Type it again."
)
BAD_RETENTION = Problem(
    "bad_retention", "Names are kept from 1 to {most} months. Type a whole number of months."
)
MOST_RETENTION = 120
BAD_DORMANT = Problem(
    "bad_dormant", "The months must be a whole number from 1 to {most}. Type it again."
)
BAD_FORGOTTEN = Problem(
    "bad_forgotten", "The time must be a whole number of hours from 1 to {most}. Type it again."
)
EARLIEST = date(1945, 1, 1)
"""No Indonesian branch recorded anything before: an older date is a mistyped one (ours)."""
EARLIEST_FOUNDED, LATEST_FOUNDED = 1800, 9998
LIMITS = {
    "name": 200,
    "place": 80,
    "address": 200,
    "phone": 40,
    "email": 120,
    "npp": 40,
    "letterhead": 200,
    "post": 120,
    "rank": 80,
    "nip": 40,
    "staff": 120,
    "note": 500,
    "entry": 60,
    "holiday": 120,
}
MOST_PEOPLE = 300_000_000
MOST_REPEAT = 24 * 60
MOST_MINUTES = 24 * 60
SHORTEST_LIMIT = 5
LONGEST_LIMIT = 12 * 60
MOST_MONTHS = 60
MOST_HOURS = 24
MOST_LINES = 8
"""The kop of a ministry has six lines; more would leave no room for the report (ours)."""
LATEST = date(2199, 12, 31)
"""A holiday may be planned, but nobody plans that far (ours)."""
_JOINERS = "\u200c\u200d"
"""They shape the letters beside them in some scripts, and hold emoji together."""
_UNSEEN = {"Cf", "Zl", "Zp", "Zs"}
_UNPRINTABLE = {"Cc", "Cf", "Cs", "Zl", "Zp"}
"""Controls, half characters, line ends, and what turns the direction of the text."""


def clean(text: str | None, field: str, *, required: bool = False, most: int = 0) -> str | None:
    """`text` as it is stored: NFC, without blanks around, None when empty.

    Raises `InputError` on `field` when it is required and empty, longer than `most` (or the
    field's own limit), or holds a character that cannot be seen: nothing is cut silently. What
    holds nothing else is empty.
    """
    tidy = unicodedata.normalize("NFC", text or "").strip()
    kinds = {unicodedata.category(char) for char in tidy if char not in _JOINERS}
    if kinds <= _UNSEEN:
        if required:
            raise InputError(NAME_MISSING, field=field)
        return None
    most = most or LIMITS[field]
    if len(tidy) > most:
        raise InputError(TEXT_TOO_LONG, field=field, most=number(most))
    if kinds & _UNPRINTABLE:
        raise InputError(TEXT_UNPRINTABLE, field=field)
    return tidy


def check_region(text: str | None) -> str | None:
    """A region code `PP.KK[.CC[.DDDD]]`, or None."""
    tidy = (text or "").strip()
    if not tidy:
        return None
    if not re.fullmatch(r"\d\d\.\d\d(\.\d\d(\.\d{4})?)?", tidy):
        raise InputError(BAD_REGION, field="region_code")
    return tidy


def check_population(value: int | None) -> int | None:
    """A number of people, or None."""
    if value is not None and not 0 <= value <= MOST_PEOPLE:
        raise InputError(BAD_POPULATION, field="population_served", most=number(MOST_PEOPLE))
    return value


def check_founded(value: int | None) -> int | None:
    """The year in which a library began, or None."""
    if value is not None and not EARLIEST_FOUNDED <= value <= LATEST_FOUNDED:
        raise InputError(BAD_FOUNDED, field="founded_year", first=str(EARLIEST_FOUNDED))
    return value


def check_repeat(value: int) -> int:
    """Minutes within which the same card asks before it counts again; 0 never asks."""
    if not 0 <= value <= MOST_REPEAT:
        raise InputError(BAD_REPEAT, field="repeat_minutes", most=number(MOST_REPEAT))
    return value


def check_limit(value: int, *, field: str = "limit") -> int:
    """How many minutes a use of a computer may last; shorter or longer is a mistyped one (ours)."""
    if type(value) is not int or not SHORTEST_LIMIT <= value <= LONGEST_LIMIT:
        low, high = number(SHORTEST_LIMIT), number(LONGEST_LIMIT)
        raise InputError(BAD_LIMIT, field=field, low=low, high=high)
    return value


def check_forgotten(value: int) -> int:
    """After how many hours a session was forgotten."""
    if type(value) is not int or not 1 <= value <= MOST_HOURS:
        raise InputError(BAD_FORGOTTEN, field="forgotten_hours", most=MOST_HOURS)
    return value


def check_share(value: int, *, field: str = "certificate_threshold") -> int:
    """A share in percent."""
    if type(value) is not int or not 0 <= value <= 100:
        raise InputError(BAD_SHARE, field=field)
    return value


def check_dormant(value: int) -> int:
    """After how many months without a meeting a community is dormant."""
    if type(value) is not int or not 1 <= value <= MOST_MONTHS:
        raise InputError(BAD_DORMANT, field="dormant_months", most=MOST_MONTHS)
    return value


def check_retention(value: int) -> int:
    """After how many months without being seen a name is erased."""
    if type(value) is not int or not 1 <= value <= MOST_RETENTION:
        raise InputError(BAD_RETENTION, field="retention_months", most=MOST_RETENTION)
    return value


def check_choice(value: str, choices: Iterable[str], *, field: str) -> str:
    """One of `choices`."""
    known = [str(each) for each in choices]
    if value not in known:
        raise InputError(NOT_OFFERED, field=field, text=str(value)[:40], choices=", ".join(known))
    return value


def check_minutes(value: int | None) -> int | None:
    """How long a day was open, or None."""
    if value is not None and (type(value) is not int or not 0 <= value <= MOST_MINUTES):
        raise InputError(BAD_MINUTES, field="minutes_open", most=number(MOST_MINUTES))
    return value


def check_letterhead(lines: Iterable[str]) -> tuple[str, ...]:
    """The lines of the kop as they are stored, the empty ones left out."""
    tidy = [clean(line, "letterhead") for line in lines]
    kept = tuple(line for line in tidy if line)
    if len(kept) > MOST_LINES:
        raise InputError(LETTERHEAD_TOO_LONG, field="letterhead", most=MOST_LINES)
    return kept


def check_holiday(day: date) -> date:
    """A day that can be a holiday, past or planned."""
    if day > LATEST:
        raise InputError(LATE_HOLIDAY, field="date", date=date_long(day), last=LATEST.year)
    return check_day(day, today=LATEST)


def check_day(day: date, *, today: date, field: str = "date") -> date:
    """A day that something can have happened on: not in the future, not before 1945."""
    if day > today:
        raise InputError(FUTURE_DAY, field=field, date=date_long(day))
    if day < EARLIEST:
        raise InputError(EARLY_DAY, field=field, date=date_long(day))
    return day
