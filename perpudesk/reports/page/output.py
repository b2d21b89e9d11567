"""The pages of a paper, with what prints and saves them."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from perpudesk.core.codes import Paper, label
from perpudesk.core.errors import PerpuDeskError
from perpudesk.core.files import replacing
from perpudesk.core.formats import number
from perpudesk.core.i18n import tr
from perpudesk.core.settings import change_settings, read_settings
from perpudesk.paper.document import Document
from perpudesk.ui import background
from perpudesk.ui.buttons import Button, ChipGroup
from perpudesk.ui.files import FileDialog
from perpudesk.ui.messages import show_error
from perpudesk.ui.page import Page
from perpudesk.ui.preview import Preview
from perpudesk.ui.printing import Printing
from perpudesk.ui.toasts import toast

Make = Callable[[], Document]
Write = Callable[[Path], None]
Asked = tuple[object, Paper]


class PagesPane(Preview):
    """Pages that are made in the background, then printed or saved as they are seen."""

    paper_chosen = Signal()
    """Another size of paper: show the pages again."""

    def __init__(self, page: Page, *, parent: QWidget | None = None) -> None:
        """The pane of `page`, which has its keys."""
        super().__init__(parent=parent)
        self._page_of = page
        self._name = ""
        self._wanted: Asked | None = None
        self._made: tuple[Asked, bytes] | None = None
        self._job: background.Job | None = None
        self._printing = Printing(page)
        self._printing.changed.connect(self._show_ready)
        self.print = Button(tr("Print"), self._on_print, kind="primary", key="Ctrl+P")
        self.save = Button(tr("Save PDF"), self._on_save, key="Ctrl+S")
        papers = [(str(each), label(each)) for each in Paper]
        chosen = str(read_settings().paper)
        self.paper = ChipGroup(tr("Paper"), papers, value=chosen, wrap=False)
        self.paper.chosen.connect(self._on_paper)
        for tool in (self.print, self.save):
            self.add_tool(tool)
        page.add_key("Ctrl+P", tr("Print"), self.print.click)
        page.add_key("Ctrl+S", tr("Save PDF"), self.save.click)
        self._show_ready()

    def make(self, key: object, make: Make, name: str) -> None:
        """Show what `make` writes, in another thread; the same `key` is not made again.

        `name` is what a file of it is called.
        """
        self._name = name
        asked = (key, Paper(self.paper.value() or Paper.A4))
        if self._wanted == asked:
            return
        if self._job is not None:
            self._job.cancel()
        self._wanted = asked
        self._show_ready()
        self.show_message(tr("The pages are being made …"))
        self._job = background.run(
            self,
            lambda report: _rendered(asked, make, report),
            succeeded=self._on_made,
            progressed=self._on_progressed,
        )

    def forget(self) -> None:
        """What is shown may have changed: the same key is made again."""
        self._wanted = None

    def _on_made(self, made: tuple[Asked, bytes]) -> None:
        if self._wanted == made[0]:  # nothing else was chosen meanwhile
            self._made = made
            self.show_pdf(made[1])
            self._show_ready()

    def _on_progressed(self, done: int, total: int) -> None:
        text = tr("Page {page} of {count} is made …", page=number(done), count=number(total))
        self.show_message(text)

    def _show_ready(self) -> None:
        """Offer to print and to save only what is seen, and one printing at a time."""
        ready = self._made is not None and self._made[0] == self._wanted
        self.save.setEnabled(ready)
        self.print.setEnabled(ready and not self._printing.is_busy())

    def pdf(self) -> bytes:
        """What is seen, as a PDF; the buttons wait for it."""
        return b"" if self._made is None else self._made[1]

    def _on_paper(self, slug: str) -> None:
        try:
            change_settings(paper=Paper(slug))
        except PerpuDeskError as error:
            show_error(self._page_of, error)
        self.paper_chosen.emit()

    def _on_print(self) -> None:
        self._printing.ask(self.pdf())

    def _on_save(self) -> None:
        data = self.pdf()

        def write(path: Path) -> None:
            with replacing(path) as stream:
                stream.write(data)

        save_as(self._page_of, self._name, [("pdf", tr("PDF file (*.pdf)"), write)])


def save_as(page: Page, name: str, kinds: Sequence[tuple[str, str, Write]]) -> None:
    """Ask for a place, write there, and say so or why not.

    `kinds` are what may be written, the usual one first: its ending, its words, what writes it.
    """
    writers = {ending: write for ending, _, write in kinds}
    usual = kinds[0][0]
    dialog = FileDialog(
        page, tr("Save"), [words for _, words, _ in kinds], save_as=f"{name}.{usual}"
    )
    endings = {words: ending for ending, words, _ in kinds}
    dialog.filterSelected.connect(lambda words: dialog.setDefaultSuffix(endings[words]))
    path = dialog.ask()
    if path is None:
        return
    try:
        writers.get(path.suffix.lower().removeprefix("."), writers[usual])(path)
    except PerpuDeskError as error:
        show_error(page, error)
    else:
        toast(page, tr("Saved as {path}", path=str(path)))


def _rendered(asked: Asked, make: Make, report: background.Report) -> tuple[Asked, bytes]:
    from perpudesk.paper.pdf import render  # its library loads with the first report

    stream = io.BytesIO()
    render(make(), stream, paper=asked[1], report=report)
    return asked, stream.getvalue()
