"""No number of an identity card (NIK) gets past here, in whatever column it stands.

A NIK is 16 digits: six of a place (PP.KK.CC), six of a birthday (DDMMYY, women's days with 40
added), four of a serial (Permendagri on civil registration). What only looks like one is taken for
one: a lost barcode can be typed again, a NIK that is kept cannot be called back.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence

from perpudesk.core.errors import Problem
from perpudesk.importing.model import Remark
from perpudesk.patrons.model import LIMITS

NIK_TAKEN_OUT = Problem(
    "nik_taken_out",
    "Numbers of identity cards (NIK) are never kept and were taken out: {places}.",
)
NIK_MORE = Problem(
    "nik_more_taken_out",
    "Numbers of identity cards (NIK) are never kept and were taken out: {places} and {n} more.",
)
NUMBER_IS_NIK = Problem(
    "number_is_nik",
    "The member number is a NIK, and PerpuDesk keeps none. Give this person a number of the "
    "library's own in the list, or leave the member number out when the columns are given.",
)

HIDDEN = "•"
"""What stands in place of a NIK that was a whole member number or name."""
_PROVINCE = r"(?:1[1-9]|21|3[1-6]|5[1-3]|6[1-5]|7[1-6]|8[12]|9[1-7])"
_GAP = "[ .-]?"
_DAY = rf"(?:[04]{_GAP}[1-9]|[1256]{_GAP}[0-9]|[37]{_GAP}[01])"
_MONTH = rf"(?:0{_GAP}[1-9]|1{_GAP}[0-2])"
_NIK = (
    rf"(?<![0-9]){_PROVINCE}(?:{_GAP}[0-9]){{4}}{_GAP}{_DAY}{_GAP}{_MONTH}"
    rf"(?:{_GAP}[0-9]){{6}}(?![0-9])"
)
_FOUND = re.compile(_NIK)
_WITH_WORDS = re.compile(rf"\(?(?:(?:no\.? *)?\b(?:nik|ktp)\b[ .:=]*)*{_NIK} *\)?", re.IGNORECASE)
_EDGES = " /,;:|-"
_NAMED = 8
"""So many cells are named; of more it is said how many."""


def without_nik(text: str) -> str:
    """`text` without any NIK in it, and without the word that announced it."""
    if _FOUND.search(text) is None:
        return text
    return " ".join(_WITH_WORDS.sub(" ", text).split()).strip(_EDGES)


def can_be_kept(number: str) -> bool:
    """Whether somebody can be found here by a member number, after `cleared`."""
    return number != HIDDEN and len(number) <= LIMITS["member_number"]


def cleared(
    rows: Sequence[Sequence[str]], hidden: Collection[int], titles: Mapping[int, str]
) -> tuple[list[Sequence[str]], list[Remark]]:
    """The rows without a NIK, and what is to be said of it.

    In the columns `hidden` a cell that was nothing else stays as `HIDDEN`: somebody was named
    there. `titles` are those of the columns that are read; the others are cleared without a word.
    """
    clean: list[Sequence[str]] = []
    places: list[str] = []
    for at, row in enumerate(rows, 1):
        if _FOUND.search("\x1f".join(row)) is None:
            clean.append(row)
            continue
        cells = list(map(without_nik, row))
        for place, (cell, before) in enumerate(zip(cells, row, strict=True)):
            if cell != before and place in titles:
                places.append(f"{titles[place]} {at}")
            if not cell and before.strip() and place in hidden:
                cells[place] = HIDDEN
        clean.append(cells)
    return clean, _remarks(places)


def _remarks(places: Sequence[str]) -> list[Remark]:
    if not places:
        return []
    shown, more = ", ".join(places[:_NAMED]), len(places) - _NAMED
    if more > 0:
        return [Remark(problem=NIK_MORE, params={"places": shown, "n": more})]
    return [Remark(problem=NIK_TAKEN_OUT, params={"places": shown})]
