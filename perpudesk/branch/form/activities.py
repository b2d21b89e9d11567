"""*Kegiatan* in the settings: who is given a certificate, its number, and when one is dormant."""

from __future__ import annotations

from typing import Any

from perpudesk.branch.checks import MOST_MONTHS
from perpudesk.branch.form.live import LiveForm
from perpudesk.branch.form.section import Section
from perpudesk.branch.numbering import LONGEST, USUAL, NumberPattern
from perpudesk.branch.service import BranchService
from perpudesk.core.errors import InputError
from perpudesk.core.i18n import tr
from perpudesk.ui.fields import NumberField, TextField

PATTERN = "certificate_pattern"


class ActivitiesSection(Section):
    """What trainings and communities have in common, stored as it is typed."""

    def __init__(self, branch: BranchService) -> None:
        super().__init__(
            tr("What counts for all trainings and communities. A training may have its own share.")
        )
        self._branch = branch
        self.form = form = LiveForm(self._keep)
        form.add(
            "certificate_threshold",
            tr("A certificate from (percent of the meetings held)"),
            NumberField(low=0, high=100),
        )
        pattern = TextField(placeholder=USUAL)
        pattern.setMaxLength(LONGEST)
        form.add(PATTERN, tr("Number of a certificate"), pattern)
        form.add(
            "dormant_months",
            tr("A community is dormant after (months)"),
            NumberField(low=1, high=MOST_MONTHS),
            hint=tr("So long without a meeting."),
        )
        form.changed.connect(self._show_example)
        self.body.addWidget(form)

    def refresh(self) -> None:
        branch = self._branch.current()
        self.form.show_kept(
            certificate_threshold=branch.certificate_threshold,
            certificate_pattern=branch.certificate_pattern or "",
            dormant_months=branch.dormant_months,
        )
        self._show_example()

    def _show_example(self) -> None:
        """Below the pattern stands the number that it makes, while it is typed."""
        known = tr("In braces: {known}.", known="{n:03} {roman} {month} {year}")
        try:
            pattern = NumberPattern.parse(self.form.value(PATTERN) or USUAL)
        except InputError:
            hint = known
        else:
            first = tr("The first one: {number}", number=pattern.number(1, self._branch.today()))
            hint = f"{first} · {known}"
        self.form.field(PATTERN).set_hint(hint)

    def _keep(self, name: str, value: Any) -> None:
        self._branch.set_up(**{name: value})


def activities_told(branch: BranchService) -> str:
    """A few words for the list of the settings: `sertifikat mulai 75%`."""
    return tr("certificate from {share}%", share=branch.current().certificate_threshold)
