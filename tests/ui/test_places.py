from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QDir, QStandardPaths

from perpudesk.ui.places import documents


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
