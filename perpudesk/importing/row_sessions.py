"""A log of computer use: a row a session, or a row a day with how many there were.

Start and end are believed, a duration is not: it is held against them, and stands in only where
there is no end. An end without a day is of the day of its start, or of the night after it. What
cannot have been (an end before the start, a start to come) is refused with its row; what is merely
odd (over a day, two at once) is kept as it stands, and told.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta, tzinfo

from perpudesk.computers.model import LABEL_MOST, NOTE_MOST
from perpudesk.core.errors import Problem
from perpudesk.core.formats import clock_text, number
from perpudesk.core.times import parse_utc, utc_text
from perpudesk.importing.asides import (
    BLANK,
    HEADER,
    LEFT_OUT,
    NO_SESSIONS,
    NOT_COUNTED,
    NOTE,
    NOTE_CUT,
    RUN_TOGETHER,
    begins_a_note,
    mangled_remarks,
    order_remarks,
    says_a_total,
    unclear_remarks,
    unused_remarks,
)
from perpudesk.importing.columns import Head, Plan, kept, unused
from perpudesk.importing.dates import SLACK, Moments, When
from perpudesk.importing.durations import seconds_of, unit_of
from perpudesk.importing.fields import What
from perpudesk.importing.identity import reliable
from perpudesk.importing.model import SAMPLES, Aside, Reading, Remark
from perpudesk.importing.together import drawn_together
from perpudesk.importing.used import MOST, TOO_MANY, SessionCells, Used
from perpudesk.importing.uses import ENDS_BEFORE, NO_TIMES, WORKSTATION_CUT, Uses, as_shown
from perpudesk.importing.words import Vocabulary

Rows = Sequence[Sequence[str]]
Report = Callable[[int, int], None]

ONE_AT_A_TIME = Problem(
    "one_at_a_time", "A row with a time is one session, but this one says “{value}”."
)
DURATION_DIFFERS = Problem(
    "duration_differs",
    "Durations that are not what lies between start and end: {n}, like row {row}, which says "
    "{said} where {sum} minutes passed. The start and the end count.",
)
DURATION_TAKEN = Problem(
    "duration_taken",
    "Sessions whose end was worked out from their duration: {n}, like row {row}, where {said} was "
    "read as {sum} minutes.",
)
PAST_MIDNIGHT = Problem(
    "past_midnight",
    "Ends earlier in the day than the start, taken for those of the next day: {n}, like row {row}.",
)

_MIDNIGHT = " 00:00:00"
"""What a spreadsheet says of a day without a time."""
_CLOCK = re.compile(
    r"[0-9]{1,2}[:.][0-9]{2}(?:[:.][0-9]{2})?(?:\.[0-9]+)?(?:\s*[AP]\.?M\.?)?(?:\s*(?:WIB|WITA|WIT))?",
    re.IGNORECASE,
)
_NOTHING = {"", "-", "–", "—", "?", "null", "\\n", "n/a", "none", "0000-00-00 00:00:00"}
"""How a log says that there is no end."""
_TOLERATED = timedelta(minutes=1)
"""So far a duration may be off, as both were cut to whole minutes (ours)."""
_TOLD_EVERY = 2_000
_NOTES_BEGIN = 3


def read(
    rows: Rows,
    head: Head,
    plan: Plan,
    *,
    key: bytes,
    where: tzinfo,
    now: datetime,
    longest: timedelta,
    words: Mapping[str, Vocabulary],
    report: Report,
) -> Reading:
    """Everything that `rows` say below `head`, read by `plan`; no row goes without a word.

    `key` is the branch's secret, `where` its zone, `now` ends what can have happened; what took
    more than `longest` was forgotten. `words` are the branch's lists by the field that names them.
    """
    log = _Log(rows, head, plan, key=key, where=where, now=now, longest=longest, words=words)
    return log.read(report)


class _Log:
    """One log on its way through: what repeats in its rows is worked out once."""

    def __init__(
        self,
        rows: Rows,
        head: Head,
        plan: Plan,
        *,
        key: bytes,
        where: tzinfo,
        now: datetime,
        longest: timedelta,
        words: Mapping[str, Vocabulary],
    ) -> None:
        self._rows, self._first = head.parted(rows)
        self._head, self._plan, self._at = head, plan, plan.columns
        self._where, self._longest, self._latest = where, longest, utc_text(now + SLACK)
        self._width = max(self._at.values(), default=0) + 1
        self._least_of_two = len(head.titles) + len(self._at) - 1
        self._dated = max(1, sum(code in self._at for code in ("date", "start", "end")))
        self._uses = Uses(
            key, What.SESSIONS, where=where, longest=longest, estimated=plan.estimated
        )
        self._cells = SessionCells(head.titles, self._at, words, self._uses.who)
        self._unit = unit_of(head.titles[self._at["duration"]]) if "duration" in self._at else 60
        self._starts = [self._start_text(row) for row in self._rows]
        ends = (self._cell(row, "end") for row in self._rows)
        self._moments = Moments((*self._starts, *ends), where=where, now=now)
        self._said: dict[tuple[str, ...], Used] = {}
        self._unclear: dict[str, Counter[str]] = {}

    def _cell(self, row: Sequence[str], code: str) -> str:
        at = self._at.get(code)
        return "" if at is None or at >= len(row) else row[at].strip()

    def _start_text(self, row: Sequence[str]) -> str:
        """The start of a row, whose day may stand in a column of its own."""
        day, start = self._cell(row, "date").removesuffix(_MIDNIGHT), self._cell(row, "start")
        if start.casefold() in _NOTHING:
            return day
        return f"{day} {start}" if day and _CLOCK.fullmatch(start) else start

    def read(self, report: Report) -> Reading:
        """Take one row after the other."""
        refused: list[Aside] = []
        left_out: list[Aside] = []
        last = self._first + len(self._rows)
        for place, row in enumerate(self._rows):
            if place % _TOLD_EVERY == 0:
                report(self._first + place, last)
            found = self._row(self._first + place, row, self._starts[place])
            if found is not None:
                (left_out if found.problem in LEFT_OUT else refused).append(found)
        sessions = self._uses.sessions
        numbers = reliable({each.number for each in sessions})
        return Reading(
            source=What.SESSIONS,
            header=self._head.titles,
            sessions=sessions,
            refused=refused,
            left_out=left_out,
            names=dict.fromkeys(numbers, ""),
            remarks=tuple(self._remarks(numbers)),
            titles=self._cells.titles(),
            shown=tuple(
                (each.workstation, *as_shown(each, self._where), *self._cells.beside_times(each))
                for each in sessions[:SAMPLES]
            ),
        )

    def _row(self, at: int, row: Sequence[str], text: str) -> Aside | None:
        """Why a row brings no session; None where it brings one."""
        if len(row) < self._width:
            row = [*row, *[""] * (self._width - len(row))]
        several = drawn_together(row, len(self._head.titles), self._least_of_two, self._dated)
        if several is not None:
            place, n = several
            return self._aside(at, row, RUN_TOGETHER, row[place], place, visits=n)
        cells = tuple([row[place] for place in self._cells.beside])
        said = self._said.get(cells)
        if said is None:
            said = self._said[cells] = self._cells.say(row)
        start = self._moments.at(text)
        if isinstance(start, Problem):
            return self._no_start(at, row, text, start)
        if says_a_total(said.use.workstation):
            return self._aside(at, row, NOTE, said.use.workstation)
        if said.fault is not None:
            why, column = said.fault
            return self._aside(at, row, why, row[column], column)
        if start.hour is None:
            return self._of_day(at, row, said, start)
        return self._timed(at, row, said, start)

    def _no_start(self, at: int, row: Sequence[str], text: str, why: Problem) -> Aside:
        """A row without a start: nothing, the header again, a note, a total, or refused."""
        filled = [cell for cell in row if cell.strip()]
        if not filled:
            return self._aside(at, row, BLANK, "")
        if self._head.is_again(row):
            return self._aside(at, row, HEADER, "")
        if len(filled) == 1 or any(map(begins_a_note, filled[:_NOTES_BEGIN])):
            return self._aside(at, row, NOTE, filled[0])
        column = self._at["start" if self._cell(row, "start") or "date" not in self._at else "date"]
        return self._aside(at, row, why, text, column)

    def _of_day(self, at: int, row: Sequence[str], said: Used, start: When) -> Aside | None:
        """The sessions of a day, as many as the row counts; one where the table counts none."""
        count = said.count if "count" in self._at else 1
        if not count:
            why = NOT_COUNTED if count is None else NO_SESSIONS
            return self._aside(at, row, why, "", self._at["count"])
        if "count" not in self._at:
            self._uses.notes.add(NO_TIMES, at)
        self._keep(at, said)
        self._uses.add_day(at, said.use, start, count)
        return None

    def _timed(self, at: int, row: Sequence[str], said: Used, start: When) -> Aside | None:
        """One session with a time of start."""
        if said.count not in (None, 1):
            column = self._at["count"]
            return self._aside(at, row, ONE_AT_A_TIME, row[column], column)
        text = self._cell(row, "end")
        ended = None if text.casefold() in _NOTHING else self._ended(at, text, start)
        if isinstance(ended, Problem):
            began = clock_text(f"{start.clock[:2]}:{start.clock[2:4]}")
            return self._aside(at, row, ended, text, self._at["end"], params={"start": began})
        self._keep(at, said)
        self._uses.add(at, said.use, start, self._measured(at, row, start, ended))
        return None

    def _ended(self, at: int, text: str, start: When) -> str | Problem | None:
        """When a session ended; None for a day without a time, which says too little."""
        if _CLOCK.fullmatch(text) is not None:
            return self._ended_by_clock(at, text, start)
        end = self._moments.at(text)
        if isinstance(end, Problem):
            return end
        if end.occurred_at is None:
            self._not_understood("end", text)
            return None
        return self._uses.end_of(at, start, end)

    def _ended_by_clock(self, at: int, text: str, start: When) -> str | Problem:
        """Of an end without a day: on that of the start, or in the night after it."""
        end = self._moments.at(f"{start.day} {text}")
        ended = end if isinstance(end, Problem) else self._uses.end_of(at, start, end)
        if ended is not ENDS_BEFORE:
            return ended
        next_day = date.fromisoformat(start.day) + timedelta(days=1)
        end = self._moments.at(f"{next_day.isoformat()} {text}")
        if isinstance(end, Problem) or self._took(start, end.occurred_at or "") > self._longest:
            return ENDS_BEFORE
        self._uses.notes.add(PAST_MIDNIGHT, at)
        return self._uses.end_of(at, start, end)

    @staticmethod
    def _took(start: When, ended: str) -> timedelta:
        return parse_utc(ended) - parse_utc(start.occurred_at or "")

    def _measured(self, at: int, row: Sequence[str], start: When, ended: str | None) -> str | None:
        """The end, held against the duration; or by the duration, where the row has no end."""
        text = self._cell(row, "duration")
        if text.casefold() in _NOTHING:
            return ended
        seconds = seconds_of(text, self._unit)
        if seconds is None:
            self._not_understood("duration", text)
            return ended
        said = timedelta(seconds=seconds)
        if ended is None:
            ended = utc_text(parse_utc(start.occurred_at or "") + said)
            if ended > self._latest:
                return None
            self._uses.notes.add(DURATION_TAKEN, at, said=text, sum=number(seconds // 60))
            return ended
        took = self._took(start, ended)
        if abs(took - said) > _TOLERATED:
            passed = number(took // timedelta(minutes=1))
            self._uses.notes.add(DURATION_DIFFERS, at, said=text, sum=passed)
        return ended

    def _not_understood(self, code: str, text: str) -> None:
        title = self._head.titles[self._at[code]]
        self._unclear.setdefault(title, Counter())[text] += 1

    def _keep(self, at: int, said: Used) -> None:
        """What of a row is told of the log as a whole."""
        for column, value in said.unclear:
            self._unclear.setdefault(column, Counter())[value] += 1
        if "workstation" in said.cut:
            self._uses.notes.add(WORKSTATION_CUT, at, most=LABEL_MOST)
        if "note" in said.cut:
            self._uses.notes.add(NOTE_CUT, at, most=NOTE_MOST)

    def _aside(
        self,
        at: int,
        row: Sequence[str],
        why: Problem,
        value: str,
        column: int | None = None,
        *,
        visits: int = 1,
        params: Mapping[str, object] | None = None,
    ) -> Aside:
        titles = self._head.titles
        return Aside(
            row=at,
            problem=why,
            column="" if column is None or column >= len(titles) else titles[column],
            value=value,
            cells=() if why is BLANK else kept(self._head, row),
            visits=visits,
            params=params or ({"most": MOST} if why is TOO_MANY else {}),
        )

    def _remarks(self, numbers: frozenset[str]) -> Iterator[Remark]:
        """What is to be said of the log as a whole."""
        yield from order_remarks(self._moments.order)
        yield from self._uses.remarks()
        yield from unclear_remarks(self._unclear)
        yield from mangled_remarks([each.number for each in self._uses.sessions], numbers)
        yield from unused_remarks(unused(self._head, self._plan))
