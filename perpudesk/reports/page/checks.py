"""What to look at before a month is closed."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from perpudesk.core.i18n import tr
from perpudesk.reports.periodic.checks import Check, Verdict
from perpudesk.ui import theme
from perpudesk.ui.buttons import Button
from perpudesk.ui.cards import Card
from perpudesk.ui.layout import boxed, in_order, row
from perpudesk.ui.marks import Pill
from perpudesk.ui.text import Divider, Text

_MARK_WIDTH = 38
_MARKS = {Verdict.GOOD: ("✓", "ok"), Verdict.LOOK: ("!", "warn"), Verdict.MEND: ("!", "error")}


class ChecksCard(Card):
    """One line for each check, with a way to where it can be mended."""

    asked = Signal(object)
    """A `Check` whose *Open* was pressed."""

    def __init__(self) -> None:
        super().__init__(tr("Check before closing"))
        self._list = QVBoxLayout()
        self._list.setSpacing(6)
        self._lines: list[QWidget] = []
        self._links: list[Button] = []
        self._place = QWidget(self)  # never seen: Qt orders only what may have the keys
        self._place.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._place.hide()
        self.add(self._list)

    def show_checks(self, checks: Sequence[Check]) -> None:
        """Show these in place of the ones before."""
        for line in self._lines:
            self._list.removeWidget(line)
            line.hide()
            line.deleteLater()
        self._lines, self._links = [], []
        for place, check in enumerate(checks):
            self._lines += [*([Divider()] if place else []), self._line(check)]
        for line in self._lines:
            self._list.addWidget(line)
        in_order(self._place, *self._links)  # new ones would come last in the window

    def _line(self, check: Check) -> QWidget:
        sign, tone = _MARKS[check.verdict]
        mark = Pill(sign, tone)
        mark.setAlignment(Qt.AlignmentFlag.AlignCenter)
        mark.setFixedWidth(theme.current().px(_MARK_WIDTH))
        mark.setAccessibleName(_spoken(check.verdict))
        words = Text(check.text, wrap=True)
        box = row(mark, words, gap=10)
        box.setStretchFactor(words, 1)
        box.setAlignment(mark, Qt.AlignmentFlag.AlignVCenter)
        if check.leads:
            words_on_it = tr("Copy") if check.on_paper else tr("Open")
            link = Button(words_on_it, lambda: self.asked.emit(check), kind="link")
            link.setAccessibleDescription(check.text)
            box.addWidget(link)
            self._links.append(link)
        return boxed(box)


def _spoken(verdict: Verdict) -> str:
    """What a screen reader says for the sign."""
    if verdict is Verdict.GOOD:
        return tr("In order")
    return tr("Worth a look") if verdict is Verdict.LOOK else tr("To be mended")
