"""Members' cards: of the one who is chosen, or of all who have a number."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial

from PySide6.QtWidgets import QWidget

from perpudesk.attendance.framing import House
from perpudesk.core.i18n import tr
from perpudesk.paper.files import pdf_of
from perpudesk.patrons.model import Patron
from perpudesk.privacy.papers import card_sheets
from perpudesk.ui.buttons import ChipGroup
from perpudesk.ui.fields import TextField
from perpudesk.ui.forms import Field
from perpudesk.ui.paper_dialog import Make, PaperDialog

ONE, ALL = "one", "all"


class CardsDialog(PaperDialog):
    """The cards before they are printed; a prefix stands before each number."""

    def __init__(
        self,
        house: House,
        patron: Patron,
        everybody: Callable[[], Sequence[Patron]],
        *,
        on: date,
        parent: QWidget,
    ) -> None:
        """`everybody` gives all who have a number, when they are asked for."""
        super().__init__(tr("Member cards"), self._pages, lambda: tr("Member cards"), parent=parent)
        self._house, self._patron, self._everybody, self._on = house, patron, everybody, on
        options = [(ALL, tr("All with a number"))]
        if patron.member_number:
            options.insert(0, (ONE, patron.name))
        self.whose = ChipGroup(tr("Whose"), options, value=options[0][0])
        self.prefix = TextField()
        self.prefix.setMaxLength(12)
        self.whose.changed.connect(self.refresh)
        self.prefix.changed.connect(self.refresh)
        self.set_out([Field(tr("Whose"), self.whose), Field(tr("Before the number"), self.prefix)])
        self.refresh()

    def _pages(self) -> Make | None:
        people = [self._patron] if self.whose.value() == ONE else self._everybody()
        if not any(each.member_number for each in people):
            self.preview.show_message(tr("Nobody has a member number yet."))
            return None
        prefix = self.prefix.value() or ""
        return partial(pdf_of, card_sheets(self._house, people, prefix, self._on))
