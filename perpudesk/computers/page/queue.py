"""Who waits, beside the board: whose turn it is, how long it takes, and what can be done."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from PySide6.QtCore import Qt, Signal, SignalInstance
from PySide6.QtWidgets import QWidget

from perpudesk.computers.page.queue_table import QueueTable, Waiting
from perpudesk.computers.queueing import Line, Offer, Ticket, offer, waits
from perpudesk.core.i18n import tr, trc
from perpudesk.ui.buttons import Button
from perpudesk.ui.cards import Card
from perpudesk.ui.layout import FlowLayout, in_order
from perpudesk.ui.text import Text

TAKE, CALL, SERVE, MISSED, LEAVE, SHOW, PRINT, GO = "A", "N", "H", "T", "G", "D", "K", "Q"
"""The keys: a number, the next one, present, did not come, leaves, large, slip, to the list."""


class QueueCard(Card):
    """The list of those who wait, with a button and a key for each deed.

    A deed is of the line with the cursor. Nothing is done here: each is asked for by a signal.
    """

    take_asked = Signal()
    """A number is to be taken."""
    call_asked = Signal(object)
    """An `Offer` is taken up."""
    serve_asked = Signal(object)
    """The holder of a `Ticket` that was called is here."""
    no_show_asked = Signal(object)
    """Nobody came for a `Ticket` that was called."""
    leave_asked = Signal(object)
    """The holder of a `Ticket` waits no longer."""
    show_asked = Signal()
    """The called number is to be shown large."""
    print_asked = Signal(object)
    """The slip of a `Ticket` is to be printed."""
    refused = Signal(str)
    """A key can do nothing now; the sentence says why."""

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(tr("Queue"), parent=parent)
        self._line = Line()
        self._labels: Mapping[str, str] = {}
        self.offer: Offer | None = None
        self.take = self._button(tr("+ Queue up"), self.take_asked.emit, TAKE)
        self.take.setAccessibleName(tr("Take a number"))
        self.add_header(self.take)
        self.empty = Text(tr("Nobody waits."), "quiet", wrap=True)
        self.table = QueueTable()
        self.call = self._button("", self.call_next, CALL, kind="primary")
        self.serve = self._button("", self._on_serve, SERVE, kind="primary")
        self.missed = self._button(tr("Did not come"), self._on_missed, MISSED)
        self.leave = self._button(trc("ticket", "Left"), self._on_leave, LEAVE)
        self.large = self._button(
            "", self.show_asked.emit, SHOW, icon="eye", name=tr("Show the number large")
        )
        self.slip = self._button("", self._on_print, PRINT, icon="print", name=tr("Print the slip"))
        self._deeds = QWidget()
        flow = FlowLayout(self._deeds, gap=6)
        buttons = (self.serve, self.missed, self.call, self.leave, self.large, self.slip)
        for button in buttons:
            flow.addWidget(button)
        for part in (self.empty, self.table, self._deeds):
            self.add(part)
        in_order(self.take, self.table, *buttons)
        self.table.row_activated.connect(self._on_activated)
        self.table.delete_pressed.connect(self._on_delete)
        self.table.row_selected.connect(self._show_deeds)
        self._show_deeds()

    @staticmethod
    def _button(
        text: str,
        slot: Callable[[], object],
        key: str,
        *,
        kind: str = "plain",
        icon: str = "",
        name: str = "",
    ) -> Button:
        button = Button(text, slot, kind=kind, icon=icon, key=key, name=name)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return button

    # ---------------------------------------------------------------- shown

    def show_line(self, line: Line, labels: Mapping[str, str], now: datetime) -> None:
        """Show who waits; `labels` are what workstations are called, by id."""
        self._line, self._labels = line, labels
        self.tick(now)

    def tick(self, now: datetime) -> None:
        """The clock went on: only what is said otherwise is painted."""
        known = waits(self._line, now)
        rows = tuple(
            Waiting(
                ticket=each,
                wait=known[each.id],
                place=self._labels.get(each.workstation_id or "", ""),
            )
            for each in self._line.tickets
        )
        found = offer(self._line, now)
        if rows == self.table.shown and found == self.offer:
            return
        self.offer = found
        if rows != self.table.shown:
            self.table.show_waiting(rows)
        self._show_deeds()

    def current(self) -> Waiting | None:
        """The line with the cursor; by itself the first that was called, else the first."""
        return self.table.current()

    def _show_deeds(self) -> None:
        shown, called = self.table.shown, self._called()
        if self.offer is not None:
            self.call.set_label(tr("Call {code}", code=self.offer.ticket.code))
        if called is not None:
            self.serve.set_label(tr("Serve {code}", code=called.code))
        for part, seen in (
            (self.empty, not shown),
            (self.table, bool(shown)),
            (self._deeds, bool(shown)),
            (self.call, self.offer is not None),
            (self.serve, called is not None),
            (self.missed, called is not None),
            (self.large, called is not None),
        ):
            part.setVisible(seen)

    # ---------------------------------------------------------------- keys

    def press(self, key: str) -> bool:
        """Do what a key does here; whether it is one of ours."""
        deeds: dict[str, Callable[[], object]] = {
            TAKE: self.take_asked.emit,
            CALL: self.call_next,
            SERVE: self._on_serve,
            MISSED: self._on_missed,
            LEAVE: self._on_leave,
            SHOW: self.show_asked.emit,
            PRINT: self._on_print,
            GO: self.go,
        }
        if key not in deeds:
            return False
        deeds[key]()
        return True

    def go(self) -> None:
        """Go to the list."""
        if self.table.shown:
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.refused.emit(tr("Nobody waits."))

    def call_next(self) -> None:
        """Take up the offer, or say why there is none."""
        if self.offer is not None:
            self.call_asked.emit(self.offer)
        elif not self.table.shown:
            self.refused.emit(tr("Nobody waits."))
        elif all(each.is_called for each in self.table.shown):
            self.refused.emit(tr("Everybody who waits was called."))
        else:
            self.refused.emit(tr("No computer is free. End a session first, or wait for one."))

    def _called(self) -> Ticket | None:
        """The ticket with the cursor if it was called, else the first that was."""
        found = self.current()
        rows = [found, *self.table.shown] if found is not None else []
        return next((each.ticket for each in rows if each.is_called), None)

    def _on_serve(self) -> None:
        self._with_called(self.serve_asked)

    def _on_missed(self) -> None:
        self._with_called(self.no_show_asked)

    def _with_called(self, asked: SignalInstance) -> None:
        ticket = self._called()
        if ticket is None:
            self.refused.emit(tr("Nobody was called. {key} calls the next one.", key=CALL))
        else:
            asked.emit(ticket)

    def _on_leave(self) -> None:
        self._with_current(self.leave_asked)

    def _on_print(self) -> None:
        self._with_current(self.print_asked)

    def _with_current(self, asked: SignalInstance) -> None:
        found = self.current()
        if found is None:
            self.refused.emit(tr("Nobody waits."))
        else:
            asked.emit(found.ticket)

    def _on_delete(self, found: Waiting) -> None:
        self.leave_asked.emit(found.ticket)

    def _on_activated(self, found: Waiting) -> None:
        """Enter does what comes next: call this one, or serve who was called."""
        if found.is_called:
            self.serve_asked.emit(found.ticket)
        elif self.offer is not None:
            self.call_asked.emit(Offer(ticket=found.ticket, workstation=self.offer.workstation))
        else:
            self.call_next()


def key_words() -> list[tuple[str, str]]:
    """The keys of the card, with what each does, for the sheet of keys."""
    return [
        (TAKE, tr("Take a number")),
        (CALL, tr("Call the next number")),
        (SERVE, tr("Serve whoever was called")),
        (MISSED, tr("Whoever was called did not come")),
        (LEAVE, tr("Whoever is chosen in the queue left")),
        (PRINT, tr("Print the slip")),
        (SHOW, tr("Show the number large")),
        (GO, tr("Go to the queue")),
    ]
