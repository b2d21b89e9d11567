"""Tell the card scanner from the fingers: both speak through the keyboard.

A scanner types a whole number within a blink and ends it with Enter or Tab; a person does not
(look.md, Scanners are keyboards). Every key is therefore held for the scan gap before it means
anything.
"""

from __future__ import annotations

from dataclasses import dataclass

from perpudesk.patrons.model import SHORTEST_CARD

ENTER = "\r"
TAB = "\t"
ENDS = (ENTER, TAB)
FEWEST = SHORTEST_CARD + 1
"""As many keys, the one that ends it among them, are a scan; a quick hand makes two or three."""


@dataclass(frozen=True, slots=True)
class Tap:
    """One key that a person pressed.

    `repeated` when it was only held down, `rushed` when it ended keys that came as fast as a
    scanner's, too few for a scan.
    """

    char: str
    repeated: bool = False
    rushed: bool = False


@dataclass(frozen=True, slots=True)
class Scan:
    """What a scanner read from a card, and which of `ENDS` ended it."""

    text: str
    end: str = ENTER


@dataclass(frozen=True, slots=True)
class Burst:
    """As many keys as a card has, as fast, but nothing ended them: a scanner that is not set up."""

    taps: tuple[Tap, ...]

    @property
    def text(self) -> str:
        """What it read."""
        return "".join(tap.char for tap in self.taps)


Told = Tap | Scan | Burst


class ScanReader:
    """Takes keys in with their times and gives them out in order, none lost, none doubled.

    Times are milliseconds of any one clock, those of the key events.
    """

    def __init__(self, gap_ms: int) -> None:
        """Keys closer together than `gap_ms` belong together."""
        self.gap_ms = gap_ms
        self._held: list[Tap] = []
        self._last = 0
        self._scanned = False

    @property
    def waiting(self) -> bool:
        """Whether keys are held that may still become a scan."""
        return bool(self._held)

    def feed(self, char: str, at: int, *, repeated: bool = False) -> list[Told]:
        """Take a key pressed at `at`; what is certain by now.

        One of `ENDS` ends a scan. A second one on its heels is the scanner's line feed and is
        dropped.
        """
        close = abs(at - self._last) < self.gap_ms
        told = [] if close else self.release()
        line_feed = close and self._scanned and char in ENDS
        self._last, self._scanned = at, False
        if line_feed:
            return told
        if char not in ENDS:
            self._held.append(Tap(char, repeated))
            return told
        held, self._held = self._held, []
        if len(held) + 1 >= FEWEST:
            self._scanned = True
            return [*told, Scan("".join(tap.char for tap in held), char)]
        return [*told, *held, Tap(char, repeated, rushed=len(held) > 1)]

    def flush(self, now: int) -> list[Told]:
        """The held keys, once the gap since the last of them has passed."""
        return self.release() if now - self._last >= self.gap_ms else []

    def release(self) -> list[Told]:
        """The held keys at once: something came that is no part of a scan."""
        held, self._held = self._held, []
        self._scanned = False
        pressed = sum(not tap.repeated for tap in held)  # a key held down was pressed once
        if len(held) >= FEWEST and pressed > 1:
            return [Burst(tuple(held))]
        return list(held)


def card_number(text: str) -> str:
    """The number of a card as it was read, without the stars that begin and end a Code 39."""
    number = text.strip()
    starred = len(number) > 2 and number[0] == number[-1] == "*"
    return number[1:-1] if starred else number
