"""Where files of a person are looked for and put, until they choose another folder."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QDir, QStandardPaths


def documents() -> str:
    """The folder for documents; the home folder where there is none (yet)."""
    named = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    return named if named and Path(named).is_dir() else QDir.homePath()
