"""The page *Salin dari kertas*: sheets of paper typed in, day after day, by keys alone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QHideEvent, QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QWidget

from perpudesk.branch.service import BranchService
from perpudesk.core.errors import PerpuDeskError
from perpudesk.core.i18n import tr
from perpudesk.core.times import Period
from perpudesk.core.topics import Topic
from perpudesk.ui import theme
from perpudesk.ui.buttons import Button
from perpudesk.ui.layout import Beside
from perpudesk.ui.page import Page
from perpudesk.ui.told import PageToasts
from perpudesk.visits.form.questions import Answer, Question
from perpudesk.visits.form.tally import MOST_KEYS
from perpudesk.visits.page.paper.clerk import Clerk
from perpudesk.visits.page.paper.month import MonthCard
from perpudesk.visits.page.paper.view import LINES, TALLY, SheetView
from perpudesk.visits.page.paper.words import (
    closed_words,
    doubt_words,
    stored_words,
    what_of,
)
from perpudesk.visits.sheets import SheetService, Stored
from perpudesk.visits.tally import Sheet

_LEAST = 700
"""Px at 100 % of a sheet; the month stands beside it only where there is more."""
_MARGINS = 60
KEEP_MS = 600
"""So long after the last key the sheet under way is kept on the disk."""


class PaperPage(Page):
    """One sheet at a time; a draft of it outlives the window and a power cut."""

    topics = frozenset({Topic.VISITS, Topic.DAYS, Topic.BRANCH})

    def __init__(
        self,
        sheets: SheetService,
        branch: BranchService,
        *,
        practice: Callable[[], bool],
        parent: QWidget | None = None,
    ) -> None:
        """`practice` tells whether the records are practice, which blank sheets then say."""
        super().__init__("paper", tr("Copy from paper"), parent=parent)
        self._sheets, self._branch, self._practice = sheets, branch, practice
        self._begun = False
        self.clerk = Clerk(sheets, parent=self)
        self.toasts = PageToasts(self, self._on_undo)
        self.view = SheetView(branch.today(), branch.current().age_bands)
        self.month = MonthCard(branch.today())
        self._keep = QTimer(self, singleShot=True, interval=KEEP_MS)
        self._keep.timeout.connect(self._on_keep)
        for button in (
            Button(tr("Estimate month…"), self._on_estimate, icon="calendar", key="Ctrl+T"),
            Button(tr("Blank sheets…"), self._on_blanks, icon="print", key="Ctrl+P"),
        ):
            self.header.add(button)
        self.body.addWidget(Beside(self.view, self.month, shares=(1, 0)))
        self._connect()
        self._add_keys()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.view.setMinimumWidth(min(theme.current().px(_LEAST), self.width() - _MARGINS))

    def _connect(self) -> None:
        self.view.changed.connect(self._on_changed)
        self.view.day_changed.connect(self._on_day_changed)
        self.view.save_asked.connect(self.save)
        self.view.question.emptied.connect(self.view.question.hide)
        self.clerk.refused.connect(self.view.refuse)
        self.clerk.told.connect(self.toasts.say)
        self.month.day_chosen.connect(self.view.head.day.set_value)
        self.month.undo_asked.connect(self._on_undo_asked)

    def _add_keys(self) -> None:
        self.add_key_use("Alt+1…9", tr("Purpose of the visit"))
        for place in range(MOST_KEYS + 1):
            shortcut = QShortcut(QKeySequence(f"Alt+{place}"), self)
            shortcut.activated.connect(partial(self.view.choose_purpose, place))
        self.add_key_use("PgUp PgDn", tr("Purpose before, purpose after"))
        self.add_key("Ctrl+Enter", tr("Save the sheet"), self.save)
        QShortcut(QKeySequence("Ctrl+Return"), self).activated.connect(self.save)
        self.add_key("Ctrl+H", tr("Day of the sheet"), self.view.head.go_to_day)
        self.add_key("Ctrl+R", tr("Counted or estimated"), self.view.head.turn_method)
        self.add_key("Ctrl+1", tr("Tally sheet"), partial(self.view.show_form, TALLY))
        self.add_key("Ctrl+2", tr("Register, line by line"), partial(self.view.show_form, LINES))
        self.add_key("Ctrl+Z", tr("Take the last sheet back"), self._on_undo)
        self.add_key("Ctrl+T", tr("Estimate the month from sampled days"), self._on_estimate)
        self.add_key("Ctrl+P", tr("Print blank sheets"), self._on_blanks)

    # ---------------------------------------------------------------- what is seen

    def refresh(self) -> None:
        """Read purposes, age groups and the month again; what is typed stays."""
        purposes = self._branch.entries("purposes", retired=True)
        self.view.offer(purposes, self._branch.current().age_bands)
        if not self._begun:
            self._begun = True
            draft = self._sheets.draft()
            self._show_sheet(Sheet(day=self._sheets.next_day()) if draft.blank else draft)
            if not draft.blank:
                self.toasts.say(tr("Here is the sheet that was not finished yet."))
        self._show_month()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.toasts.clear()
        if self._keep.isActive():
            self._on_keep()

    def open_day(self, day: date) -> None:
        """Go on with the sheet of `day`; what is typed already stays."""
        self.view.head.day.set_value(day)
        self.view.begin()

    def _show_sheet(self, sheet: Sheet) -> None:
        """Put a sheet into the fields: a new one, or one that was begun or taken back."""
        self.view.show_sheet(sheet)
        self._keep.stop()  # it is kept, or there is nothing to keep
        self.setFocusProxy(self.view.first())

    def _show_month(self) -> None:
        """The month of the sheet's day, and what that day is."""
        sheet = self.view.sheet
        day = sheet.day or self.month.month.day
        period = Period.month_of(day)
        days = self._sheets.month(period)
        self.view.head.show_day(days[day.day - 1] if sheet.day else None)
        stored = [each for each in self._sheets.stored() if Period.month_of(each.first) == period]
        self.month.show_month(day, days, stored)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape leaves a question; nothing typed is lost by it."""
        if event.key() == Qt.Key.Key_Escape and self.view.question.current is not None:
            self.view.question.refuse()
        else:
            super().keyPressEvent(event)

    def _on_day_changed(self) -> None:
        if self._begun:
            self._show_month()

    def _on_changed(self) -> None:
        if self._begun:
            self._keep.start()

    def _on_keep(self) -> None:
        """Keep the draft; where the disk refuses, the sheet is still on the screen."""
        self._keep.stop()
        try:
            self._sheets.keep(self.view.sheet)
        except PerpuDeskError as error:
            self.view.foot.show_error(error.sentence())

    # ---------------------------------------------------------------- storing

    def save(self, sure: str = "") -> None:
        """Store the sheet and go on to the next day, after asking about what is strange.

        `sure` is the question that was answered with yes.
        """
        sheet = None if self.view.question.current else self.view.checked()
        if sheet is None:
            return
        try:
            question = self._question(sheet)
        except PerpuDeskError as error:
            self.view.refuse(error)
            return
        if question == sure:
            self._store(sheet)
        else:
            self._ask(question, tr("Save the sheet"), partial(self.save, question))

    def _question(self, sheet: Sheet) -> str:
        """What to ask before the sheet is stored; nothing where nothing is strange."""
        doubts = self._sheets.doubts(sheet)
        if not doubts or sheet.day is None:
            return ""
        day = self._sheets.month(Period.month_of(sheet.day))[sheet.day.day - 1]
        return doubt_words(doubts, sheet, day)

    def _store(self, sheet: Sheet) -> None:
        stored = self.clerk.store(sheet)
        if stored is None:
            return
        following = self._sheets.next_day(sheet.day)
        self._show_sheet(Sheet(day=following, method=sheet.method))
        self.view.begin()
        self._say_stored(stored)

    def _say_stored(self, stored: Stored) -> None:
        said = stored_words(stored)
        if self.view.sheet.day is None:
            all_known = tr("Every open day of this month and the last has its number.")
            said = f"{said} {all_known}"
        self.toasts.say(said, tr("Undo"), self._on_undo, "Ctrl+Z")

    # ---------------------------------------------------------------- taking back

    def _on_undo(self) -> None:
        """Take back what was stored last from here."""
        if self.clerk.last is not None:
            self._on_undo_asked(self.clerk.last)
        else:
            self.toasts.say(tr("Nothing was stored from here yet; the list has every sheet."))

    def _on_undo_asked(self, stored: Stored) -> None:
        if self._sheets.is_closed(stored.first):
            question = tr("Take the sheet back all the same?")
            self._ask(
                f"{closed_words(stored)} {question}",
                tr("Take it back"),
                lambda: self._take_back(stored),
            )
        else:
            self._take_back(stored)

    def _take_back(self, stored: Stored) -> None:
        """Undo it; its sheet stands in the fields again, unless another one is begun there."""
        if not self.clerk.take_back(stored):
            return
        said, sheet = tr("Taken back: {what}.", what=what_of(stored)), stored.sheet
        if sheet is None:
            self.toasts.say(said)
        elif self.view.blank:
            self._show_sheet(sheet)
            self._keep.start()
            self.view.begin()
            here = tr("What was typed is here again.")
            self.toasts.say(f"{said} {here}")
        else:
            self.toasts.say(said, tr("Store it again"), partial(self._store_again, sheet))

    def _store_again(self, sheet: Sheet) -> None:
        stored = self.clerk.store(sheet, keep_draft=True)
        if stored is not None:
            self._say_stored(stored)

    def _on_estimate(self) -> None:
        from perpudesk.visits.form.typical import TypicalDialog

        day = self.view.sheet.day or self.month.month.day
        dialog = TypicalDialog(self._sheets, day, today=self._branch.today(), parent=self)
        dialog.stored.connect(self._on_estimated)
        dialog.open()

    def _on_estimated(self, stored: Stored) -> None:
        self.clerk.add(stored)
        self._say_stored(stored)

    def _on_blanks(self) -> None:
        from perpudesk.visits.form.blanks import BlanksDialog

        practice = self._practice()
        BlanksDialog(
            lambda kind, pages: self._sheets.blank(kind, pages=pages, practice=practice),
            parent=self,
        ).open()

    def _ask(self, text: str, action: str, slot: Callable[[], object]) -> None:
        answer = Answer(text=action, slot=slot)
        card = self.view.question
        card.show()
        card.ask(Question(about=text, text=text, answers=(answer,), refused=self.view.begin))
        card.take_focus()
