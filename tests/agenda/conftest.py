"""A desk in Jakarta on a Monday morning."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from perpudesk.branch.model import Hours
from perpudesk.core import i18n
from perpudesk.core.times import FixedClock
from perpudesk.desk import Desk


@pytest.fixture(autouse=True)
def _english() -> None:
    i18n.use("en")


@pytest.fixture
def desk(tmp_path: Path, fixed_clock: FixedClock) -> Iterator[Desk]:
    """Open Monday to Friday; it is Monday, 23 November 2026, 09.41."""
    week = (*(Hours(opens=480, closes=960),) * 5, None, None)
    with Desk(tmp_path / "data", clock=fixed_clock) as desk:
        desk.branch.set_up(name="Perpustakaan Uji", zone="WIB", opening_hours=week)
        yield desk
