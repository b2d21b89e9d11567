from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPixmap
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from perpudesk.ui import cells, theme
from perpudesk.ui.stylesheet import TONES
from perpudesk.ui.tables import REST, Column, TableView
from tests.ui.accessibility import assert_accessible
from tests.ui.windows import shown


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    key: str
    who: str
    n: int = 1
    tone: str = "ok"


VISITS = tuple(Visit(key=key, who=f"Tamu {key}", n=n) for n, key in enumerate("abcdefgh"))
COLUMNS = (
    Column(title="Siapa", text=lambda v: v.who, width=REST, sort=lambda v: v.who),
    Column(title="n", text=lambda v: str(v.n), align="right", width=60, sort=lambda v: v.n),
    Column(title="Keadaan", text=lambda v: v.tone, kind="pill", tone=lambda v: v.tone),
    Column(title="", text=lambda _: "Ubah", kind="link", key="edit"),
)


def table(qtbot: QtBot, rows: tuple[Visit, ...] = VISITS, columns: Any = COLUMNS) -> TableView:
    made = TableView("Baru dicatat", columns, identity=lambda v: v.key, empty="Belum ada.")
    made.show_rows(rows)
    return shown(qtbot, made, (520, 400))


def at(made: TableView, row: int, column: int) -> QPoint:
    return made.visualRect(made.rows.index(row, column)).center()


def test_table_has_a_name_and_tall_rows(qtbot: QtBot) -> None:
    made = table(qtbot)
    assert_accessible(made)
    assert made.accessibleName() == "Baru dicatat"
    assert made.rowHeight(0) >= 34
    assert not made.verticalHeader().isVisible()


def test_enter_and_double_click_activate(qtbot: QtBot) -> None:
    made = table(qtbot)
    told: list[Visit] = []
    made.row_activated.connect(told.append)
    made.select("c")
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
        qtbot.keyClick(made, key)
    for column in (0, 3):
        for click in (qtbot.mouseClick, qtbot.mouseDClick):
            click(made.viewport(), Qt.MouseButton.LeftButton, pos=at(made, 1, column))
    assert [visit.key for visit in told] == ["c", "c", "b"]


def test_delete_asks_for_the_row(qtbot: QtBot) -> None:
    made = table(qtbot)
    made.select("b")
    with qtbot.waitSignal(made.delete_pressed) as told:
        qtbot.keyClick(made, Qt.Key.Key_Delete)
    assert told.args == [VISITS[1]]


def test_keys_without_a_row_do_nothing(qtbot: QtBot) -> None:
    made = table(qtbot, ())
    told: list[object] = []
    made.row_activated.connect(told.append)
    made.delete_pressed.connect(told.append)
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Delete, Qt.Key.Key_End, Qt.Key.Key_Home):
        qtbot.keyClick(made, key)
    assert told == []
    assert made.current_row() is None


def test_cursor_moves_and_tells(qtbot: QtBot) -> None:
    made = table(qtbot)
    told: list[Visit] = []
    made.row_selected.connect(told.append)
    for key in (Qt.Key.Key_Home, Qt.Key.Key_End, Qt.Key.Key_Up, Qt.Key.Key_Home):
        qtbot.keyClick(made, key)
    assert [visit.key for visit in told][-3:] == ["h", "g", "a"]
    assert made.current_row() is VISITS[0]


def test_letters_and_digits_are_left_to_the_page(qtbot: QtBot) -> None:
    class Around(QWidget):
        def __init__(self) -> None:
            super().__init__()
            self.keys: list[str] = []

        def keyPressEvent(self, event: QKeyEvent) -> None:
            self.keys.append(event.text())

    around = Around()
    made = TableView("Baru", COLUMNS, parent=around)
    made.show_rows(VISITS)
    shown(qtbot, around, (500, 300))
    made.setFocus()
    qtbot.keyClicks(made, "q1*/")
    assert around.keys == ["q", "1", "*", "/"]


def test_link_is_clicked_once_and_shown_as_one(qtbot: QtBot) -> None:
    made = table(qtbot)
    told: list[tuple[Visit, str]] = []
    made.link_clicked.connect(lambda visit, key: told.append((visit, key)))
    qtbot.mouseMove(made.viewport(), at(made, 2, 3))
    qtbot.waitUntil(lambda: made.viewport().cursor().shape() == Qt.CursorShape.PointingHandCursor)
    qtbot.mouseClick(made.viewport(), Qt.MouseButton.LeftButton, pos=at(made, 2, 3))
    qtbot.mouseClick(made.viewport(), Qt.MouseButton.LeftButton, pos=at(made, 2, 0))
    qtbot.mouseClick(made.viewport(), Qt.MouseButton.RightButton, pos=at(made, 2, 3))
    assert told == [(VISITS[2], "edit")]
    qtbot.mouseMove(made.viewport(), at(made, 2, 0))
    qtbot.waitUntil(lambda: made.viewport().cursor().shape() == Qt.CursorShape.ArrowCursor)


def test_new_rows_leave_cursor_and_order_where_they_were(qtbot: QtBot) -> None:
    made = table(qtbot)
    made.sortByColumn(1, Qt.SortOrder.DescendingOrder)
    made.select("c")
    more = (*VISITS, Visit(key="z", who="Baru", n=99))
    made.show_rows(tuple(replace(visit, who=visit.who.upper()) for visit in more))
    assert made.current_row().who == "TAMU C"
    assert made.rows.row(0).key == "z"
    made.show_rows(VISITS[:2])
    assert not made.select("c")


def test_order_is_the_given_one_until_a_title_is_clicked(qtbot: QtBot) -> None:
    rows = (VISITS[3], VISITS[0], VISITS[2])
    made = table(qtbot, rows)
    assert [made.rows.row(place) for place in range(3)] == list(rows)
    header = made.horizontalHeader()
    middle = QPoint(header.sectionPosition(1) + 20, header.height() // 2)
    qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=middle)
    assert [made.rows.row(place).n for place in range(3)] in ([0, 2, 3], [3, 2, 0])


def test_a_long_table_reads_only_what_is_seen(qtbot: QtBot) -> None:
    reads: list[int] = []

    def fetch(offset: int, limit: int) -> list[Visit]:
        reads.append(offset)
        return [Visit(key=str(n), who=f"Tamu {n}", n=n) for n in range(offset, offset + limit)]

    made = table(qtbot, ())
    made.show_window(fetch, 360_000)
    made.grab()
    qtbot.keyClick(made, Qt.Key.Key_End)
    made.grab()
    assert made.current_row().n == 359_999
    assert len(reads) <= 4
    assert not made.isSortingEnabled()


def test_empty_table_says_so(qtbot: QtBot) -> None:
    made = table(qtbot, ())
    empty = made.viewport().grab().toImage()
    made._empty = ""
    assert made.viewport().grab().toImage() != empty


@pytest.mark.parametrize("tone,hue", [*TONES.items(), ("neutral", "neutral")])
def test_pill_is_painted_in_its_tone(qtbot: QtBot, tone: str, hue: str) -> None:
    made = table(qtbot, (replace(VISITS[0], tone=tone),))
    made.clearSelection()
    image = made.viewport().grab().toImage()
    place = made.visualRect(made.rows.index(0, 2))
    colour = image.pixelColor(place.left() + 14, place.center().y() - 9)
    assert colour == theme.current().colour(f"{hue}_soft")


def test_hover_selection_and_focus_are_seen(qtbot: QtBot) -> None:
    made = table(qtbot)
    made.clearFocus()
    plain = made.viewport().grab().toImage()
    place, no = QPointF(at(made, 5, 0)), Qt.MouseButton.NoButton  # which Qt's own test may forget
    plainly = Qt.KeyboardModifier.NoModifier
    over = QMouseEvent(QEvent.Type.MouseMove, place, place, no, no, plainly)
    QApplication.sendEvent(made.viewport(), over)
    assert made.viewport().grab().toImage() != plain
    QApplication.sendEvent(made, QEvent(QEvent.Type.Leave))
    assert made.viewport().grab().toImage() == plain
    made.select("b")
    selected = made.viewport().grab().toImage()
    assert selected != plain
    made.setFocus()
    assert made.viewport().grab().toImage() != selected


def test_second_line_gets_its_room(qtbot: QtBot) -> None:
    columns = (
        Column(title="Kursus", text=lambda v: v.who, kind="strong", detail=lambda _: "TIK\n3 kali"),
        Column(title="", text=lambda _: "", kind="pill", align="right"),
        Column(title="", text=lambda v: v.tone, align="center", tone=lambda v: v.tone),
        Column(title="", text=lambda v: v.tone, kind="pill", align="center"),
    )
    made = table(qtbot, VISITS, columns)
    assert made.rowHeight(0) > table(qtbot).rowHeight(0)
    assert made.grab().width() == made.width()


def test_rows_that_have_gone_are_blank(qtbot: QtBot) -> None:
    made = table(qtbot, ())
    made.show_window(lambda _offset, _limit: [], 5)
    assert made.grab().width() == made.width()


def test_table_grows_with_the_text(qapp: QApplication, qtbot: QtBot) -> None:
    made = table(qtbot)
    before = made.rowHeight(0), made.columnWidth(1), made.minimumSizeHint().width()
    theme.apply(qapp, scale=1.5)
    after = made.rowHeight(0), made.columnWidth(1), made.minimumSizeHint().width()
    assert all(large > small for large, small in zip(after, before, strict=True))


def test_a_column_as_wide_as_its_words_keeps_its_limits(qtbot: QtBot) -> None:
    columns = (
        Column(title="Siapa", text=lambda v: v.who, width=REST),
        Column(title="n", text=lambda v: str(v.n), align="right", least="9.999"),
        Column(title="Tujuan", text=lambda _: "Bimbingan belajar anak", most=90),
    )
    made = table(qtbot, VISITS, columns)
    words = theme.current().metrics().horizontalAdvance("9.999")
    assert words < made.columnWidth(1) < words + 30
    assert made.columnWidth(2) == theme.current().px(90)


def test_a_figure_without_room_is_written_smaller(qtbot: QtBot) -> None:
    narrow = (Column(title="n", text=lambda _: "123.456", align="right", width=40),)
    made = table(qtbot, VISITS[:1], narrow)
    drawn: list[tuple[float, str]] = []

    class Painter(QPainter):
        def drawText(self, room: QRect, _flags: int, text: str) -> None:
            drawn.append((self.fontMetrics().horizontalAdvance(text) - room.width(), text))

    picture = QPixmap(40, 34)
    painter = Painter(picture)
    cells._paint_words(painter, QRect(7, 0, 26, 34), narrow[0], made.rows.row(0))
    painter.end()
    ((beyond, text),) = drawn
    assert (text, beyond <= 1) == ("123.456", True)


def test_what_was_chosen_before_it_was_seen_is_brought_into_view(qtbot: QtBot) -> None:
    made = TableView("Numbers", [Column(title="", text=str, width=REST)])
    made.show_rows(range(100))
    made.select(80)
    qtbot.addWidget(made)
    made.resize(200, 200)
    made.show()
    made.verticalScrollBar().setValue(0)  # as a page does that is read anew when it is shown
    qtbot.waitUntil(lambda: made.viewport().rect().contains(made.visualRect(made.currentIndex())))
