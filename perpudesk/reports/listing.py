"""Rows of a recap: what a day had, and what each visit was. Nothing of persons is in them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from perpudesk.core.codes import Method, Sex, VisitorType


@dataclass(frozen=True, slots=True, kw_only=True)
class DayCount:
    """So many visitors of one kind on a day; without a day where only the month is known."""

    day: date | None
    type: VisitorType
    sex: Sex
    method: Method
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitLine:
    """A visit as it was recorded; `time` is local, empty where only the day is known.

    `parts` are a group's counts by sex as far as they were taken.
    """

    day: date | None
    time: str
    type: VisitorType
    sex: Sex
    age_years: int | None
    age_band: str | None
    purpose: str
    method: Method
    count: int
    parts: Mapping[str, int] | None = None
