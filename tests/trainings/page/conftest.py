"""The page of trainings in a window, and a person at the keyboard."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, time
from pathlib import Path

import pytest
from PySide6.QtWidgets import QMainWindow
from pytestqt.qtbot import QtBot

from perpudesk.core.codes import Sex
from perpudesk.desk import Desk
from perpudesk.patrons.model import PatronDraft
from perpudesk.trainings.model import CourseDraft, Series
from perpudesk.trainings.page import TrainingsPage
from perpudesk.trainings.page.deeds import Services
from tests.visits.conftest import HARMLESS, Person, look

__all__ = ["look"]
HERE = Path(__file__).parent
NAMES = ("Aisyah", "Dedi", "Hartini")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.qt_log_ignore(HARMLESS, extend=True))


@pytest.fixture
def open_page(
    desk: Desk, qtbot: QtBot, request: pytest.FixtureRequest
) -> Iterator[Callable[..., TrainingsPage]]:
    """Opens the page in a window that hears of changes as the program's own does."""
    request.getfixturevalue("look")
    kept: list[QMainWindow] = []  # qtbot knows a window, but does not keep it

    def opened(width: int = 1366, height: int = 768) -> TrainingsPage:
        services = Services(
            trainings=desk.trainings,
            meetings=desk.meetings,
            patrons=desk.patrons,
            branch=desk.branch,
            workstations=desk.workstations,
            papers=desk.training_papers,
        )
        page = TrainingsPage(
            services,
            desk.attendance,
            desk.after_training,
            undo=desk.undo,
            redo=desk.redo,
            practice=lambda: desk.practice,
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
def person(qtbot: QtBot) -> Person:
    """Whoever sits at the keyboard."""
    return Person(qtbot)


@pytest.fixture
def course_id(desk: Desk) -> str:
    """Four Mondays from 9 November, the third of them today, with three women on the list."""
    made = desk.trainings.add(CourseDraft(title="Email untuk UMKM", topic="business", capacity=4))
    series = Series(first=date(2026, 11, 9), weekdays=frozenset({0}), count=4)
    desk.trainings.plan_series(made.id, series, start=time(9), place="Aula")
    for place, name in enumerate(NAMES):
        draft = PatronDraft(
            name=name, sex=Sex.FEMALE, birth_year=1990, member_number=f"A-00{place + 1}"
        )
        desk.trainings.enrol(made.id, patron_id=desk.patrons.add(draft).id)
    return made.id


@pytest.fixture
def page(course_id: str, open_page: Callable[..., TrainingsPage]) -> TrainingsPage:
    """The page with that training."""
    assert course_id
    return open_page()
