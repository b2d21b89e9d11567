"""The papers beside the report, by keys as a person would."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pypdf
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from perpudesk.core.times import Period, PeriodKind
from perpudesk.core.topics import Topic
from perpudesk.desk import Desk
from perpudesk.reports.form.online import OnlineDialog
from perpudesk.reports.page.papers import PapersPage
from perpudesk.reports.page.tables import ComparisonTable, SheetTable
from perpudesk.reports.papers.kinds import PaperKind
from perpudesk.ui import background, theme
from perpudesk.ui.toasts import Toast
from tests.ui.accessibility import assert_accessible, texts_fit
from tests.ui.windows import shown

CONTROL = Qt.KeyboardModifier.ControlModifier
OCTOBER = Period.parse("2026-10")


@pytest.fixture(autouse=True)
def _finished(library: Desk) -> Iterator[None]:
    """Papers are read in another thread: none may ask a desk that is closed."""
    del library
    yield
    background.finish()


@pytest.fixture
def page(qtbot: QtBot, library: Desk) -> PapersPage:
    return open_papers(qtbot, library)


def open_papers(qtbot: QtBot, desk: Desk, size: tuple[int, int] = (1166, 640)) -> PapersPage:
    page = PapersPage(desk.reports, desk.papers, desk.totals, practice=lambda: False)
    shown(qtbot, page, size)
    desk.subscribe(lambda topic: page.mark_stale() if topic in page.topics else None)
    page.setFocus()
    return page


def text_of(qtbot: QtBot, page: PapersPage) -> str:
    qtbot.waitUntil(page.pane.save.isEnabled, timeout=10_000)
    pages = pypdf.PdfReader(io.BytesIO(page.pane.pdf())).pages
    return " ".join(each.extract_text() for each in pages)


def table(page: PapersPage, kind: type[ComparisonTable | SheetTable]) -> list[list[str]]:
    (found,) = [each for each in page.pane.findChildren(kind) if not each.isHidden()]
    rows = found.table.rows
    return [
        [rows.index(row, at).data() for at in range(rows.columnCount())]
        for row in range(rows.rowCount())
    ]


def toasts(page: PapersPage) -> list[str]:
    return [each.accessibleName() for each in page.window().findChildren(Toast)]


def answer(monkeypatch: pytest.MonkeyPatch, path: Path | None) -> None:
    def run(dialog: QFileDialog) -> int:
        if path is None:
            return QFileDialog.DialogCode.Rejected
        dialog.selectFile(str(path))
        return QFileDialog.DialogCode.Accepted

    monkeypatch.setattr(QFileDialog, "exec", run)


def test_it_compares_the_month_that_is_over_with_the_one_before(
    qtbot: QtBot, page: PapersPage
) -> None:
    assert page.periods.current() == OCTOBER
    assert table(page, ComparisonTable)[0][:4] == ["Visits", "12", "12", "0.0%"]
    assert "October 2026 and September 2026" in text_of(qtbot, page)
    assert Topic.TOTALS in page.topics


def test_any_other_period_can_be_compared(qtbot: QtBot, page: PapersPage) -> None:
    page.other.setCurrentIndex(page.other.findData("2026"))
    page.other.activated.emit(page.other.currentIndex())
    assert table(page, ComparisonTable)[0][:4] == ["Visits", "12", "24", "–"]
    assert "October 2026 and 2026" in text_of(qtbot, page)


def test_how_far_a_target_is_reached_is_said_with_a_word(library: Desk, page: PapersPage) -> None:
    library.totals.set_target("visits", 2026, 160)
    assert table(page, ComparisonTable)[0][4] == "◐ yellow 90%"


def test_where_there_is_little_room_names_stay_whole(
    qtbot: QtBot, library: Desk, page: PapersPage
) -> None:
    library.totals.set_target("visits", 2026, 160)
    page.mark_stale()
    page.resize(944, 540)
    (found,) = [each for each in page.pane.findChildren(ComparisonTable) if not each.isHidden()]
    qtbot.waitUntil(lambda: found.table.rows.columnCount() == 4)
    change = found.table.rows.columns[3]
    assert change.detail is not None
    assert change.detail(found.table.rows.row(0)) == "◐ yellow 90%"
    assert found.table.columnWidth(0) > 150
    page.resize(1166, 640)
    qtbot.waitUntil(lambda: found.table.rows.columnCount() == 5)


def test_every_paper_has_a_key(qtbot: QtBot, page: PapersPage) -> None:
    for key, words in (
        (Qt.Key.Key_3, "DAILY RECAP"),
        (Qt.Key.Key_4, "VISIT RECAP"),
        (Qt.Key.Key_5, "SIM TPBIS SHEET"),
        (Qt.Key.Key_6, "PASAL 15 SHEET"),
    ):
        qtbot.keyClick(page, key, CONTROL)
        assert words in text_of(qtbot, page)
    with qtbot.waitSignal(page.report_asked):
        qtbot.keyClick(page, Qt.Key.Key_1, CONTROL)
    assert page.kinds.value() == PaperKind.PASAL15  # it stays what it is


def test_the_cursor_and_the_length_choose_the_period(qtbot: QtBot, page: PapersPage) -> None:
    page.show_kind("days")
    page.periods.lengths.chip(PeriodKind.QUARTER).click()
    assert page.periods.current().code == "2026-Q3"  # the newest that is over
    qtbot.waitUntil(lambda: "Quarter III 2026" in text_of(qtbot, page), timeout=10_000)
    qtbot.keyClick(page.periods.table, Qt.Key.Key_Up)
    qtbot.waitUntil(lambda: "Quarter IV 2026" in text_of(qtbot, page), timeout=10_000)


def test_pasal_15_is_offered_by_year(page: PapersPage) -> None:
    page.show_kind("pasal15")
    assert page.periods.current().code == "2026"
    assert not page.periods.lengths.isVisible()
    page.show_kind("tpbis")
    assert page.periods.lengths.isVisible()
    assert page.table.label() == "CSV"  # a sheet has no other
    page.show_kind("days")
    assert page.table.label() == "Excel / CSV"


def test_enter_copies_the_number_of_a_row(qtbot: QtBot, page: PapersPage) -> None:
    page.show_kind("tpbis")
    (sheet,) = [each for each in page.pane.findChildren(SheetTable) if not each.isHidden()]
    sheet.table.setCurrentIndex(sheet.table.rows.index(0, 0))
    qtbot.keyClick(sheet.table, Qt.Key.Key_Return)
    assert QGuiApplication.clipboard().text() == "12"
    assert toasts(page) == ["12 is copied: Visits."]
    lacking = next(row for row in table(page, SheetTable) if row[0] == "Trainings")
    assert lacking == ["Trainings", "–", "not counted", ""]
    sheet.table.select(("Information service and ICT", "Trainings"))
    qtbot.keyClick(sheet.table, Qt.Key.Key_Return)
    assert QGuiApplication.clipboard().text() == "12"
    assert any("nothing to copy" in each for each in toasts(page)), toasts(page)
    sheet.table.link_clicked.emit(sheet.table.rows.row(1), "copy")
    assert "12 is copied: Visits of women and girls." in toasts(page)


def test_all_rows_are_copied_for_a_spreadsheet(qtbot: QtBot, page: PapersPage) -> None:
    qtbot.keyClick(page, Qt.Key.Key_C, CONTROL)  # a comparison is no sheet
    page.show_kind("tpbis")
    qtbot.keyClick(page, Qt.Key.Key_C, CONTROL)
    first = QGuiApplication.clipboard().text().splitlines()[0]
    assert first == "Information service and ICT\tVisits\t12\t"


def test_a_table_can_be_seen_as_the_pages_that_are_printed(qtbot: QtBot, page: PapersPage) -> None:
    text_of(qtbot, page)
    assert not page.pane._canvas.isVisible()
    qtbot.keyClick(page, Qt.Key.Key_R, CONTROL)
    assert page.pane._canvas.isVisible()
    assert page.turn.label() == "Table"
    qtbot.keyClick(page, Qt.Key.Key_R, CONTROL)
    assert not page.pane._canvas.isVisible()


def test_online_users_are_typed_by_month(qtbot: QtBot, library: Desk, page: PapersPage) -> None:
    page.show_kind("pasal15")
    qtbot.keyClick(page, Qt.Key.Key_D, CONTROL)
    (dialog,) = page.findChildren(OnlineDialog)
    box = dialog.form.field("value").widget
    dialog._month.setCurrentIndex(dialog._month.findData("2026-10"))
    dialog._month.activated.emit(dialog._month.currentIndex())
    qtbot.keyClicks(box, "1.250")
    qtbot.keyClick(box, Qt.Key.Key_Return)
    assert [each.value for each in library.totals.of(OCTOBER)] == [1_250]
    assert "Online users of October 2026 are stored." in toasts(page)
    rows = {row[0]: row[1:3] for row in table(page, SheetTable)}
    assert rows["Online"] == ["1,250", "typed for 1 of 12 months"]
    qtbot.keyClick(page, Qt.Key.Key_D, CONTROL)
    again = page.findChildren(OnlineDialog)[-1]
    again._month.set_value("2026-10")
    again._show_kept()
    assert again.form.value("value") == 1_250
    again.form.field("value").widget.setText("many")
    qtbot.keyClick(again.form.field("value").widget, Qt.Key.Key_Return)
    assert "whole number" in again.form.field("value").error()


def test_figures_are_saved_as_excel_and_sheets_as_a_table(
    qtbot: QtBot, page: PapersPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer(monkeypatch, tmp_path / "figures.xlsx")
    qtbot.keyClick(page, Qt.Key.Key_E, CONTROL)
    book = openpyxl.load_workbook(tmp_path / "figures.xlsx")
    assert {row[1].value for row in book.worksheets[0].iter_rows(min_row=2)} == {
        "2026-10",
        "2026-09",
    }
    answer(monkeypatch, tmp_path / "figures.csv")
    qtbot.keyClick(page, Qt.Key.Key_E, CONTROL)
    assert (tmp_path / "figures.csv").read_text().startswith("period,indicator")
    page.show_kind("tpbis")
    answer(monkeypatch, tmp_path / "sheet.csv")
    qtbot.keyClick(page, Qt.Key.Key_E, CONTROL)
    assert "Visits,12" in (tmp_path / "sheet.csv").read_text("utf-8-sig")
    answer(monkeypatch, None)
    qtbot.keyClick(page, Qt.Key.Key_E, CONTROL)
    assert len(list(tmp_path.glob("*.csv"))) == 2


def test_the_pdf_that_is_saved_is_the_one_that_is_made(
    qtbot: QtBot, page: PapersPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text_of(qtbot, page)
    answer(monkeypatch, tmp_path / "paper.pdf")
    qtbot.keyClick(page, Qt.Key.Key_S, CONTROL)
    assert (tmp_path / "paper.pdf").read_bytes() == page.pane.pdf()
    answer(monkeypatch, tmp_path / "nowhere" / "paper.pdf")
    boxes: list[object] = []
    monkeypatch.setattr(
        "perpudesk.reports.page.output.show_error", lambda *given: boxes.append(given)
    )
    page.pane.save.click()
    assert len(boxes) == 1


def test_only_the_last_paper_that_was_asked_for_is_shown(qtbot: QtBot, page: PapersPage) -> None:
    page.show_kind("visits")
    page.show_kind("days")
    assert "DAILY RECAP" in text_of(qtbot, page)


def test_another_paper_size_makes_the_pages_again(qtbot: QtBot, page: PapersPage) -> None:
    page.show_kind("days")
    text_of(qtbot, page)
    page.pane.paper.chip("f4").click()
    text_of(qtbot, page)
    height = float(pypdf.PdfReader(io.BytesIO(page.pane.pdf())).pages[0].mediabox.height)
    assert height == pytest.approx(330 / 25.4 * 72, abs=0.1)


@pytest.mark.parametrize("kind", PaperKind)
@pytest.mark.parametrize("size, scale", [((968, 600), 1.0), ((1246, 768), 1.5)])
def test_every_size_has_room_for_the_words(
    qtbot: QtBot,
    qapp: QApplication,
    library: Desk,
    *,
    kind: PaperKind,
    size: tuple[int, int],
    scale: float,
) -> None:
    theme.apply(qapp, scale=scale)
    page = open_papers(qtbot, library, size)
    page.show_kind(kind)
    text_of(qtbot, page)
    assert_accessible(page)
    qtbot.waitUntil(lambda: texts_fit(page) == [])
    assert page.minimumSizeHint().width() <= size[0]
