"""The licences of all parts of the program, as one text, read from what was put into it."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Iterable
from importlib.metadata import Distribution, distribution
from pathlib import Path

ROOT = Path(__file__).parents[1]
TEXTS = ROOT / "release" / "files" / "texts"
LINE = "≡" * 78
NAMED = re.compile(r"(licen[cs]e|copying|notice|copyright|authors)", re.IGNORECASE)
DEBIAN = Path("/usr/share/doc")
INTRODUCTION = """PerpuDesk is made of these parts, each under its own licence. The text of each
follows as its authors wrote it.

The Qt libraries and PySide6 are used under the GNU Lesser General Public Licence, version 3. They
are separate files in this folder and may be replaced by others of the same version; their source is
that of Qt for Python, https://code.qt.io/.
"""


def shipped() -> list[Distribution]:
    """The distributions that the program is built from: every pin of requirements.txt here."""
    pins = (ROOT / "requirements.txt").read_text("utf-8")
    return [distribution(name) for name in re.findall(r"^([a-z0-9-]+)==", pins, re.MULTILINE)]


def text_of(found: Distribution) -> str:
    """What a distribution says of its licence, and each licence file that it carries."""
    told = found.metadata
    said = [told[field] for field in ("License-Expression", "License") if field in told]
    parts = [f"{told['Name']} {found.version}", "\n".join(said or _classifiers(found)).strip()]
    for file in sorted(found.files or (), key=str):
        inside = "dist-info" in str(file) and NAMED.search(str(file.relative_to(file.parts[0])))
        if inside and (place := Path(str(found.locate_file(file)))).is_file():
            parts.append(place.read_text("utf-8", errors="replace").strip())
    return "\n\n".join(parts)


def _classifiers(found: Distribution) -> list[str]:
    kinds = found.metadata.get_all("Classifier") or []
    return [kind.rpartition(" :: ")[2] for kind in kinds if kind.startswith("License")]


def python_text() -> str:
    """The licence of Python itself."""
    for place in (Path(sys.base_prefix), Path(sys.base_prefix, "lib", f"python{_version()}")):
        for name in ("LICENSE.txt", "LICENSE"):
            if (file := place / name).is_file():
                return f"Python {sys.version.split()[0]}\n\n{file.read_text('utf-8').strip()}"
    packaged = DEBIAN / f"python{_version()}" / "copyright"
    return f"Python {sys.version.split()[0]}\n\n{packaged.read_text('utf-8').strip()}"


def _version() -> str:
    return f"{sys.version_info.major}.{sys.version_info.minor}"


def system_texts(files: Iterable[Path]) -> list[str]:
    """The licence of each Debian package that one of these files came from."""
    if not shutil.which("dpkg-query"):
        return []
    packages = sorted({name for file in files if (name := _package_of(file))})
    texts = []
    for name in packages:
        words = (DEBIAN / name / "copyright").read_text("utf-8", errors="replace").strip()
        texts.append(f"{name} (Debian package)\n\n{words}")
    return texts


def _package_of(file: Path) -> str:
    """Debian's package of a file, "" where it is of none; /lib is /usr/lib under another name."""
    for place in (file, file.resolve(), Path(str(file.resolve()).removeprefix("/usr"))):
        done = subprocess.run(
            ["dpkg-query", "-S", str(place)], capture_output=True, text=True, check=False
        )
        if done.returncode == 0:
            return done.stdout.split(":")[0].split(",")[0]
    return ""


def own_texts() -> list[str]:
    """PerpuDesk's own licence, that of its fonts, and Qt's, which its wheels do not carry."""
    own = {
        "PerpuDesk": ROOT / "LICENSE",
        "DejaVu Sans, the font": ROOT / "resources" / "fonts" / "LICENSE-DejaVu.txt",
        "Qt and PySide6: the GNU Lesser General Public Licence": TEXTS / "LGPL-3.txt",
        "The GNU General Public Licence, which that one adds to": TEXTS / "GPL-3.txt",
    }
    return [f"{name}\n\n{path.read_text('utf-8').strip()}" for name, path in own.items()]


def everything(files: Iterable[Path]) -> str:
    """The whole text; `files` are the libraries of the build machine that are inside."""
    parts = [*own_texts(), python_text(), *map(text_of, shipped()), *system_texts(files)]
    return f"\n\n{LINE}\n".join([INTRODUCTION, *parts]) + "\n"
