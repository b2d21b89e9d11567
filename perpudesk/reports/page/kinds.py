"""The row of papers above *Laporan*: the report of a period, and what is printed beside it."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from perpudesk.core.i18n import tr
from perpudesk.reports.papers.kinds import PaperKind
from perpudesk.ui.buttons import ChipGroup
from perpudesk.ui.page import Page

REPORT = "report"
"""The slug of the report itself among the papers."""


def paper_names() -> dict[str, str]:
    """What is offered, in order: its slug, and what it is called."""
    return {
        REPORT: tr("Report"),
        PaperKind.COMPARISON: tr("Comparison"),
        PaperKind.DAYS: tr("Daily recap"),
        PaperKind.VISITS: tr("Visit recap"),
        PaperKind.TPBIS: tr("SIM TPBIS"),
        PaperKind.PASAL15: tr("Pasal 15"),
    }


class KindsRow(ChipGroup):
    """One chip a paper; `Ctrl+1` and on choose them wherever the focus is."""

    def __init__(self, page: Page, chosen: str, *, parent: QWidget | None = None) -> None:
        """The row of `page`, whose own paper is `chosen`."""
        names = paper_names()
        super().__init__(tr("Paper"), list(names.items()), value=chosen, parent=parent)
        for place, (slug, name) in enumerate(names.items(), start=1):
            chip = self.chip(slug)
            chip.setToolTip(f"{name} (Ctrl+{place})")
            page.add_key(f"Ctrl+{place}", name, chip.click)
