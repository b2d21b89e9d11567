"""From a file to what it says: what it is, how it is to be read, and all of it read so.

Of a text only the beginning is looked at for the first two. The visitor list of SLiMS and the
statistics of Libki are known by their headers and need nobody's answer; any other table is read by
a `Plan`, which is guessed from its titles and cells, remembered by its header, and may be said
otherwise.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta, tzinfo
from pathlib import Path

from perpudesk.core.errors import FileError, Problem
from perpudesk.core.paths import as_text
from perpudesk.core.times import Period
from perpudesk.importing import (
    libki,
    members,
    month_totals,
    row_activities,
    row_sessions,
    row_visits,
    slims,
)
from perpudesk.importing.asides import TWICE
from perpudesk.importing.columns import (
    Head,
    Plan,
    check,
    find_head,
)
from perpudesk.importing.counted import check_counted
from perpudesk.importing.delimited import IsHeader
from perpudesk.importing.doubles import ActivitiesHere
from perpudesk.importing.fields import FIELDS, What, field_of
from perpudesk.importing.guessing import guess_columns, guess_what, year_of
from perpudesk.importing.model import Reading, Remark
from perpudesk.importing.nik import cleared
from perpudesk.importing.reading import Given, first_words, read_table, top_tables
from perpudesk.importing.words import Vocabulary
from perpudesk.patrons.model import Patron
from perpudesk.totals.model import PeriodTotal

Report = Callable[[int, int], None]

NO_TABLE = Problem(
    "no_table",
    "In {path} no table was found. Choose a list saved as .xlsx or .csv, with titles above its "
    "columns.",
)
MOVED = Problem("file_changed", "{path} was changed meanwhile. Choose it again.")
OTHER_SHEETS = Problem(
    "other_sheets",
    "Only the first sheet with such a list is read. Not read: {sheets}. Save each as a file of its "
    "own to bring it in.",
)
REMEMBERED = Problem("remembered", "Columns as they were given for {name}.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """What the beginning of a file shows; `head` is None for a list that is known as it is."""

    path: Path
    what: What
    head: Head | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Here:
    """What of this library a reader must know: its key, clock, name, words, people and totals."""

    key: bytes
    where: tzinfo
    now: datetime
    today: date
    branch: str
    words: Mapping[str, Vocabulary]
    members: Mapping[str, Patron]
    unwanted: Collection[str]
    people: Collection[str]
    totals: Sequence[PeriodTotal]
    totals_out: Sequence[PeriodTotal]
    finer: Mapping[str, Collection[Period]]
    """By indicator the months that have finer records than a total of theirs."""
    activities: ActivitiesHere
    longest: timedelta
    """What took more was forgotten."""


def look(path: Path, wanted: Iterable[str] = ()) -> Looked:
    """What a file is, by its first rows; `wanted` are titles that its header must have.

    Raises `FileError` for what is no list.
    """
    tables = top_tables(path)
    for what, is_header in _KNOWN.items():
        if any(is_header(row) for rows in tables for row in rows[:_TOP]):
            return Looked(path=path, what=what)
    heads = [head for rows in tables if (head := find_head(rows, wanted)) is not None]
    if not heads:
        raise FileError(NO_TABLE, path=str(path))
    head = max(heads, key=_sureness)
    return Looked(path=path, what=guess_what(head), head=head)


_KNOWN: Mapping[What, IsHeader] = {What.SLIMS: slims.is_header, What.LIBKI: libki.is_header}
"""The lists that are known by their titles alone."""
_TOP = 40


def _sureness(head: Head) -> tuple[int, int]:
    """How many titles are known, and how many rows are as wide as the header."""
    known = sum(any(field_of(what, title) for what in FIELDS) for title in head.said)
    wide = len(head.row)
    even = sum(len(row) == wide for row in head.below) if wide > 1 else 0
    return known + len(head.months()), even


def guess(looked: Looked, what: What) -> Plan:
    """How a table is probably to be read as `what`."""
    assert looked.head is not None  # noqa: S101 - a list that is known needs no plan
    head = looked.head
    columns = guess_columns(head, what)
    year = year_of(head, looked.path.stem) if what is What.TOTALS else None
    return Plan(what=what, columns=columns, year=year)


def read(given: Given, looked: Looked, plan: Plan, here: Here, report: Report) -> Reading:
    """All that a table says, read by `plan`.

    Raises `InputError` where a field is missing and `FileError` where the file cannot be read.
    """
    path, head = as_text(given.path.name), looked.head
    assert head is not None  # noqa: S101 - a list that is known needs no plan
    check(head, plan, path)
    check_counted(head, plan, path)
    table = read_table(given, head.is_mine, report, columns=max(len(head.titles), _WIDE))
    if table is None:
        raise FileError(MOVED, path=path)
    hidden = [at for code, at in plan.columns.items() if code in ("member", "name")]
    titles = {at: head.titles[at] for at in plan.columns.values()}
    rows, niks = cleared(table.rows, hidden, titles)
    (row,), _ = cleared([head.row], hidden, {})  # by which the table is found in the rows
    looked = replace(looked, head=replace(head, row=tuple(row)))
    reading = _read(rows, looked, plan, here, report)
    said = [*_others(table.other_sheets), *niks]
    if plan.remembered:
        said.append(Remark(problem=REMEMBERED, params={"name": plan.remembered}))
    return replace(reading, remarks=(*said, *reading.remarks))


_WIDE = 64


def _others(sheets: Sequence[str]) -> list[Remark]:
    if not sheets:
        return []
    return [Remark(problem=OTHER_SHEETS, params={"sheets": ", ".join(sheets)})]


def _read(
    rows: Sequence[Sequence[str]], looked: Looked, plan: Plan, here: Here, report: Report
) -> Reading:
    head, path = looked.head, looked.path
    assert head is not None  # noqa: S101 - a list that is known needs no plan
    match plan.what:
        case What.TOTALS:
            return month_totals.read(
                rows,
                head,
                plan,
                path=as_text(path.name),
                source=as_text(path.name),
                branch=here.branch,
                known=here.totals,
                taken_out=here.totals_out,
                finer=here.finer,
                this_month=Period.month_of(here.today),
            )
        case What.PATRONS:
            return members.read(
                rows,
                head,
                plan,
                key=here.key,
                today=here.today,
                words=here.words,
                members=here.members,
                unwanted=here.unwanted,
                known=here.people,
            )
        case What.SESSIONS:
            return row_sessions.read(
                rows,
                head,
                plan,
                key=here.key,
                where=here.where,
                now=here.now,
                longest=here.longest,
                words=here.words,
                report=report,
            )
        case What.ACTIVITIES:
            return row_activities.read(
                rows,
                head,
                plan,
                key=here.key,
                where=here.where,
                now=here.now,
                words=here.words,
                here=here.activities,
            )
        case _:
            return row_visits.read(
                rows,
                head,
                plan,
                key=here.key,
                where=here.where,
                now=here.now,
                words=here.words,
                report=report,
            )


def read_known(given: Given, what: What, here: Here, report: Report) -> Reading:
    """All that a list says whose columns are known; raises `FileError` for what is none."""
    return (_read_libki if what is What.LIBKI else _read_slims)(given, here, report)


def _read_libki(given: Given, here: Here, report: Report) -> Reading:
    path = str(given.path)
    table = read_table(given, libki.is_header, report)
    if table is None:
        raise FileError(libki.NOT_LIBKI, path=path, found=first_words(given))
    header = next(row for row in table.rows if libki.is_header(row))
    columns = libki.columns_of(header)
    hidden = [columns["user"]] if "user" in columns else []
    rows, niks = cleared(table.rows, hidden, dict(enumerate(header)))
    reading = libki.read(
        rows,
        key=here.key,
        where=here.where,
        now=here.now,
        longest=here.longest,
        members=here.members,
        report=report,
    )
    return replace(reading, remarks=(*_others(table.other_sheets), *niks, *reading.remarks))


def _read_slims(given: Given, here: Here, report: Report) -> Reading:
    path = str(given.path)
    table = read_table(given, slims.is_header, report)
    if table is None:
        found = first_words(given)
        raise FileError(slims.NOT_VISITOR_LIST, path=path, found=found, **slims.WANTED)
    if title := slims.twice(table.rows):
        raise FileError(TWICE, path=path, column=title)
    header = next(row for row in table.rows if slims.is_header(row))
    columns = slims.columns_of(header)
    rows, niks = cleared(table.rows, (columns.number, columns.name), dict(enumerate(header)))
    reading = slims.read(rows, key=here.key, where=here.where, now=here.now, report=report)
    return replace(reading, remarks=(*_others(table.other_sheets), *niks, *reading.remarks))
