"""The page of the computers in a window, and a person at the keyboard."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QMainWindow
from pytestqt.qtbot import QtBot

from perpudesk.computers.board import TileKind
from perpudesk.computers.model import Session, SessionDraft, Workstation
from perpudesk.computers.page import ComputersPage
from perpudesk.computers.page.tile import TileView
from perpudesk.desk import Desk
from tests.visits.conftest import GAP, HARMLESS, Person, look, siti

__all__ = ["look", "siti"]
HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.qt_log_ignore(HARMLESS, extend=True))


@pytest.fixture
def open_page(
    desk: Desk, qtbot: QtBot, request: pytest.FixtureRequest
) -> Iterator[Callable[..., ComputersPage]]:
    """Opens the page in a window that hears of changes as the program's own does."""
    request.getfixturevalue("look")
    kept: list[QMainWindow] = []  # qtbot knows a window, but does not keep it

    def opened(width: int = 1366, height: int = 768) -> ComputersPage:
        page = ComputersPage(
            desk.computers,
            desk.workstations,
            desk.recovery,
            desk.patrons,
            desk.branch,
            queue=desk.queue,
            reservations=desk.reservations.of_day,
            undo=desk.undo,
            redo=desk.redo,
            now=desk.clock.now,
            scan_gap_ms=GAP,
        )
        desk.subscribe(lambda topic: page.mark_stale() if topic in page.topics else None)
        window = QMainWindow()
        kept.append(window)
        window.setCentralWidget(page)
        window.resize(width, height)
        qtbot.addWidget(window)
        with qtbot.waitActive(window):
            window.show()
            window.activateWindow()
        page.setFocus()
        return page

    yield opened
    kept.clear()


@pytest.fixture
def page(pcs: list[Workstation], open_page: Callable[..., ComputersPage]) -> ComputersPage:
    """The page with PC 1 to PC 4, the focus at the first."""
    assert len(pcs) == 4
    return open_page()


@pytest.fixture
def person(qtbot: QtBot) -> Person:
    """Whoever sits at the keyboard."""
    return Person(qtbot)


def tile(page: ComputersPage, number: int) -> TileView:
    """The tile of a number."""
    found = page.view.board.by_number(number)
    assert found is not None
    return found


def kinds(page: ComputersPage) -> list[TileKind]:
    """What every tile shows."""
    return [view.face.kind for view in page.view.board.tiles() if view.face]


def begun(desk: Desk, place: Workstation | None, **given: object) -> Session:
    """A session as another hand begins it."""
    draft = SessionDraft(
        workstation_id=None if place is None else place.id, device=place is None, **given
    )  # type: ignore[arg-type]
    return desk.computers.start(draft)


def open_ones(desk: Desk) -> list[Session]:
    """The sessions that go on."""
    return desk.computers.open_sessions()
