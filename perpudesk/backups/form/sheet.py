"""Making the recovery sheet: printed first, and a word of it typed before it counts."""

from __future__ import annotations

import secrets
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from perpudesk.attendance.framing import House
from perpudesk.backups.papers import recovery_sheet
from perpudesk.backups.service import BackupService
from perpudesk.backups.words import words_of
from perpudesk.core.errors import InputError, Problem
from perpudesk.core.i18n import tr
from perpudesk.paper.files import pdf_of
from perpudesk.ui.fields import TextField
from perpudesk.ui.forms import Form, FormDialog
from perpudesk.ui.paper_dialog import Make, PaperDialog
from perpudesk.ui.text import Text

NOT_THAT_WORD = Problem(
    "not_that_word", "That is not word {place} of the sheet. Print the sheet and read it there."
)
_MIDDLE = range(3, 16)


class SheetMaking(QObject):
    """From the new sheet to the word that proves that somebody has it."""

    kept = Signal()
    """Copies are sealed for the new sheet from now on."""

    def __init__(self, backups: BackupService, house: House, *, over: QWidget) -> None:
        super().__init__(over)
        self._backups, self._over = backups, over
        self._key = backups.new_key()
        self.words = words_of(self._key)
        self._make: Make = partial(pdf_of, recovery_sheet(house, self.words, backups.today()))
        self.paper = PaperDialog(
            tr("Recovery sheet"), lambda: self._make, lambda: tr("Recovery sheet"), parent=over
        )
        words = tr("Print it twice. After this a word of it is asked.")
        self.paper.set_out([Text(words, "quiet")])
        self.paper.finished.connect(self._on_seen)
        self.asked: FormDialog | None = None

    def begin(self) -> None:
        """Show the sheet."""
        self.paper.refresh()
        self.paper.open()

    def _on_seen(self) -> None:
        self._place = secrets.choice(_MIDDLE)
        self._form = Form(enter_submits=True)
        self._form.add_part(
            Text(
                tr("The sheet counts once a word of it was typed from the paper."),
                "quiet",
                wrap=True,
            )
        )
        self._form.add("word", tr("Word {place} of the sheet", place=self._place), TextField())
        self.asked = FormDialog(
            tr("Is the sheet printed?"), self._form, action=tr("It is"), parent=self._over
        )
        self.asked.submitted.connect(self._on_typed)
        self.asked.open()

    def _on_typed(self) -> None:
        if self._form.attempt(self._take) and self.asked is not None:
            self.asked.finish()
            self.kept.emit()

    def _take(self) -> None:
        if self._form.value("word").strip().casefold() != self.words[self._place - 1]:
            raise InputError(NOT_THAT_WORD, field="word", place=self._place)
        self._backups.take_key(self._key)
