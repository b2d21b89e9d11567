"""What the programs and libraries of a Linux folder need, and which of it a PC must have itself."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterable
from functools import cache
from pathlib import Path

PACKAGES = {
    "ld-linux-x86-64.so.2": "libc6",
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libc.so.6": "libc6",
    "libdl.so.2": "libc6",
    "libm.so.6": "libc6",
    "libpthread.so.0": "libc6",
    "libresolv.so.2": "libc6",
    "librt.so.1": "libc6",
    "libutil.so.1": "libc6",
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
    "libwayland-egl.so.1": "libwayland-egl1",
    "libxcb.so.1": "libxcb1",
}
"""What may stay outside, and Debian's package of it.

It is the C library, what the graphics driver brings, and what it must share with that driver: every
Linux with a screen has them, and no other machine's would fit. Anything else has to be inside.
"""
LOOSE = re.compile(r"(PySide6/Qt/lib/)?lib(?!python)[^/]+\.so[^/]*$")
ELF = b"\x7fELF"


def is_binary(path: Path) -> bool:
    """Whether it is a program or a library of Linux."""
    with path.open("rb") as file:
        return file.read(len(ELF)) == ELF


def needs(path: Path) -> set[str]:
    """The libraries that it asks for by name; none of what is no such binary."""
    if not is_binary(path):
        return set()
    return set(re.findall(r"\(NEEDED\).*\[(.+?)\]", _read(path, "-d")))


def newest_glibc(path: Path) -> tuple[int, int]:
    """The oldest C library that it starts with."""
    found = re.findall(r"\bGLIBC_(\d+)\.(\d+)", _read(path, "-V"))
    return max(((int(one), int(two)) for one, two in found), default=(0, 0))


def _read(path: Path, part: str) -> str:
    command = ["readelf", part, "--wide", str(path)]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def binaries(folder: Path) -> list[Path]:
    """Every program and library in a folder."""
    found = (path for path in folder.rglob("*") if path.is_file() and not path.is_symlink())
    return sorted(path for path in found if is_binary(path))


def outside(folder: Path) -> set[str]:
    """The names that the folder asks for and does not hold."""
    held = {path.name for path in folder.rglob("*")}
    return {name for path in binaries(folder) for name in needs(path)} - held


def lacking(folder: Path) -> dict[str, list[str]]:
    """What a donated PC would lack, and who asks for it; empty where the folder is whole."""
    strange = outside(folder) - PACKAGES.keys()
    return {
        name: [str(path.relative_to(folder)) for path in binaries(folder) if name in needs(path)]
        for name in sorted(strange)
    }


def wanted(folder: Path) -> list[str]:
    """The Debian packages that the folder needs, the C library with its version."""
    one, two = max(newest_glibc(path) for path in binaries(folder))
    packages = {PACKAGES[name] for name in outside(folder)} - {"libc6"}
    return [f"libc6 (>= {one}.{two})", *sorted(packages)]


def in_use(files: Iterable[tuple[str, str]]) -> set[str]:
    """The names inside, of (name inside, file), that something asks for or that Python imports.

    A library of Qt or of the build machine came because some other file named it; when that one
    was left out, it goes too. Python itself is asked for by the program's own start.
    """
    left = dict(files)
    while True:
        asked = {name for path in left.values() for name in _needs(path)}
        idle = {name for name in left if LOOSE.match(name) and Path(name).name not in asked}
        if not idle:
            return set(left)
        left = {name: path for name, path in left.items() if name not in idle}


@cache
def _needs(path: str) -> set[str]:
    return needs(Path(path))
