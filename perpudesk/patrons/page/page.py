"""Everyone who is known by name: found while typing, added, mended, taken out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from perpudesk.branch.service import BranchService
from perpudesk.core.errors import PerpuDeskError
from perpudesk.core.formats import NOTHING, date_digits, number
from perpudesk.core.i18n import tr, trn
from perpudesk.core.topics import Topic
from perpudesk.patrons.form import PatronDialog
from perpudesk.patrons.model import Patron, PatronDraft
from perpudesk.patrons.page.card import MORE_KEY, PatronCard, actions
from perpudesk.patrons.page.merging import MergeDialog
from perpudesk.patrons.page.words import age_words, sex_words
from perpudesk.patrons.service import PatronService
from perpudesk.ui import background, theme
from perpudesk.ui.buttons import Button
from perpudesk.ui.cards import Card, EmptyState
from perpudesk.ui.layout import CARD_GAP, boxed, row
from perpudesk.ui.menu import KeyMenu
from perpudesk.ui.page import Page
from perpudesk.ui.search import SearchField
from perpudesk.ui.tables import REST, Column, TableView
from perpudesk.ui.text import Text
from perpudesk.ui.toasts import toast

MATCHES = 60
"""How many of the best matches are listed while typing."""
_ROOM_FOR_CARD, _ROOM_FOR_ALL = 1000, 620
"""Px at 100 %: a narrower page has no card, a narrower list leaves two columns out."""


class PatronsPage(Page):
    """The list of patrons with its search, and a card of the one that is chosen."""

    topics = frozenset({Topic.PATRONS, Topic.BRANCH})
    held_asked = Signal(object)
    """What is held on a patron is to be printed."""
    cards_asked = Signal(object)
    """Members' cards are to be printed, this patron's first."""
    erase_asked = Signal(object)
    """All that is held on a patron is to be erased for good."""

    def __init__(
        self,
        patrons: PatronService,
        branch: BranchService,
        last_seen: Callable[[str], date | None],
        *,
        parent: QWidget | None = None,
    ) -> None:
        """`last_seen` gives the day of a patron's last visit."""
        super().__init__("patrons", tr("Patrons"), parent=parent)
        self._patrons, self._branch = patrons, branch
        self._removed: Patron | None = None
        self.search = SearchField(placeholder=tr("Search by name or number"))
        self.search.setAccessibleName(tr("Search by name or number"))
        self.table = TableView(tr("Patrons"), self._columns(), identity=lambda patron: patron.id)
        self.card = PatronCard(patrons, branch, last_seen)
        self._lay_out()
        self._connect()

    def _columns(self) -> list[Column]:
        today = self._patrons.today
        return [
            Column(title=tr("Name"), text=lambda p: p.name, kind="strong", width=REST),
            Column(title=tr("Number"), text=lambda p: p.member_number or NOTHING, width=100),
            Column(title=tr("Sex"), text=sex_words, width=112),
            Column(title=tr("Age"), text=lambda p: age_words(p, today()), width=64, align="right"),
            Column(title=tr("Village"), text=lambda p: p.village or NOTHING, width=150),
            Column(title=tr("Registered"), text=lambda p: date_digits(p.registered_on), width=104),
        ]

    def _lay_out(self) -> None:
        add = Button(tr("New patron"), self._on_add, kind="primary", icon="plus", key="Ctrl+N")
        self._no_match = EmptyState(
            "", tr("Add as a new patron"), self._on_add_typed, icon="search"
        )
        self._results = QStackedWidget()
        for result in (self.table, self._no_match):
            self._results.addWidget(result)
        found = Card()
        found.add(row(self.search, add))
        found.add(self._results, 1)
        note = Text(
            tr("Names stay on this computer; reports hold only numbers."), "small", wrap=True
        )
        self.below = actions(self._on_entered, self._on_remove_chosen)
        self.more = Button(tr("Their data…"), self._on_more, icon="more", key=MORE_KEY)
        found.add(note)
        found.add(row(self.more, None, self.below))
        self._people = boxed(row(found, self.card, gap=CARD_GAP))
        self._nobody = Card()
        teaching = _teaching(self._on_add)
        assert teaching.button is not None  # noqa: S101 - it was given an action
        self._nobody.add(teaching, 1)
        self._nobody.setFocusProxy(teaching.button)
        self._stack = QStackedWidget()
        for state in (self._people, self._nobody):
            self._stack.addWidget(state)
        self.body.addWidget(self._stack, 1)

    def _connect(self) -> None:
        self.search.changed.connect(self._on_typed)
        self.search.returnPressed.connect(self._on_entered)
        self.search.left.connect(self.table.setFocus)
        self.table.row_selected.connect(self.card.show_patron)
        self.table.row_activated.connect(self._on_edit)
        self.table.delete_pressed.connect(self._on_remove)
        self.card.edit_asked.connect(self._on_edit)
        self.card.remove_asked.connect(self._on_remove)
        self.card.more_asked.connect(self._on_more)
        self.add_key("/", tr("Search"), self._on_search)
        self.add_key("Ctrl+N", tr("New patron"), self._on_add)
        self.add_key_use(tr("Enter"), tr("Edit the chosen patron"))
        self.add_key_use(tr("Del"), tr("Remove the chosen patron"))
        self.add_key(MORE_KEY, tr("What is held: print, merge, erase"), self._on_more)
        self.add_key("Ctrl+Z", tr("Bring back who was removed last"), self._on_bring_back)

    def refresh(self) -> None:
        count = self._patrons.count()
        words = trn("{count} patron", "{count} patrons", count, count=number(count))
        self.header.set_status((words, "neutral"))
        self._stack.setCurrentWidget(self._people if count else self._nobody)
        self.setFocusProxy(self.search if count else self._nobody)
        self._show_found()
        if count:
            background.run(self, lambda _report: self._patrons.index())  # before the first letter

    def _show_found(self) -> None:
        """List the matches of what is typed, or everyone; the chosen one stays chosen."""
        chosen, typed = self.table.current_row(), self.search.value()
        if typed:
            found = self._patrons.find(typed, MATCHES)
            shown, at = len(found), 0
            self.table.show_rows(found)
        else:
            shown, at = self._patrons.count(), 0
            if chosen is not None and (kept := self._patrons.get(chosen.id)) is not None:
                at = self._patrons.place_of(kept)
            self.table.show_window(self._patrons.page, shown)
        self._no_match.set_sentence(tr("Nobody here is called “{typed}”.", typed=typed))
        self._results.setCurrentWidget(self.table if shown else self._no_match)
        if not self.table.currentIndex().isValid():
            self._choose(min(at, shown - 1))
        self.card.show_patron(self.table.current_row())
        self.below.setEnabled(bool(shown))
        self.more.setEnabled(bool(shown))

    def _choose(self, at: int) -> None:
        index = self.table.rows.index(at, 0)
        self.table.setCurrentIndex(index)
        self.table.scrollTo(index)

    def _on_typed(self) -> None:
        self._show_found()
        if self.search.value():
            self._choose(0)

    def _on_search(self) -> None:
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def _on_entered(self) -> None:
        patron = self.table.current_row()
        if patron is not None:
            self._on_edit(patron)

    def _on_remove_chosen(self) -> None:
        patron = self.table.current_row()
        if patron is not None:
            self._on_remove(patron)

    def _on_add(self) -> None:
        self._open(PatronDialog(self._patrons, self._branch, parent=self.window()))

    def _on_add_typed(self) -> None:
        typed = self.search.value()
        number_like = any(char.isdigit() for char in typed)
        draft = (
            PatronDraft(name="", member_number=typed) if number_like else PatronDraft(name=typed)
        )
        dialog = PatronDialog(self._patrons, self._branch, draft=draft, parent=self.window())
        self._open(dialog)

    def _on_edit(self, patron: Patron) -> None:
        dialog = PatronDialog(self._patrons, self._branch, patron=patron, parent=self.window())
        self._open(dialog)

    def _open(self, dialog: PatronDialog) -> None:
        dialog.saved.connect(self._on_saved)
        dialog.open()

    def _on_saved(self, patron: Patron) -> None:
        """Show whoever was added or mended, also where the search would not."""
        found = [each.id for each in self._patrons.find(self.search.value(), MATCHES)]
        if patron.id not in found:
            self.search.set_value(None)
        self.refresh()
        if not self.search.value():
            self._choose(self._patrons.place_of(patron))
        self.table.setFocus()

    def _on_remove(self, patron: Patron) -> None:
        self._patrons.remove(patron.id)
        self._removed = patron
        self.refresh()
        words = tr("{name} was removed. No count changes.", name=patron.name)
        toast(self, words, action=tr("Undo"), slot=self._on_bring_back, key="Ctrl+Z")

    # ---------------------------------------------------------------- their data

    def _on_more(self) -> None:
        patron = self.table.current_row()
        if patron is None:
            return
        anchor = self.more if self.card.isHidden() else self.card.more
        menu = KeyMenu(tr("Their data…"), parent=self)
        menu.add(tr("Print what is held…"), partial(self.held_asked.emit, patron), key="P")
        menu.add(tr("Print cards…"), partial(self.cards_asked.emit, patron), key="K")
        menu.add(tr("The same person as…"), partial(self._on_merge, patron), key="S")
        menu.add(tr("Erase for good…"), partial(self.erase_asked.emit, patron), key="H")
        menu.popup(anchor.mapToGlobal(anchor.rect().bottomLeft()))

    def _on_merge(self, patron: Patron) -> None:
        self.merging = MergeDialog(self._patrons, patron, parent=self)
        self.merging.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.merging.chosen.connect(partial(self._on_merged, patron))
        self.merging.open()

    def _on_merged(self, patron: Patron, kept: Patron) -> None:
        try:
            self._patrons.merge(patron.id, kept.id)
        except PerpuDeskError as error:
            toast(self, error.sentence())
            return
        self._on_saved(kept)
        words = tr("{one} and {other} are one person now.", one=patron.name, other=kept.name)
        toast(self, words, action=tr("Undo"), slot=partial(self._on_part, patron))

    def _on_part(self, patron: Patron) -> None:
        self._on_saved(self._patrons.part(patron.id))

    def _on_bring_back(self) -> None:
        if self._removed is None:
            return
        try:
            patron = self._patrons.bring_back(self._removed.id)
        except PerpuDeskError as error:
            toast(self, error.sentence())
        else:
            self._removed = None
            self._on_saved(patron)
            toast(self, tr("{name} is back.", name=patron.name))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        px = theme.current().px
        self.card.setVisible(self.width() >= px(_ROOM_FOR_CARD))
        for part in (self.below, self.more):
            part.setVisible(self.card.isHidden())  # what is on the card stands below the list
        beside = self.card.width() if self.width() >= px(_ROOM_FOR_CARD) else 0
        narrow = self.width() - beside - 90 < px(_ROOM_FOR_ALL)
        for place in (4, 5):
            self.table.setColumnHidden(place, narrow)


def _teaching(add: Callable[[], object]) -> EmptyState:
    sentence = tr(
        "Nobody is known by name yet. Once someone is, a card or part of the name records the "
        "visit. Visitors without a name are counted all the same."
    )
    return EmptyState(sentence, tr("New patron"), add, icon="members", key="Ctrl+N")
