"""The papers of Indonesian offices, a slip of them, and the room on each, in points."""

from __future__ import annotations

from dataclasses import dataclass

from perpudesk.core.codes import Paper
from perpudesk.paper.forms import Format

MM = 72 / 25.4


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A sheet and its margins, in points; without `footed` nothing stands at its foot.

    What is said in its margins stands `head` below the upper edge and `foot` above the lower one.
    """

    width: float
    height: float
    top: float = 20 * MM
    right: float = 25 * MM
    bottom: float = 27 * MM
    left: float = 30 * MM
    footed: bool = True
    head: float = 10 * MM
    foot: float = 17 * MM

    @property
    def inner_width(self) -> float:
        """The width between the margins."""
        return self.width - self.left - self.right

    @property
    def inner_height(self) -> float:
        """The height between the margins."""
        return self.height - self.top - self.bottom


# Margins after the local rule (domain.md, print facts: 2.5/3/3/2.5 cm); the kop begins higher, and
# the foot stands inside the lower margin. F4 is 215 x 330 mm: ReportLab's legal sizes are not it.
SHEETS = {
    Paper.A4: Sheet(width=210 * MM, height=297 * MM),
    Paper.F4: Sheet(width=215 * MM, height=330 * MM),
}


SLIP = Sheet(
    width=105 * MM,
    height=148 * MM,
    top=18 * MM,
    right=10 * MM,
    bottom=10 * MM,
    left=10 * MM,
    footed=False,
)
"""A6: shaped as A4 is, so that a printer without it prints the same, only larger."""


def sheet(paper: Paper | str | Sheet, lies: Format = Format.UPRIGHT) -> Sheet:
    """The sheet of a paper's slug, `a4` or `f4`, as it lies; any other is a ValueError."""
    found = paper if isinstance(paper, Sheet) else SHEETS[Paper(paper)]
    return found if lies is Format.UPRIGHT else _LYING[lies](found)


def _wide(upright: Sheet) -> Sheet:
    return Sheet(
        width=upright.height,
        height=upright.width,
        top=16 * MM,
        right=20 * MM,
        bottom=24 * MM,
        left=22 * MM,
    )


def _certificate(upright: Sheet) -> Sheet:
    """Room for a frame; what else must be said stands outside it."""
    return Sheet(
        width=upright.height,
        height=upright.width,
        top=22 * MM,
        right=27 * MM,
        bottom=22 * MM,
        left=27 * MM,
        footed=False,
        head=4.6 * MM,
        foot=4 * MM,
    )


def _cards(upright: Sheet) -> Sheet:
    """As much of the paper as printers reach: what is cut apart has no margins in common."""
    edge = 7 * MM
    return Sheet(
        width=upright.width,
        height=upright.height,
        top=edge,
        right=edge,
        bottom=edge,
        left=edge,
        footed=False,
        head=3.5 * MM,
        foot=3.5 * MM,
    )


_LYING = {Format.WIDE: _wide, Format.CERTIFICATE: _certificate, Format.CARDS: _cards}
