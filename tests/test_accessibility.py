"""Every page by keyboard and by ear: a page enters by standing in `Places.all()`."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from perpudesk.core import i18n
from perpudesk.core.settings import change_settings
from perpudesk.demo import make_demo
from perpudesk.ui import theme
from perpudesk.ui.text import Elided
from tests.test_app import Start, boxes, qt, start
from tests.ui.accessibility import assert_accessible, spoken_name, texts_fit

__all__ = ["boxes", "qt", "start"]
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support ", extend=True)
MOST = 10_000
"""More widgets than any window has: a ring that comes back to none of its beginning."""


@pytest.fixture
def records(tmp_path: Path) -> Path:
    made = tmp_path / "records"
    make_demo(made, years=1, until=date(2026, 11, 20), seed=1)
    return made


def focusable(page: QWidget) -> list[QWidget]:
    """What can have the keys, and is not only the frame around others."""
    return [
        widget
        for widget in page.findChildren(QWidget)
        if widget.isVisibleTo(page)
        and widget.isEnabled()
        and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and not isinstance(widget, QScrollArea)
        and widget.focusProxy() is None
    ]


def ring(page: QWidget) -> list[QWidget]:
    """What Tab comes to, one after the other, from the page on."""
    found, now = [page], page.nextInFocusChain()
    while now is not page and len(found) < MOST:
        found.append(now)
        now = now.nextInFocusChain()
    return found


def backwards(page: QWidget, reached: list[QWidget], wanted: list[QWidget]) -> Iterator[str]:
    """Where Tab goes up and not to the next column."""
    places = {each: QRect(each.mapTo(page, QPoint()), each.size()) for each in wanted}
    for before, after in pairwise([each for each in reached if each in places]):
        here, there = places[before], places[after]
        if there.bottom() <= here.top() and there.left() < here.right():
            yield f"{spoken_name(before)} → {spoken_name(after)}"


def cut_words(page: QWidget) -> list[str]:
    """What is cut, but for what ends in dots and that a screen reader says whole."""
    return [told for told in texts_fit(page) if not told.startswith(Elided.__name__)]


def test_what_has_the_keys_is_named_and_tab_comes_to_it(
    start: Start, records: Path, boxes: list[str], qtbot: QtBot
) -> None:
    app = start(records)
    unreached, back, found = [], [], 0
    for place in app._places.all():
        app.window.go(place.key)
        page = app.window.page(place.key)
        qtbot.waitUntil(page.isVisible)
        QApplication.processEvents()
        wanted, reached = focusable(page), ring(page)
        found += len(wanted)
        assert_accessible(page)
        back += [f"{place.key}: {told}" for told in backwards(page, reached, wanted)]
        unreached += [f"{place.key}: {spoken_name(each)}" for each in wanted if each not in reached]
    assert found > 100
    assert unreached == []
    assert back == []
    assert boxes == []


@pytest.mark.parametrize("scale", theme.SCALES)
@pytest.mark.parametrize("language", ["id", "en"])
def test_no_word_is_cut_at_any_size_of_text(
    start: Start, records: Path, qtbot: QtBot, language: str, scale: float
) -> None:
    """On a donated PC's 1366×768, and nothing has to be moved sideways to be read."""
    i18n.use(language)
    change_settings(language=language, scale=round(scale * 100))
    app = start(records)
    app.window.resize(1366, 720)
    cut, sideways = [], []
    for place in app._places.all():
        app.window.go(place.key)
        page = app.window.page(place.key)
        for _ in range(40):  # pages of a report are drawn in the background, and parts turn
            QApplication.processEvents()
            if not cut_words(page):
                break
            qtbot.wait(50)
        cut += [f"{place.key}: {told}" for told in cut_words(page)]
        if page.room.horizontalScrollBar().maximum():
            sideways.append(place.key)
    assert theme.current().scale == scale
    assert cut == []
    assert sideways == []
