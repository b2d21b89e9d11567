"""Files that unpack to something large are refused before they do."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("resource", reason="how much memory is used is asked as on POSIX")
ROOT = Path(__file__).parents[2]
MOST_MEGABYTES = 50


def test_each_is_refused_in_little_memory(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.attack.bombs", tmp_path],
        cwd=ROOT,
        env={**os.environ, "PERPUDESK_SETTINGS": str(tmp_path / "settings")},
        check=True,
        capture_output=True,
        text=True,
    )
    told = json.loads(done.stdout)
    assert {name: code for name, (code, *_) in told.items()} == {
        "comment.png as attachment": "attachment_no_photo",
        "comment.png as crest": "crest_not_a_picture",
        "laughs.xlsx as list": "broken_workbook",
        "line.csv as list": "no_table",
        "lying.xlsx as list": "broken_workbook",
        "nested.xlsx as list": "broken_workbook",
        "overlapping.xlsx as list": "workbook_too_large",
        "rows.xlsx as list": "workbook_too_large",
        "strings.xlsx as list": "workbook_too_large",
        "wide.png as attachment": "attachment_too_wide",
        "wide.png as crest": "crest_too_wide",
        "zeros.xlsx as list": "workbook_too_large",
    }
    assert all(megabytes < MOST_MEGABYTES for *_, megabytes in told.values()), told
