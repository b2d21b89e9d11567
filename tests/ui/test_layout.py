from __future__ import annotations

import pytest
from PySide6.QtCore import QRect, QSize
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from perpudesk.ui.layout import (
    CARD_GAP,
    Beside,
    FlowLayout,
    Scroll,
    Squeezed,
    boxed,
    column,
    row,
)
from tests.ui.windows import shown


def blocks(count: int, size: tuple[int, int] = (100, 20)) -> list[QWidget]:
    made = [QWidget() for _ in range(count)]
    for block in made:
        block.setFixedSize(*size)
    return made


def flow(qtbot: QtBot, width: int, count: int = 4, **options: bool) -> tuple[QWidget, FlowLayout]:
    around = QWidget()
    qtbot.addWidget(around)
    layout = FlowLayout(around, gap=10, **options)
    for block in blocks(count):
        layout.addWidget(block)
    around.resize(width, 300)
    around.show()
    return around, layout


@pytest.mark.parametrize("width,lines", [(430, 1), (429, 2), (210, 2), (209, 4), (50, 4)])
def test_flow_begins_a_new_line_where_the_width_ends(qtbot: QtBot, width: int, lines: int) -> None:
    _, layout = flow(qtbot, width)
    assert layout.heightForWidth(width) == lines * 20 + (lines - 1) * 10
    tops = {layout.itemAt(at).geometry().top() for at in range(4)}
    assert len(tops) == lines


def test_flow_hints_one_line_and_needs_one_part(qtbot: QtBot) -> None:
    _, layout = flow(qtbot, 300)
    assert layout.sizeHint() == QSize(430, 20)
    assert layout.minimumSize() == QSize(100, 20)


def test_flow_that_may_not_wrap_needs_its_line(qtbot: QtBot) -> None:
    _, layout = flow(qtbot, 300, wrap=False)
    assert layout.minimumSize() == QSize(430, 20)


def test_flow_leaves_no_hole_for_what_is_hidden(qtbot: QtBot) -> None:
    around, layout = flow(qtbot, 500)
    first = layout.itemAt(0).widget()
    first.hide()
    layout.activate()
    assert layout.itemAt(1).geometry() == QRect(0, 0, 100, 20)
    assert layout.takeAt(0).widget() is first
    assert layout.takeAt(9) is None
    assert layout.itemAt(9) is None
    assert layout.count() == 3
    first.setParent(around)


def test_rows_and_columns_take_widgets_layouts_spaces_and_stretches(qtbot: QtBot) -> None:
    inner = column(QLabel("a"), 12, QLabel("b"), None, gap=3)
    outer = boxed(row(inner, None, QLabel("c")))
    qtbot.addWidget(outer)
    assert inner.count() == 4
    assert inner.spacing() == 3
    assert len(outer.findChildren(QLabel)) == 3


def test_scroll_shows_what_takes_the_focus(qtbot: QtBot) -> None:
    lines = [QLineEdit() for _ in range(30)]
    scroll = Scroll(boxed(column(*lines)))
    qtbot.addWidget(scroll)
    assert scroll.sizeHint().height() > 30 * 30
    scroll.resize(300, 200)
    scroll.show()
    scroll.activateWindow()
    qtbot.waitUntil(scroll.isActiveWindow)
    lines[-1].setFocus()
    scroll.ensureWidgetVisible(lines[-1])
    assert scroll.verticalScrollBar().value() > 0
    assert scroll.minimumSizeHint().width() > lines[0].minimumSizeHint().width()


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("shares, wide", [((1,), ()), ((), (200,))])
def test_one_figure_for_each_part(shares: tuple[int, ...], wide: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match=r"shorter|longer"):
        Beside(QPushButton(), QPushButton(), shares=shares, wide=wide)


def test_parts_stand_beside_each_other_where_there_is_room(qtbot: QtBot) -> None:
    parts = [QLineEdit() for _ in range(2)]
    for part in parts:
        part.setMinimumWidth(200)
    made = Beside(*parts, gap=20)
    shown(qtbot, made, (430, 120))
    assert parts[0].y() == parts[1].y()
    made.resize(410, 120)
    qtbot.waitUntil(lambda: parts[1].y() > parts[0].y())
    assert made.minimumSizeHint().width() == 200
    for part in parts:
        part.hide()
    assert made.minimumSizeHint().width() == 0


def listed(qtbot: QtBot, wide: int) -> tuple[Scroll, Beside, list[QLineEdit]]:
    """A list of 200 px beside what it opens, in a page of that width."""
    parts = [QLineEdit() for _ in range(2)]
    parts[1].setMinimumWidth(300)
    made = Beside(*parts, wide=(200, 0), tall=90)
    page = Scroll(Squeezed(column(made)), sideways=True)
    return shown(qtbot, page, (wide, 120)), made, parts


def test_a_list_keeps_its_width_beside_what_it_opens(qtbot: QtBot) -> None:
    _page, made, (list_, opened) = listed(qtbot, 800)
    assert not made.stacked
    assert (list_.width(), opened.width()) == (200, 800 - 200 - CARD_GAP)


def test_a_list_is_narrower_where_the_whole_is(qtbot: QtBot) -> None:
    _page, _made, (list_, _opened) = listed(qtbot, 550)
    assert list_.width() == 165


def test_a_list_stands_above_what_it_opens_and_the_page_scrolls(qtbot: QtBot) -> None:
    page, made, (list_, opened) = listed(qtbot, 400)
    assert made.stacked
    assert (list_.height(), opened.height()) == (90, 90)
    assert list_.width() == opened.width() >= 380
    assert page.verticalScrollBar().maximum() == 180 + CARD_GAP - 120
    assert page.horizontalScrollBar().maximum() == 0
    page.resize(800, 120)
    qtbot.waitUntil(lambda: not made.stacked and list_.width() == 200)
    qtbot.waitUntil(lambda: page.verticalScrollBar().maximum() == 0)


def test_a_page_scrolls_sideways_to_what_takes_the_focus(qtbot: QtBot) -> None:
    fields = [QLineEdit() for _ in range(4)]
    for field in fields:
        field.setMinimumWidth(150)
    page = Scroll(Squeezed(row(*fields)), sideways=True)
    shown(qtbot, page, (320, 120))
    assert page.minimumSizeHint().width() < 100
    assert page.horizontalScrollBar().maximum() > 0
    fields[-1].setFocus()
    assert fields[-1].visibleRegion().boundingRect().width() == 150


def test_what_takes_the_focus_is_brought_into_view(qtbot: QtBot) -> None:
    lines = [QLineEdit() for _ in range(20)]
    scroll = Scroll(boxed(column(*lines)))
    shown(qtbot, scroll, (300, 120))
    lines[-1].setFocus()
    assert lines[-1].visibleRegion().boundingRect().height() == lines[-1].height()
