"""Verified copies of the store, made on its own connection while it is in use."""

from __future__ import annotations

import hashlib
import os
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress
from pathlib import Path

from perpudesk.core.errors import Problem, StorageError
from perpudesk.core.files import sync_folder
from perpudesk.core.reasons import reason_of
from perpudesk.db.connection import Store

COPY_FAILED = Problem(
    "copy_failed",
    "A safety copy of the data could not be made ({reason}), so nothing was changed. Free some "
    "room on the disk, then start again.",
)
_OF_RECORDS = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_IOERR_SHORT_READ)
_PAGES = 1_000
_CHUNK = 1 << 20


def copy_store(store: Store, target: Path) -> str:
    """A copy of the store at `target`, read back and tested; its SHA-256.

    Stepped, the lock released between the steps, so that the desk waits at most one step
    (measured.md 17). The hash stands beside it in `target.sha256`: neither a query nor SQLite's
    own check notices every damaged byte (measured.md 5). Raises `StorageError`; a copy that did
    not succeed leaves nothing. Never to be asked inside a transaction, for whose end SQLite would
    wait in vain.
    """
    assert not store.is_writing, "a copy inside a transaction"  # noqa: S101
    part = target.with_name(f"{target.name}.part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        part.unlink(missing_ok=True)
        digest = _write(store, part)
        part.replace(target)
        target.with_name(f"{target.name}.sha256").write_text(f"{digest}  {target.name}\n", "utf-8")
        sync_folder(target.parent)
    except BaseException as error:
        for ending in ("", "-wal", "-shm", "-journal"):
            with suppress(OSError):
                Path(f"{part}{ending}").unlink(missing_ok=True)
        if isinstance(error, OSError | sqlite3.Error):
            raise StorageError(COPY_FAILED, reason=reason_of(error)) from error
        raise
    return digest


def _write(store: Store, part: Path) -> str:
    """The copy, tested and on the disk; its SHA-256."""
    with closing(sqlite3.connect(part)) as copy:
        copy.execute("PRAGMA synchronous = OFF")  # it is no copy until all of it is synced, below
        with store.reading() as db:
            _copy(db.conn, copy, store)
        copy.execute("PRAGMA journal_mode = DELETE")
    # The finished file is read, not what the connection that wrote it remembers of it.
    finished = f"{part.absolute().as_uri()}?mode=ro"
    with ThreadPoolExecutor(max_workers=2) as aside:  # none of the three holds Python's lock
        synced, digest = aside.submit(_sync, part), aside.submit(file_digest, part)
        with closing(sqlite3.connect(finished, uri=True)) as copy:
            if copy.execute("PRAGMA quick_check").fetchone() != ("ok",):
                raise sqlite3.DatabaseError("quick_check")
        synced.result()
        return digest.result()


def _copy(records: sqlite3.Connection, copy: sqlite3.Connection, store: Store) -> None:
    """Explain here what SQLite says: a full disk is the copy's, and the records are well."""
    try:
        records.backup(copy, pages=_PAGES, progress=lambda *_: store.breathe())
    except sqlite3.Error as error:
        if error.sqlite_errorcode in _OF_RECORDS:
            raise
        raise StorageError(COPY_FAILED, reason=reason_of(error)) from error


def file_digest(path: Path) -> str:
    """The SHA-256 of a finished file, never of the live store."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def _sync(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())
