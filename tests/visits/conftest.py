"""An open desk with a branch, on a real file and a clock that stands still."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from perpudesk.branch.model import USUAL_WEEK
from perpudesk.core.times import FixedClock
from perpudesk.desk import Desk


@pytest.fixture
def desk(tmp_path: Path, fixed_clock: FixedClock) -> Iterator[Desk]:
    """A desk in Jakarta on Monday 23 November 2026, 09.41."""
    with Desk(tmp_path / "data", clock=fixed_clock) as desk:
        desk.branch.set_up(name="Perpustakaan Uji", zone="WIB", opening_hours=USUAL_WEEK)
        yield desk
