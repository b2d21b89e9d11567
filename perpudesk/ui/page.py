"""What every page is: a header, room for its parts, and reading anew only while it is seen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from perpudesk.core.topics import Topic
from perpudesk.ui.cards import PageHeader
from perpudesk.ui.layout import CARD_GAP, Scroll, Squeezed


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyUse:
    """A key and what it does, for the sheet of keys."""

    keys: str
    text: str


class Page(QWidget):
    """The base of every page; a subclass fills `body` and reads its records in `refresh`.

    A page that is seen refreshes at once, a hidden one when it is next shown: `mark_stale`.
    """

    key: str
    """The page's slug: its place in the rail and the name of its help text."""
    topics: frozenset[Topic] = frozenset()
    """What the page shows: it is marked stale when one of these changed."""
    holding: str = ""
    """Why nobody may go to another page right now: the records are being written at length."""

    def __init__(self, key: str, title: str, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.key = key
        self.header = PageHeader(title)
        self.body = QVBoxLayout()
        self.body.setContentsMargins(20, 16, 20, 16)
        self.body.setSpacing(CARD_GAP)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(self.header)
        self.room = Scroll(Squeezed(self.body), sideways=True)
        box.addWidget(self.room, 1)
        self._stale = True
        self._keys: list[KeyUse] = []

    @property
    def title(self) -> str:
        """The page's name."""
        return self.header.title()

    def refresh(self) -> None:
        """Read again and show; a subclass says what."""

    def mark_stale(self) -> None:
        """Refresh now if the page is seen, otherwise when it is."""
        self._stale = True
        if self.isVisible():
            self._refresh_stale()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._refresh_stale()

    def _refresh_stale(self) -> None:
        if self._stale:
            self._stale = False
            self.refresh()

    def add_key(self, keys: str, text: str, slot: Callable[[], object]) -> QShortcut:
        """Make `keys` (as Qt writes them, `Ctrl+G`) do `slot` while this page is shown."""
        shortcut = QShortcut(QKeySequence(keys), self)
        shortcut.setAutoRepeat(False)
        shortcut.activated.connect(slot)
        self.add_key_use(keys, text)
        return shortcut

    def add_key_use(self, keys: str, text: str) -> None:
        """List a key on the sheet that the page handles in its own way."""
        self._keys.append(KeyUse(keys=keys, text=text))

    def key_uses(self) -> tuple[KeyUse, ...]:
        """The page's keys, for the sheet."""
        return tuple(self._keys)
