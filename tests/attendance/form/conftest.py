"""Dialogs about lists in a window, read in English in the light palette at 100 %."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QMainWindow, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.conftest import HARMLESS, look
from tests.ui.windows import shown
from tests.visits.conftest import Person

__all__ = ["look"]
HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.qt_log_ignore(HARMLESS, extend=True))


@pytest.fixture
def window(qtbot: QtBot) -> QMainWindow:
    """A window that dialogs open over."""
    window = QMainWindow()
    window.setCentralWidget(QWidget())
    return shown(qtbot, window, (1366, 720))


@pytest.fixture
def person(qtbot: QtBot) -> Person:
    """Whoever sits at the keyboard."""
    return Person(qtbot)
