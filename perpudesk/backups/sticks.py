"""Sticks that were named as the branch's own: a folder on them with a note of whose they are."""

from __future__ import annotations

import json
from pathlib import Path

from perpudesk.backups.model import COPY_FAILED
from perpudesk.core.errors import StorageError
from perpudesk.core.files import replacing
from perpudesk.core.reasons import reason_of

FOLDER = "PerpuDesk"
"""What the folder on a stick is called."""
_NOTE = "perpudesk-stick.json"
_MOST = 4_096


def folder_on(root: Path) -> Path:
    """Where the copies on a stick are."""
    return root / FOLDER


def name_stick(root: Path, branch_id: str) -> Path:
    """Make a stick the branch's own; where its copies go. Raises `StorageError`, `FileError`."""
    folder = folder_on(root)
    try:
        folder.mkdir(exist_ok=True)
    except OSError as error:
        raise StorageError(COPY_FAILED, folder=str(root), reason=reason_of(error)) from error
    with replacing(folder / _NOTE) as stream:
        stream.write(json.dumps({"branch_id": branch_id}).encode())
    return folder


def is_stick_of(root: Path, branch_id: str) -> bool:
    """Whether a volume is a stick of the branch's own; not, where it cannot be read."""
    try:
        with (folder_on(root) / _NOTE).open("rb") as stream:
            note = json.loads(stream.read(_MOST))
    except (OSError, ValueError, RecursionError):
        return False
    return isinstance(note, dict) and note.get("branch_id") == branch_id
