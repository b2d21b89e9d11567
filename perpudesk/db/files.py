"""The files that a store has in its folder."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from perpudesk.db.connection import BALLAST_NAME
from perpudesk.db.guard import FILE_NAME, LOCK_NAME
from perpudesk.db.health import CLEAN_NAME, is_database

MADE = (
    CLEAN_NAME,
    BALLAST_NAME,
    f"{BALLAST_NAME}.part",
    f"{FILE_NAME}-wal",
    f"{FILE_NAME}-shm",
    FILE_NAME,
    LOCK_NAME,
)
"""What a store has in its folder, in the order in which it may go: what stands beside a missing
file says that it was lost. Safety copies are not taken away with it."""


def is_of_store(path: Path, folder: Path) -> bool:
    """Whether `path` is a file of some store or a database at all; `folder` has the open store.

    That one is told by its name or its place on the disk and never looked into: closing it again
    would drop SQLite's lock (measured.md 15).
    """
    place, records = Path(os.path.realpath(path)), folder / FILE_NAME
    name = place.name.casefold()
    if name in MADE or name.startswith(FILE_NAME):
        return (place.parent / FILE_NAME).exists()
    with suppress(OSError):  # what cannot be looked into is for whoever writes there to say
        if place.is_file():
            return place.samefile(records) or is_database(place)
    return False
