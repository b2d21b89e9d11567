"""A tile is to be chosen: where to move to, with whom to swap, where somebody begins."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from perpudesk.computers.board import TAKEN, Tile, TileKind
from perpudesk.computers.page.board import BoardView
from perpudesk.core.i18n import tr
from perpudesk.ui.told import PageToasts

OPEN = frozenset({TileKind.FREE, TileKind.RESERVED})
"""Here a session can begin."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What is asked, which tiles answer it, and what is done with the one that is taken."""

    question: str
    fits: Callable[[Tile], bool]
    taken: Callable[[Tile], object]


class Chooser(QObject):
    """Asks for a tile, marks those that can be taken, and waits; taps and deeds wait with it."""

    changed = Signal()
    """Something is asked, or no more."""

    def __init__(self, board: BoardView, toasts: PageToasts, *, parent: QObject) -> None:
        super().__init__(parent)
        self._board, self._toasts = board, toasts
        self.choice: Choice | None = None

    def ask(self, choice: Choice) -> None:
        """Ask this, instead of what was asked before."""
        self._set(choice)

    def leave(self) -> bool:
        """Ask no more, and do nothing; whether anything was asked."""
        if self.choice is None:
            return False
        self._set(None)
        return True

    def take(self, tile: Tile) -> bool:
        """Take a tile, or say that it cannot be; whether one was asked for."""
        choice = self.choice
        if choice is None:
            return False
        if choice.fits(tile):
            self._set(None)
            choice.taken(tile)
        else:
            said = tr("That one cannot be chosen now. Choose a marked one, or press Esc.")
            self._toasts.say(said)
        return True

    def mark(self) -> None:
        """Mark anew what can be taken: the tiles have changed."""
        self._board.offer(None if self.choice is None else self.choice.fits)

    def _set(self, choice: Choice | None) -> None:
        self.choice = choice
        self.mark()
        self.changed.emit()


def is_open(tile: Tile) -> bool:
    """Whether a session can begin there."""
    return tile.workstation is not None and tile.kind in OPEN


def is_taken(tile: Tile) -> bool:
    """Whether somebody sits there."""
    return tile.workstation is not None and tile.kind in TAKEN
