"""A desk that knows people by name, and has seen some of them lately."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from perpudesk.core import i18n
from perpudesk.core.codes import Sex
from perpudesk.core.times import FixedClock
from perpudesk.desk import Desk
from perpudesk.patrons.model import Patron, PatronDraft
from perpudesk.visits.model import VisitDraft

NAME = "Zubaidah Xylophania"


@pytest.fixture(autouse=True)
def _english() -> None:
    i18n.use("en")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The data folder."""
    return tmp_path / "data"


@pytest.fixture
def desk(folder: Path, fixed_clock: FixedClock) -> Iterator[Desk]:
    """A branch in Jakarta; it is 23 November 2026."""
    with Desk(folder, clock=fixed_clock) as desk:
        desk.branch.set_up(name="Perpustakaan Uji", zone="WIB")
        yield desk


@pytest.fixture
def someone(desk: Desk) -> Patron:
    """A woman with everything that can be kept, who came once."""
    patron = desk.patrons.add(
        PatronDraft(
            name=NAME,
            member_number="Q-77123",
            sex=Sex.FEMALE,
            birth_year=1988,
            village="Kumpai Batu Atas",
            contact="0812-5551234",
            note="Suka buku Xylem",
        )
    )
    desk.visits.record(VisitDraft(patron_id=patron.id))
    return patron


def at(clock: FixedClock, year: int, month: int, day: int) -> None:
    """It is that day, at nine in the morning."""
    clock.moment = datetime(year, month, day, 2, tzinfo=UTC)


def later(clock: FixedClock, days: int) -> None:
    clock.moment += timedelta(days=days)
