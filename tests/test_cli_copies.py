"""Copies by command: made, tested, and put back on another computer."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from perpudesk.backups.words import words_of
from perpudesk.core.times import SystemClock
from perpudesk.db.guard import LOCK_NAME, Guard
from perpudesk.desk import opened
from perpudesk.visits.model import VisitDraft
from tests.test_cli import Say, folder, say

__all__ = ["folder", "say"]
KEY = bytes(range(32))


@pytest.fixture
def keyed(folder: Path) -> Path:
    """The folder with a recovery key."""
    with opened(folder) as desk:
        desk.backups.take_key(KEY)
    return folder


@pytest.fixture
def words(tmp_path: Path) -> Path:
    """A file with the words of that key, numbered as on the sheet."""
    file = tmp_path / "words.txt"
    numbered = (f"{place}. {word}" for place, word in enumerate(words_of(KEY), start=1))
    file.write_text("\ufeff" + "\n".join(numbered), "utf-8")
    return file


def record(folder: Path, many: int = 1) -> None:
    with opened(folder) as desk:
        for _ in range(many):
            desk.visits.record(VisitDraft())


def copy_in(folder: Path) -> Path:
    (found,) = (each for each in folder.iterdir() if each.suffix in (".db", ".pdbak"))
    return found


def test_a_copy_beside_the_records(say: Say, folder: Path) -> None:
    record(folder, 3)
    answer = say("--data", folder, "backup")
    assert answer.code == 0
    made = copy_in(folder / "backups")
    assert answer.out.splitlines() == [f"{made}: made, read back and tested.", "3 visit records"]


def test_elsewhere_it_says_that_it_is_not_sealed(say: Say, folder: Path, tmp_path: Path) -> None:
    answer = say("--data", folder, "backup", "--to", tmp_path / "stick")
    assert copy_in(tmp_path / "stick").suffix == ".db"
    assert "It is not sealed" in answer.out


def test_with_a_recovery_sheet_it_is_sealed(say: Say, keyed: Path, tmp_path: Path) -> None:
    assert "not sealed" not in say("--data", keyed, "backup", "--to", tmp_path / "stick").out
    assert copy_in(tmp_path / "stick").suffix == ".pdbak"
    answer = say("--data", keyed, "backup", "--to", tmp_path / "plain", "--plain")
    assert "It is not sealed" in answer.out
    assert copy_in(tmp_path / "plain").suffix == ".db"


def test_a_new_computer(say: Say, keyed: Path, tmp_path: Path, words: Path) -> None:
    record(keyed, 3)
    month = SystemClock().now().strftime("%Y-%m")
    before = say("--data", keyed, "figures", month, "--json").out
    say("--data", keyed, "backup", "--to", tmp_path / "stick")
    copy, new = copy_in(tmp_path / "stick"), tmp_path / "new" / "computer"
    answer = say("--data", new, "restore", copy, "--key-file", words)
    assert answer.code == 0, answer.err
    assert answer.out.startswith("Put back: Perpustakaan Uji, until ")
    assert "kept as" not in answer.out
    assert json.loads(say("--data", new, "figures", month, "--json").out) == json.loads(before)


def test_what_would_be_lost_is_told_and_kept(say: Say, folder: Path) -> None:
    record(folder)
    say("--data", folder, "backup")
    copy = copy_in(folder / "backups")
    record(folder, 2)
    lost = "Made or changed here since, and not in it: 2 visit records."
    would = say("--data", folder, "restore", copy, "--dry-run")
    assert would.out.splitlines()[-1] == lost
    assert "3 visit records" in say("--data", folder, "check").out
    done = say("--data", folder, "restore", copy)
    assert lost in done.out
    assert "1 visit records" in say("--data", folder, "check").out
    safety = Path(done.out.splitlines()[-1].removeprefix("What stood here before is kept as ")[:-1])
    assert say("--data", folder, "restore", safety).code == 0
    assert "3 visit records" in say("--data", folder, "check").out


def test_only_looked_at_where_nothing_is_yet(say: Say, folder: Path, tmp_path: Path) -> None:
    say("--data", folder, "backup")
    copy = copy_in(folder / "backups")
    assert (
        say("--data", tmp_path / "new", "restore", copy, "--dry-run").out == "Perpustakaan Uji.\n"
    )
    assert not (tmp_path / "new").exists()


def test_a_sealed_copy_asks_for_the_words(say: Say, keyed: Path, tmp_path: Path) -> None:
    say("--data", keyed, "backup", "--to", tmp_path / "stick")
    copy = copy_in(tmp_path / "stick")
    new = tmp_path / "new"
    assert "is sealed. Type the words" in say("--data", new, "restore", copy).sentence
    wrong = tmp_path / "wrong.txt"
    for text, told in (
        (" ".join(words_of(bytes(32))), "These words belong to another recovery sheet"),
        ("babab", "These are 1 words"),
        ("\0", "These are 0 words"),
    ):
        wrong.write_text(text, "utf-8")
        answer = say("--data", new, "restore", copy, "--key-file", wrong)
        assert told in answer.sentence
    for path in (tmp_path / "none.txt", tmp_path):
        assert (
            "could not be read" in say("--data", new, "restore", copy, "--key-file", path).sentence
        )
    wrong.write_bytes(b"\xff\xff")
    assert "could not be read" in say("--data", new, "restore", copy, "--key-file", wrong).sentence


def test_another_branch_asks(say: Say, folder: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    say("--data", other, "setup", "--name", "Perpustakaan Lain", "--zone", "WIT")
    say("--data", other, "backup")
    copy = copy_in(other / "backups")
    answer = say("--data", folder, "restore", copy)
    assert "is a backup of Perpustakaan Lain" in answer.sentence
    assert say("--data", folder, "restore", copy, "--other-branch").code == 0


@pytest.mark.parametrize("name", ["perpudesk.db", LOCK_NAME, "missing.db"])
def test_what_is_no_copy_is_refused(say: Say, folder: Path, name: str) -> None:
    before = (folder / "perpudesk.db").read_bytes()
    answer = say("--data", folder, "restore", folder / name)
    assert answer.code == 1
    assert "backup" in answer.sentence
    assert (folder / "perpudesk.db").read_bytes() == before


def test_one_whose_window_is_open_is_left_alone(say: Say, folder: Path) -> None:
    say("--data", folder, "backup")
    copy = copy_in(folder / "backups")
    guard = Guard(folder)
    try:
        for words in (("restore", copy), ("restore", copy, "--dry-run")):
            assert "already open" in say("--data", folder, *words).sentence
    finally:
        guard.release()


def test_a_sheet_is_made_once(say: Say, folder: Path, tmp_path: Path) -> None:
    sheet = tmp_path / "sheet.pdf"
    answer = say("--data", folder, "recovery-key", "--output", sheet)
    assert answer.code == 0
    assert sheet.read_bytes().startswith(b"%PDF")
    with opened(folder) as desk:
        first = desk.backups.public_key()
    again = say("--data", folder, "recovery-key", "--output", sheet)
    assert "There is a recovery sheet already" in again.sentence
    assert say("--data", folder, "recovery-key", "--output", sheet, "--replace").code == 0
    with opened(folder) as desk:
        assert first != desk.backups.public_key() is not None


def test_a_sheet_that_could_not_be_written_seals_nothing(
    say: Say, folder: Path, tmp_path: Path
) -> None:
    answer = say("--data", folder, "recovery-key", "--output", tmp_path / "no" / "sheet.pdf")
    assert answer.code == 1
    with opened(folder) as desk:
        assert desk.backups.public_key() is None


def test_every_copy_is_tested(say: Say, keyed: Path) -> None:
    assert say("--data", keyed, "check", "--deep").out.endswith("0 backups are whole.\n")
    say("--data", keyed, "backup")
    copy = copy_in(keyed / "backups")
    assert "1 backup is whole." in say("--data", keyed, "check", "--deep").out
    data = bytearray(copy.read_bytes())
    data[5_000] ^= 1
    copy.write_bytes(data)
    answer = say("--data", keyed, "check", "--deep").out
    assert "0 backups are whole." in answer
    assert f"{copy} is not what was written there" in answer
