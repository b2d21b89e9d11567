from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QAccessible, QEnterEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from perpudesk.ui.cards import PageHeader
from perpudesk.ui.layout import column
from perpudesk.ui.text import Text
from perpudesk.ui.toasts import Toast, announce, toast
from tests.ui.accessibility import assert_accessible, texts_fit
from tests.ui.windows import shown


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    made = QWidget()
    QLineEdit(made)
    shown(qtbot, made, (800, 500))
    qtbot.mouseMove(made, QPoint(700, 100))  # not where a toast will be
    return made


@pytest.fixture
def line(window: QWidget) -> QLineEdit:
    found = window.findChild(QLineEdit)
    found.setFocus()
    return found


def toasts(window: QWidget) -> list[Toast]:
    return [each for each in window.findChildren(Toast) if each.isVisible()]


def enter(widget: QWidget) -> None:
    here = QPointF(1, 1)
    QApplication.sendEvent(widget, QEnterEvent(here, here, here))


def test_toast_says_it_and_offers_the_way_back(qtbot: QtBot, line: QLineEdit) -> None:
    undone: list[int] = []
    slot = lambda: undone.append(1)  # noqa: E731 - the slot of a page
    made = toast(line, "Dicatat.", action="Batalkan", key="Ctrl+Z", slot=slot)
    assert line.hasFocus()
    assert_accessible(made)
    assert texts_fit(made) == []
    qtbot.mouseClick(made.action, Qt.MouseButton.LeftButton)
    assert undone == [1]
    assert toasts(line.window()) == []
    assert line.hasFocus()


def test_toast_without_action_has_only_its_close(qtbot: QtBot, line: QLineEdit) -> None:
    made = toast(line, "Tersimpan.")
    assert not made.action.isVisible()
    qtbot.mouseClick(made.dismiss, Qt.MouseButton.LeftButton)
    assert toasts(line.window()) == []
    made.leave()  # a second time does nothing
    silent = toast(line, "Tersimpan.", action="Baik")
    silent.action.click()
    assert toasts(line.window()) == []


def test_toast_goes_by_itself(qtbot: QtBot, line: QLineEdit) -> None:
    made = toast(line, "Tersimpan.", seconds=0.02)
    with qtbot.waitSignal(made.closed):
        pass


def test_toast_waits_for_mouse_and_focus(line: QLineEdit) -> None:
    made = toast(line, "Tersimpan.", action="Batalkan")
    assert not made.waiting
    enter(made)
    assert made.waiting
    QApplication.sendEvent(made, QEvent(QEvent.Type.Leave))
    assert not made.waiting
    made.action.setFocus()
    assert made.waiting
    made.dismiss.setFocus()
    assert made.waiting
    line.setFocus()
    assert not made.waiting


def test_focus_comes_back_when_a_toast_goes(qtbot: QtBot, line: QLineEdit) -> None:
    made = toast(line, "Tersimpan.", action="Batalkan")
    made.action.setFocus()
    qtbot.keyClick(made.action, Qt.Key.Key_A)
    assert made.isVisible()
    qtbot.keyClick(made.action, Qt.Key.Key_Escape)
    assert toasts(line.window()) == []
    assert line.hasFocus()


def test_no_more_than_two_the_newest_lowest(line: QLineEdit) -> None:
    for n in range(4):
        toast(line, f"Catatan {n}")
    left = sorted(toasts(line.window()), key=lambda each: each.y())
    assert [each.accessibleName() for each in left] == ["Catatan 2", "Catatan 3"]
    assert left[0].geometry().bottom() < left[1].y()
    left[1].leave()
    assert toasts(line.window())[0].geometry().bottom() > 450


def test_toasts_stay_in_the_window(window: QWidget, line: QLineEdit) -> None:
    made = toast(line, "Satu kunjungan dicatat. " * 8, action="Batalkan")
    for size in ((800, 500), (420, 300), (1000, 600)):
        window.resize(*size)
        QApplication.processEvents()
        assert window.rect().contains(made.geometry())
        assert abs(made.geometry().center().x() - window.rect().center().x()) <= 1
        assert texts_fit(made) == []


def test_reader_is_told(line: QLineEdit, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[str] = []
    monkeypatch.setattr(QAccessible, "isActive", lambda: True)
    monkeypatch.setattr(QAccessible, "updateAccessibility", lambda e: told.append(e.message()))
    announce(line, "Tersimpan.")
    assert told == ["Tersimpan."]


@pytest.fixture
def header(qtbot: QtBot) -> Iterator[PageHeader]:
    """A page's header in a window, with a day and a clock at its right."""
    window = QWidget()
    made = PageHeader("Meja Depan")
    made.set_now(date(2026, 11, 23), datetime(2026, 11, 23, 9, 41), "WIB")  # noqa: DTZ001
    window.setLayout(column(made, None))
    yield shown(qtbot, window, (1166, 500)) and made
    window.hide()


def test_a_toast_stands_in_the_free_room_of_the_header(header: PageHeader) -> None:
    made = toast(header, "Tercatat: Perempuan · 17–25", action="Batalkan", key="Ctrl+Z")
    assert header.geometry().contains(made.geometry())
    for text in header.findChildren(Text):
        if text.isVisible():
            place = QRect(text.mapTo(header.window(), QPoint()), text.size())
            assert not place.intersects(made.geometry()), text.text()
    other = toast(header, "Satu lagi")
    assert toasts(header.window()) == [other]


@pytest.mark.parametrize("wide", [620, 1000])
def test_a_toast_without_room_covers_the_clock_at_most(
    qtbot: QtBot, header: PageHeader, wide: int
) -> None:
    made = toast(header, "Tercatat: Perempuan · 17–25", action="Batalkan", key="Ctrl+Z")
    header.window().resize(wide, 500)
    qtbot.waitUntil(lambda: made.geometry().right() < wide)
    assert header.window().rect().contains(made.geometry())
    assert made.geometry().bottom() <= header.geometry().bottom()


def test_a_toast_goes_with_its_page(line: QLineEdit) -> None:
    made = toast(line, "Dihapus.")
    line.hide()
    assert not made.isVisible()


def test_a_toast_says_something_else_in_its_place(line: QLineEdit) -> None:
    made = toast(line, "Tercatat: P")
    before = made.width()
    made.say("3 tercatat, terakhir: Perempuan · 17–25 dan lain-lain")
    assert made.accessibleName().startswith("3 tercatat")
    assert made.width() > before
    assert texts_fit(made) == []
    enter(made)
    made.say("4 tercatat")
    assert made.waiting
