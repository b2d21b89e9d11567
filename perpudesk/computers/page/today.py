"""The use of the computers today, in a few numbers."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from perpudesk.computers.board import DaySummary
from perpudesk.core.formats import NOTHING, number, percent
from perpudesk.core.i18n import tr, trc
from perpudesk.ui.cards import Card
from perpudesk.ui.text import Divider, Text


class TodayCard(Card):
    """A line for each number; all of it is read aloud as one."""

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(trc("computers", "Today"), parent=parent)
        self._lines = QGridLayout()
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setHorizontalSpacing(8)
        self._lines.setVerticalSpacing(5)
        self._lines.setColumnStretch(0, 1)
        self._names = (
            tr("Sessions"),
            tr("Minutes used"),
            tr("Use rate"),
            trc("share", "Women and girls"),
            tr("Own devices"),
        )
        self._values = []
        for place, name in enumerate(self._names):
            if place:
                self._lines.addWidget(Divider(), place * 2 - 1, 0, 1, 2)
            self._lines.addWidget(Text(name, wrap=True), place * 2, 0)
            value = Text(NOTHING, "strong")
            value.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            self._lines.addWidget(value, place * 2, 1)
            self._values.append(value)
        self._values[2].setToolTip(
            tr("Minutes of use, of the minutes that usable computers have been there today.")
        )
        self.add(self._lines)

    def show_summary(self, summary: DaySummary) -> None:
        """Show these; only what is another number is painted."""
        said = (
            number(summary.sessions),
            number(summary.minutes),
            _share(summary.use_rate),
            _share(summary.female_share),
            number(summary.devices),
        )
        for value, text in zip(self._values, said, strict=True):
            if value.text() != text:
                value.setText(text)
        spoken = zip(self._names, said, strict=True)
        self.setAccessibleName("; ".join(f"{name}: {text}" for name, text in spoken))


def _share(share: float | None) -> str:
    return NOTHING if share is None else f"{percent(share, 0)}%"
