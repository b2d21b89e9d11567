"""Was the last stop clean, and is the file whole."""

from __future__ import annotations

import os
import sqlite3
import stat
from contextlib import closing, suppress
from pathlib import Path

from perpudesk.core.errors import Problem, StorageError
from perpudesk.core.files import sync_folder
from perpudesk.core.reasons import reason_of
from perpudesk.db.connection import BALLAST_NAME, SMALLEST, STORE_DAMAGED, STORE_GONE, Store
from perpudesk.db.database import Database
from perpudesk.db.guard import FILE_NAME, FOLDER_REFUSED
from perpudesk.db.schema import STEPS, is_foreign, is_ours

CLEAN_NAME = "perpudesk.clean"
SYNCED_FOLDER = Problem(
    "synced_folder",
    "The folder {folder} is copied to other machines by {service} while it is in use, which can "
    "damage the records. Move it to a folder of this computer only.",
)
OPEN_TO_OTHERS = Problem(
    "open_to_others",
    "Every account of this computer may change the records in {folder}. In the file manager, let "
    "only this account write there: Properties, Permissions.",
)
NEARLY_FULL = Problem(
    "nearly_full",
    "The disk of {folder} is nearly full. Free some room soon: empty the recycle bin, remove large "
    "files.",
)
_SQLITE = b"SQLite format 3\0"
_SYNCERS = {
    "onedrive": "OneDrive",
    "dropbox": "Dropbox",
    "google drive": "Google Drive",
    "googledrive": "Google Drive",
    "syncthing": "Syncthing",
    "nextcloud": "Nextcloud",
}


def stopped_clean(folder: Path) -> bool:
    """Whether the store in `folder` was closed by this version, or is yet to be made.

    Reads a small mark beside the store, so that the window can tell before it opens the file.
    """
    if not (folder / FILE_NAME).exists():
        return True
    try:
        return (folder / CLEAN_NAME).read_bytes() == STEPS[-1].encode()
    except OSError:
        return False


def mark_running(folder: Path) -> None:
    """From now on a stop is unclean until `mark_clean`; raises `StorageError` if it cannot be."""
    try:
        (folder / CLEAN_NAME).unlink(missing_ok=True)
        sync_folder(folder)
    except OSError as error:
        if stopped_clean(folder):  # else it is no mark, and need not go
            reason = reason_of(error)
            raise StorageError(FOLDER_REFUSED, folder=str(folder), reason=reason) from error


def mark_clean(folder: Path) -> None:
    """The store is closed and needs no check at the next start; a full disk costs that check."""
    with suppress(OSError):
        (folder / CLEAN_NAME).write_text(STEPS[-1], "utf-8")


def refuse_lost(folder: Path, *, known: bool = False) -> None:
    """Raise `StorageError` where records stood and the file is empty or not there.

    SQLite takes a file cut to nothing for a new one (measured.md 5), and throws the log beside a
    missing one away. That it was used is told by what stands beside it, or `known` by the settings.
    """
    file, ballast = folder / FILE_NAME, folder / BALLAST_NAME
    if not file.exists():
        beside = (folder / CLEAN_NAME, ballast, folder / f"{FILE_NAME}-wal")
        if any(each.is_file() for each in beside):
            raise StorageError(STORE_GONE, path=str(file))
        return
    used = known or ballast.is_file()
    if not file.is_file() or (used and file.stat().st_size < SMALLEST):
        raise StorageError(STORE_DAMAGED, path=str(file))


def refuse_foreign(folder: Path) -> None:
    """Raise `StorageError` for somebody else's database, before anything is written to it.

    It is read as it lies, without lock and log. Where a log waits to be read, a store of ours may
    lie there half written: then only what has nothing of ours is refused.
    """
    file, log = folder / FILE_NAME, folder / f"{FILE_NAME}-wal"
    if not file.exists():
        return
    place = f"{file.resolve().as_uri()}?mode=ro&immutable=1"
    waits = log.exists() and log.stat().st_size > 0
    with (
        suppress(sqlite3.Error, UnicodeDecodeError),  # damage is told when it is opened
        closing(sqlite3.connect(place, uri=True)) as connection,
    ):
        db = Database(connection)
        if is_foreign(db) if waits else not is_ours(db):
            raise StorageError(STORE_DAMAGED, path=str(file))


def open_to_others(folder: Path) -> bool:
    """Whether other accounts of this computer may change what is in `folder`, or the records.

    Where the system tells it by another way than the mode of a file, nobody else is seen.
    """
    if os.name == "nt":
        return False
    places = (folder, folder / FILE_NAME)
    return any(place.exists() and place.stat().st_mode & stat.S_IWOTH for place in places)


def is_database(file: Path) -> bool:
    """Whether a file begins as SQLite's do; never to be asked of one that is open here."""
    with file.open("rb") as stream:
        return stream.read(len(_SQLITE)) == _SQLITE


def quick_check(store: Store) -> None:
    """Raise `StorageError` when SQLite finds the file damaged, or it is not ours."""
    _check(store, "quick_check")


def deep_check(store: Store) -> None:
    """As `quick_check`, with every index and every reference between records."""
    _check(store, "integrity_check")
    with store.reading() as db:
        try:
            broken = list(db.query("PRAGMA foreign_key_check"))
        except sqlite3.OperationalError as error:  # the text of the schema itself was hit
            raise StorageError(STORE_DAMAGED, path=str(store.path)) from error
        if broken:
            raise StorageError(STORE_DAMAGED, path=str(store.path))


def _check(store: Store, pragma: str) -> None:
    with store.reading() as db:
        whole = db.conn.execute(f"PRAGMA {pragma}(1)").fetchone() == ("ok",)
        if not whole or not is_ours(db):
            raise StorageError(STORE_DAMAGED, path=str(store.path))


def synced_by(folder: Path) -> str | None:
    """The service that copies `folder` to other machines, if its path shows one."""
    for part in (folder, *folder.parents):
        if (part / ".stfolder").exists():
            return "Syncthing"
        for mark, service in _SYNCERS.items():
            if part.name.casefold().startswith(mark):
                return service
    return None
