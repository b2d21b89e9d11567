"""Make the program folder, and from it what is installed; the finished files are in dist/.

python3 dev.py build             the folder, and the packages of this system
python3 dev.py build --folder    only the folder
"""

from __future__ import annotations

import platform
import subprocess
import sys
from pathlib import Path

from perpudesk import __version__
from release import libraries, linux, stamp, windows

ROOT = Path(__file__).parents[1]
DIST = ROOT / "dist"
FOLDER = DIST / "PerpuDesk"


def main(words: list[str]) -> int:
    """Make what was asked for."""
    say(f"PerpuDesk {__version__} for {sys.platform}, {platform.machine()}")
    make_folder()
    if words != ["--folder"]:
        for made in packages():
            say(f"{made.relative_to(ROOT)}: {made.stat().st_size / 1e6:.1f} MB")
    return 0


def make_folder() -> None:
    """The program folder; refused where a donated PC would lack a library of it."""
    stamp.icon(ROOT / "build" / "PerpuDesk.ico")
    command = [sys.executable, "-m", "PyInstaller", "--noconfirm", "--log-level=WARN"]
    subprocess.run([*command, "build.spec"], cwd=ROOT, check=True)
    if platform.system() == "Linux" and (missing := libraries.lacking(FOLDER)):
        told = "\n".join(f"  {name}, for {', '.join(by)}" for name, by in missing.items())
        raise SystemExit(f"These libraries are neither in the folder nor on every PC:\n{told}")
    files = [path for path in FOLDER.rglob("*") if path.is_file() and not path.is_symlink()]
    size = sum(path.stat().st_size for path in files)
    say(f"{FOLDER.relative_to(ROOT)}: {size / 1e6:.0f} MB in {len(files)} files")


def packages() -> list[Path]:
    """What this system installs: an archive and a package, or an installer."""
    if platform.system() == "Linux":
        return [linux.make_archive(FOLDER, DIST), linux.make_package(FOLDER, DIST)]
    if platform.system() == "Windows":
        return [windows.make_installer(FOLDER, DIST)]
    raise SystemExit("The folder is made; there are no packages for this system yet.")


def say(what: str) -> None:
    """One line about what was made."""
    print(f"build: {what}", flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
