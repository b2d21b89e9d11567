"""The program as it is on the morning of 23 November 2026, for the pictures of the documentation.

`python -m tests.shown` takes the words of `perpudesk`. Only the clock stands still, and the caret.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import UTC, datetime

from perpudesk.__main__ import main
from perpudesk.core.times import SystemClock

NOW = datetime(2026, 11, 23, 2, 41, 7, tzinfo=UTC)
"""09:41 in western Indonesia."""


def stand_still() -> None:
    """Let it be that moment, whenever it is."""
    SystemClock.now = lambda _clock: NOW  # type: ignore[method-assign]


def run(words: Sequence[str]) -> int:
    """Do what the words ask, at that moment; the exit code."""
    stand_still()
    if all(word.startswith("--") or before == "--data" for before, word in _pairs(words)):
        _hold_the_caret()
    return main(list(words))


def _pairs(words: Sequence[str]) -> list[tuple[str, str]]:
    return list(zip(("", *words), words, strict=False))


def _hold_the_caret() -> None:
    """A caret that blinks is in one picture and not in the next."""
    from PySide6.QtWidgets import QApplication

    from perpudesk import app

    class Still(QApplication):
        def __init__(self, words: list[str]) -> None:
            super().__init__(words)
            self.setCursorFlashTime(0)

    app.QApplication = Still  # type: ignore[misc]


if __name__ == "__main__":
    sys.exit(run(sys.argv[1:]))
