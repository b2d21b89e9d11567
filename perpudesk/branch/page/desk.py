"""How the front desk asks, and how this window looks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Signal

from perpudesk.branch.checks import MOST_REPEAT
from perpudesk.branch.form.fields import LANGUAGE_NAMES
from perpudesk.branch.form.live import LiveForm
from perpudesk.branch.form.section import Section
from perpudesk.branch.service import BranchService
from perpudesk.core.codes import AGE_SETS, AgeBand, Paper, Theme, label
from perpudesk.core.formats import number
from perpudesk.core.i18n import tr, trn
from perpudesk.core.settings import SCALES, change_settings, read_settings
from perpudesk.ui.buttons import ChipGroup
from perpudesk.ui.fields import CheckField, NumberField

_SHORTEST_GAP, _LONGEST_GAP = 5, 500


class DeskSection(Section):
    """Age groups, occupation, repeated cards, and how fast a scanner types."""

    machine_changed = Signal()
    """A setting of this machine that the desk page reads when it is made."""

    def __init__(self, branch: BranchService) -> None:
        super().__init__(tr("How the front desk asks, at every computer of the branch."))
        self._branch = branch
        self.form = form = LiveForm(self._keep)
        sets = " · ".join(_bands(bands) for bands in AGE_SETS.values())
        form.add("age_set", tr("Age groups of the tap grid"), _age_sets(), hint=sets)
        form.add("ask_occupation", "", CheckField(tr("Ask for the occupation too")))
        form.add(
            "repeat_minutes",
            tr("Ask when a card comes again within (minutes)"),
            NumberField(high=MOST_REPEAT),
            hint=tr("0 never asks. A second visit is never dropped silently."),
        )
        form.add(
            "scan_gap_ms",
            tr("Longest gap between two letters of a scanner (ms)"),
            NumberField(low=_SHORTEST_GAP, high=_LONGEST_GAP),
            hint=tr("Raise it if scanned cards arrive as taps. Usual: 35."),
            beside=True,
        )
        self.body.addWidget(form)

    def refresh(self) -> None:
        branch = self._branch.current()
        self.form.show_kept(
            age_set=branch.age_set,
            ask_occupation=branch.ask_occupation,
            repeat_minutes=branch.repeat_minutes,
            scan_gap_ms=read_settings().scan_gap_ms,
        )

    def _keep(self, name: str, value: Any) -> None:
        if name == "scan_gap_ms":
            change_settings(scan_gap_ms=value)
            self.machine_changed.emit()
        else:
            self._branch.set_up(**{name: value})


def _age_sets() -> ChipGroup:
    options = [
        (key, trn("{count} group", "{count} groups", len(bands), count=number(len(bands))))
        for key, bands in AGE_SETS.items()
    ]
    return ChipGroup(tr("Age groups of the tap grid"), options)


def _bands(bands: Sequence[AgeBand]) -> str:
    return f"{number(len(bands))}: {', '.join(band.label for band in bands)}"


class AppearanceSection(Section):
    """Language, colours, size of text, paper: of this machine, not of the branch."""

    appearance_changed = Signal()
    """Language, colours or size were stored; the window can be made anew."""

    def __init__(self) -> None:
        super().__init__(tr("These belong to this computer. They change nothing in the records."))
        self.form = form = LiveForm(self._keep)
        form.add("language", tr("Language"), ChipGroup(tr("Language"), LANGUAGE_NAMES))
        themes = [(str(each), label(each)) for each in Theme]
        form.add("theme", tr("Colours"), ChipGroup(tr("Colours"), themes))
        scales = [(str(each), f"{each}%") for each in SCALES]
        form.add("scale", tr("Size of text"), ChipGroup(tr("Size of text"), scales))
        papers = [(str(each), label(each)) for each in Paper]
        hint = tr("F4 is 215 × 330 mm.")
        form.add("paper", tr("Paper of reports"), ChipGroup(tr("Paper"), papers), hint=hint)
        self.body.addWidget(form)

    def refresh(self) -> None:
        kept = read_settings()
        self.form.show_kept(
            language=kept.language,
            theme=str(kept.theme),
            scale=str(kept.scale),
            paper=str(kept.paper),
        )

    def _keep(self, name: str, value: str) -> None:
        read = {"scale": int, "theme": Theme, "paper": Paper}.get(name, str)
        change_settings(**{name: read(value)})
        if name != "paper":
            self.appearance_changed.emit()
