"""The right side of the page: what to check, what to note, and closing the month."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from perpudesk.core.formats import date_long, month_names, number
from perpudesk.core.i18n import tr
from perpudesk.reports.closing import Closing, MonthState, Standing, closable_from, shown_code
from perpudesk.reports.page.checks import ChecksCard
from perpudesk.reports.page.notes import NotesCard
from perpudesk.reports.periodic.changes import change_sentence
from perpudesk.reports.periodic.checks import checks
from perpudesk.reports.periodic.reported import Reported
from perpudesk.ui.buttons import Button
from perpudesk.ui.cards import Card
from perpudesk.ui.layout import CARD_GAP, Scroll, boxed, column, row
from perpudesk.ui.text import Text

SHOWN = 3
"""So many changes are named here; the report and the command name more."""


class ClosingSide(QWidget):
    """Checks and notes, which scroll, above what can be done about closing, which does not.

    Where there is little height that comes first and scrolls too.
    """

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.checks = ChecksCard()
        self.notes = NotesCard()
        self.card = CloseCard()
        self._inner = column(self.checks, self.notes, None, gap=CARD_GAP)
        self._outer = column(Scroll(boxed(self._inner)), self.card, gap=CARD_GAP)
        self._outer.setStretch(0, 1)
        self._outer.setContentsMargins(0, 0, 0, 0)
        self.setLayout(self._outer)

    def set_tall(self, tall: bool) -> None:
        """Say whether there is height for all of it."""
        if tall:
            self._outer.addWidget(self.card)
        else:
            self._inner.insertWidget(0, self.card)

    def show_month(
        self, month: Reported, revisions: Sequence[Closing], seen: Closing | None
    ) -> None:
        """Show a month; `seen` is the revision whose pages are shown."""
        self.checks.show_checks(checks(month))
        self.notes.show_notes(month.period, month.notes)
        self.card.show_month(month, revisions, seen)


class CloseCard(Card):
    """How far a month is, what changed since it was closed, and its revisions."""

    close_asked = Signal()
    """The month is to be closed."""
    revision_asked = Signal(object)
    """The `Closing` whose pages are wanted; None for the month as it is now."""

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.close_month = Button("", self.close_asked.emit, kind="primary", key="Ctrl+T")
        self._title = Text("", "label", wrap=True)
        self._words = Text("", "small", wrap=True)
        self._links = QVBoxLayout()
        self._links.setSpacing(0)
        self.links: list[Button] = []
        for part in (self._title, self.close_month, self._words):
            self.add(part)
        self.add(self._links)

    def show_month(
        self, month: Reported, revisions: Sequence[Closing], seen: Closing | None
    ) -> None:
        """Show a month; `seen` is the revision whose pages are shown."""
        state = month.state
        self._title.setText(_title(state))
        self._title.setVisible(bool(_title(state)))
        self._words.setText(_words(month))
        name = month_names()[month.period.first.month - 1]
        once = tr("Close {month}…", month=name)
        self.close_month.set_label(tr("Close again…") if state.edition else once)
        self.close_month.setVisible(state.standing in (Standing.READY, Standing.CHANGED))
        self._show_links(state, revisions, seen)

    def _show_links(
        self, state: MonthState, revisions: Sequence[Closing], seen: Closing | None
    ) -> None:
        for link in self.links:
            self._links.removeWidget(link)
            link.hide()
            link.deleteLater()
        current = state.closing if state.is_final else None
        links: list[tuple[str, Callable[[], object]]] = [
            (tr("Show revision {n}", n=each.edition), partial(self.revision_asked.emit, each))
            for each in reversed(revisions)
            if each not in (seen, current)
        ]
        if seen != current:
            back = partial(self.revision_asked.emit, None)
            links.insert(0, (tr("Back to the month as it is"), back))
        if state.is_final:
            links.append((tr("Mend the letter…"), self.close_asked.emit))
        self.links = [Button(text, slot, kind="link") for text, slot in links]
        for link in self.links:
            self._links.addLayout(row(link, None))


def _title(state: MonthState) -> str:
    """That it is closed, or was."""
    if state.closing is None:
        return ""
    if state.is_final:
        return tr("Closed · revision {n}", n=state.edition)
    return tr("Changed since revision {n}", n=state.edition)


def _words(month: Reported) -> str:
    """What closing will do, or has done, or what changed since."""
    state = month.state
    match state.standing:
        case Standing.RUNNING:
            day = date_long(closable_from(month.period))
            return tr("The month is still running. It can be closed from {day} on.", day=day)
        case Standing.READY:
            return tr("Keeps number, date, signatories and figures as revision 1.")
        case Standing.CLOSED:
            code = "" if state.closing is None else shown_code(state.closing.code)
            return tr("Check code {code}. These pages print again exactly as closed.", code=code)
        case Standing.CHANGED:
            return _changes(month)


def _changes(month: Reported) -> str:
    found = month.state.changes
    lines = [change_sentence(each, month.labels) for each in found[:SHOWN]]
    if rest := len(found) - len(lines):
        lines.append(tr("… and {n} changes more.", n=number(rest)))
    return "\n".join(lines)


def status_of_many(*, final: bool) -> tuple[str, str]:
    """How final a period of several months is: a word and its tone."""
    if final:
        return tr("Final · all months closed"), "ok"
    return tr("Provisional · not all months closed"), "warn"


def status_of(state: MonthState, seen: Closing | None) -> tuple[str, str]:
    """How final what is seen is: a word and its tone."""
    if seen is not None and seen != state.closing:
        return tr("Revision {n} · not the newest", n=seen.edition), "neutral"
    if seen is not None and state.is_final:
        code = shown_code(seen.code)
        return tr("Closed · revision {n} · {code}", n=seen.edition, code=code), "ok"
    if state.edition:
        return tr("Provisional · changed since revision {n}", n=state.edition), "error"
    return tr("Provisional · not closed"), "warn"
