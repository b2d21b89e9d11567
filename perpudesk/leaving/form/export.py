"""Everything as open tables: where to, and whether with the names of people."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from perpudesk.core.errors import InputError, PerpuDeskError, Problem
from perpudesk.core.i18n import tr
from perpudesk.leaving.service import Exported
from perpudesk.ui import background
from perpudesk.ui.buttons import Button
from perpudesk.ui.fields import CheckField, TextField
from perpudesk.ui.forms import Form, FormDialog
from perpudesk.ui.places import remember_folder, start_folder
from perpudesk.ui.text import Text

NO_PLACE = Problem("no_place", "Choose a folder, such as one on a stick.")
Export = Callable[[Path, bool], Exported]
"""Write everything into a new folder, with names or without; called beside the window."""


class ExportDialog(FormDialog):
    """Asks for a folder; the tables go into a new one in it."""

    exported = Signal(object)
    """The `Exported`."""

    def __init__(self, export: Export, name: str, *, parent: QWidget) -> None:
        """`name` is what the new folder is called."""
        form = Form()
        title = tr("Take everything along")
        super().__init__(title, form, action=tr("Write the tables"), parent=parent)
        self._export, self._name = export, name
        words = tr(
            "Every record as a table that any program reads, with a description of each column. "
            "“perpudesk import everything” brings all of it back."
        )
        form.add_part(Text(words, "quiet", wrap=True))
        form.add("place", tr("Folder"), TextField(start_folder()), hint=name)
        form.add_part(Button(tr("Choose…"), self._on_choose, icon="folder"))
        form.add("names", "", CheckField(tr("With the names of people")))
        self.submitted.connect(self._on_submitted)

    def _on_choose(self) -> None:
        begin = self.form.value("place")
        if folder := QFileDialog.getExistingDirectory(self, tr("Folder"), begin):
            remember_folder(folder)
            self.form.fill(place=folder)

    def _on_submitted(self) -> None:
        def check() -> None:
            if not Path(self.form.value("place") or "/nowhere").is_dir():
                raise InputError(NO_PLACE, field="place")

        if not self.form.attempt(check):
            return
        target = Path(self.form.value("place"), self._name)
        names = bool(self.form.value("names"))
        self.save.setEnabled(False)
        background.run(
            self,
            lambda _report: self._export(target, names),
            succeeded=self._on_exported,
            failed=self._on_failed,
        )

    def _on_exported(self, done: Exported) -> None:
        self.save.setEnabled(True)
        self.finish()
        self.exported.emit(done)

    def _on_failed(self, error: PerpuDeskError) -> None:
        self.save.setEnabled(True)
        self.form.show_error(error)
