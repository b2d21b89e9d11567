"""A program folder that can be replaced, and a signed update for it."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from nacl.signing import SigningKey

from perpudesk.cli.updating import system
from perpudesk.updates import reading
from release.sign import sign

KEY = SigningKey(bytes(range(32)))
Signed = Callable[..., Path]


@pytest.fixture(autouse=True)
def key(monkeypatch: pytest.MonkeyPatch) -> None:
    """The program believes this key."""
    monkeypatch.setattr(reading, "release_key", lambda: bytes(KEY.verify_key))


def fill(folder: Path, version: str, starts: str = "true") -> Path:
    """A program folder whose program ends well with `starts` true, and badly with false."""
    inside = folder / "_internal"
    inside.mkdir(parents=True)
    cli = folder / "perpudesk-cli"
    cli.write_bytes(Path("/bin", starts).read_bytes())
    cli.chmod(0o755)
    (folder / "VERSION").write_text(version)
    (inside / "empty").touch()
    (inside / "libone.so.1").write_bytes(b"a library of " + version.encode())
    (inside / "libone.so").symlink_to("libone.so.1")
    return folder


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The program folder that this process runs from, as it believes."""
    folder = fill(tmp_path / "apps" / "PerpuDesk", "0.1.0")
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", str(folder / "perpudesk-cli"))
    return folder


@pytest.fixture
def signed(tmp_path: Path) -> Signed:
    """Makes a signed update on a stick."""

    def make(version: str = "9.0.1", *, starts: str = "true", on: str = "") -> Path:
        folder = fill(tmp_path / "built" / version, version, starts)
        found = {str(path.relative_to(folder)): path for path in sorted(folder.rglob("*"))}
        stick = tmp_path / "stick"
        stick.mkdir(exist_ok=True)
        return sign(found, stick, KEY, system=on or system(), version=version)

    return make
