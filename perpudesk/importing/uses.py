"""Sessions taken out of a list one after the other, and what is to be said of all of them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from datetime import date, timedelta, tzinfo
from functools import cache
from typing import NamedTuple

from perpudesk.computers.model import LABEL_MOST
from perpudesk.core.codes import UNKNOWN, EndReason, Method, Precision
from perpudesk.core.errors import Problem
from perpudesk.core.formats import clock_text, date_digits, number
from perpudesk.core.times import parse_utc
from perpudesk.importing.dates import When
from perpudesk.importing.identity import NO_SECONDS, Identities
from perpudesk.importing.model import Remark, RowSession

ENDS_BEFORE = Problem("ends_before_start", "“{value}” is before the start, {start}.")
NO_END = Problem(
    "sessions_without_end",
    "Sessions without an end: {n}, like row {row}. They count, but their minutes stay unknown "
    "until someone corrects them.",
)
FORGOTTEN = Problem(
    "sessions_forgotten",
    "Sessions of more than {hours} hours: {n}, like row {row}. They were forgotten: they count, "
    "but their minutes stay unknown until someone corrects them.",
)
OVERLAP = Problem(
    "sessions_overlap",
    "Sessions that began while another had the same workstation: {n}, like row {row}, during row "
    "{other}. All of them count as the list has them.",
)
TWICE = Problem(
    "hour_twice",
    "Times in an hour that passed twice, as the clock was put back: {n}, like row {row}. They were "
    "taken for the first time, unless the session would end before it began.",
)
SKIPPED = Problem(
    "hour_skipped",
    "Times that the clock was put forward over: {n}, like row {row}. They were read as an hour "
    "later.",
)
NO_TIMES = Problem(
    "sessions_without_time",
    "Rows with a day but no time of start: {n}, like row {row}. They count under no hour, and "
    "their minutes are unknown.",
)
WORKSTATION_CUT = Problem(
    "workstation_cut",
    "Workstations whose name is longer than {most} characters: {n}, like row {row}. The rest of it "
    "is not kept.",
)

_DAY, _TIME = str(Precision.DAY), str(Precision.TIME)
_DONE, _FORGOTTEN = str(EndReason.DONE), str(EndReason.FORGOTTEN)
_MINUTE = timedelta(minutes=1)
_BETWEEN = re.compile(r"(?<!\d)[\s_#-]+|[\s_#-]+(?!\d)")
_ZEROS = re.compile(r"(?<!\d)0+(?=\d)")
_UNSEEN = {"Cc", "Cf", "Cs", "Zl", "Zp"}
"""Controls, and what turns the direction of a text."""


class Use(NamedTuple):
    """What a list says of a session beside its times; `who` tells it from others of that moment."""

    who: bytes
    workstation: str = ""
    device: int = 0
    type: str = UNKNOWN
    sex: str = UNKNOWN
    age_years: int | None = None
    age_band: str | None = None
    occupation: str = UNKNOWN
    education: str = UNKNOWN
    purpose: str = UNKNOWN
    note: str | None = None
    number: str = ""


class _Times(NamedTuple):
    """The times of a session as they are stored, and how many minutes and sessions they are."""

    day: str
    hour: int | None = None
    precision: str = _DAY
    began: str | None = None
    ended: str | None = None
    reason: str | None = None
    minutes: int | None = None
    count: int = 1  # type: ignore[assignment]  # not the method of tuples


class Notes:
    """What befell rows of a list: how many by the kind of it, and the first as an example."""

    def __init__(self) -> None:
        self._noted: dict[Problem, list[int]] = {}
        self._first: dict[Problem, dict[str, object]] = {}

    def add(self, problem: Problem, row: int, **params: object) -> None:
        """It befell a row, counting as a spreadsheet does."""
        if problem not in self._first:
            self._first[problem] = {"row": str(row), **params}
            self._noted[problem] = [0]
        self._noted[problem][0] += 1

    def remarks(self) -> Iterator[Remark]:
        """A remark for each kind, as they came."""
        for problem, (n,) in self._noted.items():
            yield Remark(problem=problem, params={"n": n, **self._first[problem]})


class Uses:
    """The sessions of one list on their way through."""

    def __init__(
        self, key: bytes, source: str, *, where: tzinfo, longest: timedelta, estimated: bool = False
    ) -> None:
        """`key` is the branch's secret, `where` its zone; what took `longest` was not forgotten."""
        self._identities = Identities(key, f"{source}\x1f")
        self._where, self._longest = where, longest
        self._method = str(Method.ESTIMATED if estimated else Method.COUNTED)
        self.sessions: list[RowSession] = []
        self._rows: list[int] = []
        self.notes = Notes()

    def who(self, *values: str) -> bytes:
        """What of a row tells its session from others that began then."""
        return self._identities.who(*values)

    def end_of(self, row: int, start: When, end: When) -> str | Problem:
        """When a session ended, of a start and an end with a time; or that it cannot have."""
        began, ended = start.occurred_at or "", end.occurred_at or ""
        if ended < began and end.again is not None:
            ended = end.again
        if ended < began and end.clock.endswith(NO_SECONDS) and ended[:16] == began[:16]:
            ended = began
        if ended < began:
            return ENDS_BEFORE
        self._note_clock(row, end)
        return ended

    def add(self, row: int, use: Use, start: When, ended: str | None, reason: str = _DONE) -> None:
        """A session of a row, to its end or, without one, of unknown length."""
        began = start.occurred_at or ""
        minutes = None
        self._note_clock(row, start)
        if ended is None:
            self.notes.add(NO_END, row)
            reason = _FORGOTTEN
        elif reason != _FORGOTTEN:
            took = parse_utc(ended) - parse_utc(began)
            if took > self._longest:
                self.notes.add(FORGOTTEN, row, hours=self._longest // timedelta(hours=1))
                reason = _FORGOTTEN
            else:
                minutes = took // _MINUTE
        day, hour = start.day, start.hour
        if start.skipped:
            here = parse_utc(began).astimezone(self._where)
            day, hour = here.date().isoformat(), here.hour
        times = _Times(day, hour, _TIME, began, ended or began, reason, minutes)
        self._keep(row, use, start, times)

    def add_day(self, row: int, use: Use, start: When, count: int) -> None:
        """So many sessions of a day, of which nothing else is known."""
        self._keep(row, use, start, _Times(start.day, count=count))

    def _keep(self, row: int, use: Use, start: When, times: _Times) -> None:
        self._rows.append(row)
        self.sessions.append(
            RowSession(
                self._identities.next_id(use.who, start.day, start.clock),
                times.day,
                times.hour,
                times.precision,
                use.device,
                use.workstation,
                times.began,
                times.ended,
                times.reason,
                use.type,
                use.sex,
                use.age_years,
                use.age_band,
                use.occupation,
                use.education,
                use.purpose,
                self._method,
                use.note,
                use.number,
                times.count,
                times.minutes,
            )
        )

    def _note_clock(self, row: int, moment: When) -> None:
        if moment.again is not None:
            self.notes.add(TWICE, row)
        elif moment.skipped:
            self.notes.add(SKIPPED, row)

    def remarks(self) -> Iterator[Remark]:
        """What is to be said of the sessions as a whole."""
        yield from self.notes.remarks()
        found = list(self._overlaps())
        if found:
            row, other = min(found)
            params = {"n": len(found), "row": str(row), "other": str(other)}
            yield Remark(problem=OVERLAP, params=params)

    def _overlaps(self) -> Iterator[tuple[int, int]]:
        """The rows of sessions that began while another had the workstation, and that one's."""
        places: dict[str, list[tuple[str, str, int]]] = {}
        for row, each in zip(self._rows, self.sessions, strict=True):
            if each.minutes is not None and each.workstation:
                place = places.setdefault(place_key(each.workstation), [])
                place.append((each.started_at or "", each.ended_at or "", row))
        for place in places.values():
            until, holder = "", 0
            for began, ended, row in sorted(place):
                if began < until and began < ended:
                    yield row, holder
                if ended > until:
                    until, holder = ended, row


def label_of(text: str) -> str:
    """What a list calls a workstation as it may be kept: what can be seen, cut if need be."""
    if not text.isascii():
        seen = (char for char in text if unicodedata.category(char) not in _UNSEEN)
        text = " ".join("".join(seen).split())
    return text[:LABEL_MOST].strip()


@cache
def place_key(label: str) -> str:
    """By what labels of workstations are compared: `PC 1`, `pc-01` and `PC1` are one.

    `1-1` is not `11`: what stands between two digits stays.
    """
    return _ZEROS.sub("", _BETWEEN.sub("", label.casefold())) or label.casefold()


def as_shown(session: RowSession, where: tzinfo) -> tuple[str, str, str]:
    """The start, the end and the minutes of a session as they would be stored."""
    day = date_digits(date.fromisoformat(session.local_date))
    if session.started_at is None or session.ended_at is None:
        return day, "", ""
    start, end = (parse_utc(t).astimezone(where) for t in (session.started_at, session.ended_at))
    unknown = session.minutes is None and session.started_at == session.ended_at
    until = "" if unknown else clock_text(end)
    minutes = "" if session.minutes is None else number(session.minutes)
    return f"{day} {clock_text(start)}", until, minutes
