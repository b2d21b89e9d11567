"""How the sounds of the program were made: `python -m tests.ui.chime` writes them again.

Soft notes of our own, each a tone with its octave that dies away: no licence but the program's.
"""

from __future__ import annotations

import math
import wave
from array import array
from pathlib import Path

RATE = 16_000
SOUNDS = {"nearly": (784.0,), "over": (988.0, 659.0)}
"""The notes of each sound, in Hz."""
_APART, _LONG, _LOUD = 0.22, 0.55, 9_000


def samples(notes: tuple[float, ...]) -> list[int]:
    """One note after another, each still heard under the next."""
    length = round(RATE * (_APART * (len(notes) - 1) + _LONG))
    found = [0.0] * length
    for number, pitch in enumerate(notes):
        begin = round(RATE * _APART * number)
        for at in range(begin, length):
            found[at] += _note(pitch, (at - begin) / RATE)
    return [round(each) for each in found]


def _note(pitch: float, seconds: float) -> float:
    swells, dies = min(1.0, seconds / 0.008), math.exp(-7 * seconds)
    turn = 2 * math.pi * pitch * seconds
    return _LOUD * swells * dies * (math.sin(turn) + 0.3 * math.sin(2 * turn))


def write(folder: Path) -> None:
    """All of them, as WAV files."""
    for name, notes in SOUNDS.items():
        with wave.open(str(folder / f"{name}.wav"), "wb") as file:
            file.setnchannels(1)
            file.setsampwidth(2)
            file.setframerate(RATE)
            file.writeframes(array("h", samples(notes)).tobytes())


if __name__ == "__main__":
    write(Path(__file__).parents[2] / "resources" / "sounds")
