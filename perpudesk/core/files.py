"""Files that are replaced whole or not at all."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from perpudesk.core.errors import FileError, Problem
from perpudesk.core.reasons import reason_of

NOT_WRITTEN = Problem(
    "file_not_written",
    "The file {path} could not be written ({reason}). Choose another folder or name.",
)
NO_FOLDER = Problem("no_folder", "The folder {path} does not exist. Choose another folder.")
NOT_ORDINARY = Problem(
    "not_ordinary", "{path} is not an ordinary file, so nothing was written there. Give another."
)
IS_A_FOLDER = Problem("is_a_folder", "{path} is a folder. Give the name of a file in it.")
NOT_ALLOWED = Problem(
    "not_allowed", "You may not write in {path}. Choose another folder, such as Documents."
)
DISK_FULL = Problem(
    "disk_full", "The disk is full: {path} was not written. Free some room and try again."
)
_MOST_LINKS = 40
"""So many links one after the other, as Linux follows them."""
_PROBLEMS = {
    errno.ENOENT: NO_FOLDER,
    errno.ENOTDIR: NO_FOLDER,
    errno.EISDIR: IS_A_FOLDER,
    errno.EACCES: NOT_ALLOWED,
    errno.EPERM: NOT_ALLOWED,
    errno.EROFS: NOT_ALLOWED,
    errno.ENOSPC: DISK_FULL,
    errno.EDQUOT: DISK_FULL,
}


@contextmanager
def replacing(path: Path) -> Iterator[BinaryIO]:
    """A stream whose bytes become the file `path` when the block ends well.

    Written beside it, synced, renamed over it, and the folder synced (measured.md 9). When the
    block raises, the old file stands and nothing is left. A link stays one; devices, pipes and
    what a process has open (`/dev/stdout`) are left alone, as a rename would put a file in their
    place. Raises `FileError` when the place cannot be written.
    """
    named, path = path, Path(os.path.realpath(path))
    try:
        if path.is_dir():
            raise IsADirectoryError(errno.EISDIR, "folder", str(path))
        if _is_open_output(named) or (path.exists() and not path.is_file()):
            raise FileError(NOT_ORDINARY, path=str(named))
        import tempfile  # most starts write no file

        handle, name = tempfile.mkstemp(prefix=".", suffix=".part", dir=path.parent)
    except OSError as error:
        raise _file_error(error, named) from error
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        temporary.chmod(_mode(path))
        temporary.replace(path)
        sync_folder(path.parent)
    except OSError as error:
        raise _file_error(error, named) from error
    finally:
        temporary.unlink(missing_ok=True)


def _is_open_output(path: Path) -> bool:
    """Whether the links of `path` lead through what some process has open, as /dev/stdout does."""
    place = path
    for _ in range(_MOST_LINKS):
        place = Path(os.path.realpath(place.parent)) / place.name
        if place.is_relative_to("/proc"):
            return True
        if not place.is_symlink():
            break
        place = place.parent / place.readlink()
    return False


def make_folder(folder: Path) -> None:
    """Make `folder` and those above it where they are missing; raises `FileError`."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _file_error(error, folder) from error


def plain_files(folder: Path) -> list[Path]:
    """The files that lie in `folder` itself, by name; none where it is no folder.

    A link is not one of them: whoever laid it there chose what would be copied, or handed on.
    """
    if not folder.is_dir():
        return []
    return sorted(each for each in folder.iterdir() if each.is_file() and not each.is_symlink())


def copy_plain_files(source: Path, target: Path) -> None:
    """Copy what `plain_files` finds into `target`, made where there are any; raises `OSError`."""
    for each in plain_files(source):
        target.mkdir(exist_ok=True)
        shutil.copyfile(each, target / each.name)


def file_mark(path: Path) -> str:
    """What tells the file from every copy of it, as long as it stays on its disk."""
    found = path.stat()
    return f"{found.st_dev:x}-{found.st_ino:x}"


def sync_folder(folder: Path) -> None:
    """Make a rename in `folder` durable; Windows does it by itself."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _mode(path: Path) -> int:
    """The file's own mode, or what the user's umask gives a new file."""
    if path.exists():
        return path.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask


def _file_error(error: OSError, path: Path) -> FileError:
    problem = _PROBLEMS.get(error.errno or 0, NOT_WRITTEN)
    place = path.parent if problem in (NO_FOLDER, NOT_ALLOWED) else path
    return FileError(problem, path=str(place), reason=reason_of(error))
