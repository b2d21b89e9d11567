"""The lock file that makes one process the keeper of a data folder."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import IO

from perpudesk.core.errors import Problem, StorageError
from perpudesk.core.reasons import reason_of

if sys.platform == "win32":  # pragma: no cover - the other platform
    import msvcrt

    def _take(file: IO[bytes]) -> None:
        file.seek(0)
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _take(file: IO[bytes]) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


FOLDER_IN_USE = Problem(
    "folder_in_use",
    "PerpuDesk is already open on {folder}. Use that window, or close it and try again.",
)
FOLDER_IS_FILE = Problem(
    "folder_is_file", "{folder} is a file, not a folder. Give a folder for the records."
)
FOLDER_REFUSED = Problem(
    "folder_refused",
    "The folder {folder} cannot be written ({reason}); records open only where they can be. Give "
    "it write permission, or copy it to another place and use the copy.",
)
LOCK_NAME = "perpudesk.lock"
FILE_NAME = "perpudesk.db"
"""The store itself, beside its lock."""


class Guard:
    """Held for the life of the process; a second process on the folder is refused.

    The operating system drops it when the process dies, however it dies: a stale lock cannot
    remain. It stands beside the database and not on it, since POSIX drops a file's locks when any
    handle of the process closes (measured.md 15).
    """

    def __init__(self, folder: Path) -> None:
        """Take the folder; raises `StorageError` when it is taken, or is no writable folder."""
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._file = (folder / LOCK_NAME).open("ab+")
        except (FileExistsError, NotADirectoryError) as error:
            raise StorageError(FOLDER_IS_FILE, folder=str(folder)) from error
        except OSError as error:
            raise StorageError(
                FOLDER_REFUSED, folder=str(folder), reason=reason_of(error)
            ) from error
        try:
            _take(self._file)
        except OSError as error:
            self._file.close()
            raise StorageError(FOLDER_IN_USE, folder=str(folder)) from error

    def release(self) -> None:
        """Let the folder go."""
        self._file.close()
