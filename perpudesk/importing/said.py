"""What the cells of a row of visits say beside the date, by the columns that were given."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from perpudesk.core.codes import UNKNOWN, Sex, VisitorType, age_label, label
from perpudesk.core.errors import Problem
from perpudesk.core.formats import clock_text, date_digits, number
from perpudesk.core.i18n import tr
from perpudesk.importing.asides import (
    NOT_COUNTED,
    OTHER_MARK,
    PARTS_EXCEED,
    TOO_MANY,
    ZERO,
    fault_of,
    number_problem,
)
from perpudesk.importing.cellwords import CellWords, Unclear, member_number
from perpudesk.importing.dates import When
from perpudesk.importing.fields import FIELDS, What
from perpudesk.importing.identity import NO_TIME, Identities, tidy
from perpudesk.importing.nik import can_be_kept
from perpudesk.importing.words import Vocabulary, mark_in, parts_thousands, ticked
from perpudesk.importing.words import whole_number as whole
from perpudesk.visits.model import LIMITS

MOST_IN_ROW = 100_000
"""What a record may count."""
_COUNTS = ("count", "female", "male")
_SHOWN = ("age", "occupation", "education", "purpose", "type", "member", "name", "institution")


class Part(NamedTuple):
    """So many of a row of one sex; `who` tells it from the other parts of the row."""

    who: bytes
    sex: str
    people: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What the cells beside the date say: the same for all rows that say it.

    `fault` is why no row can be read so, and in which column.
    """

    parts: tuple[Part, ...] = ()
    count: int = 0
    type: str = UNKNOWN
    age_years: int | None = None
    age_band: str | None = None
    occupation: str = UNKNOWN
    education: str = UNKNOWN
    purpose: str = UNKNOWN
    number: str = ""
    name: str = ""
    institution: str | None = None
    note: str | None = None
    unclear: tuple[tuple[str, str], ...] = ()
    cut: tuple[str, ...] = ()
    thousands: str = ""
    fault: tuple[Problem, int] | None = None


class Cells(CellWords):
    """Reads the cells of rows that stand below the same titles."""

    def __init__(
        self,
        titles: Sequence[str],
        columns: Mapping[str, int],
        words: Mapping[str, Vocabulary],
        identities: Identities,
        thousands: str = "",
    ) -> None:
        """`columns` are places by field, `words` the branch's lists by that field.

        `thousands` is the mark that parts thousands in this file.
        """
        super().__init__(titles, columns, words)
        self._thousands, self._identities = thousands, identities
        self.beside = [at for code, at in columns.items() if code not in ("date", "time")]

    def say(self, row: Sequence[str]) -> Said:
        """What the cells beside the date say."""
        fault = fault_of(row, self.beside)
        if fault is not None:
            return Said(fault=fault)
        values = {code: tidy(row[at]) for code, at in self._at.items()}
        counts = self._counts(values)
        if not isinstance(counts, dict):
            return Said(fault=counts)
        unclear: Unclear = []
        years, band = self.age(values, unclear)
        number_ = member_number(values.get("member", ""))
        texts = {code: values.get(code, "") for code in ("institution", "note")}
        return Said(
            parts=tuple(self._parts(values, counts, unclear)),
            count=sum(counts.values()),
            type=self.type(values, number_, sum(counts.values()), unclear),
            age_years=years,
            age_band=band,
            occupation=self.slug(values, "occupation", unclear),
            education=self.slug(values, "education", unclear),
            purpose=self.slug(values, "purpose", unclear),
            number=number_ if can_be_kept(number_) else "",
            name=values.get("name", ""),
            institution=texts["institution"][: LIMITS["institution"]] or None,
            note=texts["note"][: LIMITS["note"]] or None,
            unclear=tuple(unclear),
            cut=tuple(code for code, text in texts.items() if len(text) > LIMITS[code]),
            thousands=next(filter(parts_thousands, (values.get(code, "") for code in _COUNTS)), ""),
        )

    def _counts(self, values: Mapping[str, str]) -> dict[str, int] | tuple[Problem, int]:
        """How many of each sex, with what they leave of the count under `count`."""
        asked = [code for code in _COUNTS if code in self._at]
        if not asked:
            return {"count": 1}
        found: dict[str, int] = {}
        for code in asked:
            text = values[code]
            tick = ticked(text) if "count" not in self._at else None
            if tick:
                found[code] = 1
            elif text and tick is None:
                if mark_in(text) not in ("", self._thousands):
                    return OTHER_MARK, self._at[code]
                value = whole(text)
                if value is None or value > MOST_IN_ROW:
                    return number_problem(text) if value is None else TOO_MANY, self._at[code]
                found[code] = value
        people = found.get("female", 0) + found.get("male", 0)
        rest = found.get("count", people) - people
        if not found or rest < 0 or not people + rest:
            why = NOT_COUNTED if not found else PARTS_EXCEED if rest < 0 else ZERO
            return why, self._at[asked[0]]
        return {code: n for code, n in {**found, "count": rest}.items() if n}

    def _parts(
        self, values: Mapping[str, str], counts: Mapping[str, int], unclear: Unclear
    ) -> Iterator[Part]:
        """The parts of a row, the rest last; each has an identity of its own."""
        said = [
            text
            for code, value in values.items()
            if value and code not in ("date", "time")
            for text in (code, value)
        ]
        sex = self.sex(values, unclear)
        for code in ("female", "male", "count"):
            if code in counts:
                who = self._identities.who(*said, *(() if code == "count" else (f"part {code}",)))
                yield Part(who, str(sex) if code == "count" else code, counts[code])

    def titles(self) -> tuple[str, ...]:
        """What the first rows are shown under."""
        labels = {each.code: tr(each.label) for each in FIELDS[What.VISITS]}
        asked = [labels[code] for code in self._at if code in _SHOWN]
        return (tr("When"), labels["count"], labels["sex"], *asked)

    def as_shown(self, said: Said, when: When) -> tuple[str, ...]:
        """A row as it would be stored."""
        day = date_digits(date.fromisoformat(when.day))
        if when.clock != NO_TIME:
            day += f" {clock_text(f'{when.clock[:2]}:{when.clock[2:4]}')}"
        sexes = " · ".join(
            f"{label(Sex(part.sex))} {number(part.people)}"
            if len(said.parts) > 1
            else label(Sex(part.sex))
            for part in said.parts
        )
        asked = [self._told(said, code) for code in self._at if code in _SHOWN]
        return (day, number(said.count), sexes, *asked)

    def _told(self, said: Said, code: str) -> str:
        match code:
            case "age":
                return (
                    str(said.age_years)
                    if said.age_years is not None
                    else age_label(said.age_band or UNKNOWN)
                )
            case "type":
                return label(VisitorType(said.type))
            case "occupation" | "education" | "purpose":
                return self.label(code, getattr(said, code))
            case "member":
                return said.number
        return getattr(said, code) or ""
