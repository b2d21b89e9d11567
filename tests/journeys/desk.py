"""What every journey does: ask the commands, close the window, know the time, read the total."""

from __future__ import annotations

import subprocess
import sys
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from PIL import Image, ImageChops

from tests.screen import ROOT, Program, Screen, missing

needs_a_screen = [
    pytest.mark.journey,
    pytest.mark.skipif(
        sys.platform != "linux" and bool(missing()), reason=f"needs {', '.join(missing())}"
    ),
]
TODAY = (224, 590, 346, 660)
"""Where the desk shows how many came today."""


def say(folder: Path, *words: object) -> str:
    """What a command answers."""
    done = subprocess.run(
        [sys.executable, "-m", "perpudesk", "--data", str(folder), *map(str, words)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, ""), done.stderr
    return done.stdout


def close(on: Screen, program: Program) -> None:
    on.press("alt+F4")
    assert program.ended() == 0
    said = program.complaints()
    assert said == [], said


def here() -> datetime:
    return datetime.now(ZoneInfo("Asia/Jakarta"))


def total(on: Screen) -> Image.Image:
    """The number of today's visits, as the screen shows it, in black and white."""
    return on.picture().crop(TODAY).convert("L").point(lambda light: 255 * (light > 128))


def same(one: Image.Image, other: Image.Image) -> bool:
    return ImageChops.difference(one, other).getbbox() is None
