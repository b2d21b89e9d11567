"""When two rows are the same visit, and when a member number tells who somebody is.

A row's id is a keyed digest of who and on what day, then the time, then its place among equals:
`xxxxxxxx-xxxx-8xxx-axxx-hhmmssnnnnnn`, a UUIDv8 (RFC 9562, 5.8). So a file adds only what exceeds
what was imported before, overlapping lists and real doubles both come out right, and no name can
be read out of an id. What a spreadsheet program rewrites when a list passes through it (long
numbers, leading zeros, seconds) does not make another visit of a row.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from hashlib import blake2b
from typing import Any, Protocol

NO_SECONDS = "ff"
NO_TIME = "ffffff"

_WHO, _MINUTE, _SECOND = 24, 28, 30
"""Where in an id the day's person ends, the minute, and the second."""
_LOST_DIGITS = 15
"""Excel keeps so many digits of a number and makes the others 0."""
_SHOWN_DIGITS = 11
"""Of a longer number a spreadsheet program shows, and saves as CSV, only the first six digits."""

_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]+")
_MANGLED = re.compile(r"[0-9](?:[.,][0-9]+)?E\+[0-9]{1,4}", re.IGNORECASE)
_GUARDED = re.compile(r"'[=+\-@]")


def tidy(text: str) -> str:
    """`text` as one line: composed (NFC), blanks collapsed, control characters and guards gone.

    The guard is the apostrophe that our own list of refused rows puts before a formula.
    """
    if not (text.isascii() and text.isprintable()):
        text = _UNSEEN.sub(" ", unicodedata.normalize("NFC", text))
    text = " ".join(text.split())
    return text[1:] if _GUARDED.match(text) else text


def is_mangled(number: str) -> bool:
    """Whether a spreadsheet program has made `1,23457E+17` of it: many numbers became this one."""
    return _MANGLED.fullmatch(number) is not None


def reliable(numbers: Iterable[str]) -> frozenset[str]:
    """The member numbers of a list that tell one person from another.

    Left out are mangled ones, and numbers of more than 15 digits that Excel rounded: where all the
    long numbers of a list end in zeros, that is no chance.
    """
    whole = {number for number in numbers if number and not is_mangled(number)}
    long = {each for each in whole if len(each) > _LOST_DIGITS and each.isdecimal()}
    rounded = all(not each[_LOST_DIGITS:].strip("0") for each in long)
    return frozenset(whole - long if rounded else whole)


def as_shown(text: str) -> str:
    """`text`, or if it is a number the form that every spreadsheet program leaves of it."""
    if not text[:1].isdecimal():
        return text
    if is_mangled(text):
        return f"{float(text.replace(',', '.')):.5E}"
    if not (text.isascii() and text.isdecimal()):
        return text
    digits = text.lstrip("0")
    return f"{float(digits):.5E}" if len(digits) > _SHOWN_DIGITS else digits


class Identities:
    """Makes the ids of the rows of one list, in the order of its rows."""

    def __init__(self, key: bytes, source: str) -> None:
        """`key` is the branch's secret."""
        self._key = key
        self._source = source.encode()
        self._seen: dict[str, int] = {}

    def who(self, *values: str) -> bytes:
        """What of a row says who came, from tidy values."""
        said = "\x1f".join(as_shown(value) for value in values)
        return self._source + said.encode("utf-8", "surrogatepass")

    def next_id(self, who: bytes, day: str, clock: str) -> str:
        """The id of the next such row.

        `day` is `2026-11-23`; `clock` is `094107`, with `ff` for what is not known.
        """
        hex_ = blake2b(who + day.encode(), digest_size=9, key=self._key).hexdigest()
        stem = f"{hex_[:8]}-{hex_[8:12]}-8{hex_[12:15]}-a{hex_[15:]}-{clock}"
        place = self._seen.get(stem, 0)
        self._seen[stem] = place + 1
        return f"{stem}{place:06x}"


def which_are_new(ids: Sequence[str], known: Collection[str], *, by_day: bool = True) -> list[bool]:
    """For each id of a list whether it exceeds what is known.

    A visit known to the second is the same as one of that person that another list knows only to
    the minute, or (`by_day`) to the day: each stands for one of the others.
    """
    new = [each not in known for each in ids]
    if any(map(_is_vague, ids)) or any(map(_is_vague, known)):
        spare = set(known).difference(ids)
        for level in (_MINUTE, _WHO) if by_day else (_MINUTE,):
            _pair(ids, new, spare, level)
    return new


class Dated(Protocol):
    """What a row of a list becomes."""

    @property
    def id(self) -> str: ...
    @property
    def local_date(self) -> str: ...


class Kept(Protocol):
    """Records of the kind that a list brings."""

    def days_of_others(self, source: str, columns: str | None) -> set[date]:
        """Days with records that came otherwise than from `source` read by `columns`."""

    def ids_between(self, first: date, last: date) -> dict[str, date]:
        """Ids of those that a list which counts days can have brought, and their days."""


def days_over(
    read: Iterable[Dated],
    added: Collection[Dated],
    kept: Kept,
    source: str,
    asked: Mapping[str, Any],
) -> tuple[date, ...]:
    """Days of what is `added`, of all that was `read`, with records that may be the same.

    Those of the same kind of list are not, unless it counts days: then a row of that day that says
    another number is.
    """
    if not added:
        return ()
    days = {date.fromisoformat(each.local_date) for each in added}
    others = kept.days_of_others(source, asked.get("columns"))
    if asked.get("counted"):
        mine = {each.id for each in read}
        found = kept.ids_between(min(days), max(days))
        others |= {day for each, day in found.items() if each not in mine}
    return tuple(sorted(days & others))


def _pair(ids: Sequence[str], new: list[bool], spare: set[str], level: int) -> None:
    """Take out of `new` and `spare` the pairs of which one side is known to `level` only."""
    vague: dict[str, list[str]] = {}
    exact: dict[str, list[str]] = {}
    for each in spare:
        depth = _depth(each)
        if depth >= level:
            (vague if depth == level else exact).setdefault(each[:level], []).append(each)
    for place, each in enumerate(ids):
        depth = _depth(each)
        if not new[place] or depth < level:
            continue
        others = (exact if depth == level else vague).get(each[:level])
        if others:
            spare.discard(others.pop())
            new[place] = False


def of_that_day(visit_id: str) -> str:
    """What the ids of somebody's visits of one day have in common, at whatever time they were."""
    return visit_id[:_WHO]


def _is_vague(visit_id: str) -> bool:
    return visit_id[_MINUTE] == "f"


def _depth(visit_id: str) -> int:
    """How much of an id is known: to the day, the minute or the second."""
    if visit_id[_WHO] == "f":
        return _WHO
    return _MINUTE if visit_id[_MINUTE] == "f" else _SECOND
