"""*Target* in the settings: what a year is to reach, and from where on that is green."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from perpudesk.branch.form.live import LiveForm
from perpudesk.branch.form.section import Section
from perpudesk.core.formats import number
from perpudesk.core.i18n import tr, trn
from perpudesk.reports.model import AIMS, Indicator
from perpudesk.totals.model import MOST, MOST_SHARE
from perpudesk.totals.service import TotalsService
from perpudesk.ui.buttons import ChipGroup
from perpudesk.ui.decimals import DecimalField
from perpudesk.ui.fields import NumberField

_THRESHOLDS = ("green", "yellow")


class TargetsSection(Section):
    """One year at a time: a number for each indicator, stored as it is typed."""

    def __init__(self, totals: TotalsService, today: date) -> None:
        super().__init__(
            tr(
                "What a year is to reach; empty is no target. Of a sum, shorter periods are to "
                "reach their part."
            )
        )
        self._totals = totals
        years = [(str(year), str(year)) for year in range(today.year - 1, today.year + 2)]
        self.years = ChipGroup(tr("Year"), years, value=str(today.year))
        self.years.chosen.connect(self._on_year)
        self._year = today.year
        self.form = LiveForm(self._keep)
        self._add_targets()
        self._add_thresholds()
        self.body.addWidget(self.years)
        self.body.addWidget(self.form)

    def _add_targets(self) -> None:
        for place, indicator in enumerate(AIMS.values()):
            field = DecimalField(high=MOST) if indicator.ratio else NumberField(high=MOST)
            self.form.add(indicator.code, _label(indicator), field, beside=place % 2 == 1)

    def _add_thresholds(self) -> None:
        self.form.add_section(tr("Colours of what was reached"))
        most = round(MOST_SHARE * 100)
        self.form.add(
            "green", tr("Green from (percent of the target)"), DecimalField(low=1, high=most)
        )
        self.form.add(
            "yellow",
            tr("Yellow from (percent of the target)"),
            DecimalField(low=1, high=most),
            beside=True,
        )

    def refresh(self) -> None:
        targets, thresholds = self._totals.targets(self._year), self._totals.thresholds()
        shown = {
            code: _typed(indicator, targets[code].value) if code in targets else None
            for code, indicator in AIMS.items()
        }
        self.form.show_kept(**shown, green=thresholds.green * 100, yellow=thresholds.yellow * 100)

    def _on_year(self, year: str) -> None:
        if self.form.keep_all():
            self._year = int(year)
            self.refresh()
        else:  # what was refused stays where it was typed
            self.years.choose(str(self._year))

    def _keep(self, name: str, value: Any) -> None:
        if name in _THRESHOLDS:
            thresholds = self._totals.thresholds()
            share = getattr(thresholds, name) if value is None else value / 100
            self._totals.set_thresholds(replace(thresholds, **{name: share}))
            return
        kept = None if value is None else _stored(AIMS[name], value)
        self._totals.set_target(name, self._year, kept)


def _label(indicator: Indicator) -> str:
    name = tr(indicator.name)
    return f"{name} (%)" if indicator.unit == "share" else name


def _typed(indicator: Indicator, value: float) -> float:
    """A target as it is typed: a share in percent, a count whole."""
    if indicator.unit == "share":
        return round(value * 100, 2)
    return value if indicator.ratio else round(value)


def _stored(indicator: Indicator, value: float) -> float:
    return value / 100 if indicator.unit == "share" else value


def targets_told(totals: TotalsService, today: date) -> str:
    """A few words for the list of the settings: `3 target, 2026`."""
    count = len(totals.targets(today.year))
    if not count:
        return tr("none yet")
    told = trn("{count} target", "{count} targets", count, count=number(count))
    return f"{told}, {today.year}"
