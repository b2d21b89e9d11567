"""The guide of the first start: the desk works after its first page, the rest may wait."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QWidget

from perpudesk.branch.form.steps import STEPS, IdentityStep, Step, Typed
from perpudesk.branch.service import BranchService
from perpudesk.core.formats import number
from perpudesk.core.i18n import tr, use
from perpudesk.core.settings import change_settings
from perpudesk.ui import theme
from perpudesk.ui.buttons import Button
from perpudesk.ui.cards import Card, PageHeader
from perpudesk.ui.help import HelpDialog
from perpudesk.ui.layout import GAP, Beside, Scroll, boxed, column, row
from perpudesk.ui.rail import Rail, RailLine
from perpudesk.ui.text import Text

_WIDTH = 780
"""Px at 100 %: lines longer than this are hard to read."""


class FirstRun(QWidget):
    """Asks for language, name, kind and zone, then for what can also be said later.

    What a page holds is stored when it is left; every page after the first can be skipped.
    """

    finished = Signal()
    """The branch is set up and its desk is wanted now."""
    identified = Signal()
    """Name, kind and zone are stored."""
    practice_asked = Signal()
    """Practice data, in their own folder, are wanted first."""
    restore_asked = Signal()
    """The records of a backup are to be gone on with: this is a new computer."""

    def __init__(
        self, branch: BranchService, *, typed: Typed | None = None, parent: QWidget | None = None
    ) -> None:
        """`typed` is what the first page's fields begin with."""
        super().__init__(parent)
        self._branch = branch
        self._at = 0
        self._content: QWidget | None = None
        self._box = row(gap=0)
        self.setLayout(self._box)
        self._build(typed)
        QShortcut(QKeySequence("Ctrl+Return"), self).activated.connect(self.go_on)
        QShortcut(QKeySequence("F2"), self).activated.connect(self.begin)
        QShortcut(QKeySequence("F1"), self).activated.connect(self._on_help)

    def _on_help(self) -> None:
        HelpDialog(self, "first-run", tr("First set-up")).show()

    @property
    def step(self) -> Step:
        """The page that is shown."""
        return self._step

    def _build(self, typed: Typed | None = None) -> None:
        """Make the page anew, in the language in force; `typed` is what its fields held."""
        if self._content is not None:
            self._content.hide()  # what was typed in it is stored now
            self._box.removeWidget(self._content)
            self._content.deleteLater()
        self._step = self._new_step(typed)
        self._step.entered.connect(self.go_on)
        place, count = number(self._at + 1), number(len(STEPS))
        header = PageHeader(tr("Welcome to PerpuDesk"))
        header.set_status((tr("Step {place} of {count}", place=place, count=count), "info"))
        self._rail = self._new_rail()
        body = column(self._card(), self._foot(), gap=14)
        body.setContentsMargins(20, 16, 20, 16)
        self._content = boxed(row(self._rail, column(header, body, gap=0), gap=0))
        self._box.addWidget(self._content)
        self._step.begin()

    def _new_step(self, typed: Typed | None) -> Step:
        if self._at > 0:
            return STEPS[self._at].make(self._branch)
        first = IdentityStep(self._branch, typed)
        first.language_chosen.connect(lambda lang: self._change_language(lang, first.typed()))
        return first

    def _new_rail(self) -> Rail:
        rail = Rail("PerpuDesk", tr("First set-up"))
        for place, step in enumerate(STEPS):
            rail.add_page(str(place), tr(step.name), step.icon)
        rail.set_current(str(self._at))
        later = RailLine(icon="settings", text=tr("All this can be changed later."))
        rail.set_lines([later, RailLine(icon="help", text=tr("F1: help"))])
        rail.fit_window(self.width())
        rail.chosen.connect(self._on_chosen)
        return rail

    def _card(self) -> Card:
        title = Text(self._step.title, "heading", wrap=True)
        sentence = Text(self._step.sentence, "quiet", wrap=True)
        inside = boxed(column(title, sentence, 8, self._step, None, gap=6))
        inside.setMaximumWidth(theme.current().px(_WIDTH))
        card = Card()
        card.add(Scroll(inside), 1)
        return card

    def _foot(self) -> QWidget:
        first, last = self._at == 0, self._at == len(STEPS) - 1
        self.back = Button(tr("Back"), self._on_back, icon="chevron-left")
        words = tr("Try it with practice data first")
        self.practice = Button(words, self.practice_asked.emit, icon="star")
        self.restore = Button(tr("From a backup…"), self.restore_asked.emit, icon="history")
        self.skip = Button(tr("Skip"), self._on_skip, kind="link")
        kind = "primary" if last else "plain"
        self.start = Button(tr("Start using it"), self.begin, kind=kind, key="F2")
        self.next = Button(tr("Continue"), self.go_on, kind="primary", key="Ctrl+Enter")
        others = boxed(row(self.back, self.practice, self.restore, None))
        onwards = boxed(row(None, self.skip, self.start, self.next))
        foot = Beside(others, onwards, gap=GAP, shares=(1, 0))
        self.back.setHidden(first)
        self.practice.setHidden(not first)
        self.restore.setHidden(not first)
        self.skip.setHidden(first or last)
        self.next.setHidden(last)
        return foot

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._rail.fit_window(self.width())

    def go_on(self) -> None:
        """Store this page and show the next; on the last one begin."""
        if self._at == len(STEPS) - 1:
            self.begin()
        elif self._keep():
            self._go(self._at + 1)

    def begin(self) -> None:
        """Store this page and go to the desk."""
        if self._keep():
            self.finished.emit()

    def _keep(self) -> bool:
        kept = self._step.keep()
        if kept and self._at == 0:
            self.identified.emit()
        return kept

    def _go(self, at: int) -> None:
        self._at = at
        self._build()

    def _on_chosen(self, place: str) -> None:
        if int(place) != self._at and self._keep():
            self._go(int(place))
        else:
            self._rail.set_current(str(self._at))

    def _on_back(self) -> None:
        self._go(self._at - 1)

    def _on_skip(self) -> None:
        self._go(self._at + 1)

    def _change_language(self, lang: str, typed: Typed) -> None:
        use(lang)
        self._build(typed)
        change_settings(language=lang)  # last: it is spoken also where it cannot be kept
