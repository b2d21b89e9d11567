"""Dialogs over a window, one for each record that is being mended."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QDialog, QWidget

Draft = TypeVar("Draft", bound=QDialog)


class Drafts(QObject):
    """Opens a record's dialog as it was left, or a new one.

    A dialog whose property `unfinished` is set when it closes is kept, with all that was typed.
    """

    closed = Signal()
    """A dialog was closed, whatever came of it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.kept: dict[str, QDialog] = {}

    def open(self, key: str, make: Callable[[], Draft]) -> Draft:
        """Open the dialog of `key`; `make` makes it where none was left."""
        if key not in self.kept:
            self.kept[key] = make()
            self.kept[key].finished.connect(self._on_finished)
        dialog: Draft = self.kept[key]  # type: ignore[assignment]  # made by the same `make`
        dialog.open()
        return dialog

    def _on_finished(self) -> None:
        for key, dialog in list(self.kept.items()):
            if dialog.isHidden() and not dialog.property("unfinished"):
                del self.kept[key]
                dialog.deleteLater()
        self.closed.emit()
