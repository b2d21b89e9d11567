"""The attendance list of one meeting on the screen, before it is printed or saved."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QWidget

from perpudesk.attendance.lists import MOST_PAGES, Filling, filling_names, list_name
from perpudesk.core.i18n import tr
from perpudesk.paper.document import Document
from perpudesk.paper.files import pdf_of
from perpudesk.ui.buttons import ChipGroup
from perpudesk.ui.fields import Stepper
from perpudesk.ui.forms import Field
from perpudesk.ui.paper_dialog import Make, PaperDialog


class ListDialog(PaperDialog):
    """How the list is filled, and of how many pages an empty one is."""

    def __init__(
        self,
        title: str,
        make: Callable[[Filling, int], Document],
        *,
        filling: Filling = Filling.SIGN,
        parent: QWidget | None = None,
    ) -> None:
        """`make` builds the list so filled, on so many pages."""
        super().__init__(title, self._pages, lambda: list_name(self._chosen()), parent=parent)
        self._make = make
        self.filling = ChipGroup(
            tr("How filled"), list(filling_names().items()), value=str(filling)
        )
        self.pages = Stepper(tr("Pages"), high=MOST_PAGES)
        self._pages_field = Field(tr("Pages"), self.pages)
        self.set_out((Field(tr("How filled"), self.filling), self._pages_field))
        self.filling.chosen.connect(self._show_filling)
        self.pages.changed.connect(self.refresh)
        self._show_filling()

    def _chosen(self) -> Filling:
        return Filling(self.filling.value() or "")

    def _show_filling(self) -> None:
        self._pages_field.setVisible(self._chosen() is Filling.EMPTY)
        self.refresh()

    def _pages(self) -> Make:
        filling = self._chosen()
        count = self.pages.value() if filling is Filling.EMPTY else 1
        return partial(pdf_of, self._make(filling, count))
