"""What comes out of a file before anything of it is stored, and how its rows are counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from perpudesk.core.codes import UNKNOWN, Method
from perpudesk.core.errors import Problem
from perpudesk.core.formats import number
from perpudesk.core.i18n import tr

SHOWN = 60
"""Of a cell's text, a sentence repeats no more than this."""
SAMPLES = 20


class RowVisit(NamedTuple):
    """A visit that a row tells of: its id, when it was, and whose; the name is not in it.

    The columns of `ImportedVisit`, with the member number in place of the patron; it is empty where
    there is none that can be relied on.
    """

    id: str
    local_date: str
    local_hour: int | None
    occurred_at: str | None
    precision: str
    type: str
    institution: str | None
    sex: str = UNKNOWN
    age_years: int | None = None
    age_band: str | None = None
    occupation: str = UNKNOWN
    education: str = UNKNOWN
    purpose: str = UNKNOWN
    method: str = Method.COUNTED.value
    count: int = 1  # type: ignore[assignment]  # the column, not the method of tuples
    note: str | None = None
    number: str = ""


_COUNTED = Method.COUNTED.value
NOTHING_MORE = (UNKNOWN, None, None, UNKNOWN, UNKNOWN, UNKNOWN, _COUNTED, 1, None)
"""What a list says of a visit that says only when, where from and whose: up to the number."""


class Sample(NamedTuple):
    """A visit as the librarian sees it before agreeing; `clock` is `094107` or has `ff` in it."""

    day: str
    clock: str
    name: str
    number: str
    type: str
    institution: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Aside:
    """A row that is no visit: refused, or left out because it never was one.

    `row` counts as a spreadsheet does, from 1; `column` is the title of the cell that is at fault.
    `visits` is how many may stand in it, `header` what stands above its cells.
    """

    row: int
    problem: Problem
    column: str = ""
    value: str = ""
    cells: tuple[str, ...] = ()
    visits: int = 1
    header: tuple[str, ...] = ()

    def sentence(self) -> str:
        """Why, in the current language."""
        shown = " ".join(self.value.split())
        cut = shown if len(shown) <= SHOWN else f"{shown[:SHOWN]}…"
        visits = number(self.visits)
        return tr(self.problem.sentence, value=cut, column=self.column, row=self.row, n=visits)


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """Something about the whole file that the librarian should know before agreeing."""

    problem: Problem
    params: Mapping[str, object] = field(default_factory=dict)

    def sentence(self) -> str:
        """The remark in the current language."""
        shown = {
            name: number(value) if isinstance(value, int) else value
            for name, value in self.params.items()
        }
        return tr(self.problem.sentence, **shown)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """All that a file says, row by row; the parts add up to `read`.

    `names` holds the newest name of each member number that can be relied on; it stays in memory.
    """

    source: str
    header: tuple[str, ...]
    visits: Sequence[RowVisit]
    refused: Sequence[Aside]
    left_out: Sequence[Aside]
    names: Mapping[str, str]
    remarks: tuple[Remark, ...] = ()
    samples: tuple[Sample, ...] = ()

    @property
    def read(self) -> int:
        """How many rows stand below the header."""
        return len(self.visits) + len(self.refused) + len(self.left_out)

    @property
    def people(self) -> int:
        """How many persons can be told apart for sure: by their member numbers."""
        return len(self.names)

    def reasons(self) -> dict[str, int]:
        """How many rows were refused or left out, by the code of the reason; most first."""
        counted = Counter(each.problem.code for each in (*self.refused, *self.left_out))
        return dict(counted.most_common())

    def days(self) -> tuple[date, date] | None:
        """The first and the last day of a visit."""
        if not self.visits:
            return None
        days = [visit.local_date for visit in self.visits]
        return date.fromisoformat(min(days)), date.fromisoformat(max(days))

    def months(self) -> dict[str, int]:
        """Visits per month (`2026-10`), earliest first."""
        return dict(sorted(Counter(visit.local_date[:7] for visit in self.visits).items()))


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What an import would do; nothing of it is stored yet.

    `counts` are those of `counts_of`. `newcomers` are names by member number, `whose` the member
    numbers of visits that are here without a patron, by their ids. `seen` is the state
    of the imports it was worked out against. When these very bytes came in before, `same_as` is
    that import, nothing is read again, and `reading` is None.
    """

    source: str
    path: Path
    digest: str
    seen: int
    counts: Mapping[str, Any]
    reading: Reading | None = None
    added: Sequence[RowVisit] = ()
    newcomers: Mapping[str, str] = field(default_factory=dict)
    whose: Mapping[str, str] = field(default_factory=dict)
    same_as: str | None = None

    @property
    def nothing_new(self) -> bool:
        """Whether there is nothing to store."""
        return not (self.added or self.newcomers or self.whose)

    def without_visits(self) -> Preview:
        """What is still of use when the visits are stored; a long list weighs on the memory."""
        reading = None if self.reading is None else replace(self.reading, visits=())
        return replace(self, added=(), whose={}, reading=reading)


def counts_of(reading: Reading, added: int) -> dict[str, Any]:
    """The counts of an import as they are kept with it.

    `added`, `unchanged`, `refused` and `left_out` add up to `read`. `people` are those who can be
    told apart for sure, `patrons` those who became patrons by it and `names` whether that was
    asked for (not yet), `named` how many earlier visits got their patron by it; `first` and `last`
    are days or None.
    """
    first, last = reading.days() or (None, None)
    return {
        "read": reading.read,
        "added": added,
        "unchanged": len(reading.visits) - added,
        "refused": len(reading.refused),
        "left_out": len(reading.left_out),
        "people": reading.people,
        "reasons": reading.reasons(),
        "names": False,
        "patrons": 0,
        "named": 0,
        "first": None if first is None else first.isoformat(),
        "last": None if last is None else last.isoformat(),
    }


def again(counts: Mapping[str, Any]) -> dict[str, Any]:
    """The counts of the same bytes once more: what was added then is there already."""
    unchanged = counts["added"] + counts["unchanged"]
    return {**counts, "added": 0, "unchanged": unchanged, "patrons": 0, "named": 0}
