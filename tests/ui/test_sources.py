from __future__ import annotations

import subprocess
import sys
from pathlib import Path

LOOK = """
import sys
from PySide6.QtCore import QObject
from perpudesk.ui.sources import read_no_sources
import linecache
{call}
sys.path.insert(0, {folder!r})
import something
print(something.__file__ in linecache.cache)
"""


def has_read(folder: Path, call: str) -> bool:
    """Whether the source of what is imported after PySide is read."""
    (folder / "something.py").write_text("VALUE = 1\n")
    words = [sys.executable, "-c", LOOK.format(call=call, folder=str(folder))]
    told = subprocess.run(words, capture_output=True, text=True, check=True).stdout.strip()
    return {"True": True, "False": False}[told]


def test_no_source_is_read(tmp_path: Path) -> None:
    assert has_read(tmp_path, "")  # or PySide reads none any more, and this can go
    assert not has_read(tmp_path, "read_no_sources()")


def test_a_pyside_that_does_not_read_is_left_alone(tmp_path: Path) -> None:
    call = "sys.modules.pop('shibokensupport.feature'); read_no_sources()"
    assert has_read(tmp_path, call)
