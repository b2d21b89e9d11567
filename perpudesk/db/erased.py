"""The ids of those whose names were erased, beside the copies: no copy brings them back."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from pathlib import Path

from perpudesk.core.errors import StorageError
from perpudesk.core.files import sync_folder
from perpudesk.core.reasons import reason_of
from perpudesk.db.connection import STORE_FAILED
from perpudesk.db.database import Database

NAME = "erased.txt"
_NAMED = "SELECT id FROM patrons WHERE erased_at IS NULL"
_ID = re.compile(r"[0-9a-f-]{8,64}")


def note_erased(folder: Path, ids: Iterable[str]) -> None:
    """Add ids to the list in the data folder, on the disk when it returns; `StorageError`."""
    path = folder / "backups" / NAME
    try:
        path.parent.mkdir(exist_ok=True)
        with path.open("a", encoding="ascii") as stream:
            stream.writelines(f"{each}\n" for each in ids)
            stream.flush()
            os.fsync(stream.fileno())
        sync_folder(path.parent)
    except OSError as error:
        raise StorageError(STORE_FAILED, path=str(path), reason=reason_of(error)) from error


def erased_ids(folder: Path) -> set[str]:
    """The ids in a folder of copies; what else stands in the list is passed over."""
    try:
        text = (folder / NAME).read_text("ascii", errors="replace")
    except OSError:
        return set()
    return {line.strip() for line in text.splitlines() if _ID.fullmatch(line.strip())}


def unerased(db: Database, ids: set[str]) -> list[str]:
    """Those of the ids whose names stand in the store all the same."""
    return [row["id"] for row in db.query(_NAMED) if row["id"] in ids]
