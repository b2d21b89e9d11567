"""A chart on the screen: its cursor by keys and mouse, its picture."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from perpudesk.ui.chart import ChartView

SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 200" width="400" height="200">'
    '<rect width="400" height="200" fill="#0E5F59"/></svg>'
)
BARS = ((0.0, 0.25), (0.25, 0.5), (0.5, 0.75), (0.75, 1.0))


@pytest.fixture
def view(qtbot: QtBot) -> ChartView:
    view = ChartView("Graph")
    qtbot.addWidget(view)
    view.resize(800, 400)
    view.show()
    view.show_picture(SVG, BARS, 3)
    view.setFocus()
    return view


def test_keys_move_the_cursor_within_the_chart(view: ChartView, qtbot: QtBot) -> None:
    seen: list[int] = []
    view.moved.connect(seen.append)
    keys = Qt.Key
    for key in (keys.Key_Right, keys.Key_Left, keys.Key_Home, keys.Key_Left, keys.Key_End):
        qtbot.keyClick(view, key)
    assert seen == [2, 0, 3]
    chosen: list[int] = []
    view.chosen.connect(chosen.append)
    qtbot.keyClick(view, keys.Key_Return)
    qtbot.keyClick(view, keys.Key_X)
    assert chosen == [3]


def test_the_mouse_moves_it_and_a_double_click_chooses(view: ChartView, qtbot: QtBot) -> None:
    chosen: list[int] = []
    view.chosen.connect(chosen.append)
    qtbot.mouseMove(view, QPoint(300, 200))
    assert view.at == 1
    qtbot.mouseMove(view, QPoint(799, 399))
    qtbot.mouseDClick(view, Qt.MouseButton.LeftButton, pos=QPoint(100, 100))
    assert chosen == [0]


def test_outside_the_picture_nothing_happens(view: ChartView, qtbot: QtBot) -> None:
    view.resize(1200, 400)
    chosen: list[int] = []
    view.chosen.connect(chosen.append)
    qtbot.mouseMove(view, QPoint(20, 200))
    qtbot.mouseDClick(view, Qt.MouseButton.LeftButton, pos=QPoint(20, 200))
    assert (view.at, chosen) == (3, [])


def test_it_is_painted_and_saved_as_it_is(view: ChartView) -> None:
    pixel = view.grab().toImage().pixelColor(10, 390)
    assert pixel.name() == "#0e5f59"
    image = view.image()
    assert (image.width(), image.height()) == (1200, 600)
    assert image.pixelColor(600, 300).name() == "#0e5f59"


def test_without_a_picture_it_is_empty(qtbot: QtBot) -> None:
    view = ChartView("Graph")
    qtbot.addWidget(view)
    view.show()
    qtbot.keyClick(view, Qt.Key.Key_Right)
    qtbot.keyClick(view, Qt.Key.Key_Return)
    assert view.at == -1
    assert view.grab().toImage().pixelColor(5, 5).name() == "#ffffff"
