from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QDir, QStandardPaths

from perpudesk.core.settings import read_settings
from perpudesk.ui import places
from perpudesk.ui.places import documents, remember_folder, start_folder


def test_documents_are_at_home_where_there_is_no_folder_for_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "Dokumen"
    monkeypatch.setattr(QStandardPaths, "writableLocation", lambda _: str(folder))
    assert documents() == QDir.homePath()
    folder.mkdir()
    assert documents() == str(folder)
    monkeypatch.setattr(QStandardPaths, "writableLocation", lambda _: "")
    assert documents() == QDir.homePath()


def test_the_last_folder_comes_first_while_it_is_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(places, "documents", lambda: "documents")
    assert start_folder() == "documents"
    stick = tmp_path / "stick"
    stick.mkdir()
    remember_folder(str(stick / "a.csv"))
    assert start_folder() == str(stick)
    stick.rmdir()
    assert start_folder() == "documents"


def test_a_folder_that_cannot_be_written_down_stops_nobody(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    blocked = tmp_path / "file"
    blocked.touch()
    monkeypatch.setenv("PERPUDESK_SETTINGS", str(blocked))
    remember_folder("/srv/a.csv")
    assert read_settings().last_folder == ""
