"""What can be done with a tile, the word for it, and its key."""

from __future__ import annotations

from enum import StrEnum

from perpudesk.computers.board import TAKEN, Tile, TileKind
from perpudesk.computers.model import EXTENSION
from perpudesk.core.i18n import tr, trc


class Deed(StrEnum):
    """Something that a person does with a tile."""

    MAIN = "main"
    """What Enter does: start where it is free, end where it is in use."""
    CHOOSE = "choose"
    MENU = "menu"
    START = "start"
    SERVE = "serve"
    MISSED = "missed"
    END = "end"
    EXTEND = "extend"
    PAUSE = "pause"
    RESUME = "resume"
    MOVE = "move"
    SWAP = "swap"
    PURPOSE = "purpose"
    CORRECT = "correct"
    BREAK = "break"
    REPAIR = "repair"
    RESERVE = "reserve"
    LOOK = "look"

    @property
    def words(self) -> str:
        """What its button says."""
        return _words(self)

    @property
    def brief(self) -> str:
        """The same in short, where that is any shorter."""
        return f"+{EXTENSION}" if self is Deed.EXTEND else ""

    @property
    def key(self) -> str:
        """The key that does it with the tile that has the focus."""
        return KEYS.get(self, "")


KEYS = {
    Deed.START: "Enter",
    Deed.SERVE: "Enter",
    Deed.MISSED: "T",
    Deed.END: "Enter",
    Deed.EXTEND: "+",
    Deed.PAUSE: "P",
    Deed.RESUME: "P",
    Deed.MOVE: "M",
    Deed.SWAP: "S",
    Deed.PURPOSE: "U",
    Deed.CORRECT: "C",
    Deed.BREAK: "B",
    Deed.REPAIR: "B",
    Deed.RESERVE: "R",
    Deed.LOOK: "Enter",
    Deed.MENU: ".",
}
BY_KEY = {
    "+": Deed.EXTEND,
    "=": Deed.EXTEND,
    "P": Deed.PAUSE,
    "M": Deed.MOVE,
    "S": Deed.SWAP,
    "U": Deed.PURPOSE,
    "C": Deed.CORRECT,
    "B": Deed.BREAK,
    "R": Deed.RESERVE,
    ".": Deed.MENU,
}
"""The deed of a character: `=` is the plus that nobody pressed Shift for."""
_KEPT = frozenset({TileKind.CLASS, TileKind.RESERVED})


def _words(deed: Deed) -> str:
    return {
        Deed.START: tr("Start a session"),
        Deed.SERVE: trc("ticket", "Serve"),
        Deed.MISSED: tr("Did not come"),
        Deed.END: trc("session", "End"),
        Deed.EXTEND: tr("+{n} min", n=EXTENSION),
        Deed.PAUSE: tr("Pause"),
        Deed.RESUME: tr("Go on"),
        Deed.MOVE: tr("Move to…"),
        Deed.SWAP: tr("Swap with…"),
        Deed.PURPOSE: tr("Purpose…"),
        Deed.CORRECT: tr("Correct…"),
        Deed.BREAK: tr("Broken…"),
        Deed.REPAIR: tr("Note the repair"),
        Deed.RESERVE: tr("Reserve…"),
        Deed.LOOK: tr("Look"),
        Deed.MENU: "…",
    }.get(deed, "")


_BUTTONS = {
    TileKind.PAUSED: (Deed.RESUME, Deed.MENU),
    TileKind.BROKEN: (Deed.REPAIR, Deed.MENU),
    TileKind.CLASS: (Deed.LOOK,),
    TileKind.CALLED: (Deed.SERVE, Deed.MENU),
}


def deeds_of(tile: Tile) -> tuple[Deed, ...]:
    """The buttons of a tile that has room for them, the one that is used most first."""
    usual = (Deed.END, Deed.EXTEND) if tile.kind in TAKEN else (Deed.START,)
    return _BUTTONS.get(tile.kind, (*usual, Deed.MENU))


def menu_of(tile: Tile) -> tuple[Deed, ...]:
    """Everything that can be done with a tile, in the order of the menu."""
    device = tile.workstation is None
    if tile.kind in TAKEN:
        pause = Deed.RESUME if tile.kind is TileKind.PAUSED else Deed.PAUSE
        places = () if device else (Deed.MOVE, Deed.SWAP)
        return (Deed.END, Deed.EXTEND, pause, *places, Deed.PURPOSE, Deed.CORRECT)
    if tile.kind is TileKind.BROKEN:
        return (Deed.REPAIR,)
    if tile.kind is TileKind.CALLED:
        return (Deed.SERVE, Deed.MISSED, Deed.START, Deed.RESERVE, Deed.BREAK)
    start = () if tile.kind is TileKind.CLASS else (Deed.START,)
    look = (Deed.LOOK,) if tile.kind in _KEPT else (Deed.RESERVE,)
    return (*start, *look, Deed.BREAK)


def main_of(tile: Tile) -> Deed:
    """What Enter or the number of a tile does."""
    if tile.kind in TAKEN:
        return Deed.END
    if tile.kind is TileKind.BROKEN:
        return Deed.REPAIR
    return Deed.SERVE if tile.kind is TileKind.CALLED else Deed.START
