"""A desk in Jakarta on a Monday morning, the page in a window, and a person at the keyboard."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from perpudesk.branch.model import Hours
from perpudesk.core import i18n
from perpudesk.core.codes import Sex
from perpudesk.core.times import FixedClock
from perpudesk.desk import Desk
from perpudesk.patrons.model import Patron, PatronDraft
from perpudesk.ui import theme
from perpudesk.ui.buttons import Button
from perpudesk.ui.toasts import Toast
from perpudesk.visits.form.keys import DeskKeys
from perpudesk.visits.page import VisitsPage

HERE = Path(__file__).parent
HARMLESS = "This plugin does not support "
"""Qt's platform without a screen says so of windows with a least size, and of menus."""
GAP = 35
_CODES = {"\r": Qt.Key.Key_Return, "\t": Qt.Key.Key_Tab}
_clock = count(1_000_000, 60)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.qt_log_ignore(HARMLESS, extend=True))


@pytest.fixture
def desk(tmp_path: Path, fixed_clock: FixedClock) -> Iterator[Desk]:
    """A desk that is open Monday to Friday, 08.00 to 16.00; it is Monday, 09.41."""
    week = (*(Hours(opens=480, closes=960),) * 5, None, None)
    with Desk(tmp_path / "data", clock=fixed_clock) as desk:
        desk.branch.set_up(name="Perpustakaan Uji", zone="WIB", opening_hours=week)
        yield desk


@pytest.fixture
def look(qapp: QApplication) -> Iterator[None]:
    """The program's look in English, which a test may change."""
    i18n.use("en")
    if not qapp.styleSheet() or theme.current() != theme.Theme():
        theme.apply(qapp)
    yield
    if theme.current() != theme.Theme():
        theme.apply(qapp)


@pytest.fixture
def siti(desk: Desk) -> Patron:
    """A member with a card."""
    return desk.patrons.add(
        PatronDraft(name="Siti Aminah", member_number="A-0012", sex=Sex.FEMALE, birth_year=1994)
    )


@pytest.fixture
def open_page(
    desk: Desk, qtbot: QtBot, request: pytest.FixtureRequest
) -> Iterator[Callable[..., VisitsPage]]:
    """Opens the page in a window that hears of changes as the program's own does."""
    request.getfixturevalue("look")
    kept: list[QMainWindow] = []  # qtbot knows a window, but does not keep it

    def opened(width: int = 1366, height: int = 768) -> VisitsPage:
        page = VisitsPage(
            desk.visits,
            desk.patrons,
            desk.branch,
            undo=desk.undo,
            redo=desk.redo,
            can_undo=desk.can_undo,
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
        return page

    yield opened
    kept.clear()


@pytest.fixture
def page(open_page: Callable[..., VisitsPage]) -> VisitsPage:
    """The page, the focus at the grid."""
    return open_page()


@pytest.fixture
def person(qtbot: QtBot) -> Person:
    """Whoever sits at the keyboard."""
    return Person(qtbot)


class Person:
    """Presses keys where the focus is, as fast as is said, and reads what is shown."""

    def __init__(self, qtbot: QtBot) -> None:
        self._qtbot = qtbot

    def looks_at(self, widget: QWidget) -> None:
        """Have the window of `widget` active: without a window manager nobody else does it."""
        window = widget.window()
        window.activateWindow()
        self._qtbot.waitUntil(lambda: _window_of(QApplication.focusWidget()) is window)

    def types(self, text: str, *, apart: int = 60, wait: bool = True) -> None:
        """Press the keys of `text` so many ms apart by their own time; a return is Enter."""
        at = next(_clock) + 10_000
        for char in text:
            self.key(char, at=at)
            at += apart
        while next(_clock) < at:
            pass
        if wait:
            self._qtbot.waitUntil(_nothing_held)

    def scans(self, text: str) -> None:
        """Let a scanner read a card."""
        self.types(text + "\r", apart=2)

    def key(self, char: str, *, at: int = 0, repeated: bool = False) -> None:
        """Press and let go one key that makes a character."""
        code = _CODES.get(char) or ord(char.upper())
        widget = self.focus
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            none = Qt.KeyboardModifier.NoModifier
            event = QKeyEvent(kind, code, none, char, repeated)
            event.setTimestamp(at)
            if isValid(widget):
                QApplication.sendEvent(widget, event)

    def presses(self, key: Qt.Key, modifiers: str = "") -> None:
        """Press a key that makes no character, or a shortcut."""
        held = Qt.KeyboardModifier.NoModifier
        for name in modifiers.split():
            held |= getattr(Qt.KeyboardModifier, f"{name}Modifier")
        QTest.keyClick(self.focus, key, held)

    def clicks(self, widget: QWidget) -> None:
        """Click in the middle of a widget."""
        self._qtbot.mouseClick(widget, Qt.MouseButton.LeftButton)

    def waits(self, ms: int = 0) -> None:
        """Let the program go on for so long."""
        self._qtbot.wait(ms)

    @property
    def focus(self) -> QWidget:
        """Where the focus is."""
        focus = QApplication.focusWidget()
        assert focus is not None
        return focus

    def toasts(self, page: QWidget) -> list[str]:
        """What the toasts say; waits for the one that is to come."""
        self._qtbot.waitUntil(lambda: bool(_toasts(page)), timeout=3_000)
        return [toast.accessibleName() for toast in _toasts(page)]

    def takes(self, page: QWidget, words: str) -> None:
        """Click the button of a toast that says `words`."""
        self._qtbot.waitUntil(lambda: bool(_toasts(page)), timeout=3_000)
        self.clicks(next(t.action for t in _toasts(page) if t.action.label() == words))

    def button(self, parent: QWidget, words: str) -> Button:
        """The visible button that says `words`."""
        found = (each for each in parent.findChildren(Button) if each.label() == words)
        return next(each for each in found if each.isVisible())


def _nothing_held() -> bool:
    """Whether every key that was pressed has been given on."""
    windows = QApplication.topLevelWidgets()
    return not any(keys._reader.waiting for w in windows for keys in w.findChildren(DeskKeys))


def _window_of(widget: QWidget | None) -> QWidget | None:
    return None if widget is None else widget.window()


def _toasts(page: QWidget) -> list[Toast]:
    return [toast for toast in page.window().findChildren(Toast) if not toast.isHidden()]
