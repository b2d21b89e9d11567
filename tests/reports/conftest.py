"""A branch in Jakarta with its records in a folder of the test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from perpudesk.branch.model import USUAL_WEEK, Signatory, SignatoryPlace
from perpudesk.core.times import FixedClock
from perpudesk.desk import Desk


@pytest.fixture
def desk(tmp_path: Path, fixed_clock: FixedClock) -> Iterator[Desk]:
    """Open on Monday 23 November 2026, weekdays 08.00 to 15.00."""
    with Desk(tmp_path / "data", clock=fixed_clock) as opened:
        opened.branch.set_up(
            name="Perpusda Contoh", zone="WIB", place="Pangkalan Bun", opening_hours=USUAL_WEEK
        )
        left = Signatory(place=SignatoryPlace.LEFT, name="Dra. Contoh", post="Kepala", nip="1970")
        opened.branch.set_signatory(left)
        right = Signatory(place=SignatoryPlace.RIGHT, name="Rina", post="Petugas")
        opened.branch.set_signatory(right)
        yield opened
