"""Closing a month from the page: what is typed is kept, the work is done beside the window."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from perpudesk.core.errors import InputError
from perpudesk.core.times import Period
from perpudesk.reports.closing import Standing
from perpudesk.reports.closings import Closed, ClosingService
from perpudesk.reports.form.close import CloseDialog
from perpudesk.reports.letter import Letter, Notes
from perpudesk.reports.page.notes import NotesCard
from perpudesk.reports.periodic.checks import wrongs
from perpudesk.reports.periodic.reported import Reported
from perpudesk.ui import background
from perpudesk.ui.toasts import toast


class Closer(QObject):
    """Keeps the notes of months, and a dialog for each month of which a letter was begun."""

    def __init__(
        self,
        page: QWidget,
        closings: ClosingService,
        notes: NotesCard,
        *,
        practice: Callable[[], bool],
    ) -> None:
        super().__init__(page)
        self._page, self._closings, self._practice = page, closings, practice
        self._notes = notes
        self._dialogs: dict[Period, CloseDialog] = {}
        notes.typed.connect(self._on_notes_typed)

    def ask(self, month: Reported) -> CloseDialog | None:
        """Open the letter of a month as it was left, or as it is offered, once it is over."""
        if month.state.standing is Standing.RUNNING:
            return None
        letter = self._closings.letter(month.period)
        dialog = self._dialogs.get(month.period)
        if dialog is None:
            dialog = CloseDialog(letter, today=month.today, parent=self._page)
            dialog.confirmed.connect(partial(self._on_confirmed, month.period))
            self._dialogs[month.period] = dialog
        dialog.show_month(month, letter, wrongs(month))
        dialog.open()
        return dialog

    def _on_confirmed(self, month: Period, letter: Letter) -> None:
        """Close the month; its pages for both papers take a moment."""
        dialog, practice = self._dialogs[month], self._practice()
        dialog.set_working(True)
        background.run(
            self,
            lambda _report: self._closings.close(month, letter, practice=practice),
            succeeded=self._on_closed,
            failed=dialog.form.show_error,
            ended=lambda: dialog.set_working(False),
        )

    def _on_closed(self, closed: Closed) -> None:
        dialog = self._dialogs.pop(closed.closing.month)
        dialog.accept()
        dialog.deleteLater()
        toast(self._page, self._closings.sentences(closed)[0])

    def _on_notes_typed(self, month: Period, notes: Notes) -> None:
        try:
            self._closings.keep_notes(month, notes)
        except InputError as error:
            self._notes.show_error(error)
