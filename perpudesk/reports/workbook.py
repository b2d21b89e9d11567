"""Figures as an Excel file: totals on the first sheet, then one sheet a dimension.

The same figures give the same bytes. Texts are written as texts, so that no entry of a branch is
ever a formula.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from perpudesk.core.codes import UNKNOWN, label
from perpudesk.core.formats import period_name
from perpudesk.core.i18n import tr, trc
from perpudesk.reports.dimensions import Labels, dimension_names, entry_name
from perpudesk.reports.model import INDICATORS, Figures

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format

Cell = str | int | float | date | None
Line = tuple[Cell, ...]

_MADE = datetime(2026, 1, 1, tzinfo=UTC).replace(tzinfo=None)
"""Never today's, so that the same figures are the same file."""
_WIDEST = 60


def figures_workbook(many: Sequence[Figures], labels: Labels) -> bytes:
    """The figures of these periods; an empty value was not counted, which is not 0."""
    from xlsxwriter import Workbook

    stream = io.BytesIO()
    with Workbook(stream, {"in_memory": True}) as book:
        book.set_properties({"created": _MADE, "author": "PerpuDesk"})
        sheets = _Sheets(book)
        sheets.add(trc("sheet", "Figures"), _totals_head(), list(_totals(many)))
        for dimension, name in (*dimension_names().items(), ("day", tr("Date"))):
            if rows := list(_parts(many, dimension, labels)):
                sheets.add(name, _parts_head(name), rows)
    return stream.getvalue()


def _totals_head() -> tuple[str, ...]:
    return (
        tr("Period"),
        tr("Period code"),
        tr("Indicator"),
        tr("Indicator code"),
        trc("column", "Unit"),
        trc("column", "Value"),
        tr("Numerator"),
        tr("Denominator"),
        tr("How it was found"),
    )


def _totals(many: Iterable[Figures]) -> Iterator[Line]:
    for figures in many:
        name, code = period_name(figures.period), figures.period.code
        for each in figures.figures:
            indicator = INDICATORS[each.indicator]
            told = (tr(indicator.name), each.indicator, _unit_name(each.unit))
            numbers = (each.value, each.num, each.den)
            yield (name, code, *told, *numbers, label(each.basis))


def _unit_name(unit: str) -> str:
    """The unit in words; the CSV file has its code."""
    names = {
        "visits": trc("unit", "visits"),
        "days": trc("unit", "days"),
        "visits_per_day": trc("unit", "visits per day"),
        "patrons": trc("unit", "patrons"),
        "users": trc("unit", "users"),
        "workstations": trc("unit", "computers"),
        "sessions": trc("unit", "sessions"),
        "minutes": trc("unit", "minutes"),
        "minutes_per_session": trc("unit", "minutes per session"),
        "tickets": trc("unit", "tickets"),
        "calls": trc("unit", "calls"),
        "minutes_per_ticket": trc("unit", "minutes per ticket"),
        "courses": trc("unit", "trainings"),
        "meetings": trc("unit", "meetings"),
        "attendances": trc("unit", "attendances"),
        "people": trc("unit", "people"),
        "person_hours": trc("unit", "person-hours"),
        "communities": trc("unit", "communities"),
        "actions": trc("unit", "actions"),
        "rupiah": trc("unit", "rupiah"),
        "partners": trc("unit", "partners"),
        "items": trc("unit", "items"),
        "stories": trc("unit", "stories"),
        "share": trc("unit", "share (1 = 100%)"),
    }
    return names[unit]


def _parts_head(dimension: str) -> tuple[str, ...]:
    return (
        tr("Period"),
        tr("Period code"),
        tr("Indicator"),
        tr("Indicator code"),
        dimension,
        trc("column", "Code"),
        trc("column", "Value"),
    )


def _parts(many: Iterable[Figures], dimension: str, labels: Labels) -> Iterator[Line]:
    for figures in many:
        name, code = period_name(figures.period), figures.period.code
        for each in figures.figures:
            told = (name, code, tr(INDICATORS[each.indicator].name), each.indicator)
            for key, count in each.by.get(dimension, {}).items():
                dated = dimension == "day" and key != UNKNOWN
                if dated:
                    yield (*told, date.fromisoformat(key), key, count)
                else:
                    name_ = entry_name(each.indicator, dimension, key, labels)
                    yield (*told, name_, key, count)


class _Exact(float):
    """A number that is written with all of its digits; the library would round to 16."""

    def __format__(self, spec: str) -> str:
        """As Python writes it: what reads back is the same number."""
        return str(int(self)) if self.is_integer() else repr(float(self))


class _Sheets:
    """The sheets of one file, each with a header that stays in view."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._bold: Format = book.add_format({"bold": True, "bottom": 1})
        self._date: Format = book.add_format({"num_format": "yyyy-mm-dd"})

    def add(self, name: str, head: tuple[str, ...], rows: Sequence[Line]) -> None:
        """One more sheet."""
        sheet = self._book.add_worksheet(name.replace("/", " ")[:31])
        for place, title in enumerate(head):
            sheet.write_string(0, place, title, self._bold)
        for at, row in enumerate(rows, start=1):
            for place, cell in enumerate(row):
                if isinstance(cell, str):
                    sheet.write_string(at, place, cell)
                elif isinstance(cell, date):
                    sheet.write_datetime(at, place, cell, self._date)
                elif cell is not None:
                    sheet.write_number(at, place, _Exact(cell))
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, len(rows), len(head) - 1)
        for place, title in enumerate(head):
            longest = max((len(str(row[place] or "")) for row in rows), default=0)
            sheet.set_column(place, place, min(max(longest, len(title)) + 3, _WIDEST))
