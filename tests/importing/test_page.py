"""The guide on screen, driven as a person would."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from perpudesk.core import i18n
from perpudesk.core.codes import Sex
from perpudesk.core.errors import RuleError
from perpudesk.db.batches import BATCH_UNDONE
from perpudesk.desk import Desk
from perpudesk.importing.fields import What
from perpudesk.importing.page import ImportPage
from perpudesk.importing.page import page as page_module
from perpudesk.importing.page.words import leaves
from perpudesk.ui import theme
from perpudesk.ui.toasts import Toast
from perpudesk.visits.model import VisitDraft
from tests.importing.conftest import Write, guest, member
from tests.importing.own import written
from tests.ui.accessibility import assert_accessible, texts_fit
from tests.ui.windows import shown

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support ", extend=True)
WEEK = [f"2026-10-{day:02} 09:{day:02}:07" for day in range(5, 10)]
ROWS = (
    *(member(f"M{at}", when, f"Siti {at}") for at, when in enumerate(WEEK)),
    guest("kemarin"),
    guest("2026-11-24 08:00:00"),
    ("Total", "", "", "", "", "7"),
    (),
)


@pytest.fixture(autouse=True)
def _look(qapp: QApplication) -> None:
    i18n.use("en")
    theme.apply(qapp)


@pytest.fixture
def page(qtbot: QtBot, desk: Desk) -> Iterator[ImportPage]:
    made = ImportPage(desk.importing, desk.batches)
    desk.subscribe(lambda _topic: None)
    yield shown(qtbot, made, (1166, 720))
    qtbot.waitUntil(lambda: made._job is None)


def opened(qtbot: QtBot, page: ImportPage, path: Path) -> None:
    page.open_file(path)
    qtbot.waitUntil(lambda: page._job is None)


def brought_in(qtbot: QtBot, page: ImportPage, path: Path) -> None:
    opened(qtbot, page, path)
    qtbot.mouseClick(page.check.commit, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page._job is None)


def texts(page: ImportPage) -> str:
    """Everything that is written on the step in front."""
    from PySide6.QtWidgets import QLabel

    step = page._stack.currentWidget()
    return "\n".join(each.text() for each in step.findChildren(QLabel) if each.isVisible())


@pytest.fixture
def answer(monkeypatch: pytest.MonkeyPatch) -> Callable[[Path | None], None]:
    """What the next file dialog is answered with."""

    def give(path: Path | None) -> None:
        codes = QFileDialog.DialogCode
        code = codes.Rejected if path is None else codes.Accepted
        monkeypatch.setattr(QFileDialog, "exec", lambda _self: code)
        monkeypatch.setattr(QFileDialog, "selectedFiles", lambda _self: [str(path)])

    return give


def test_the_desk_waits_while_a_file_is_stored(
    qtbot: QtBot, page: ImportPage, desk: Desk, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, go_on, commit = threading.Event(), threading.Event(), desk.importing.commit

    def slow(*given: object, **named: object) -> object:
        with desk.store.writing():
            begun.set()
            go_on.wait(10)
            return commit(*given, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(desk.importing, "commit", slow)
    page.open_file(write(*ROWS))
    assert page.holding == "", "while it is read the desk goes on"
    qtbot.waitUntil(lambda: page._job is None)
    page._on_commit()
    assert begun.wait(10)
    assert page.holding.startswith("One moment: the records are being written.")
    assert page.work.isVisible()
    go_on.set()
    qtbot.waitUntil(lambda: page._job is None)
    assert page.holding == ""
    assert desk.visits.count() == 5


def test_from_the_file_to_the_result_and_back(
    qtbot: QtBot, page: ImportPage, desk: Desk, write: Write, answer: Callable[[Path | None], None]
) -> None:
    assert page.pick.drop.choose.hasFocus()
    answer(write(*ROWS))
    qtbot.keyClick(page, Qt.Key.Key_O, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: page._job is None)
    assert page._stack.currentWidget() is page.check
    said = texts(page)
    for words in ("pengunjung.csv", "5 October 2026 to 9 October 2026", "Visits by month"):
        assert words in said
    assert page.check.commit.label() == "Bring in 5 visits"
    assert not page.check.commit.hasFocus()
    assert desk.visits.count() == 0

    qtbot.keyClick(page, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: page._job is None)
    assert page._stack.currentWidget() is page.told
    assert "5 visits came in" in texts(page)
    assert "0 were here already, 2 refused, 2 left out." in texts(page)
    assert (desk.visits.count(), desk.patrons.count()) == (5, 0)

    qtbot.mouseClick(page.told.undo, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page._job is None)
    assert page._stack.currentWidget() is page.pick
    assert desk.visits.count() == 0
    assert page.findChild(Toast) is not None


def test_each_refused_row_and_why(qtbot: QtBot, page: ImportPage, write: Write) -> None:
    opened(qtbot, page, write(*ROWS))
    rows = page.check.rows
    table = rows.asides

    def cells(at: int) -> list[str]:
        return [str(table.rows.index(at, column).data()) for column in range(3)]

    assert table.rows.rowCount() == 2
    assert cells(0) == [
        "7",
        "Tanggal Kunjungan",
        "“kemarin” is not a date and time that exists.",
    ]
    assert "no such date 1 · in the future 1" in texts(page)
    table.setCurrentIndex(table.rows.index(1, 0))
    assert "Row 8: “2026-11-24 08:00:00” has not come yet." in texts(page)
    rows.kinds.chip("left_out").click()
    assert table.rows.rowCount() == 2
    assert cells(0)[2] == "A note or a total: “Total”."
    rows.kinds.chip("samples").click()
    assert rows.samples.rows.rowCount() == 5
    first = [str(rows.samples.rows.index(0, column).data()) for column in range(5)]
    assert first == ["05-10-2026 09:05", "Siti 0", "M0", "Member", "SDN 1"]


def test_a_file_of_which_no_row_can_be_added(qtbot: QtBot, page: ImportPage, write: Write) -> None:
    opened(qtbot, page, write(guest("kemarin")))
    assert "No row of this file can be added." in texts(page)
    page.check.rows.kinds.chip("samples").click()
    assert page.check.rows.samples.rows.rowCount() == 0
    assert page.grab().width() == 1166


def test_a_day_without_a_time_is_shown_so(qtbot: QtBot, page: ImportPage, write: Write) -> None:
    opened(qtbot, page, write(guest("2026-10-05")))
    assert page.check.rows.samples.rows.index(0, 0).data() == "05-10-2026"
    assert "Rows with a day but no time: 1." in texts(page)


def test_names_only_when_ticked(qtbot: QtBot, page: ImportPage, desk: Desk, write: Write) -> None:
    opened(qtbot, page, write(*ROWS))
    assert "Only if they agreed" in texts(page)
    for _ in range(3):
        qtbot.mouseClick(page.check.names, Qt.MouseButton.LeftButton)
        qtbot.waitUntil(lambda: page._job is None)
        assert ("5 new patrons." in texts(page)) == page.check.names.isChecked()
    qtbot.mouseClick(page.check.commit, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page._job is None)
    assert desk.patrons.count() == 5
    assert "5 new patrons." in texts(page)
    page.mark_stale()
    table = page.pick.earlier.table
    assert table.rows.index(0, 1).data() == "5 visits"


def test_what_is_here_already_offers_nothing_but_names(
    qtbot: QtBot, page: ImportPage, desk: Desk, write: Write
) -> None:
    path = write(member("M1", WEEK[0], "Siti"))
    brought_in(qtbot, page, path)
    opened(qtbot, page, path)
    assert "This file was brought in before." in texts(page)
    assert not page.check.commit.isVisible()
    assert not page.check.names.isVisible()
    qtbot.keyClick(page, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert page._stack.currentWidget() is page.check

    opened(qtbot, page, write(member("M1", WEEK[0], "Siti"), guest("")))
    assert "Everything in this file is here already." in texts(page)
    qtbot.mouseClick(page.check.names, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page._job is None)
    assert page.check.commit.label() == "Keep the names"
    qtbot.mouseClick(page.check.commit, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page._job is None)
    assert (desk.visits.count(), desk.patrons.count()) == (1, 1)


def test_a_refused_file_says_why_at_the_start(
    qtbot: QtBot, page: ImportPage, write: Write, tmp_path: Path
) -> None:
    picture = tmp_path / "pengunjung.csv"
    picture.write_bytes(b"\xff\xd8\xff\xe0")
    opened(qtbot, page, picture)
    assert page._stack.currentWidget() is page.pick
    assert "is a picture" in texts(page)
    opened(qtbot, page, write(*ROWS))
    qtbot.keyClick(page, Qt.Key.Key_Escape)
    assert page._stack.currentWidget() is page.pick
    assert "is a picture" not in texts(page)


def test_reading_can_be_stopped(
    qtbot: QtBot, page: ImportPage, desk: Desk, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, may_go_on = threading.Event(), threading.Event()
    preview = desk.importing.preview

    def slow(path: Path, *, known: What, report: Callable[[int, int], None]) -> object:
        report(1, 2)
        begun.set()
        may_go_on.wait(10)
        report(2, 2)
        return preview(path, known=known)

    monkeypatch.setattr(desk.importing, "preview", slow)
    page.open_file(write(*ROWS))
    qtbot.waitUntil(lambda: begun.is_set() and "1 of 2 rows" in texts(page))
    other = page._job
    page.open_file(Path("other.csv"))
    page._on_choose()
    assert page._job is other
    qtbot.keyClick(page, Qt.Key.Key_Escape)
    may_go_on.set()
    qtbot.waitUntil(lambda: page._job is None)
    assert page._stack.currentWidget() is page.pick
    page._on_cancel()


def test_storing_is_not_stopped_halfway(
    qtbot: QtBot, page: ImportPage, desk: Desk, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened(qtbot, page, write(*ROWS))
    may_go_on = threading.Event()
    commit = desk.importing.commit
    monkeypatch.setattr(
        desk.importing,
        "commit",
        lambda preview, **agreed: may_go_on.wait(10) and commit(preview, **agreed),
    )
    qtbot.mouseClick(page.check.commit, Qt.MouseButton.LeftButton)
    assert not page.work.cancel.isVisible()
    qtbot.keyClick(page, Qt.Key.Key_Escape)
    for again in (page._on_commit, page._on_undo_this, lambda: page._on_names(True)):
        again()
    may_go_on.set()
    qtbot.waitUntil(lambda: page._job is None)
    assert desk.visits.count() == 5


def test_refused_rows_are_saved_where_it_is_asked(
    qtbot: QtBot, page: ImportPage, write: Write, answer: Callable[[Path | None], None]
) -> None:
    page._on_rejects()
    path = write(*ROWS)
    rejects = path.with_name("rejects.csv")
    opened(qtbot, page, path)
    for chosen in (None, rejects):
        answer(chosen)
        qtbot.mouseClick(page.check.rejects, Qt.MouseButton.LeftButton)
        assert rejects.exists() == (chosen is not None)
    assert rejects.read_text("utf-8-sig").count("kemarin") == 2


def test_refused_rows_that_cannot_be_saved_say_why(
    page: ImportPage,
    qtbot: QtBot,
    write: Write,
    answer: Callable[[Path | None], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    told: list[str] = []
    monkeypatch.setattr(page_module, "show_error", lambda _page, error: told.append(error.code))
    path = write(*ROWS)
    opened(qtbot, page, path)
    answer(path.parent / "nowhere" / "rejects.csv")
    qtbot.mouseClick(page.check.rejects, Qt.MouseButton.LeftButton)
    assert told == ["no_folder"]


def test_earlier_imports_are_undone_after_a_question(
    qtbot: QtBot, page: ImportPage, desk: Desk, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    brought_in(qtbot, page, write(*ROWS))
    brought_in(qtbot, page, write(guest("2026-09-01 08:00:00"), name="september.csv"))
    desk.importing.commit(
        desk.importing.preview(write(guest("2026-08-01"), guest("2026-09-02"), name="two.csv"))
    )
    qtbot.keyClick(page, Qt.Key.Key_Escape)
    page.mark_stale()
    table = page.pick.earlier.table
    names = [table.rows.index(at, 0).data() for at in range(table.rows.rowCount())]
    assert names == ["two.csv", "september.csv", "pengunjung.csv"]
    column = table.rows.columns[0]
    assert column.detail is not None
    details = [column.detail(table.rows.row(at)) for at in range(3)]
    assert details[0] == "23-11-2026 09:41 · Aug 2026 – Sep 2026"
    assert details[1] == "23-11-2026 09:41 · Sep 2026"
    asked: list[str] = []

    def confirm(_page: object, question: str, *, action: str, detail: str) -> bool:
        asked.append(f"{question} {action} {detail}")
        return len(asked) > 1

    monkeypatch.setattr(page_module, "confirm", confirm)
    table.setCurrentIndex(table.rows.index(2, 0))
    qtbot.keyClick(table, Qt.Key.Key_Delete)
    assert desk.visits.count() == 8
    batch = table.rows.row(2)
    table.link_clicked.emit(batch, "file")
    table.link_clicked.emit(batch, "undo")
    qtbot.waitUntil(lambda: page._job is None)
    assert asked[1].startswith("Undo the import of pengunjung.csv? Undo this import 5 visits leave")
    assert desk.visits.count() == 3
    page.mark_stale()
    assert table.rows.rowCount() == 2


def test_an_import_that_came_or_went_meanwhile_is_said(
    qtbot: QtBot, page: ImportPage, desk: Desk, write: Write
) -> None:
    opened(qtbot, page, write(*ROWS))
    desk.importing.commit(desk.importing.preview(write(guest(WEEK[0]), name="other.csv")))
    qtbot.mouseClick(page.check.commit, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page._job is None)
    assert "Another file was imported" in texts(page)
    (batch,) = desk.batches.standing()
    desk.batches.undo(batch.id)
    page._undo(batch)
    qtbot.waitUntil(lambda: page._job is None)
    assert RuleError(BATCH_UNDONE, batch=batch.id).sentence() in texts(page)


def test_a_file_is_dropped_on_the_page(qtbot: QtBot, page: ImportPage, write: Write) -> None:
    def held(*urls: QUrl) -> QMimeData:
        data = QMimeData()
        data.setUrls(list(urls))
        return data

    def drop(data: QMimeData) -> bool:
        actions, buttons = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
        none = Qt.KeyboardModifier.NoModifier
        enter = QDragEnterEvent(QPoint(50, 50), actions, data, buttons, none)
        enter.ignore()
        page.dragEnterEvent(enter)
        dropped = QDropEvent(QPointF(50, 50), actions, data, buttons, none)
        page.dropEvent(dropped)
        return enter.isAccepted()

    path = QUrl.fromLocalFile(str(write(*ROWS)))
    assert not drop(held())
    assert not drop(held(path, path))
    assert not drop(held(QUrl("https://example.org/list.csv")))
    assert page._job is None
    assert drop(held(path))
    qtbot.waitUntil(lambda: page._job is None)
    assert page._stack.currentWidget() is page.check


@pytest.mark.parametrize("size", [(1166, 716), (944, 548)])
@pytest.mark.parametrize("lang", ["id", "en"])
def test_every_step_has_names_to_be_said_and_words_that_fit(
    qtbot: QtBot, desk: Desk, write: Write, size: tuple[int, int], lang: str
) -> None:
    i18n.use(lang)
    page = shown(qtbot, ImportPage(desk.importing, desk.batches), size)
    path = write(*ROWS)
    steps = [
        lambda: opened(qtbot, page, Path("nothing.csv")),
        lambda: opened(qtbot, page, path),
        lambda: page.check.rows.kinds.chip("samples").click(),
        lambda: brought_in(qtbot, page, path),
        lambda: (page.mark_stale(), page._on_start()),
        lambda: page._begin("pengunjung.csv", can_cancel=True),
        lambda: page.work.show_progress(100_000, 500_000),
    ]
    for step in steps:
        step()
        QApplication.processEvents()
        assert_accessible(page)
        assert texts_fit(page) == []
        assert (page.width(), page.height()) == size
    page._on_start()


DAILY = (
    "Rekap Oktober;;;;",
    "Tanggal;L;P;Jumlah;NIK",
    "05-10-2026;3;4;7;620",
    "06-10-2026;1.000;2;1.002;620",
    "kapan;1;1;2;620",
    "Total;;;1.009;",
)
CONTROL = Qt.KeyboardModifier.ControlModifier


def checked(qtbot: QtBot, page: ImportPage) -> None:
    """Check the columns as they are chosen, by the key."""
    qtbot.keyClick(page, Qt.Key.Key_Return, CONTROL)
    qtbot.waitUntil(lambda: page._job is None)


def test_a_table_of_ones_own_goes_through_its_columns(
    qtbot: QtBot, page: ImportPage, desk: Desk, tmp_path: Path
) -> None:
    opened(qtbot, page, written(tmp_path, *DAILY, name="harian.csv"))
    assert page._stack.currentWidget() is page.columns
    assert page.columns.plan().columns == {"date": 0, "count": 3, "female": 2, "male": 1}
    table = page.columns._table
    assert table is not None
    titles = [table.rows.headerData(at, Qt.Orientation.Horizontal) for at in range(4)]
    assert titles == ["Tanggal", "L", "P", "Jumlah"]
    assert table.rows.columnCount() == 4  # what is never read is not shown
    checked(qtbot, page)
    assert page._stack.currentWidget() is page.check
    said = texts(page)
    assert "Table of visits" in said
    assert page.check.commit.label() == "Bring in 1,009 visits"
    assert not page.check.names.isVisible()
    page.check.rows.kinds.chip("samples").click()
    shown = page.check.rows.shown
    assert shown is not None
    assert [shown.rows.index(0, at).data() for at in range(2)] == ["05-10-2026", "7"]
    qtbot.keyClick(page, Qt.Key.Key_Return, CONTROL)
    qtbot.waitUntil(lambda: page._job is None)
    assert "1,009 visits came in" in texts(page)
    assert sum(desk.visits.day_totals(date(2026, 10, 1), date(2026, 10, 31)).values()) == 1_009
    qtbot.mouseClick(page.told.undo, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page._job is None)
    assert desk.visits.count() == 0
    opened(qtbot, page, written(tmp_path, *DAILY, name="lagi.csv"))
    assert "Columns as they were given for harian.csv." in texts(page)


def test_columns_are_said_otherwise_and_nothing_chosen_is_lost(
    qtbot: QtBot, page: ImportPage, tmp_path: Path
) -> None:
    opened(qtbot, page, written(tmp_path, *DAILY))
    form = page.columns.form
    form.fill(date="", estimated=True)
    checked(qtbot, page)
    assert page._stack.currentWidget() is page.columns
    assert "and without it no row can be read" in page.columns.form.field("date").error()
    form.fill(date="3")
    checked(qtbot, page)
    assert "is given to both" in form.field("count").error()
    form.fill(date="0", count="", female="", male="")
    checked(qtbot, page)
    assert page.check.commit.label() == "Bring in 2 visits"
    qtbot.keyClick(page, Qt.Key.Key_Escape)
    assert page._stack.currentWidget() is page.columns
    assert page.columns.plan().columns == {"date": 0}
    assert page.columns.plan().estimated
    checked(qtbot, page)
    page.check.head.columns.click()
    assert page._stack.currentWidget() is page.columns
    qtbot.keyClick(page, Qt.Key.Key_Escape)
    assert page._stack.currentWidget() is page.pick


def test_days_with_records_are_added_to_only_when_it_is_ticked(
    qtbot: QtBot, page: ImportPage, desk: Desk, tmp_path: Path
) -> None:
    desk.visits.record(VisitDraft(on=date(2026, 10, 5)))
    opened(qtbot, page, written(tmp_path, *DAILY))
    checked(qtbot, page)
    assert page.check.add_to_existing.isVisible()
    qtbot.mouseClick(page.check.commit, Qt.MouseButton.LeftButton)
    assert page._stack.currentWidget() is page.check
    assert "Tick this if they are others." in texts(page)
    assert page.check.add_to_existing.hasFocus()
    qtbot.keyClick(page.check.add_to_existing, Qt.Key.Key_Space)
    qtbot.mouseClick(page.check.commit, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page._job is None)
    assert "1,009 visits came in" in texts(page)


def test_a_wide_table_asks_for_its_row_and_the_year(
    qtbot: QtBot, page: ImportPage, desk: Desk, tmp_path: Path
) -> None:
    path = written(tmp_path, "Cabang,Januari,Februari", "A,5,6", "B,7,", name="rekap.csv")
    opened(qtbot, page, path)
    checked(qtbot, page)
    assert "names months without a year" in texts(page)
    page.columns.form.fill(year=2025)
    checked(qtbot, page)
    assert "2 rows" in texts(page)
    page.columns.form.fill(row="B")
    checked(qtbot, page)
    assert page.check.commit.label() == "Bring in 1 total"
    qtbot.keyClick(page, Qt.Key.Key_Return, CONTROL)
    qtbot.waitUntil(lambda: page._job is None)
    assert "1 monthly total came in" in texts(page)
    page.mark_stale()
    assert page.pick.earlier.table.rows.index(0, 1).data() == "1 monthly total"
    assert [each.value for each in desk.totals.every()] == [7]


def test_another_kind_is_chosen_and_children_are_confirmed(
    qtbot: QtBot, page: ImportPage, desk: Desk, tmp_path: Path
) -> None:
    path = written(tmp_path, "Nama,Tanggal Lahir", "Siti,1990", "Ani,2020", name="anggota.csv")
    opened(qtbot, page, path)
    assert page.columns.kinds.value() == "patrons"
    page.columns.kinds.chip("visits").click()
    assert "date" in page.columns.form._fields
    page.columns.kinds.chip("patrons").click()
    checked(qtbot, page)
    assert page.check.commit.label() == "Bring in 1 patron"
    qtbot.keyClick(page, Qt.Key.Key_Escape)
    page.columns.form.fill(consented=True)
    checked(qtbot, page)
    assert page.check.commit.label() == "Bring in 2 patrons"
    qtbot.keyClick(page, Qt.Key.Key_Return, CONTROL)
    qtbot.waitUntil(lambda: page._job is None)
    assert desk.patrons.count() == 2
    (batch,) = desk.batches.standing()
    assert leaves(batch.source, 2).startswith("2 patrons leave the list")


@pytest.mark.parametrize("size", [(1166, 716), (944, 548)])
@pytest.mark.parametrize("lang", ["id", "en"])
def test_the_steps_of_a_table_have_names_to_be_said_and_words_that_fit(
    qtbot: QtBot, desk: Desk, tmp_path: Path, size: tuple[int, int], lang: str
) -> None:
    i18n.use(lang)
    desk.visits.record(VisitDraft(on=date(2026, 10, 5)))
    page = shown(qtbot, ImportPage(desk.importing, desk.batches), size)
    path = written(tmp_path, *DAILY)
    wide = written(tmp_path, "Cabang,2025-01,2025-02", "Perpustakaan Uji,5,6", name="w.csv")
    steps = [
        lambda: opened(qtbot, page, path),
        lambda: (page.columns.form.fill(date=""), checked(qtbot, page)),
        lambda: (page.columns.form.fill(date="0"), checked(qtbot, page)),
        lambda: (page._on_commit(), page.check.rows.kinds.chip("samples").click()),
        lambda: opened(qtbot, page, wide),
        lambda: checked(qtbot, page),
        lambda: page.columns.kinds.chip("patrons").click(),
    ]
    for step in steps:
        step()
        QApplication.processEvents()
        assert_accessible(page)
        assert texts_fit(page) == []
        assert (page.width(), page.height()) == size
    page._on_start()


def test_other_keys_are_left_to_the_window(qtbot: QtBot, page: ImportPage) -> None:
    qtbot.keyClick(page, Qt.Key.Key_A)
    assert {use.keys for use in page.key_uses()} == {"Ctrl+O", "Ctrl+Enter", "Del", "Esc"}
    page._on_commit()
    assert page._stack.currentWidget() is page.pick


LOG = (
    "Komputer;Tanggal;Mulai;Selesai;JK",
    "PC 1;06-10-2025;09.00;10.05;P",
    "PC 1;06-10-2025;10.00;10.30;L",
    "PC 2;07-10-2025;10.00;09.00;L",
    "PC 2;07-11-2025;10.00;;L",
)
LIBKI = (
    "username,client_name,action,created_on,session_id",
    "a,PC-01,LOGIN,2026-10-06 09:00:00,s",
    "a,PC-01,LOGOUT,2026-10-06 09:45:00,s",
    "a,PC-01,PRINT,2026-10-06 09:30:00,s",
)


def test_a_log_of_computer_use_comes_in_and_goes(
    qtbot: QtBot, page: ImportPage, desk: Desk, tmp_path: Path
) -> None:
    opened(qtbot, page, written(tmp_path, *LOG, name="log.csv"))
    assert page.columns.kinds.value() == "computer-sessions"
    assert page.columns.form.value("workstation") == "0"
    qtbot.keyClick(page, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: page._job is None)
    said = texts(page)
    for words in ("Computer use · 6 October 2025", "New workstations", "Sessions by month"):
        assert words in said
    assert page.check.commit.label() == "Bring in 3 sessions"
    assert not page.check.names.isVisible()
    qtbot.keyClick(page, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: page._job is None)
    said = texts(page)
    assert "3 computer sessions came in" in said
    assert "2 new workstations." in said
    assert [each.label for each in desk.workstations.all()] == ["PC 1", "PC 2"]
    opened(qtbot, page, written(tmp_path, *LOG, "PC 3;08-10-2025;9.00;;", name="log.csv"))
    qtbot.keyClick(page, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: page._job is None)
    assert page.check.commit.label() == "Bring in 1 session"
    page._on_start()
    page.refresh()
    assert str(page.pick.earlier.table.model().index(0, 1).data()).startswith("3 computer sessions")
    assert "also those edited here" in leaves("libki", 2)


def test_libki_needs_no_columns(qtbot: QtBot, page: ImportPage, desk: Desk, tmp_path: Path) -> None:
    desk.session_mending.enter_total(date(2026, 10, 6), {Sex.UNKNOWN: 2})
    opened(qtbot, page, written(tmp_path, *LIBKI, name="libki.csv"))
    assert page._stack.currentWidget() is page.check
    assert "Statistics of Libki · 6 October 2026" in texts(page)
    assert not page.check.head.columns.isVisible()
    page._on_commit()
    assert page.check.add_to_existing.hasFocus()
    page.check.add_to_existing.setChecked(True)
    page._on_commit()
    qtbot.waitUntil(lambda: page._job is None)
    assert "1 computer session came in" in texts(page)
    ended = written(tmp_path, *LIBKI, "b,PC-01,LOGIN,2026-10-07 10:00:00,t", name="libki.csv")
    brought_in(qtbot, page, ended)
    ended = written(
        tmp_path,
        *LIBKI,
        "b,PC-01,LOGIN,2026-10-07 10:00:00,t",
        "b,PC-01,LOGOUT,2026-10-07 10:30:00,t",
        name="libki.csv",
    )
    brought_in(qtbot, page, ended)
    assert "1 session that was here without an end has it now." in texts(page)


@pytest.mark.parametrize("size", [(1166, 716), (944, 548)])
@pytest.mark.parametrize("lang", ["id", "en"])
def test_the_steps_of_a_log_have_names_to_be_said_and_words_that_fit(
    qtbot: QtBot, desk: Desk, tmp_path: Path, size: tuple[int, int], lang: str
) -> None:
    i18n.use(lang)
    page = shown(qtbot, ImportPage(desk.importing, desk.batches), size)
    log = written(tmp_path, *LOG, name="log.csv")
    libki = written(tmp_path, *LIBKI, name="libki.csv")
    steps = [
        lambda: opened(qtbot, page, log),
        lambda: checked(qtbot, page),
        lambda: (page._on_commit(), qtbot.waitUntil(lambda: page._job is None)),
        lambda: brought_in(qtbot, page, libki),
        lambda: (page._on_start(), page.refresh()),
    ]
    for step in steps:
        step()
        QApplication.processEvents()
        assert_accessible(page)
        assert texts_fit(page) == []
        assert (page.width(), page.height()) == size


def test_a_list_of_activities_asks_about_doubles_once(
    qtbot: QtBot, page: ImportPage, desk: Desk, tmp_path: Path
) -> None:
    lines = ("Tanggal,Judul Kegiatan,Peserta,Komunitas", *["2024-02-05,Pelatihan Email,20,"] * 2)
    opened(qtbot, page, written(tmp_path, *lines, "2024-02-06,Rembuk,,PKK", name="kegiatan.csv"))
    assert page.columns.kinds.value() == "activities"
    qtbot.keyClick(page, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: page._job is None)
    said = texts(page)
    for words in ("List of activities · 5 February 2024 to 6 February 2024", "Activities by month"):
        assert words in said
    assert page.check.commit.label() == "Bring in 2 activities"
    assert page.check.doubles.isVisible()
    assert (
        page.check.doubles.accessibleName()
        == "Also bring in 1 that stands in the list or here already"
    )
    page.check.doubles.click()
    assert page.check.commit.label() == "Bring in 3 activities"
    page.check.doubles.click()
    assert page.check.commit.label() == "Bring in 2 activities"
    assert_accessible(page)
    qtbot.keyClick(page, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: page._job is None)
    assert "2 activities came in" in texts(page)
    assert len(desk.meetings.between(date(2024, 2, 5), date(2024, 2, 6))) == 2
    page._on_start()
    page.refresh()
    assert str(page.pick.earlier.table.model().index(0, 1).data()).startswith("2 activities")
    assert "somebody on their list" in leaves("activities", 2)
