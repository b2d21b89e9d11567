"""How strips of a document fill pages: what stays together, what repeats, nothing cut."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from perpudesk.paper.marks import Drawing, Placed


@dataclass(frozen=True, slots=True)
class Piece:
    """A strip that is never split, `gap` points below the one before unless it begins a page.

    With `keep` it stays with the next piece; `head` is drawn above it where it begins a page, and
    with `turn` it always does.
    """

    drawing: Drawing
    gap: float = 0.0
    keep: bool = False
    head: Drawing | None = None
    turn: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """What lies on one page, how far down it reaches, and what is behind it and behind others.

    What is `behind` begins at the corner of the paper; pages of one file share the same drawing.
    """

    placed: tuple[Placed, ...]
    height: float
    behind: Drawing | None = None


def kept(pieces: Sequence[Piece], *, with_next: bool = False) -> list[Piece]:
    """The pieces made to stay together, and with what follows when `with_next`."""
    last = len(pieces) - 1
    return [
        replace(piece, keep=True) if with_next or number < last else piece
        for number, piece in enumerate(pieces)
    ]


def paginate(pieces: Sequence[Piece], height: float) -> list[Page]:
    """The pieces on pages of `height`, in order; at least one page.

    What should stay together but is taller than a page is split between its pieces.
    """
    pages = _Pages(height)
    for group in _groups(pieces):
        if group[0].turn or (not pages.fits(group) and pages.fits(group, fresh=True)):
            pages.turn()
        for piece in group:
            pages.place(piece)
    return pages.finished()


def _groups(pieces: Sequence[Piece]) -> Iterator[list[Piece]]:
    group: list[Piece] = []
    for piece in pieces:
        group.append(piece)
        if not piece.keep:
            yield group
            group = []
    if group:
        yield group


class _Pages:
    """Pages being filled from top to bottom."""

    def __init__(self, height: float) -> None:
        self._height = height
        self._done: list[Page] = []
        self._placed: list[Placed] = []
        self._y = 0.0

    def fits(self, group: list[Piece], *, fresh: bool = False) -> bool:
        """Whether the whole group fits on what is left of this page, or on a fresh one."""
        y = 0.0 if fresh else self._y
        return y + _height(group, begins=y == 0) <= self._height + 1e-6

    def turn(self) -> None:
        """Begin the next page, unless it is begun already."""
        if not self._placed:
            return
        self._done.append(Page(tuple(self._placed), self._y))
        self._placed, self._y = [], 0.0

    def place(self, piece: Piece) -> None:
        """Put the piece below the last one, or on the next page where it does not fit."""
        if self._placed and not self.fits([piece]):
            self.turn()
        if not self._placed and piece.head:
            self._put(piece.head)
        elif self._placed:
            self._y += piece.gap
        self._put(piece.drawing)

    def _put(self, drawing: Drawing) -> None:
        self._placed.append(Placed(0, self._y, drawing))
        self._y += drawing.height

    def finished(self) -> list[Page]:
        """All pages; there is always one."""
        if self._placed or not self._done:
            self._done.append(Page(tuple(self._placed), self._y))
        return self._done


def _height(group: list[Piece], *, begins: bool) -> float:
    first = group[0]
    above = (first.head.height if first.head else 0.0) if begins else first.gap
    rest = sum(piece.gap for piece in group[1:])
    return above + rest + sum(piece.drawing.height for piece in group)
