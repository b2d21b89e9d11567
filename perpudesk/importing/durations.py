"""How long something took, as a cell of a list says it: `65`, `1:05`, `01:05:00`, `65 menit`."""

from __future__ import annotations

import re

from perpudesk.importing.fields import plain

_CLOCK = re.compile(
    r"(?:([0-9]{1,3}) days?, )?([0-9]{1,5}):([0-9]{1,2})(?::([0-9]{2}))?(?:\.[0-9]+)?"
)
_NUMBER = r"([0-9]{1,8}(?:[.,][0-9]{1,9})?)"
_PARTS = re.compile(
    rf"(?:{_NUMBER} *(?:jam|j|hours?|hrs?|h))?[ ,]*"
    rf"(?:{_NUMBER} *(?:menit|mnt|minutes?|mins?|min|m)\.?)?[ ,]*"
    rf"(?:{_NUMBER} *(?:detik|dtk|seconds?|secs?|s))?"
)
_ALONE = re.compile(_NUMBER)
_WORD = re.compile(r"[a-z]+")
_HOURS = {"jam", "hour", "hours", "hrs"}
_SECONDS = {"detik", "dtk", "second", "seconds", "sec", "secs"}
_LONGEST = 366 * 86_400


def unit_of(title: str) -> int:
    """How many seconds a plain number below that title stands for: minutes, if it does not say."""
    words = set(_WORD.findall(plain(title)))
    if words & _SECONDS:
        return 1
    return 3_600 if words & _HOURS and not words & {"menit", "minutes", "mm"} else 60


def seconds_of(text: str, unit: int = 60) -> int | None:
    """The seconds that a cell says, `unit` being those of a plain number; None for no duration.

    `1:05` is an hour and five minutes, as spreadsheets mean it.
    """
    said = " ".join(text.casefold().split())
    found = _spoken(said, unit)
    return None if found is None or found > _LONGEST else found


def _spoken(said: str, unit: int) -> int | None:
    if (found := _CLOCK.fullmatch(said)) is not None:
        days, hours, minutes, seconds = (int(part or 0) for part in found.groups())
        whole = minutes < 60 and seconds < 60
        return ((days * 24 + hours) * 60 + minutes) * 60 + seconds if whole else None
    if _ALONE.fullmatch(said) is not None:
        return _times(said, unit)
    found = _PARTS.fullmatch(said.removeprefix("pt"))
    if found is None or not any(found.groups()):
        return None
    units = zip(found.groups(), (3_600, 60, 1), strict=True)
    return sum(_times(part, each) for part, each in units if part)


def _times(number: str, unit: int) -> int:
    return round(float(number.replace(",", ".")) * unit)
