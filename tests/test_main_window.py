"""The window around the pages: the rail, the keys, the minute, what stands alone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from perpudesk import main_window
from perpudesk.core import i18n
from perpudesk.main_window import FirstPaint, MainWindow, Place
from perpudesk.ui import theme
from perpudesk.ui.help import HelpDialog
from perpudesk.ui.keys_sheet import KeysSheet
from perpudesk.ui.page import Page
from perpudesk.ui.rail import RailLine
from perpudesk.ui.toasts import Toast
from tests.ui.windows import shown

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support ", extend=True)
MOMENT = datetime(2026, 11, 23, 2, 41, 7, tzinfo=UTC)
CONTROL = Qt.KeyboardModifier.ControlModifier


class Clock:
    def __init__(self) -> None:
        self.moment = MOMENT

    def __call__(self) -> tuple[datetime, str]:
        return self.moment, "WIB"


class Plain(Page):
    def __init__(self, key: str) -> None:
        super().__init__(key, key.title())
        self.add_key_use("Q W E", "Someone came")


@pytest.fixture(autouse=True)
def look(qapp: QApplication) -> None:
    i18n.use("en")
    theme.apply(qapp)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def made() -> list[str]:
    """The keys of the pages that were made."""
    return []


@pytest.fixture
def window(qtbot: QtBot, made: list[str]) -> MainWindow:
    """Shown, with three pages, one of them not in the rail; not in use yet."""
    window = MainWindow()

    def place(key: str, shortcut: str, icon: str = "") -> Place:
        def make() -> Page:
            made.append(key)
            return Plain(key)

        return Place(key=key, label=key.title(), shortcut=shortcut, make=make, icon=icon)

    window.add_places(
        [place("desk", "F2", "desk"), place("reports", "F7", "report"), place("import", "Ctrl+I")]
    )
    return shown(qtbot, window, (1366, 720))


@pytest.fixture
def used(window: MainWindow, clock: Clock) -> MainWindow:
    """In use, at the desk."""
    window.tell_time(clock)
    window.go("desk")
    return window


def current(window: MainWindow) -> str | None:
    page = window.current()
    return page.key if page else None


def children(window: QWidget, kind: type[QWidget]) -> list[QWidget]:
    return [each for each in window.findChildren(kind) if each.isVisible()]


def test_a_page_is_made_when_it_is_first_shown(used: MainWindow, made: list[str]) -> None:
    assert made == ["desk"]
    used.go("reports")
    used.go("desk")
    used.go("reports")
    assert made == ["desk", "reports"]
    assert [page.key for page in used.made_pages()] == made
    assert used.page("desk") is used.made_pages()[0]


def test_keys_lead_to_the_pages(qtbot: QtBot, used: MainWindow) -> None:
    qtbot.keyClick(used, Qt.Key.Key_F7)
    assert current(used) == "reports"
    qtbot.keyClick(used, Qt.Key.Key_I, CONTROL)
    assert current(used) == "import"
    qtbot.keyClick(used, Qt.Key.Key_F2)
    assert current(used) == "desk"


def test_the_rail_leads_to_the_pages_and_marks_the_one_shown(
    qtbot: QtBot, used: MainWindow
) -> None:
    button = used.rail._buttons["reports"]
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert current(used) == "reports"
    used.go("desk")
    assert not button.isChecked()
    assert list(used.rail._buttons) == ["desk", "reports"]


def test_no_page_opens_before_the_records_are_open(
    qtbot: QtBot, window: MainWindow, made: list[str]
) -> None:
    for key in (Qt.Key.Key_F2, Qt.Key.Key_F7, Qt.Key.Key_F1):
        qtbot.keyClick(window, key)
    qtbot.mouseClick(window.rail._buttons["desk"], Qt.MouseButton.LeftButton)
    assert made == []
    assert window.current() is None
    assert children(window, HelpDialog) == []


def test_what_stands_alone_is_not_left_by_a_key(qtbot: QtBot, used: MainWindow) -> None:
    guide = QLabel("First run")
    used.show_alone(guide)
    assert guide.isVisible()
    assert not used.rail.isVisible()
    for key, modifier in (
        (Qt.Key.Key_F7, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_Slash, CONTROL),
    ):
        qtbot.keyClick(used, key, modifier)
    assert guide.isVisible()
    assert used.findChildren(KeysSheet) == []
    used.leave_alone(guide)
    assert used.rail.isVisible()
    qtbot.keyClick(used, Qt.Key.Key_F7)
    assert current(used) == "reports"


def test_what_stands_alone_has_the_keys_where_it_wants_them(
    qtbot: QtBot, window: MainWindow
) -> None:
    guide, first, second = QWidget(), QLineEdit(), QLineEdit()
    box = QVBoxLayout(guide)
    box.addWidget(first)
    box.addWidget(second)
    second.setFocus()
    window.show_alone(guide)
    qtbot.keyClicks(QApplication.focusWidget(), "Taman Baca")
    assert (first.text(), second.text()) == ("", "Taman Baca")


def test_f1_is_the_help_of_the_page_once(qtbot: QtBot, used: MainWindow) -> None:
    qtbot.keyClick(used, Qt.Key.Key_F1)
    (dialog,) = children(used, HelpDialog)
    assert dialog.windowTitle() == "Help: Desk"
    used.activateWindow()
    qtbot.keyClick(used, Qt.Key.Key_F1)
    assert len(children(used, HelpDialog)) == 1
    for dialog in children(used, HelpDialog):
        dialog.close()


def test_ctrl_slash_is_the_sheet_of_keys(qtbot: QtBot, used: MainWindow) -> None:
    qtbot.keyClick(used, Qt.Key.Key_Slash, CONTROL)
    (sheet,) = children(used, KeysSheet)
    texts = [label.text() for label in sheet.findChildren(QLabel)]
    assert "Someone came" in texts
    for text in ("Desk", "Reports", "Import", "F2", "F7", "Ctrl+I", "F1", "Ctrl+/"):
        assert text in texts
    sheet.close()


def test_day_and_time_stand_on_every_page_and_move_with_the_minute(
    used: MainWindow, clock: Clock
) -> None:
    page = used.page("desk")
    told: list[datetime] = []
    page.header.set_now = lambda _day, moment, _zone: told.append(moment)  # type: ignore[method-assign]
    assert 52_000 < used._minute.interval() < 54_000  # from :07 to the next minute
    clock.moment += timedelta(minutes=1)
    used._minute.timeout.emit()
    assert told == [clock.moment]
    assert used._minute.isActive()


def test_the_time_is_looked_at_again_when_the_window_wakes(used: MainWindow, clock: Clock) -> None:
    told: list[datetime] = []
    page = used.page("desk")
    page.header.set_now = lambda _day, moment, _zone: told.append(moment)  # type: ignore[method-assign]
    clock.moment += timedelta(hours=9)
    used.changeEvent(QEvent(QEvent.Type.ActivationChange))
    assert told == [clock.moment]


def test_lines_at_the_foot_are_made_anew_only_when_they_differ(
    used: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[list[RailLine]] = []
    monkeypatch.setattr(used.rail, "set_lines", told.append)
    for text in ("All saved 09:41", "All saved 09:41", "All saved 09:42"):
        used.set_lines([RailLine(icon="check", text=text)])
    assert [line.text for (line,) in told] == ["All saved 09:41", "All saved 09:42"]


def test_the_rail_narrows_with_the_window(qtbot: QtBot, used: MainWindow) -> None:
    wide = used.rail.width()
    used.resize(1024, 600)
    qtbot.waitUntil(lambda: used.rail.width() < wide)


def test_the_title_says_whose_desk_it_is(used: MainWindow) -> None:
    used.set_branch("TBM Mawar", practice=False)
    assert used.windowTitle() == "TBM Mawar – PerpuDesk"
    used.set_branch("TBM Mawar", practice=True)
    assert used.windowTitle() == "PRACTICE · TBM Mawar – PerpuDesk"


def test_a_window_fills_a_small_screen(qtbot: QtBot) -> None:
    window = MainWindow()
    qtbot.addWidget(window)
    window.show_placed()  # the screen of the tests is no larger than it is usually
    assert window.isMaximized()


def test_a_window_is_as_large_as_usual_where_there_is_room(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(main_window, "room_for", lambda _: QSize(1900, 1000))
    window = MainWindow()
    qtbot.addWidget(window)
    window.show_placed()
    assert not window.isMaximized()
    assert window.size() == QSize(1366, 720)


def test_a_window_comes_back_where_it_was_left(qtbot: QtBot) -> None:
    first, second = MainWindow(), MainWindow()
    for window in (first, second):
        qtbot.addWidget(window)
    first.show_placed("nothing that Qt wrote")
    first.showNormal()
    first.setGeometry(40, 60, 900, 560)
    second.show_placed(first.placed())
    assert second.geometry() == first.geometry()


def test_a_window_aside_shows_the_one_behind_it(qtbot: QtBot) -> None:
    window = MainWindow()
    qtbot.addWidget(window)
    window.show_placed(aside=True)
    assert not window.isMaximized()
    assert window.x() > 0
    assert window.y() > 0
    assert window.screen().availableGeometry().contains(window.geometry())


def test_closing_is_told(qtbot: QtBot, used: MainWindow) -> None:
    with qtbot.waitSignal(used.closed):
        used.close()


def test_it_comes_to_the_front_also_from_the_task_bar(qtbot: QtBot, used: MainWindow) -> None:
    used.showMinimized()
    used.raise_up()
    assert not used.isMinimized()
    qtbot.waitUntil(used.isActiveWindow)


def test_the_first_paint_is_told_once(qtbot: QtBot) -> None:
    widget = QWidget()
    qtbot.addWidget(widget)
    told: list[int] = []
    first = FirstPaint(widget)
    first.painted.connect(lambda: told.append(1))
    with qtbot.waitSignal(first.painted):
        widget.show()
    widget.repaint()
    QApplication.processEvents()
    assert told == [1]


def test_no_other_page_while_the_records_are_written_at_length(
    used: MainWindow, qtbot: QtBot
) -> None:
    page = used.current()
    assert page is not None
    page.holding = "One moment."
    qtbot.keyClick(used, Qt.Key.Key_F7)
    assert used.current() is page
    (said,) = used.findChildren(Toast)
    assert said.accessibleName() == "One moment."
    page.holding = ""
    qtbot.keyClick(used, Qt.Key.Key_F7)
    assert used.current() is not page
