"""A header of two rows: titles that span several columns, and below them those of each."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest

from perpudesk.importing.fields import What, field_of
from perpudesk.importing.identity import tidy
from perpudesk.importing.words import is_value

Rows = Sequence[Sequence[str]]

_SEXES = ("female", "male")
_FEWEST = 2
"""A row with one title alone is the name of the table."""


def is_second(rows: Rows, at: int) -> bool:
    """Whether a row is the lower one of two rows of titles: `;L;P;` below `Tanggal;Anggota;;Total`.

    It is words alone, as is the one above; it says nothing of its own below the first title, and
    something where nothing stands above, or where a title is that of a group.
    """
    if not 0 < at < len(rows) - 1:
        return False
    upper, lower = (list(map(tidy, rows[each])) for each in (at - 1, at))
    pairs = list(zip_longest(upper, lower, fillvalue=""))
    first = next((pair for pair in pairs if pair[0]), ("", ""))
    if sum(map(bool, upper)) < _FEWEST or first[1] not in ("", first[0]):
        return False
    if any(map(is_value, (*upper, *lower))) or not any(map(is_value, rows[at + 1])):
        return False
    return any(
        below and below != above and (not above or field_of(What.VISITS, below) in _SEXES)
        for above, below in pairs
    )


def joined(over: Sequence[str], row: Sequence[str]) -> tuple[str, ...]:
    """The titles of one row, or of two: what spans several columns stands before each of them."""
    if not over:
        return tuple(map(tidy, row))
    titles: list[str] = []
    group = ""
    for above, below in zip_longest(map(tidy, over), map(tidy, row), fillvalue=""):
        group = above or (group if below else "")
        if above and (not below or below == above):
            titles.append(above)
            group = ""
        else:
            titles.append(f"{group} {below}".strip())
    return tuple(titles)
