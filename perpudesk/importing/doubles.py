"""Which activities of a list are probably ones that it, or this library, has told already."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from perpudesk.core.errors import Problem
from perpudesk.importing.columns import Head, Plan
from perpudesk.importing.fields import is_never, plain
from perpudesk.importing.identity import tidy
from perpudesk.importing.model import RowActivity

TWICE_LISTED = Problem(
    "activity_twice",
    "“{value}” stands in the list before, word for word. Only the first one comes in, unless you "
    "say that it was held twice.",
)
RECORDED_HERE = Problem(
    "activity_here",
    "“{value}” is recorded here on that day already. It does not come in, unless you say that it "
    "was another one.",
)
_SPACES = re.compile(r"\s+")
_NUMBERING = frozenset(
    ("#", "id", "no", "no urut", "nomor", "nomor urut", "nr", "number", "timestamp", "cap waktu")
)
"""Titles of columns that tell rows apart, not activities."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ActivitiesHere:
    """What is known of activities: those recorded, by day and title, and those files brought.

    `begun` is the year in which the library began, as far as that is known.
    """

    recorded: Collection[tuple[str, str]] = ()
    known: Collection[str] = ()
    begun: int | None = None


class Doubles:
    """Finds the doubles of one list, row by row.

    Two rows are the same where all their columns say the same, also those that are not read: the
    same course on the same day may have been held at two places.
    """

    def __init__(self, head: Head, plan: Plan, here: ActivitiesHere) -> None:
        read = set(plan.columns.values())
        self._beside = [
            at
            for at, title in enumerate(head.titles)
            if at not in read and not is_never(title) and plain(title) not in _NUMBERING
        ]
        self._here = here
        self._seen: set[tuple[str, ...]] = set()

    def why(self, activity: RowActivity, row: Sequence[str]) -> Problem | None:
        """Why an activity is probably no other one; None for one that is new, or of this file."""
        beside = [tidy(row[at]) if at < len(row) else "" for at in self._beside]
        said = (repr(activity[1:]), *beside)
        again = said in self._seen
        self._seen.add(said)
        if activity.id in self._here.known:
            return None
        if again:
            return TWICE_LISTED
        told = (activity.local_date, named(activity.title))
        return RECORDED_HERE if told in self._here.recorded else None


def named(text: str) -> str:
    """A title or name as it is compared."""
    return _SPACES.sub(" ", plain(text))
