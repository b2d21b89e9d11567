"""Short sounds, played by what the system has: the program brings no player of its own."""

from __future__ import annotations

import shutil
import sys

from PySide6.QtCore import QProcess
from PySide6.QtWidgets import QApplication

from perpudesk.core.paths import resource

_PLAYERS = (("pw-play",), ("paplay",), ("aplay", "-q"), ("canberra-gtk-play", "-f"))
"""What plays a WAV file on Linux, each of another sound system."""


def play(name: str) -> None:
    """Begin the shipped sound `name` and wait for nothing; a beep where nothing can play it."""
    file = str(resource(f"sounds/{name}.wav"))
    if not _begun(file):
        QApplication.beep()


def _begun(file: str) -> bool:
    if sys.platform == "win32":
        import winsound

        try:
            winsound.PlaySound(file, winsound.SND_FILENAME | winsound.SND_ASYNC)
        except RuntimeError:  # no device, or another program has it
            return False
        return True
    for program, *words in _PLAYERS:
        found = shutil.which(program)
        if found is not None:
            return QProcess.startDetached(found, [*words, file])[0]
    return False
