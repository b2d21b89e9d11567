"""What can still be read of a damaged store, in a new one; the damaged file is never changed."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path

from perpudesk.attachments.service import FOLDER as ATTACHMENTS
from perpudesk.core.errors import FileError, Problem
from perpudesk.core.files import copy_plain_files, make_folder, sync_folder
from perpudesk.core.formats import number
from perpudesk.core.i18n import tr
from perpudesk.db.guard import FILE_NAME
from perpudesk.db.wreck import Saved, rebuild
from perpudesk.history.telling import table_words
from perpudesk.leaving.model import NOT_EMPTY
from perpudesk.leaving.store import writing_to

NOTHING_LEFT = Problem(
    "nothing_to_salvage",
    "Nothing of {path} can be read. Put the newest backup back: perpudesk restore FILE.",
)


def salvage(folder: Path, target: Path) -> list[Saved]:
    """Make the data folder `target` of what can be read of the one in `folder`; what became of it.

    Works on a copy, log and all. Raises `FileError` where the target is not new, or nothing at all
    can be read.
    """
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise FileError(NOT_EMPTY, path=str(target))
    make_folder(target)
    with writing_to(target):
        return _salvage(folder, target)


def _salvage(folder: Path, target: Path) -> list[Saved]:
    with tempfile.TemporaryDirectory(prefix=".salvage-", dir=target) as name:
        copy, made = Path(name, FILE_NAME), Path(name, "saved.db")
        for ending in ("", "-wal"):
            source = folder / f"{FILE_NAME}{ending}"
            if source.exists():
                shutil.copyfile(source, f"{copy}{ending}")
        found = rebuild(copy, made)
        if not any(each.read for each in found if each.name != "meta"):
            raise FileError(NOTHING_LEFT, path=str(folder / FILE_NAME))
        made.replace(target / FILE_NAME)
    copy_plain_files(folder / ATTACHMENTS, target / ATTACHMENTS)
    sync_folder(target)
    return found


def told(found: Sequence[Saved]) -> list[str]:
    """What was read, and what is missing, in sentences."""
    lines = []
    for each in found:
        if each.is_whole:
            continue
        parts = [tr("{n} read", n=number(each.read))]
        if each.unread:
            parts.append(tr("up to {n} could not be read", n=number(each.unread)))
        if each.refused:
            parts.append(tr("{n} damaged inside", n=number(each.refused)))
        if each.loosened:
            parts.append(tr("{n} pointed to what is lost", n=number(each.loosened)))
        lines.append(f"{table_words(each.name)} ({each.name}): {', '.join(parts)}.")
    whole = sum(each.is_whole for each in found)
    return [*lines, tr("{n} of {all} tables are whole.", n=whole, all=len(found))]
