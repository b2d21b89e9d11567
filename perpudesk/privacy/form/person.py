"""What can be done about one person's data: print it, erase it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from perpudesk.attendance.framing import House
from perpudesk.core.errors import PerpuDeskError
from perpudesk.core.i18n import tr, trn
from perpudesk.paper.files import pdf_of
from perpudesk.patrons.model import Patron
from perpudesk.privacy.papers import held_sheet
from perpudesk.privacy.service import PrivacyService
from perpudesk.privacy.telling import counted, mention_told
from perpudesk.ui.fields import CheckField
from perpudesk.ui.forms import Form, FormDialog
from perpudesk.ui.messages import show_error
from perpudesk.ui.paper_dialog import PaperDialog
from perpudesk.ui.text import Text

_MOST = 6
"""So many places where the name stands in free words are listed."""


class EraseDialog(FormDialog):
    """Says what goes and what stays, and where the name stands besides; a tick erases."""

    erased = Signal()

    def __init__(self, privacy: PrivacyService, patron: Patron, *, parent: QWidget) -> None:
        form = Form()
        title = tr("Erase what is held on {name}", name=patron.name)
        super().__init__(title, form, action=tr("Erase for good"), parent=parent)
        self._privacy, self._patron = privacy, patron
        held = privacy.held(patron)
        for words in (
            tr("Name, number, village, contact and note go for good and cannot be brought back."),
            tr("What stays, without a name: {what}. No count changes.", what=counted(held)),
            tr("The next time the program is closed it takes a moment longer: no byte is left."),
        ):
            form.add_part(Text(words, wrap=True))
        if held.mentions:
            count = len(held.mentions)
            head = trn(
                "The name also stands in {n} free note. Mend it yourself:",
                "The name also stands in {n} free notes. Mend them yourself:",
                count,
            )
            form.add_part(Text(head, "error", wrap=True))
            for each in held.mentions[:_MOST]:
                form.add_part(Text(mention_told(each, patron.name), "quiet", wrap=True))
        form.add("sure", "", CheckField(tr("Yes, erase it for good")))
        form.changed.connect(self._on_changed)
        self.submitted.connect(self._on_submitted)
        self._on_changed()

    def _on_changed(self) -> None:
        self.save.setEnabled(bool(self.form.value("sure")))

    def _on_submitted(self) -> None:
        if not self.form.value("sure"):
            return
        try:
            self._privacy.erase(self._patron.id)
        except PerpuDeskError as error:
            show_error(self, error)
            return
        self.finish()
        self.erased.emit()


def held_dialog(
    privacy: PrivacyService, house: House, patron: Patron, facts: Mapping[str, str], over: QWidget
) -> PaperDialog:
    """What is held on a person, as pages to print; `facts` are those of the card."""
    held = privacy.held(patron)
    document = held_sheet(house, patron.name, facts, held, on=privacy.today())
    title = tr("What is held on {name}", name=patron.name)
    dialog = PaperDialog(title, lambda: partial(pdf_of, document), lambda: title, parent=over)
    dialog.set_out()
    dialog.refresh()
    return dialog
