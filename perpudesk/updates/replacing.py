"""Put a new program folder in the place of the old one, which is kept until the new one ran."""

from __future__ import annotations

import ctypes
import errno
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from perpudesk.core.errors import FileError, Problem, RuleError, StorageError
from perpudesk.core.files import sync_folder
from perpudesk.core.formats import number
from perpudesk.core.reasons import reason_of
from perpudesk.updates.kept import old_of, running_from
from perpudesk.updates.model import Manifest

NO_PROGRAM_FOLDER = Problem(
    "update_of_source",
    "PerpuDesk runs from its source here, and an update replaces a program folder.",
)
PACKAGED = Problem(
    "update_of_package",
    "PerpuDesk was installed here as a package of the system. Install the package of the new "
    "version instead.",
)
FOLDER_NOT_YOURS = Problem(
    "program_folder_refused",
    "The program's folder {folder} cannot be replaced ({reason}). Whoever installed PerpuDesk can.",
)
NO_ROOM_FOR_UPDATE = Problem(
    "update_no_room",
    "{folder} has {free} MB free and the update needs {need} MB. Free some room there.",
)
STILL_RUNNING = Problem(
    "update_running",
    "PerpuDesk is still open on this computer. Close all its windows, then try again.",
)
DOES_NOT_START = Problem(
    "update_does_not_start",
    "The new program does not start on this computer, so the old one stays. Perhaps the system is "
    "too old for it.",
)
PACKAGE_MARK = "installed-as-package"
"""A file of this name in the program folder says that the system's packages keep it."""
BESIDE = "perpudesk.toml"
"""What somebody may have put beside the program stays there."""
_MEGA = 1_000_000
_SPARE = 20 * _MEGA
_EXCHANGE, _HERE = 2, -100
"""RENAME_EXCHANGE and AT_FDCWD of Linux."""
_CANNOT_EXCHANGE = (errno.EINVAL, errno.ENOSYS, errno.ENOTSUP, errno.EXDEV)


def program_folder() -> Path:
    """The folder that an update replaces; raises `RuleError` where there is none."""
    folder = running_from()
    if folder is None:
        raise RuleError(NO_PROGRAM_FOLDER)
    if (folder / PACKAGE_MARK).exists():
        raise RuleError(PACKAGED)
    return folder


def refuse_running(program: Path) -> None:
    """Raise where another process runs from the folder: it would load parts of the new one."""
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):  # it ended meanwhile, or is another person's
            runs = (process / "exe").readlink()
            if int(process.name) != os.getpid() and runs.is_relative_to(program):
                raise RuleError(STILL_RUNNING)


@contextmanager
def staged(program: Path, manifest: Manifest) -> Iterator[Path]:
    """A new folder beside the program for the block to fill; gone afterwards if still there."""
    new = program.with_name(f"{program.name}.new")
    free, need = shutil.disk_usage(program.parent).free, manifest.size + _SPARE
    if free < need:
        folder = str(program.parent)
        told = {"free": number(free // _MEGA), "need": number(need // _MEGA)}
        raise StorageError(NO_ROOM_FOR_UPDATE, folder=folder, **told)
    try:
        shutil.rmtree(new, ignore_errors=True)  # a power cut may have left one
        new.mkdir()
        yield new
    except OSError as error:
        reason = reason_of(error)
        raise FileError(FOLDER_NOT_YOURS, folder=str(program), reason=reason) from error
    finally:
        shutil.rmtree(new, ignore_errors=True)


def try_out(new: Path) -> None:
    """Raise where the new program cannot say its version here: then it would not start either."""
    program = str(new / "perpudesk-cli")
    silent = [(os.POSIX_SPAWN_OPEN, stream, os.devnull, os.O_WRONLY, 0) for stream in (1, 2)]
    try:
        process = os.posix_spawn(program, [program, "--version"], os.environ, file_actions=silent)
    except OSError as error:
        raise RuleError(DOES_NOT_START) from error
    if os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]):
        raise RuleError(DOES_NOT_START)


def put(new: Path, program: Path) -> None:
    """The folder `new` becomes the program; at no moment is there none, where Linux allows it."""
    if (program / BESIDE).is_file():
        shutil.copyfile(program / BESIDE, new / BESIDE)
    old = old_of(program)
    if old.exists():  # an update that was never opened; one that cannot go ends it here
        shutil.rmtree(old)
    try:
        _exchange(new, program)
    except OSError as error:
        if error.errno not in _CANNOT_EXCHANGE:
            raise
        _one_after_the_other(new, program, old)
    else:
        new.rename(old)
    sync_folder(program.parent)


def _exchange(one: Path, two: Path) -> None:
    """Two folders take each other's name in one step."""
    rename = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if rename is None:
        raise OSError(errno.ENOSYS, os.strerror(errno.ENOSYS))
    if rename(_HERE, os.fsencode(one), _HERE, os.fsencode(two), _EXCHANGE):
        failed = ctypes.get_errno()
        raise OSError(failed, os.strerror(failed), str(two))


def _one_after_the_other(new: Path, program: Path, old: Path) -> None:
    program.rename(old)
    try:
        new.rename(program)
    except OSError:
        old.rename(program)
        raise
