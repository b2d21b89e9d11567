"""What becomes of a deed: done at once, begun in the panel, or first a tile to be chosen."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

from PySide6.QtCore import QObject, Signal

from perpudesk.branch.service import BranchService
from perpudesk.computers.board import Tile, TileKind
from perpudesk.computers.form.broken import BrokenPanel
from perpudesk.computers.form.session_words import whose_spoken
from perpudesk.computers.model import Session, Workstation
from perpudesk.computers.page.beginning import Beginning
from perpudesk.computers.page.choosing import Choice, Chooser, is_open, is_taken
from perpudesk.computers.page.deeds import Deed, main_of, menu_of
from perpudesk.computers.page.hands import Hands
from perpudesk.computers.page.numbers import JUST_STARTED
from perpudesk.computers.page.tile import TileView
from perpudesk.computers.page.view import ComputersView
from perpudesk.computers.service import DEVICE_STAYS
from perpudesk.core.codes import UNKNOWN, Condition
from perpudesk.core.errors import PerpuDeskError, RuleError
from perpudesk.core.i18n import tr
from perpudesk.ui.menu import KeyMenu
from perpudesk.ui.told import PageToasts


class Clerk(QObject):
    """Does the deeds that are asked of tiles."""

    correct_asked = Signal(object)
    sessions_asked = Signal()
    reserve_asked = Signal(object)
    reservation_asked = Signal(object)
    serve_asked = Signal(object)
    """The holder of a `Ticket` that was called is here."""
    no_show_asked = Signal(object)
    """Nobody came for a `Ticket`."""

    def __init__(
        self,
        view: ComputersView,
        hands: Hands,
        beginning: Beginning,
        chooser: Chooser,
        *,
        toasts: PageToasts,
        branch: BranchService,
        now: Callable[[], datetime],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._view, self._hands = view, hands
        self._beginning, self._chooser = beginning, chooser
        self._toasts, self._branch, self._now = toasts, branch, now
        self._does: dict[Deed, Callable[[Session], object]] = {
            Deed.END: self.end,
            Deed.EXTEND: hands.extend,
            Deed.PAUSE: hands.pause_or_go_on,
            Deed.RESUME: hands.pause_or_go_on,
            Deed.MOVE: self._ask_where,
            Deed.SWAP: self._ask_with_whom,
            Deed.CORRECT: self.correct_asked.emit,
        }
        beginning.end_asked.connect(self.end)
        self.broken = BrokenPanel()
        view.add_panel(self.broken)
        self.broken.wanted.connect(self._on_broken)

    def do(self, deed: Deed, view: TileView) -> None:
        """Do something with a tile, or take it where one is to be chosen."""
        tile = view.tile
        view.setFocus()
        if tile is None or self._chooser.take(tile) or deed is Deed.CHOOSE:
            return
        deed = main_of(tile) if deed is Deed.MAIN else deed
        if deed is Deed.MENU:
            self._menu(view, tile)
        elif deed is Deed.START:
            self._beginning.at(tile, view)
        elif deed in (Deed.SERVE, Deed.MISSED):
            asked = self.serve_asked if deed is Deed.SERVE else self.no_show_asked
            asked.emit(tile.ticket)
        elif deed is Deed.PURPOSE or deed in self._does:
            self._with_session(deed, view, tile)
        elif tile.workstation is None:
            self._toasts.say(RuleError(DEVICE_STAYS).sentence())
        else:
            self._with_place(deed, view, tile, tile.workstation)

    def end(self, session: Session) -> None:
        """End it, unless it began this moment: then the key was pressed twice."""
        began = None if session.start is None else self._now() - session.start
        if began is not None and timedelta() <= began < JUST_STARTED:
            said = tr(
                "{place} was started just now. Press again in a moment to end it.",
                place=self._hands.place(session),
            )
            self._toasts.say(said)
        else:
            self._hands.end(session)

    def _with_place(self, deed: Deed, view: TileView, tile: Tile, place: Workstation) -> None:
        if deed in (Deed.REPAIR, Deed.BREAK):
            if tile.kind is TileKind.BROKEN:
                self._hands.repair(place)
            else:
                self.broken.begin(place)
                self._view.open_panel(self.broken, view)
                self.broken.rest()
        elif deed is Deed.RESERVE:
            self.reserve_asked.emit(place)
        elif tile.reservation is not None:
            self.reservation_asked.emit(tile.reservation)

    def _on_broken(self, place: Workstation, condition: Condition, note: str) -> None:
        try:
            self._hands.note_broken(place, condition, note)
        except PerpuDeskError as error:
            self.broken.refuse(error)
        else:
            self._view.leave_panel()

    def _with_session(self, deed: Deed, view: TileView, tile: Tile) -> None:
        session = tile.session
        if session is None:
            if deed is Deed.CORRECT:
                self.sessions_asked.emit()
            elif tile.workstation is not None:
                self._toasts.say(tr("{place} is not in use.", place=tile.workstation.label))
        elif session.device and deed in (Deed.MOVE, Deed.SWAP):
            self._toasts.say(RuleError(DEVICE_STAYS).sentence())
        elif deed is Deed.PURPOSE:
            self._purposes(view, session)
        else:
            self._does[deed](session)

    def _ask_where(self, session: Session) -> None:
        place = self._hands.place(session)
        question = tr(
            "{who} moves from {place}. To which computer?", who=whose_spoken(session), place=place
        )

        def taken(tile: Tile) -> None:
            if tile.workstation is not None:
                self._hands.move(session, tile.workstation)

        self._chooser.ask(Choice(question=question, fits=is_open, taken=taken))

    def _ask_with_whom(self, session: Session) -> None:
        question = tr(
            "{place} changes places. With which computer?", place=self._hands.place(session)
        )

        def fits(tile: Tile) -> bool:
            return is_taken(tile) and tile.session is not None and tile.session.id != session.id

        def taken(tile: Tile) -> None:
            if tile.session is not None:
                self._hands.swap(session, tile.session)

        self._chooser.ask(Choice(question=question, fits=fits, taken=taken))

    def _menu(self, view: TileView, tile: Tile) -> None:
        title = f"{view.face.title} · {view.face.state}" if view.face else ""
        menu = KeyMenu(title, parent=view)
        for deed in menu_of(tile):
            menu.add(deed.words, partial(self.do, deed, view), key=deed.key)
        menu.popup(view.corner())

    def _purposes(self, view: TileView, session: Session) -> None:
        menu = KeyMenu(tr("Purpose: {place}", place=self._hands.place(session)), parent=view)
        for at, each in enumerate(self._branch.entries("computer_purposes"), start=1):
            key = "0" if each.slug == UNKNOWN else str(at) if at < 10 else ""
            slot = partial(self._hands.set_purpose, session, each.slug, each.label)
            menu.add(each.label, slot, key=key, chosen=each.slug == session.purpose)
        menu.popup(view.corner())
