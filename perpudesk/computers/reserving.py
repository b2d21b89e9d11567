"""Workstations kept for a person or a class: reserved, changed, cancelled, ended early."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime

from perpudesk.computers.booking import Reservation, ReservationDraft, admit
from perpudesk.computers.model import floor_ms
from perpudesk.computers.store import reservations
from perpudesk.computers.workstations import WorkstationService
from perpudesk.core.errors import Problem, RuleError
from perpudesk.core.topics import Notify, Topic
from perpudesk.db import journal
from perpudesk.db.connection import Store
from perpudesk.db.database import Database

NO_RESERVATION = Problem(
    "no_reservation", "That reservation is not here any more. Look at the list again."
)
NOT_BEGUN = Problem(
    "reservation_not_begun", "It has not begun, so it cannot be ended. Cancel it instead."
)
OVER_ALREADY = Problem("reservation_over", "It is over already.")


class ReservationService:
    """The use cases of reservations; each is one transaction and one step of undo.

    A class that stands in the list was held, and its minutes are class minutes from its start to
    its end on each of its workstations; one that was not held is cancelled.
    """

    def __init__(self, store: Store, notify: Notify, workstations: WorkstationService) -> None:
        """Serve the reservations of `store`."""
        self._store = store
        self._notify = notify
        self._workstations = workstations

    def get(self, reservation_id: str) -> Reservation:
        """The reservation with that id; raises `RuleError` where there is none any more."""
        with self._store.reading() as db:
            found = reservations.standing(db, reservation_id)
        if found is None:
            raise RuleError(NO_RESERVATION)
        return found

    def between(self, first: date, last: date) -> list[Reservation]:
        """The reservations that begin from `first` to `last`, in order."""
        with self._store.reading() as db:
            return reservations.between(db, first, last)

    def of_day(self, day: date) -> list[Reservation]:
        """The reservations that begin on a day, in order."""
        return self.between(day, day)

    def coming(self) -> list[Reservation]:
        """Those of today, over or not, and of the days to come."""
        return self.between(self._store.today(), date.max)

    def meeting(
        self, start: datetime, end: datetime, *, but: str | None = None
    ) -> list[Reservation]:
        """Those that share time with a stretch of it, all but one of them."""
        with self._store.reading() as db:
            return [each for each in reservations.meeting(db, start, end) if each.id != but]

    def reserve(self, draft: ReservationDraft) -> Reservation:
        """Workstations are kept; raises `InputError` on the field that is refused."""
        self._store.permit([self._day(draft.start)])
        with self._step() as db:
            tidy = self._admitted(draft, None)
            reservation_id = reservations.add(self._store, db, tidy, self._day(tidy.start))
        return self._told(reservation_id)

    def change(self, reservation_id: str, draft: ReservationDraft) -> Reservation:
        """Another time, other workstations or another title; raises `InputError` as `reserve`."""
        found = self.get(reservation_id)
        self._store.permit([found.local_date, self._day(draft.start)])
        with self._step() as db:
            tidy = self._admitted(draft, found)
            reservations.change(self._store, db, reservation_id, tidy, self._day(tidy.start))
        return self._told(reservation_id)

    def cancel(self, reservation_id: str, *, note: str | None = None) -> None:
        """It is not kept any more, or the class was not held; it can be undone."""
        self._store.permit([self.get(reservation_id).local_date])
        with self._step() as db:
            reservations.remove(self._store, db, reservation_id, note)
        self._notify(Topic.COMPUTERS)

    def end_early(self, reservation_id: str) -> Reservation:
        """It is over now: its workstations are free, and its minutes end here."""
        found, now = self.get(reservation_id), floor_ms(self._store.clock.now())
        if now >= found.end:
            raise RuleError(OVER_ALREADY)
        if now <= found.start:
            raise RuleError(NOT_BEGUN)
        with self._step() as db:
            reservations.set_end(self._store, db, reservation_id, now)
        return self._told(reservation_id)

    # ---------------------------------------------------------------- parts

    @contextmanager
    def _step(self) -> Iterator[Database]:
        with self._store.writing() as db, journal.one_step(self._store):
            yield db

    def _admitted(self, draft: ReservationDraft, before: Reservation | None) -> ReservationDraft:
        given = replace(draft, start=floor_ms(draft.start), end=floor_ms(draft.end))
        own = None if before is None else before.id
        return admit(
            given,
            now=self._store.clock.now(),
            where=self._store.author.zone,
            known=self._workstations.all(retired=True),
            others=self.meeting(given.start, given.end, but=own),
            before=before,
        )

    def _day(self, moment: datetime) -> date:
        return moment.astimezone(self._store.author.zone).date()

    def _told(self, reservation_id: str) -> Reservation:
        self._notify(Topic.COMPUTERS)
        return self.get(reservation_id)
