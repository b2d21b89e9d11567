"""Where the crash tests work, and how long."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
MEMORY = Path("/dev/shm")


@pytest.fixture(scope="session")
def times(request: pytest.FixtureRequest) -> int:
    """How many times the work of CI is done: once, or many times with --long."""
    return 10 if request.config.getoption("--long") else 1


@pytest.fixture
def place() -> Iterator[Path]:
    """A folder in memory where there is one: these tests sync more than they compute."""
    usable = MEMORY.is_dir() and os.access(MEMORY, os.W_OK)
    folder = Path(tempfile.mkdtemp(prefix="perpudesk-crash-", dir=MEMORY if usable else None))
    yield folder
    shutil.rmtree(folder)


@pytest.fixture
def program(place: Path) -> Callable[..., Any]:
    """Run a module of this folder on `place/data`; what it printed, read as JSON."""

    def run(name: str, *words: object, wrap: tuple[str, ...] = ()) -> Any:
        command = [*wrap, sys.executable, "-m", f"tests.crash.{name}", place / "data", *words]
        environment = {**os.environ, "PERPUDESK_SETTINGS": str(place / "settings")}
        done = subprocess.run(
            [str(word) for word in command],
            cwd=ROOT,
            env=environment,
            stdout=subprocess.PIPE,
            check=True,
        )
        return json.loads(done.stdout)

    return run
