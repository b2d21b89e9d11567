"""Menus in which every entry has its key."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QMenu, QWidget

from perpudesk.ui.text import literal


class KeyMenu(QMenu):
    """A menu whose keys are those of the page; Escape closes it, and nothing was done."""

    def __init__(self, title: str, *, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAccessibleName(title)
        self._by_key: dict[str, QAction] = {}

    def add(
        self, text: str, slot: Callable[[], object], *, key: str = "", chosen: bool | None = None
    ) -> None:
        """Offer something; `chosen` marks the one of several that stands."""
        action = self.addAction(literal(text) + (f"\t{key}" if key else ""))
        action.setCheckable(chosen is not None)
        action.setChecked(bool(chosen))
        action.triggered.connect(lambda _checked: slot())
        if key:
            self._by_key[key.upper()] = action
        if chosen or self.activeAction() is None:
            self.setActiveAction(action)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        action = self._by_key.get(event.text().upper())
        if action is None or event.isAutoRepeat():
            super().keyPressEvent(event)
            return
        self.close()
        action.trigger()
