"""Numbers of workstations as they are typed, and keys that were pressed twice by mistake."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

_MOST_DIGITS = 3
TWICE = timedelta(milliseconds=500)
"""The same key so soon after it did something is the same press (ours)."""
JUST_STARTED = timedelta(milliseconds=1500)
"""A session that began so shortly ago is not ended by another press of the key that began it."""


class TypedNumber:
    """The digits typed so far; where every number has one digit, that one is meant at once."""

    def __init__(self) -> None:
        self.digits = ""
        self._known: frozenset[int] = frozenset()

    def know(self, numbers: Iterable[int]) -> None:
        """These are the numbers there are."""
        self._known = frozenset(numbers)

    @property
    def single(self) -> bool:
        """Whether a digit alone is a number."""
        return max(self._known, default=0) < 10

    def type(self, digit: str) -> int | None:
        """Add a digit; the number, where it is meant without Enter."""
        self.digits = (self.digits + digit)[-_MOST_DIGITS:]
        return self.take() if self.single else None

    def erase(self) -> None:
        """Take back the last digit."""
        self.digits = self.digits[:-1]

    def clear(self) -> None:
        """Forget what was typed."""
        self.digits = ""

    def take(self) -> int | None:
        """The number that was typed, which is then forgotten; None where none was."""
        digits, self.digits = self.digits, ""
        return int(digits) if digits else None

    def standing(self) -> int | None:
        """The number as it stands, while Enter is waited for."""
        return int(self.digits) if self.digits else None


class DoublePress:
    """Knows a key that is pressed again before a hand could mean it."""

    def __init__(self) -> None:
        self._char = ""
        self._at: datetime | None = None

    def did(self, char: str, now: datetime) -> None:
        """Remember a key that has just done something after which keys mean something else."""
        self._char, self._at = char.upper(), now

    def again(self, char: str, now: datetime) -> bool:
        """Whether this is the same press."""
        if self._at is None or not char or char.upper() != self._char:
            return False
        return timedelta(0) <= now - self._at < TWICE
