"""What belongs to this machine and not to the branch: a small file, replaced atomically."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, fields, replace
from pathlib import Path
from typing import Any

from perpudesk.core.codes import Paper, Theme
from perpudesk.core.errors import FileError, Problem
from perpudesk.core.files import make_folder, replacing
from perpudesk.core.i18n import LANGUAGES
from perpudesk.core.paths import settings_dir

NOT_KEPT = Problem(
    "settings_not_kept",
    "The settings of this computer cannot be kept in {path} ({reason}). Give that folder write "
    "permission, or name another one in PERPUDESK_SETTINGS.",
)
SCALES = (100, 125, 150, 175, 200)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The machine's own choices; every one has a value that works."""

    language: str = "id"
    theme: Theme = Theme.LIGHT
    scale: int = 100
    paper: Paper = Paper.A4
    scan_gap_ms: int = 35
    sound: bool = True
    """Whether a computer whose time is nearly over, or over, is heard."""
    count_with_session: bool = False
    """Whether a session of somebody without a name counts a visit too, as it was chosen last."""
    window: str = ""
    """Where the window was left and how large, as Qt writes it down (base64)."""
    last_folder: str = ""
    """Where a file was last looked for or put."""
    backup_folder: str = ""
    """Where copies go besides, as it was chosen for this machine."""
    stations: dict[str, str] = field(default_factory=dict)
    """Station id by data folder: a copied folder or a new PC begins a new station."""


def read_settings(folder: Path | None = None) -> Settings:
    """The stored settings; what is missing or makes no sense has its default."""
    path = _path(folder)
    try:
        stored = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError, RecursionError):
        return Settings()
    if not isinstance(stored, dict):
        return Settings()
    known = {each.name for each in fields(Settings)}
    return Settings(**{k: _READ[k](v) for k, v in stored.items() if k in known and _fits(k, v)})


def write_settings(settings: Settings, folder: Path | None = None) -> None:
    """Replace the stored settings; raises `FileError` when the folder cannot be written."""
    path = _path(folder)
    text = json.dumps(asdict(settings), indent=1, ensure_ascii=False)
    try:
        make_folder(path.parent)
        with replacing(path) as stream:
            stream.write(text.encode("utf-8", "backslashreplace"))  # for a folder that is no UTF-8
    except FileError as error:
        why = error.params.get("reason") or error.sentence()
        raise FileError(NOT_KEPT, path=str(path.parent), reason=why) from error


def change_settings(folder: Path | None = None, **changes: Any) -> Settings:
    """The settings with `changes`, stored."""
    settings = replace(read_settings(folder), **changes)
    write_settings(settings, folder)
    return settings


def _path(folder: Path | None) -> Path:
    return (folder or settings_dir()) / "settings.json"


_READ: dict[str, Any] = {
    "language": str,
    "theme": Theme,
    "scale": int,
    "paper": Paper,
    "scan_gap_ms": int,
    "sound": bool,
    "count_with_session": bool,
    "window": str,
    "last_folder": str,
    "backup_folder": str,
    "stations": dict,
}


_OFFERED: dict[str, Sequence[object]] = {
    "language": tuple(LANGUAGES),
    "theme": tuple(Theme),
    "paper": tuple(Paper),
    "scale": SCALES,
}


def _fits(name: str, value: object) -> bool:
    if name in _OFFERED:
        return value in _OFFERED[name]
    if name == "scan_gap_ms":
        return isinstance(value, int) and 5 <= value <= 500
    if name in ("sound", "count_with_session"):
        return isinstance(value, bool)
    if name == "stations":
        return isinstance(value, dict) and all(isinstance(v, str) for v in value.values())
    return isinstance(value, str)
