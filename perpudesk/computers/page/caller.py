"""What is done with the queue: each deed on the disk at once, told with its way back."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import datetime
from functools import partial

from PySide6.QtCore import QObject

from perpudesk.branch.service import BranchService
from perpudesk.computers.form.queue_words import call_words, holder, wait_words
from perpudesk.computers.form.take import TakePanel
from perpudesk.computers.model import SessionDraft
from perpudesk.computers.page.called import CalledDisplay
from perpudesk.computers.page.page import ComputersPage
from perpudesk.computers.page.queue import QueueCard, key_words
from perpudesk.computers.queue import QueueService
from perpudesk.computers.queueing import Line, Offer, Ticket, TicketDraft, waits
from perpudesk.computers.workstations import WorkstationService
from perpudesk.core.errors import PerpuDeskError
from perpudesk.core.formats import number
from perpudesk.core.i18n import tr, trn
from perpudesk.paper.document import Document
from perpudesk.patrons.model import PatronDraft
from perpudesk.patrons.service import PatronService
from perpudesk.ui import background
from perpudesk.ui.printing import Printing


class Caller(QObject):
    """Serves the queue for the page: its card, the panel that takes a number, the large display."""

    def __init__(
        self,
        page: ComputersPage,
        queue: QueueService,
        patrons: PatronService,
        branch: BranchService,
        workstations: WorkstationService,
        *,
        now: Callable[[], datetime],
        practice: Callable[[], bool],
    ) -> None:
        """`practice` tells whether these are practice records: a slip says so."""
        super().__init__(page)
        self._page, self._queue, self._patrons, self._branch = page, queue, patrons, branch
        self._workstations, self._now, self._practice = workstations, now, practice
        self._line = Line()
        self._labels: dict[str, str] = {}
        self.display: CalledDisplay | None = None
        self.printing = Printing(page)
        self.card = QueueCard()
        self.panel = TakePanel(patrons, branch.current().age_bands)
        page.view.aside.insertWidget(0, self.card)
        page.view.add_panel(self.panel)
        self._connect()

    def _connect(self) -> None:
        card, panel, page = self.card, self.panel, self._page
        page.shown.connect(self._on_shown)
        page.clerk.serve_asked.connect(self.serve)
        page.clerk.no_show_asked.connect(self.miss)
        card.take_asked.connect(self.begin)
        card.call_asked.connect(self.call)
        card.serve_asked.connect(self.serve)
        card.no_show_asked.connect(self.miss)
        card.leave_asked.connect(self.leave)
        card.show_asked.connect(self.show_large)
        card.print_asked.connect(self.print_slip)
        card.refused.connect(page.toasts.say)
        panel.wanted.connect(self.take)
        panel.new_asked.connect(self._register)
        for key, text in key_words():
            page.add_deed(key, text, partial(card.press, key))

    # ---------------------------------------------------------------- shown

    def _on_shown(self, fresh: bool) -> None:
        """The page was read anew, or the clock went on."""
        if fresh:
            self._read()
        else:
            self.card.tick(self._now())

    def _read(self) -> None:
        """Read who waits."""
        self._line = self._queue.line()
        self._labels = {each.id: each.label for each in self._workstations.all(retired=True)}
        self.card.show_line(self._line, self._labels, self._now())
        self._show_called()

    def show_large(self) -> None:
        """Show the called number in a window of its own."""
        if self.display is None:
            self.display = CalledDisplay(self._page)
        self._show_called()
        self.display.present()

    def _show_called(self) -> None:
        if self.display is not None:
            called = [each for each in self._line.tickets if each.called is not None]
            called.sort(key=lambda each: each.called or each.taken, reverse=True)
            calls = [call_words(each, self._labels) for each in called]
            self.display.show_calls(calls, self._branch.current().name)

    # ---------------------------------------------------------------- a number is taken

    def begin(self) -> None:
        """Open the panel: who waits, and how long one more would."""
        self.panel.begin(self._told(), self._branch.current().age_bands)
        self._page.view.open_panel(self.panel, self.card)
        self.panel.rest()

    def _told(self) -> str:
        count = len(self._line.tickets)
        if not count:
            return tr("Nobody waits. The number is given with one key, or a name.")
        last = waits(self._line, self._now())[self._line.tickets[-1].id]
        some = trn("{shown} waits", "{shown} wait", count, shown=number(count))
        time = tr("the last one {time}", time=wait_words(last))
        return f"{some} · {time}"

    def take(self, draft: TicketDraft) -> None:
        """Give the next number."""
        try:
            ticket = self._queue.take(draft)
        except PerpuDeskError as error:
            self.panel.refuse(error)
            return
        self._page.view.leave_panel()
        self.card.table.select(ticket.id)
        wait = waits(self._line, self._now()).get(ticket.id)
        said = tr(
            "{code} for {who}: {time}.", code=ticket.code, who=holder(ticket), time=wait_words(wait)
        )
        self._done(said)

    def _register(self, typed: str) -> None:
        from perpudesk.patrons.form import PatronDialog

        is_number = any(char.isdigit() for char in typed)
        draft = PatronDraft(name="", member_number=typed) if is_number else PatronDraft(name=typed)
        dialog = PatronDialog(self._patrons, self._branch, draft=draft, parent=self._page)
        dialog.saved.connect(self.panel.take_for)
        dialog.open()

    # ---------------------------------------------------------------- its turn

    def call(self, found: Offer) -> None:
        """Call a number to a workstation."""
        self._try(
            partial(self._queue.call, found.ticket.id, found.workstation.id),
            tr(
                "{code} is called to {place}.",
                code=found.ticket.code,
                place=found.workstation.label,
            ),
        )
        self.card.table.select(found.ticket.id)

    def serve(self, ticket: Ticket) -> None:
        """Let the session of whoever was called begin, for the purpose that is chosen."""
        chosen = self._page.beginning.panel
        draft = SessionDraft(workstation_id=ticket.workstation_id, purpose=chosen.purpose)
        counted = ticket.patron_id is not None or chosen.unnamed_counted
        place = self._labels.get(ticket.workstation_id or "", "")
        said = tr("{code} begins at {place}.", code=ticket.code, place=place)
        self._try(partial(self._queue.serve, ticket.id, draft, count_visit=counted), said)

    def miss(self, ticket: Ticket) -> None:
        """Nobody came."""
        self._try(
            partial(self._queue.no_show, ticket.id),
            tr("{code} did not come and waits again, behind the others.", code=ticket.code),
        )

    def leave(self, ticket: Ticket) -> None:
        """It waits no longer."""
        self._try(
            partial(self._queue.leave, ticket.id), tr("{code} does not wait.", code=ticket.code)
        )

    # ---------------------------------------------------------------- on paper

    def print_slip(self, ticket: Ticket) -> None:
        """Print the slip of a number."""
        if self.printing.is_busy():
            return
        try:
            document = self._queue.slip(ticket.id, practice=self._practice())
        except PerpuDeskError as error:
            self._page.toasts.say(error.sentence())
            return
        background.run(self._page, lambda _report: _rendered(document), succeeded=self.printing.ask)

    # ---------------------------------------------------------------- parts

    def _try(self, work: Callable[[], object], said: str) -> None:
        try:
            work()
        except PerpuDeskError as error:
            self._page.toasts.say(error.sentence())
            return
        self._done(said)

    def _done(self, said: str) -> None:
        self._page.toasts.say(said, tr("Undo"), self._page.back.undo, "Ctrl+Z")


def _rendered(document: Document) -> bytes:
    from perpudesk.paper.pdf import render  # its library loads with the first slip
    from perpudesk.paper.sizes import SLIP

    stream = io.BytesIO()
    render(document, stream, paper=SLIP)
    return stream.getvalue()
