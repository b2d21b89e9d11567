"""Komputer: every computer at a glance, begun and ended with its number."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime, tzinfo
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QApplication, QWidget

from perpudesk.branch.service import BranchService
from perpudesk.computers.booking import Reservation
from perpudesk.computers.form.start import ASSISTED_KEY, MOST_KEYS, VISIT_KEY
from perpudesk.computers.page.banners import CHECK_KEY, RIGHT_KEY, Ended
from perpudesk.computers.page.beginning import Beginning
from perpudesk.computers.page.choosing import Chooser
from perpudesk.computers.page.clerk import Clerk
from perpudesk.computers.page.deeds import BY_KEY, Deed
from perpudesk.computers.page.hands import Hands
from perpudesk.computers.page.key_words import (
    DEVICE_KEY,
    PERSON_KEY,
    RESERVATIONS_KEY,
    SESSIONS_KEY,
    board_keys,
    start_keys,
)
from perpudesk.computers.page.numbers import DoublePress, TypedNumber
from perpudesk.computers.page.records import read_records
from perpudesk.computers.page.tile import TileView
from perpudesk.computers.page.view import ComputersView
from perpudesk.computers.page.watch import Watch
from perpudesk.computers.queue import QueueService
from perpudesk.computers.recovery import RecoveryService
from perpudesk.computers.service import ComputerService
from perpudesk.computers.workstations import WorkstationService
from perpudesk.core.errors import PerpuDeskError
from perpudesk.core.i18n import tr, trn
from perpudesk.core.times import zone
from perpudesk.core.topics import Topic
from perpudesk.patrons.service import PatronService
from perpudesk.ui.page import KeyUse, Page
from perpudesk.ui.told import PageToasts, WayBack
from perpudesk.visits.form.keys import DeskKeys, takes_text

TYPED_MS = 5_000
"""A number that was begun and left is forgotten."""


class ComputersPage(Page):
    """The board. Keys are numbers and deeds, or taps while a session is being begun."""

    topics = frozenset({Topic.COMPUTERS, Topic.DAYS, Topic.PATRONS, Topic.BRANCH})
    check_asked = Signal(object)
    """What `Ended` is to be looked at."""
    correct_asked = Signal(object)
    """A `Session` is to be corrected."""
    sessions_asked = Signal()
    """The list of sessions is wanted."""
    reserve_asked = Signal(object)
    """A `Workstation` is to be reserved."""
    reservation_asked = Signal(object)
    """A `Reservation` is to be looked at, or (None) all of them."""
    shown = Signal(bool)
    """The clock went on; whether the records were read anew."""

    def __init__(
        self,
        computers: ComputerService,
        workstations: WorkstationService,
        recovery: RecoveryService,
        patrons: PatronService,
        branch: BranchService,
        *,
        queue: QueueService,
        reservations: Callable[[date], Sequence[Reservation]],
        undo: Callable[[], object],
        redo: Callable[[], object],
        now: Callable[[], datetime],
        scan_gap_ms: int,
        parent: QWidget | None = None,
    ) -> None:
        """`reservations` are those of a day; `now` tells an aware moment."""
        super().__init__("computers", tr("Computers"), parent=parent)
        self._computers, self._workstations = computers, workstations
        self._recovery, self._branch = recovery, branch
        self._queue, self._reservations, self._now = queue, reservations, now
        self._more: dict[str, Callable[[], object]] = {}
        self._number, self._double = TypedNumber(), DoublePress()
        self.back = WayBack(undo, redo, self._reverting, parent=self)
        self.toasts = PageToasts(self, self.back.undo)
        self.view = ComputersView()
        self.body.addWidget(self.view)
        self.setFocusProxy(self.view)
        hands = Hands(
            computers,
            queue,
            workstations,
            self.toasts,
            undo=self.back.undo,
            where=self._where,
            parent=self,
        )
        self.chooser = Chooser(self.view.board, self.toasts, parent=self)
        self.beginning = Beginning(
            self.view,
            hands,
            self.chooser,
            self.toasts,
            computers=computers,
            patrons=patrons,
            branch=branch,
            where=self._where,
            parent=self,
        )
        self.clerk = Clerk(
            self.view,
            hands,
            self.beginning,
            self.chooser,
            toasts=self.toasts,
            branch=branch,
            now=now,
            parent=self,
        )
        self.keys = DeskKeys(self, scan_gap_ms, self._takes)
        self.watch = Watch(self.view, self.header, now, self._where, parent=self)
        self._forget = QTimer(self, singleShot=True, interval=TYPED_MS)
        self._connect()
        self._add_keys()

    def _connect(self) -> None:
        self.back.said.connect(self.toasts.say)
        self.watch.woken.connect(self._tick)
        self.watch.shown.connect(self._on_shown)
        self._forget.timeout.connect(self._forget_number)
        self.keys.tapped.connect(self._on_key)
        self.keys.scanned.connect(self._on_scanned)
        self.keys.unread.connect(self._on_unread)
        self.view.board.asked.connect(self._on_asked)
        self.view.empty.wanted.connect(self._on_wanted)
        self.view.banners.check_asked.connect(self.check_asked)
        self.view.banners.right_asked.connect(self.take_as_right)
        self.chooser.changed.connect(self._show_hint)
        self.view.panel_changed.connect(self._show_hint)
        self.clerk.correct_asked.connect(self.correct_asked)
        self.clerk.sessions_asked.connect(self.sessions_asked)
        self.clerk.reserve_asked.connect(self.reserve_asked)
        self.clerk.reservation_asked.connect(self.reservation_asked)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.applicationStateChanged.connect(self._tick)

    def _add_keys(self) -> None:
        for place in range(MOST_KEYS + 1):
            shortcut = QShortcut(QKeySequence(f"Alt+{place}"), self)
            shortcut.activated.connect(partial(self.beginning.panel.choose_purpose, place))
        for keys, box in (
            (VISIT_KEY, self.beginning.panel.visit),
            (ASSISTED_KEY, self.beginning.panel.assisted),
        ):
            QShortcut(QKeySequence(keys), self).activated.connect(box.click)
        self.add_key("Ctrl+Z", tr("Undo"), self.back.undo)
        self.add_key("Ctrl+Shift+Z", tr("Redo"), self.back.redo)

    def tell(self, said: str) -> None:
        """Say what was done in a dialog, with the way back."""
        self.toasts.say(said, tr("Undo"), self.back.undo, "Ctrl+Z")

    def add_deed(self, key: str, text: str, slot: Callable[[], object]) -> None:
        """Have a letter do something while no panel is open and no tile is to be chosen."""
        self._more[key] = slot
        self.add_key_use(key, text)

    def key_uses(self) -> tuple[KeyUse, ...]:
        return (*board_keys(), *super().key_uses(), *start_keys(self.beginning.panel))

    # ---------------------------------------------------------------- what is seen

    def refresh(self) -> None:
        """Read what the tiles are made of; the clock alone moves them from then on."""
        branch = self._branch.current()
        day = self._here().date()
        records = read_records(
            self._computers,
            self._workstations,
            self._branch,
            day=day,
            reservations=self._reservations(day),
            called=self._queue.called(),
        )
        panel = self.beginning.panel
        panel.offer(self._branch.entries("computer_purposes"), branch.age_bands)
        self.view.banners.show_ended(
            self._recovery.interrupted(), self._recovery.forgotten(), day, self._where()
        )
        public = any(each.state.is_public for each in records.workstations)
        self.view.show_empty(not public and not records.going_on)
        self.watch.take(records)
        self._show_hint()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.keys.start()
        self._tick()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.keys.stop()
        self.watch.stop()
        self._leave()
        self._forget_number()
        self.toasts.clear()

    def _where(self) -> tzinfo:
        return zone(self._branch.current().zone)

    def _here(self) -> datetime:
        return self._now().astimezone(self._where())

    def _tick(self) -> None:
        """The clock went on: show it, and sleep until something else is to be said."""
        if not self.isVisible():
            return
        records = self.watch.records
        if records is None or records.day != self._here().date():
            self.refresh()
        else:
            self.watch.look()

    def _on_shown(self, fresh: bool) -> None:
        self._number.know(self.view.board.numbers())
        if fresh:
            self.chooser.mark()
        self.shown.emit(fresh)

    def _show_hint(self) -> None:
        """Say what keys do now."""
        choice, number = self.chooser.choice, self._number.standing()
        if choice is not None:
            rest = tr("Type its number, or go there and press Enter. Esc leaves.")
            self.view.say(f"{choice.question} {rest}", strong=True)
        elif number is not None:
            self.view.say(
                tr("Number {number}: press Enter.", number=self._number.digits), strong=True
            )
        elif self.view.panel is not None and self.view.panel.hint:
            self.view.say(self.view.panel.hint)
        elif self._number.single:
            self.view.say(
                tr("The number of a computer starts or ends.  Arrows go on.  . what else  / a name")
            )
        else:
            self.view.say(
                tr("Number and Enter start or end.  Arrows go on.  . what else  / a name")
            )

    # ---------------------------------------------------------------- keys

    def _takes(self, widget: QWidget, char: str) -> bool:
        """Whether a character typed at `widget` is its own; of numbers only digits are."""
        boxes = (self.beginning.panel.limit.box, self.view.empty.count.box)
        if widget in boxes:
            return char.isdecimal() or not char.isprintable()
        return takes_text(widget)

    def _on_key(self, char: str) -> None:
        if self._double.again(char, self._now()):
            said = tr("“{key}” came twice at once; the second was not taken.", key=char)
            self.toasts.say(said)
            return
        before = self._mode()
        acted = self._act(char)
        if acted or self._mode() != before:
            self._double.did(char, self._now())

    def _mode(self) -> tuple[object, object]:
        """What keys mean; another one when that changed."""
        return self.view.panel, self.chooser.choice

    def _act(self, char: str) -> bool:
        """Do what a key means now; whether keys mean something else after it."""
        if (panel := self.view.panel) is not None:
            panel.tap(char)
        elif char.isdecimal():
            self.view.rest()  # or Enter would be another list's
            number = self._number.type(char)
            self._forget.start()
            self._show_hint()
            if number is not None:
                self._on_number(number)
                return True
        elif self.chooser.choice is None:
            self._forget_number()
            self._do(char.upper())
        return False

    def _do(self, key: str) -> None:
        view = self.view.board.current()
        others: dict[str, Callable[[], object]] = {
            PERSON_KEY: self.beginning.person,
            DEVICE_KEY: self.beginning.device,
            SESSIONS_KEY: self.sessions_asked.emit,
            RESERVATIONS_KEY: partial(self.reservation_asked.emit, None),
            CHECK_KEY: self.view.banners.check,
            RIGHT_KEY: self.view.banners.right,
        }
        others.update(self._more)
        if key in others:
            others[key]()
        elif key in BY_KEY and view is not None and not self.view.aside_has_focus():
            self.clerk.do(BY_KEY[key], view)

    def _on_number(self, number: int) -> None:
        self._forget_number()
        view = self.view.board.by_number(number)
        if view is None:
            self.toasts.say(tr("No computer has the number {number}.", number=number))
            return
        self.clerk.do(Deed.MAIN, view)

    def _on_asked(self, deed: Deed, view: TileView) -> None:
        """A tile is pressed; with a number typed, Enter means that one."""
        number = self._number.take() if deed is Deed.MAIN else None
        if number is not None:
            self._on_number(number)
        else:
            self._forget_number()
            self.clerk.do(deed, view)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape leaves what was begun; Backspace takes a digit back."""
        key = event.key()
        if key == Qt.Key.Key_Escape and not event.isAutoRepeat():
            if self._number.digits:
                self._forget_number()
            else:
                self._leave()
        elif key == Qt.Key.Key_Backspace and self._number.digits:
            self._number.erase()
            self._show_hint()
        else:
            super().keyPressEvent(event)

    def _leave(self) -> None:
        """Leave what was begun, and do nothing."""
        if not self.chooser.leave() and not self.view.leave_panel():
            self.view.rest()

    def _forget_number(self) -> None:
        self._forget.stop()
        if self._number.digits:
            self._number.clear()
        self._show_hint()

    def _on_scanned(self, text: str, _end: str) -> None:
        if takes_text(QApplication.focusWidget()) and not any(char.isdigit() for char in text):
            self.keys.type(text + _end)  # a name, typed as fast as a card
            return
        self._forget_number()
        panel = self.view.panel
        if panel is None or not panel.scan(text):
            self.beginning.card(text)

    def _on_unread(self, text: str) -> None:
        """A number or a name that was typed at once, or a scanner that ends with nothing."""
        if text.startswith("/"):
            self.keys.type(text)
            return
        said = tr(
            "The scanner sends no Enter after the number, so “{text}” was not read.", text=text[:20]
        )
        self.toasts.say(said)

    # ---------------------------------------------------------------- the rest

    @contextmanager
    def _reverting(self) -> Iterator[None]:
        self.keys.settle()
        yield

    def take_as_right(self, ended: Ended) -> None:
        """The ends stay as they were estimated, and are not asked about again."""
        if ended.outage is None:
            self._recovery.check_forgotten()
        else:
            self._branch.check_outage(ended.outage.id)

    def _on_wanted(self, count: int) -> None:
        try:
            self._workstations.add_many(count)
        except PerpuDeskError as error:
            self.toasts.say(error.sentence())
            return
        self.tell(trn("{n} computer was added.", "{n} computers were added.", count))
        self.view.board.setFocus()
