"""The key that signs stays with its owner, and signs only what the program will believe."""

from __future__ import annotations

from pathlib import Path

import pytest

from perpudesk import __version__
from perpudesk.updates import reading
from release import sign


@pytest.fixture
def key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(sign, "PUBLIC", tmp_path / "update-key.txt")
    monkeypatch.setattr(sign, "DIST", tmp_path)
    monkeypatch.setattr(reading, "release_key", lambda: bytes.fromhex(sign.PUBLIC.read_text()))
    assert sign.main(["--new-key", str(tmp_path / "key")]) == 0
    return tmp_path / "key"


def test_a_new_key_is_its_owners_alone(key: Path) -> None:
    assert key.stat().st_mode & 0o777 == 0o600
    assert key.read_text() != sign.PUBLIC.read_text()
    with pytest.raises(FileExistsError):
        sign.main(["--new-key", str(key)])
    with pytest.raises(SystemExit, match="outside the repository"):
        sign.main(["--new-key", str(sign.ROOT / "key")])


def test_it_signs_the_folder_that_was_built(
    key: Path, program: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sign, "FOLDER", program)
    assert sign.main(["--key", str(key)]) == 0
    (update,) = key.parent.glob("PerpuDesk-*-update")
    manifest = reading.look(update)
    assert manifest.version == __version__
    assert manifest.links == {"_internal/libone.so": "libone.so.1"}
    assert manifest.files["perpudesk-cli"].executable


def test_it_signs_the_installer(key: Path) -> None:
    setup = key.parent / f"PerpuDesk-{__version__}-setup.exe"
    setup.write_bytes(b"MZ")
    assert sign.main(["--key", str(key), "--installer"]) == 0
    manifest = reading.look(key.parent / f"PerpuDesk-{__version__}-{sign.WINDOWS}-update")
    assert manifest.installer == setup.name


def test_a_key_that_the_program_would_not_believe_signs_nothing(key: Path) -> None:
    sign.PUBLIC.write_text("00" * 32)
    with pytest.raises(SystemExit, match="is not the key"):
        sign.main(["--key", str(key)])
