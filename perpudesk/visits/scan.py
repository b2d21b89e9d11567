"""Tell the card scanner from the fingers: both speak through the keyboard.

A scanner types a whole number within a blink and ends it with Enter; a person does not (look.md,
Scanners are keyboards). Every key is therefore held for the scan gap before it means anything.
"""

from __future__ import annotations

from dataclasses import dataclass

ENTER = "\r"
FEWEST = 4
"""As many keys, the Enter among them, are a scan; a quick hand makes two or three (look.md)."""


@dataclass(frozen=True, slots=True)
class Tap:
    """One key that a person pressed; `repeated` when it was only held down."""

    char: str
    repeated: bool = False


@dataclass(frozen=True, slots=True)
class Scan:
    """What a scanner read from a card, without its Enter."""

    text: str


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

    def feed(self, char: str, at: int, *, repeated: bool = False) -> list[Tap | Scan]:
        """Take a key pressed at `at`; what is certain by now.

        `ENTER` ends a scan. A second Enter on its heels is the scanner's line feed and is dropped.
        """
        close = abs(at - self._last) < self.gap_ms
        told = [] if close else self.release()
        line_feed = close and self._scanned and char == ENTER
        self._last, self._scanned = at, False
        if line_feed:
            return told
        if char != ENTER:
            self._held.append(Tap(char, repeated))
            return told
        if len(self._held) + 1 >= FEWEST:
            text = "".join(tap.char for tap in self._held)
            self._held, self._scanned = [], True
            return [*told, Scan(text)]
        return [*told, *self.release(), Tap(ENTER, repeated)]

    def flush(self, now: int) -> list[Tap | Scan]:
        """The held keys, once the gap since the last of them has passed."""
        return self.release() if now - self._last >= self.gap_ms else []

    def release(self) -> list[Tap | Scan]:
        """The held keys at once: something came that is no part of a scan."""
        told, self._held = self._held, []
        self._scanned = False
        return list(told)
