"""Today at a glance: how many, against the usual, this month, and hour by hour."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from perpudesk.branch.model import Week
from perpudesk.core.formats import half_up, number
from perpudesk.core.i18n import tr, trn
from perpudesk.ui.cards import Card
from perpudesk.ui.layout import CARD_GAP, row
from perpudesk.ui.marks import HourBars, Stat
from perpudesk.visits.model import Today

_USUAL_HOURS = range(8, 16)


class TodayCard(Card):
    """Numbers to look at, not to read."""

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._total = Stat(tr("Today"), role="display")
        self._usual = Stat(tr("Usually by this hour"), role="title")
        self._month = Stat(tr("This month"), role="title")
        self.bars = HourBars()
        line = row(self._total, self._usual, self._month, self.bars, gap=CARD_GAP)
        line.setStretchFactor(self.bars, 1)
        for stat in (self._total, self._usual, self._month):
            line.setAlignment(stat, Qt.AlignmentFlag.AlignBottom)
        self.add(line)

    def set_compact(self, compact: bool) -> None:
        """Leave the bars out, for a small screen."""
        self.bars.setHidden(compact)
        above = 8 if compact else 14
        self.body.setContentsMargins(16, above, 16, above)

    def show_today(self, today: Today, *, week: Week | None, hour: int) -> None:
        """Show `today` at the hour `hour` of a branch that is open by `week`."""
        unit = trn("visit", "visits", today.total)
        self._total.show_value(number(today.total), unit=unit)
        self._month.show_value(number(today.month))
        self._show_usual(today)
        hours = {each: today.by_hour.get(each, 0) for each in _hours(today, week)}
        self.bars.show_hours(hours, now=hour)

    def _show_usual(self, today: Today) -> None:
        change = today.against_usual
        if today.usual is None:
            self._usual.setToolTip(tr("Known once four such weekdays have been counted."))
            self._usual.show_value(number(None))
        elif change is None:  # nobody comes so early: no share of it can be told
            self._usual.show_value(number(today.usual))
        elif not half_up(change * 100):
            self._usual.show_value(number(today.usual), delta=tr("as usual"))
        else:
            sign, tone = ("▲", "ok") if change > 0 else ("▼", "neutral")
            delta = f"{sign} {number(abs(change) * 100)}%"
            self._usual.show_value(number(today.usual), delta=delta, tone=tone)


def _hours(today: Today, week: Week | None) -> list[int]:
    """The hours of a bar each: those the branch is open, and any other that somebody came in."""
    hours = week[today.day.weekday()] if week else None
    usual = _USUAL_HOURS if hours is None else range(hours.opens // 60, -(-hours.closes // 60))
    known = {*usual, *today.by_hour}
    return list(range(min(known), max(known) + 1))
