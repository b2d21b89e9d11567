"""Finished pages before they are printed or saved: what is seen is what goes on paper."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QWidget

from perpudesk.core.codes import Paper, label
from perpudesk.core.errors import InputError, PerpuDeskError
from perpudesk.core.files import replacing
from perpudesk.core.i18n import tr
from perpudesk.core.settings import change_settings, read_settings
from perpudesk.ui import background, theme
from perpudesk.ui.buttons import Button, ChipGroup
from perpudesk.ui.files import FileDialog
from perpudesk.ui.forms import Field
from perpudesk.ui.layout import CARD_GAP, column, fill, row
from perpudesk.ui.messages import show_error
from perpudesk.ui.preview import Preview
from perpudesk.ui.printing import Printing
from perpudesk.ui.text import Text
from perpudesk.ui.toasts import toast

Make = Callable[[Paper], bytes]
"""Makes the PDF on a paper; called beside the window."""


class PaperDialog(QDialog):
    """A preview with paper, printing and saving; what is on it, the tools above it say.

    Whoever fills it connects the tools to `refresh`. What is wished is asked of `wish` each time:
    its `InputError` (half a number is being typed) changes nothing, any other refusal is said in
    place of the pages, and so is a wish of None.
    """

    def __init__(
        self,
        title: str,
        wish: Callable[[], Make | None],
        name: Callable[[], str],
        *,
        parent: QWidget | None = None,
    ) -> None:
        """`name` is what the file is called that is offered."""
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._ask, self._name = wish, name
        self._wish: Make | None = None
        self._data: bytes | None = None
        self._allowed = True
        self._printing = Printing(self)
        self._printing.changed.connect(self._show_ready)
        papers = [(str(each), label(each)) for each in Paper]
        self.paper = ChipGroup(tr("Paper"), papers, value=str(read_settings().paper))
        self.paper.chosen.connect(self._on_paper)
        self.preview = Preview()
        self.print_ = Button(tr("Print"), self._on_print, kind="primary", key="Ctrl+P")
        self.save = Button(tr("Save PDF"), self._on_save, key="Ctrl+S")
        for keys, button in (("Ctrl+P", self.print_), ("Ctrl+S", self.save)):
            QShortcut(QKeySequence(keys), self).activated.connect(button.click)

    def set_out(self, *lines: Sequence[QWidget], paper: int = -1) -> None:
        """Put the lines of tools above the pages; the choice of paper goes into line `paper`."""
        parts = [list(line) for line in lines] or [[]]
        parts[paper].append(Field(tr("Paper"), self.paper))
        close = Button(tr("Close"), self.reject, key=tr("Esc"))
        box = column(
            Text(self.windowTitle(), "heading"),
            *(row(*line, None) for line in parts),
            self.preview,
            row(None, close, self.save, self.print_),
            gap=CARD_GAP,
        )
        box.setStretch(1 + len(parts), 1)
        box.setContentsMargins(20, 14, 20, 18)
        fill(self, box)
        look, room = theme.current(), self.screen().availableGeometry()
        self.preview.setMinimumHeight(look.px(200))  # less than on a page, for small screens
        wide = min(look.px(760), room.width() - 24)
        self.resize(wide, min(look.px(680), room.height() - 48))

    def allow(self, on_paper: bool) -> None:
        """Whether what is seen may be printed and saved, or is only to be looked at."""
        self._allowed = on_paper
        self._show_ready()

    def refresh(self) -> None:
        """Have the pages made; the last wish counts."""
        try:
            wish = self._ask()
        except InputError:
            return
        except PerpuDeskError as error:
            wish = None
            self.preview.show_message(error.sentence())
        self._wish, self._data = wish, None
        self._show_ready()
        if wish is None:
            return
        if not self.preview.page_count():
            self.preview.show_message(tr("The pages are being made …"))
        paper = Paper(self.paper.value() or Paper.A4)
        background.run(self, lambda _report: (wish, wish(paper)), succeeded=self._on_made)

    def _on_made(self, made: tuple[Make, bytes]) -> None:
        if made[0] is self._wish:
            self._data = made[1]
            self.preview.show_pdf(self._data)
            self._show_ready()

    def _show_ready(self) -> None:
        ready = self._data is not None and self._allowed
        self.save.setEnabled(ready)
        self.print_.setEnabled(ready and not self._printing.is_busy())

    def _on_paper(self, slug: str) -> None:
        try:
            change_settings(paper=Paper(slug))
        except PerpuDeskError as error:
            show_error(self, error)
        self.refresh()

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
        kinds = [tr("PDF file (*.pdf)")]
        return FileDialog(self, tr("Save"), kinds, save_as=f"{_file_name(self._name())}.pdf").ask()


def _file_name(words: str) -> str:
    """`words` as every system takes them, not too long."""
    return words.translate(_NO_NAME)[:_LONGEST_NAME].strip()


_NO_NAME = str.maketrans(dict.fromkeys('<>:"/\\|?*', "-"))
"""What no file may be called on Windows."""
_LONGEST_NAME = 80
