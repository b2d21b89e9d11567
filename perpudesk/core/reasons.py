"""What the operating system refuses, in the reader's language: its own words are English."""

from __future__ import annotations

import errno

from perpudesk.core.i18n import N_, tr

_WORDS = {
    errno.EACCES: N_("access is not allowed"),
    errno.EPERM: N_("access is not allowed"),
    errno.EROFS: N_("the disk is write-protected"),
    errno.ENOENT: N_("it does not exist"),
    errno.ENOTDIR: N_("part of the path is not a folder"),
    errno.EISDIR: N_("it is a folder"),
    errno.ENOSPC: N_("the disk is full"),
    errno.EDQUOT: N_("the disk is full"),
    errno.EIO: N_("the disk does not answer"),
    errno.ENODEV: N_("the disk is not there any more"),
    errno.ENXIO: N_("the disk is not there any more"),
    errno.ESTALE: N_("the disk is not there any more"),
    errno.ENOTCONN: N_("the disk is not there any more"),
    errno.ETIMEDOUT: N_("the disk does not answer"),
    errno.EEXIST: N_("a file of that name is in the way"),
    errno.ENOTEMPTY: N_("a folder of that name is in the way"),
    errno.EBUSY: N_("another program is using it"),
    errno.ETXTBSY: N_("another program is using it"),
    errno.EFBIG: N_("the file is too large for this disk"),
    errno.EINVAL: N_("that name cannot be used here"),
    errno.EMFILE: N_("too many files are open"),
    errno.ENFILE: N_("too many files are open"),
    errno.ENAMETOOLONG: N_("the name is too long"),
    errno.ELOOP: N_("its links lead in a circle"),
}

_OF_SQLITE = {
    5: errno.EBUSY,
    6: errno.EBUSY,
    8: errno.EROFS,
    10: errno.EIO,
    13: errno.ENOSPC,
    14: errno.EACCES,
}
"""SQLite's numbers for busy, locked, read-only, input or output, full and not to be opened."""


def is_of_disk(error: BaseException) -> bool:
    """Whether a disk refused what SQLite was to write or read, rather than what was asked."""
    return _sqlite_code(error) in _OF_SQLITE


def reason_of(error: BaseException) -> str:
    """Why, in a few words to stand inside a sentence; the system's own where we have none."""
    number = getattr(error, "errno", None) or _OF_SQLITE.get(_sqlite_code(error))
    if number in _WORDS:
        return tr(_WORDS[number])
    return getattr(error, "strerror", None) or str(error) or type(error).__name__


def _sqlite_code(error: BaseException) -> int:
    return getattr(error, "sqlite_errorcode", 0) & 0xFF
