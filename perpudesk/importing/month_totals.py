"""Totals of whole months, one under another or a column a month, so that years can be compared.

An empty cell is not counted and a 0 is 0. A month that has finer records, or another total, is
refused: nothing that is here already is replaced. Of a wide table whose rows are branches one row
counts; of one whose rows are indicators, all that are sums.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from perpudesk.core.codes import Method
from perpudesk.core.errors import FileError, InputError, Problem
from perpudesk.core.formats import month_name, number
from perpudesk.core.i18n import tr
from perpudesk.core.times import Period
from perpudesk.importing.asides import (
    BLANK,
    HEADER,
    LEFT_OUT,
    NOT_COUNTED,
    NOTE,
    OTHER_ROWS,
    SUM_COLUMN,
    SUM_DIFFERS,
    THOUSANDS,
    TOTAL_DIFFERS,
    YEAR_TAKEN,
    begins_a_note,
    number_problem,
    unused_remarks,
)
from perpudesk.importing.columns import Head, Plan, unused
from perpudesk.importing.fields import What, plain
from perpudesk.importing.identity import tidy
from perpudesk.importing.known_totals import (
    FROM_CALENDAR,
    NOT_A_SUM,
    TAKEN_OUT,
    UNKNOWN_INDICATOR,
    Known,
)
from perpudesk.importing.model import SAMPLES, Aside, Reading, Remark
from perpudesk.importing.words import (
    both,
    lacks_year,
    month_of,
    month_told_by,
    parts_thousands,
    whole_number,
)
from perpudesk.totals.model import (
    MOST,
    SUMS,
    PeriodTotal,
    indicator_name,
    indicator_of,
)

Rows = Sequence[Sequence[str]]

MONTH_TWICE = Problem(
    "month_twice",
    "{path} has {month} twice: {places}. It cannot be told which one counts; delete one and save "
    "again.",
)
YEAR_MISSING = Problem(
    "year_missing",
    "{path} names months without a year, like {example}. Say which year it is.",
)
CHOOSE_ROW = Problem(
    "choose_row",
    "{path} has {n} rows. Say which one is this library's: {rows}.",
)
NO_ROW = Problem("no_such_row", "{path} has no row “{row}”. Its rows are: {rows}.")
ROW_TWICE = Problem(
    "row_twice", "{path} has the row “{row}” twice. Delete one and save again, or name the other."
)
NO_MONTH = Problem("no_month", "“{value}” is not a month.")
NO_YEAR = Problem("no_year", "“{value}” is not a year.")

_SUM_TITLES = ("ytd", "total", "jumlah", "grand total", "total tahun", "year to date", "jml")
_YEAR = re.compile("(?:19|20)[0-9]{2}")
_ROWS_SHOWN = 20
_SOURCE_LENGTH = 300


@dataclass(frozen=True, slots=True)
class _Cell:
    """A cell that should hold a total: where it stands, and of which month and indicator."""

    row: int
    column: str
    month: str
    indicator: str
    value: str
    cells: tuple[str, ...]


def read(
    rows: Rows,
    head: Head,
    plan: Plan,
    *,
    path: str,
    source: str,
    branch: str,
    known: Sequence[PeriodTotal],
    taken_out: Sequence[PeriodTotal],
    finer: Mapping[str, Collection[Period]],
    this_month: Period,
) -> Reading:
    """Every total of a table; raises where it cannot be told which number counts.

    `InputError` on `row` or `year` where it can be said, else `FileError`.

    `source` is where a total is from, `branch` the library's name; `known` are the totals that are
    here, `taken_out` those that were, and `finer` by indicator the months with finer records.
    """
    below = list(enumerate(*head.parted(rows)))
    here = Known(known, taken_out, finer, this_month)
    made = _Totals(head, plan, path, source[:_SOURCE_LENGTH], here)
    if "month" in plan.columns:
        made.read_long(below)
    else:
        made.read_wide(below, branch)
    return made.reading()


class _Totals:
    """One table of totals on its way through."""

    def __init__(self, head: Head, plan: Plan, path: str, source: str, known: Known) -> None:
        self._head, self._plan, self._path = head, plan, path
        self._source, self._known = source, known
        self._totals: list[PeriodTotal] = []
        self._here = 0
        self._refused: list[Aside] = []
        self._left_out: list[Aside] = []
        self._remarks: list[Remark] = []
        self._shown: list[tuple[str, ...]] = []
        self._places: dict[tuple[str, Period], str] = {}
        self._sums: dict[str, list[int]] = {}
        self._thousands = ""

    def reading(self) -> Reading:
        """What came of it."""
        remarks = list(self._remarks)
        if self._thousands:
            value = whole_number(self._thousands)
            params = {"example": self._thousands, "value": str(value)}
            remarks.append(Remark(problem=THOUSANDS, params=params))
        return Reading(
            source=What.TOTALS,
            header=self._head.titles,
            totals=self._totals,
            unchanged=self._here,
            refused=self._refused,
            left_out=self._left_out,
            remarks=(*remarks, *unused_remarks(self._unused())),
            titles=(tr("Month"), tr("Indicator"), tr("Total")),
            shown=tuple(self._shown),
        )

    def _unused(self) -> list[str]:
        sums = {remark.params.get("column") for remark in self._remarks}
        at = self._plan.columns
        parts = [self._head.titles[at[c]] for c in ("female", "male") if {c, "count"} <= at.keys()]
        return [*(each for each in unused(self._head, self._plan) if each not in sums), *parts]

    def read_long(self, below: Sequence[tuple[int, Sequence[str]]]) -> None:
        """A row a month."""
        at = self._plan.columns
        for place, row in below:
            cells = {code: _name(row, c) for code, c in at.items()}
            count = cells["count"] if "count" in at else both(cells["female"], cells["male"])
            filled = [cell for cell in row if cell.strip()]
            why = None
            if not filled:
                why = BLANK
            elif self._head.is_mine(row):
                why = HEADER
            elif any(map(begins_a_note, filled[:2])) or (
                len(filled) == 1 < len(at) and self._month(cells["month"]) is None
            ):
                why = NOTE
                self._compare(place, whole_number(count))
            if why is not None:
                shown = tuple(row) if filled else ()
                value = filled[0] if filled else ""
                self._left_out.append(Aside(row=place, problem=why, value=value, cells=shown))
                continue
            month = f"{cells['month']} {cells['year']}" if cells.get("year") else cells["month"]
            column = self._head.titles[at.get("count", at.get("female", 0))]
            said = cells.get("indicator", "")
            self._take(_Cell(place, column, month, said, count, tuple(row)))

    def read_wide(self, below: Sequence[tuple[int, Sequence[str]]], branch: str) -> None:
        """A column a month; what a row is stands in the column given to `indicator`."""
        months = self._head.months()
        self._check_columns(months)
        names = self._plan.columns.get("indicator")
        rows = [(place, row) for place, row in below if any(map(str.strip, row))]
        if "year" in self._plan.columns:
            self._year_rows(rows, months)
            return
        known = names is not None and any(indicator_of(_name(row, names)) for _, row in rows)
        if known and not self._plan.row:
            for place, row in rows:
                said = _name(row, names or 0)
                if begins_a_note(said) and indicator_of(said) is None:
                    self._left_out.append(_note(place, row, said))
                else:
                    self._wide_row(place, row, months, said)
            return
        place, row = self._chosen(rows, names, branch)
        self._wide_row(place, row, months, "")

    def _year_rows(
        self, rows: Sequence[tuple[int, Sequence[str]]], months: Mapping[int, str]
    ) -> None:
        """A row a year, of which one may be asked for; it may say its indicator too."""
        at, names = self._plan.columns["year"], self._plan.columns.get("indicator")
        years, wanted = [_name(row, at) for _, row in rows], self._plan.row
        if wanted and wanted not in years:
            listed = ", ".join(years[:_ROWS_SHOWN])
            raise InputError(NO_ROW, field="row", path=self._path, row=wanted, rows=listed)
        for place, row in rows:
            year, said = _name(row, at), "" if names is None else _name(row, names)
            if begins_a_note(year):
                self._left_out.append(_note(place, row, year))
            elif not _YEAR.fullmatch(year):
                title = self._head.titles[at]
                self._set_aside(_Cell(place, title, "", "", "", tuple(row)), NO_YEAR, year)
            elif wanted in ("", year):
                dated = {
                    c: f"{title} {year}" if lacks_year(title) else title
                    for c, title in months.items()
                }
                self._wide_row(place, row, dated, said)

    def _check_columns(self, months: Mapping[int, str]) -> None:
        """A month in two columns is no month of either; sums of months are left out and said."""
        seen: dict[Period, str] = {}
        for title in months.values():
            dated = "year" in self._plan.columns
            month = month_of(title, 2000) if dated else self._month(title)
            if month is not None and month in seen:
                places = f"{seen[month]}, {title}"
                raise FileError(MONTH_TWICE, path=self._path, month=_said(month), places=places)
            if month is not None:
                seen[month] = title
        for title in unused(self._head, self._plan):
            if plain(title) in _SUM_TITLES:
                self._remarks.append(Remark(problem=SUM_COLUMN, params={"column": title}))

    def _chosen(
        self, rows: Sequence[tuple[int, Sequence[str]]], names: int | None, branch: str
    ) -> tuple[int, Sequence[str]]:
        """The row of this library: as said, else by its name, else the only one."""
        if names is None or len(rows) == 1:
            if len(rows) == 1:
                return rows[0]
            raise InputError(
                CHOOSE_ROW, field="row", path=self._path, n=number(len(rows)), rows="–"
            )
        titles = [_name(row, names) for _, row in rows]
        listed = ", ".join(titles[:_ROWS_SHOWN]) + (", …" if len(titles) > _ROWS_SHOWN else "")
        wanted = self._plan.row or branch
        found = [at for at, title in enumerate(titles) if plain(title) == plain(wanted)]
        if not found and self._plan.row:
            raise InputError(NO_ROW, field="row", path=self._path, row=self._plan.row, rows=listed)
        if not found:
            raise InputError(
                CHOOSE_ROW, field="row", path=self._path, n=number(len(rows)), rows=listed
            )
        if len(found) > 1:
            raise InputError(ROW_TWICE, field="row", path=self._path, row=wanted)
        params = {"row": titles[found[0]], "n": len(rows) - 1}
        self._remarks.append(Remark(problem=OTHER_ROWS, params=params))
        return rows[found[0]]

    def _wide_row(
        self, place: int, row: Sequence[str], months: Mapping[int, str], said: str
    ) -> None:
        for at, title in months.items():
            self._take(_Cell(place, title, title, said, _name(row, at), tuple(row)))
        values = [whole_number(_name(row, at)) for at in months]
        for at, title in enumerate(self._head.titles):
            told = whole_number(_name(row, at)) if plain(title) in _SUM_TITLES else None
            total = sum(filter(None, values))
            if told is not None and told != total and any(values):
                params = {"row": str(place), "column": title, "said": told, "sum": total}
                self._remarks.append(Remark(problem=SUM_DIFFERS, params=params))

    def _month(self, text: str) -> Period | None:
        """The month of a title or cell; one without a year is of the year that was said."""
        if lacks_year(text):
            if self._plan.year is None:
                raise InputError(YEAR_MISSING, field="year", path=self._path, example=text)
            remark = Remark(problem=YEAR_TAKEN, params={"year": str(self._plan.year)})
            if remark not in self._remarks:
                self._remarks.append(remark)
        found = month_of(text, self._plan.year)
        return found or month_told_by(text, self._known.this_month.last)

    def _compare(self, place: int, said: int | None) -> None:
        """Say so where a total is not what stands above it, if that is all of one kind."""
        if said is None or len(self._sums) != 1:
            return
        ((kind, (since, whole)),) = self._sums.items()
        if said not in (since, whole):
            params = {"row": str(place), "said": said, "sum": whole}
            self._remarks.append(Remark(problem=TOTAL_DIFFERS, params=params))
        self._sums[kind] = [0, whole]

    def _take(self, cell: _Cell) -> None:
        """The total of a cell, or why there is none."""
        month = self._month(cell.month)
        indicator = indicator_of(cell.indicator) if cell.indicator else "visits"
        if indicator is None and begins_a_note(cell.indicator):
            self._set_aside(cell, NOTE, cell.indicator)
        elif indicator is None or indicator not in SUMS:
            apart = {None: UNKNOWN_INDICATOR, "open_days": FROM_CALENDAR}
            why = apart.get(indicator, NOT_A_SUM)
            self._set_aside(cell, why, cell.indicator)
        elif not cell.value:
            self._set_aside(cell, NOT_COUNTED, "")
        elif month is None:
            self._set_aside(cell, NO_MONTH, cell.month)
        elif (value := whole_number(cell.value)) is None:
            self._set_aside(cell, number_problem(cell.value), cell.value)
        else:
            method = Method.ESTIMATED if self._plan.estimated else Method.COUNTED
            self._take_total(
                cell,
                PeriodTotal(
                    month=month,
                    indicator=indicator,
                    value=value,
                    method=method,
                    source=self._source,
                ),
            )

    def _take_total(self, cell: _Cell, total: PeriodTotal) -> None:
        key, place = (total.indicator, total.month), tr("row {n}", n=cell.row)
        if key in self._places:
            places = f"{self._places[key]}, {place}"
            raise FileError(MONTH_TWICE, path=self._path, month=_said(total.month), places=places)
        self._places[key] = place
        self._sums[key[0]] = [each + total.value for each in self._sums.get(key[0], [0, 0])]
        if parts_thousands(cell.value) and not self._thousands:
            self._thousands = cell.value
        known = self._known.known(total)
        if (why := self._known.problem(total)) is not None:
            params = {"known": known.value if known else 0, "most": MOST}
            self._set_aside(cell, why, cell.value, _said(total.month), params)
        elif known is not None:
            self._here += 1
        else:
            self._totals.append(total)
            if len(self._shown) < SAMPLES:
                name = tr(indicator_name(total.indicator))
                self._shown.append((_said(total.month), name, number(total.value)))

    def _set_aside(
        self,
        cell: _Cell,
        why: Problem,
        value: str,
        column: str = "",
        params: Mapping[str, object] | None = None,
    ) -> None:
        aside = Aside(
            row=cell.row,
            problem=why,
            column=column or cell.column,
            value=value,
            cells=cell.cells,
            params=params or {},
        )
        (self._left_out if why in (*LEFT_OUT, TAKEN_OUT) else self._refused).append(aside)


def _note(place: int, row: Sequence[str], said: str) -> Aside:
    """A row of a wide table that is none of its own: one item, however many months it has."""
    return Aside(row=place, problem=NOTE, value=said, cells=tuple(row))


def _name(row: Sequence[str], at: int) -> str:
    return tidy(row[at]) if at < len(row) else ""


def _said(month: Period) -> str:
    return month_name(month.first)
