"""Finding a page of the help by its words, and the line where they stand."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

_LEAD = 36
"""So many letters before the first word that was found are shown with it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HelpPage:
    """A page as it is read: its title, and the lines below it with their blocks in the document."""

    key: str
    title: str
    lines: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A paragraph, a heading or an item of a list; `block` is its place in the document."""

    text: str
    block: int
    heading: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A page that holds all the words, and where to begin to read."""

    key: str
    title: str
    excerpt: str
    block: int


def folded(text: str) -> str:
    """`text` for comparing: without capitals and accents."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char for char in plain if not unicodedata.combining(char))


def search(pages: Iterable[HelpPage], typed: str) -> list[Found]:
    """The pages whose title or text holds every word that was typed, best first.

    A title with all the words comes before a heading, a heading before a line, and a line before
    words that stand here and there; what is equal stands by title.
    """
    words = folded(typed).split()
    if not words:
        return []
    ranked = []
    for page in pages:
        texts = [folded(each.text) for each in (Line(text=page.title, block=0), *page.lines)]
        if all(any(word in text for text in texts) for word in words):
            rank, line = _best(page, texts, words)
            found = Found(
                key=page.key,
                title=page.title,
                excerpt=_excerpt(line.text, words),
                block=line.block,
            )
            ranked.append((rank, folded(page.title), found))
    return [found for *_, found in sorted(ranked, key=lambda each: each[:2])]


def _best(page: HelpPage, texts: Sequence[str], words: Sequence[str]) -> tuple[int, Line]:
    """How well a page fits, 0 the best, and the line to show: never the title again."""
    lines = page.lines or (Line(text=page.title, block=0),)
    below = texts[1:] or texts
    held = [sum(word in text for word in words) for text in below]
    most = max(held)
    best = [line for line, count in zip(lines, held, strict=True) if count == most]
    line = min(best, key=lambda each: (not (each.heading and most), _first(each.text, words)))
    if all(word in texts[0] for word in words):
        return 0, line
    if most < len(words):
        return 3, line
    return (1 if line.heading else 2), line


def _first(text: str, words: Sequence[str]) -> int:
    """How far inside the first of the words stands: what begins with it is about it."""
    plain = folded(text)
    return min((at for word in words if (at := plain.find(word)) >= 0), default=0)


def _excerpt(text: str, words: Sequence[str]) -> str:
    """The line from a little before the first of the words, where that stands far inside."""
    plain = folded(text)
    places = [at for word in words if (at := plain.find(word)) >= 0]
    if len(plain) != len(text) or not places or min(places) <= _LEAD:
        return text
    begin = text.find(" ", min(places) - _LEAD) + 1
    return f"… {text[begin:]}" if 0 < begin <= min(places) else text
