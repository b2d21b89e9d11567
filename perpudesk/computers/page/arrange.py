"""How many tiles stand beside each other, and how much each can say: from 2 to 60 of them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum


class Room(IntEnum):
    """How much a tile can say, most first."""

    WIDE = 0
    """Everything, with buttons."""
    PLAIN = 1
    """Everything, without buttons."""
    CLOSE = 2
    """Who, and the time in short."""
    TIGHT = 3
    """The same, small."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """What a tile of a kind needs, in px at 100 %: at least, and at most so high; the gap."""

    wide: int
    tall: int
    tallest: int
    gap: int


SHAPES = {
    Room.WIDE: Shape(wide=196, tall=146, tallest=214, gap=12),
    Room.PLAIN: Shape(wide=150, tall=94, tallest=150, gap=10),
    Room.CLOSE: Shape(wide=126, tall=60, tallest=84, gap=8),
    Room.TIGHT: Shape(wide=118, tall=44, tallest=62, gap=6),
}


WIDEST = 280
"""A tile is no wider, in px at 100 %, however few there are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrangement:
    """Where the tiles stand, in px."""

    room: Room
    columns: int
    wide: int
    tall: int
    gap: int
    height: int
    """Of all of them: more than was given where they must scroll."""

    def place(self, at: int) -> tuple[int, int]:
        """The left and the top of the tile at a place."""
        down, across = divmod(at, self.columns)
        return across * (self.wide + self.gap), down * (self.tall + self.gap)


def arrange(count: int, width: int, height: int, scale: float) -> Arrangement:
    """Let `count` tiles say as much as they can without scrolling; all are equally large."""
    for room in Room:
        found = _fit(room, count, width, height, scale)
        if found.height <= height:
            return found
    return found


def _fit(room: Room, count: int, width: int, height: int, scale: float) -> Arrangement:
    """As many beside each other as there is room for, or fewer where they become too flat."""
    shape = SHAPES[room]
    gap = shape.gap
    least, flat = round(shape.wide * scale), round(shape.tall * scale)
    columns = max(1, (width + gap) // (least + gap))
    if room is Room.WIDE:
        columns = min(columns, max(count, 1))
    else:
        columns = _rounder(columns, count, height, flat, gap)
    rows = -(-max(count, 1) // columns)
    wide = min((width - gap * (columns - 1)) // columns, round(WIDEST * scale))
    tall = max(flat, min(round(shape.tallest * scale), (height + gap) // rows - gap))
    return Arrangement(
        room=room,
        columns=columns,
        wide=wide,
        tall=tall,
        gap=gap,
        height=rows * (tall + gap) - gap,
    )


def _rounder(most: int, count: int, height: int, flat: int, gap: int) -> int:
    """The fewest columns, up to `most`, whose rows still fit; longer names then have room."""
    for columns in range(1, most):
        rows = -(-max(count, 1) // columns)
        if rows * (flat + gap) - gap <= height and columns * 3 >= most * 2:
            return columns
    return most
