"""What lies over the board while something is typed."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from perpudesk.core.i18n import tr
from perpudesk.ui.buttons import Button
from perpudesk.ui.cards import Card


class Panel(Card):
    """A card with a way to close it; keys that no field took come to it."""

    left = Signal()
    """It is closed, and nothing was done."""
    hint = ""
    """What keys do while it is open, if that is to be said below the board."""

    def __init__(self, title: str = " ", *, parent: QWidget | None = None) -> None:
        super().__init__(title, role="heading", marked=True, parent=parent)
        self.close_button = Button(
            "", self.left.emit, kind="ghost", icon="close", name=tr("Close"), key=tr("Esc")
        )
        self.add_header(self.close_button)

    def tap(self, char: str) -> bool:
        """Take a character that no field took; whether it means something here."""
        del char
        return False

    def scan(self, text: str) -> bool:
        """Take a card that was read; whether it is for this panel."""
        del text
        return False
