"""What is held on a person, where free words name them, and how long they are known by name."""

from __future__ import annotations

import calendar
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from perpudesk.core.errors import Problem

ALREADY_ERASED = Problem("already_erased", "The name of this person was erased before.")
GRACE = timedelta(days=30)
"""So long an earlier version's names wait for the first time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """Free words of a record that hold a name: of which kind, which field, and the words."""

    kind: str
    record_id: str
    column: str
    text: str
    day: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """How many records of each kind speak of a person, between which days."""

    counts: Mapping[str, int] = field(default_factory=dict)
    first: date | None = None
    last: date | None = None
    courses: tuple[tuple[date | None, str, str], ...] = ()
    """Trainings and activities: first day, title, and the certificate's number or nothing."""
    mentions: tuple[Mention, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlook:
    """What the branch's rule means today: how many names go, and from when on."""

    months: int
    due: int
    waits_until: date | None
    """The first day on which names of an earlier version are erased by themselves."""


def before(today: date, months: int) -> date:
    """The day `months` calendar months before today: who was seen last before it is due."""
    total = today.year * 12 + today.month - 1 - months
    year, month = divmod(total, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(today.day, last))
