"""The panel in which a number is taken: one key, or somebody known by name."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from perpudesk.computers.form.panel import Panel
from perpudesk.computers.queueing import TicketDraft
from perpudesk.core.codes import UNKNOWN, AgeBand, Sex
from perpudesk.core.errors import PerpuDeskError
from perpudesk.core.i18n import tr
from perpudesk.patrons.model import Patron, Profile
from perpudesk.patrons.service import PatronService
from perpudesk.ui.layout import boxed, column, in_order
from perpudesk.ui.text import Text
from perpudesk.visits.form.caption import Caption
from perpudesk.visits.form.grid import TapGrid
from perpudesk.visits.form.seek import PatronSeek
from perpudesk.visits.scan import card_number


class TakePanel(Panel):
    """A tap of the grid takes a number for somebody without a name; so does a name that is found.

    Nothing else is asked: what it is for and how long is said when the session begins.
    """

    wanted = Signal(object)
    """A `TicketDraft`."""
    new_asked = Signal(str)
    """Somebody who is not known is to be registered, called so."""

    def __init__(
        self, patrons: PatronService, bands: Sequence[AgeBand], *, parent: QWidget | None = None
    ) -> None:
        super().__init__(tr("Take a number"), parent=parent)
        self.setAccessibleName(tr("Take a number"))
        self._patrons = patrons
        self.hint = tr("Press the key of an age group to take a number; Esc closes the panel.")
        self.told = Text("", "quiet", wrap=True)
        self.grid = TapGrid(bands, counting=False)
        name = tr("Scan a card or type a name")
        self.seek = PatronSeek(name, patrons, placeholder=tr("Name or number"))
        self._error = Text("", "error", wrap=True)
        self._error.hide()
        for part in (self.told, self.grid, self._error):
            self.add(part)
        self.add(boxed(column(Caption(name, "/"), self.seek, gap=4)))
        in_order(self.grid, self.seek.box)
        self.grid.tapped.connect(self._on_tapped)
        self.seek.picked.connect(self.take_for)
        self.seek.new_asked.connect(self.new_asked)
        self.seek.left.connect(self.rest)

    def begin(self, told: str, bands: Sequence[AgeBand]) -> None:
        """Offer these age groups; `told` says who waits and how long it will take."""
        self.grid.set_bands(bands)
        self.told.setText(told)
        self.seek.clear()
        self._error.hide()

    def rest(self) -> None:
        """Give the keys back to the grid."""
        self.grid.setFocus(Qt.FocusReason.OtherFocusReason)

    def tap(self, char: str) -> bool:
        """Take a character that no field took."""
        if char == "/":
            self.seek.begin()
            return True
        return self.grid.tap(char)

    def scan(self, text: str) -> bool:
        """A card was read: its holder takes the number, or is to be registered."""
        number = card_number(text)
        patron = self._patrons.by_number(number)
        if patron is None:
            self.new_asked.emit(number)
        else:
            self.take_for(patron)
        return True

    def take_for(self, patron: Patron) -> None:
        """Take a number for somebody known by name."""
        self.seek.clear()
        self.wanted.emit(
            TicketDraft(
                profile=patron.profile(self._patrons.today()),
                type=patron.visitor_type,
                patron_id=patron.id,
            )
        )

    def refuse(self, error: PerpuDeskError) -> None:
        """Say why there is no number."""
        self._error.setText(error.sentence())
        self._error.show()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape leaves."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _on_tapped(self, sex: str, band: str) -> None:
        age = None if band == UNKNOWN else band
        self.wanted.emit(TicketDraft(profile=Profile(sex=Sex(sex), age_band=age)))
