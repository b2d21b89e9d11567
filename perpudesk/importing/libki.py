"""The statistics of Libki: how they are recognised, and which sessions their lines tell of.

`statistics` has a line for whatever happened (libki-server, `Schema/DB/Result/Statistic.pm`); the
page *History* exports the same without `session_id`. A session begins with LOGIN, or with UNLOCK
by the staff, and ends with LOGOUT, FORCE_LOGOUT, or SESSION_DELETED when its time is up. Lines are
paired by workstation, then by `session_id` or user, as Libki itself does not keep them straight:

- a client keeps its `session_id` for several users, and gets another when it was restarted; the
  user who comes back then goes on, with a second LOGIN;
- FORCE_LOGOUT and UNLOCK carry the name and the `session_id` of the staff;
- after a power cut nothing is written until the next user logs in, and then a LOGOUT of that very
  second: when the session really ended nobody knows;
- names older than the setting says are replaced by digests, other ones in each export.

So a session is known again by its workstation and its start alone. User names are held against
the member numbers that are known here, and go no further.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from typing import NamedTuple

from perpudesk.computers.model import LABEL_MOST
from perpudesk.core.codes import UNKNOWN, EndReason, VisitorType
from perpudesk.core.errors import Problem
from perpudesk.core.i18n import tr
from perpudesk.core.times import parse_utc
from perpudesk.importing.asides import (
    BLANK,
    HEADER,
    LEFT_OUT,
    NO_START,
    NOTE,
    OTHER_ACTION,
    SAID_AGAIN,
    fault_of,
    order_remarks,
)
from perpudesk.importing.dates import BAD_DATE, Moments, When
from perpudesk.importing.fields import What, plain
from perpudesk.importing.identity import NO_SECONDS, tidy
from perpudesk.importing.model import SAMPLES, Aside, Reading, Remark
from perpudesk.importing.uses import WORKSTATION_CUT, Use, Uses, as_shown, label_of

Rows = Sequence[Sequence[str]]
Report = Callable[[int, int], None]

NOT_LIBKI = Problem(
    "not_libki",
    "{path} does not hold the statistics of Libki. Looked for were the columns client_name, "
    "action, created_on, and session_id or username; found was: {found}. Export the table "
    "“statistics” with its titles as CSV.",
)
CUT_OFF = Problem(
    "sessions_cut_off",
    "Sessions that Libki closed only when the next user came, most often after a power cut: {n}, "
    "like row {row}. They count, but their minutes stay unknown until someone corrects them.",
)
LOCATIONS = Problem(
    "several_locations",
    "The list is of several locations: {locations}. All of them were read; if some are no part of "
    "this library, export the others alone.",
)

_TITLES = {
    "when": ("created on", "timestamp"),
    "client": ("client name", "client"),
    "action": ("action",),
    "user": ("username",),
    "session": ("session id",),
    "location": ("client location",),
    "id": ("id",),
}
_PARTS = {title: part for part, titles in _TITLES.items() for title in titles}
_NEEDED = {"when", "client", "action"}
_STARTS = ("LOGIN", "UNLOCK")
_ENDS = {
    "LOGOUT": EndReason.DONE,
    "FORCE_LOGOUT": EndReason.DONE,
    "SESSION_DELETED": EndReason.TIME_UP,
}
_ACTIONS = {action: action for action in (*_STARTS, *_ENDS)}
_OF_STAFF = ("UNLOCK", "FORCE_LOGOUT")
"""Lines that name the staff, and the session of their browser."""
_NULL = {"", "null", "\\n"}
_DIGEST = re.compile("[0-9a-f]{32}")
"""What Libki makes of a user's name after a while."""
_AT_ONCE = timedelta(seconds=2)
"""Between the LOGOUT that Libki writes for the last user and the LOGIN of the next."""
_TOLD_EVERY = 2_000


def is_header(row: Sequence[str]) -> bool:
    """Whether a row has the titles of Libki's statistics, in any order."""
    parts = set(map(_part, row))
    return parts >= _NEEDED and not parts.isdisjoint(("session", "user"))


def columns_of(header: Sequence[str]) -> dict[str, int]:
    """Where the parts of a line stand."""
    found: dict[str, int] = {}
    for at, cell in enumerate(header):
        if (part := _part(cell)) is not None:
            found.setdefault(part, at)
    return found


def _part(cell: str) -> str | None:
    return _PARTS.get(plain(cell))


def read(
    rows: Rows,
    *,
    key: bytes,
    where: tzinfo,
    now: datetime,
    longest: timedelta,
    members: Collection[str],
    report: Report,
) -> Reading:
    """The sessions that `rows` tell of, of which one is a header; no row goes without a word.

    `members` are the member numbers that are known here.
    """
    at = next(place for place, row in enumerate(rows) if is_header(row))
    made = _Statistics(rows, at, key=key, where=where, now=now, longest=longest, members=members)
    return made.read(report)


class _Line(NamedTuple):
    """A line that begins or ends a session."""

    row: int
    order: int
    when: When
    place: str
    label: str
    session: str
    user: str
    action: str


@dataclass(slots=True)
class _Session:
    """A session on its way through: the lines that begin and end it, and how many tell of it."""

    begin: _Line
    sessions: tuple[str, ...]
    end: _Line | None = None
    cut_off: bool = False
    lines: int = 1


class _Statistics:
    """One export on its way through."""

    def __init__(
        self,
        rows: Rows,
        at: int,
        *,
        key: bytes,
        where: tzinfo,
        now: datetime,
        longest: timedelta,
        members: Collection[str],
    ) -> None:
        self._header = tuple(rows[at])
        self._rows, self._first = rows[at + 1 :], at + 2
        self._at = columns_of(self._header)
        self._members, self._longest, self._where = members, longest, where
        texts = (self._cell(row, "when") for row in self._rows)
        self._moments = Moments(texts, where=where, now=now)
        self._uses = Uses(key, What.LIBKI, where=where, longest=longest)
        self._asides: list[Aside] = []
        self._known: set[tuple[str, ...]] = set()
        self._clients: dict[str, tuple[str, str]] = {}
        self._locations: dict[str, None] = {}
        self._open: dict[str, _Session] = {}
        self._last: dict[str, _Session] = {}
        self._done: list[_Session] = []

    def _cell(self, row: Sequence[str], part: str) -> str:
        at = self._at.get(part)
        said = "" if at is None or at >= len(row) else row[at].strip()
        return "" if said.casefold() in _NULL else said

    def read(self, report: Report) -> Reading:
        """Take the lines in their order, then the sessions in the order of their first."""
        for line in self._ordered(report):
            if line.action in _STARTS:
                self._begin(line)
            else:
                self._end(line)
        self._done += self._open.values()
        more: dict[str, int] = {}
        for session in sorted(self._done, key=lambda each: each.begin.row):
            self._keep(session)
            if session.lines > 1:
                more[self._uses.sessions[-1].id] = session.lines - 1
        self._asides.sort(key=lambda each: each.row)
        sessions = self._uses.sessions
        return Reading(
            source=What.LIBKI,
            header=self._header,
            sessions=sessions,
            more=more,
            refused=[each for each in self._asides if each.problem not in LEFT_OUT],
            left_out=[each for each in self._asides if each.problem in LEFT_OUT],
            names=dict.fromkeys((each.number for each in sessions if each.number), ""),
            remarks=tuple(self._remarks()),
            titles=(tr("Workstation"), tr("Start"), tr("End"), tr("Minutes"), tr("Member number")),
            shown=tuple(
                (each.workstation, *as_shown(each, self._where), each.number)
                for each in sessions[:SAMPLES]
            ),
        )

    def _ordered(self, report: Report) -> list[_Line]:
        """The lines as they were written: by their ids where they have some, else by their times.

        Of one second the order in the file counts, from whichever end that begins.
        """
        lines: list[_Line] = []
        last = self._first + len(self._rows)
        for number, row in enumerate(self._rows, self._first):
            if number % _TOLD_EVERY == 0:
                report(number, last)
            found = self._line(number, row)
            if isinstance(found, Aside):
                self._asides.append(found)
            else:
                lines.append(found)
        self._known.clear()
        if len({line.order for line in lines}) == len(lines):
            return sorted(lines, key=lambda line: line.order)
        if lines and _at(lines[0]) > _at(lines[-1]):
            lines.reverse()
        return sorted(lines, key=_at)

    def _line(self, number: int, row: Sequence[str]) -> _Line | Aside:
        """What a row says, or why it begins and ends no session."""
        if (why := self._nothing(row)) is not None:
            return Aside(row=number, problem=why, value=next(filter(str.strip, row), ""))
        fault = fault_of(row, (at for at in self._at.values() if at < len(row)))
        if fault is not None:
            return self._aside(number, row, *fault)
        action = _ACTIONS.get(self._cell(row, "action").upper(), "")
        if not action:
            return self._aside(number, row, OTHER_ACTION, self._at["action"])
        when = self._moments.at(self._cell(row, "when"))
        if isinstance(when, Problem):
            return self._aside(number, row, when, self._at["when"])
        label, key = self._client(self._cell(row, "client"))
        session = self._cell(row, "session")
        user = "" if action in _OF_STAFF else tidy(self._cell(row, "user"))
        said = (key, session, user, action, when.day, when.clock)
        if when.occurred_at is None or said in self._known:
            why = SAID_AGAIN if said in self._known else BAD_DATE
            return self._aside(number, row, why, self._at["when"])
        self._known.add(said)
        if location := self._cell(row, "location"):
            self._locations[location] = None
        place = key or f"\x1f{session or user}"
        order = int(text) if (text := self._cell(row, "id")).isdecimal() and text.isascii() else 0
        return _Line(number, order, when, place, label, session, user, action)

    def _client(self, text: str) -> tuple[str, str]:
        """What a client is called, and by what it is compared: the same objects for all lines."""
        known = self._clients.get(text)
        if known is None:
            label = tidy(text)
            known = self._clients[text] = (label, label.casefold())
        return known

    def _nothing(self, row: Sequence[str]) -> Problem | None:
        filled = sum(map(bool, map(str.strip, row)))
        if not filled:
            return BLANK
        if is_header(row):
            return HEADER
        return NOTE if filled == 1 else None

    def _begin(self, line: _Line) -> None:
        """Somebody sits down; whoever was there before has gone, unless it is the same user."""
        there = self._open.get(line.place)
        if there is not None and self._goes_on(there, line):
            there.lines += 1
            if line.session not in there.sessions:
                there.sessions = (*there.sessions, line.session)
            return
        before = self._last.get(line.place)
        if there is not None:
            self._done.append(there)
            self._last[line.place] = there
        elif before is not None and before.end is not None and self._cut_off(before, line):
            before.cut_off = True
        self._open[line.place] = _Session(line, (line.session,))

    def _goes_on(self, there: _Session, line: _Line) -> bool:
        """Whether the user of a session has come back to it after the client was restarted."""
        if _moment(line) - _moment(there.begin) > self._longest:
            return False
        if there.begin.user and line.user:
            return not _others(there.begin, line)
        return bool(line.session) and line.session in there.sessions

    @staticmethod
    def _cut_off(before: _Session, line: _Line) -> bool:
        """Whether the end of the session before was written only because somebody else came."""
        end = before.end
        if end is None or end.action != "LOGOUT" or end.when.clock.endswith(NO_SECONDS):
            return False
        others = bool(line.user) and line.user != before.begin.user
        return others and abs(_moment(line) - _moment(end)) <= _AT_ONCE

    def _end(self, line: _Line) -> None:
        """Somebody gets up; or it is told of a session that was cut off, or is not here."""
        there, before = self._open.get(line.place), self._last.get(line.place)
        if there is not None and _belongs(line, there):
            there.end, there.lines = line, there.lines + 1
            self._done.append(self._open.pop(line.place))
            self._last[line.place] = there
        elif before is not None and before.end is None and _belongs(line, before):
            before.end, before.lines = line, before.lines + 1
            before.cut_off = not line.when.clock.endswith(NO_SECONDS)
        else:
            row = self._rows[line.row - self._first]
            self._asides.append(self._aside(line.row, row, NO_START, self._at["action"]))

    def _keep(self, session: _Session) -> None:
        """A session with whatever is known of its end."""
        begin, end = session.begin, session.end
        ended = None if end is None else self._uses.end_of(begin.row, begin.when, end.when)
        reason = EndReason.DONE if end is None else _ENDS[end.action]
        if isinstance(ended, Problem):
            ended = None
        if session.cut_off and ended is not None:
            self._uses.notes.add(CUT_OFF, begin.row)
            reason = EndReason.FORGOTTEN
        if len(begin.label) > LABEL_MOST:
            self._uses.notes.add(WORKSTATION_CUT, begin.row, most=LABEL_MOST)
        member = begin.user in self._members
        use = Use(
            who=self._uses.who(begin.label.casefold()),
            workstation=label_of(begin.label),
            type=str(VisitorType.MEMBER) if member else UNKNOWN,
            number=begin.user if member else "",
        )
        self._uses.add(begin.row, use, begin.when, ended, str(reason))

    def _aside(self, number: int, row: Sequence[str], why: Problem, at: int) -> Aside:
        value = row[at] if at < len(row) else ""
        title = self._header[at] if at < len(self._header) and why not in LEFT_OUT else ""
        return Aside(row=number, problem=why, column=title, value=value, cells=tuple(row))

    def _remarks(self) -> Iterator[Remark]:
        yield from order_remarks(self._moments.order)
        if len(self._locations) > 1:
            yield Remark(problem=LOCATIONS, params={"locations": ", ".join(self._locations)})
        yield from self._uses.remarks()


def _belongs(line: _Line, session: _Session) -> bool:
    """Whether a line ends that session, which is or was last at its workstation."""
    begin = session.begin
    if line.action == "FORCE_LOGOUT":
        return session.end is None and not session.cut_off
    if line.session and line.session in session.sessions:
        return not _others(begin, line)
    if line.user and begin.user:
        return line.user == begin.user
    return not line.session or not any(session.sessions)


def _others(one: _Line, other: _Line) -> bool:
    """Whether two lines surely name different users; digests of two days cannot be compared."""
    if not one.user or not other.user or one.user == other.user:
        return False
    hidden = [_DIGEST.fullmatch(line.user) is not None for line in (one, other)]
    return not any(hidden) or (all(hidden) and one.when.day == other.when.day)


def _at(line: _Line) -> str:
    return line.when.occurred_at or ""


def _moment(line: _Line) -> datetime:
    return parse_utc(_at(line))
