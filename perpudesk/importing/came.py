"""How many came to the activities of a list, and how many of them were women and men."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from perpudesk.attendance.model import MOST_PEOPLE
from perpudesk.core.errors import Problem
from perpudesk.importing.asides import OTHER_MARK, PARTS_EXCEED, number_problem
from perpudesk.importing.words import mark_in, parts_thousands, thousands_mark, whole_number

TOO_MANY_CAME = Problem(
    "too_many_came", "“{value}” participants at one activity are more than {most}."
)
COUNTED = ("participants", "female", "male")
NOTHING = ("", "-", "–", "?")
"""What a cell holds that says nothing."""


@dataclass(frozen=True, slots=True)
class People:
    """How many came, None where nobody counted, and how many of them were women and men."""

    all: int | None
    female: int = 0
    male: int = 0


class Came:
    """Reads the numbers of one list, which parts its thousands in one way.

    `thousands` is the first number with such a mark, if there is one.
    """

    def __init__(self, cells: Iterable[str]) -> None:
        """`cells` are all its numbers."""
        self._mark = thousands_mark(cells)
        self.thousands = ""

    def people(self, values: Mapping[str, str]) -> People | tuple[Problem, str]:
        """How many came, by the cells of a row; or why that cannot be told, and in which field."""
        found: dict[str, int] = {}
        for code in COUNTED:
            value = self._number(values.get(code, ""))
            if isinstance(value, Problem):
                return value, code
            if value is not None:
                found[code] = value
        if not found:
            return People(None)
        female, male = found.get("female", 0), found.get("male", 0)
        if female + male > MOST_PEOPLE:
            return TOO_MANY_CAME, "female"
        if female + male > (together := found.get("participants", female + male)):
            return PARTS_EXCEED, "participants"
        return People(together, female, male)

    def _number(self, text: str) -> int | Problem | None:
        """What a cell counts, None for one that counts nothing."""
        if text in NOTHING:
            return None
        value = whole_number(text)
        if value is None:
            return number_problem(text)
        if mark_in(text) not in ("", self._mark):
            return OTHER_MARK
        if parts_thousands(text):
            self.thousands = self.thousands or text
        return TOO_MANY_CAME if value > MOST_PEOPLE else value
