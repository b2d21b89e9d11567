"""A stick is the branch's own by a note in its folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from perpudesk.backups.sticks import folder_on, is_stick_of, name_stick
from perpudesk.core.errors import StorageError
from tests.backups.conftest import refused


def test_a_stick_that_was_named_is_known(stick: Path) -> None:
    assert not is_stick_of(stick, "b")
    folder = name_stick(stick, "b")
    assert folder == folder_on(stick)
    assert is_stick_of(stick, "b")
    assert not is_stick_of(stick, "another")
    assert name_stick(stick, "another") == folder
    assert is_stick_of(stick, "another")


@pytest.mark.parametrize(
    "note", [b"", b"[]", b"{}", b"\xff", b"[" * 4_000, b'"b"', b'{"branch_id": 1}']
)
def test_a_note_that_is_none_makes_no_stick(stick: Path, note: bytes) -> None:
    name_stick(stick, "b")
    (folder_on(stick) / "perpudesk-stick.json").write_bytes(note)
    assert not is_stick_of(stick, "b")


def test_a_stick_that_takes_nothing_is_told(stick: Path) -> None:
    folder_on(stick).write_text("a file in the way")
    with refused(StorageError, "backup_failed"):
        name_stick(stick, "b")
    assert not is_stick_of(stick, "b")
