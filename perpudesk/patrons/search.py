"""Find a person while typing: misspelt, single-word or old-spelling names, or part of a number.

The index lives in memory and is rebuilt from the store: nothing of a name is written twice.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable

_OLD_SPELLING = (
    ("oe", "u"), ("tj", "c"), ("dj", "j"), ("sj", "s"), ("sy", "s"), ("ch", "h"), ("kh", "h"),
    ("ph", "f"), ("v", "f"), ("y", "i"), ("z", "s"), ("dh", "d"), ("th", "t"), ("q", "k"),
)  # fmt: skip
_COMMON = 0.34


def sound(text: str) -> str:
    """How a name sounds, for comparing: `Sity`, `Siti` and `Sittie` come close together.

    Indonesian names keep old spellings (`Soekarno`, `Djoko`), and transliterations differ
    (`Syarifah`, `Sarifah`): both are folded, doubled letters too.
    """
    plain = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    for old, new in _OLD_SPELLING:
        plain = plain.replace(old, new)
    plain = re.sub(r"(\w)\1+", r"\1", plain)
    return " ".join(re.findall(r"\w+", plain))


class PatronIndex:
    """Trigrams of names and numbers over all patrons; 20,000 answer within a keystroke."""

    def __init__(self) -> None:
        self._ids: list[str] = []
        self._sounds: list[str] = []
        self._numbers: list[str] = []
        self._at: dict[str, int] = {}
        self._grams: defaultdict[str, array[int]] = defaultdict(lambda: array("i"))

    def __len__(self) -> int:
        return len(self._at)

    def fill(self, people: Iterable[tuple[str, str, str | None]]) -> None:
        """Add people as (id, name, member number)."""
        for person in people:
            self.put(*person)

    def put(self, patron_id: str, name: str, number: str | None) -> None:
        """Add a person, or take in what changed."""
        self.drop(patron_id)
        at = len(self._ids)
        self._ids.append(patron_id)
        self._sounds.append(sound(name))
        self._numbers.append((number or "").casefold())
        self._at[patron_id] = at
        for gram in _grams(self._sounds[at]) | _grams(self._numbers[at]):
            self._grams[gram].append(at)

    def drop(self, patron_id: str) -> None:
        """Forget a person."""
        at = self._at.pop(patron_id, None)
        if at is not None:
            self._ids[at] = ""
            self._sounds[at] = ""
            self._numbers[at] = ""

    def find(self, typed: str, limit: int = 8) -> list[str]:
        """The ids of the best matches, best first."""
        wanted, number = sound(typed), typed.casefold().strip()
        if not wanted and not number:
            return []
        shared = self._shared(_grams(wanted) | _grams(number))
        best = sorted(
            ((self._score(at, wanted, number, count), at) for at, count in shared),
            key=lambda pair: (-pair[0], self._sounds[pair[1]], pair[1]),
        )
        return [self._ids[at] for score, at in best[:limit] if score > 0]

    def _shared(self, grams: set[str]) -> list[tuple[int, int]]:
        """Who shares the most trigrams: the few worth scoring."""
        counts: Counter[int] = Counter()
        for gram in grams:
            counts.update(self._grams.get(gram, ()))
        if not counts:
            return []
        enough = max(counts.values()) * _COMMON
        worth = [(at, n) for at, n in counts.items() if n >= enough and self._ids[at]]
        worth.sort(key=lambda pair: (-pair[1], len(self._sounds[pair[0]])))
        return worth[:200]

    def _score(self, at: int, wanted: str, number: str, shared: int) -> float:
        name, own = self._sounds[at], self._numbers[at]
        if own and own == number:
            return 100.0
        score = 2.0 * shared / (len(wanted) + len(name) + 2)
        if wanted:
            words = name.split()
            score += 3.0 if name.startswith(wanted) else 0.0
            score += 2.0 if any(word == wanted for word in words) else 0.0
            score += sum(any(w.startswith(t) for w in words) for t in wanted.split())
        if number and own.startswith(number):
            score += 3.0
        elif number and len(number) >= 3 and number in own:
            score += 2.0
        return score


def _grams(text: str) -> set[str]:
    """Trigrams of each word with its start marked, so that one typed letter finds beginnings."""
    found: set[str] = set()
    for word in text.split():
        padded = f"  {word}"
        found.update(padded[i : i + 3] for i in range(len(padded) - 2))
    return found
