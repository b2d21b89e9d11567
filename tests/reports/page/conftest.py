"""The page as a librarian sees it, in English, on two months of visits."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from perpudesk.branch.model import ServiceDay
from perpudesk.core import i18n
from perpudesk.core.codes import DayState, Sex
from perpudesk.desk import Desk
from perpudesk.patrons.model import Profile
from perpudesk.reports.page import ReportsPage
from perpudesk.ui import theme
from perpudesk.visits.model import VisitDraft
from tests.ui.windows import shown

HERE = Path(__file__).parent
HARMLESS = "This plugin does not support "
"""Qt's platform without a screen says so of windows with a least size."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.qt_log_ignore(HARMLESS, extend=True))


@pytest.fixture(autouse=True)
def _look(qapp: QApplication) -> Iterator[None]:
    i18n.use("en")
    theme.apply(qapp)
    yield
    theme.apply(qapp)


@pytest.fixture
def library(desk: Desk) -> Desk:
    """Visits in September and October 2026; 6 October was never set, 7 October was guessed."""
    for day in (date(2026, 9, 14), date(2026, 10, 5)):
        desk.visits.record(VisitDraft(count=12, profile=Profile(sex=Sex.FEMALE), on=day))
    desk.branch.set_day(ServiceDay(date=date(2026, 10, 7), state=DayState.ESTIMATED))
    return desk


def open_page(qtbot: QtBot, desk: Desk, size: tuple[int, int] = (1166, 716)) -> ReportsPage:
    """The page in a window of its own, its pages made."""
    page = shown(qtbot, ReportsPage(desk.reports, desk.closings, practice=lambda: False), size)
    qtbot.waitUntil(lambda: page._preview.page_count() > 0, timeout=10_000)
    return page


@pytest.fixture
def page(qtbot: QtBot, library: Desk) -> ReportsPage:
    """The page, at the month that is to be printed."""
    return open_page(qtbot, library)
