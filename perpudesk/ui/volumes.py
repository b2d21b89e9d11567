"""Sticks and other disks that somebody plugs in."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QStorageInfo

_PLACES = ("/media/", "/run/media/", "/mnt/")
"""Where Linux shows what is plugged in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Volume:
    """A disk that can be pulled: what it is called, and the folder that shows it."""

    name: str
    root: Path


def plugged_in() -> list[Volume]:
    """The disks that somebody plugged in and that can be written, in the order of the system.

    Asks the system, which may take long: to be called beside the window.
    """
    return [
        Volume(name=_called(each.displayName(), each.rootPath()), root=Path(each.rootPath()))
        for each in QStorageInfo.mountedVolumes()
        if each.isValid() and each.isReady() and not each.isReadOnly() and _pulls(each.rootPath())
    ]


def _called(label: str, root: str) -> str:
    """A disk without a label is called as its folder; the system then tells the whole path."""
    return label if label not in ("", root) else Path(root).name or root


if sys.platform == "win32":  # pragma: no cover - the other platform

    def _pulls(root: str) -> bool:
        import ctypes

        return bool(ctypes.windll.kernel32.GetDriveTypeW(root.replace("/", "\\")) == 2)

else:

    def _pulls(root: str) -> bool:
        return root.startswith(_PLACES) and os.access(root, os.W_OK)
