"""The installer for Windows, compiled from `files/perpudesk.nsi` (on Linux, too)."""

from __future__ import annotations

import subprocess
from pathlib import Path

from perpudesk import __version__
from release import stamp

ROOT = Path(__file__).parents[1]
SCRIPT = Path(__file__).with_name("files") / "perpudesk.nsi"


def make_installer(folder: Path, target: Path) -> Path:
    """`PerpuDesk-VERSION-setup.exe` with the program folder in it."""
    made = target / f"PerpuDesk-{__version__}-setup.exe"
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) // 1024
    given = {
        "VERSION": __version__,
        "NUMBERS": ".".join(str(part) for part in stamp.numbers()),
        "KILOBYTES": str(size),
        "FILES": str(folder / "*"),
        "LICENCE": str(ROOT / "LICENSE"),
        "ICON": str(stamp.icon(ROOT / "build" / "PerpuDesk.ico")),
        "MADE": str(made),
    }
    words = [f"-D{name}={value}" for name, value in given.items()]
    subprocess.run(["makensis", "-V2", "-WX", *words, str(SCRIPT)], check=True)
    return made
