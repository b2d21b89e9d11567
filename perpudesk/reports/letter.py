"""What is signed with the figures of a month: number, place, date, signatories, and notes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import zip_longest

from perpudesk.branch.checks import clean
from perpudesk.branch.model import Signatory
from perpudesk.core.errors import InputError, Problem
from perpudesk.core.formats import ROMAN_MONTHS, date_long
from perpudesk.core.times import Period

BAD_LETTER_DAY = Problem(
    "bad_letter_day",
    "The date of the letter must be from {first} to {last}. Type it again, or leave it empty.",
)

LONGEST_LETTER = 120
LONGEST_NOTE = 4000


@dataclass(frozen=True, slots=True, kw_only=True)
class Notes:
    """What stood in the way in a month, and what is to follow, in the branch's own words."""

    obstacles: str = ""
    follow_up: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """What is signed with the figures; what is empty or None is dotted in print."""

    number: str = ""
    place: str = ""
    day: date | None = None
    notes: Notes = field(default_factory=Notes)
    signatories: tuple[Signatory, ...] = ()


def check_letter(letter: Letter, month: Period, *, today: date) -> Letter:
    """A letter of `month` that can be stored; raises `InputError` on the field that is refused.

    It is no older than the month, and of no day that is far away (ours: a year).
    """
    latest = today + timedelta(days=366)
    if letter.day is not None and not month.last <= letter.day <= latest:
        first, last = date_long(month.last), date_long(latest)
        raise InputError(BAD_LETTER_DAY, field="day", first=first, last=last)
    return Letter(
        number=clean(letter.number, "number", most=LONGEST_LETTER) or "",
        place=clean(letter.place, "place") or "",
        day=letter.day,
        notes=check_notes(letter.notes),
        signatories=letter.signatories,
    )


def check_notes(notes: Notes) -> Notes:
    """Notes that can be stored, line by line; raises `InputError` on `obstacles`, `follow_up`."""
    return Notes(
        obstacles=_lines(notes.obstacles, "obstacles"),
        follow_up=_lines(notes.follow_up, "follow_up"),
    )


def _lines(text: str, name: str) -> str:
    """Each line by its rule; the whole is measured, as the whole is stored."""
    lines = [clean(line, name, most=LONGEST_NOTE) or "" for line in text.splitlines()]
    joined = "\n".join(lines).strip()
    clean(joined.replace("\n", " "), name, most=LONGEST_NOTE)
    return joined


def next_number(letters: Sequence[tuple[Period, Letter]], month: Period, day: date) -> str:
    """The number that would follow those of earlier months' letters, for one of `month` and `day`.

    The number that grew from the one before last to the last is counted on; with one letter alone
    it is the first that stands between strokes. A Roman month and a year that were those of the
    last letter, or of its report, become those of this one: `041/18/PERPUS/X/2026`,
    `042/18/PERPUS/XI/2026`.
    """
    numbered = [(of, each) for of, each in letters if each.number]
    if not numbered:
        return ""
    of, last = numbered[-1]
    moves = (
        [(of.first, month.first)]
        if last.day is None
        else [(last.day, day), (of.first, month.first)]
    )
    parts = [_moved(part, moves) for part in _parts(last.number)]
    before = _parts(numbered[-2][1].number) if len(numbered) > 1 else []
    at = _serial(_parts(last.number), before)
    if at is not None:
        parts[at] = str(int(parts[at]) + 1).zfill(len(parts[at]))
    return "".join(parts)


def _parts(text: str) -> list[str]:
    """Runs of digits, of letters, and what stands between them."""
    return re.findall(r"[0-9]+|[^\W\d_]+|[\W_]+|\d+", text)


def _moved(part: str, moves: Sequence[tuple[date, date]]) -> str:
    """A Roman month or a year of one of the earlier days as it is on the later one."""
    for then, now in moves:
        if part == ROMAN_MONTHS[then.month - 1]:
            return ROMAN_MONTHS[now.month - 1]
        if part == str(then.year):
            return str(now.year)
    return part


def _serial(last: list[str], before: list[str]) -> int | None:
    """Where the running number stands among the parts; None if there is none."""
    places = [at for at, part in enumerate(last) if part.isascii() and part.isdigit()]
    for at, (now, then) in enumerate(zip_longest(last, before, fillvalue="")):
        if at in places and then.isdecimal() and int(now) > int(then) and not _is_year(now):
            return at
    alone = [at for at in places if not _is_year(last[at]) and _stands_alone(last, at)]
    others = [at for at in places if not _is_year(last[at])]
    return next(iter((*alone, *others)), None)


def _is_year(part: str) -> bool:
    return len(part) == 4 and part[:2] in ("19", "20")


def _stands_alone(parts: list[str], at: int) -> bool:
    """Whether strokes, or the ends, are at both sides: `000.8.3` classes, `/041/` counts."""
    around = (*parts[max(0, at - 1) : at], *parts[at + 1 : at + 2])
    return all(part.strip() == "/" for part in around)
