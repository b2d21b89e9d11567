"""Cards at the desk: what a scanner read is a visit, unless a person typed it as fast as one."""

from __future__ import annotations

import re

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication

from perpudesk.core.i18n import tr
from perpudesk.ui.page import Page
from perpudesk.ui.told import PageToasts
from perpudesk.visits.form.keys import DeskKeys, takes_text
from perpudesk.visits.page.recorder import Recorder

_COUNT = re.compile(r"\*[0-9]{1,3}")
_MOST_SHOWN = 20


class DeskCards(QObject):
    """Gives cards to the recorder, what was typed back to the keys, and says what was not read."""

    recorded = Signal()
    """A card went to the recorder."""

    def __init__(self, page: Page, keys: DeskKeys, recorder: Recorder, toasts: PageToasts) -> None:
        super().__init__(page)
        self._page, self._keys, self._recorder, self._toasts = page, keys, recorder, toasts
        keys.scanned.connect(self._on_scanned)
        keys.unread.connect(self._on_unread)

    def _on_scanned(self, text: str, end: str) -> None:
        """Record a card, unless it is a name or a count that was typed as fast as one."""
        typing = takes_text(QApplication.focusWidget()) or text.startswith("/")
        name = typing and not any(char.isdigit() for char in text)
        if (name or _COUNT.fullmatch(text)) and self._recorder.holder_of(text) is None:
            self._keys.type(text + end)
            return
        self._recorder.scan(text)
        self.recorded.emit()

    def _on_unread(self, text: str) -> None:
        """A scanner that is not set up would make a visitor of every digit."""
        if text.startswith(("/", "*")):
            self._keys.type(text)
            return
        said = tr(
            "The scanner sends no Enter after the number, so “{text}” was not recorded.",
            text=text[:_MOST_SHOWN],
        )
        self._toasts.say(said, tr("Help"), self._on_help)

    def _on_help(self) -> None:
        from perpudesk.ui.help import HelpDialog

        HelpDialog(self._page, self._page.key, self._page.title).show()
