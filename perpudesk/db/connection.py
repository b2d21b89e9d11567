"""The store of a station: one file, one connection, every write through `writing()`.

Measured before the first line (measured.md 2, 3, 15): a second connection meets a fault of SQLite
before 3.51.3, `with db.conn:` is no transaction around sqlite-utils, and opening the live file by
other means drops POSIX's locks. So: one connection in EXCLUSIVE mode, shared under a lock; BEGIN
IMMEDIATE by ourselves; nobody else opens the file.
"""

from __future__ import annotations

import shutil
import sqlite3
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, date, tzinfo
from pathlib import Path

from perpudesk.core.errors import PerpuDeskError, Problem, StorageError
from perpudesk.core.ids import NewId, new_id
from perpudesk.core.rights import Right
from perpudesk.core.times import Clock, SystemClock, utc_text
from perpudesk.db.database import Database
from perpudesk.db.guard import FILE_NAME

BALLAST_NAME = "perpudesk.ballast"
BALLAST_BYTES = 4 * 1024 * 1024
LOW_BYTES = 100 * 1024 * 1024
SMALLEST = 512
"""No file of SQLite's is smaller, save one that was never written."""
_RESERVE_BYTES = 1024 * 1024

NOT_SET_UP = Problem(
    "not_set_up",
    "There is no PerpuDesk data in {folder}. Start the program there, or use “perpudesk setup”.",
)
STORE_FULL = Problem(
    "store_full",
    "The disk is full, so this was not recorded. Free some room (empty the recycle bin, remove "
    "large files), then do it again.",
)
STORE_BUSY = Problem(
    "store_busy", "Another program is using {path}. Close it, then start PerpuDesk again."
)
STORE_DAMAGED = Problem(
    "store_damaged",
    "The data file {path} is damaged or is not PerpuDesk's. Do not delete it. Put the newest copy "
    "in “backups” beside it back (perpudesk restore FILE), or read what can be read of it "
    "(perpudesk salvage --to DIR).",
)
STORE_GONE = Problem(
    "store_gone",
    "The data file {path} is not there, but what stood beside it is. Bring the file back to its "
    "folder, or ask whoever looks after PerpuDesk. To begin anew, choose another folder.",
)
STORE_READ_ONLY = Problem(
    "store_read_only",
    "{path} cannot be written; records open only where they can be. Give the file and its folder "
    "write permission, or copy the folder to another place and use the copy.",
)
STORE_FAILED = Problem(
    "store_failed",
    "The disk did not accept the data ({reason}). Nothing was recorded. Check the disk and the "
    "cable, then try again.",
)
_BY_CODE = {
    sqlite3.SQLITE_FULL: STORE_FULL,
    sqlite3.SQLITE_BUSY: STORE_BUSY,
    sqlite3.SQLITE_LOCKED: STORE_BUSY,
    sqlite3.SQLITE_CORRUPT: STORE_DAMAGED,
    sqlite3.SQLITE_NOTADB: STORE_DAMAGED,
    sqlite3.SQLITE_READONLY: STORE_READ_ONLY,
    sqlite3.SQLITE_CANTOPEN: STORE_READ_ONLY,
    sqlite3.SQLITE_IOERR: STORE_FAILED,
}


Permit = Callable[[Iterable[date]], None]
"""Asked before records of these days are changed; raises `RuleError` to leave them as they are."""


Require = Callable[[Right], None]
"""Asked before what not everybody may; raises `RuleError` where whoever is here may not."""


def _unasked(_days: Iterable[date]) -> None:
    """Nobody is there to be asked: a command says afterwards what it changed."""


def _allowed(_right: Right) -> None:
    """Nobody has locked anything."""


@dataclass(slots=True)
class OpenStep:
    """Journal lines that are being written together: the first of them, and its day."""

    first: int | None = None
    local_date: str = ""


@dataclass(slots=True)
class Author:
    """Who writes, in which step, and by whose calendar: stamped on records and journal lines."""

    branch_id: str = ""
    station_id: str = ""
    staff_id: str | None = None
    zone: tzinfo = UTC
    step: OpenStep | None = None


class Store:
    """The records of a station in `folder`; safe to share between threads."""

    def __init__(
        self, folder: Path, *, clock: Clock | None = None, make_id: NewId = new_id
    ) -> None:
        """Open or create the file; the folder's `Guard` must be held by this process."""
        self.folder = folder
        self.path = folder / FILE_NAME
        self.clock = clock or SystemClock()
        self.make_id = make_id
        self.author = Author()
        self.asks: Permit = _unasked
        self.require: Require = _allowed
        self.saved_at: str | None = None
        self.passed_over: set[int] = set()
        """Steps that can be undone or redone no more, by their first line: told once, then passed
        over, so that what was done before is in reach."""
        self._lock = threading.RLock()
        self._after: list[Callable[[], object]] = []
        with self._explained():
            # Else Python begins transactions by itself: a write outside `writing()` would open one
            # that nobody commits, and every later write would be lost in it.
            connection = sqlite3.connect(
                self.path, check_same_thread=False, timeout=1.0, isolation_level=None
            )
            try:
                self.db = Database(connection)
                _prepare(connection)
            except BaseException:
                connection.close()
                raise

    def permit(self, days: Iterable[date]) -> None:
        """Ask, if anybody is to be asked, before records of these days are changed.

        Raises `RuleError` to leave them. Inside a transaction nobody is asked: who began it has.
        """
        if not self.is_writing:
            self.asks(days)

    @property
    def is_writing(self) -> bool:
        """Whether this thread is inside a transaction; others are waited for."""
        with self._lock:
            return self.db.conn.in_transaction

    @contextmanager
    def writing(self, *, told: bool = True) -> Iterator[Database]:
        """One transaction, on the disk when the block ends; rolled back when it raises.

        Nests: an inner block is part of the outer one. Raises `StorageError` when the disk
        refuses; then nothing of the block is stored. What is not `told` holds no record: that all
        is saved is said of records.
        """
        with self._lock, self._explained():
            if self.db.conn.in_transaction:
                with self.db.part():
                    yield self.db
                return
            self._keep_room()
            self.db.conn.execute("BEGIN IMMEDIATE")
            try:
                yield self.db
                self.db.conn.execute("COMMIT")
            except BaseException:
                self.db.conn.rollback()  # does nothing where the error has ended it already
                self._after.clear()
                raise
            if told:
                self.saved_at = self.now()
            after, self._after = self._after, []
        for each in after:
            each()

    def when_stored(self, tell: Callable[[], object]) -> None:
        """Call `tell` when the open transaction is on the disk: never, where it will not be.

        At once, where none is open.
        """
        with self._lock:
            if self.db.conn.in_transaction:
                self._after.append(tell)
                return
        tell()

    @contextmanager
    def reading(self) -> Iterator[Database]:
        """The database for queries, kept from other threads for the block."""
        with self._lock, self._explained():
            yield self.db

    def breathe(self) -> None:
        """Let another thread's write go first, between two steps of a long read."""
        self._lock.release()
        time.sleep(0.001)
        self._lock.acquire()

    def now(self) -> str:
        """The moment as it is stored."""
        return utc_text(self.clock.now())

    def today(self) -> date:
        """The day on the branch's own calendar."""
        return self.clock.now().astimezone(self.author.zone).date()

    def nearly_full(self) -> bool:
        """Whether the disk has so little room left that the librarian must be told."""
        return not self._has_room(LOW_BYTES) or not self._ballast.exists()

    def close(self) -> None:
        """Close the file after what is in the WAL has been moved into it."""
        with self._lock:
            self.db.conn.close()

    @property
    def _ballast(self) -> Path:
        return self.folder / BALLAST_NAME

    def _has_room(self, amount: int) -> bool:
        try:
            return shutil.disk_usage(self.folder).free >= amount
        except OSError:
            return False

    def _keep_room(self) -> None:
        """Give the ballast up when the disk is full: some dozens of records still fit."""
        if not self._has_room(_RESERVE_BYTES):
            with suppress(OSError):
                self._ballast.unlink()

    def fill_ballast(self) -> None:
        """Set room aside for the day the disk is full, when there is plenty (measured.md 6)."""
        if self._ballast.exists() or not self._has_room(LOW_BYTES):
            return
        part = self.folder / f"{BALLAST_NAME}.part"
        try:
            part.write_bytes(b"\0" * BALLAST_BYTES)
            part.replace(self._ballast)
        except OSError:  # the disk filled meanwhile: nearly_full() says so
            with suppress(OSError):
                part.unlink()

    @contextmanager
    def _explained(self) -> Iterator[None]:
        """SQLite's errors about the disk as sentences; an error of ours stays what it is."""
        try:
            yield
        except PerpuDeskError:
            raise
        except (sqlite3.Error, UnicodeDecodeError) as error:
            problem = _problem_of(error)
            if problem is None:
                raise
            raise StorageError(problem, path=str(self.path), reason=str(error)) from error


def _problem_of(error: Exception) -> Problem | None:
    """What the disk did; text that is none, which Python gives no code, is damage too."""
    code = getattr(error, "sqlite_errorcode", None)
    if code is None and isinstance(error, sqlite3.OperationalError | UnicodeDecodeError):
        return STORE_DAMAGED
    return _BY_CODE.get((code or 0) & 0xFF)


def _prepare(connection: sqlite3.Connection) -> None:
    for pragma in (
        "locking_mode = EXCLUSIVE",
        "journal_mode = WAL",
        "synchronous = FULL",
        "foreign_keys = ON",
        "secure_delete = ON",
        "temp_store = MEMORY",
    ):
        connection.execute(f"PRAGMA {pragma}")
    connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
