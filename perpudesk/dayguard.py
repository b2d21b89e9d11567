"""What day it is, asked when the machine's clock has lost it (a dead battery on an old machine)."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication, QWidget

if TYPE_CHECKING:
    from datetime import date

    from perpudesk.desk import Desk


class DayGuard(QObject):
    """Asks over the window that `over` gives, once the records are open."""

    answered = Signal()
    """It is another day from now on."""

    def __init__(self, desk: Desk, over: Callable[[], QWidget], parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._over = desk, over

    def ask(self) -> None:
        """Ask, unless the clock is right."""
        newest = self._desk.clock_is_behind()
        if newest is None:
            self._desk.clock.accept()
            return
        from perpudesk.visits.form.clock import AskDay

        dialog = AskDay(self._desk.store.today(), newest, parent=self._over())
        dialog.answered.connect(self._on_answered)
        dialog.finished.connect(self._desk.clock.accept)  # Escape too is an answer
        dialog.open()

    def watch(self) -> None:
        """Ask also when the clock is set back meanwhile, but not over what is being typed."""
        if self._desk.clock.fell_back() and QApplication.activeModalWidget() is None:
            self.ask()

    def _on_answered(self, day: date) -> None:
        from perpudesk.visits.form.clock import ask_to_redate

        wrong = self._desk.answer_day(day)
        self.answered.emit()
        if wrong and ask_to_redate(self._over(), wrong, day):
            self._desk.redate_after(day)
