"""The archive and the package: what is in them, and what they say of themselves."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest

from perpudesk import RELEASED, __version__
from release import linux

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="packages of Linux")
ON_DEBIAN = all(map(shutil.which, ("dpkg-deb", "appstreamcli", "desktop-file-validate", "readelf")))


def test_two_archives_of_one_folder_are_the_same_bytes(program: Path, tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    one = linux.make_archive(program, tmp_path / "a")
    (program / "LICENCES.txt").touch()
    two = linux.make_archive(program, tmp_path / "b")
    assert one.name.startswith(f"PerpuDesk-{__version__}-linux-")
    assert one.read_bytes() == two.read_bytes()


def test_an_archive_unpacks_to_a_folder_that_starts(program: Path, tmp_path: Path) -> None:
    made = linux.make_archive(program, tmp_path)
    with tarfile.open(made) as archive:
        assert {(entry.uid, entry.uname) for entry in archive} == {(0, "")}
        archive.extractall(tmp_path / "there", filter="data")
    there = tmp_path / "there" / "PerpuDesk"
    assert subprocess.run([there / "perpudesk-cli"], check=True).returncode == 0
    assert (there / "_internal" / "libone.so").is_symlink()


def test_the_release_is_the_one_of_the_program() -> None:
    assert f'<release version="{__version__}" date="{RELEASED}"/>' in linux.METAINFO.read_text()


@pytest.mark.skipif(not ON_DEBIAN, reason="made and validated with Debian's tools")
def test_the_package(program: Path, tmp_path: Path) -> None:
    made = linux.make_package(program, tmp_path)
    listed = subprocess.run(["dpkg-deb", "-c", made], capture_output=True, text=True, check=True)
    lines = listed.stdout.splitlines()
    assert all("root/root" in line for line in lines)
    assert any(
        line.endswith("./usr/bin/perpudesk -> ../../opt/perpudesk/perpudesk-cli") for line in lines
    )
    for place in (
        "./usr/share/applications/perpudesk.desktop",
        "./usr/share/icons/hicolor/scalable/apps/perpudesk.svg",
        "./usr/share/metainfo/id.perpudesk.desk.metainfo.xml",
        "./usr/share/doc/perpudesk/copyright",
        "./opt/perpudesk/PerpuDesk",
    ):
        assert any(line.endswith(f" {place}") for line in lines), place
    told = subprocess.run(["dpkg-deb", "-f", made], capture_output=True, text=True, check=True)
    assert f"Version: {__version__}\n" in told.stdout
    assert "Depends: libc6 (>= 2." in told.stdout
