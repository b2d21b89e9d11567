"""Every single change of an update is noticed, and what is right arrives as it was signed."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

import pytest
from nacl.signing import SigningKey

from perpudesk.core.errors import FileError, RuleError
from perpudesk.updates import reading
from perpudesk.updates.model import (
    MANIFEST,
    NOT_AN_UPDATE,
    PROGRAM,
    SIGNATURE,
    UPDATE_ADDED,
    UPDATE_CHANGED,
    UPDATE_MISSING,
)
from release.sign import sign
from tests.updates.conftest import Signed

release_key = reading.release_key


def taken(update: Path, target: Path) -> Path:
    """Read and copy all of it."""
    reading.copy(update, reading.look(update), target)
    return target


def problem(update: Path, target: Path) -> object:
    with pytest.raises(FileError) as refused:
        taken(update, target)
    assert "{" not in refused.value.sentence()
    return refused.value.problem


def test_what_was_signed_arrives(signed: Signed, tmp_path: Path) -> None:
    there = taken(signed("9.0.1"), tmp_path / "there")
    assert (there / "VERSION").read_text() == "9.0.1"
    assert (there / "perpudesk-cli").stat().st_mode & 0o777 == 0o755
    assert (there / "VERSION").stat().st_mode & 0o777 == 0o644
    assert (there / "_internal" / "libone.so").readlink() == Path("libone.so.1")
    assert (there / "_internal" / "empty").read_bytes() == b""


def test_a_changed_bit_anywhere_is_noticed(signed: Signed, tmp_path: Path) -> None:
    update, chance = signed(), random.Random(1)
    files = [path for path in sorted(update.rglob("*")) if path.is_file() and path.stat().st_size]
    assert {MANIFEST, SIGNATURE} <= {path.name for path in files}
    for turn in range(200):
        path = files[turn % len(files)]
        whole = path.read_bytes()
        spoilt = bytearray(whole)
        spoilt[chance.randrange(len(whole))] ^= 1 << chance.randrange(8)
        path.write_bytes(spoilt)
        assert problem(update, tmp_path / str(turn)) is UPDATE_CHANGED, path
        path.write_bytes(whole)
    taken(update, tmp_path / "at last")


def test_a_byte_more_or_less_is_noticed(signed: Signed, tmp_path: Path) -> None:
    update = signed()
    for path in [path for path in update.rglob("*") if path.is_file()]:
        whole = path.read_bytes()
        for turn, other in enumerate({whole + b"\0", whole[:-1]} - {whole}):
            path.write_bytes(other)
            target = tmp_path / f"{path.name}-{turn}"
            assert problem(update, target) is UPDATE_CHANGED
        path.write_bytes(whole)


def test_each_missing_file_is_named(signed: Signed, tmp_path: Path) -> None:
    update = signed()
    for path in [path for path in update.rglob("*") if path.is_file()]:
        aside = path.rename(tmp_path / "aside")
        expected = NOT_AN_UPDATE if path.name == MANIFEST else UPDATE_MISSING
        assert problem(update, tmp_path / "never") is expected, path
        aside.rename(path)


@pytest.mark.parametrize("place", ["more", f"{PROGRAM}/more", f"{PROGRAM}/new/more", "x/y"])
def test_an_added_file_is_named(place: str, signed: Signed, tmp_path: Path) -> None:
    update = signed()
    (update / place).parent.mkdir(exist_ok=True)
    (update / place).touch()
    with pytest.raises(FileError, match=place) as refused:
        taken(update, tmp_path / "never")
    assert refused.value.problem is UPDATE_ADDED


def test_a_link_is_never_followed(signed: Signed, tmp_path: Path) -> None:
    update = signed()
    same = shutil.copy(update / PROGRAM / "VERSION", tmp_path / "same")
    (update / PROGRAM / "VERSION").unlink()
    (update / PROGRAM / "VERSION").symlink_to(same)
    assert problem(update, tmp_path / "never") is UPDATE_CHANGED
    (update / PROGRAM / "VERSION").unlink()
    shutil.copy(same, update / PROGRAM / "VERSION")
    (update / PROGRAM / "folder").symlink_to(tmp_path)
    assert problem(update, tmp_path / "never") is UPDATE_ADDED


def test_a_file_that_changes_after_the_look_is_noticed(signed: Signed, tmp_path: Path) -> None:
    update = signed()
    manifest = reading.look(update)
    (update / PROGRAM / "VERSION").write_text("9.0.2" * 1_000_000)
    with pytest.raises(FileError) as refused:
        reading.copy(update, manifest, tmp_path / "never")
    assert refused.value.problem is UPDATE_CHANGED
    (update / PROGRAM / "VERSION").unlink()
    with pytest.raises(FileError) as refused:
        reading.copy(update, manifest, tmp_path / "never again")
    assert refused.value.problem is reading.UPDATE_UNREADABLE


def test_another_key_signs_nothing_that_is_believed(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("a")
    stranger = SigningKey.generate()
    update = sign({"a": tmp_path / "a"}, tmp_path, stranger, system="x", version="9.9.9")
    assert problem(update, tmp_path / "never") is UPDATE_CHANGED


def test_a_folder_that_is_none(tmp_path: Path) -> None:
    assert problem(tmp_path, tmp_path / "never") is NOT_AN_UPDATE
    assert problem(tmp_path / "nowhere", tmp_path / "never") is NOT_AN_UPDATE


def test_the_key_ships_with_the_program(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert len(release_key()) == 32
    monkeypatch.setattr(reading, "resource", lambda name: tmp_path / name)
    with pytest.raises(RuleError) as refused:
        release_key()
    assert refused.value.problem is reading.NO_RELEASE_KEY
