from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from perpudesk.core import i18n
from perpudesk.core.errors import InputError
from perpudesk.ui import theme
from perpudesk.ui.buttons import Button
from perpudesk.ui.calendar import BAD_DATE, DateField, DayGrid, MonthView, parse_date
from tests.ui.accessibility import assert_accessible
from tests.ui.windows import shown

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    "text",
    [
        "23-11-2026",
        "23/11/2026",
        "23.11.2026",
        "23 11 2026",
        "23-11-26",
        "23112026",
        " 23-11-2026 ",
    ],
)
def test_days_as_people_type_them(text: str) -> None:
    assert parse_date(text) == TODAY


@pytest.mark.parametrize(
    "text",
    ["", "kemarin", "31-02-2026", "2026-11-23", "23-11", "0-1-2026", "٢٣-11-2026", "23-11-2026x"],
)
def test_what_is_no_day(text: str) -> None:
    assert parse_date(text) is None


@given(st.dates(date(1900, 1, 1)))
def test_every_day_that_is_shown_is_read_back(day: date) -> None:
    assert parse_date(f"{day:%d-%m}-{day.year}") == day


def test_grid_moves_by_arrows_and_pages(qtbot: QtBot) -> None:
    grid = shown(qtbot, DayGrid(TODAY))
    for key, day in (
        (Qt.Key.Key_Left, date(2026, 11, 22)),
        (Qt.Key.Key_Up, date(2026, 11, 15)),
        (Qt.Key.Key_Right, date(2026, 11, 16)),
        (Qt.Key.Key_Down, date(2026, 11, 23)),
        (Qt.Key.Key_Down, date(2026, 11, 30)),
        (Qt.Key.Key_Right, date(2026, 12, 1)),
        (Qt.Key.Key_PageDown, date(2027, 1, 1)),
        (Qt.Key.Key_PageUp, date(2026, 12, 1)),
        (Qt.Key.Key_Tab, date(2026, 12, 1)),
    ):
        qtbot.keyClick(grid, key)
        assert grid.day == day


def test_month_turns_to_its_last_day_and_tells(qtbot: QtBot) -> None:
    grid = shown(qtbot, DayGrid(date(2026, 1, 31)))
    with qtbot.waitSignal(grid.month_turned) as told:
        grid.turn(1)
    assert (grid.day, told.args) == (date(2026, 2, 28), [date(2026, 2, 1)])


@pytest.mark.parametrize("edge,key", [(date.max, Qt.Key.Key_Down), (date.min, Qt.Key.Key_Up)])
def test_time_ends_without_a_crash(qtbot: QtBot, edge: date, key: Qt.Key) -> None:
    grid = shown(qtbot, DayGrid(edge))
    qtbot.keyClick(grid, key)
    grid.turn(1 if edge == date.max else -1)
    assert grid.day == edge


def test_grid_chooses_by_key_and_click_but_not_the_future(qtbot: QtBot) -> None:
    grid = shown(qtbot, DayGrid(TODAY))
    grid.set_today(TODAY, TODAY)
    chosen: list[date] = []
    grid.chosen.connect(chosen.append)
    qtbot.keyClick(grid, Qt.Key.Key_Return)
    qtbot.keyClick(grid, Qt.Key.Key_Right)
    qtbot.keyClick(grid, Qt.Key.Key_Space)
    assert chosen == [TODAY]
    middle = grid._cell(9).center()
    qtbot.mouseClick(grid, Qt.MouseButton.LeftButton, pos=middle)
    assert chosen == [TODAY, date(2026, 11, 9)]
    qtbot.mouseClick(grid, Qt.MouseButton.LeftButton, pos=QPoint(1, 1))
    assert len(chosen) == 2


def test_grid_shows_states_as_colour_and_word(qtbot: QtBot) -> None:
    i18n.use("id")
    grid = DayGrid(TODAY)
    plain = grid.sizeHint()
    grid.set_marks({TODAY: ("tutup", "error"), date(2026, 11, 2): ("buka", "neutral")})
    shown(qtbot, grid)
    assert grid.sizeHint().height() > plain.height()
    assert grid.accessibleDescription() == "Senin, 23 November 2026: tutup"
    cell = grid._cell(23)
    colour = grid.grab().toImage().pixelColor(cell.left() + 6, cell.center().y())
    assert colour == theme.current().colour("red_soft")
    grid.set_day(date(2026, 11, 24))
    assert grid.accessibleDescription() == "Selasa, 24 November 2026"
    assert_accessible(grid)


def test_month_view_names_and_turns_the_month(qtbot: QtBot) -> None:
    i18n.use("id")
    month = shown(qtbot, MonthView(TODAY))
    back, forward = month.findChildren(Button)
    assert month._name.text() == "November 2026"
    qtbot.mouseClick(forward, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(forward, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(back, Qt.MouseButton.LeftButton)
    assert month._name.text() == "Desember 2026"
    assert_accessible(month)


def field(qtbot: QtBot, value: date | None = None) -> DateField:
    return shown(qtbot, DateField("Tanggal lahir", value, today=TODAY, latest=TODAY))


def test_date_field_reads_and_shows(qtbot: QtBot) -> None:
    own = field(qtbot, date(2026, 3, 4))
    assert own.box.text() == "04-03-2026"
    own.box.clear()
    assert own.value() is None
    with qtbot.waitSignal(own.changed):
        qtbot.keyClicks(own.box, "1/2/2026")
    assert own.value() == date(2026, 2, 1)
    own.set_value(None)
    assert own.value() is None
    assert_accessible(own)


def test_date_field_refuses_and_keeps(qtbot: QtBot) -> None:
    own = field(qtbot)
    own.setObjectName("born")
    qtbot.keyClicks(own.box, "31-02-2026")
    with pytest.raises(InputError) as caught:
        own.value()
    assert (caught.value.problem, caught.value.field) == (BAD_DATE, "born")
    assert "23-11-2026" in caught.value.sentence()
    assert own.box.text() == "31-02-2026"


def popup() -> QWidget:
    window = QApplication.activePopupWidget()
    assert window is not None
    return window


def test_calendar_opens_by_key_and_fills_the_field(qtbot: QtBot) -> None:
    own = field(qtbot, date(2026, 11, 10))
    qtbot.keyClick(own.box, Qt.Key.Key_Down)
    grid = popup().findChild(DayGrid)
    assert grid.day == date(2026, 11, 10)
    qtbot.keyClick(grid, Qt.Key.Key_Left)
    qtbot.keyClick(grid, Qt.Key.Key_Return)
    assert own.value() == date(2026, 11, 9)
    assert QApplication.activePopupWidget() is None
    assert own.box.hasFocus()


def test_calendar_opens_by_button_and_closes_without_a_choice(qtbot: QtBot) -> None:
    own = field(qtbot)
    qtbot.mouseClick(own.findChild(Button), Qt.MouseButton.LeftButton)
    grid = popup().findChild(DayGrid)
    assert grid.day == TODAY
    assert_accessible(popup())
    qtbot.keyClick(grid, Qt.Key.Key_Escape)
    assert QApplication.activePopupWidget() is None
    assert own.value() is None


def test_calendar_stays_on_the_screen(qtbot: QtBot) -> None:
    own = field(qtbot)
    room, size = own.screen().availableGeometry(), QSize(314, 314)
    own.move(20, 20)
    assert own._place_for(size).y() > own.mapToGlobal(QPoint(0, own.height())).y()
    own.move(room.right() - 40, room.bottom() - own.height() - 2)
    assert room.contains(QRect(own._place_for(size), size))
