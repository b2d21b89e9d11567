"""A desk in Jakarta on Monday, 23 November 2026, that somebody else takes over."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from perpudesk.branch.model import USUAL_WEEK
from perpudesk.core import i18n
from perpudesk.core.times import FixedClock
from perpudesk.desk import Desk


@pytest.fixture(autouse=True)
def _english() -> None:
    i18n.use("en")


@pytest.fixture
def desk(tmp_path: Path, fixed_clock: FixedClock) -> Iterator[Desk]:
    """Rina and Budi may be at the desk."""
    with Desk(tmp_path / "data", clock=fixed_clock) as desk:
        desk.branch.set_up(
            name="Perpustakaan Uji", zone="WIB", place="Pangkalan Bun", opening_hours=USUAL_WEEK
        )
        for name in ("Rina", "Budi"):
            desk.branch.add_staff(name)
        yield desk
