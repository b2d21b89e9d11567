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
from perpudesk.db.meta import PULSE, drop_meta, meta, set_meta

SHORT = timedelta(minutes=3)
"""A gap shorter than this, which ended nothing, is a restart and is not noted (ours)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recovered:
    """An outage, and the sessions that it cut off as they are now."""

    outage: Outage
    sessions: tuple[Session, ...]


class RecoveryService:
    """The pulse, and what follows from its loss; repeated, nothing changes the second time."""

    def __init__(self, store: Store, notify: Notify, branch: BranchService) -> None:
        """Serve the sessions of `store`."""
        self._store = store
        self._notify = notify
        self._branch = branch

    def beat(self) -> None:
        """The program is alive now: one small write, no journal line."""
        with self._store.writing() as db:
            set_meta(db, PULSE, self._store.now())

    def stop(self) -> None:
        """The program is closed by somebody: what is open goes on, nothing was cut off."""
        with self._store.reading() as db:
            beating = meta(db, PULSE) is not None
        if beating:
            with self._store.writing() as db:
                drop_meta(db, PULSE)

    def was_cut_off(self) -> bool:
        """Whether the program stopped without being closed since its last pulse."""
        with self._store.reading() as db:
            return meta(db, PULSE) is not None

    def recover(self) -> None:
        """End each open session where the program was last seen, and note the outage on its day.

        To be called before the first pulse. The ends are estimates, `interrupted`, until somebody
        has checked them. All of it is one transaction: cut off in the middle it never was.
        """
        with self._store.writing() as db, journal.one_step(self._store):
            kept = meta(db, PULSE)
            if kept is None:
                return
            seen = parse_utc(max(kept, journal.newest_moment(db) or kept))
            now = floor_ms(self._store.clock.now())
            found = sessions.open_ones(db)
            for session in found:
                self._cut_off(db, session, seen)
            self._note(seen, now, ended=bool(found))
            drop_meta(db, PULSE)
        self._notify(Topic.COMPUTERS)

    def _cut_off(self, db: Database, session: Session, seen: datetime) -> None:
        """End a session where the program was last seen, or as one that was forgotten by then."""
        closing = self._closing_of(session.local_date)
        over = closing is not None and session.start is not None and session.start < closing < seen
        if over or self._forgotten(session, seen):
            self._forget(db, session)
            return
        fields = ending(session, seen, longest_of(self._branch.current()), EndReason.INTERRUPTED)
        if fields["end_reason"] == EndReason.INTERRUPTED:
            fields["end_estimated"] = True
        sessions.set_fields(self._store, db, session.id, fields)

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
        """The outages that nobody has looked at yet, newest first, with what each cut off."""
        found = []
        with self._store.reading() as db:
            for outage in self._branch.unchecked_outages():
                since = outage.local_date - timedelta(days=1)
                cut = tuple(sessions.ended_by(db, outage.start, since))
                found.append(Recovered(outage=outage, sessions=cut))
        return found

    def sweep(self) -> list[Session]:
        """End what was forgotten on an earlier day, at closing time at the latest, marked.

        The end is where its time was up, and never after closing time. Where neither is known its
        minutes stay unknown until somebody corrects them (counting rule 4).
        """
        now = floor_ms(self._store.clock.now())
        with self._store.reading() as db:
            found = [each for each in sessions.open_ones(db) if self._forgotten(each, now)]
        if not found:
            return []
        with self._store.writing() as db, journal.one_step(self._store):
            for session in found:
                self._forget(db, session)
        self._notify(Topic.COMPUTERS)
        with self._store.reading() as db:
            return [each for each in (sessions.get(db, s.id) for s in found) if each is not None]

    def _forgotten(self, session: Session, now: datetime) -> bool:
        """Whether it began on an earlier day before closing, or longer ago than a session lasts.

        One that began after closing time is somebody's late evening, and may run past midnight.
        """
        assert session.start is not None  # noqa: S101 - it goes on
        if session.local_date >= now.astimezone(self._store.author.zone).date():
            return False
        closing = self._closing_of(session.local_date)
        late = closing is not None and session.start >= closing
        return not late or now - session.start > longest_of(self._branch.current())

    def _forget(self, db: Database, session: Session) -> None:
        closing, due = self._closing_of(session.local_date), session.due
        assert session.start is not None  # noqa: S101 - it goes on
        known = [moment for moment in (closing, due) if moment is not None]
        known = [moment for moment in known if moment >= session.start]
        midnight = moment_of(session.local_date, 24 * 60, self._store.author.zone)
        end = min(known, default=midnight)
        longest = longest_of(self._branch.current())
        fields = ending(session, end, longest, EndReason.FORGOTTEN)
        if known and end - session.start <= longest:
            fields["end_estimated"] = True
        sessions.set_fields(self._store, db, session.id, fields)

    def _closing_of(self, day: date) -> datetime | None:
        """When the branch closed on a day by its opening hours."""
        return closing_of(self._branch.current(), day, self._store.author.zone)
