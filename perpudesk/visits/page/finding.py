"""All visits of all years: found, looked into, mended one by one or many at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import tzinfo
from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from perpudesk.branch.service import BranchService
from perpudesk.core.codes import GROWING_LISTS
from perpudesk.core.errors import InputError, PerpuDeskError
from perpudesk.core.formats import date_digits, number
from perpudesk.core.i18n import tr, trn
from perpudesk.core.times import zone
from perpudesk.core.topics import Topic
from perpudesk.patrons.service import PatronService
from perpudesk.ui import background
from perpudesk.ui.cards import Card
from perpudesk.ui.layout import LEAST_TALL, Beside
from perpudesk.ui.page import Page
from perpudesk.ui.tables import Column, TableView
from perpudesk.ui.toasts import toast
from perpudesk.visits.finding import Found, Mend, VisitFilter
from perpudesk.visits.form.columns import visit_columns
from perpudesk.visits.form.editor import VisitEditor
from perpudesk.visits.form.history import HistoryWords
from perpudesk.visits.form.reason import ReasonDialog
from perpudesk.visits.form.words import who_spoken
from perpudesk.visits.mending import MendingService
from perpudesk.visits.model import Visit
from perpudesk.visits.page.chosen import ChosenCard
from perpudesk.visits.page.filters import FilterBar
from perpudesk.visits.service import VisitService

_CARD = 320
"""Px at 100 %: what the card needs, and a page that has room for it."""


class FindPage(Page):
    """The list of every visit with its filters, and a card of what is chosen in it."""

    topics = frozenset({Topic.VISITS, Topic.PATRONS, Topic.BRANCH})

    def __init__(
        self,
        mending: MendingService,
        visits: VisitService,
        patrons: PatronService,
        branch: BranchService,
        *,
        undo: Callable[[], object],
        redo: Callable[[], object],
        parent: QWidget | None = None,
    ) -> None:
        """`undo` and `redo` raise `RuleError` when they cannot."""
        super().__init__("find", tr("All visits"), parent=parent)
        self._mending, self._patrons, self._branch = mending, patrons, branch
        self._undo, self._redo = undo, redo
        self._found = Found()
        self._asked: VisitFilter | None = None
        self._purposes: dict[str, str] = {}
        self.filters = FilterBar(patrons.today())
        self.table = TableView(
            tr("All visits"),
            self._columns(),
            identity=lambda visit: visit.id,
            several=True,
        )
        self.card = ChosenCard()
        self._editor = VisitEditor(self, visits, patrons, branch)
        self._lay_out()
        self._connect()
        self.setFocusProxy(self.filters)

    def _columns(self) -> list[Column]:
        day = Column(
            title=tr("Day"), text=lambda visit: date_digits(visit.moment.local_date), width=108
        )
        return [day, *visit_columns(self._zone, self._purposes)]

    def _lay_out(self) -> None:
        narrowing, found = Card(), Card()
        narrowing.add(self.filters)
        found.add(self.table, 1)
        self.body.addWidget(narrowing)
        self.body.addWidget(Beside(found, self.card, wide=(0, _CARD), tall=LEAST_TALL), 1)

    def _connect(self) -> None:
        self.filters.wanted.connect(self._on_wanted)
        self.filters.left.connect(self.table.setFocus)
        self.filters.words.returnPressed.connect(self.table.setFocus)
        self.table.chosen_changed.connect(self._show_chosen)
        self.table.row_activated.connect(self._on_edit)
        self.table.link_clicked.connect(self._on_link)
        self.table.delete_pressed.connect(self._on_remove)
        self.card.edit_asked.connect(self._on_edit)
        self.card.remove_asked.connect(self._on_remove)
        self.card.bring_back_asked.connect(self._on_bring_back)
        self.card.mend_asked.connect(self._on_mend)
        self._editor.stored.connect(self._on_stored)
        self._editor.removed.connect(self._on_removed)
        self.add_key("/", tr("Search"), self._on_search)
        self.add_key("Ctrl+Z", tr("Undo"), partial(self._revert, self._undo, tr("Undone.")))
        redone = partial(self._revert, self._redo, tr("Done again."))
        self.add_key("Ctrl+Shift+Z", tr("Redo"), redone)
        self.add_key_use("Ctrl+A", tr("Choose everything that is found"))
        self.add_key_use("Shift+↓", tr("Choose several"))
        self.add_key_use(tr("Enter"), tr("Edit the chosen visit, or change all that are chosen"))
        self.add_key_use(tr("Del"), tr("Remove what is chosen"))

    def _zone(self) -> tzinfo:
        return zone(self._branch.current().zone)

    # ---------------------------------------------------------------- what is seen

    def refresh(self) -> None:
        """Look for the same again: something was recorded or mended."""
        lists = {name: self._entries(name) for name in GROWING_LISTS}
        self._purposes.update(lists["purposes"])
        self.filters.offer(lists["purposes"])
        names = {"purpose": "purposes", "occupation": "occupations", "education": "educations"}
        self.card.many.offer({name: lists[listed] for name, listed in names.items()})
        self.filters.find_now()

    def _entries(self, name: str) -> list[tuple[str, str]]:
        return [(each.slug, each.label) for each in self._branch.entries(name, retired=True)]

    def _on_wanted(self, wanted: VisitFilter) -> None:
        """All years are gone through beside the window."""
        self._asked = wanted
        background.run(
            self,
            lambda _report: (wanted, self._mending.find(wanted)),
            succeeded=self._on_found,
            failed=self._on_not_found,
        )

    def _on_found(self, answer: tuple[VisitFilter, Found]) -> None:
        wanted, found = answer
        if wanted is not self._asked:
            return  # something else is looked for meanwhile
        chosen, self._found = self.table.current_row(), found
        self.table.set_empty(
            tr(
                "No visit is recorded yet. Begin at the front desk (F2), or bring in a file "
                "(Ctrl+I)."
            )
            if wanted == VisitFilter()
            else tr("No visit is like this. Take a filter away, or choose other days.")
        )
        self.table.show_window(self._fetch, found.records)
        records = trn(
            "{count} record", "{count} records", found.records, count=number(found.records)
        )
        visits = trn("{count} visit", "{count} visits", found.visits, count=number(found.visits))
        self.header.set_status((records, "neutral"), (visits, "info"))
        if chosen is None or not self.table.select(chosen.id):
            self.table.setCurrentIndex(self.table.rows.index(0, 0))
        self._show_chosen()

    def _on_not_found(self, error: PerpuDeskError) -> None:
        if isinstance(error, InputError):
            self.filters.show_error(error)
        else:
            toast(self, error.sentence())

    def _fetch(self, offset: int, limit: int) -> Sequence[Visit]:
        return self._mending.at(self._found.places[offset : offset + limit])

    def _places(self) -> list[int]:
        return [place for each in self.table.chosen() for place in self._found.places[_slice(each)]]

    def _show_chosen(self) -> None:
        count = sum(len(each) for each in self.table.chosen())
        removed = self.filters.shows_removed
        if count > 1:
            self.card.show_many(count, removed=removed)
            return
        visits = self._mending.at(self._places()[:1]) if count else []
        if visits:
            history = self._mending.history(visits[0].id)
            self.card.show_one(visits[0], history, self._words(), removed=removed)
        else:
            self.card.show_none()

    def _words(self) -> HistoryWords:
        return HistoryWords(
            self._zone(),
            staff=self._branch.staff_names(),
            entries=lambda name: dict(self._entries(name)),
            patron=self._name_of,
        )

    def _name_of(self, patron_id: str) -> str | None:
        patron = self._patrons.get(patron_id)
        return None if patron is None else patron.name

    # ---------------------------------------------------------------- what is done

    def _on_search(self) -> None:
        self.filters.words.setFocus()
        self.filters.words.selectAll()

    def _on_link(self, visit: Visit, _key: str) -> None:
        self._editor.edit(visit)

    def _on_edit(self, visit: Visit | None = None) -> None:
        """Open the visit at the cursor; what is chosen with others is changed with them."""
        if sum(len(each) for each in self.table.chosen()) > 1:
            self.card.begin_many()
            return
        chosen = visit or self.table.current_row()
        if chosen is not None and not self.filters.shows_removed:
            self._editor.edit(chosen)

    def _on_stored(self, visit: Visit) -> None:
        self._say(tr("Changed: {who}", who=who_spoken(visit)))

    def _on_removed(self, visit: Visit) -> None:
        self._say(tr("Removed: {who}", who=who_spoken(visit)))

    def _on_remove(self, _visit: Visit | None = None) -> None:
        places = self._places()
        if not places or self.filters.shows_removed:
            return
        dialog = ReasonDialog(len(places), parent=self.window())
        dialog.given.connect(lambda reason: self._remove(places, reason))
        dialog.open()

    def _remove(self, places: Sequence[int], reason: str) -> None:
        self._change(
            lambda ids: self._mending.remove(ids, reason),
            places,
            lambda n: trn("{count} visit removed", "{count} visits removed", n, count=number(n)),
        )

    def _on_bring_back(self) -> None:
        self._change(
            self._mending.bring_back,
            self._places(),
            lambda n: trn(
                "{count} visit counts again", "{count} visits count again", n, count=number(n)
            ),
        )

    def _on_mend(self, mend: Mend) -> None:
        self._change(
            lambda ids: self._mending.change(ids, mend),
            self._places(),
            lambda n: trn("{count} visit changed", "{count} visits changed", n, count=number(n)),
        )

    def _change(
        self,
        work: Callable[[Sequence[str]], int],
        places: Sequence[int],
        words: Callable[[int], str],
    ) -> None:
        """Do it beside the window, then say how many it was, with the way back."""

        def done(count: int) -> None:
            self.card.many.done()
            self._say(words(count))

        background.run(
            self,
            lambda _report: work([each.id for each in self._mending.at(places)]),
            succeeded=done,
            failed=self._on_refused,
        )

    def _on_refused(self, error: PerpuDeskError) -> None:
        """What is wrong with a field is said there; that nothing was changed is no error."""
        if isinstance(error, InputError):
            self.card.many.refused(error)
        else:
            toast(self, error.sentence())

    def _say(self, text: str) -> None:
        undo = partial(self._revert, self._undo, tr("Undone."))
        toast(self, text, action=tr("Undo"), slot=undo, key="Ctrl+Z")
        self.table.setFocus()

    def _revert(self, revert: Callable[[], Any], said: str) -> None:
        try:
            revert()
        except PerpuDeskError as error:
            toast(self, error.sentence())
        else:
            toast(self, said)


def _slice(each: range) -> slice:
    return slice(each.start, each.stop)
