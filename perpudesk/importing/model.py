"""What comes out of a file before anything of it is stored, and how its rows are counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from perpudesk.core.codes import UNKNOWN, Method
from perpudesk.core.errors import Problem
from perpudesk.core.formats import number
from perpudesk.core.i18n import tr
from perpudesk.patrons.model import ImportedPatron
from perpudesk.totals.model import PeriodTotal

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


class RowSession(NamedTuple):
    """A computer session that a list tells of: when, where, and whose.

    The columns of `ImportedSession`, with what the list calls the workstation in place of its id
    and the member number in place of the patron, either empty where there is none; and its
    `minutes`, None where they are unknown.
    """

    id: str
    local_date: str
    local_hour: int | None
    precision: str
    device: int
    workstation: str
    started_at: str | None
    ended_at: str | None
    end_reason: str | None
    type: str
    sex: str
    age_years: int | None
    age_band: str | None
    occupation: str
    education: str
    purpose: str
    method: str
    note: str | None
    number: str
    count: int  # type: ignore[assignment]  # the column, not the method of tuples
    minutes: int | None


class RowActivity(NamedTuple):
    """An activity that a list tells of, under the id that its values give it.

    `audience` is that of a training; of a community's meeting it is empty, and `kind` and `role`
    say what it was. `people` are all who came, None where nobody counted.
    """

    id: str
    local_date: str
    minute: int | None
    title: str
    audience: str
    kind: str
    role: str
    topic: str
    community: str
    female: int
    male: int
    people: int | None
    method: str
    note: str | None


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
    params: Mapping[str, object] = field(default_factory=dict)

    def sentence(self) -> str:
        """Why, in the current language."""
        shown = " ".join(self.value.split())
        cut = shown if len(shown) <= SHOWN else f"{shown[:SHOWN]}…"
        more = {"n": number(self.visits), **_shown(self.params)}
        return tr(self.problem.sentence, value=cut, column=self.column, row=self.row, **more)


def _shown(params: Mapping[str, object]) -> dict[str, object]:
    """What a sentence is filled with, numbers as they are printed."""
    return {
        name: number(value) if isinstance(value, int) else value for name, value in params.items()
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """Something about the whole file that the librarian should know before agreeing."""

    problem: Problem
    params: Mapping[str, object] = field(default_factory=dict)

    def sentence(self) -> str:
        """The remark in the current language."""
        return tr(self.problem.sentence, **_shown(self.params))


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """All that a file says, item by item; the parts add up to `read`.

    An item is a row, or a cell of a wide table. A row of women and men is two visits, of which one
    is in `seconds`; of a session that several rows tell of `more` counts the others, by its id.
    `names` holds the newest name of each member number that can be relied on; it
    stays in memory. `unchanged` counts items that are here already in another way than by their
    ids. `samples`, or `shown` below `titles`, are the first rows as they would be stored.
    """

    source: str
    header: tuple[str, ...]
    visits: Sequence[RowVisit] = ()
    sessions: Sequence[RowSession] = ()
    totals: Sequence[PeriodTotal] = ()
    patrons: Sequence[ImportedPatron] = ()
    activities: Sequence[RowActivity] = ()
    doubles: Sequence[tuple[Aside, RowActivity]] = ()
    """Activities that are left out because they stand in the list, or here, already."""
    refused: Sequence[Aside]
    left_out: Sequence[Aside]
    names: Mapping[str, str] = field(default_factory=dict)
    remarks: tuple[Remark, ...] = ()
    samples: tuple[Sample, ...] = ()
    titles: tuple[str, ...] = ()
    shown: tuple[tuple[str, ...], ...] = ()
    seconds: AbstractSet[str] = frozenset()
    more: Mapping[str, int] = field(default_factory=dict)
    unchanged: int = 0

    @property
    def usable(self) -> int:
        """How many items say something that can be stored, or is already."""
        visits = len(self.visits) - len(self.seconds)
        sessions = len(self.sessions) + sum(self.more.values())
        others = len(self.totals) + len(self.patrons) + len(self.activities)
        return visits + sessions + others + self.unchanged

    @property
    def read(self) -> int:
        """How many items stand below the header."""
        return self.usable + len(self.refused) + len(self.left_out)

    @property
    def people(self) -> int:
        """How many persons can be told apart for sure: by their member numbers."""
        return len(self.names)

    def reasons(self) -> dict[str, int]:
        """How many rows were refused or left out, by the code of the reason; most first."""
        counted = Counter(each.problem.code for each in (*self.refused, *self.left_out))
        return dict(counted.most_common())

    def days(self) -> tuple[date, date] | None:
        """The first and the last day of a visit, a session or an activity."""
        days = [visit.local_date for visit in self.visits]
        days += [session.local_date for session in self.sessions]
        days += [activity.local_date for activity in self.activities]
        days += [
            day.isoformat() for each in self.totals for day in (each.month.first, each.month.last)
        ]
        return (date.fromisoformat(min(days)), date.fromisoformat(max(days))) if days else None

    def months(self) -> dict[str, int]:
        """Visits per month (`2026-10`), earliest first; or sessions, activities, totals."""
        counted: Counter[str] = Counter()
        for visit in self.visits:
            counted[visit.local_date[:7]] += visit.count
        for session in self.sessions:
            counted[session.local_date[:7]] += session.count
        for activity in self.activities:
            counted[activity.local_date[:7]] += 1
        for total in self.totals:
            counted[total.month.code] += total.value
        return dict(sorted(counted.items()))


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What an import would do; nothing of it is stored yet.

    `counts` are those of `counts_of`. `newcomers` are names by member number, `whose` the member
    numbers of visits that are here without a patron, by their ids; `ends` are the ends of sessions
    that came in without one, and `machines` what the workstations are called that are new. `seen`
    is the state of the imports it was worked out against. When these very bytes came in before,
    `same_as` is that import, nothing is read again, and `reading` is None.
    """

    source: str
    path: Path
    digest: str
    seen: int
    counts: Mapping[str, Any]
    reading: Reading | None = None
    added: Sequence[RowVisit] = ()
    sessions: Sequence[RowSession] = ()
    ends: Sequence[RowSession] = ()
    machines: Sequence[str] = ()
    months: AbstractSet[date] = frozenset()
    """The first days of the months in which there are other workstations by it."""
    totals: Sequence[PeriodTotal] = ()
    patrons: Sequence[ImportedPatron] = ()
    activities: Sequence[RowActivity] = ()
    communities: Sequence[str] = ()
    """The names of communities that are new by it."""
    apart: Reading | None = None
    """As it was read, while the doubles that it left out are wanted after all."""
    newcomers: Mapping[str, str] = field(default_factory=dict)
    whose: Mapping[str, str] = field(default_factory=dict)
    same_as: str | None = None
    read_again: Callable[[], Reading] | None = None
    """Reads what was not read because it is known."""
    over: tuple[date, ...] = ()
    """Days of new visits on which others are recorded already: somebody must agree."""
    signature: str = ""
    """How the columns of this header are remembered; empty where they are always the same."""
    remember: Mapping[str, Any] = field(default_factory=dict)

    def whole(self) -> Reading:
        """What was read, or is read now because somebody asks for its rows."""
        if self.reading is not None:
            return self.reading
        assert self.read_again is not None  # noqa: S101 - what was not read can be
        return self.read_again()

    @property
    def nothing_new(self) -> bool:
        """Whether there is nothing to store."""
        visits = self.added or self.newcomers or self.whose
        rows = self.sessions or self.ends or self.totals or self.patrons or self.activities
        return not (visits or rows)

    @property
    def stored(self) -> int:
        """How much would be stored: visits, sessions, activities, totals of months, or people."""
        visits = sum(visit.count for visit in self.added)
        sessions = sum(session.count for session in self.sessions)
        others = len(self.totals) + len(self.patrons) + len(self.activities)
        return visits + sessions + others

    @property
    def has_doubles(self) -> bool:
        """Whether activities were left out that somebody may want after all."""
        return self.reading is not None and bool(self.reading.doubles)

    def days(self) -> set[date]:
        """The days on which it would change what is recorded, of a month its first."""
        found = {visit.local_date for visit in self.added}
        found |= {session.local_date for session in (*self.sessions, *self.ends)}
        found |= {activity.local_date for activity in self.activities}
        days = {date.fromisoformat(day) for day in found}
        return days | {total.month.first for total in self.totals} | self.months

    def without_rows(self) -> Preview:
        """What is still of use when the rows are stored; a long list weighs on the memory."""
        reading = self.reading
        if reading is not None:
            reading = replace(
                reading, visits=(), seconds=set(), sessions=(), more={}, activities=(), doubles=()
            )
        less = replace(self, added=(), whose={}, sessions=(), ends=(), reading=reading)
        return replace(less, activities=(), apart=None)


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
        "unchanged": reading.usable - added,
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
    nothing = dict.fromkeys(
        (
            *("added", "patrons", "named", "visits", "days_with_records"),
            *("sessions", "minutes", "workstations", "ended"),
        ),
        0,
    )
    kept = {key: value for key, value in nothing.items() if key in counts}
    return {**counts, **kept, "unchanged": unchanged}
