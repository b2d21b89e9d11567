"""The right side of the page: what to check, what to note, and closing the month."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
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
    changes_asked = Signal(object)
    """The `Reported` month of which every change is to be read."""

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
        older = _older(state, seen)
        title = tr("Revision {n} · not the newest", n=older.edition) if older else _title(state)
        self._title.setText(title)
        self._title.setVisible(bool(title))
        self._words.setText(_printed(older) if older else _words(month))
        name = month_names()[month.period.first.month - 1]
        once = tr("Close {month}…", month=name)
        self.close_month.set_label(tr("Close again…") if state.edition else once)
        closable = state.standing in (Standing.READY, Standing.CHANGED)
        self.close_month.setVisible(closable and not older)
        self._show_links(month, revisions, seen)

    def _show_links(
        self, month: Reported, revisions: Sequence[Closing], seen: Closing | None
    ) -> None:
        """Offer what can be looked at or done next; a link that had the focus gives it on."""
        before, focused = self.links, self.window().focusWidget() in self.links
        links = self._offered(month, revisions, seen)
        self.links = [Button(text, slot, kind="link") for text, slot in links]
        for link in self.links:
            self._links.addLayout(row(link, None))
            link.show()
        if focused and self.links:
            self.links[0].setFocus(Qt.FocusReason.OtherFocusReason)
        for link in before:
            self._links.removeWidget(link)
            link.hide()
            link.deleteLater()

    def _offered(
        self, month: Reported, revisions: Sequence[Closing], seen: Closing | None
    ) -> list[tuple[str, Callable[[], object]]]:
        """The words of each link and what it does."""
        state = month.state
        current = state.closing if state.is_final else None
        show = self.revision_asked.emit
        offered: list[tuple[str, Callable[[], object]]] = [
            (tr("Show revision {n}", n=each.edition), partial(show, each))
            for each in reversed(revisions)
            if each not in (seen, current)
        ]
        if seen != current:
            newest = tr("Back to revision {n}", n=state.edition)
            back = newest if state.is_final else tr("Back to the month as it is")
            offered.insert(0, (back, partial(show, None)))
        elif state.is_final:
            offered.append((tr("Mend the letter…"), self.close_asked.emit))
        elif len(state.changes) > SHOWN:
            words = tr("All {n} changes…", n=number(len(state.changes)))
            offered.insert(0, (words, partial(self.changes_asked.emit, month)))
        return offered


def _older(state: MonthState, seen: Closing | None) -> Closing | None:
    """The revision that is seen, when it is not what the month says now."""
    return None if state.is_final and seen == state.closing else seen


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
            return "" if state.closing is None else _printed(state.closing)
        case Standing.CHANGED:
            return _changes(month)


def _printed(closing: Closing) -> str:
    """The code of a revision, and that its pages stay what they are."""
    code = shown_code(closing.code)
    return tr("Check code {code}. These pages print again exactly as closed.", code=code)


def change_lines(month: Reported) -> list[str]:
    """Every change since the last revision, in words."""
    return [change_sentence(each, month.labels) for each in month.state.changes]


def _changes(month: Reported) -> str:
    lines = change_lines(month)
    if rest := len(lines[SHOWN:]):
        return "\n".join([*lines[:SHOWN], tr("… and {n} changes more.", n=number(rest))])
    return "\n".join(lines)


def status_of_many(*, final: bool) -> tuple[str, str]:
    """How final a period of several months is: a word and its tone."""
    if final:
        return tr("Final · all months closed"), "ok"
    return tr("Provisional · not all months closed"), "warn"


def status_of(state: MonthState, seen: Closing | None) -> tuple[str, str]:
    """How final what is seen is: a word and its tone."""
    if (older := _older(state, seen)) is not None:
        return tr("Revision {n} · not the newest", n=older.edition), "neutral"
    if seen is not None:
        code = shown_code(seen.code)
        return tr("Closed · revision {n} · {code}", n=seen.edition, code=code), "ok"
    if state.edition:
        return tr("Provisional · changed since revision {n}", n=state.edition), "error"
    return tr("Provisional · not closed"), "warn"
