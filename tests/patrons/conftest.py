"""An open desk with a branch, and pages that speak English in the light palette at 100 %."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from perpudesk.core import i18n
from perpudesk.core.times import FixedClock
from perpudesk.desk import Desk
from perpudesk.ui import theme

HERE = Path(__file__).parent
HARMLESS = "This plugin does not support "
"""Qt's platform without a screen says so of windows with a least size, and of menus."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.qt_log_ignore(HARMLESS, extend=True))


@pytest.fixture
def desk(tmp_path: Path, fixed_clock: FixedClock) -> Iterator[Desk]:
    """A desk in Jakarta on Monday 23 November 2026, 09.41."""
    with Desk(tmp_path / "data", clock=fixed_clock) as desk:
        desk.branch.set_up(name="Perpustakaan Uji", zone="WIB")
        yield desk


@pytest.fixture
def look(qapp: QApplication) -> Iterator[None]:
    """The program's look in English."""
    i18n.use("en")
    theme.apply(qapp)
    yield
    theme.apply(qapp)
