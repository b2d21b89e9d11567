"""Everything out and back by command."""

from __future__ import annotations

from pathlib import Path

from perpudesk.desk import opened
from perpudesk.visits.model import VisitDraft
from tests.test_cli import Say, folder, say

__all__ = ["folder", "say"]


def test_out_and_back(say: Say, folder: Path, tmp_path: Path) -> None:
    with opened(folder) as desk:
        for _ in range(3):
            desk.visits.record(VisitDraft())
    out = tmp_path / "out"
    answer = say("--data", folder, "export", "--to", out)
    assert answer.out.startswith(f"{out}: ")
    assert "--names" in answer.out
    assert "--names" not in say("--data", folder, "export", "--to", f"{out}2", "--names").out
    new = tmp_path / "new"
    answer = say("--data", new, "import", "everything", out)
    assert answer.out == "Perpustakaan Uji: 3 visit records are here now.\n"
    assert "There are records in" in say("--data", new, "import", "everything", out).sentence
    assert "is there already" in say("--data", folder, "export", "--to", out).sentence
    assert "is not an export" in say("--data", tmp_path / "x", "import", "everything", new).sentence


def test_what_can_be_read_is_salvaged(say: Say, folder: Path, tmp_path: Path) -> None:
    with opened(folder) as desk:
        for _ in range(3):
            desk.visits.record(VisitDraft())
    answer = say("--data", folder, "salvage", "--to", tmp_path / "saved")
    assert answer.out.splitlines()[-1] == f"What could be read is in {tmp_path / 'saved'}."
    assert "The data is whole: 3 visit" in say("--data", tmp_path / "saved", "check").out
    (folder / "perpudesk.db").write_bytes(b"no database")
    sentence = say("--data", folder, "check").sentence
    assert "salvage --to DIR" in sentence
    assert "Nothing of" in say("--data", folder, "salvage", "--to", tmp_path / "none").sentence
