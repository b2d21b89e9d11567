"""Meja Depan: everything a visitor needs at the counter, without leaving the page."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime, tzinfo
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QApplication, QWidget

from perpudesk.branch.model import DayInfo
from perpudesk.branch.service import BranchService
from perpudesk.core.codes import DayState
from perpudesk.core.errors import PerpuDeskError
from perpudesk.core.i18n import tr
from perpudesk.core.times import zone_label
from perpudesk.core.topics import Topic
from perpudesk.patrons.model import Patron, PatronDraft
from perpudesk.patrons.service import PatronService
from perpudesk.ui.page import KeyUse, Page
from perpudesk.ui.told import PageToasts, WayBack
from perpudesk.visits.form.columns import visit_columns
from perpudesk.visits.form.keys import DeskKeys, takes_text
from perpudesk.visits.form.words import counted
from perpudesk.visits.model import Today, Visit, in_columns
from perpudesk.visits.page.board import MOST_KEYS, BoardCard
from perpudesk.visits.page.cards import DeskCards
from perpudesk.visits.page.day import DayPill, open_day_menu
from perpudesk.visits.page.dialogs import DeskDialogs
from perpudesk.visits.page.entry import EntryCard
from perpudesk.visits.page.matters import MattersPill
from perpudesk.visits.page.recent import KEPT, RecentCard
from perpudesk.visits.page.recorder import Recorder
from perpudesk.visits.page.view import DeskView
from perpudesk.visits.service import VisitService

SETTLE_MS = 700
"""So long after the last tap everything is counted again, in case another hand was in it."""
TICK_MS = 5_000
MATTERS_MS = 1_200
"""So long after the last tap the matters of the day are asked for: no tap waits for them."""
USUAL_MINUTES = 15
USUAL_MS = 50
"""A tap that waits already, as after a start, comes before the question what is usual."""


class VisitsPage(Page):
    """The desk. Keys are taps unless a field has the focus; a card is read wherever it is."""

    topics = frozenset({Topic.VISITS, Topic.PATRONS, Topic.DAYS, Topic.BRANCH, Topic.ACTIVITIES})
    all_asked = Signal()
    """The list of all visits is wanted."""
    paper_asked = Signal()
    """Sheets of paper are to be typed in."""
    matters_asked = Signal()
    """A quiet moment: `matters.show_matters` may tell what other rooms have for today."""

    def __init__(
        self,
        visits: VisitService,
        patrons: PatronService,
        branch: BranchService,
        *,
        undo: Callable[[], object],
        redo: Callable[[], object],
        can_undo: Callable[[], tuple[bool, bool]],
        now: Callable[[], datetime],
        scan_gap_ms: int,
        parent: QWidget | None = None,
    ) -> None:
        """`now` tells an aware moment; `undo` and `redo` raise `RuleError` when they cannot."""
        super().__init__("desk", tr("Front desk"), parent=parent)
        self._visits, self._branch, self._now = visits, branch, now
        self._can_undo = can_undo
        self._today: Today | None = None
        self._info: DayInfo | None = None
        self._usual: float | None = None
        self._usual_of: object = None
        self._minute: object = None
        self._purposes: dict[str, str] = {}
        self.recorder = Recorder(visits, patrons, branch, now, parent=self)
        self.back = WayBack(undo, redo, self._reverting, parent=self)
        self.toasts = PageToasts(self, self.back.undo)
        self.dialogs = DeskDialogs(self, visits, patrons, branch, recorder=self.recorder, undo=undo)
        self.entry = EntryCard(patrons, self._on_group_asked)
        self.board = BoardCard(branch.current().age_bands)
        self.recent = RecentCard(
            visit_columns(self._zone, self._purposes, cards=self.recorder.cards),
            undo=self.back.undo,
            redo=self.back.redo,
            all_visits=self.all_asked.emit,
            paper=self.paper_asked.emit,
        )
        self.day = DayPill("Ctrl+D")
        self.matters = MattersPill("Ctrl+B")
        self.header.add(self.day)  # before the cards: Tab comes here first
        self.header.add(self.matters)
        self.view = DeskView(self.entry, self.board, self.recent)
        self.body.addWidget(self.view)
        self.setFocusProxy(self.board.grid)
        self.keys = DeskKeys(self, scan_gap_ms, self._takes)
        self.cards = DeskCards(self, self.keys, self.recorder, self.toasts)
        self._settle = self._timer(SETTLE_MS, self._read)
        self._ask_usual = self._timer(USUAL_MS, self._read_usual)
        self._quiet = self._timer(MATTERS_MS, self.matters_asked.emit)
        self._ticks = self._timer(TICK_MS, self._tick, once=False)
        self._connect()
        self._add_keys()

    def _timer(self, interval: int, slot: Callable[[], object], *, once: bool = True) -> QTimer:
        timer = QTimer(self, singleShot=once, interval=interval)
        timer.timeout.connect(slot)
        return timer

    def _connect(self) -> None:
        self.back.said.connect(self.toasts.say)
        self.keys.tapped.connect(self._on_key)
        self.cards.recorded.connect(self.view.go_back)
        self.board.grid.tapped.connect(self._on_tapped)
        self.board.purpose_chosen.connect(self._on_purpose)
        self.board.occupation_chosen.connect(self._on_occupation)
        self.entry.seek.picked.connect(self._on_picked)
        self.entry.seek.new_asked.connect(self._on_new_asked)
        self.entry.seek.left.connect(self.view.go_back)
        self.entry.counted.connect(self.view.go_back)
        self.entry.count.changed.connect(self._on_count_changed)
        self.recorder.recorded.connect(self._on_recorded)
        self.recorder.asked.connect(self.view.ask)
        self.recorder.settled.connect(self.view.withdraw)
        self.recorder.told.connect(self.toasts.say)
        self.recorder.changed.connect(self._read)
        self.recorder.registration_asked.connect(self._on_registration_asked)
        self.recent.edit_asked.connect(self.dialogs.edit)
        self.recent.remove_asked.connect(self._on_remove_asked)
        self.dialogs.recorded.connect(self._on_recorded)
        self.dialogs.changed.connect(self._on_changed)
        self.dialogs.closed.connect(self.view.go_back)
        self.day.pressed.connect(self._on_day_pressed)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.applicationStateChanged.connect(self._tick)

    def _add_keys(self) -> None:
        self.add_key_use("/", tr("Scan field, or part of a name"))
        self.add_key_use("*", tr("How many the next tap is for"))
        for place in range(MOST_KEYS + 1):
            shortcut = QShortcut(QKeySequence(f"Alt+{place}"), self)
            shortcut.activated.connect(partial(self.board.choose, place))
        self.add_key_use("Alt+0", tr("No purpose recorded"))
        self.add_key("Ctrl+G", tr("Group"), self._on_group_asked)
        self.add_key("Ctrl+N", tr("New patron"), self._on_new_patron)
        self.add_key("Ctrl+D", tr("State of today"), self._on_day_pressed)
        self.add_key("Ctrl+K", tr("Calendar of service days"), self._on_calendar)
        self.add_key("Ctrl+B", tr("What today brings"), self.matters.open_menu)
        self.add_key("Ctrl+Z", tr("Undo"), self.back.undo)
        self.add_key("Ctrl+Shift+Z", tr("Redo"), self.back.redo)

    def key_uses(self) -> tuple[KeyUse, ...]:
        taps = KeyUse(keys=self.board.grid.keys(), text=tr("Record a visitor"))
        purposes = KeyUse(keys=self.board.purpose_keys(), text=tr("Purpose of the visit"))
        return (taps, purposes, *super().key_uses())

    # ---------------------------------------------------------------- what is seen

    def refresh(self) -> None:
        """Read again, unless it is our own doing: that is shown already and settles soon."""
        if self.recorder.working:
            self._settle.start()
            return
        self._usual_of = None
        self._read()
        self._quiet.start()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.keys.start()
        self._ticks.start()
        self._tick()
        self.view.go_back()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.keys.stop()
        self._ticks.stop()
        self._ask_usual.stop()
        self._quiet.stop()
        self._usual_of = None  # asked again when the page is back
        self.toasts.clear()

    def _zone(self) -> tzinfo:
        return self.recorder.where

    def _here(self) -> datetime:
        return self._now().astimezone(self._zone())

    def _read(self) -> None:
        """Count again and show everything."""
        self._settle.stop()
        branch = self._branch.current()
        self.board.grid.set_bands(branch.age_bands)
        purposes = self._branch.entries("purposes", retired=True)
        self._purposes.update((each.slug, each.label) for each in purposes)
        occupations = self._branch.entries("occupations") if branch.ask_occupation else None
        self.board.offer([each for each in purposes if not each.retired], occupations)
        self._show_today(replace(self._visits.today(with_usual=False), usual=self._usual))
        self._read_day()
        self.recent.show_visits(self._visits.recent(KEPT))
        self.recent.set_undo(*self._can_undo())

    def _read_day(self) -> None:
        """What today is: set by somebody, or by rule."""
        today = self.recorder.today
        self._info = self._visits.days(today, today)[0]
        self.recorder.closed = self._info.state is DayState.CLOSED
        self.day.show_day(self._info)

    def _show_today(self, today: Today) -> None:
        self._today = today
        hour = self._here().hour
        week = self._branch.current().opening_hours
        cells, others = in_columns(today.by_cell, self.board.grid.bands)
        self.board.grid.show_counts(cells)
        self.board.show_others(others)
        self.view.today.show_today(today, week=week, hour=hour)

    def _read_usual(self) -> None:
        """The usual by this quarter of an hour: eight weeks are not counted for every tap."""
        self._usual = self._visits.usual()
        if self._today is not None:
            self._show_today(replace(self._today, usual=self._usual))

    def _tick(self) -> None:
        """Move the clock on; roll the day at midnight and after a sleep."""
        here = self._here()
        if self._today is not None and here.date() != self._today.day:
            self._read()
        minute = here.replace(second=0, microsecond=0)
        if minute != self._minute:
            self._minute = minute
            self.header.set_now(here.date(), here, zone_label(self._branch.current().zone))
        quarter = (here.date(), here.hour, here.minute // USUAL_MINUTES)
        if quarter != self._usual_of:
            self._usual_of = quarter
            self._ask_usual.start()
            self._quiet.start()

    # ---------------------------------------------------------------- keys

    def _takes(self, widget: QWidget, char: str) -> bool:
        """Whether a character typed at `widget` is its own; in the count only digits are."""
        if widget is self.entry.count.box:
            return char.isdecimal() or not char.isprintable()
        return takes_text(widget)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and Escape answer the question that is seen."""
        key, control = event.key(), event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if event.isAutoRepeat():
            return
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.view.asks:
            self.view.question.answer(1 if control else 0)
        elif key == Qt.Key.Key_Escape and self.view.asks:
            self.view.question.refuse()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape):
            self.view.go_back()
        else:
            super().keyPressEvent(event)

    def _on_key(self, char: str) -> None:
        if char == "/":
            self.view.open_entry().seek.begin()
        elif char == "*":
            self.view.open_entry().count.begin()
        else:
            self.board.grid.tap(char)

    # ---------------------------------------------------------------- recording

    def _on_tapped(self, sex: str, band: str) -> None:
        count = self.entry.take_count()
        if count is None:
            self.view.open_entry().count.begin()
            return
        self.entry.reset_count()
        self.recorder.tap(sex, band, count)
        if not self.board.grid.hasFocus():
            self.view.go_back()

    def _on_picked(self, patron: Patron) -> None:
        self.entry.seek.clear()
        self.view.go_back()
        self.recorder.visit_of(patron)

    def _on_new_asked(self, typed: str) -> None:
        number_typed = any(char.isdigit() for char in typed)
        draft = PatronDraft(name="", member_number=typed)
        self._on_registration_asked(draft if number_typed else PatronDraft(name=typed))

    def _on_new_patron(self) -> None:
        self.dialogs.register(None, self._on_picked)

    def _on_registration_asked(self, draft: PatronDraft) -> None:
        self.dialogs.register(draft, self._on_picked)

    def _on_recorded(self, visit: Visit) -> None:
        """Show a record that is on the disk: only what it touches is painted."""
        if self._today is None or visit.moment.local_date != self._today.day:
            self._read()
        else:
            self._show_today(self._today.plus(visit, self.board.grid.bands))
            self.recent.put(visit)
            self.recent.set_undo(True, False)
            if self._info is None or not self._info.visits:
                self._read_day()
        self._settle.start()
        if self._quiet.isActive():
            self._quiet.start()
        self.toasts.done(counted(visit))

    def _on_count_changed(self) -> None:
        try:
            self.board.show_count(self.entry.count.value())
        except PerpuDeskError:  # said when it is used
            self.board.show_count(1)

    def _on_purpose(self, slug: str) -> None:
        self.recorder.purpose = slug

    def _on_occupation(self, slug: str) -> None:
        self.recorder.occupation = slug

    # ---------------------------------------------------------------- mending

    @contextmanager
    def _reverting(self) -> Iterator[None]:
        """Undo or redo after the keys before it, and show what stands now."""
        self.keys.settle()
        try:
            with self.recorder.own():
                yield
        finally:
            self._read()

    def _on_remove_asked(self, visit: Visit) -> None:
        try:
            with self.recorder.own():
                self._visits.remove(visit.id)
        except PerpuDeskError as error:
            self.toasts.say(error.sentence())
        else:
            self._on_changed(tr("Removed: {who}", who=counted(visit)))

    def _on_changed(self, said: str) -> None:
        """Something was mended; `said` is empty where its own window has told it."""
        self._read()
        if said:
            self.toasts.say(said, tr("Undo"), self.back.undo, "Ctrl+Z")

    def _on_group_asked(self) -> None:
        self.keys.settle()
        self.dialogs.group()

    def open_day(self, day: date | None = None) -> None:
        """Open the calendar of service days at `day`, to set it and to mend its visits."""
        self.keys.settle()
        self.dialogs.days(day)

    def _on_calendar(self) -> None:
        self.open_day()

    def _on_day_pressed(self) -> None:
        if self._info is not None:
            open_day_menu(self.day, self._info, self.recorder.set_day, self._on_calendar)
