"""What every journey does: ask the commands, close the window, know the time."""

from __future__ import annotations

import subprocess
import sys
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from tests.screen import ROOT, Program, Screen, missing

needs_a_screen = [
    pytest.mark.journey,
    pytest.mark.skipif(
        sys.platform != "linux" and bool(missing()), reason=f"needs {', '.join(missing())}"
    ),
]


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
    assert program.complaints() == []


def here() -> datetime:
    return datetime.now(ZoneInfo("Asia/Jakarta"))
