"""The refused rows as a file that can be mended and brought in again."""

from __future__ import annotations

import csv
import io
from itertools import groupby
from pathlib import Path

from perpudesk.core.files import replacing
from perpudesk.core.i18n import tr
from perpudesk.importing.model import Reading

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What makes a spreadsheet program take text for a formula."""


def write(reading: Reading, path: Path) -> int:
    """Write the refused rows with their row numbers and reasons as CSV; how many.

    A cell that a spreadsheet program would take for a formula gets an apostrophe before it;
    mended and brought in again, the file needs no other change. Each header of a joined list
    stands above its rows.
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    ours = (tr("Row"), tr("Column"), tr("Reason"))
    for header, rows in groupby(reading.refused, key=lambda each: each.header or reading.header):
        writer.writerow(map(_harmless, (*ours, *header)))
        for each in rows:
            cells = (str(each.row), each.column, each.sentence(), *each.cells)
            writer.writerow(map(_harmless, cells))
    with replacing(path) as stream:
        stream.write(text.getvalue().encode("utf-8-sig"))
    return len(reading.refused)


def _harmless(cell: str) -> str:
    """`cell` as text for every spreadsheet program."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
