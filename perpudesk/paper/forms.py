"""What only some papers have: tables with room for a pen, sheets that begin anew, large words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum


class Format(StrEnum):
    """How a document lies on its paper."""

    UPRIGHT = "upright"
    WIDE = "wide"
    CERTIFICATE = "certificate"
    CARDS = "cards"


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
class Roll:
    """A list of people under a header that repeats, numbered in its first column by ourselves.

    `shares` are the columns' parts of the width, the number's among them; those before the
    column `lefts` stand left. A row is at least `row_mm` high and grows with its words. Where it is
    `signed`, the last column is to sign in: odd numbers at its left, even ones at its right, each
    as high as two rows; `rows` have no cell for it. At least `spare` empty rows follow, some more
    where the page has room; with a `total` nothing does, and it stands last. A list without rows
    fills `pages` pages. There is at most one between two `NewPage`.
    """

    titles: tuple[str, ...]
    shares: tuple[float, ...]
    rows: tuple[tuple[str, ...], ...] = ()
    total: tuple[str, ...] = ()
    lefts: int = 2
    row_mm: float = 8.0
    signed: bool = False
    spare: int = 0
    pages: int = 1

    def outline(self) -> Iterator[str]:
        """The titles in brackets, the rows with their numbers, the empty ones, the total."""
        yield f"[{' | '.join(self.titles)}]"
        for number, row in enumerate(self.rows, start=1):
            yield f"  {number} | {' | '.join(row)}"
        if not self.rows:
            yield f"  1, 2, 3 … on {self.pages} pages"
        elif self.spare:
            yield f"  at least {self.spare} more"
        if self.total:
            yield f"= {' | '.join(self.total)}"


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """A small form: what it is, lines to fill in, questions answered from 1 to `most`.

    `low` says what 1 means, `high` what the last number does.
    """

    above: str
    title: str
    lines: tuple[str, ...]
    questions: tuple[str, ...]
    low: str
    high: str
    foot: str = ""
    most: int = 5

    def outline(self) -> Iterator[str]:
        """Its lines from above to below."""
        yield from (self.above, f"** {self.title} **", *self.lines)
        scale = f"[{self.low} 1 … {self.most} {self.high}]"
        yield from (f"  {question} {scale}" for question in self.questions)
        yield self.foot


@dataclass(frozen=True, slots=True, kw_only=True)
class Cards:
    """Small forms to cut apart, six on a sheet of their own (`Format.CARDS`)."""

    cards: tuple[Card, ...]

    def outline(self) -> Iterator[str]:
        """Each card, a line between two."""
        for number, card in enumerate(self.cards):
            yield from ("8<",) if number else ()
            yield from card.outline()
