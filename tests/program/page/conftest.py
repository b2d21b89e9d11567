"""The page of the program in a window, and a person at the keyboard."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QMainWindow
from pytestqt.qtbot import QtBot

from perpudesk.desk import Desk
from perpudesk.program.page import ProgramPage
from perpudesk.program.page.parts import Parts
from tests.visits.conftest import HARMLESS, Person, look

__all__ = ["look"]
HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.qt_log_ignore(HARMLESS, extend=True))


@pytest.fixture
def open_page(
    desk: Desk, qtbot: QtBot, request: pytest.FixtureRequest
) -> Iterator[Callable[..., ProgramPage]]:
    """Opens the page in a window that hears of changes as the program's own does."""
    request.getfixturevalue("look")
    kept: list[QMainWindow] = []  # qtbot knows a window, but does not keep it

    def opened(width: int = 1366, height: int = 768) -> ProgramPage:
        parts = Parts(
            program=desk.program,
            equipment=desk.equipment,
            papers=desk.program_papers,
            attachments=desk.attachments,
            patrons=desk.patrons,
            branch=desk.branch,
            undo=desk.undo,
            practice=lambda: desk.practice,
        )
        page = ProgramPage(parts.all())
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
def person(qtbot: QtBot) -> Person:
    """Whoever sits at the keyboard."""
    return Person(qtbot)
