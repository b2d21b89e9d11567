"""A QR code as marks: boxes of ink that any drawing of ours can show."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import groupby

from reportlab.graphics.barcode.qrencoder import QRCode, QRErrorCorrectLevel

from perpudesk.paper.marks import Box

_BLACK = "#000000"


@lru_cache(maxsize=2)
def qr_rows(text: str) -> tuple[tuple[bool, ...], ...]:
    """The modules of the code that says `text`, row by row, True where it is dark.

    Level M is read even when a seventh of it is smeared.
    """
    code = QRCode(None, QRErrorCorrectLevel.M)
    code.addData(text)
    code.make()
    side = range(code.getModuleCount())
    return tuple(tuple(bool(code.isDark(row, column)) for column in side) for row in side)


def qr_marks(text: str, x: float, y: float, side: float) -> Iterator[Box]:
    """The code in a square of `side` points; dark neighbours in a row are one box."""
    rows = qr_rows(text)
    step = side / len(rows)
    for at, row in enumerate(rows):
        for dark, run in groupby(range(len(row)), key=row.__getitem__):
            columns = list(run)
            if dark:
                left = x + columns[0] * step
                yield Box(left, y + at * step, len(columns) * step, step, _BLACK)
