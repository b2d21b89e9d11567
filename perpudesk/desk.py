"""Everything a window or a command works with: the store, its start and stop, every service.

Knows no Qt. Made in two steps, so that a window can be painted between them: `Desk(folder)` takes
the folder, `open()` brings the records up.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import contextmanager, suppress
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Self

from perpudesk import RELEASED
from perpudesk.branch.service import BranchService
from perpudesk.core.deeds import Action
from perpudesk.core.errors import FileError, Problem, RuleError, StorageError
from perpudesk.core.guardclock import SLACK, GuardedClock
from perpudesk.core.ids import NewId, new_id
from perpudesk.core.rights import Right
from perpudesk.core.settings import read_settings
from perpudesk.core.times import Clock, Period, SystemClock, utc_text
from perpudesk.core.topics import Topic
from perpudesk.db import health, journal, undo
from perpudesk.db.connection import NOT_SET_UP, STORE_DAMAGED, Store
from perpudesk.db.erased import erased_ids, unerased
from perpudesk.db.files import MADE
from perpudesk.db.guard import FILE_NAME, LOCK_NAME, Guard
from perpudesk.db.meta import PULSE, VACUUM_DUE, drop_meta, meta, set_meta
from perpudesk.db.schema import pending, taken
from perpudesk.db.station import forget_file, take_station
from perpudesk.rooms import Rooms

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import TracebackType

    from perpudesk.db.database import Database


NO_SETTINGS_KEPT = Problem(
    "no_settings_kept",
    "The settings of this computer cannot be kept ({reason}). The records are kept all the same.",
)
LEFT_CLOSED = Problem("left_closed", "Nothing was changed: the closed month stays as it was.")
_TOPICS = {
    "visits": Topic.VISITS,
    "patrons": Topic.PATRONS,
    "service_days": Topic.DAYS,
    "holidays": Topic.DAYS,
    "computer_sessions": Topic.COMPUTERS,
    "queue_tickets": Topic.COMPUTERS,
    "reservations": Topic.COMPUTERS,
    "workstations": Topic.COMPUTERS,
    "workstation_states": Topic.COMPUTERS,
    "courses": Topic.ACTIVITIES,
    "meetings": Topic.ACTIVITIES,
    "participants": Topic.ACTIVITIES,
    "marks": Topic.ACTIVITIES,
    "communities": Topic.ACTIVITIES,
    "community_members": Topic.ACTIVITIES,
    "community_meetings": Topic.ACTIVITIES,
    "decisions": Topic.ACTIVITIES,
    "attachments": Topic.ACTIVITIES,
    "equipment": Topic.PROGRAM,
    "equipment_states": Topic.PROGRAM,
    "equipment_checks": Topic.PROGRAM,
    "equipment_check_lines": Topic.PROGRAM,
    "partners": Topic.PROGRAM,
    "advocacy_actions": Topic.PROGRAM,
    "budgets": Topic.PROGRAM,
    "media_items": Topic.PROGRAM,
    "stories": Topic.PROGRAM,
}


class Desk(Rooms):
    """The records of one data folder and all that can be done with them."""

    def __init__(
        self,
        folder: Path,
        *,
        clock: Clock | None = None,
        make_id: NewId = new_id,
        guard: Guard | None = None,
        recording: bool = True,
    ) -> None:
        """Take the folder, unless its `guard` is held already.

        Where nothing will be recorded (`recording`) no station begins and no settings are kept.
        Raises `StorageError` when another process has it.
        """
        super().__init__()
        self.folder = folder
        self._guard = guard or Guard(folder)
        self.clean = health.stopped_clean(folder)
        self.clock = GuardedClock(clock or SystemClock(), sane_from=date.fromisoformat(RELEASED))
        self._make_id = make_id
        self._recording = recording
        self._ask: Callable[[str], bool] | None = None
        self._stood = set(MADE)
        self._settings_refused: FileError | None = None

    def open(self) -> None:
        """Bring the records up: check after an unclean stop, copy and migrate, recover.

        Safe on a worker thread. Raises `StorageError` and leaves the file as it was and closed.
        """
        known = str(self.folder.resolve()) in read_settings().stations
        health.refuse_lost(self.folder, known=known)
        health.refuse_foreign(self.folder)
        self._stood = {name for name in MADE if (self.folder / name).exists()}
        store = Store(self.folder, clock=self.clock, make_id=self._make_id)
        try:
            self._bring_up(store)
            self._store = store
            store.asks = self._permit
            store.require = self._require
            store.fill_ballast()
            self.branch.find()
            self._recall_clock()
            self._erase_again()
            self.branch.who_is_at_desk()
            self._recover()
        except BaseException:
            self._store = None
            store.close()
            raise

    def _bring_up(self, store: Store) -> None:
        with store.reading() as db:
            steps, fresh = pending(db), not taken(db)
        if steps or not self.clean:
            health.quick_check(store)
        health.mark_running(self.folder)
        if steps:
            if not fresh:
                from perpudesk.db.backup import copy_store

                copy_store(store, self._copy_name(store))
            from perpudesk.db.migrations import migrations

            with store.writing() as db:
                migrations.apply(db.utils)
        self._settings_refused = take_station(store, recording=self._recording)

    def _erase_again(self) -> None:
        """An older copy that was put back brings no name that was erased since."""
        if self._recording and (ids := erased_ids(self.folder / "backups")):
            with self.store.reading() as db:
                back = unerased(db, ids)
            if back:
                self.patrons.erase(back)

    def _recover(self) -> None:
        """End what a power cut has ended; nothing is loaded for it after a clean stop."""
        with self.store.reading() as db:
            cut_off = meta(db, PULSE) is not None
        if cut_off and self._recording:
            try:
                self.recovery.recover()
            except StorageError as error:
                if error.problem is STORE_DAMAGED:
                    raise  # a disk that only refuses is asked again before the first pulse

    def _copy_name(self, store: Store) -> Path:
        stamp = store.now().replace(":", "").replace(".", "")
        return self.folder / "backups" / f"before-update-{stamp}.db"

    def close(self, *, keep_folder: bool = False) -> None:
        """Stop clean: everything in one file, nothing to check at the next start.

        With `keep_folder` nobody else can have the folder yet: it is opened again.
        """
        if self._store is not None:
            self._stop_pulse(self._store)
            self._leave_no_byte(self._store)
            self._store.close()
            self._store = None
            health.mark_clean(self.folder)
        if not keep_folder:
            self._guard.release()

    def _stop_pulse(self, store: Store) -> None:
        """Somebody closes the program: whoever sits at a computer goes on, nothing was cut off.

        A disk that does not take this costs a question at the next start, and no record.
        """
        if not self._recording:
            return
        with suppress(StorageError):
            with store.reading() as db:
                beating = meta(db, PULSE) is not None
            if beating:
                with store.writing() as db:
                    drop_meta(db, PULSE)

    def _leave_no_byte(self, store: Store) -> None:
        """After names were erased: write the file anew, so that no page keeps a rest of one.

        A disk that has no room for that does it at the next stop.
        """
        if not self._recording:
            return
        with suppress(StorageError), store.reading() as db:
            if meta(db, VACUUM_DUE) is not None:
                db.conn.execute("VACUUM")
                with store.writing(told=False):
                    drop_meta(db, VACUUM_DUE)

    def abandon(self) -> None:
        """Close, and take away what was begun here; what stood in the folder before stays."""
        self._take_away(self._stood - {LOCK_NAME})

    def remove(self) -> None:
        """Close, and take the store out of its folder: practice data."""
        self._take_away(set())

    def _take_away(self, keep: set[str]) -> None:
        if self._store is not None:
            self._store.close()
            self._store = None
        for name in MADE:
            if name not in keep:
                with suppress(OSError):  # Windows keeps the lock file until it is let go
                    (self.folder / name).unlink()
        self._guard.release()

    def __enter__(self) -> Self:
        """Opened."""
        try:
            self.open()
        except BaseException:
            self._guard.release()
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Closed."""
        self.close()

    def is_set_up(self) -> bool:
        """Whether the folder holds a branch."""
        return self.branch.find() is not None

    def require_branch(self) -> None:
        """Raise `StorageError` when the folder is not set up."""
        if not self.is_set_up():
            raise StorageError(NOT_SET_UP, folder=str(self.folder))

    def undo(self) -> journal.Step:
        """Take back this station's newest step of today; raises `RuleError` when it cannot be."""
        self._ask_to_revert(Action.UNDO)
        with self.store.writing() as db:
            step = undo.undo(self.store, db)
            self._refuse_shared(db, step)
        self._told(step)
        return step

    def redo(self) -> journal.Step:
        """Do again what was undone last."""
        self._ask_to_revert(Action.REDO)
        with self.store.writing() as db:
            step = undo.redo(self.store, db)
            self._refuse_shared(db, step)
        self._told(step)
        return step

    def _refuse_shared(self, db: Database, step: journal.Step) -> None:
        """Raise `RuleError` where a session that came back would share its computer with another.

        Only a step that was taken back or done again out of its turn can bring that about.
        """
        back = {entry.record_id for entry in step if entry.kind == "computer_sessions"}
        if (
            back
            and undo.out_of_turn(self.store, db, step)
            and self.session_mending.share_a_place(back)
        ):
            self.store.passed_over.add(step[0].seq)
            raise RuleError(undo.CHANGED_SINCE)

    def _ask_to_revert(self, action: Action) -> None:
        with self.store.reading() as db:
            days = undo.days_to_revert(self.store, db, action)
        self.store.permit(days)

    def ask_before(self, ask: Callable[[str], bool]) -> None:
        """Before a record of a closed month is changed, `ask` whether to; it shows the question.

        On whatever thread the change is made, and while nothing is locked.
        """
        self._ask = ask

    def _permit(self, days: Iterable[date]) -> None:
        """Refuse days that are not theirs to mend; ask about days of closed months.

        This month cannot be closed and today is everybody's, so a tap asks nothing.
        """
        days = set(days)
        today = self.store.today()
        if any(day < today for day in days) and self.branch.has_pins():
            self.access.require_days(days)
        if self._ask is None:
            return
        this = Period.month_of(today)
        earlier = {day for day in days if not this.first <= day <= this.last}
        question = self.closings.question(earlier) if earlier else ""
        if question and not self._ask(question):
            raise RuleError(LEFT_CLOSED)

    def _require(self, right: Right) -> None:
        """Refuse what is not for whoever is at the desk, once somebody has a PIN."""
        if self.branch.has_pins():
            self.access.require(right)

    def can_undo(self) -> tuple[bool, bool]:
        """Whether there is something of today to undo, and to redo."""
        with self.store.reading() as db:
            return undo.can_undo(self.store, db)

    def _told(self, step: journal.Step) -> None:
        kinds = {entry.kind for entry in step}
        if "patrons" in kinds:
            self.patrons.forget_index()
        for topic in sorted({_TOPICS[kind] for kind in kinds}):
            self.notify(topic)

    @property
    def practice(self) -> bool:
        """Whether these are practice records, marked PRAKTIK everywhere."""
        with self.store.reading() as db:
            return meta(db, "practice") == "1"

    def begin_practice(self, secret: bytes) -> None:
        """Mark an empty store as practice data, with the branch's key given."""
        with self.store.writing() as db:
            set_meta(db, "practice", "1")
        self.branch = BranchService(self.store, self.notify, make_secret=lambda: secret)

    def settle(self, moment: datetime) -> None:
        """Make the file the same whenever it was made: a fixed time of migration, no slack."""
        with self.store.writing() as db:
            db.execute("UPDATE _sqlite_migrations SET applied_at = ?", [utc_text(moment)])
            forget_file(db)
        with self.store.reading() as db:
            db.conn.execute("VACUUM")

    def check(self) -> None:
        """Raise `StorageError` unless every record, index and reference is whole."""
        health.deep_check(self.store)

    def clock_is_behind(self) -> date | None:
        """The newest day known when the clock says an earlier moment than one of it, else None.

        By the moment and not the day alone: a clock without a battery begins the same day again
        each morning, and would go on with yesterday's answer.
        """
        newest = max(self.visits.newest_day() or date.min, date.fromisoformat(RELEASED))
        today = self.store.today()
        with self.store.reading() as db:
            last = journal.newest_moment(db)
        fell_back = last is not None and utc_text(self.clock.now() + SLACK) < last
        if today >= newest and not fell_back:
            return None
        return max(newest, today, self.session_mending.newest_day() or date.min)

    def answer_day(self, day: date) -> int:
        """Take `day` for today; how many records have a day still to come, to be re-dated."""
        kept = self.clock.answer(day, self.store.author.zone)
        with self.store.writing() as db:
            set_meta(db, "clock_answer", kept)
        return len(self._dated_after(day))

    def _dated_after(self, day: date) -> list[date]:
        """The days of the visits and sessions recorded here with a day after `day`."""
        visits = [moment.local_date for _, moment in self.visits.dated_after(day)]
        return [*visits, *(dated for _, dated in self.session_mending.dated_after(day))]

    def redate_after(self, day: date) -> int:
        """Move the records dated after `day` together, so that the newest is of `day`; how many.

        They keep their times of day and the days between them, and are undone as one.
        """
        newest = max(self._dated_after(day), default=day)
        by = (day - newest).days
        with self.store.writing(), journal.one_step(self.store):
            moved = self.visits.redate_after(day, by=by)
            return moved + self.session_mending.redate_after(day, by=by)

    def _recall_clock(self) -> None:
        with self.store.reading() as db:
            kept = meta(db, "clock_answer")
        self.clock.recall(kept, self.store.author.zone)

    def warnings(self) -> list[str]:
        """Sentences about the folder and the disk that the librarian should read."""
        found = []
        if service := health.synced_by(self.folder.resolve()):
            problem = health.SYNCED_FOLDER
            found.append(StorageError(problem, folder=str(self.folder), service=service).sentence())
        if health.open_to_others(self.folder):
            found.append(StorageError(health.OPEN_TO_OTHERS, folder=str(self.folder)).sentence())
        if self.store.nearly_full():
            found.append(StorageError(health.NEARLY_FULL, folder=str(self.folder)).sentence())
        if self._settings_refused is not None:
            reason = self._settings_refused.params["reason"]
            found.append(FileError(NO_SETTINGS_KEPT, reason=reason).sentence())
        return found


@contextmanager
def opened(folder: Path, *, clock: Clock | None = None, recording: bool = True) -> Iterator[Desk]:
    """The desk on a folder that is set up; `StorageError` when it is not, and nothing is made."""
    health.refuse_lost(folder)
    if not (folder / FILE_NAME).exists():
        raise StorageError(NOT_SET_UP, folder=str(folder))
    with Desk(folder, clock=clock, recording=recording) as desk:
        desk.require_branch()
        yield desk


@contextmanager
def founded(folder: Path, *, clock: Clock | None = None, make_id: NewId = new_id) -> Iterator[Desk]:
    """The desk on a folder that may be new; a new one is gone again when the block raises."""
    missing = [each for each in (folder, *folder.parents) if not each.exists()]
    try:
        desk = Desk(folder, clock=clock, make_id=make_id)
        fresh = not (folder / FILE_NAME).exists()
        try:
            desk.open()
            yield desk
        except BaseException:
            if fresh:
                desk.abandon()
            raise
        finally:
            desk.close()
    except BaseException:
        for each in missing:
            with suppress(OSError):
                each.rmdir()
        raise
