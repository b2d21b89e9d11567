"""Where things are."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from perpudesk.core.paths import data_dir, practice_dir, provision_file, resource, settings_dir


def test_what_ships_is_found_from_any_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert resource("fonts/DejaVuSans.ttf").is_file()


def test_the_frozen_program_has_its_own_copy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)
    assert resource("fonts") == tmp_path / "resources" / "fonts"


def test_the_set_up_file_stands_beside_the_program(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert (provision_file().parent / "dev.py").is_file()
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", str(tmp_path / "PerpuDesk.exe"))
    assert provision_file() == tmp_path / "perpudesk.toml"


def test_practice_stands_beside_the_records_and_never_inside(home: Path) -> None:
    assert home in data_dir().parents
    assert practice_dir().parent == data_dir().parent
    assert practice_dir() != data_dir()


def test_settings_belong_to_the_machine(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert home in settings_dir().parents
    assert settings_dir() != data_dir()
    monkeypatch.setenv("PERPUDESK_SETTINGS", str(tmp_path))
    assert settings_dir() == tmp_path
