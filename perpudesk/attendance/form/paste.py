"""A whole list of participants at once, copied from a spreadsheet."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from perpudesk.attendance.pasting import Pasted, people_of
from perpudesk.attendance.registering import Put, Registrar
from perpudesk.branch.service import BranchService
from perpudesk.core.errors import InputError, PerpuDeskError
from perpudesk.core.formats import number
from perpudesk.core.i18n import tr, trn
from perpudesk.ui.buttons import Button
from perpudesk.ui.fields import ParagraphField
from perpudesk.ui.files import FileDialog
from perpudesk.ui.forms import Form, FormDialog
from perpudesk.ui.messages import show_error
from perpudesk.ui.text import Text

ReadList = Callable[[Path], str]
"""The people of a file, one a line; raises `FileError`."""
_LATER_MS = 150
_LOOKED_UP = 80
"""In a longer list nobody is looked up while it is typed."""


class PasteDialog(FormDialog):
    """Ctrl+Enter puts everybody on the list as one step, or nobody; Escape closes."""

    WIDE = 620
    stored = Signal(object)
    """What became of them: a `Put`."""

    def __init__(
        self,
        enrol: Callable[..., object],
        registrar: Registrar,
        branch: BranchService,
        *,
        read: ReadList | None = None,
        parent: QWidget | None = None,
    ) -> None:
        """`enrol` puts one patron (`patron_id`) or `profile` on the list.

        `read` makes lines of a file; where nobody can, no file is offered.
        """
        form = Form()
        super().__init__(tr("Paste a list"), form, action=tr("Put on the list"), parent=parent)
        self._enrol, self._registrar, self._read = enrol, registrar, read
        entries = branch.entries("occupations", retired=True)
        self._occupations = {each.label: each.slug for each in entries}
        said = tr(
            "Copy the rows in a spreadsheet and paste them here, one person a line: name, sex (L "
            "or P), age, occupation. All but the name may be missing."
        )
        form.add_part(Text(said, "quiet", wrap=True))
        form.add("people", tr("People"), ParagraphField(lines=9))
        self.told = Text("", "strong", wrap=True)
        form.add_part(self.told)
        self._later = QTimer(self, singleShot=True, interval=_LATER_MS)
        self._later.timeout.connect(self.show_found)
        form.changed.connect(self._later.start)
        self.submitted.connect(self._on_submitted)
        self.finished.connect(self._later.stop)
        self.file = Button(tr("From a file…"), self.ask, icon="folder", key="Ctrl+O")
        if read is not None:
            self.add_button(self.file)
            QShortcut(QKeySequence("Ctrl+O"), self).activated.connect(self.ask)
        self.show_found()

    def ask(self) -> None:
        """Choose a file, and put its people into the field: they are looked at first."""
        kinds = [tr("Tables ({ends})", ends="*.xlsx *.csv *.txt *.tsv")]
        path = FileDialog(self, tr("List of participants"), kinds).ask()
        if path is not None:
            self.read(path)

    def read(self, path: Path) -> None:
        """Put the people of a file into the field, or say why it cannot be read."""
        if self._read is None:
            return
        try:
            lines = self._read(path)
        except PerpuDeskError as error:
            show_error(self, error)
            return
        self.form.fill(people=lines)
        self.show_found()

    def people(self) -> list[Pasted]:
        """Who stands there; raises `InputError` on the first line that cannot be read."""
        return people_of(self.form.value("people"), self._occupations)

    def show_found(self) -> None:
        """Say how many were found, and how many of them are known already."""
        try:
            people = self.people()
        except InputError:  # told when it is stored
            self.told.hide()
            return
        n = len(people)
        words = trn("{count} person", "{count} people", n, count=number(n))
        if n <= _LOOKED_UP:
            known = sum(self._registrar.known_as(each) is not None for each in people)
            words = tr("{people}, {known} known here.", people=words, known=number(known))
        self.told.setText(words)
        self.told.show()

    def _on_submitted(self) -> None:
        kept: list[Put] = []
        if self.form.attempt(lambda: kept.append(self._store())):
            self.accept()
            self.stored.emit(kept[0])

    def _store(self) -> Put:
        return self._registrar.enrol_people(self.people(), self._enrol)
