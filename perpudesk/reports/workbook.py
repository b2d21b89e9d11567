"""Figures as an Excel file: totals on the first sheet, then one sheet a dimension.

The same figures give the same bytes. Texts are written as texts, so that no entry of a branch is
ever a formula.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from perpudesk.core.codes import UNKNOWN, label
from perpudesk.core.formats import period_name
from perpudesk.core.i18n import tr, trc
from perpudesk.reports.model import INDICATORS, Figures
from perpudesk.reports.trend import dimension_names, entry_name

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format

Labels = Mapping[str, Mapping[str, str]]
Cell = str | int | float | None
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
        trc("column", "Code"),
        tr("Indicator"),
        trc("column", "Code"),
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
            told = (tr(indicator.name), each.indicator, each.unit)
            numbers = (each.value, each.num, each.den)
            yield (name, code, *told, *numbers, label(each.basis))


def _parts_head(dimension: str) -> tuple[str, ...]:
    return (
        tr("Period"),
        trc("column", "Code"),
        tr("Indicator"),
        trc("column", "Code"),
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
                entry = key if dated else entry_name(dimension, key, labels)
                yield (*told, entry, key, count)


class _Sheets:
    """The sheets of one file, each with a header that stays in view."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._bold: Format = book.add_format({"bold": True, "bottom": 1})

    def add(self, name: str, head: tuple[str, ...], rows: Sequence[Line]) -> None:
        """One more sheet."""
        sheet = self._book.add_worksheet(name.replace("/", " ")[:31])
        for place, title in enumerate(head):
            sheet.write_string(0, place, title, self._bold)
        for at, row in enumerate(rows, start=1):
            for place, cell in enumerate(row):
                if isinstance(cell, str):
                    sheet.write_string(at, place, cell)
                elif cell is not None:
                    sheet.write_number(at, place, cell)
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, len(rows), len(head) - 1)
        for place, title in enumerate(head):
            longest = max((len(str(row[place] or "")) for row in rows), default=0)
            sheet.set_column(place, place, min(max(longest, len(title)) + 3, _WIDEST))
