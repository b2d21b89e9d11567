from __future__ import annotations

import io
import sys
import threading

import pypdf
import pytest
from PySide6.QtCore import QSizeF, Qt, QTimer
from PySide6.QtGui import QColor, QPageLayout
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QComboBox, QDialog, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from perpudesk.core.errors import StorageError
from perpudesk.ui import printing
from perpudesk.ui.pdf import MOST_DPI, PdfPages
from perpudesk.ui.printing import (
    PRINTER_REFUSED,
    choose_printer,
    chosen_pages,
    page_layout,
    print_pdf,
)
from tests.ui.gallery import sample_pdf

A4, F4 = (210, 297), (215, 330)

pytestmark = pytest.mark.usefixtures("qapp")


def printer_to(path: object) -> QPrinter:
    """A printer that writes a PDF file, as fine as a real one."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(path))
    printer.setResolution(600)
    return printer


@pytest.mark.parametrize("size", [A4, F4])
def test_pages_have_the_size_of_their_paper(size: tuple[int, int]) -> None:
    pages = PdfPages(sample_pdf(2, *size))
    assert len(pages) == 2
    found = pages.size_mm(1)
    assert (round(found.width()), round(found.height())) == size
    pages.close()


def test_picture_is_as_fine_as_asked_but_not_finer_than_any_printer() -> None:
    pages = PdfPages(sample_pdf(1, *A4))
    assert pages.image(0, 96).width() == pytest.approx(210 / 25.4 * 96, abs=2)
    assert pages.image(0, 9600).width() == pytest.approx(210 / 25.4 * MOST_DPI, abs=2)
    pages.close()


def test_picture_outlives_its_document() -> None:
    pages = PdfPages(sample_pdf(1))
    picture = pages.image(0, 50)
    pages.close()
    seen = {picture.pixelColor(x, 200).name() for x in range(picture.width())}
    assert QColor("#0E5F59").name() in seen
    assert picture.pixelColor(1, 1) == QColor("white")


def test_threads_may_draw_at_once() -> None:
    pages = PdfPages(sample_pdf(4))
    widths: list[int] = []
    threads = [
        threading.Thread(target=lambda n=n: widths.append(pages.image(n % 4, 72).width()))
        for n in range(16)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(widths)) == 1
    assert len(widths) == 16
    pages.close()


@pytest.mark.parametrize("size", [A4, F4])
def test_print_keeps_pages_and_paper(tmp_path, size: tuple[int, int]) -> None:
    printer = printer_to(tmp_path / "out.pdf")
    told: list[tuple[int, int]] = []
    count = print_pdf(sample_pdf(3, *size), printer, lambda *done: told.append(done))
    assert count == 3
    assert told == [(1, 3), (2, 3), (3, 3)]
    printed = pypdf.PdfReader(tmp_path / "out.pdf")
    assert len(printed.pages) == 3
    for page in printed.pages:
        sides = (float(page.mediabox.width), float(page.mediabox.height))
        assert [round(side / 72 * 25.4) for side in sides] == list(size)


def test_printed_page_looks_like_the_page(tmp_path) -> None:
    data = sample_pdf(1, *A4)
    print_pdf(data, printer_to(tmp_path / "out.pdf"))
    wanted, printed = PdfPages(data), PdfPages((tmp_path / "out.pdf").read_bytes())
    one, other = wanted.image(0, 40), printed.image(0, 40)
    assert one.size() == other.size()
    primary = QColor("#0E5F59")
    for x, y in ((5, 5), (150, 180), (130, 170)):
        at = [image.pixelColor(x, y) for image in (one, other)]
        assert at[0].lightness() == pytest.approx(at[1].lightness(), abs=8)
    assert any(
        abs(other.pixelColor(x, 180).green() - primary.green()) < 8 for x in range(other.width())
    )
    wanted.close()
    printed.close()


def test_pages_of_different_size_each_get_their_paper(tmp_path) -> None:
    merged, both = pypdf.PdfWriter(), tmp_path / "both.pdf"
    for size in (A4, F4, (297, 210)):
        merged.append(io.BytesIO(sample_pdf(1, *size)))
    merged.write(both)
    print_pdf(both.read_bytes(), printer_to(tmp_path / "out.pdf"))
    sizes = [
        (
            round(float(page.mediabox.width) / 72 * 25.4),
            round(float(page.mediabox.height) / 72 * 25.4),
        )
        for page in pypdf.PdfReader(tmp_path / "out.pdf").pages
    ]
    assert sizes == [A4, F4, (297, 210)]


@pytest.mark.parametrize(
    "first,last,pages",
    [(2, 3, [1, 2]), (1, 1, [0]), (3, 0, [2, 3]), (9, 9, [0, 1, 2, 3])],
)
def test_only_the_pages_asked_for(first: int, last: int, pages: list[int]) -> None:
    printer = QPrinter()
    assert chosen_pages(printer, 4) == [0, 1, 2, 3]
    printer.setPrintRange(QPrinter.PrintRange.PageRange)
    if last:
        printer.setFromTo(first, last)
    else:
        printer.setFromTo(first, 4)
    assert chosen_pages(printer, 4) == pages
    printer.setPageOrder(QPrinter.PageOrder.LastPageFirst)
    assert chosen_pages(printer, 4) == pages[::-1]


@pytest.mark.qt_log_ignore("Returned false", "does not support")
def test_printer_that_refuses_is_said(tmp_path) -> None:
    printer = printer_to(tmp_path / "no" / "such" / "folder" / "out.pdf")
    with pytest.raises(StorageError) as caught:
        print_pdf(sample_pdf(1), printer)
    assert caught.value.problem is PRINTER_REFUSED


def test_printer_that_stops_between_pages_is_said(
    tmp_path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QPrinter, "newPage", lambda _: False)
    with pytest.raises(StorageError):
        print_pdf(sample_pdf(2), printer_to(tmp_path / "out.pdf"))


@pytest.mark.parametrize(
    "size,name,turned",
    [(A4, "A4", False), (F4, "F4", False), ((330, 215), "F4", True), ((100, 150), "", False)],
)
def test_layout_names_the_paper(size: tuple[int, int], name: str, turned: bool) -> None:
    layout = page_layout(QSizeF(*size))
    whole = layout.fullRect(QPageLayout.Unit.Millimeter).size()
    assert (round(whole.width()), round(whole.height())) == size
    assert (layout.orientation() == QPageLayout.Orientation.Landscape) == turned
    if name:
        assert layout.pageSize().name().startswith(name)


@pytest.mark.parametrize("answer", [QDialog.DialogCode.Accepted, QDialog.DialogCode.Rejected])
def test_dialog_is_asked_for_the_printer(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, answer: QDialog.DialogCode
) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    asked: list[tuple[int, int, str]] = []

    def answered(dialog: QPrintDialog) -> QDialog.DialogCode:
        asked.append((dialog.minPage(), dialog.maxPage(), dialog.windowTitle()))
        return answer

    monkeypatch.setattr(printing.QPrintDialog, "exec", answered)
    printer = choose_printer(window, sample_pdf(4, *F4))
    assert asked == [(1, 4, "Print")]
    assert (printer is not None) == (answer == QDialog.DialogCode.Accepted)


@pytest.mark.skipif(sys.platform != "linux", reason="the system has a dialog of its own")
def test_qts_own_dialog_offers_a_file_and_few_papers(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    offered: list[str] = []

    def answered(dialog: QPrintDialog) -> QDialog.DialogCode:
        offered.append(dialog.findChild(QLineEdit, "filename").text())
        button = dialog.findChild(QPushButton, "properties")
        QTimer.singleShot(50, lambda: look(dialog))
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
        return QDialog.DialogCode.Rejected

    def look(dialog: QPrintDialog) -> None:
        (box,) = dialog.findChildren(QComboBox, "pageSizeCombo")
        rows = box.view()
        offered.extend(box.itemText(at) for at in range(box.count()) if not rows.isRowHidden(at))
        box.window().reject()

    monkeypatch.setattr(printing.QPrintDialog, "exec", answered)
    monkeypatch.setattr(printing, "start_folder", lambda: "/srv/laporan")
    monkeypatch.setattr(PdfPages, "title", lambda _: "Laporan 2026/10 · Perpustakaan Uji")
    choose_printer(window, sample_pdf(2, *F4))
    file, *papers = offered
    assert file == "/srv/laporan/Laporan 2026-10.pdf"
    assert set(papers) == {"Letter / ANSI A", "A4", "Custom"}
