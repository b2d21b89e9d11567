"""Blank sheets on the screen, to be printed or saved before the power goes."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QWidget

from perpudesk.core.i18n import tr
from perpudesk.paper.document import Document
from perpudesk.paper.files import pdf_of
from perpudesk.ui.buttons import ChipGroup
from perpudesk.ui.fields import Stepper
from perpudesk.ui.forms import Field
from perpudesk.ui.paper_dialog import Make, PaperDialog
from perpudesk.visits.blanks import MOST_PAGES, BlankKind, blank_name


class BlanksDialog(PaperDialog):
    """Which sheet, on what paper, how many pages: what is seen is what is printed and saved."""

    def __init__(
        self, make: Callable[[BlankKind, int], Document], *, parent: QWidget | None = None
    ) -> None:
        """`make` builds so many pages of a kind."""
        super().__init__(tr("Blank sheets"), self._pages, self._called, parent=parent)
        self._make = make
        self.kind = ChipGroup(
            tr("Which sheet"),
            [(str(kind), blank_name(kind)) for kind in BlankKind],
            value=str(BlankKind.TALLY),
        )
        self.pages = Stepper(tr("Pages"), high=MOST_PAGES)
        self.set_out((Field(tr("Which sheet"), self.kind), Field(tr("Pages"), self.pages)))
        self.kind.chosen.connect(self.refresh)
        self.pages.changed.connect(self.refresh)
        self.refresh()

    def _chosen(self) -> BlankKind:
        return BlankKind(self.kind.value() or "")

    def _called(self) -> str:
        return blank_name(self._chosen())

    def _pages(self) -> Make:
        return partial(pdf_of, self._make(self._chosen(), self.pages.value()))
