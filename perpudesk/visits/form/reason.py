"""Why visits are taken out: asked before, kept as their note."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from perpudesk.branch.checks import LIMITS, clean
from perpudesk.core.formats import number
from perpudesk.core.i18n import tr, trn
from perpudesk.ui.buttons import ChipGroup
from perpudesk.ui.fields import TextField
from perpudesk.ui.forms import Form, FormDialog


class ReasonDialog(FormDialog):
    """Asks for a reason; an empty one is one too. Enter removes, Escape leaves all as it is."""

    given = Signal(str)
    """The reason."""

    def __init__(self, count: int, *, parent: QWidget | None = None) -> None:
        title = trn("Remove {count} visit", "Remove {count} visits", count, count=number(count))
        super().__init__(title, Form(enter_submits=True), action=tr("Remove"), parent=parent)
        usual = [tr("typed by mistake"), tr("recorded twice"), tr("only a trial")]
        self.usual = ChipGroup(tr("Reason"), [(text, text) for text in usual])
        self.form.add(
            "note",
            tr("Reason"),
            TextField(),
            hint=tr("It stays with the visits; they can be counted again at any time."),
        )
        self.form.add_part(self.usual)
        self.usual.chosen.connect(self._on_usual)
        self.submitted.connect(self._on_submitted)

    def _on_usual(self, text: str) -> None:
        self.form.fill(note=text)
        self.form.focus_first()

    def _on_submitted(self) -> None:
        def work() -> None:
            clean(self.form.value("note"), "note", most=LIMITS["note"])

        if self.form.attempt(work):
            self.accept()
            self.given.emit(self.form.value("note"))
