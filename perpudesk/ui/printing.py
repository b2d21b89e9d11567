"""Printing a finished PDF on paper, through the printer that a person chose."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QMarginsF, QObject, QRectF, QSizeF, QTimer, Signal
from PySide6.QtGui import QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QComboBox, QDialog, QLineEdit, QListView, QPushButton, QWidget

from perpudesk.core.errors import Problem, StorageError
from perpudesk.core.formats import number
from perpudesk.core.i18n import tr, trn
from perpudesk.ui import background
from perpudesk.ui.pdf import MOST_DPI, PdfPages
from perpudesk.ui.places import start_folder
from perpudesk.ui.toasts import toast

PRINTER_REFUSED = Problem(
    "printer_refused",
    "The printer “{printer}” did not take the pages. See that it is on and has paper, then print "
    "again.",
)
_SIZES = QPageSize.PageSizeId
_NAMES = {(210, 297): "A4", (215, 330): "F4"}


class Printing(QObject):
    """What one widget sends to a printer, one printing at a time, while the window goes on."""

    changed = Signal()
    """A printing began or ended."""

    def __init__(self, widget: QWidget) -> None:
        """`widget` is in front of the person, and has the toasts."""
        super().__init__(widget)
        self._widget = widget
        self._printer: QPrinter | None = None  # Qt needs it kept while it prints

    def is_busy(self) -> bool:
        """Whether pages are on their way."""
        return self._printer is not None

    def ask(self, data: bytes) -> None:
        """Ask for a printer, then print the PDF `data` in the background and say how much went."""
        printer = choose_printer(self._widget, data)
        if printer is None:
            return
        self._printer = printer
        self.changed.emit()
        background.run(
            self._widget,
            lambda report: print_pdf(data, printer, report),
            succeeded=self._on_printed,
            ended=self._on_ended,
        )

    def _on_printed(self, count: int) -> None:
        text = trn(
            "{count} page was sent to the printer.",
            "{count} pages were sent to the printer.",
            count,
            count=number(count),
        )
        toast(self._widget, text)

    def _on_ended(self) -> None:
        self._printer = None
        self.changed.emit()


def choose_printer(parent: QWidget, data: bytes) -> QPrinter | None:
    """Ask for a printer and the pages in the system's dialog; None if the person cancels.

    Paper is preset as the pages of `data` are. Keep the answer in a variable while printing.
    """
    pages = PdfPages(data)
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setPageLayout(page_layout(pages.size_mm(0)))
    printer.setFullPage(True)
    dialog = QPrintDialog(printer, parent.window())
    dialog.setWindowTitle(tr("Print"))
    dialog.setMinMax(1, len(pages))
    dialog.setFromTo(1, len(pages))
    _offer(dialog, pages.title())
    pages.close()
    return printer if dialog.exec() == QDialog.DialogCode.Accepted else None


def _offer(dialog: QPrintDialog, title: str) -> None:
    """Offer in Qt's own dialog a file in the usual folder, and the papers that we print on.

    A system's dialog has none of these parts.
    """
    file = dialog.findChild(QLineEdit, "filename")
    if file is not None:
        name = title.split(" · ", maxsplit=1)[0].replace("/", "-") or tr(
            "Print"
        )  # whose it is, it says inside
        file.setText(str(Path(start_folder(), f"{name}.pdf")))
    button = dialog.findChild(QPushButton, "properties")
    if button is not None:  # its window is made when it is pressed
        button.pressed.connect(lambda: QTimer.singleShot(0, dialog, lambda: _few_papers(dialog)))


def _few_papers(dialog: QPrintDialog) -> None:
    """Hide what nobody here has, sixty envelopes among it; a row keeps its place for Qt."""
    offered = {QPageSize.name(size) for size in (_SIZES.A4, _SIZES.Letter, _SIZES.Custom)}
    for box in dialog.findChildren(QComboBox, "pageSizeCombo"):
        rows = box.view()
        for at in range(box.count()):
            if isinstance(rows, QListView):
                rows.setRowHidden(at, box.itemText(at) not in offered and at != box.currentIndex())


def print_pdf(
    data: bytes, printer: QPrinter, report: Callable[[int, int], None] | None = None
) -> int:
    """Print the chosen pages of `data`, each on paper of its own size; return how many.

    `report(done, total)` is called after each. Raises `StorageError` printer_refused.
    """
    pages = PdfPages(data)
    try:
        chosen = chosen_pages(printer, len(pages))
        printer.setFullPage(True)
        printer.setPageLayout(page_layout(pages.size_mm(chosen[0])))
        painter = QPainter()
        if not painter.begin(printer):
            raise StorageError(PRINTER_REFUSED, printer=printer.printerName())
        try:
            _paint(painter, printer, pages, chosen, report)
        finally:
            painter.end()
    finally:
        pages.close()
    return len(chosen)


def _paint(
    painter: QPainter,
    printer: QPrinter,
    pages: PdfPages,
    chosen: list[int],
    report: Callable[[int, int], None] | None,
) -> None:
    for done, page in enumerate(chosen):
        if done:
            printer.setPageLayout(page_layout(pages.size_mm(page)))
            if not printer.newPage():
                raise StorageError(PRINTER_REFUSED, printer=printer.printerName())
        picture = pages.image(page, min(printer.resolution(), MOST_DPI))
        painter.drawImage(QRectF(printer.paperRect(QPrinter.Unit.DevicePixel)), picture)
        if report is not None:
            report(done + 1, len(chosen))


def chosen_pages(printer: QPrinter, count: int) -> list[int]:
    """The pages asked for in the dialog, 0 the first, in the order they are printed."""
    first, last = 1, count
    if printer.printRange() == QPrinter.PrintRange.PageRange:
        first, last = max(1, printer.fromPage()), min(count, printer.toPage() or count)
    pages = list(range(first - 1, last)) or list(range(count))
    if printer.pageOrder() == QPrinter.PageOrder.LastPageFirst:
        pages.reverse()
    return pages


def page_layout(size: QSizeF) -> QPageLayout:
    """The layout of a sheet of `size` in millimetres: A4, F4 or whatever it is, no margins."""
    upright = size if size.width() <= size.height() else size.transposed()
    name = _NAMES.get((round(upright.width()), round(upright.height())), "")
    exact = QPageSize.SizeMatchPolicy.ExactMatch  # else F4 becomes a near American size
    paper = QPageSize(QSizeF(upright), QPageSize.Unit.Millimeter, name, exact)
    turned = QPageLayout.Orientation.Landscape
    orientation = QPageLayout.Orientation.Portrait if upright == size else turned
    layout = QPageLayout(paper, orientation, QMarginsF(), QPageLayout.Unit.Millimeter)
    layout.setMode(QPageLayout.Mode.FullPageMode)
    return layout
