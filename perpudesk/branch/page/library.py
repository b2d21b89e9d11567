"""Which library this is and when it is open; its kop and its people by their editors."""

from __future__ import annotations

from typing import Any

from perpudesk.branch.checks import EARLIEST_FOUNDED, LATEST_FOUNDED, MOST_PEOPLE
from perpudesk.branch.form.editor import Editor
from perpudesk.branch.form.fields import kind_field, zone_field, zone_hint
from perpudesk.branch.form.hours import HoursEditor
from perpudesk.branch.form.live import LiveForm
from perpudesk.branch.form.section import Section
from perpudesk.branch.service import BranchService
from perpudesk.core.codes import BranchKind
from perpudesk.core.i18n import tr
from perpudesk.ui.fields import NumberField, TextField

_TEXTS = ("name", "place", "address", "phone", "email", "npp", "region_code")


class LibrarySection(Section):
    """The branch's identity."""

    def __init__(self, branch: BranchService) -> None:
        super().__init__(tr("What is written here stands on reports. Only the name must be there."))
        self._branch = branch
        self.form = form = LiveForm(self._keep)
        form.add("name", tr("Name of the library"), TextField())
        form.add("kind", tr("Kind"), kind_field())
        form.add("zone", tr("Time zone"), zone_field(branch.current().zone), hint=zone_hint())
        form.add("place", tr("Place"), TextField(), hint=tr("Stands before the date on reports."))
        form.add("address", tr("Address"), TextField(), beside=True, stretch=2)
        form.add("phone", tr("Telephone"), TextField())
        form.add("email", tr("E-mail"), TextField(), beside=True, stretch=2)
        hint = tr("Nomor Pokok Perpustakaan, if there is one.")
        form.add("npp", "NPP", TextField(), hint=hint)
        hint = tr("Such as 62.01.02.2003, of Kemendagri.")
        form.add("region_code", tr("Region code"), TextField(), hint=hint, beside=True)
        people = NumberField(high=MOST_PEOPLE)
        form.add("population_served", tr("People it serves"), people, beside=True)
        founded = NumberField(low=EARLIEST_FOUNDED, high=LATEST_FOUNDED)
        hint = tr("Files with activities from before that year are questioned.")
        form.add("founded_year", tr("Year it began"), founded, hint=hint)
        self.body.addWidget(form)

    def refresh(self) -> None:
        branch = self._branch.current()
        texts = {name: getattr(branch, name) or "" for name in _TEXTS}
        self.form.show_kept(
            **texts,
            kind=str(branch.kind),
            zone=branch.zone,
            population_served=branch.population_served,
            founded_year=branch.founded_year,
        )

    def _keep(self, name: str, value: Any) -> None:
        self._branch.set_up(**{name: BranchKind(value) if name == "kind" else value})


class EditorSection(Section):
    """One of the editors that the first run shows too."""

    def __init__(self, sentence: str, editor: Editor) -> None:
        super().__init__(sentence)
        self.editor = editor
        self.body.addWidget(editor)

    def refresh(self) -> None:
        self.editor.refresh()


class HoursSection(Section):
    """When the branch is open."""

    def __init__(self, branch: BranchService) -> None:
        super().__init__(
            tr(
                "Days outside these hours count as closed, not as forgotten. A single day is set "
                "in the calendar of the front desk."
            )
        )
        self._branch = branch
        self.editor = HoursEditor(lambda week: branch.set_up(opening_hours=week))
        self.body.addWidget(self.editor)

    def refresh(self) -> None:
        self.editor.show_week(self._branch.current().opening_hours)
