"""The papers for whoever comes next, by command."""

from __future__ import annotations

from pathlib import Path

from pypdf import PdfReader

from tests.test_cli import Say, folder, say

__all__ = ["folder", "say"]


def text_of(path: Path) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(path).pages).split())


def test_the_guide_is_in_the_language_that_is_asked_for(
    say: Say, folder: Path, tmp_path: Path
) -> None:
    path = tmp_path / "guide.pdf"
    answer = say("--data", folder, "guide", "--output", path)
    assert answer.out == f"{path}: 2 pages.\n"
    assert "THE DAY AT THE DESK Perpustakaan Uji" in text_of(path)
    say("--data", folder, "guide", "--output", path, "--paper", "f4", lang="id")
    assert "SEHARI DI MEJA DEPAN" in text_of(path)
    assert round(float(PdfReader(path).pages[0].mediabox.height)) == 935


def test_the_handover_sheet_says_how_it_stands(say: Say, folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "handover.pdf"
    answer = say("--data", folder, "handover", "--output", path)
    assert answer.code == 0
    text = text_of(path)
    assert "HANDOVER SHEET Perpustakaan Uji" in text
    assert str(folder) in text.replace(" ", "")
    say("--data", folder, "handover", "--output", path, lang="id")
    assert "LEMBAR SERAH TERIMA" in text_of(path)
