"""A library's own table of visits: a row a visit, or a row a day with its count.

A row is read by the columns that were given to it. Women and men of one row become two records,
and what they leave of its count a third, so that every breakdown adds up to what the row says. A
word that is not understood counts as not recorded and is named; a row that cannot be read is
refused with its reason; totals and notes are left out and compared with what stands above them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, tzinfo

from perpudesk.core.codes import Method, Precision
from perpudesk.core.errors import Problem
from perpudesk.importing.asides import (
    BLANK,
    HEADER,
    INSTITUTION_CUT,
    LEFT_OUT,
    LOOKS_LIKE_TOTAL,
    NO_TIMES,
    NOTE,
    NOTE_CUT,
    ONE_EACH,
    PART_DIFFERS,
    RUN_TOGETHER,
    THOUSANDS,
    TOO_MANY,
    TOTAL_DIFFERS,
    begins_a_note,
    mangled_remarks,
    order_remarks,
    says_a_total,
    unclear_remarks,
    unused_remarks,
)
from perpudesk.importing.columns import Head, Plan, kept, unused
from perpudesk.importing.counted import counts_rows
from perpudesk.importing.dates import NO_DATE, Moments, When
from perpudesk.importing.fields import What
from perpudesk.importing.identity import Identities, reliable
from perpudesk.importing.model import SAMPLES, Aside, Reading, Remark, RowVisit
from perpudesk.importing.said import MOST_IN_ROW, Cells, Said
from perpudesk.importing.together import drawn_together
from perpudesk.importing.words import Vocabulary, thousands_mark
from perpudesk.importing.words import whole_number as whole
from perpudesk.visits.model import LIMITS

Rows = Sequence[Sequence[str]]
Report = Callable[[int, int], None]

_MIDNIGHT = " 00:00:00"
"""What a spreadsheet says of a day without a time."""
_TOLD_EVERY = 2_000
_LEAST_SUMMED = 2
_NAMED = re.compile(r"nama\b|.*\bname\b|alamat", re.IGNORECASE)
"""Columns in which the word of a total may be part of a name."""
_NOTES_BEGIN = 3
"""Among so many filled cells stands the word of a total."""


def read(
    rows: Rows,
    head: Head,
    plan: Plan,
    *,
    key: bytes,
    where: tzinfo,
    now: datetime,
    words: Mapping[str, Vocabulary],
    report: Report,
) -> Reading:
    """Everything that `rows` say below `head`, read by `plan`; no row goes without a word.

    `key` is the branch's secret, `where` its zone, `now` ends what can have happened, and `words`
    are the branch's lists by the field that names their entries.
    """
    return _Table(rows, head, plan, key=key, where=where, now=now, words=words).read(report)


class _Table:
    """One table on its way through: what repeats in its rows is worked out once."""

    def __init__(
        self,
        rows: Rows,
        head: Head,
        plan: Plan,
        *,
        key: bytes,
        where: tzinfo,
        now: datetime,
        words: Mapping[str, Vocabulary],
    ) -> None:
        self._rows, self._first = head.parted(rows)
        self._head, self._plan = head, plan
        self._at = plan.columns
        self._width = max(self._at.values(), default=0) + 1
        self._least_of_two = len(head.titles) + len(self._at) - 1
        self._identities = Identities(key, f"{What.VISITS}\x1f")
        counts = [self._at[code] for code in ("count", "female", "male") if code in self._at]
        mark = thousands_mark(_cell(row, at) for row in self._rows for at in counts)
        self._cells = Cells(head.titles, self._at, words, self._identities, mark)
        self._moments = Moments(map(self._when_text, self._rows), where=where, now=now)
        self._said: dict[tuple[str, ...], Said] = {}
        self._newest: dict[str, tuple[tuple[str, str], str]] = {}
        self._unclear: dict[str, Counter[str]] = {}
        self._cut: Counter[str] = Counter()
        self._seconds: set[str] = set()
        self._shown: list[tuple[str, ...]] = []
        self._differing: list[Remark] = []
        self._timed = self._timeless = self._since = self._all = self._counted = 0
        self._parts_since: Counter[str] = Counter()
        self._parts_all: Counter[str] = Counter()
        self._told_apart = [
            at
            for at, title in enumerate(head.titles)
            if at not in (self._at["date"], self._at.get("name"), self._at.get("institution"))
            and not _NAMED.match(title)
        ]
        self._thousands = ""

    def read(self, report: Report) -> Reading:
        """Take one row after the other."""
        visits: list[RowVisit] = []
        refused: list[Aside] = []
        left_out: list[Aside] = []
        last = self._first + len(self._rows)
        for at, row in enumerate(self._rows, self._first):
            if at % _TOLD_EVERY == 0:
                report(at, last)
            found = self._row(at, row)
            if not isinstance(found, Aside):
                visits += found
            else:
                (left_out if found.problem in LEFT_OUT else refused).append(found)
        names = {one: self._newest[one][1] for one in reliable(self._newest)}
        return Reading(
            source=What.VISITS,
            header=self._head.titles,
            visits=visits,
            refused=refused,
            left_out=left_out,
            names=names,
            remarks=tuple(self._remarks(visits)),
            titles=self._cells.titles(),
            shown=tuple(self._shown),
            seconds=self._seconds,
        )

    def _when_text(self, row: Sequence[str]) -> str:
        """The date of a row, and its time where that stands in a column of its own."""
        text = _cell(row, self._at["date"]).strip().removesuffix(_MIDNIGHT)
        if "time" in self._at and (clock := _cell(row, self._at["time"]).strip()):
            return f"{text} {clock}"
        return text

    def _row(self, at: int, row: Sequence[str]) -> list[RowVisit] | Aside:
        """The visits of a row, or why there are none."""
        if len(row) < self._width:
            row = [*row, *[""] * (self._width - len(row))]
        several = drawn_together(row, len(self._head.titles), self._least_of_two)
        if several is not None:
            place, visits = several
            aside = self._aside(at, row, RUN_TOGETHER, row[place], place)
            return replace(aside, visits=visits)
        cells = tuple([row[place] for place in self._cells.beside])
        said = self._said.get(cells)
        if said is None:
            said = self._said[cells] = self._cells.say(row)
        text = self._when_text(row)
        when = self._moments.at(text)
        if isinstance(when, Problem):
            return self._no_date(at, row, text, when)
        if total := next((row[c] for c in self._told_apart if self._is_total(row, c)), ""):
            self._compare(at, row)
            return self._aside(at, row, NOTE, total)
        if said.fault is not None:
            why, column = said.fault
            return self._aside(at, row, why, row[column], column)
        self._doubt(at, said.count)
        return self._visits(said, when)

    @staticmethod
    def _is_total(row: Sequence[str], at: int) -> bool:
        return at < len(row) and says_a_total(row[at])

    def _doubt(self, at: int, count: int) -> None:
        """Say so where a row with a date may be the total of those above it."""
        if "count" in self._at and self._counted >= _LEAST_SUMMED and count == self._all:
            params = {"row": str(at), "said": count}
            self._differing.append(Remark(problem=LOOKS_LIKE_TOTAL, params=params))
        self._counted += 1

    def _no_date(self, at: int, row: Sequence[str], text: str, when: Problem) -> Aside:
        """A row without a date: nothing, the header again, a note, a total, or refused."""
        filled = [cell for cell in row if cell.strip()]
        if not filled:
            return self._aside(at, row, BLANK, "")
        if self._head.is_again(row):
            return self._aside(at, row, HEADER, "")
        count = whole(_cell(row, self._at["count"])) if "count" in self._at else None
        noted = any(map(begins_a_note, filled[:_NOTES_BEGIN]))
        sums = when is NO_DATE and count and count in (self._since, self._all)
        if noted or sums or len(filled) == 1:
            self._compare(at, row)
            return self._aside(at, row, NOTE, filled[0])
        return self._aside(at, row, when, text, self._at["date"])

    def _compare(self, at: int, row: Sequence[str]) -> None:
        """Say so where a total is not what stands above it, of all or of one sex."""
        count = whole(_cell(row, self._at["count"])) if "count" in self._at else None
        for sex in {"female", "male"} & self._at.keys() if self._all else ():
            part = whole(_cell(row, self._at[sex]))
            if part is not None and part not in (self._parts_since[sex], self._parts_all[sex]):
                params = {"row": str(at), "said": part, "column": self._title_at(self._at[sex])}
                told = {**params, "sum": self._parts_all[sex]}
                self._differing.append(Remark(problem=PART_DIFFERS, params=told))
        self._parts_since.clear()
        if count is not None and self._all:
            if count not in (self._since, self._all):
                params = {"row": str(at), "said": count, "sum": self._all}
                self._differing.append(Remark(problem=TOTAL_DIFFERS, params=params))
            self._since = 0

    def _visits(self, said: Said, when: When) -> list[RowVisit]:
        """A record for each part of a row."""
        day, clock, hour, occurred_at = when[:4]
        self._timeless += hour is None
        self._timed += hour is not None
        self._since += said.count
        self._all += said.count
        for part in said.parts:
            self._parts_since[part.sex] += part.people
            self._parts_all[part.sex] += part.people
        self._keep(said, when)
        made = [
            RowVisit(
                self._identities.next_id(part.who, day, clock),
                day,
                hour,
                occurred_at,
                _DAY if hour is None else _TIME,
                said.type,
                said.institution,
                part.sex,
                said.age_years,
                said.age_band,
                said.occupation,
                said.education,
                said.purpose,
                self._method,
                part.people,
                said.note,
                said.number,
            )
            for part in said.parts
        ]
        self._seconds.update(each.id for each in made[1:])
        return made

    @property
    def _method(self) -> str:
        return _ESTIMATED if self._plan.estimated else _COUNTED

    def _keep(self, said: Said, when: When) -> None:
        """What of a row is told of the table as a whole."""
        for column, value in said.unclear:
            self._unclear.setdefault(column, Counter())[value] += 1
        self._cut.update(said.cut)
        self._thousands = self._thousands or said.thousands
        if said.number and (when.day, when.clock) > self._newest.get(said.number, _NEVER)[0]:
            self._newest[said.number] = ((when.day, when.clock), said.name)
        if len(self._shown) < SAMPLES:
            self._shown.append(self._cells.as_shown(said, when))

    def _title_at(self, at: int) -> str:
        return self._head.titles[at] if at < len(self._head.titles) else ""

    def _aside(
        self, at: int, row: Sequence[str], why: Problem, value: str, column: int | None = None
    ) -> Aside:
        return Aside(
            row=at,
            problem=why,
            column="" if column is None else self._title_at(column),
            value=value,
            cells=() if why is BLANK else kept(self._head, row),
            params={"most": MOST_IN_ROW} if why is TOO_MANY else {},
        )

    def _remarks(self, visits: Sequence[RowVisit]) -> Iterator[Remark]:
        """What is to be said of the table as a whole."""
        if counts_rows(self._plan):
            yield Remark(problem=ONE_EACH, params={})
        yield from self._differing
        yield from order_remarks(self._moments.order)
        if self._thousands:
            value = whole(self._thousands)
            yield Remark(
                problem=THOUSANDS, params={"example": self._thousands, "value": str(value)}
            )
        yield from unclear_remarks(self._unclear)
        yield from mangled_remarks([each.number for each in visits], reliable(self._newest))
        if self._timed and self._timeless:
            yield Remark(problem=NO_TIMES, params={"n": self._timeless})
        for code, problem in (("institution", INSTITUTION_CUT), ("note", NOTE_CUT)):
            if n := self._cut[code]:
                yield Remark(problem=problem, params={"n": n, "most": LIMITS[code]})
        yield from unused_remarks(unused(self._head, self._plan))


_DAY, _TIME = str(Precision.DAY), str(Precision.TIME)
_COUNTED, _ESTIMATED = str(Method.COUNTED), str(Method.ESTIMATED)
_NEVER = (("", ""), "")


def _cell(row: Sequence[str], at: int) -> str:
    return row[at] if at < len(row) else ""
