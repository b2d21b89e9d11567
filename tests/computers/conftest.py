"""A desk in Jakarta on a Monday morning with four workstations."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from perpudesk.branch.model import Hours
from perpudesk.computers.model import Workstation
from perpudesk.core import i18n
from perpudesk.core.times import FixedClock
from perpudesk.desk import Desk


@pytest.fixture(autouse=True)
def _english() -> None:
    i18n.use("en")


@pytest.fixture
def desk(tmp_path: Path, fixed_clock: FixedClock) -> Iterator[Desk]:
    """A desk that is open Monday to Friday, 08.00 to 16.00; it is Monday, 09.41."""
    week = (*(Hours(opens=480, closes=960),) * 5, None, None)
    with Desk(tmp_path / "data", clock=fixed_clock) as desk:
        desk.branch.set_up(name="Perpustakaan Uji", zone="WIB", opening_hours=week)
        yield desk


@pytest.fixture
def pcs(desk: Desk) -> list[Workstation]:
    """PC 1 to PC 4."""
    return desk.workstations.add_many(4)
