"""Sealed files: opened by their key alone, and no byte of them may be another."""

from __future__ import annotations

import random
from io import BytesIO
from pathlib import Path

import pytest

from perpudesk.backups import sealing
from perpudesk.core.errors import FileError
from tests.backups.conftest import KEY, refused

PUBLIC = sealing.public_of(KEY)
HEADER = {"branch": "Perpustakaan Uji", "public": PUBLIC.hex()}


def sealed(folder: Path, data: bytes) -> Path:
    plain, path = folder / "plain", folder / "copy.pdbak"
    plain.write_bytes(data)
    with path.open("wb") as stream:
        sealing.seal(plain, stream, HEADER, PUBLIC)
    return path


def opened(path: Path, key: bytes = KEY) -> bytes:
    found = BytesIO()
    sealing.unseal(path, found, key)
    return found.getvalue()


@pytest.mark.parametrize("size", [0, 1, 1000, 1 << 20, (1 << 20) + 1, 3 << 20])
def test_the_key_opens_it(tmp_path: Path, size: int) -> None:
    data = random.Random(size).randbytes(size)
    path = sealed(tmp_path, data)
    assert opened(path) == data
    assert size < 100 or data[:100] not in path.read_bytes()


def test_the_same_is_sealed_otherwise_each_time(tmp_path: Path) -> None:
    assert sealed(tmp_path, b"x" * 99).read_bytes() != sealed(tmp_path, b"x" * 99).read_bytes()


def test_what_it_says_of_itself_is_read_without_the_key(tmp_path: Path) -> None:
    assert sealing.header_of(sealed(tmp_path, b"x")) == HEADER


def test_every_one_of_200_flips_is_noticed(tmp_path: Path) -> None:
    path = sealed(tmp_path, random.Random(1).randbytes(5_000))
    whole = path.read_bytes()
    drawn = random.Random(2)
    places = [drawn.randrange(len(whole)) for _ in range(200)]
    for place in [*range(60), *places]:
        flipped = bytearray(whole)
        flipped[place] ^= 1 << drawn.randrange(8)
        path.write_bytes(flipped)
        with refused(FileError, "backup_broken", "not_a_copy", "recovery_key_wrong"):
            opened(path)


def test_every_end_that_is_missing_is_noticed(tmp_path: Path) -> None:
    path = sealed(tmp_path, random.Random(1).randbytes((1 << 20) + 300))
    whole = path.read_bytes()
    ends = {*range(300), *range(len(whole) - 400, len(whole))}
    for end in sorted(ends):
        path.write_bytes(whole[:end])
        with refused(FileError, "backup_broken", "not_a_copy"):
            opened(path)


def test_what_was_added_is_noticed(tmp_path: Path) -> None:
    path = sealed(tmp_path, b"x" * 100)
    for more in (b"y", b"y" * (1 << 20), path.read_bytes()):
        whole = path.read_bytes()
        path.write_bytes(whole + more)
        with refused(FileError, "backup_broken"):
            opened(path)
        path.write_bytes(whole)


def test_chunks_in_another_order_are_noticed(tmp_path: Path) -> None:
    path = sealed(tmp_path, random.Random(1).randbytes(3 << 20))
    whole = path.read_bytes()
    chunk = (1 << 20) + 17
    first = len(whole) - 3 * chunk
    turned = whole[:first] + whole[first + chunk : first + 2 * chunk] + whole[first : first + chunk]
    path.write_bytes(turned + whole[first + 2 * chunk :])
    with refused(FileError, "backup_broken"):
        opened(path)


def test_another_key_is_told_with_whose_sheet_is_wanted(tmp_path: Path) -> None:
    with refused(FileError, "recovery_key_wrong") as told:
        opened(sealed(tmp_path, b"x"), bytes(32))
    assert "Perpustakaan Uji" in told.value.sentence()


@pytest.mark.parametrize(
    "told", [b"[]", b"{", b"\xff", b"[" * 60_000, b"nan", b'{"a": 1} x', b"0" * 70_000]
)
def test_a_header_that_is_none_is_damage(tmp_path: Path, told: bytes) -> None:
    path = tmp_path / "copy.pdbak"
    path.write_bytes(sealing.MAGIC + len(told).to_bytes(4, "big") + told + b"x" * 500)
    with refused(FileError, "backup_broken"):
        sealing.header_of(path)


def test_any_other_file_is_no_copy(tmp_path: Path) -> None:
    path = tmp_path / "copy.pdbak"
    path.write_bytes(b"SQLite format 3\0")
    with refused(FileError, "not_a_copy"):
        sealing.header_of(path)
