"""The two packages for Linux: a portable archive and a `.deb`."""

from __future__ import annotations

import platform
import shutil
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from perpudesk import RELEASED, __version__
from perpudesk.updates.replacing import PACKAGE_MARK
from release import libraries
from release.stamp import PICTURE

FILES = Path(__file__).with_name("files")
DESKTOP, METAINFO = FILES / "perpudesk.desktop", FILES / "id.perpudesk.desk.metainfo.xml"
PLACE = Path("opt/perpudesk")
"""Where the package puts the program folder."""
BESIDE = ("fontconfig-config", "xkb-data")
"""What the libraries inside read: how fonts are found, and what the keys of a keyboard mean."""
DEBIAN_NAMES = {"x86_64": "amd64", "aarch64": "arm64"}
MOMENT = int(datetime.fromisoformat(RELEASED).replace(tzinfo=UTC).timestamp())
"""Every file of a package has the day of the release, so that two builds compare."""


def make_archive(folder: Path, target: Path) -> Path:
    """A `.tar.xz` that is unpacked anywhere and started: nothing of it is installed."""
    name = f"PerpuDesk-{__version__}-linux-{platform.machine()}"
    made = target / f"{name}.tar.xz"
    with tarfile.open(made, "w:xz", format=tarfile.PAX_FORMAT, preset=6) as archive:
        archive.add(folder, "PerpuDesk", filter=_anonymous)
    return made


def _anonymous(entry: tarfile.TarInfo) -> tarfile.TarInfo:
    """An entry that tells nothing of who made it, or when."""
    entry.uid = entry.gid = 0
    entry.uname = entry.gname = ""
    entry.mtime = MOMENT
    entry.mode = 0o755 if entry.isdir() or entry.mode & 0o100 else 0o644
    return entry


def make_package(folder: Path, target: Path) -> Path:
    """A `.deb`; refused where the public validators find something in what it says of itself."""
    check_words()
    architecture = DEBIAN_NAMES[platform.machine()]
    made = target / f"perpudesk_{__version__}_{architecture}.deb"
    with _staged(folder) as root:
        size = sum(path.lstat().st_size for path in root.rglob("*")) // 1024
        control = root / "DEBIAN" / "control"
        control.parent.mkdir()
        control.write_text(control_of(folder, architecture, size), "utf-8")
        command = ["dpkg-deb", "--root-owner-group", "-Zxz", "--build", str(root), str(made)]
        subprocess.run(command, stdout=subprocess.DEVNULL, check=True)
    return made


def control_of(folder: Path, architecture: str, kilobytes: int) -> str:
    """What the package says of itself; what it needs is read from its files."""
    needed = ", ".join([*libraries.wanted(folder), *BESIDE])
    return f"""Package: perpudesk
Version: {__version__}
Architecture: {architecture}
Maintainer: PerpuDesk <noreply@perpudesk.invalid>
Installed-Size: {kilobytes}
Depends: {needed}
Section: misc
Priority: optional
Description: front desk of a library branch and its monthly report
 PerpuDesk records visits, computer use, trainings and community meetings of an
 Indonesian library branch, and prints the monthly report. It works offline.
"""


def check_words() -> None:
    """Ask the validators of freedesktop.org; raises where one of them complains."""
    for command in (["desktop-file-validate", DESKTOP], ["appstreamcli", "validate", "--no-net"]):
        words = [str(word) for word in command]
        if words[0] == "appstreamcli":
            words.append(str(METAINFO))
        subprocess.run(words, stdout=subprocess.DEVNULL, check=True)


@contextmanager
def _staged(folder: Path) -> Iterator[Path]:
    """The files of the package where they will be, below a folder of its own."""
    with tempfile.TemporaryDirectory() as name:
        root = Path(name) / "perpudesk"
        shutil.copytree(folder, root / PLACE, symlinks=True)
        share = root / "usr" / "share"
        for source, place in (
            (DESKTOP, share / "applications" / DESKTOP.name),
            (METAINFO, share / "metainfo" / METAINFO.name),
            (PICTURE, share / "icons" / "hicolor" / "scalable" / "apps" / PICTURE.name),
            (folder / "LICENCES.txt", share / "doc" / "perpudesk" / "copyright"),
        ):
            place.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, place)
        (root / PLACE / PACKAGE_MARK).touch()
        command = root / "usr" / "bin" / "perpudesk"
        command.parent.mkdir()
        command.symlink_to(Path("../..") / PLACE / "perpudesk-cli")
        for path in (root, *root.rglob("*")):
            if not path.is_symlink():
                path.chmod(0o755 if path.is_dir() or path.stat().st_mode & 0o100 else 0o644)
        yield root
