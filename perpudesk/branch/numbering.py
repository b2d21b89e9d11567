"""How a branch numbers its certificates: a pattern that is read, and the numbers that it makes."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from string import Formatter

from perpudesk.branch.checks import clean
from perpudesk.core.errors import InputError, Problem
from perpudesk.core.formats import ROMAN_MONTHS

USUAL = "{n:03}/SERT/PERPUS/{roman}/{year}"
BAD_PATTERN = Problem(
    "bad_certificate_pattern",
    "“{text}” is not a pattern for numbers. In braces stand only {known}, each brace closed: "
    "{example}.",
)
NO_SERIAL = Problem(
    "certificate_pattern_without_number",
    "The pattern must have the running number {serial} once, so that no number is given twice: "
    "{example}.",
)
LONGEST = 80
_KNOWN = {"n": r"0[2-6]|", "roman": "", "month": "", "year": ""}
"""What stands in braces, and how it may go on after a colon."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberPattern:
    """Literal texts and what is filled in between them, in order: (text, name, digits)."""

    parts: tuple[tuple[str, str, str], ...]

    @classmethod
    def parse(cls, text: str) -> NumberPattern:
        """The pattern as it is typed; raises `InputError` on `certificate_pattern`.

        `{n}` is the running number, `{n:03}` with three digits at least; `{roman}` and `{month}`
        (two digits) the month and `{year}` the year in which the certificate is given.
        """
        try:
            found = tuple(Formatter().parse(text))
        except ValueError:
            raise _refused(BAD_PATTERN, text) from None
        parts = []
        for literal, name, spec, conversion in found:
            known = name is None or (
                name in _KNOWN and not conversion and re.fullmatch(_KNOWN[name], spec or "")
            )
            if not known:
                raise _refused(BAD_PATTERN, text)
            parts.append((literal, name or "", (spec or "").lstrip("0")))
        if [name for _, name, _ in parts].count("n") != 1:
            raise _refused(NO_SERIAL, text)
        return cls(parts=tuple(parts))

    def number(self, serial: int, day: date) -> str:
        """The number of a certificate that is given on a day."""
        return "".join(
            literal + _filled(name, digits, serial, day) for literal, name, digits in self.parts
        )

    def serial(self, number: str, day: date) -> int | None:
        """The running number in one that the pattern made in the year of `day`; else None.

        A pattern without a year has one series for ever.
        """
        shapes = {"n": r"(\d+)", "roman": "[IVX]+", "month": r"\d\d", "year": str(day.year), "": ""}
        found = re.fullmatch(
            "".join(re.escape(literal) + shapes[name] for literal, name, _ in self.parts), number
        )
        return int(found[1]) if found else None

    def following(self, taken: Collection[str], day: date) -> Iterator[str]:
        """Numbers without end that were never given: those after the last of `taken`."""
        serials = (self.serial(each, day) for each in taken)
        last = max((each for each in serials if each is not None), default=0)
        while True:
            last += 1
            yield self.number(last, day)


def check_pattern(text: str | None) -> str | None:
    """A pattern as it may be stored, None for the program's own; raises `InputError`."""
    tidy = clean(text, "certificate_pattern", most=LONGEST)
    if tidy is not None:
        NumberPattern.parse(tidy)
    return tidy


def _refused(problem: Problem, text: str) -> InputError:
    known = " ".join("{" + name + "}" for name in _KNOWN)
    told = {"text": text, "known": known, "serial": "{n}", "example": USUAL}
    return InputError(problem, field="certificate_pattern", **told)


def _filled(name: str, digits: str, serial: int, day: date) -> str:
    match name:
        case "n":
            return str(serial).zfill(int(digits or 1))
        case "roman":
            return ROMAN_MONTHS[day.month - 1]
        case "month":
            return f"{day.month:02}"
        case "year":
            return str(day.year)
        case _:
            return ""
