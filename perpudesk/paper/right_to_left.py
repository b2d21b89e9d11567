"""Arabic and Hebrew as they are read: letters joined, and stretches of them turned round.

ReportLab sets one character after the other, from left to right. So Arabic letters become the forms
that Unicode has for such programs, and what is read from the right stands the other way round, as
in a line that begins at the left (UAX 9, without its marks for embedding).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container, Iterator, Mapping
from functools import cache
from itertools import chain, groupby

_ARABIC = re.compile("[\u0600-\u06ff\u0750-\u077f]")
_UNIT = re.compile("\u0644[\u0622\u0623\u0625\u0627]|.", re.DOTALL)
"""A letter; lam and alef are always one form."""
_BLOCKS = (range(0xFE70, 0xFEFD), range(0xFB50, 0xFC00))
_TATWEEL = "\u0640"
_KINDS = {
    (False, False): "<isolated>",
    (False, True): "<initial>",
    (True, True): "<medial>",
    (True, False): "<final>",
}
"""A letter's form, by whether it joins the one before and the one after."""
_STRONG_RIGHT = ("R", "AL")
_TOKEN = re.compile(r"\d+(?:[-.,:/+]\d+)*|.", re.DOTALL)
_PAIRS = {"(": ")", "[": "]", "{": "}"}
_MIRRORED = str.maketrans("()[]{}<>«»", ")(][}{><»«")


def joined(text: str, known: Container[int]) -> str:
    """`text` with Arabic letters in the forms that join, as far as a font has them (`known`)."""
    if text.isascii() or not _ARABIC.search(text):
        return text
    units = _UNIT.findall(text)
    letters = [at for at, unit in enumerate(units) if unicodedata.category(unit[0]) != "Mn"]
    shown = list(units)
    for place, at in enumerate(letters):
        before = units[letters[place - 1]] if place else ""
        after = units[letters[place + 1]] if place + 1 < len(letters) else ""
        form = _forms().get(units[at], {}).get(_KINDS[_join(before, units[at], after)], "")
        if form and ord(form) in known:
            shown[at] = form
    return "".join(shown)


def _join(before: str, unit: str, after: str) -> tuple[bool, bool]:
    """Whether a letter joins the one before it, and the one after it."""
    return (
        _has(before, "<initial>") and _has(unit, "<final>"),
        _has(unit, "<initial>") and _has(after, "<final>"),
    )


def _has(unit: str, kind: str) -> bool:
    return unit == _TATWEEL or kind in _forms().get(unit, {})


@cache
def _forms() -> Mapping[str, Mapping[str, str]]:
    """The forms of each letter by their kind, as the Unicode database has them."""
    found: dict[str, dict[str, str]] = {}
    for char in map(chr, chain(*_BLOCKS)):
        kind, *codes = unicodedata.decomposition(char).split() or [""]
        unit = "".join(chr(int(code, 16)) for code in codes)
        if kind in _KINDS.values() and _UNIT.fullmatch(unit):
            found.setdefault(unit, {}).setdefault(kind, char)
    return found


def visual(text: str) -> str:
    """`text` with what is read from the right turned round, in the order in which it is drawn.

    Numbers keep their order, and brackets round such words go with them.
    """
    if text.isascii() or not any(map(_is_right, text)):
        return text
    right = _right_parts(text)
    parts = groupby(zip(text, right, strict=True), key=lambda pair: pair[1])
    stretches = ((turn, "".join(char for char, _ in pairs)) for turn, pairs in parts)
    return "".join(_turned(stretch) if turn else stretch for turn, stretch in stretches)


def _is_right(char: str) -> bool:
    return unicodedata.bidirectional(char) in _STRONG_RIGHT


def _right_parts(text: str) -> list[bool]:
    """For each character whether it is read from the right.

    A number goes with the word before it, a mark with its letter, brackets with what is in them and
    before them, and whatever else with the words on both its sides if they agree.
    """
    sides: list[bool | None] = []
    last = False
    for char in text:
        kind = unicodedata.bidirectional(char)
        if kind in ("EN", "AN"):
            side: bool | None = last
        elif kind == "NSM":
            side = sides[-1] if sides else False
        else:
            side = True if kind in _STRONG_RIGHT else False if kind == "L" else None
        last = last if side is None else side
        sides.append(side)
    for begin, end in sorted(_pairs(text)):
        inside = sides[begin + 1 : end]
        if any(side is not None for side in inside):
            before = _filled([False, *sides[:begin]])[-1]
            sides[begin] = sides[end] = before and False not in inside
    before_each, after_each = _filled(sides), _filled(sides[::-1])[::-1]
    return [one and two for one, two in zip(before_each, after_each, strict=True)]


def _filled(sides: list[bool | None]) -> list[bool]:
    """The sides, and where there is none the one before; a line begins at the left."""
    last = False
    return [last := last if side is None else side for side in sides]


def _pairs(text: str) -> Iterator[tuple[int, int]]:
    """Where brackets open and close."""
    opened: list[int] = []
    for place, char in enumerate(text):
        if char in _PAIRS:
            opened.append(place)
        elif opened and char == _PAIRS[text[opened[-1]]]:
            yield opened.pop(), place


def _turned(text: str) -> str:
    """`text` backwards, numbers in their order and each mark still after its letter."""
    tokens: list[str] = []
    for token in _TOKEN.findall(text):
        if tokens and unicodedata.combining(token[0]):
            tokens[-1] += token
        else:
            tokens.append(token.translate(_MIRRORED))
    return "".join(reversed(tokens))
