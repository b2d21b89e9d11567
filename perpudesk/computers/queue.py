"""The queue at the computers: numbers taken, called and served."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from perpudesk.branch.checks import clean
from perpudesk.branch.service import BranchService
from perpudesk.computers.model import NOTE_MOST, Session, SessionDraft, floor_ms
from perpudesk.computers.queueing import (
    MOST_TICKETS,
    Line,
    Ticket,
    TicketDraft,
    in_order,
    place_behind,
    waits,
)
from perpudesk.computers.rules import closing_of, limit_of, moment_of
from perpudesk.computers.service import ComputerService
from perpudesk.computers.store import reservations, sessions, tickets
from perpudesk.computers.workstations import WorkstationService
from perpudesk.core.errors import Problem, RuleError
from perpudesk.core.formats import number
from perpudesk.core.topics import Notify, Topic
from perpudesk.db import journal
from perpudesk.db.connection import Store
from perpudesk.db.database import Database
from perpudesk.patrons.model import check_profile

if TYPE_CHECKING:
    from perpudesk.paper.document import Document

NO_TICKET = Problem("no_ticket", "That number is not here any more. Look at the queue again.")
WAITS_NO_MORE = Problem("waits_no_more", "{code} does not wait any more. Look at the queue again.")
NOT_CALLED = Problem("not_called", "{code} was not called yet. Call it first.")
CALLED_THERE = Problem(
    "called_there", "{label} waits for {code}, who was called to it. Choose another workstation."
)
WAITS_ALREADY = Problem("waits_already", "{name} waits already, with the number {code}.")
QUEUE_FULL = Problem(
    "queue_full", "There are no more than {most} numbers in a day. Write on paper who waits."
)
NOTHING_SAID = Problem("nothing_said", "{code} waits, and was not called. Nothing to take back.")
_AHEAD = timedelta(days=1)


class QueueService:
    """The use cases of the queue; each is one transaction and one step of undo.

    A ticket is of the day it was taken; a number is given once a day, even if it was taken back.
    `called_at` is the call that goes on or was served, so that of served tickets it tells how long
    they waited; each call that nobody heard is counted in `no_shows`.
    """

    def __init__(
        self,
        store: Store,
        notify: Notify,
        branch: BranchService,
        workstations: WorkstationService,
        computers: ComputerService,
    ) -> None:
        """Serve the queue of `store`."""
        self._store = store
        self._notify = notify
        self._branch = branch
        self._workstations = workstations
        self._computers = computers

    # ---------------------------------------------------------------- what is there

    def get(self, ticket_id: str) -> Ticket:
        """The ticket with that id; raises `RuleError` where there is none any more."""
        with self._store.reading() as db:
            return self._get(db, ticket_id)

    def of_day(self, day: date) -> list[Ticket]:
        """All tickets of a day by number."""
        with self._store.reading() as db:
            return tickets.of_day(db, day)

    def waiting(self) -> tuple[Ticket, ...]:
        """Who waits today, the next one first."""
        return in_order(self.of_day(self._store.today()))

    def called(self) -> tuple[Ticket, ...]:
        """Those whose turn it is today, and who have not come yet."""
        return tuple(each for each in self.waiting() if each.called is not None)

    def line(self) -> Line:
        """Who waits today, with all that says how long: read once, told anew at each tick."""
        now, branch = self._now(), self._branch.current()
        with self._store.reading() as db:
            waiting = self.waiting()
            return Line(
                tickets=waiting,
                workstations=tuple(each for each in self._workstations.all() if each.usable),
                sessions=tuple(sessions.open_ones(db)),
                reservations=tuple(reservations.meeting(db, now, now + _AHEAD)),
                minutes={each.id: limit_of(branch, each.profile, each.type) for each in waiting},
                closes=closing_of(branch, self._store.today(), self._store.author.zone),
            )

    def slip(self, ticket_id: str, *, practice: bool = False) -> Document:
        """The slip of a ticket that waits, as it stands now."""
        from perpudesk.computers.slip import Slip, slip_document

        line, now = self.line(), self._now()
        found = next((each for each in line.tickets if each.id == ticket_id), None)
        if found is None:
            raise RuleError(NO_TICKET)
        return slip_document(
            Slip(
                library=self._branch.current().name,
                code=found.code,
                taken=found.taken.astimezone(self._store.author.zone),
                ahead=line.tickets.index(found),
                minutes=waits(line, now)[ticket_id],
                practice=practice,
            )
        )

    # ---------------------------------------------------------------- use cases

    def take(self, draft: TicketDraft) -> Ticket:
        """The next number of the day, behind whoever waits; on the disk when this returns.

        Raises `RuleError` where the patron waits already.
        """
        tidy = replace(
            draft,
            profile=check_profile(draft.profile),
            note=clean(draft.note, "note", most=NOTE_MOST),
        )
        now, today = self._now(), self._store.today()
        with self._step() as db:
            waiting = self._refuse_waiting(db, tidy.patron_id)
            last = tickets.last_number(db, today, self._store.author.station_id)
            if last >= MOST_TICKETS:
                raise RuleError(QUEUE_FULL, most=number(MOST_TICKETS))
            place = place_behind(waiting, now)
            when = {
                "local_date": today.isoformat(),
                "number": last + 1,
                "taken_at": now,
                "behind_at": None if place == now else place,
            }
            ticket_id = tickets.add(self._store, db, tidy, when)
        return self._told(ticket_id)

    def call(self, ticket_id: str, workstation_id: str) -> Ticket:
        """It is its turn, at a workstation that must be free; a new call takes the old one's place.

        Raises `RuleError` where the workstation cannot be had, or waits for another number.
        """
        now = self._now()
        with self._step() as db:
            found = self._waiting(db, ticket_id)
            for each in self.waiting():
                if each.id != ticket_id and each.workstation_id == workstation_id:
                    place = self._workstations.get(workstation_id).label
                    raise RuleError(CALLED_THERE, label=place, code=each.code)
            self._computers.check_free(workstation_id, found.patron_id)
            self._set(db, ticket_id, called_at=now, workstation_id=workstation_id)
        return self._told(ticket_id)

    def start(
        self, draft: SessionDraft, *, count_visit: bool = False, although_kept: bool = False
    ) -> Session:
        """A session that begins without a call; a patron who waits is served by it."""
        for each in self.waiting() if draft.patron_id is not None else ():
            if each.patron_id == draft.patron_id:
                return self.serve(
                    each.id, draft, count_visit=count_visit, although_kept=although_kept
                )
        return self._computers.start(draft, count_visit=count_visit, although_kept=although_kept)

    def serve(
        self,
        ticket_id: str,
        draft: SessionDraft | None = None,
        *,
        count_visit: bool = False,
        although_kept: bool = False,
    ) -> Session:
        """The session of a ticket begins, in the same step: where it was called to.

        With a `draft` there, and for the purpose and the limit that it says. Whoever it is of is
        the ticket's own. Not called before, it is called now. Raises `RuleError` as `start` does.
        """
        now = self._now()
        with self._step() as db:
            found = self._waiting(db, ticket_id)
            wanted = draft or SessionDraft(workstation_id=found.workstation_id)
            session = self._computers.start(
                replace(wanted, profile=found.profile, type=found.type, patron_id=found.patron_id),
                count_visit=count_visit,
                although_kept=although_kept,
            )
            self._set(
                db,
                ticket_id,
                called_at=found.called or now,
                workstation_id=session.workstation_id,
                served_at=now,
                session_id=session.id,
            )
        self._told(ticket_id)
        return session

    def no_show(self, ticket_id: str) -> Ticket:
        """Nobody came when it was called: it waits again, behind whoever waits now."""
        now = self._now()
        with self._step() as db:
            found = self._waiting(db, ticket_id)
            if found.called is None:
                raise RuleError(NOT_CALLED, code=found.code)
            self._set(
                db,
                ticket_id,
                **_UNCALLED,
                no_shows=found.no_shows + 1,
                behind_at=place_behind(self.waiting(), now),
            )
        return self._told(ticket_id)

    def leave(self, ticket_id: str) -> Ticket:
        """Whoever has it waits no longer."""
        now = self._now()
        with self._step() as db:
            found = self._waiting(db, ticket_id)
            self._set(db, ticket_id, **_UNCALLED, left_at=max(now, found.taken))
        return self._told(ticket_id)

    def take_back(self, ticket_id: str) -> Ticket:
        """A call, or that it left, was a mistake: it waits again, at its own place."""
        with self._step() as db:
            found = self._get(db, ticket_id)
            if found.served is not None or found.local_date != self._store.today():
                raise RuleError(WAITS_NO_MORE, code=found.code)
            if found.called is None and found.left is None:
                raise RuleError(NOTHING_SAID, code=found.code)
            if found.left is not None:
                self._refuse_waiting(db, found.patron_id)
            self._set(db, ticket_id, **_UNCALLED, left_at=None)
        return self._told(ticket_id)

    def end_days(self) -> list[Ticket]:
        """Whoever waited on an earlier day has left, at closing time; repeated, nothing changes.

        Of a day whose hours are not known, or who came after them, at the end of the day. Nobody
        did it, so nobody can undo it.
        """
        today = self._store.today()
        with self._store.reading() as db:
            if not tickets.waiting_before(db, today):
                return []
        with self._store.writing() as db, journal.by_program(self._store):
            found = tickets.waiting_before(db, today)
            for each in found:
                self._set(db, each.id, **_UNCALLED, left_at=self._left_of(each))
        self._notify(Topic.COMPUTERS)
        return [self.get(each.id) for each in found]

    # ---------------------------------------------------------------- parts

    @contextmanager
    def _step(self) -> Iterator[Database]:
        with self._store.writing() as db, journal.one_step(self._store):
            yield db

    def _now(self) -> datetime:
        return floor_ms(self._store.clock.now())

    def _left_of(self, ticket: Ticket) -> datetime:
        where = self._store.author.zone
        closing = closing_of(self._branch.current(), ticket.local_date, where)
        if closing is not None and closing >= ticket.taken:
            return closing
        return max(ticket.taken, moment_of(ticket.local_date, 24 * 60, where))

    def _get(self, db: Database, ticket_id: str) -> Ticket:
        found = tickets.standing(db, ticket_id)
        if found is None:
            raise RuleError(NO_TICKET)
        return found

    def _waiting(self, db: Database, ticket_id: str) -> Ticket:
        found = self._get(db, ticket_id)
        if not found.is_waiting or found.local_date != self._store.today():
            raise RuleError(WAITS_NO_MORE, code=found.code)
        return found

    def _refuse_waiting(self, db: Database, patron_id: str | None) -> tuple[Ticket, ...]:
        """Who waits today; raises `RuleError` where the patron is among them."""
        waiting = in_order(tickets.of_day(db, self._store.today()))
        for each in waiting:
            if patron_id is not None and each.patron_id == patron_id:
                raise RuleError(WAITS_ALREADY, name=each.patron_name or "", code=each.code)
        return waiting

    def _set(self, db: Database, ticket_id: str, **fields: Any) -> None:
        tickets.set_fields(self._store, db, ticket_id, fields)

    def _told(self, ticket_id: str) -> Ticket:
        self._notify(Topic.COMPUTERS)
        return self.get(ticket_id)


_UNCALLED: dict[str, Any] = {"called_at": None, "workstation_id": None}
