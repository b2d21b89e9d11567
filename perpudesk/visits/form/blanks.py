"""Blank sheets on the screen, to be printed or saved before the power goes."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QFileDialog, QWidget

from perpudesk.core.codes import Paper, label
from perpudesk.core.errors import PerpuDeskError
from perpudesk.core.files import replacing
from perpudesk.core.i18n import tr
from perpudesk.core.settings import change_settings, read_settings
from perpudesk.paper.document import Document
from perpudesk.ui import background, theme
from perpudesk.ui.buttons import Button, ChipGroup
from perpudesk.ui.fields import Stepper
from perpudesk.ui.forms import Field
from perpudesk.ui.layout import CARD_GAP, column, row
from perpudesk.ui.messages import show_error
from perpudesk.ui.places import documents
from perpudesk.ui.preview import Preview
from perpudesk.ui.printing import Printing
from perpudesk.ui.text import Text
from perpudesk.ui.toasts import toast
from perpudesk.visits.blanks import MOST_PAGES, BlankKind, blank_name

Make = Callable[[BlankKind, int], Document]


class BlanksDialog(QDialog):
    """Which sheet, on what paper, how many pages: what is seen is what is printed and saved."""

    def __init__(self, make: Make, *, parent: QWidget | None = None) -> None:
        """`make` builds so many pages of a kind."""
        super().__init__(parent)
        self.setWindowTitle(tr("Blank sheets"))
        self._make = make
        self._wanted: tuple[Document, Paper] | None = None
        self._data: bytes | None = None
        self._printing = Printing(self)
        self._printing.changed.connect(self._show_ready)
        self.kind = ChipGroup(
            tr("Which sheet"),
            [(str(kind), blank_name(kind)) for kind in BlankKind],
            value=str(BlankKind.TALLY),
        )
        papers = [(str(each), label(each)) for each in Paper]
        self.paper = ChipGroup(tr("Paper"), papers, value=str(read_settings().paper))
        self.pages = Stepper(tr("Pages"), high=MOST_PAGES)
        self.preview = Preview()
        self.print_ = Button(tr("Print"), self._on_print, kind="primary", key="Ctrl+P")
        self.save = Button(tr("Save PDF"), self._on_save, key="Ctrl+S")
        self._place()
        self.kind.chosen.connect(self._render)
        self.paper.chosen.connect(self._on_paper)
        self.pages.changed.connect(self._render)
        for keys, button in (("Ctrl+P", self.print_), ("Ctrl+S", self.save)):
            QShortcut(QKeySequence(keys), self).activated.connect(button.click)
        self._render()

    def _place(self) -> None:
        pages = Field(tr("Pages"), self.pages)
        tools = row(
            Field(tr("Which sheet"), self.kind), Field(tr("Paper"), self.paper), pages, None
        )
        close = Button(tr("Close"), self.reject, key=tr("Esc"))
        box = column(
            Text(tr("Blank sheets"), "heading"),
            tools,
            self.preview,
            row(None, close, self.save, self.print_),
            gap=CARD_GAP,
        )
        box.setStretch(2, 1)
        box.setContentsMargins(20, 14, 20, 18)
        self.setLayout(box)
        look, room = theme.current(), self.screen().availableGeometry()
        wide = min(look.px(760), room.width() - 24)
        self.resize(wide, min(look.px(680), room.height() - 48))

    def _render(self) -> None:
        """Have the pages made; the last wish counts."""
        try:
            document = self._make(BlankKind(self.kind.value() or ""), self.pages.value())
        except PerpuDeskError:  # half a number is being typed
            return
        paper = Paper(self.paper.value() or Paper.A4)
        self._wanted, self._data = (document, paper), None
        self._show_ready()
        background.run(self, lambda _report: _rendered(document, paper), succeeded=self._on_made)

    def _on_made(self, made: tuple[Document, Paper, bytes]) -> None:
        if made[:2] == self._wanted:
            self._data = made[2]
            self.preview.show_pdf(self._data)
            self._show_ready()

    def _show_ready(self) -> None:
        ready = self._data is not None
        self.save.setEnabled(ready)
        self.print_.setEnabled(ready and not self._printing.is_busy())

    def _on_paper(self, slug: str) -> None:
        try:
            change_settings(paper=Paper(slug))
        except PerpuDeskError as error:
            show_error(self, error)
        self._render()

    def _on_print(self) -> None:
        if self._data is not None:
            self._printing.ask(self._data)

    def _on_save(self) -> None:
        data = self._data
        path = None if data is None else self._asked_path()
        if data is None or path is None:
            return
        try:
            with replacing(path) as stream:
                stream.write(data)
        except PerpuDeskError as error:
            show_error(self, error)
        else:
            toast(self, tr("Saved as {path}", path=str(path)))

    def _asked_path(self) -> Path | None:
        dialog = QFileDialog(self, tr("Save"), documents(), tr("PDF file (*.pdf)"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("pdf")
        dialog.selectFile(f"{blank_name(BlankKind(self.kind.value() or ''))}.pdf")
        chosen = dialog.exec() == QFileDialog.DialogCode.Accepted
        path = Path(dialog.selectedFiles()[0])
        dialog.deleteLater()
        return path if chosen else None


def _rendered(document: Document, paper: Paper) -> tuple[Document, Paper, bytes]:
    from perpudesk.paper.pdf import render  # its library loads with the first page

    stream = io.BytesIO()
    render(document, stream, paper=paper)
    return document, paper, stream.getvalue()
