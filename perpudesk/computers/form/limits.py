"""*Batas waktu* in the settings: how long a use of a computer lasts, and what is heard of it."""

from __future__ import annotations

from typing import Any

from perpudesk.branch.checks import LONGEST_LIMIT, MOST_HOURS, SHORTEST_LIMIT
from perpudesk.branch.form.live import LiveForm
from perpudesk.branch.form.section import Section
from perpudesk.branch.model import SESSION_LIMITS
from perpudesk.branch.service import BranchService
from perpudesk.core.formats import number
from perpudesk.core.i18n import tr, trn
from perpudesk.core.settings import change_settings, read_settings
from perpudesk.ui.fields import CheckField, NumberField


class LimitsSection(Section):
    """Four limits by who the visitor is, stored as they are typed."""

    def __init__(self, branch: BranchService) -> None:
        super().__init__(
            tr(
                "How long a use lasts unless the desk says otherwise. A session that goes on keeps "
                "the limit it began with."
            )
        )
        self._branch = branch
        self.form = form = LiveForm(self._keep)
        titles = (
            tr("Adults, members (minutes)"),
            tr("Adults, not members (minutes)"),
            tr("Under 18, members (minutes)"),
            tr("Under 18, not members (minutes)"),
        )
        for place, (name, title) in enumerate(zip(SESSION_LIMITS, titles, strict=True)):
            field = NumberField(low=SHORTEST_LIMIT, high=LONGEST_LIMIT)
            form.add(name, title, field, beside=place % 2 == 1)
        form.add(
            "forgotten_hours",
            tr("Forgotten after (hours)"),
            NumberField(low=1, high=MOST_HOURS),
            hint=tr("A session longer than this counts, but its minutes are unknown."),
        )
        form.add(
            "sound",
            "",
            CheckField(tr("A sound when the time is nearly over, and when it is over")),
            hint=tr("At this computer."),
        )
        self.body.addWidget(form)

    def refresh(self) -> None:
        branch = self._branch.current()
        kept = {name: getattr(branch, name) for name in (*SESSION_LIMITS, "forgotten_hours")}
        self.form.show_kept(**kept, sound=read_settings().sound)

    def _keep(self, name: str, value: Any) -> None:
        if name == "sound":
            change_settings(sound=value)
        else:
            self._branch.set_up(**{name: value})


def limits_told(branch: BranchService) -> str:
    """A few words for the list of the settings: `30 menit`, `15–60 menit`."""
    known = branch.current()
    limits = sorted({getattr(known, name) for name in SESSION_LIMITS})
    if len(limits) > 1:
        low, high = number(limits[0]), number(limits[-1])
        return tr("{low}–{high} minutes", low=low, high=high)
    return trn("{count} minute", "{count} minutes", limits[0], count=number(limits[0]))
