"""What the clock alone changes, and what it costs."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from perpudesk.computers.board import TileKind
from perpudesk.computers.model import Workstation
from perpudesk.computers.page import ComputersPage
from perpudesk.core.codes import EndReason
from perpudesk.core.times import FixedClock
from perpudesk.desk import Desk
from tests.computers.page.conftest import begun, tile


def test_the_clock_moves_the_tiles(
    desk: Desk, pcs: list[Workstation], page: ComputersPage, fixed_clock: FixedClock
) -> None:
    begun(desk, pcs[0])
    view = tile(page, 1)
    said = []
    for _ in range(5):
        page._tick()
        assert view.face is not None
        said.append((view.face.kind, view.face.big))
        fixed_clock.advance(minutes=10, seconds=1)
    assert said == [
        (TileKind.IN_USE, "30 min left"),
        (TileKind.IN_USE, "20 min left"),
        (TileKind.IN_USE, "10 min left"),
        (TileKind.OVER_TIME, "+1 min"),
        (TileKind.OVER_TIME, "+11 min"),
    ]
    assert [state for state, _ in page.watch._said] == ["1 in use", "3 free", "1 over time"]


def test_it_sleeps_until_something_changes(
    desk: Desk, pcs: list[Workstation], page: ComputersPage, fixed_clock: FixedClock
) -> None:
    def sleeps() -> int:
        page._tick()
        return page.watch._wake.interval()

    assert 52_000 < sleeps() <= 53_000  # to the next minute
    begun(desk, pcs[0])
    fixed_clock.advance(seconds=20)
    assert 32_000 < sleeps() <= 33_000
    fixed_clock.advance(seconds=39, milliseconds=700)
    assert sleeps() == 1_000
    page.hide()
    assert not page.watch._wake.isActive()


def test_midnight_rolls_the_day(
    desk: Desk, pcs: list[Workstation], page: ComputersPage, fixed_clock: FixedClock
) -> None:
    session = begun(desk, pcs[0])
    desk.computers.end(session.id, EndReason.DONE)
    assert page.view.today._values[0].text() == "1"
    fixed_clock.moment = datetime(2026, 11, 23, 17, 0, 1, tzinfo=UTC)
    page._tick()
    assert page.view.today._values[0].text() == "0"


def test_a_tick_asks_the_disk_nothing(
    desk: Desk,
    pcs: list[Workstation],
    page: ComputersPage,
    fixed_clock: FixedClock,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    begun(desk, pcs[0])
    fixed_clock.advance(minutes=1)
    with monkeypatch.context() as without:
        without.setattr(desk.store, "reading", None)
        page._tick()
    face = tile(page, 1).face
    assert face is not None
    assert face.big == "29 min left"


def test_only_what_changed_is_painted(
    desk: Desk, pcs: list[Workstation], page: ComputersPage, fixed_clock: FixedClock
) -> None:
    begun(desk, pcs[0])
    fixed_clock.advance(minutes=10)
    begun(desk, pcs[1], limit=720)
    page._tick()
    fixed_clock.advance(minutes=1)
    records = page.watch.records
    assert records is not None
    now = fixed_clock.now()
    changed = page.view.board.show_tiles(records.tiles(now), now, page._where(), records.purposes)
    assert changed == 2
    assert page.view.board.show_tiles(records.tiles(now), now, page._where(), {}) == 0
