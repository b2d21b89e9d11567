"""Where things are: what ships with the program, and where this machine keeps its data."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path

APP = "PerpuDesk"
_NO_UTF_8 = re.compile("[\ud800-\udfff]")
"""How Python has a byte of a name that is not UTF-8."""


def resource(name: str) -> Path:
    """The shipped file or folder `name`, a path below `resources/`."""
    return _resources() / name


def _resources() -> Path:
    bundle = getattr(sys, "_MEIPASS", None)
    root = Path(bundle) if bundle else Path(__file__).resolve().parents[2]
    return root / "resources"


def provision_file() -> Path:
    """The file beside the program that may answer the whole first run."""
    frozen = getattr(sys, "frozen", False)
    program = Path(sys.executable if frozen else Path(__file__).parents[1]).resolve()
    return program.parent / "perpudesk.toml"


def data_dir() -> Path:
    """The platform's folder for the branch's records."""
    from platformdirs import user_data_path

    return user_data_path(APP, appauthor=False)


def practice_dir() -> Path:
    """The folder for practice data, beside the real one and never inside it."""
    real = data_dir()
    return real.with_name(f"{real.name}-praktik")


def as_text(name: str) -> str:
    """A file's name, or another word of the system's, as text: what is not UTF-8 becomes �."""
    return _NO_UTF_8.sub("�", name)


def settings_dir() -> Path:
    """The platform's folder for this machine's settings.

    `PERPUDESK_SETTINGS` names another one, for a shared machine and for tests.
    """
    if given := os.environ.get("PERPUDESK_SETTINGS"):
        return Path(given)
    from platformdirs import user_config_path

    return user_config_path(APP, appauthor=False)
