"""`perpudesk update`: the records copied, the program replaced, or nothing changed."""

from __future__ import annotations

from pathlib import Path

import pytest

from perpudesk import __version__
from perpudesk.cli.updating import system
from perpudesk.db.guard import Guard
from release.sign import sign
from tests.test_cli import Say, folder, say
from tests.updates.conftest import KEY, Signed, key, program, signed

__all__ = ["folder", "key", "program", "say", "signed"]


def state(where: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in where.rglob("*") if path.is_file()}


def test_a_newer_program_takes_the_place(
    say: Say, folder: Path, program: Path, signed: Signed
) -> None:
    answer = say("--data", folder, "update", signed("9.0.1"))
    assert answer.code == 0, answer.err
    (copy,) = (folder / "backups").glob("*.db")
    assert answer.out.splitlines() == [
        f"{copy}: made, read back and tested.",
        f"PerpuDesk 9.0.1 is in the place of {__version__}.",
        "The old program stays beside it until the new one has been opened.",
    ]
    assert (program / "VERSION").read_text() == "9.0.1"
    assert (program.with_name("PerpuDesk.old") / "VERSION").read_text() == "0.1.0"


def test_without_records_there_is_nothing_to_copy(
    say: Say, tmp_path: Path, program: Path, signed: Signed
) -> None:
    answer = say("--data", tmp_path / "none", "update", signed("9.0.1"))
    assert answer.code == 0, answer.err
    assert (program / "VERSION").read_text() == "9.0.1"
    assert not (tmp_path / "none").exists()


@pytest.mark.parametrize(
    "how,said",
    [
        ("changed", "VERSION of the update is not what was signed"),
        ("missing", "VERSION is missing"),
        ("added", "which was not signed"),
        ("same", f"This is version {__version__} already."),
        ("older", f"The update is version 0.0.9, and this is the newer {__version__}."),
        ("other system", "The update is for plan9-68k"),
        ("broken", "The new program does not start on this computer"),
        ("open", "PerpuDesk is already open on"),
    ],
)
def test_refused_it_changes_nothing(
    *, how: str, said: str, say: Say, folder: Path, program: Path, signed: Signed
) -> None:
    version = {"same": __version__, "older": "0.0.9"}.get(how, "9.0.1")
    other = "plan9-68k" if how == "other system" else ""
    update = signed(version, on=other, starts="false" if how == "broken" else "true")
    file = update / "program" / "VERSION"
    if how == "changed":
        file.write_text("9.0.2")
    elif how == "missing":
        file.unlink()
    elif how == "added":
        (update / "program" / "extra.so").touch()
    before = state(program.parent)
    guard = Guard(folder) if how == "open" else None
    answer = say("--data", folder, "update", update)
    if guard is not None:
        guard.release()
    assert (answer.code, answer.out) == (1, "")
    assert said in answer.err
    assert state(program.parent) == before
    assert not (folder / "backups").exists()


def test_an_installer_is_proved_and_named(
    say: Say, folder: Path, program: Path, tmp_path: Path
) -> None:
    setup = tmp_path / "PerpuDesk-9.0.1-setup.exe"
    setup.write_bytes(b"MZ")
    update = sign({setup.name: setup}, tmp_path, KEY, system=system(), version="9.0.1")
    answer = say("--data", folder, "update", update)
    assert answer.code == 0, answer.err
    proved = Path(answer.out.splitlines()[-1].split("Now start ")[1].rstrip("."))
    assert proved.read_bytes() == b"MZ"
    assert proved.name == setup.name
    assert (program / "VERSION").read_text() == "0.1.0"


def test_an_installer_that_is_not_proved_is_not_left(
    say: Say, folder: Path, program: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    setup = tmp_path / "PerpuDesk-9.0.1-setup.exe"
    setup.write_bytes(b"MZ")
    update = sign({setup.name: setup}, tmp_path, KEY, system=system(), version="9.0.1")
    (update / "program" / setup.name).write_bytes(b"mz")
    (tmp_path / "temp").mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "temp"))
    answer = say("--data", folder, "update", update)
    assert f"{setup.name} of the update is not what was signed" in answer.err
    assert list((tmp_path / "temp").iterdir()) == []
    assert (program / "VERSION").read_text() == "0.1.0"


def test_the_source_is_no_program_folder(say: Say, folder: Path, signed: Signed) -> None:
    answer = say("--data", folder, "update", signed())
    assert answer.code == 1
    assert "runs from its source" in answer.err
