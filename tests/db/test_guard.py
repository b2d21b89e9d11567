"""One process keeps a folder; the lock cannot go stale."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from perpudesk.core.errors import StorageError
from perpudesk.db.guard import LOCK_NAME, Guard

HOLD = (
    "import sys; from pathlib import Path; from perpudesk.db.guard import Guard;"
    "guard = Guard(Path(sys.argv[1])); print('held', flush=True); sys.stdin.read()"
)
ROOT = Path(__file__).parents[2]


@contextmanager
def holder(folder: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Another process that has the folder."""
    command = [sys.executable, "-c", HOLD, str(folder)]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, cwd=ROOT) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == b"held\n"
        try:
            yield other
        finally:
            other.kill()


def code_of_refusal(folder: Path) -> str:
    with pytest.raises(StorageError) as refusal:
        Guard(folder)
    assert "{" not in refusal.value.sentence()
    return refusal.value.code


def test_a_folder_another_process_has_is_refused(folder: Path) -> None:
    with holder(folder):
        before = sorted(folder.iterdir())
        assert code_of_refusal(folder) == "folder_in_use"
        assert sorted(folder.iterdir()) == before


def test_the_same_process_cannot_take_it_twice(folder: Path) -> None:
    guard = Guard(folder)
    assert code_of_refusal(folder) == "folder_in_use"
    guard.release()
    Guard(folder).release()


@pytest.mark.parametrize("kill", [False, True])
def test_the_lock_goes_with_the_process_however_it_ends(folder: Path, kill: bool) -> None:
    with holder(folder) as other:
        if kill:
            other.send_signal(signal.SIGTERM if os.name == "nt" else signal.SIGKILL)
        else:
            other.communicate()
        other.wait()
        Guard(folder).release()
    assert (folder / LOCK_NAME).exists()


def test_the_folder_is_made_with_those_above_it(tmp_path: Path) -> None:
    Guard(tmp_path / "a" / "b" / "c").release()
    assert (tmp_path / "a" / "b" / "c").is_dir()


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    file = tmp_path / "data"
    file.write_text("catatan")
    assert code_of_refusal(file) == "folder_is_file"
    assert code_of_refusal(file / "below") == "folder_is_file"
    assert file.read_text() == "catatan"


def test_a_folder_in_the_place_of_the_lock_is_said(folder: Path) -> None:
    (folder / LOCK_NAME).mkdir(parents=True)
    assert code_of_refusal(folder) == "folder_refused"


@pytest.mark.parametrize("code", [errno.EROFS, errno.EACCES, errno.ENOSPC, errno.EIO])
def test_a_disk_that_refuses_is_said(
    folder: Path, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(Path, "mkdir", refuse)
    assert code_of_refusal(folder) == "folder_refused"
    monkeypatch.undo()
    folder.mkdir()
    monkeypatch.setattr(Path, "open", refuse)
    assert code_of_refusal(folder) == "folder_refused"
