"""Where files of a person are looked for and put: where the last one was, else in documents."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from PySide6.QtCore import QDir, QStandardPaths

from perpudesk.core.errors import PerpuDeskError
from perpudesk.core.settings import change_settings, read_settings


def start_folder() -> str:
    """The folder of the last file, if it is still there, else the one for documents."""
    last = read_settings().last_folder
    return last if last and Path(last).is_dir() else documents()


def remember_folder(file: str) -> None:
    """Begin in the folder of `file` next time, if that can be written down."""
    with suppress(PerpuDeskError):
        change_settings(last_folder=str(Path(file).parent))


def documents() -> str:
    """The folder for documents; the home folder where there is none (yet)."""
    named = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    return named if named and Path(named).is_dir() else QDir.homePath()
