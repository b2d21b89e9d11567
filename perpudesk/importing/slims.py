"""The visitor list of SLiMS: how it is recognised, and what each of its rows says.

Reporting → Visitor List → spreadsheet (`visitor_list.php` of SLiMS 9): the header is in the
language of its interface, five columns before rooms came in January 2023, then six. What the list
says of somebody's membership type is joined when it is exported, not when the visit was: a member
deleted since is NON-MEMBER beside a member id. So a row with a member id is a member's visit, and
the type is no part of a row's identity.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from operator import itemgetter
from typing import NamedTuple

from perpudesk.core.codes import Precision, VisitorType
from perpudesk.core.errors import Problem
from perpudesk.importing.asides import (
    BLANK,
    HEADER,
    INSTITUTION_CUT,
    LEFT_OUT,
    NO_TIMES,
    NOTE,
    RUN_TOGETHER,
    begins_a_note,
    fault_of,
    mangled_remarks,
    order_remarks,
    unused_remarks,
)
from perpudesk.importing.dates import Moments, When
from perpudesk.importing.identity import Identities, reliable, tidy
from perpudesk.importing.model import (
    NOTHING_MORE,
    SAMPLES,
    Aside,
    Reading,
    Remark,
    RowVisit,
    Sample,
)
from perpudesk.importing.nik import can_be_kept
from perpudesk.importing.together import drawn_together
from perpudesk.visits.model import LIMITS

Rows = Sequence[Sequence[str]]
Report = Callable[[int, int], None]

SOURCE = "slims-visitors"
WANTED = {
    "id": "ID Anggota, Nama Pengunjung, Tipe Keanggotaan, Institusi, Nama Ruangan, "
    "Tanggal Kunjungan",
    "en": "Member ID, Visitor Name, Membership Type, Institution, Room Name, Visit Date",
}
"""The header in both languages; the room is not in older lists."""

NOT_VISITOR_LIST = Problem(
    "not_visitor_list",
    "{path} is not a visitor list of SLiMS. Looked for were the columns {id} or {en} (the room "
    "may be missing); found was: {found}. In SLiMS choose Reporting, Visitor List, and export it "
    "to a spreadsheet.",
)
_TITLES = {
    "number": ("id anggota", "member id"),
    "name": ("nama pengunjung", "visitor name"),
    "kind": ("tipe keanggotaan", "membership type"),
    "institution": ("institusi", "institution"),
    "room": ("nama ruangan", "room name"),
    "when": ("tanggal kunjungan", "visit date"),
}
_PARTS = {title: part for part, titles in _TITLES.items() for title in titles}
_NEEDED = set(_TITLES) - {"room"}
_NEVER = (("", ""), "")
_DAY, _TIME = str(Precision.DAY), str(Precision.TIME)
_TOLD_EVERY = 2_000


class Columns(NamedTuple):
    """Where the parts of a row stand; -1 for a room that older lists do not have."""

    number: int
    name: int
    kind: int
    institution: int
    room: int
    when: int


@dataclass(frozen=True, slots=True)
class _Visitor:
    """What the cells beside the date say: the same for all visits of somebody.

    SLiMS always fills in the membership type; a row without it may be no visit (`doubtful`).
    """

    who: bytes
    type: str
    number: str
    name: str
    institution: str | None
    doubtful: bool
    cut: bool
    fault: tuple[Problem, int] | None


def is_header(row: Sequence[str]) -> bool:
    """Whether a row has the titles of the list, in any order, in either language."""
    return set(map(_part, row)) >= _NEEDED


def columns_of(header: Sequence[str]) -> Columns:
    """Where the parts stand below this header."""
    parts = [_part(cell) for cell in header]
    return Columns(*(parts.index(part) if part in parts else -1 for part in Columns._fields))


def twice(rows: Rows) -> str | None:
    """A title of the list that the header has twice."""
    header = next(row for row in rows if is_header(row))
    parts = [_part(cell) for cell in header]
    return next((cell for cell in header if (part := _part(cell)) and parts.count(part) > 1), None)


def _part(cell: str) -> str | None:
    """What stands below a title; some spreadsheets write it with `_`, or a colon after it."""
    return _PARTS.get(tidy(cell).replace("_", " ").strip(" :").casefold())


def read(rows: Rows, *, key: bytes, where: tzinfo, now: datetime, report: Report) -> Reading:
    """Everything that `rows` say, of which one is a header; no row below it goes without a word.

    `key` is the branch's secret, `where` its zone, and `now` ends what can have happened.
    """
    at = next(place for place, row in enumerate(rows) if is_header(row))
    return _List(rows, at, key=key, where=where, now=now).read(report)


def _dates(rows: Rows, when: int) -> Iterator[str]:
    """What stands under the date's title; each header in a joined list says where that is."""
    for row in rows:
        text = row[when].strip() if len(row) > when else ""
        if text[:1].isdecimal() or not is_header(row):
            yield text
        else:
            when = columns_of(row).when


class _List:
    """One list on its way through: what repeats in its rows is worked out once."""

    def __init__(self, rows: Rows, at: int, *, key: bytes, where: tzinfo, now: datetime) -> None:
        self._rows, self._first = rows[at + 1 :], at + 2
        self._begin(rows[at])
        self._identities = Identities(key, SOURCE)
        self._moments = Moments(_dates(self._rows, self._columns.when), where=where, now=now)
        self._visitors: dict[tuple[str, ...], _Visitor] = {}
        self._newest: dict[str, tuple[tuple[str, str], str]] = {}
        self._samples: list[Sample] = []
        self._cut = self._timeless = 0

    def _begin(self, header: Sequence[str]) -> None:
        """The rows from here stand below `header`; lists that were joined may have several."""
        self._header = tuple(header)
        self._columns = columns_of(header)
        known = [place for place in self._columns if place >= 0]
        self._beside = itemgetter(*known[:-1])
        titled = max(place for place, cell in enumerate(header, 1) if cell.strip())
        self._least_of_two = titled + len(known) - 1

    def read(self, report: Report) -> Reading:
        """Take one row after the other."""
        header = self._header
        visits: list[RowVisit] = []
        refused: list[Aside] = []
        left_out: list[Aside] = []
        last = self._first + len(self._rows)
        for number, row in enumerate(self._rows, self._first):
            if number % _TOLD_EVERY == 0:
                report(number, last)
            found = self._row(number, row)
            if isinstance(found, RowVisit):
                visits.append(found)
            else:
                (left_out if found.problem in LEFT_OUT else refused).append(found)
                if found.problem is HEADER:
                    self._begin(row)
        names = {number: self._newest[number][1] for number in reliable(self._newest)}
        return Reading(
            source=SOURCE,
            header=header,
            visits=visits,
            refused=refused,
            left_out=left_out,
            names=names,
            remarks=tuple(self._remarks(visits, names)),
            samples=tuple(self._samples),
        )

    def _row(self, number: int, row: Sequence[str]) -> RowVisit | Aside:
        """The visit of a row, or why it is none."""
        if len(row) < len(self._header):
            row = [*row, *[""] * (len(self._header) - len(row))]
        several = drawn_together(row, len(self._header), self._least_of_two)
        if several is not None:
            place, visits = several
            return self._aside(number, row, RUN_TOGETHER, row[place], place, visits=visits)
        cells = self._beside(row)
        visitor = self._visitors.get(cells)
        if visitor is None:
            visitor = self._visitors[cells] = self._visitor(row)
        text = row[self._columns.when].strip()
        when = self._moments.at(text)
        if isinstance(when, Problem) or visitor.doubtful:
            why = _no_visit(row, visitor, when)
            if why is not None:
                return self._aside(number, row, why, next(filter(str.strip, row), ""))
        if visitor.fault is not None:
            why, column = visitor.fault
            return self._aside(number, row, why, row[column], column)
        if isinstance(when, Problem):
            return self._aside(number, row, when, text)
        return self._visit(visitor, when)

    def _visit(self, visitor: _Visitor, when: When) -> RowVisit:
        """The visit of somebody at a moment."""
        day, clock, hour, occurred_at = when[:4]
        self._timeless += hour is None
        self._cut += visitor.cut
        if visitor.number and (day, clock) > self._newest.get(visitor.number, _NEVER)[0]:
            self._newest[visitor.number] = ((day, clock), visitor.name)
        if len(self._samples) < SAMPLES:
            who = (visitor.name, visitor.number, visitor.type, visitor.institution or "")
            self._samples.append(Sample(day, clock, *who))
        return RowVisit(
            self._identities.next_id(visitor.who, day, clock),
            day,
            hour,
            occurred_at,
            _DAY if hour is None else _TIME,
            visitor.type,
            visitor.institution,
            *NOTHING_MORE,
            visitor.number,
        )

    def _visitor(self, row: Sequence[str]) -> _Visitor:
        number, name, kind, institution, room = (
            tidy(row[place]) if place >= 0 else "" for place in self._columns[:-1]
        )
        type_, number = _type(number, kind), _unless_non_member(number)
        return _Visitor(
            who=self._identities.who(number, name, institution, room),
            type=str(type_),
            number=number if can_be_kept(number) else "",
            name=name,
            institution=institution[: LIMITS["institution"]] or None,
            doubtful=not kind,
            cut=len(institution) > LIMITS["institution"],
            fault=self._fault(row),
        )

    def _fault(self, row: Sequence[str]) -> tuple[Problem, int] | None:
        """What makes a row unreadable although its date can be read, and in which column."""
        return fault_of(row, (place for place in self._columns[:-1] if place >= 0))

    def _aside(
        self,
        number: int,
        row: Sequence[str],
        why: Problem,
        value: str,
        column: int | None = None,
        *,
        visits: int = 1,
    ) -> Aside:
        place = self._columns.when if column is None else column
        named = why not in LEFT_OUT and place < len(self._header)
        return Aside(
            row=number,
            problem=why,
            column=self._header[place].strip() if named else "",
            value=value,
            cells=() if why is BLANK else tuple(row),
            visits=visits,
            header=self._header,
        )

    def _remarks(self, visits: Sequence[RowVisit], names: Mapping[str, str]) -> Iterator[Remark]:
        """What is to be said of the list as a whole."""
        yield from order_remarks(self._moments.order)
        yield from mangled_remarks([each.number for each in visits], names)
        if self._timeless:
            yield Remark(problem=NO_TIMES, params={"n": self._timeless})
        if self._cut:
            yield Remark(
                problem=INSTITUTION_CUT, params={"n": self._cut, "most": LIMITS["institution"]}
            )
        unused = [cell.strip() for cell in self._header if cell.strip() and not _part(cell)]
        yield from unused_remarks(unused)


def _no_visit(row: Sequence[str], visitor: _Visitor, when: When | Problem) -> Problem | None:
    """Why a row without a date, or without a membership type, is not even a refused visit.

    A date and time where they belong are a visit, even if nothing else is known of it.
    """
    filled = [cell for cell in row if cell.strip()]
    if not filled:
        return BLANK
    if is_header(row):
        return HEADER
    if isinstance(when, When) and when.hour is not None:
        return None
    noted = len(filled) == 1 or (visitor.doubtful and begins_a_note(filled[0]))
    return NOTE if noted else None


def _type(number: str, kind: str) -> VisitorType:
    """By the number, else by the membership type; unknown where neither was filled in."""
    if _unless_non_member(number) or _unless_non_member(kind):
        return VisitorType.MEMBER
    return VisitorType.NON_MEMBER if number or kind else VisitorType.UNKNOWN


def _unless_non_member(text: str) -> str:
    return "" if text.casefold() == "non-member" else text
