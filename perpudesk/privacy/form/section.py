"""*Data pribadi* in the settings: what is kept and why, in plain words, and for how long."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtWidgets import QBoxLayout

from perpudesk.attendance.framing import House
from perpudesk.branch.checks import MOST_RETENTION
from perpudesk.branch.form.live import LiveForm
from perpudesk.branch.form.section import Section
from perpudesk.branch.service import BranchService
from perpudesk.core.errors import PerpuDeskError
from perpudesk.core.i18n import tr
from perpudesk.paper.files import pdf_of
from perpudesk.privacy.papers import incident_sheet
from perpudesk.privacy.service import PrivacyService
from perpudesk.privacy.telling import outlook_told
from perpudesk.ui.buttons import Button
from perpudesk.ui.fields import NumberField
from perpudesk.ui.layout import column, row
from perpudesk.ui.messages import confirm, show_error
from perpudesk.ui.paper_dialog import PaperDialog
from perpudesk.ui.text import Divider, Text

MONTHS = "retention_months"


class PrivacySection(Section):
    """What a patron may ask, answered on one screen."""

    def __init__(
        self, privacy: PrivacyService, branch: BranchService, house: Callable[[], House]
    ) -> None:
        super().__init__(
            tr("What is kept of people, why, and for how long. You can show this to anybody.")
        )
        self._privacy, self._branch, self._house = privacy, branch, house
        for title, words in (
            (
                tr("What is kept"),
                tr(
                    "A visit is a sex and an age group; nobody needs a name. Whoever wants to be "
                    "known has a name, and if they like a number, a village and a contact. Never "
                    "an identity number, a photo, a religion. Under 18 only with a guardian's "
                    "consent."
                ),
            ),
            (
                tr("Where it is"),
                tr(
                    "On this computer and in its backups. Reports, tables and what is sent to the "
                    "district hold numbers only. Backups on a stick are sealed."
                ),
            ),
            (
                tr("What people may ask"),
                tr(
                    "To see what is held on them, to have it mended, and to have it erased: all "
                    "three stand on their card in “Patrons”. No count changes by it."
                ),
            ),
        ):
            self._add(title, Text(words, "quiet", wrap=True))
        self.form = LiveForm(self._keep)
        self.form.add(
            MONTHS,
            tr("Erase a name after so many months without being seen"),
            NumberField(low=1, high=MOST_RETENTION),
            hint=tr(
                "By itself, at the start. Older backups keep it until they are replaced, at most "
                "12 months; one that is restored has it erased again."
            ),
        )
        self.outlook = Text("", wrap=True)
        self.now = Button(tr("Do not wait"), self._on_now, kind="link")
        self.body.addWidget(Divider())
        self.body.addWidget(self.form)
        self.body.addLayout(row(self.outlook, self.now, None))
        self.incident = Button(tr("Data incident sheet…"), self._on_incident, icon="print")
        lost = tr("A computer or stick was lost, or somebody saw what is not theirs?")
        asked = Text(lost, "quiet", wrap=True)
        self._add(tr("When something went wrong"), asked, row(self.incident, None))

    def _add(self, title: str, words: Text, parts: QBoxLayout | None = None) -> None:
        self.body.addWidget(Divider())
        lines = [Text(title, "label"), words]
        box = column(*lines, gap=4) if parts is None else column(*lines, 2, parts, gap=4)
        self.body.addLayout(box)

    def refresh(self) -> None:
        outlook = self._privacy.outlook()
        self.form.show_kept(retention_months=outlook.months)
        self.outlook.setText(outlook_told(outlook))
        self.now.setVisible(outlook.waits_until is not None and outlook.due > 0)

    def _keep(self, name: str, value: Any) -> None:
        self._branch.set_up(**{name: value})
        self.outlook.setText(outlook_told(self._privacy.outlook()))

    def _on_now(self) -> None:
        question = tr("Are these names to be erased at the next start?")
        if not confirm(self, question, action=tr("Erase them")):
            return
        try:
            self._privacy.wait_no_longer()
        except PerpuDeskError as error:
            show_error(self, error)
        self.refresh()

    def _on_incident(self) -> None:
        document = incident_sheet(self._house(), self._branch.today())
        title = tr("Data incident sheet")
        dialog = PaperDialog(title, lambda: partial(pdf_of, document), lambda: title, parent=self)
        dialog.set_out()
        dialog.refresh()
        dialog.open()


def privacy_told(branch: BranchService) -> str:
    """A few words for the list of the settings."""
    return tr("names for {n} months", n=branch.current().retention_months)
