"""A list of people as it is copied from a spreadsheet: name, sex, age, occupation."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from perpudesk.core.codes import UNKNOWN, Sex
from perpudesk.core.errors import InputError, Problem
from perpudesk.core.formats import number
from perpudesk.patrons.model import OLDEST

NOBODY = Problem("pasted_nobody", "There is no name here. Paste one person a line.")
NO_NAME = Problem("pasted_no_name", "Line {line} has no name. Type one, or take the line away.")
NO_SEX = Problem(
    "pasted_no_sex", "Line {line}: “{text}” is no sex. Write L, P, or leave the place empty."
)
NO_AGE = Problem(
    "pasted_no_age", "Line {line}: “{text}” is no age. Write a number from 0 to {most}, or nothing."
)
TOO_MANY = Problem("pasted_too_many", "There are more than {most} lines. Paste them in parts.")

MOST_LINES = 500
"""More is no list of a course (ours)."""
_SEXES = {
    **dict.fromkeys(("l", "lk", "laki-laki", "laki", "pria", "m", "male", "man"), Sex.MALE),
    **dict.fromkeys(("p", "pr", "perempuan", "wanita", "f", "female", "woman"), Sex.FEMALE),
    **dict.fromkeys(("", "-", "?"), Sex.UNKNOWN),
}
_HEADINGS = frozenset({"nama", "nama lengkap", "nama peserta", "name", "peserta"})
_PLACES = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Pasted:
    """Somebody of the list, as far as it says."""

    name: str
    sex: Sex = Sex.UNKNOWN
    age: int | None = None
    occupation: str = UNKNOWN


def people_of(text: str, occupations: Mapping[str, str]) -> list[Pasted]:
    """The people of a pasted list, one a line; nobody twice.

    Cells are parted by a tab, a semicolon or a comma; a running number before the name and a
    heading are left out, and what stands after the occupation too. `occupations` are slugs by
    label; one that is not known is not recorded. Raises `InputError` on `people`.
    """
    found: dict[str, Pasted] = {}
    lines = [(at, line) for at, line in enumerate(text.splitlines(), start=1) if line.strip()]
    if len(lines) > MOST_LINES:
        raise InputError(TOO_MANY, field="people", most=number(MOST_LINES))
    known = {label.casefold(): slug for label, slug in occupations.items()}
    for at, line in lines:
        cells = _cells(line)
        if cells[0].casefold() not in _HEADINGS:
            person = _person(at, cells, known)
            found.setdefault(person.name.casefold(), person)
    if not found:
        raise InputError(NOBODY, field="people")
    return list(found.values())


def _cells(line: str) -> list[str]:
    parted = next((sign for sign in ("\t", ";", ",") if sign in line), None)
    cells = [" ".join(cell.split()) for cell in line.split(parted)] if parted else [line.strip()]
    if len(cells) > 1 and re.fullmatch(r"(\d+\.?|no\.?)", cells[0], re.IGNORECASE):
        cells = cells[1:]
    return [*cells, *[""] * _PLACES][:_PLACES]


def _person(line: int, cells: list[str], occupations: Mapping[str, str]) -> Pasted:
    name, sex, age, occupation = cells
    if not name:
        raise InputError(NO_NAME, field="people", line=number(line))
    if sex.casefold() not in _SEXES:
        raise InputError(NO_SEX, field="people", line=number(line), text=sex[:40])
    years = re.fullmatch(r"(\d{1,3})\s*(th|thn|tahun|y)?\.?", age, re.IGNORECASE | re.ASCII)
    if (age not in ("", "-", "?") and years is None) or (years and int(years[1]) > OLDEST):
        told = {"line": number(line), "text": age[:40], "most": OLDEST}
        raise InputError(NO_AGE, field="people", **told)
    return Pasted(
        name=name,
        sex=_SEXES[sex.casefold()],
        age=int(years[1]) if years else None,
        occupation=occupations.get(occupation.casefold(), UNKNOWN),
    )
