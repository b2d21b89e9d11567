"""What stands in a copy, read as it lies: no copy is ever written to."""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from perpudesk.backups.model import COPY_BROKEN, COPY_NEWER, NOT_A_COPY, Facts
from perpudesk.core.errors import FileError, StorageError
from perpudesk.db.connection import Store
from perpudesk.db.database import Database
from perpudesk.db.guard import FILE_NAME
from perpudesk.db.meta import meta, set_meta
from perpudesk.db.schema import is_ours, pending, taken

_BRANCH = "SELECT id, name FROM branches LIMIT 1"
_COUNTED = ("visits", "patrons", "computer_sessions", "courses", "meetings")
_UNTIL = "SELECT max(local_date) AS day FROM visits WHERE removed_at IS NULL"
_NEWEST = "SELECT coalesce(max(seq), 0) AS seq FROM journal"
_BEGAN = "SELECT created_at FROM branches LIMIT 1"
PUBLIC = "recovery_public"
"""The note of the key that copies are sealed for."""
_AWAY = "backup_away"
"""The note of the last copy that lies on another disk or stick: its folder."""


@contextmanager
def _reading(path: Path) -> Iterator[Database]:
    """A finished copy, without lock and log; raises `FileError` for what is none."""
    place = f"{path.resolve().as_uri()}?mode=ro&immutable=1"
    try:
        with closing(sqlite3.connect(place, uri=True)) as connection:
            yield Database(connection)
    except (sqlite3.Error, UnicodeDecodeError) as error:
        raise FileError(COPY_BROKEN, path=str(path)) from error


def test_opening(path: Path) -> None:
    """Raise `FileError` unless a copy opens, is ours, and of no newer program."""
    with _reading(path) as db:
        if not is_ours(db) or not taken(db):
            raise FileError(NOT_A_COPY, path=str(path))
        try:
            pending(db)
        except StorageError as error:
            raise FileError(COPY_NEWER, path=str(path)) from error


def test(path: Path) -> None:
    """As `test_opening`, and whole: for what comes from elsewhere."""
    test_opening(path)
    with _reading(path) as db:
        if db.conn.execute("PRAGMA quick_check(1)").fetchone() != ("ok",):
            raise FileError(COPY_BROKEN, path=str(path))


def facts_of(path: Path, *, made_at: str) -> Facts:
    """What is in a copy; raises `FileError` as `test` does."""
    test(path)
    with _reading(path) as db:
        return _facts(db, made_at)


def facts_here(store: Store) -> Facts:
    """What is in the open store."""
    with store.reading() as db:
        return _facts(db, store.now())


def _facts(db: Database, made_at: str) -> Facts:
    branch = next(iter(db.query(_BRANCH)), {"id": "", "name": ""})
    names = {row["name"] for row in db.query("SELECT name FROM sqlite_schema")}
    counts = {
        table: next(iter(db.query(f"SELECT count(*) AS n FROM {table} WHERE removed_at IS NULL")))[  # noqa: S608 - our own names
            "n"
        ]
        for table in _COUNTED
        if table in names
    }
    return Facts(
        branch_id=branch["id"],
        branch=branch["name"],
        until=next(iter(db.query(_UNTIL)))["day"],
        made_at=made_at,
        steps=tuple(taken(db)),
        counts=counts,
        practice=meta(db, "practice") == "1",
        seq=newest_seq(db),
    )


def changed_after(db: Database, seq: int) -> dict[str, int]:
    """How many records of each kind were made or changed after a line of the journal."""
    found = {}
    for table in _COUNTED:
        [row] = db.query(f"SELECT count(*) AS n FROM {table} WHERE seq > ?", [seq])  # noqa: S608
        if row["n"]:
            found[table] = int(row["n"])
    return found


@contextmanager
def reading_closed(folder: Path) -> Iterator[Database]:
    """The records of a folder that nobody has open, as they lie; `FileError` where damaged.

    Where a log waits to be read, copies of both are: reading changes nothing of either.
    """
    file, log = folder / FILE_NAME, folder / f"{FILE_NAME}-wal"
    if not log.exists() or not log.stat().st_size:
        with _reading(file) as db:
            yield db
        return
    with tempfile.TemporaryDirectory(prefix="perpudesk-") as name:
        for each in (file, log):
            shutil.copyfile(each, Path(name, each.name))
        try:
            with closing(sqlite3.connect(Path(name, FILE_NAME))) as connection:
                yield Database(connection)
        except (sqlite3.Error, UnicodeDecodeError) as error:
            raise FileError(COPY_BROKEN, path=str(file)) from error


def facts_closed(db: Database) -> Facts:
    """What is in the records that nobody has open; `FileError` where they are not ours."""
    if not is_ours(db) or not taken(db):
        raise FileError(NOT_A_COPY, path="")
    return _facts(db, "")


def newest_seq(db: Database) -> int:
    """A number that grows with everything that is recorded."""
    return int(next(iter(db.query(_NEWEST)))["seq"])


def note(db: Database, place: str, *, at: str, seq: int, away: bool) -> None:
    """Note the last copy in a folder: when, and up to which line of the journal."""
    set_meta(db, f"backup {_stored(place)}", f"{at} {seq}")
    if away:
        set_meta(db, _AWAY, _stored(place))


def noted(db: Database, place: str) -> tuple[str, int] | None:
    """When the last copy in a folder was made, and up to which line of the journal."""
    told = meta(db, f"backup {_stored(place)}")
    if told is None:
        return None
    at, seq = told.split()
    return at, int(seq)


def _stored(place: str) -> str:
    """A folder's name as text, also one that is no UTF-8."""
    return place.encode("utf-8", "backslashreplace").decode()


def away(db: Database) -> str | None:
    """The folder of the last copy that lies away from this computer."""
    return meta(db, _AWAY)


def began(db: Database) -> str | None:
    """When the branch was set up here."""
    row = next(iter(db.query(_BEGAN)), None)
    return None if row is None else str(row["created_at"])


def public(db: Database) -> str | None:
    """The key that copies are sealed for, as hexadecimal digits."""
    return meta(db, PUBLIC)


def set_public(db: Database, key: str) -> None:
    """Seal copies for this key."""
    set_meta(db, PUBLIC, key)
