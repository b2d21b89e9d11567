"""Rows that were drawn into one: by a quotation mark out of place, or by a line break that is lost.

Such a row may look like one visit, and would stand for hundreds.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from perpudesk.importing.dates import begins_with_day

_LINE_BREAK = re.compile(r"[\r\n]")
_BETWEEN = re.compile(r"[,;\t\r\n]")


class Together(NamedTuple):
    """In which cell of a row others begin, and how many visits the row may hold."""

    place: int
    visits: int


def drawn_together(row: Sequence[str], width: int, least: int, dated: int = 1) -> Together | None:
    """What was drawn into `row`, which should have `width` cells; None if it is one row.

    Two rows have `least` parts or more, and more dates among them than the `dated` of one. What
    somebody typed over several lines has not.
    """
    if len(row) < least and not _LINE_BREAK.search("".join(row)):
        return None
    split = [_BETWEEN.split(cell) if _LINE_BREAK.search(cell) else [cell] for cell in row]
    if sum(map(len, split)) < least:
        return None
    dates = sum(begins_with_day(part.strip(' "')) for parts in split for part in parts)
    if dates <= dated:
        return None
    longest = max(range(len(row)), key=lambda place: len(split[place]))
    beyond = min(width, len(row) - 1)
    return Together(longest if len(split[longest]) > 1 else beyond, -(-dates // dated))
