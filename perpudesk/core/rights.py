"""What not everybody at the desk may do."""

from __future__ import annotations

from enum import StrEnum


class Right(StrEnum):
    """What not everybody may, once the lock is in use."""

    PRINT = "print"
    MEND = "mend"
    HISTORY = "history"
    SETTINGS = "settings"
    STAFF = "staff"
    RESTORE = "restore"
    ERASE = "erase"
