"""Find a person while typing: misspelt, single-word or old-spelling names, or part of a number.

The index lives in memory and is rebuilt from the store: nothing of a name is written twice. It
holds each word of the names once, so that 20,000 people cost no more than their vocabulary.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from heapq import nsmallest
from itertools import islice

_OLD_SPELLING = (
    ("oe", "u"), ("ie", "i"), ("tj", "c"), ("dj", "j"), ("sj", "s"), ("sy", "s"), ("ch", "h"),
    ("kh", "h"), ("ph", "f"), ("v", "f"), ("y", "i"), ("z", "s"), ("dh", "d"), ("th", "t"),
    ("q", "k"), ("o", "u"),
)  # fmt: skip
_APOSTROPHES = "'`’\u02bc"
_LAST = "\U0010ffff"
_ALIKE = 0.5
"""Words are close when at least so much of them is the same (Dice over pairs of letters)."""
_SWAPPED = 0.6
"""The score of a word of the same letters, two of which changed places; less is a guess."""
_FEWEST = 2
"""One letter names nobody."""
_LONGEST, _MOST_WORDS = 200, 8
"""Of what was typed; nobody's name is longer."""
_MOST_SCORED = 1500
"""So many people are scored at most: first who has all that was typed, then its rarest word."""


def sound(text: str) -> str:
    """How a name sounds, for comparing: `Sity`, `Siti` and `Sittie` are one.

    Indonesian names keep old spellings (`Soekarno`, `Djoko`), and transliterations differ
    (`Syarifah`, `Sarifah`; `Mohamad`, `Muhammad`): they are folded, doubled letters too, but not
    at the beginning of a word: `zz` would be half the town.
    """
    plain = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(c for c in plain if not unicodedata.combining(c) and c not in _APOSTROPHES)
    for old, new in _OLD_SPELLING:
        plain = plain.replace(old, new)
    plain = re.sub(r"(?<=\w)([^\W\d])\1+", r"\1", plain)
    return " ".join(re.findall(r"\w+", plain)) or " ".join(text.casefold().split())


class PatronIndex:
    """Names and member numbers of all patrons; 20,000 answer within a keystroke."""

    def __init__(self) -> None:
        self._ids: list[str] = []
        self._sounds: list[str] = []
        self._numbers: list[str] = []
        self._at: dict[str, int] = {}
        self._by_name: list[tuple[str, int]] = []
        self._by_number: list[tuple[str, int]] = []
        self._people: defaultdict[str, array[int]] = defaultdict(lambda: array("i"))
        self._words: list[str] = []
        self._pairs: defaultdict[str, list[str]] = defaultdict(list)
        self._letters: defaultdict[str, list[str]] = defaultdict(list)
        self._sorted = True

    def __len__(self) -> int:
        return len(self._at)

    def fill(self, people: Iterable[tuple[str, str, str | None]]) -> None:
        """Add people as (id, name, member number)."""
        for person in people:
            self.put(*person)
        self._sort()

    def put(self, patron_id: str, name: str, number: str | None) -> None:
        """Add a person, or take in what changed."""
        self.drop(patron_id)
        at, heard, own = len(self._ids), sound(name), (number or "").casefold()
        self._ids.append(patron_id)
        self._sounds.append(heard)
        self._numbers.append(own)
        self._at[patron_id] = at
        self._by_name.append((heard, at))
        if own:
            self._by_number.append((own, at))
        for word in set(heard.split()):
            if word not in self._people:
                self._words.append(word)
                self._letters["".join(sorted(word))].append(word)
                for pair in _pairs(word):
                    self._pairs[pair].append(word)
            self._people[word].append(at)
        self._sorted = False

    def drop(self, patron_id: str) -> None:
        """Forget a person."""
        at = self._at.pop(patron_id, None)
        if at is not None:
            self._ids[at] = self._sounds[at] = self._numbers[at] = ""

    def find(self, typed: str, limit: int = 8) -> list[str]:
        """The ids of the best matches, best first.

        Names that begin so come first, then names whose words begin or sound so; with a digit
        in it, numbers that begin so come before all, and numbers that hold it after.
        """
        wanted, number = sound(typed[:_LONGEST]), typed[:_LONGEST].casefold().strip()
        if not number:
            return []
        self._sort()
        numbers = dict.fromkeys(islice(self._beginning(self._by_number, number), limit))
        digits = any(char.isdigit() for char in number)
        found = numbers if digits else {}
        found |= dict.fromkeys(islice(self._beginning(self._by_name, wanted), limit))
        if len(found) < limit:
            found |= dict.fromkeys(self._like(wanted.split()[:_MOST_WORDS], limit))
        found |= numbers
        if digits and len(found) < limit and len(number) >= 3:
            found |= dict.fromkeys(at for at, own in enumerate(self._numbers) if number in own)
        return [self._ids[at] for at in islice(found, limit)]

    def _sort(self) -> None:
        if not self._sorted:
            for listed in (self._by_name, self._by_number, self._words):
                listed.sort()
            self._sorted = True

    def _beginning(self, listed: list[tuple[str, int]], start: str) -> Iterator[int]:
        """Who stands in `listed` with a text that begins with `start`, in order."""
        for place in range(bisect_left(listed, (start, -1)), len(listed)):
            text, at = listed[place]
            if not text.startswith(start):
                return
            if self._ids[at]:
                yield at

    def _like(self, tokens: list[str], limit: int) -> list[int]:
        """Who has words like the tokens, in any order, best first."""
        near = [self._near(token) for token in tokens]
        holders = [{at for word in words for at in self._people[word]} for words in near]
        holders.sort(key=len)  # the rarest first: thousands are called Siti, few Aminatun
        chosen = dict.fromkeys(islice(set.intersection(*holders), _MOST_SCORED))
        for people in holders:
            chosen |= dict.fromkeys(islice(people, _MOST_SCORED - len(chosen)))
        scored = []
        for at in chosen:
            name = self._sounds[at]
            own = name.split()
            score = sum(max((words.get(word, 0.0) for word in own), default=0.0) for words in near)
            if score >= _ALIKE * len(tokens) and self._ids[at]:
                scored.append((-score, len(name), name, at))
        return [at for *_, at in nsmallest(limit, scored)]

    def _near(self, token: str) -> dict[str, float]:
        """The words that begin with the token or are spelt nearly so, and how well they fit."""
        first, last = (bisect_left(self._words, end) for end in (token, token + _LAST))
        near = {word: 0.8 + 0.2 * len(token) / len(word) for word in self._words[first:last]}
        pairs = _pairs(token)
        shared = Counter(word for pair in pairs for word in self._pairs.get(pair, ()))
        for word, count in shared.items():
            alike = _alike(count, token, word)
            if alike >= _ALIKE and word not in near:
                near[word] = 0.3 + 0.5 * alike
        for word in self._letters.get("".join(sorted(token)), ()):
            near.setdefault(word, _SWAPPED)
        return near


def fits(typed: str, name: str, number: str | None) -> bool:
    """Whether so much was typed of this person that nobody else is meant: Enter may take them."""
    text = typed.casefold().strip()
    if len(text) < _FEWEST:
        return False
    if number and text in number.casefold():
        return True
    words = sound(name).split()
    scores = [
        max((_fit(token, word) for word in words), default=0.0) for token in sound(typed).split()
    ]
    return sum(scores) >= _SWAPPED * len(scores)


def _fit(token: str, word: str) -> float:
    """How well a word of a name fits what was typed, as `PatronIndex` scores it."""
    if word.startswith(token):
        return 1.0
    if sorted(word) == sorted(token):
        return _SWAPPED
    alike = _alike(len(_pairs(token) & _pairs(word)), token, word)
    return 0.3 + 0.5 * alike if alike >= _ALIKE else 0.0


def _alike(shared: int, token: str, word: str) -> float:
    """How much of two words is the same; what is typed may be the beginning of a longer one."""
    return 2 * shared / (len(_pairs(token)) + min(len(word), len(token) + 1))


def _pairs(word: str) -> set[str]:
    """Each pair of letters that stand together, the first with the word's beginning."""
    marked = f" {word}"
    return {marked[at : at + 2] for at in range(len(word))}
