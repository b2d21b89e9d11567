"""Dialogs about computers in a window, read in English in the light palette at 100 %."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget
from pytestqt.qtbot import QtBot

from perpudesk.core import i18n
from perpudesk.ui import theme
from tests.ui.windows import shown

HERE = Path(__file__).parent
HARMLESS = "This plugin does not support "
"""Qt's platform without a screen says so of windows with a least size, and of menus."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.qt_log_ignore(HARMLESS, extend=True))


@pytest.fixture(autouse=True)
def look(qapp: QApplication) -> Iterator[None]:
    """The program's look, which a test may change."""
    i18n.use("en")
    if not qapp.styleSheet() or theme.current() != theme.Theme():
        theme.apply(qapp)
    yield
    if theme.current() != theme.Theme():
        theme.apply(qapp)


@pytest.fixture
def window(qtbot: QtBot) -> QMainWindow:
    """A window that dialogs open over."""
    window = QMainWindow()
    window.setCentralWidget(QWidget())
    return shown(qtbot, window, (1366, 720))


@pytest.fixture
def active(qtbot: QtBot) -> Callable[[QWidget], None]:
    """Waits until keys reach a dialog."""

    def wait(dialog: QWidget) -> None:
        dialog.activateWindow()
        qtbot.waitUntil(dialog.isActiveWindow)

    return wait
