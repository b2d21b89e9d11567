"""The installer's script: compiled by the real compiler against a stand-in folder."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from perpudesk import __version__
from release import windows

TEXT = windows.SCRIPT.read_text("utf-8")


def test_it_needs_no_rights_and_writes_in_the_users_own_places() -> None:
    assert "RequestExecutionLevel user" in TEXT
    assert 'InstallDir "$LOCALAPPDATA\\Programs\\PerpuDesk"' in TEXT
    assert "HKLM" not in TEXT


def test_nothing_that_it_removes_holds_records() -> None:
    removed = re.findall(r'^ *(?:RMDir|Delete)(?: /r)? "(.+)"', TEXT, re.MULTILINE)
    assert removed
    assert all(place.startswith(("$INSTDIR", "$SMPROGRAMS", "$DESKTOP")) for place in removed)
    assert all(not place.startswith("$LOCALAPPDATA\\PerpuDesk") for place in removed)


def test_both_sections_refuse_a_program_that_runs_before_anything_else() -> None:
    sections = re.findall(r"^Section.*?\n(.*?)^SectionEnd", TEXT, re.MULTILINE | re.DOTALL)
    assert len(sections) == 2
    assert all(section.lstrip().startswith("!insertmacro REFUSE_RUNNING") for section in sections)


@pytest.mark.usefixtures("qapp")
@pytest.mark.skipif(shutil.which("makensis") is None, reason="nsis compiles it")
def test_it_compiles_without_a_warning(program: Path, tmp_path: Path) -> None:
    made = windows.make_installer(program, tmp_path)
    assert made.name == f"PerpuDesk-{__version__}-setup.exe"
    assert made.read_bytes()[:2] == b"MZ"
