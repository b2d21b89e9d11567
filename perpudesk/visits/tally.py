"""A sheet of paper as it is typed in: totals by purpose, sex and age, and lines of a register."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, time
from enum import StrEnum
from typing import Any, NamedTuple

from perpudesk.branch.model import DayInfo, Week
from perpudesk.core.codes import UNKNOWN, AgeBand, DayState, Method, Sex, VisitorType
from perpudesk.core.errors import InputError, Problem
from perpudesk.core.formats import number
from perpudesk.patrons.model import OLDEST, Profile
from perpudesk.visits.model import BAD_COUNT, MOST_AT_ONCE, VisitDraft, parse_time

SHEET_EMPTY = Problem(
    "sheet_empty",
    "Nothing is typed yet. If nobody came that day, type 0 as the total on the sheet.",
)
SHEET_DAY_MISSING = Problem(
    "sheet_day_missing", "The day is empty. Type the day that stands on the sheet."
)
BAD_AGE = Problem(
    "bad_age", "“{text}” is not an age. Type years up to {oldest}, or an age group like {example}."
)

_WANTING = (DayState.OPEN_NOT_COUNTED, DayState.NOT_SET)


class Cell(NamedTuple):
    """A box of a tally sheet; `band` is a slug of an age group or `unknown`."""

    purpose: str
    sex: str
    band: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line of a register: so many alike, at a time of day where it was written down."""

    sex: Sex = Sex.UNKNOWN
    age_years: int | None = None
    age_band: str | None = None
    purpose: str = UNKNOWN
    count: int = 1
    at: time | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A sheet as far as it is typed: boxes as texts, also where they cannot be read yet.

    `stated` is the total that stands on the paper itself.
    """

    day: date | None = None
    method: Method = Method.COUNTED
    cells: Mapping[Cell, str] = field(default_factory=dict)
    lines: tuple[Line, ...] = ()
    stated: str = ""

    @property
    def blank(self) -> bool:
        """Whether nothing of the paper is typed yet."""
        return not (any(self.cells.values()) or self.lines or self.stated)


class Doubt(StrEnum):
    """Why a sheet is asked about before it is stored."""

    OTHER_TOTAL = "other_total"
    SECOND_SHEET = "second_sheet"
    HAS_VISITS = "has_visits"
    DAY_CLOSED = "day_closed"
    MONTH_CLOSED = "month_closed"


def parse_count(text: str, *, field: str, low: int = 0) -> int | None:
    """A count as it is typed, None for nothing; raises `InputError` bad_count."""
    tidy = text.strip()
    if re.fullmatch(r"\d{1,3}([. ]\d{3})+", tidy, re.ASCII):  # 1.234, as Indonesians write it
        tidy = tidy.replace(".", "").replace(" ", "")
    if not tidy:
        return None
    if re.fullmatch(r"\d{1,9}", tidy, re.ASCII) and low <= int(tidy) <= MOST_AT_ONCE:
        return int(tidy)
    raise InputError(BAD_COUNT, field=field, low=low, high=number(MOST_AT_ONCE))


def parse_age(text: str, bands: Sequence[AgeBand]) -> tuple[int | None, str | None]:
    """Years or the slug of an age group, as a register has them; raises `InputError` bad_age."""
    tidy = text.strip().replace("–", "-").replace(" ", "")
    if not tidy or tidy == "?":
        return None, None
    if tidy in {band.slug for band in bands}:
        return None, tidy
    if re.fullmatch(r"\d{1,3}", tidy, re.ASCII) and int(tidy) <= OLDEST:
        return int(tidy), None
    raise InputError(
        BAD_AGE, field="age", text=text.strip()[:20], oldest=OLDEST, example=bands[-1].label
    )


def line_of(
    bands: Sequence[AgeBand], *, sex: str, age: str, purpose: str, count: str, at: str
) -> Line:
    """A line as it is typed; an empty count is 1. Raises `InputError` on the field refused."""
    years, band = parse_age(age, bands)
    counted = parse_count(count, field="count", low=1)
    return Line(
        sex=Sex(sex),
        age_years=years,
        age_band=band,
        purpose=purpose,
        count=1 if counted is None else counted,
        at=parse_time(at),
    )


def typed_total(sheet: Sheet) -> int:
    """What the sheet adds up to, as far as its boxes hold numbers."""
    return sum(typed_by_purpose(sheet).values()) + sum(line.count for line in sheet.lines)


def typed_by_purpose(sheet: Sheet) -> dict[str, int]:
    """The boxes of each purpose together, as far as they hold numbers."""
    totals: dict[str, int] = {}
    for cell, text in sheet.cells.items():
        totals[cell.purpose] = totals.get(cell.purpose, 0) + _readable(text)
    return totals


def _readable(text: str) -> int:
    try:
        return parse_count(text, field="") or 0
    except InputError:  # told when the sheet is stored
        return 0


def cell_field(cell: Cell) -> str:
    """What an `InputError` calls a box."""
    return " ".join(cell)


def visits_of(sheet: Sheet) -> list[VisitDraft]:
    """The visits of the sheet: one for each box and each line; the time is unknown unless typed.

    Whether a visitor was a member does not stand on the sheet. Raises `InputError` on the box
    (`cell_field`), on `stated`, or on `day`; a sheet with nothing on it needs a stated 0.
    """
    if sheet.day is None:
        raise InputError(SHEET_DAY_MISSING, field="day")
    drafts = [*_of_cells(sheet), *(_of_line(sheet, line) for line in sheet.lines)]
    stated = parse_count(sheet.stated, field="stated")
    if not drafts and stated != 0:
        raise InputError(SHEET_EMPTY, field="stated")
    return drafts


def _of_cells(sheet: Sheet) -> Iterator[VisitDraft]:
    for cell, text in sheet.cells.items():
        if count := parse_count(text, field=cell_field(cell)):
            band = None if cell.band == UNKNOWN else cell.band
            profile = Profile(sex=Sex(cell.sex), age_band=band)
            yield _draft(sheet, profile, cell.purpose, count)


def _of_line(sheet: Sheet, line: Line) -> VisitDraft:
    profile = Profile(sex=line.sex, age_years=line.age_years, age_band=line.age_band)
    return _draft(sheet, profile, line.purpose, line.count, line.at)


def _draft(
    sheet: Sheet, profile: Profile, purpose: str, count: int, at: time | None = None
) -> VisitDraft:
    return VisitDraft(
        profile=profile,
        count=count,
        purpose=purpose,
        type=VisitorType.UNKNOWN,
        method=sheet.method,
        on=sheet.day,
        at=at,
    )


def doubts_of(sheet: Sheet, day: DayInfo, *, sheets: int, month_closed: bool) -> tuple[Doubt, ...]:
    """What to ask about before the sheet is stored; `sheets` of that day are stored already."""
    found = []
    stated = parse_count(sheet.stated, field="stated")
    if stated is not None and stated != typed_total(sheet):
        found.append(Doubt.OTHER_TOTAL)
    if sheets:
        found.append(Doubt.SECOND_SHEET)
    elif day.visits:
        found.append(Doubt.HAS_VISITS)
    if day.state is DayState.CLOSED:
        found.append(Doubt.DAY_CLOSED)
    if month_closed:
        found.append(Doubt.MONTH_CLOSED)
    return tuple(found)


def state_after(sheet: Sheet, day: DayInfo, typed: int) -> DayState | None:
    """What the day has to be set to with the sheet, None where it says so by itself.

    An estimate makes the day estimated. A count opens a day that was set otherwise, but a day
    whose other visits are estimates stays estimated; a day on which nobody came has to be set,
    since no record says that it was counted.
    """
    if sheet.method is Method.ESTIMATED:
        return None if day.was_set and day.state is DayState.ESTIMATED else DayState.ESTIMATED
    if day.state is DayState.ESTIMATED and day.visits:
        return None
    if day.was_set:
        return None if day.state is DayState.OPEN_COUNTED else DayState.OPEN_COUNTED
    return None if typed or day.visits else DayState.OPEN_COUNTED


def wants_numbers(day: DayInfo, week: Week | None) -> bool:
    """Whether the branch was open, as far as is known, and nobody knows how many came."""
    if day.visits or day.state not in _WANTING:
        return False
    if day.state is DayState.OPEN_NOT_COUNTED:
        return True
    return day.holiday is None and (week is None or week[day.date.weekday()] is not None)


def next_day(
    days: Sequence[DayInfo], week: Week | None, *, after: date | None, first_record: date | None
) -> date | None:
    """The day whose sheet comes next: the first without numbers after `after`, else of all.

    Days before the branch's first record come last: hardly anybody has sheets of them.
    """
    wanting = [day.date for day in days if wants_numbers(day, week)]
    known = [day for day in wanting if first_record is not None and day >= first_record]
    later = [day for day in wanting if after is not None and day > after]
    return next(iter([*later, *known, *wanting]), None)


def sheet_json(sheet: Sheet) -> dict[str, Any]:
    """The sheet as plain values, to be kept."""
    return {
        "day": sheet.day.isoformat() if sheet.day else None,
        "method": str(sheet.method),
        "cells": [[*cell, text] for cell, text in sheet.cells.items() if text],
        "lines": [
            {
                "sex": str(line.sex),
                "age_years": line.age_years,
                "age_band": line.age_band,
                "purpose": line.purpose,
                "count": line.count,
                "at": line.at.isoformat("minutes") if line.at else None,
            }
            for line in sheet.lines
        ],
        "stated": sheet.stated,
    }


def sheet_from(plain: Mapping[str, Any]) -> Sheet:
    """The sheet that `sheet_json` made plain."""
    return Sheet(
        day=date.fromisoformat(plain["day"]) if plain["day"] else None,
        method=Method(plain["method"]),
        cells={Cell(*cell): text for *cell, text in plain["cells"]},
        lines=tuple(
            Line(
                sex=Sex(line["sex"]),
                age_years=line["age_years"],
                age_band=line["age_band"],
                purpose=line["purpose"],
                count=line["count"],
                at=time.fromisoformat(line["at"]) if line["at"] else None,
            )
            for line in plain["lines"]
        ),
        stated=plain["stated"],
    )


def bands_of(sheet: Sheet, bands: Sequence[AgeBand]) -> list[str]:
    """The columns of its boxes: the branch's set, and any other age group that holds a number."""
    own = [band.slug for band in bands]
    return [*own, *others_of((cell.band for cell, text in sheet.cells.items() if text), own)]


def others_of(found: Collection[str] | Iterator[str], own: Collection[str]) -> list[str]:
    """Age groups among `found` that are none of `own`, by their slugs."""
    return sorted({*found} - {*own, UNKNOWN})
