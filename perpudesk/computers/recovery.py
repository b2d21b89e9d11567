"""What becomes of open sessions when the program was cut off, and when a day is over.

While the program is alive its pulse is kept in the store; closed, it is taken out. A pulse that is
found at the start was cut off: most often the power went (design.md, Come back after a power cut).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from perpudesk.branch.model import Outage
from perpudesk.branch.service import BranchService
from perpudesk.computers.model import Session, floor_ms
from perpudesk.computers.rules import closing_of, ending, longest_of, moment_of
from perpudesk.computers.store import sessions
from perpudesk.core.codes import EndReason
from perpudesk.core.times import parse_utc
from perpudesk.core.topics import Notify, Topic
from perpudesk.db import journal
from perpudesk.db.connection import Store
from perpudesk.db.database import Database
from perpudesk.db.meta import FORGOTTEN, PULSE, drop_meta, meta, set_meta

SHORT = timedelta(minutes=3)
"""A gap shorter than this, which ended nothing, is a restart and is not noted (ours)."""
REMEMBERED = timedelta(days=7)
"""So long somebody may still know when a session ended that was forgotten (ours)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recovered:
    """An outage, and what it cut off of which nobody has said since when it ended."""

    outage: Outage
    sessions: tuple[Session, ...]


def _is_guess(session: Session) -> bool:
    """Whether nobody has said yet when it ended, or that it goes on."""
    return not session.is_open and (session.end_estimated or not session.end_known)


class RecoveryService:
    """The pulse, and what follows from its loss; repeated, nothing changes the second time.

    What it ends is nobody's to undo: a librarian who takes back the last tap means the tap.
    """

    def __init__(self, store: Store, notify: Notify, branch: BranchService) -> None:
        """Serve the sessions of `store`."""
        self._store = store
        self._notify = notify
        self._branch = branch
        self._owed: tuple[datetime, frozenset[str]] | None = None
        """When an earlier run was last seen and what it cut off, while the disk refuses that."""

    def beat(self) -> None:
        """The program is alive now: one small write, no journal line."""
        if self._owed is not None:
            self.recover()
        with self._store.writing(told=False) as db:
            set_meta(db, PULSE, self._store.now())

    def recover(self) -> None:
        """End each open session where the program was last seen, and note the outage on its day.

        To be called before the first pulse. The ends are estimates, `interrupted`, until somebody
        has checked them. All of it is one transaction: cut off in the middle it never was. What the
        disk refuses (`StorageError`) is done before the next pulse, and spares what began since.
        """
        self._owed = self._owed or self._cut()
        if self._owed is None:
            return
        seen, cut = self._owed
        now = floor_ms(self._store.clock.now())
        with self._store.writing() as db, journal.by_program(self._store):
            found = [each for each in sessions.open_ones(db) if each.id in cut]
            self._note(seen, now, ended=bool(found))
            for session in found:
                self._cut_off(db, session, seen)
            drop_meta(db, PULSE)
        self._owed = None
        self._notify(Topic.COMPUTERS)

    def _cut(self) -> tuple[datetime, frozenset[str]] | None:
        """When an earlier run was last seen, and what went on then; None after a clean stop."""
        with self._store.reading() as db:
            kept = meta(db, PULSE)
            if kept is None:
                return None
            seen = max(kept, journal.newest_moment(db) or kept)
            return parse_utc(seen), frozenset(each.id for each in sessions.open_ones(db))

    def _cut_off(self, db: Database, session: Session, seen: datetime) -> None:
        """End a session where the program was last seen, or as one that was forgotten by then."""
        if self._over(session, seen) or self._forgotten(session, seen):
            self._forget(db, session, seen)
            return
        fields = ending(session, seen, longest_of(self._branch.current()), EndReason.INTERRUPTED)
        if fields["end_reason"] == EndReason.INTERRUPTED:
            fields["end_estimated"] = True
        sessions.set_fields(self._store, db, session.id, fields)

    def _over(self, session: Session, seen: datetime) -> bool:
        """Whether both the branch and its time had ended: nobody sat there any more."""
        closing, due = self._closing_of(session.local_date), session.due
        assert session.start is not None  # noqa: S101 - it goes on
        closed = closing is not None and session.start < closing < seen
        return closed and (due is None or due <= seen)

    def _note(self, seen: datetime, now: datetime, *, ended: bool) -> None:
        """Note the outage on the day it began, unless it was a restart that ended nothing."""
        where = self._store.author.zone
        day = seen.astimezone(where).date()
        known = now >= seen and now.astimezone(where).date() == day
        if not ended and ((known and now - seen < SHORT) or not self._open_then(day, seen)):
            return
        self._branch.note_outage(day, seen, now if known else None, checked=not ended)

    def _open_then(self, day: date, seen: datetime) -> bool:
        """Whether the branch was open when the program was last seen, as far as that is known."""
        closing = self._closing_of(day)
        return closing is not None and seen < closing

    def interrupted(self) -> list[Recovered]:
        """The outages that nobody has looked at yet, newest first."""
        found = []
        with self._store.reading() as db:
            for outage in self._branch.unchecked_outages():
                beside = journal.written_with(db, "outages", outage.id)
                cut = (sessions.standing(db, each) for each in beside)
                there = tuple(each for each in cut if each is not None and _is_guess(each))
                found.append(Recovered(outage=outage, sessions=there))
        return found

    def sweep(self) -> list[Session]:
        """End what was forgotten on an earlier day, at closing time at the latest, marked.

        The end is where its time was up, and never after closing time. Where neither is known its
        minutes stay unknown until somebody corrects them (counting rule 4).
        """
        now = floor_ms(self._store.clock.now())
        with self._store.reading() as db:
            if not self._forgotten_by(db, now):
                return []
        with self._store.writing() as db, journal.by_program(self._store):
            found = self._forgotten_by(db, now)  # somebody may have ended one meanwhile
            for session in found:
                self._forget(db, session, now)
        self._notify(Topic.COMPUTERS)
        with self._store.reading() as db:
            return [each for each in (sessions.get(db, s.id) for s in found) if each is not None]

    def forgotten(self) -> tuple[Session, ...]:
        """What was forgotten in the last days, until somebody has said when it ended, or looked."""
        today = self._store.today()
        with self._store.reading() as db:
            looked = meta(db, FORGOTTEN)
            since = today - REMEMBERED
            if looked is not None:
                since = max(since, date.fromisoformat(looked))
            return tuple(sessions.ended_by_program(db, since, EndReason.FORGOTTEN))

    def check_forgotten(self) -> None:
        """Somebody has looked at what was forgotten up to today; the estimates stay estimates."""
        with self._store.writing() as db:
            set_meta(db, FORGOTTEN, self._store.today().isoformat())
        self._notify(Topic.COMPUTERS)

    def _forgotten_by(self, db: Database, now: datetime) -> list[Session]:
        return [each for each in sessions.open_ones(db) if self._forgotten(each, now)]

    def _forgotten(self, session: Session, now: datetime) -> bool:
        """Whether it began on an earlier day before closing, or longer ago than a session lasts.

        One that began after closing time is somebody's late evening, and may run past midnight; of
        a branch that says nothing of its hours, so may any until its time is up.
        """
        assert session.start is not None  # noqa: S101 - it goes on
        if session.local_date >= now.astimezone(self._store.author.zone).date():
            return False
        closing, due = self._closing_of(session.local_date), session.due
        if closing is not None and session.start < closing:
            return True
        if closing is None and due is not None and due <= now:
            return True
        return now - session.start > longest_of(self._branch.current())

    def _forget(self, db: Database, session: Session, now: datetime) -> None:
        """End it where the branch closed or its time was up, and not later than now."""
        closing, due = self._closing_of(session.local_date), session.due
        assert session.start is not None  # noqa: S101 - it goes on
        known = [moment for moment in (closing, due) if moment is not None]
        known = [moment for moment in known if moment >= session.start]
        midnight = moment_of(session.local_date, 24 * 60, self._store.author.zone)
        end = min(min(known, default=midnight), now)
        longest = longest_of(self._branch.current())
        fields = ending(session, end, longest, EndReason.FORGOTTEN)
        span = parse_utc(fields["ended_at"]) - session.start
        fields["end_estimated"] = bool(known) and span <= longest
        sessions.set_fields(self._store, db, session.id, fields)

    def _closing_of(self, day: date) -> datetime | None:
        """When the branch closed on a day by its opening hours."""
        return closing_of(self._branch.current(), day, self._store.author.zone)
