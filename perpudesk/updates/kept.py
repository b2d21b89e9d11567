"""The old program, which waits beside the new one until that has been opened."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path


def running_from() -> Path | None:
    """The program folder of this process; None where it runs from its source."""
    frozen = getattr(sys, "frozen", False)
    return Path(sys.executable).resolve().parent if frozen else None


def old_of(program: Path) -> Path:
    """Where the program that was replaced is kept."""
    return program.with_name(f"{program.name}.old")


def drop_old() -> None:
    """The program has started: what it replaced is not needed any more."""
    program = running_from()
    if program is not None:
        shutil.rmtree(old_of(program), ignore_errors=True)
