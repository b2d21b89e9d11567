"""Stores on real files, with a branch in them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from perpudesk.core.times import FixedClock
from perpudesk.db.connection import Store
from perpudesk.desk import Desk


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A data folder that is yet to be made, with a space in its name."""
    return tmp_path / "data perpustakaan"


@pytest.fixture
def desk(folder: Path, fixed_clock: FixedClock) -> Iterator[Desk]:
    """An open desk of a branch in Jakarta, on Monday 23 November 2026, 09.41."""
    with Desk(folder, clock=fixed_clock) as desk:
        desk.branch.set_up(name="Perpustakaan Uji", zone="WIB")
        yield desk


@pytest.fixture
def store(desk: Desk) -> Store:
    """The store under that desk."""
    return desk.store
