"""What a page says in toasts, never more of them than can be read, and its way back."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from perpudesk.core.errors import PerpuDeskError
from perpudesk.core.formats import number
from perpudesk.core.i18n import tr
from perpudesk.ui.toasts import Toast, toast

LATER_MS = 60
"""The counter is painted first; the toast of the first tap would have to be loaded before it."""


class PageToasts(QObject):
    """One toast at a time; taps that come while it is seen are counted in it, the last named."""

    def __init__(self, page: QWidget, undo: Callable[[], object]) -> None:
        super().__init__(page)
        self._page, self._undo = page, undo
        self._who, self._count = "", 0
        self._shown: Toast | None = None
        self._counting = False  # whether what is shown is a toast of taps
        self._timer = QTimer(self, singleShot=True, interval=LATER_MS)
        self._timer.timeout.connect(self._on_time)

    def done(self, who: str) -> None:
        """Say that `who` is on the disk, with the way back; soon, after the counter."""
        if self._seen() is None and not self._timer.isActive():
            self._count = 0
        self._who = who
        self._count += 1
        if not self._timer.isActive():
            self._timer.start()

    def say(
        self, text: str, action: str = "", slot: Callable[[], object] | None = None, key: str = ""
    ) -> None:
        """Say something now; whatever was said before goes."""
        self.clear()
        self._shown = toast(self._page, text, action=action, slot=slot, key=key)

    def clear(self) -> None:
        """Take the toast away, and the one that was to come."""
        self._timer.stop()
        if (seen := self._seen()) is not None:
            seen.leave()
        self._shown, self._count, self._counting = None, 0, False

    def _seen(self) -> Toast | None:
        """The toast, while it is there."""
        if self._shown is None or not isValid(self._shown) or not isValid(self._page.window()):
            return None
        return None if self._shown.isHidden() else self._shown

    def _on_time(self) -> None:
        count, seen = self._count, self._seen()
        if seen is not None and self._counting:
            seen.say(self._words())
            return
        self.say(self._words(), tr("Undo"), self._undo, "Ctrl+Z")
        self._count, self._counting = count, True

    def _words(self) -> str:
        if self._count == 1:
            return tr("Recorded: {who}", who=self._who)
        return tr("{n} recorded, the last: {who}", n=number(self._count), who=self._who)


class WayBack(QObject):
    """Undo and redo of a page, each told with the other as its way back."""

    said = Signal(str, str, object, str)
    """A sentence, and perhaps a button, what it does, and its key: for `PageToasts.say`."""

    def __init__(
        self,
        undo: Callable[[], object],
        redo: Callable[[], object],
        around: Callable[[], AbstractContextManager[None]],
        *,
        parent: QObject,
    ) -> None:
        """`undo` and `redo` raise `PerpuDeskError` when they cannot; each runs in an `around`."""
        super().__init__(parent)
        self._undo, self._redo, self._around = undo, redo, around

    def undo(self) -> None:
        """Take back the last step, and say so."""
        if self._did(self._undo):
            self.said.emit(tr("Taken back."), tr("Redo"), self.redo, "Ctrl+Shift+Z")

    def redo(self) -> None:
        """Do the last step again, and say so."""
        if self._did(self._redo):
            self.said.emit(tr("Done again."), tr("Undo"), self.undo, "Ctrl+Z")

    def _did(self, work: Callable[[], object]) -> bool:
        try:
            with self._around():
                work()
        except PerpuDeskError as error:
            self.said.emit(error.sentence(), "", None, "")
            return False
        return True


def take_back(over: QWidget, undo: Callable[[], object], show: Callable[[], object]) -> None:
    """Take back the last step and `show` what is there now; a toast says so, or why not."""
    try:
        undo()
        show()
    except PerpuDeskError as error:
        toast(over, error.sentence())
    else:
        toast(over, tr("Taken back."))
