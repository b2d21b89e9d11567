"""The month in a window, by keys and clicks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, time

import pytest
from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtWidgets import QMainWindow
from pytestqt.qtbot import QtBot

from perpudesk.agenda.page import AgendaPage
from perpudesk.agenda.page.page import PosterDialog
from perpudesk.attendance.framing import house_of
from perpudesk.attendance.model import MeetingDraft, Schedule
from perpudesk.communities.model import GatheringDraft
from perpudesk.desk import Desk
from tests.agenda.fills import MONDAY, fill
from tests.visits.conftest import HARMLESS, look

__all__ = ["look"]
pytestmark = pytest.mark.qt_log_ignore(HARMLESS, extend=True)


@pytest.fixture
def open_page(
    desk: Desk, qtbot: QtBot, request: pytest.FixtureRequest
) -> Iterator[Callable[..., AgendaPage]]:
    request.getfixturevalue("look")
    kept: list[QMainWindow] = []

    def opened(width: int = 1366, height: int = 768) -> AgendaPage:
        page = AgendaPage(desk.agenda, lambda: house_of(desk.branch, practice=False))
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
def page(desk: Desk, open_page: Callable[..., AgendaPage]) -> AgendaPage:
    fill(desk)
    return open_page()


def press(qtbot: QtBot, page: AgendaPage, *keys: Qt.Key) -> None:
    for key in keys:
        qtbot.keyClick(page.grid, key)


def test_today_is_chosen_with_what_is_on_it_and_what_cannot_be(page: AgendaPage) -> None:
    assert page.grid.day == MONDAY
    assert page.name.text() == "November 2026"
    assert page.day.text() == "Monday, 23 November 2026"
    assert [page.list.rows.row(at).title for at in range(3)] == [
        "Email untuk UMKM",
        "Rembuk warga",
        "SMPN 2",
    ]
    assert page.warnings.text() == (
        "Email untuk UMKM and Rembuk warga are both at Aula at 10:00–11:30."
    )
    assert page.closed.isHidden()
    assert "09:00 Email untuk UMKM" in page.grid.accessibleDescription()


def test_arrows_and_pages_move_the_day_and_home_brings_it_back(
    qtbot: QtBot, page: AgendaPage
) -> None:
    press(qtbot, page, Qt.Key.Key_Right, Qt.Key.Key_Down)
    assert page.grid.day == date(2026, 12, 1)
    assert page.name.text() == "December 2026"
    press(qtbot, page, Qt.Key.Key_PageUp, Qt.Key.Key_Left, Qt.Key.Key_Up)
    assert page.grid.day == date(2026, 10, 24)
    press(qtbot, page, Qt.Key.Key_Home, Qt.Key.Key_PageDown)
    assert page.grid.day == date(2026, 12, 23)
    page.open_day(date(2027, 1, 31))
    page.grid.turn(1)
    assert page.grid.day == date(2027, 2, 28)


def test_a_closed_day_says_why(qtbot: QtBot, page: AgendaPage) -> None:
    press(qtbot, page, Qt.Key.Key_Left)
    assert page.closed.text() == "closed on Sunday"
    assert page.warnings.isHidden()


def test_enter_goes_into_the_day_and_opens_what_is_alone(qtbot: QtBot, page: AgendaPage) -> None:
    courses: list[str] = []
    page.course_asked.connect(courses.append)
    press(qtbot, page, Qt.Key.Key_Return)
    assert page.list.hasFocus()
    assert courses == []
    qtbot.keyClick(page.list, Qt.Key.Key_Return)
    assert len(courses) == 1
    page.open_day(date(2026, 11, 30))
    press(qtbot, page, Qt.Key.Key_Return)
    assert len(courses) == 2
    page.open_day(date(2026, 11, 24))
    press(qtbot, page, Qt.Key.Key_Return)
    assert len(courses) == 2


def test_each_kind_opens_in_its_own_page(page: AgendaPage) -> None:
    asked: list[str] = []
    page.course_asked.connect(lambda _id: asked.append("course"))
    page.meeting_asked.connect(lambda _id: asked.append("meeting"))
    page.class_asked.connect(lambda: asked.append("class"))
    for at in range(3):
        page.open(page.list.rows.row(at))
    assert asked == ["course", "meeting", "class"]


def test_a_training_or_activity_is_planned_on_the_chosen_day(
    qtbot: QtBot, page: AgendaPage
) -> None:
    wanted: list[tuple[str, date]] = []
    page.training_wanted.connect(lambda day: wanted.append(("training", day)))
    page.activity_wanted.connect(lambda day: wanted.append(("activity", day)))
    press(qtbot, page, Qt.Key.Key_Right, Qt.Key.Key_T, Qt.Key.Key_M)
    day = date(2026, 11, 24)
    assert wanted == [("training", day), ("activity", day)]


def test_the_mouse_chooses_a_day_and_a_double_click_enters_it(
    qtbot: QtBot, page: AgendaPage
) -> None:
    entered: list[date] = []
    page.grid.entered.connect(entered.append)
    rows = len(page._month.weeks()) if page._month else 0
    spot = page.grid._cell(2, 1, rows).center()
    qtbot.mouseClick(page.grid, Qt.MouseButton.LeftButton, pos=spot)
    assert page.grid.day == date(2026, 11, 10)
    qtbot.mouseDClick(page.grid, Qt.MouseButton.LeftButton, pos=spot)
    assert entered == [date(2026, 11, 10)]
    qtbot.mouseClick(page.grid, Qt.MouseButton.LeftButton, pos=QPoint(2, 2))  # a weekday's name
    qtbot.mouseDClick(page.grid, Qt.MouseButton.LeftButton, pos=QPoint(2, 2))
    assert page.grid.day == date(2026, 11, 10)


def test_a_change_elsewhere_is_seen(desk: Desk, qtbot: QtBot, page: AgendaPage) -> None:
    (meeting,) = [each for each in desk.meetings.between(MONDAY, MONDAY) if not each.course_id]
    desk.meetings.cancel(meeting.id)
    qtbot.waitUntil(page.warnings.isHidden)
    assert "cancelled" in page.list.rows.index(1, 0).data(Qt.ItemDataRole.AccessibleTextRole)


def test_it_stands_on_a_small_screen_and_a_full_day_says_how_many_more(
    desk: Desk, open_page: Callable[..., AgendaPage]
) -> None:
    for _ in range(3):
        fill_day(desk)
    page = open_page(1024, 600)
    assert page.grid.size().height() >= page.grid.minimumSizeHint().height()
    assert page.side.width() <= 1024 * 3 // 10
    assert not page.grid.grab().isNull()
    page.grid.resize(QSize(350, 260))
    assert not page.grid.grab().isNull()


def fill_day(desk: Desk) -> None:
    """Three more activities today."""
    for hour in (9, 11, 13):
        schedule = Schedule(day=MONDAY, start=time(hour), minutes=60)
        draft = MeetingDraft(schedule=schedule, title=f"Kelas menggambar {hour}")
        desk.gatherings.plan(GatheringDraft(meeting=draft))


def test_the_poster_is_a_page(qtbot: QtBot, page: AgendaPage) -> None:
    qtbot.keyClick(page.grid, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    dialog = page.window().findChild(PosterDialog)
    assert dialog is not None
    qtbot.waitUntil(lambda: dialog.preview.page_count() == 1, timeout=10_000)
    dialog.reject()


def test_today_is_a_key_of_the_page_too(qtbot: QtBot, page: AgendaPage) -> None:
    page.open_day(date(2026, 12, 24))
    page._on_today()
    assert page.grid.day == MONDAY
    assert page.grid.hasFocus()
    qtbot.keyClick(page.grid, Qt.Key.Key_X)  # nothing of ours
    assert page.grid.day == MONDAY
