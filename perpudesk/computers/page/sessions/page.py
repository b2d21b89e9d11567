"""The page *Sesi komputer*: every session of all years, found, looked into, mended one by one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import nullcontext
from datetime import tzinfo
from functools import partial

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from perpudesk.branch.service import BranchService
from perpudesk.computers.finding import Found, Lack, SessionFilter
from perpudesk.computers.form.checking import CheckSessions
from perpudesk.computers.form.enter import EnterSessions
from perpudesk.computers.form.session import SessionEditor
from perpudesk.computers.form.session_columns import session_columns
from perpudesk.computers.form.session_words import record_words, whose_spoken
from perpudesk.computers.mending import MendingService
from perpudesk.computers.model import Session
from perpudesk.computers.page.sessions.chosen import ChosenSession
from perpudesk.computers.page.sessions.filters import SessionFilters
from perpudesk.computers.records import SessionRecords
from perpudesk.computers.service import ComputerService
from perpudesk.computers.workstations import WorkstationService
from perpudesk.core.codes import GROWING_LISTS
from perpudesk.core.errors import InputError, PerpuDeskError
from perpudesk.core.formats import number
from perpudesk.core.i18n import tr, trn
from perpudesk.core.times import zone
from perpudesk.core.topics import Topic
from perpudesk.ui import background, theme
from perpudesk.ui.buttons import Button
from perpudesk.ui.cards import Card
from perpudesk.ui.layout import CARD_GAP, row
from perpudesk.ui.page import Page
from perpudesk.ui.tables import TableView
from perpudesk.ui.text import Text
from perpudesk.ui.told import PageToasts, WayBack
from perpudesk.visits.form.history import HistoryWords

CHECK_KEY = "Ctrl+E"
MOST_CHECKED = 60
"""So many of the newest are gone through at once: more is no list to be typed through (ours)."""
DOUBTED = frozenset({Lack.INTERRUPTED, Lack.FORGOTTEN, Lack.ESTIMATED, Lack.NO_MINUTES})
_CARD, _ROOM_FOR_CARD = 320, 960
"""Px at 100 %: what the card needs, and a page that has room for it."""


class SessionsPage(Page):
    """The list with its filters and sums, and where there is room a card of what is chosen.

    What the card tells stands in the dialog too.
    """

    topics = frozenset({Topic.COMPUTERS, Topic.PATRONS, Topic.BRANCH})

    def __init__(
        self,
        computers: ComputerService,
        mending: MendingService,
        records: SessionRecords,
        branch: BranchService,
        workstations: WorkstationService,
        *,
        undo: Callable[[], object],
        redo: Callable[[], object],
        parent: QWidget | None = None,
    ) -> None:
        """`undo` and `redo` raise `RuleError` when they cannot."""
        super().__init__("sessions", tr("Computer sessions"), parent=parent)
        self._computers, self._undo = computers, undo
        self._mending, self._records = mending, records
        self._branch, self._workstations = branch, workstations
        self._found = Found()
        self._asked: SessionFilter | None = None
        self._labels: dict[str, str] = {}
        self._lists: dict[str, dict[str, str]] = {}
        self._back = WayBack(undo, redo, nullcontext, parent=self)
        self._toasts = PageToasts(self, self._back.undo)
        self.filters = SessionFilters(branch.today())
        self.table = TableView(
            tr("Computer sessions"),
            session_columns(self._zone, self._labels),
            identity=lambda session: session.id,
        )
        self.card = ChosenSession()
        self.foot = Text("", "quiet", wrap=True)
        self._editor = SessionEditor(self, mending, records, branch, workstations)
        self.enter = EnterSessions(
            computers, mending, records, branch, workstations, undo=undo, parent=self
        )
        self._lay_out()
        self._connect()
        self.setFocusProxy(self.table)

    def _lay_out(self) -> None:
        enter = Button(tr("Enter from paper…"), self._on_enter, icon="plus", key="Ctrl+N")
        self.header.add(enter)
        narrowing, found = Card(), Card()
        narrowing.add(self.filters)
        self.edit = Button(tr("Edit"), self._on_edit, icon="edit", key=tr("Enter"))
        self.remove = Button(
            tr("Remove"), self._on_remove, kind="danger", icon="trash", key=tr("Del")
        )
        self.again = Button(tr("Count again"), self._on_bring_back, icon="undo")
        found.add(self.table, 1)
        self.check = Button(tr("One after another…"), self._on_check, key=CHECK_KEY)
        foot = row(self.foot, self.check, self.edit, self.remove, self.again)
        foot.setStretchFactor(self.foot, 1)
        found.add(foot)
        self.check.hide()
        line = row(found, self.card, gap=CARD_GAP)
        line.setStretchFactor(found, 1)
        self.body.addWidget(narrowing)
        self.body.addLayout(line, 1)

    def _connect(self) -> None:
        self.filters.wanted.connect(self._on_wanted)
        self.table.row_selected.connect(self._show_chosen)
        self.table.row_activated.connect(self._on_edit)
        self.table.delete_pressed.connect(self._on_remove)
        self._back.said.connect(self._toasts.say)
        self._editor.stored.connect(self._on_stored)
        self._editor.removed.connect(self._on_removed)
        self._editor.resumed.connect(self._on_resumed)
        self._editor.total_asked.connect(partial(self.enter.begin, total=True))
        self.add_key("Ctrl+Z", tr("Undo"), self._back.undo)
        self.add_key("Ctrl+Shift+Z", tr("Redo"), self._back.redo)
        self.add_key("/", tr("Narrow the list"), self.filters.first.setFocus)
        self.add_key(CHECK_KEY, tr("Type the ends of what is found"), self._on_check)
        self.add_key("Ctrl+N", tr("Enter sessions from paper"), self._on_enter)
        self.add_key_use(tr("Enter"), tr("Edit the chosen session"))
        self.add_key_use(tr("Del"), tr("Remove the chosen session"))

    def _zone(self) -> tzinfo:
        return zone(self._branch.current().zone)

    # ---------------------------------------------------------------- what is seen

    def refresh(self) -> None:
        """Look for the same again: something was recorded or mended."""
        known = self._workstations.all(retired=True)
        self._labels.update({each.id: each.label for each in known})
        self._lists = {
            name: {e.slug: e.label for e in self._branch.entries(name, retired=True)}
            for name in GROWING_LISTS
        }
        self.filters.offer(known)
        self.filters.find_now()

    def look_for(self, wanted: SessionFilter) -> None:
        """Show these, as whoever opened the page wants to look after them."""
        self.refresh()
        self.filters.show_filter(wanted)
        self.filters.find_now()

    def _on_wanted(self, wanted: SessionFilter) -> None:
        """All years are gone through beside the window."""
        self._asked = wanted
        background.run(
            self,
            lambda _report: (wanted, self._records.find(wanted)),
            succeeded=self._on_found,
            failed=self._on_not_found,
        )

    def _on_found(self, answer: tuple[SessionFilter, Found]) -> None:
        wanted, found = answer
        if wanted != self._asked:
            return  # something else is looked for meanwhile
        chosen, at = self.table.current_row(), self.table.currentIndex().row()
        self._found = found
        self.table.set_empty(_empty(wanted))
        self.table.show_window(self._fetch, found.records)
        self.foot.setText(sums(found))
        self.check.setVisible(bool(found.records) and wanted.lack in DOUBTED and not wanted.removed)
        if chosen is None or not self.table.select(chosen.id):
            last = max(0, min(at, found.records - 1))
            self.table.setCurrentIndex(self.table.rows.index(last, 0))
        if not found.records:
            self._show_chosen(None)

    def _on_not_found(self, error: PerpuDeskError) -> None:
        if isinstance(error, InputError):
            self.filters.show_error(error)
        else:
            self._toasts.say(error.sentence())

    def _fetch(self, offset: int, limit: int) -> Sequence[Session]:
        return self._records.at(self._found.places[offset : offset + limit])

    def _show_chosen(self, session: Session | None) -> None:
        removed = self.filters.shows_removed
        self.edit.setVisible(session is not None and not removed)
        self.remove.setVisible(session is not None and not removed)
        self.again.setVisible(session is not None and removed)
        if session is None:
            self.card.show_none()
            return
        purposes = self._lists.get("computer_purposes", {})
        self.card.show_session(session, self._labels, purposes, self._zone())
        words = HistoryWords(
            self._zone(),
            staff=self._branch.staff_names(),
            entries=lambda name: self._lists[name],
            patron=lambda _id: None,
            record=record_words(self._labels),
        )
        history = self._records.history(session.id)
        self.card.show_history(history, words)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        look = theme.current()
        self.card.setFixedWidth(look.px(_CARD))
        self.card.setVisible(self.width() >= look.px(_ROOM_FOR_CARD))

    # ---------------------------------------------------------------- what is done

    def _on_edit(self, session: Session | None = None) -> None:
        chosen = session or self.table.current_row()
        if chosen is not None and not self.filters.shows_removed:
            self._editor.edit(chosen)

    def _on_check(self) -> None:
        """Go through what is found, the oldest first, as after a power cut."""
        sessions = self._records.at(self._found.places[:MOST_CHECKED])
        known = [each for each in reversed(sessions) if each.start is not None]
        if not known or not self.check.isVisible():
            return
        CheckSessions(
            self._computers,
            self._mending,
            self._branch,
            self._workstations,
            sessions=known,
            undo=self._undo,
            parent=self,
        ).open()

    def _on_remove(self, session: Session | None = None) -> None:
        chosen = session or self.table.current_row()
        if chosen is None or self.filters.shows_removed:
            return
        if self._did(lambda: self._mending.remove(chosen.id)):
            self._on_removed(chosen)

    def _on_bring_back(self) -> None:
        chosen = self.table.current_row()
        if chosen is not None and self._did(lambda: self._mending.bring_back(chosen.id)):
            self._say(tr("Counted again: {who}", who=whose_spoken(chosen)))

    def _did(self, work: Callable[[], object]) -> bool:
        try:
            work()
        except PerpuDeskError as error:
            self._toasts.say(error.sentence())
            return False
        return True

    def _on_enter(self) -> None:
        self.enter.begin()

    def _on_stored(self, session: Session) -> None:
        self._say(tr("Changed: {who}", who=whose_spoken(session)))

    def _on_removed(self, session: Session) -> None:
        self._say(tr("Removed: {who}", who=whose_spoken(session)))

    def _on_resumed(self, session: Session) -> None:
        self._say(tr("Goes on again: {who}", who=whose_spoken(session)))

    def _say(self, text: str) -> None:
        self._toasts.say(text, tr("Undo"), self._back.undo, "Ctrl+Z")
        self.table.setFocus()


def _empty(wanted: SessionFilter) -> str:
    if wanted == SessionFilter():
        return tr("No session is recorded yet. Begin on the board of computers (F3).")
    return tr("No session is like this. Take a filter away, or choose other days.")


def sums(found: Found) -> str:
    """`120 sesi · 3.456 menit · 4 tanpa menit · 6 sesi perangkat sendiri`."""
    n = found.sessions
    parts = [trn("{count} session", "{count} sessions", n, count=number(n))]
    n = found.minutes
    parts.append(trn("{count} minute", "{count} minutes", n, count=number(n)))
    if n := found.without:
        parts.append(trn("{count} without minutes", "{count} without minutes", n, count=number(n)))
    if n := found.devices:
        parts.append(
            trn(
                "{count} session of an own device",
                "{count} sessions of own devices",
                n,
                count=number(n),
            )
        )
    return " · ".join(parts)
