"""Which row of a table is its header, and which of its columns is given to which field."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from perpudesk.core.errors import InputError, Problem
from perpudesk.core.i18n import tr
from perpudesk.importing.delimited import LOOKED_THROUGH
from perpudesk.importing.fields import (
    FIELDS,
    What,
    codes,
    field_of,
    is_never,
    plain,
)
from perpudesk.importing.identity import tidy
from perpudesk.importing.two_rows import is_second, joined
from perpudesk.importing.words import is_value, names_month

Rows = Sequence[Sequence[str]]

UNKNOWN_FIELD = Problem(
    "unknown_field", "“{code}” is not a field of {what}. The fields are: {fields}."
)
NO_COLUMN = Problem(
    "no_column", "There is no column “{column}” in {path}. Its columns are: {columns}."
)
COLUMN_AGAIN = Problem(
    "column_again",
    "The column “{column}” is given to both {one} and {other}. Give each column to one field.",
)
FIELD_AGAIN = Problem("field_again", "The field {code} is given two columns. Give it one.")
SAME_TITLE = Problem(
    "same_title",
    "Several columns of {path} are called “{column}”. Name the right one by its letter, like C.",
)
FIELD_MISSING = Problem(
    "field_missing",
    "No column of {path} is given to {code}, and without it no row can be read. Its columns are: "
    "{columns}. Choose one.",
)
PRIVATE = Problem(
    "private_column",
    "The column “{column}” is never read: what it holds is kept nowhere. Choose another.",
)
SEX_TWICE = Problem(
    "sex_twice", "Give columns either to sex, or to female and male, not to both: {columns}."
)
_SAMPLED = 200
_SHOWN_COLUMNS = 20
LEAST_MONTHS = 2
"""A table with fewer columns of months is no wide one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """The header of a table, what stands above and the first rows below it.

    `titles` are letters, as in a spreadsheet, where the table has no header (`bare`); then `row`
    is its first row. Of two rows of titles `row` is the lower one, and `over` the upper.
    """

    row: tuple[str, ...]
    titles: tuple[str, ...]
    over: tuple[str, ...] = ()
    bare: bool = False
    above: tuple[str, ...] = ()
    below: tuple[tuple[str, ...], ...] = ()

    @property
    def said(self) -> tuple[str, ...]:
        """The titles that the table itself has, empty where a letter stands for one."""
        own = () if self.bare else joined(self.over, self.row)
        return (*own, *("" for _ in range(len(self.titles) - len(own))))[: len(self.titles)]

    @property
    def signature(self) -> str:
        """What tells this header from others: how its columns are remembered."""
        own = "\x1f".join(map(plain, self.said)).rstrip("\x1f")
        return own or f"{len(self.titles)} columns without titles"

    def is_mine(self, row: Sequence[str]) -> bool:
        """Whether a row is the one by which the table is found in the whole file."""
        return _tidied(row) == _tidied(self.row)

    def parted(self, rows: Sequence[Sequence[str]]) -> tuple[Sequence[Sequence[str]], int]:
        """The rows below the header, and the number of the first as a spreadsheet counts."""
        at = next(place for place, row in enumerate(rows) if self.is_mine(row))
        begin = at if self.bare else at + 1
        return rows[begin:], begin + 1

    def is_again(self, row: Sequence[str]) -> bool:
        """Whether a row is one of the header, repeated on a page below."""
        return self.is_mine(row) or (bool(self.over) and _tidied(row) == _tidied(self.over))

    def values(self, at: int) -> list[str]:
        """What the first rows hold in a column."""
        return [cell for row in self.below if at < len(row) and (cell := tidy(row[at]))]

    def months(self) -> dict[int, str]:
        """The columns whose titles are months, with those titles."""
        return {at: title for at, title in enumerate(self.said) if names_month(title)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """How a table is to be read: what it is, and by field the place of its column.

    `row` names the row of a wide table that counts, `year` the year of months without one.
    `remembered` is the file whose columns were given so before. `one_each` says that each row is
    one visit, whatever numbers stand in it.
    """

    what: What
    columns: Mapping[str, int] = field(default_factory=dict)
    row: str = ""
    year: int | None = None
    estimated: bool = False
    consented: bool = False
    one_each: bool = False
    remembered: str = ""

    def said(self, head: Head) -> str:
        """The columns as a sentence names them: `date = Tanggal, count = Jumlah`."""
        return ", ".join(f"{code} = {head.titles[at]}" for code, at in self.columns.items())


def letter(at: int) -> str:
    """What a spreadsheet calls a column."""
    above, rest = divmod(at, 26)
    return f"{letter(above - 1) if above else ''}{chr(ord('A') + rest)}"


def find_head(rows: Rows, wanted: Iterable[str] = ()) -> Head | None:
    """The header among the first rows; None where no row could be one of a table.

    It is the row with most titles that are known, or `wanted`; else the first row of words above
    one with values, or the first full one; else the table has none, and its columns are called by
    letters.
    """
    top = rows[:LOOKED_THROUGH]
    also = {plain(each) for each in wanted}
    scores = [_score(row, also) for row in top]
    if scores and (best := max(scores)):
        at = scores.index(best)
        lower = next((each for each in (at, at + 1) if is_second(rows, each)), None)
        return _head(rows, at) if lower is None else _head(rows, lower, over=rows[lower - 1])
    for at, (row, below) in enumerate(pairwise(top)):
        words = sum(map(bool, map(str.strip, row))) > 1 and not any(map(is_value, row))
        if words and any(map(is_value, below)):
            return _head(rows, at)
    widths = [sum(map(bool, map(str.strip, row))) for row in top]
    if not widths or not (widest := max(widths)):
        return None
    at = widths.index(widest)
    if any(is_value(cell) for cell in top[at]):
        return _head(rows, at, bare=True)
    return _head(rows, at)


def _score(row: Sequence[str], wanted: set[str]) -> int:
    """How many cells of a row are titles, more than are values; one that is wanted is enough.

    One month alone may be the day of a row; several are the titles of a wide table.
    """
    months = sum(map(names_month, row))
    known = months if months >= LEAST_MONTHS else 0
    # `Kegiatan` alone above a table is what stands above it, not one of its titles.
    alone = sum(map(bool, map(str.strip, row))) == 1
    kinds = [what for what in FIELDS if not alone or what is not What.ACTIVITIES]
    known += sum(any(field_of(what, cell) for what in kinds) or is_never(cell) for cell in row)
    values = sum(map(is_value, row)) - (months if months >= LEAST_MONTHS else 0)
    asked = sum(plain(cell) in wanted for cell in row)
    return max(known - max(values, 0), 0) + 100 * asked


def _head(rows: Rows, at: int, *, bare: bool = False, over: Sequence[str] = ()) -> Head:
    row = tuple(rows[at])
    start = at if bare else at + 1
    below = tuple(tuple(each) for each in rows[start : start + _SAMPLED])
    width = max(map(len, (row, over, *below)))
    titles = list(joined(over, row)) if not bare else []
    titles = [titles[i] if i < len(titles) and titles[i] else letter(i) for i in range(width)]
    before = rows[: at - bool(over)]
    above = tuple(cell for each in before for cell in map(tidy, each) if cell)
    titled = tuple(titles)
    return Head(row=row, titles=titled, over=tuple(over), bare=bare, above=above, below=below)


def _tidied(row: Sequence[str]) -> list[str]:
    cells = [tidy(cell) for cell in row]
    while cells and not cells[-1]:
        cells.pop()
    return cells


def give(
    head: Head, what: What, guessed: Mapping[str, int], given: Sequence[tuple[str, str]], path: str
) -> dict[str, int]:
    """The columns as somebody gave them, and those guessed that are still free.

    An empty column takes a field away. Raises `InputError` on the field that is refused.
    """
    columns: dict[str, int] = {}
    unwanted: set[str] = set()
    for code, column in given:
        if code not in codes(what):
            fields = ", ".join(codes(what))
            raise InputError(UNKNOWN_FIELD, field=code, code=code, what=what, fields=fields)
        if code in columns or code in unwanted:
            raise InputError(FIELD_AGAIN, field=code, code=code)
        if not column.strip():
            unwanted.add(code)
            continue
        at = _place(head, column, code, path)
        for other, taken in columns.items():
            if taken == at:
                title = head.titles[at]
                raise InputError(COLUMN_AGAIN, field=code, column=title, one=other, other=code)
        columns[code] = at
    free = {
        code: at
        for code, at in guessed.items()
        if code not in columns and code not in unwanted and at not in columns.values()
    }
    if "sex" in columns:
        free = {code: at for code, at in free.items() if code not in ("female", "male")}
    if {"female", "male"} & columns.keys():
        free.pop("sex", None)
    both = {**free, **columns}
    return {code: both[code] for code in codes(what) if code in both}


def _place(head: Head, column: str, code: str, path: str) -> int:
    """Where a column stands that is named by its title, or else by its letter."""
    said = plain(column)
    found = [at for at, title in enumerate(head.titles) if plain(title) == said]
    if not found:
        found = [at for at in range(len(head.titles)) if letter(at).casefold() == said]
    if not found:
        raise InputError(NO_COLUMN, field=code, column=column, path=path, columns=titles_text(head))
    if len(found) > 1:
        raise InputError(SAME_TITLE, field=code, column=column, path=path)
    if is_never(head.titles[found[0]]):
        raise InputError(PRIVATE, field=code, column=head.titles[found[0]])
    return found[0]


def check(head: Head, plan: Plan, path: str) -> None:
    """Raise `InputError` when a table cannot be read so: a field is missing, or one too many."""
    columns = plan.columns
    if {"sex"} <= columns.keys() and {"female", "male"} & columns.keys():
        raise InputError(SEX_TWICE, field="sex", columns=plan.said(head))
    for code, at in columns.items():
        other = next(each for each, place in columns.items() if place == at)
        if other != code:
            title = head.titles[at]
            raise InputError(COLUMN_AGAIN, field=code, column=title, one=other, other=code)
    missing = next(_missing(head, plan), None)
    if missing is not None:
        raise InputError(
            FIELD_MISSING, field=missing, code=missing, path=path, columns=titles_text(head)
        )


def _missing(head: Head, plan: Plan) -> Iterator[str]:
    needed: Sequence[str]
    if plan.what is What.TOTALS:
        wide = not {"month", "count"} & plan.columns.keys() and bool(head.months())
        both = {"female", "male"} <= plan.columns.keys()
        needed = () if wide else ("month",) if both else ("month", "count")
    elif plan.what is What.SESSIONS:
        needed = () if "date" in plan.columns else ("start",)
    else:
        needed = [each.code for each in FIELDS[plan.what] if each.needed]
    return (code for code in needed if code not in plan.columns)


def titles_text(head: Head) -> str:
    """The columns of a table as a sentence lists them."""
    titles = [title for title in head.titles if not is_never(title)]
    shown = ", ".join(titles[:_SHOWN_COLUMNS])
    more = len(titles) - _SHOWN_COLUMNS
    return shown if more <= 0 else tr("{columns} and {n} more", columns=shown, n=more)


def unused(head: Head, plan: Plan) -> list[str]:
    """The titles of the columns that are not read."""
    read = set(plan.columns.values())
    if plan.what is What.TOTALS and "month" not in plan.columns:
        read |= head.months().keys()
    return [] if head.bare else [t for at, t in enumerate(head.titles) if at not in read]


def kept(head: Head, row: Sequence[str]) -> tuple[str, ...]:
    """The cells of a row, without those that are never read."""
    titles = head.titles
    return tuple(
        "" if at < len(titles) and is_never(titles[at]) else cell for at, cell in enumerate(row)
    )
