"""How a session begins: who first or where first, by a tap, a name or a card."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import tzinfo
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from perpudesk.branch.service import BranchService
from perpudesk.computers.board import Tile
from perpudesk.computers.form.start import StartPanel, Wish
from perpudesk.computers.form.words import coming_words
from perpudesk.computers.model import Session
from perpudesk.computers.page.choosing import Choice, Chooser, is_open
from perpudesk.computers.page.hands import Hands
from perpudesk.computers.page.view import ComputersView
from perpudesk.computers.service import KEPT_FOR_PERSON, PATRON_BUSY, ComputerService
from perpudesk.core.errors import PerpuDeskError
from perpudesk.core.i18n import tr, trc
from perpudesk.core.settings import change_settings, read_settings
from perpudesk.patrons.model import Patron, PatronDraft
from perpudesk.patrons.service import PatronService
from perpudesk.ui.told import PageToasts
from perpudesk.visits.form.words import profile_spoken
from perpudesk.visits.scan import card_number


class Beginning(QObject):
    """Has the panel; where nobody has said at which computer, asks that after who it is."""

    end_asked = Signal(object)
    """The `Session` of whoever's card was read is perhaps to be ended."""

    def __init__(
        self,
        view: ComputersView,
        hands: Hands,
        chooser: Chooser,
        toasts: PageToasts,
        *,
        computers: ComputerService,
        patrons: PatronService,
        branch: BranchService,
        where: Callable[[], tzinfo],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._view, self._hands, self._chooser, self._toasts = view, hands, chooser, toasts
        self._computers, self._patrons, self._branch = computers, patrons, branch
        self._where = where
        self._warned: set[str] = set()
        bands = branch.current().age_bands
        self.panel = StartPanel(patrons, computers.limit_for, computers.is_counted, bands)
        self.panel.count_unnamed(read_settings().count_with_session)
        view.add_panel(self.panel)
        self.panel.wanted.connect(self._on_wanted)
        self.panel.new_asked.connect(self._register)

    @property
    def open(self) -> bool:
        """Whether the panel is seen: keys are taps."""
        return self._view.panel is self.panel

    def at(self, tile: Tile, beside: QWidget) -> None:
        """Open the panel for a workstation, or say why nobody can begin there."""
        place = tile.workstation
        if place is None:
            return
        try:
            self._computers.check_free(place.id)
        except PerpuDeskError as error:
            if error.problem is not KEPT_FOR_PERSON:
                self._toasts.say(error.sentence())
                return
        kept = tile.reservation
        self.panel.begin(place, note="" if kept is None else coming_words(kept, self._where()))
        self._show(beside)

    def device(self) -> None:
        """Open the panel for an own device."""
        self.panel.begin(None, device=True)
        self._show(None)

    def person(self) -> None:
        """Open the panel to find somebody first."""
        self.panel.begin(None)
        self._show(None)
        self.panel.seek.begin()

    def card(self, text: str) -> None:
        """A card was read: its holder begins, or is found where they sit."""
        number = card_number(text)
        patron = self._patrons.by_number(number)
        if patron is None:
            said = tr("Nobody has the card {number} yet.", number=number[:40])
            self._toasts.say(said, tr("Register…"), partial(self._register, number))
        elif not self._sits(patron):
            if not self.open:
                self.panel.begin(None)
            self.panel.start_of(patron)

    def _sits(self, patron: Patron) -> bool:
        """Go to where somebody sits already; whether they do."""
        view = self._view.board.tile_that(lambda tile: _is_of(tile, patron.id))
        if view is None or view.face is None or view.tile is None:
            return False
        self._view.leave_panel()
        view.setFocus()
        said = tr("{name} is at {place}.", name=patron.name, place=view.face.title)
        end = partial(self.end_asked.emit, view.tile.session)
        self._toasts.say(said, trc("session", "End"), end)
        return True

    def _show(self, beside: QWidget | None) -> None:
        self._chooser.leave()
        self._warned.clear()
        entries = self._branch.entries("computer_purposes")
        self.panel.offer(entries, self._branch.current().age_bands)
        self._view.open_panel(self.panel, beside)
        self.panel.rest()

    def _on_wanted(self, wish: Wish) -> None:
        if wish.draft.device or wish.draft.workstation_id is not None:
            self._start(wish)
            return
        patron_id = wish.draft.patron_id
        patron = None if patron_id is None else self._patrons.get(patron_id)
        who = profile_spoken(wish.draft.profile) if patron is None else patron.name
        self._view.leave_panel()
        question = tr("{who}: at which computer?", who=who)
        taken = partial(self._start_at, wish)
        self._chooser.ask(Choice(question=question, fits=is_open, taken=taken))

    def _start_at(self, wish: Wish, tile: Tile) -> None:
        if (place := tile.workstation) is not None:
            self._start(replace(wish, draft=replace(wish.draft, workstation_id=place.id)))

    def _start(self, wish: Wish) -> None:
        place = wish.draft.workstation_id
        try:
            session = self._hands.start(wish, although_kept=place in self._warned)
        except PerpuDeskError as error:
            self._refuse(error, wish)
            return
        self._keep_choice()
        self._view.leave_panel()
        view = self._view.board.tile_that(lambda tile: tile.session == session)
        if view is not None:
            view.setFocus()

    def _keep_choice(self) -> None:
        """Count visits of those without a name as now, also after a restart, if it can be kept."""
        counted = self.panel.unnamed_counted
        if counted != read_settings().count_with_session:
            with suppress(PerpuDeskError):
                change_settings(count_with_session=counted)

    def _refuse(self, error: PerpuDeskError, wish: Wish) -> None:
        """Say why nobody began, where it was typed; who sits elsewhere can be moved here.

        Where it is kept for somebody, the same once more begins all the same.
        """
        if error.problem is KEPT_FOR_PERSON and wish.draft.workstation_id is not None:
            self._warned.add(wish.draft.workstation_id)
        if self.open:
            self.panel.refuse(error)
        move = self._way_here(wish) if error.problem is PATRON_BUSY else None
        if move is not None:
            self._toasts.say(error.sentence(), tr("Move here"), move)
        elif not self.open:
            self._toasts.say(error.sentence())

    def _way_here(self, wish: Wish) -> Callable[[], object] | None:
        """What moves the session that the patron has elsewhere to where one was wanted."""
        sits = self._view.board.tile_that(lambda tile: _is_of(tile, wish.draft.patron_id))
        session = None if sits is None or sits.tile is None else sits.tile.session
        place = wish.draft.workstation_id
        if session is None or session.device or place is None:
            return None
        return partial(self._move_here, session, place)

    def _move_here(self, session: Session, workstation_id: str) -> None:
        to = self._view.board.tile_that(lambda tile: _is_at(tile, workstation_id))
        self._view.leave_panel()
        if to is not None and to.tile is not None and to.tile.workstation is not None:
            self._hands.move(session, to.tile.workstation)

    def _register(self, typed: str) -> None:
        from perpudesk.patrons.form import PatronDialog

        draft = PatronDraft(name=typed)
        if any(char.isdigit() for char in typed):
            draft = PatronDraft(name="", member_number=typed)
        dialog = PatronDialog(self._patrons, self._branch, draft=draft, parent=self._view)
        dialog.saved.connect(self._on_registered)
        dialog.open()

    def _on_registered(self, patron: Patron) -> None:
        if not self.open:
            self.panel.begin(None)
            self._show(None)
        self.panel.show_person(patron)


def _is_of(tile: Tile, patron_id: str | None) -> bool:
    session = tile.session
    return session is not None and patron_id is not None and session.patron_id == patron_id


def _is_at(tile: Tile, workstation_id: str) -> bool:
    return tile.workstation is not None and tile.workstation.id == workstation_id
