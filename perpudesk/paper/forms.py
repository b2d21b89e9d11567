"""What only some papers have: tables with room for a pen, sheets that begin anew, large words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPage:
    """What follows begins a new sheet, under the letterhead again."""

    def outline(self) -> Iterator[str]:
        """A line across."""
        yield "----"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruled:
    """Cells to be written in by hand, framed in black, each row at least `row_mm` high.

    `shares` are the columns' parts of the width. Rows grow to fill what the page leaves, unless
    `grows` is False. Without `rows` they are empty, numbered from 1, and fill `pages` pages under
    a header that repeats. An empty first cell goes on with the one above it; the last row may be
    the `total`. There is at most one that grows between two `NewPage`.
    """

    titles: tuple[str, ...]
    shares: tuple[float, ...]
    rows: tuple[tuple[str, ...], ...] = ()
    row_mm: float = 8.0
    grows: bool = True
    pages: int = 1
    total: bool = False

    def outline(self) -> Iterator[str]:
        """The titles in brackets, then the rows, or how many pages the empty ones fill."""
        yield f"[{' | '.join(self.titles)}]"
        if not self.rows:
            yield f"  1, 2, 3 … on {self.pages} pages"
        last = len(self.rows) - 1
        for number, row in enumerate(self.rows):
            mark = "= " if self.total and number == last else "  "
            yield mark + " | ".join(row)


@dataclass(frozen=True, slots=True, kw_only=True)
class Large:
    """Words to be read at a glance, centred, with lines of running text above and below them."""

    text: str
    above: tuple[str, ...] = ()
    below: tuple[str, ...] = ()

    def outline(self) -> Iterator[str]:
        """The lines above, the words between `**`, the lines below."""
        yield from self.above
        yield f"** {self.text} **"
        yield from self.below
