"""A stand-in for the program folder: as small as it can be, with a link and a program in it."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture
def program(tmp_path: Path) -> Path:
    """A folder that is laid out as PyInstaller does it."""
    folder = tmp_path / "PerpuDesk"
    inside = folder / "_internal"
    inside.mkdir(parents=True)
    for name in ("PerpuDesk", "perpudesk-cli"):
        (folder / name).write_bytes(Path("/bin/true").read_bytes())
        (folder / name).chmod(0o755)
    (folder / "LICENCES.txt").write_text("as you like\n")
    (inside / "libone.so.1").write_bytes(b"not yet a library")
    (inside / "libone.so").symlink_to("libone.so.1")
    return folder
