"""A chart of two dimensions at once, as a value: a table of counts, darker where there are more."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class HeatRow:
    """The counts of a row, one for each column; None where there could be none."""

    label: str
    values: tuple[int | None, ...]

    def outline(self) -> str:
        """`label: 1 0 –`."""
        return f"{self.label}: {' '.join('–' if n is None else f'{n}' for n in self.values)}"


@dataclass(frozen=True, slots=True, kw_only=True)
class HeatMap:
    """Counts by `columns` and rows; the number stands in each cell, whatever the printer."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[HeatRow, ...]
    category_axis: str = ""
    value_axis: str = ""

    def outline(self) -> Iterator[str]:
        """`heat: title`, the axes, the columns, the rows."""
        yield f"heat: {self.title}"
        if self.category_axis or self.value_axis:
            yield f"  {self.category_axis} / {self.value_axis}"
        yield f"  {' '.join(self.columns)}"
        yield from (f"  {row.outline()}" for row in self.rows)
