"""The program's folder is the old one or the new one, and at no moment neither."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest

from perpudesk.core.errors import FileError, PerpuDeskError, RuleError, StorageError
from perpudesk.core.i18n import speaking
from perpudesk.updates import kept, replacing
from perpudesk.updates.model import File, Manifest
from tests.updates.conftest import fill

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="an installer does it on Windows")
MANIFEST = Manifest(version="9.0.1", system="x", files={"a": File(size=3, sha256="0" * 64)})


def version(program: Path) -> str:
    return (program / "VERSION").read_text()


@pytest.fixture(params=["in one step", "one after the other"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """As a disk of today does it, and as one that cannot exchange two names."""
    if request.param != "in one step":

        def refuse(*_: Path) -> None:
            raise OSError(errno.EINVAL, os.strerror(errno.EINVAL))

        monkeypatch.setattr(replacing, "_exchange", refuse)
    return str(request.param)


@pytest.mark.usefixtures("way")
def test_the_new_one_stands_and_the_old_one_is_kept(program: Path) -> None:
    new = fill(program.with_name("PerpuDesk.new"), "9.0.1")
    fill(program.with_name("PerpuDesk.old"), "0.0.1")
    (program / "perpudesk.toml").write_text("name = 'ours'")
    replacing.put(new, program)
    assert version(program) == "9.0.1"
    assert version(program.with_name("PerpuDesk.old")) == "0.1.0"
    assert (program / "perpudesk.toml").read_text() == "name = 'ours'"
    assert not new.exists()
    kept.drop_old()
    assert [each.name for each in program.parent.iterdir()] == ["PerpuDesk"]


def test_a_disk_that_refuses_leaves_the_old_one(
    program: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    new = fill(program.with_name("PerpuDesk.new"), "9.0.1")
    monkeypatch.setattr(replacing.ctypes, "CDLL", lambda *_, **__: None)
    rename = Path.rename

    def refuse(path: Path, target: Path) -> Path:
        if path == new:
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", refuse)
    with pytest.raises(OSError, match="Input/output"):
        replacing.put(new, program)
    assert version(program) == "0.1.0"


def test_a_failed_exchange_is_an_error(program: Path) -> None:
    with pytest.raises(FileNotFoundError):
        replacing.put(program.with_name("nowhere"), program)
    assert version(program) == "0.1.0"


def test_what_was_not_put_is_gone(program: Path) -> None:
    beside = program.with_name("PerpuDesk.new")
    fill(beside, "left by a power cut")
    with replacing.staged(program, MANIFEST) as new:
        assert new == beside
        assert list(new.iterdir()) == []
    assert not beside.exists()


def test_a_full_disk_is_said_before_anything_is_copied(
    program: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = type("Usage", (), {"free": 5_000_000})
    monkeypatch.setattr(replacing.shutil, "disk_usage", lambda _: usage)
    with speaking("en"), pytest.raises(StorageError, match="5 MB free and the update needs 20 MB"):
        replacing.staged(program, MANIFEST).__enter__()


def test_a_disk_that_refuses_while_copying_is_a_sentence(program: Path) -> None:
    with pytest.raises(FileError) as refused, replacing.staged(program, MANIFEST):
        raise PermissionError(errno.EACCES, "no")
    assert refused.value.problem is replacing.FOLDER_NOT_YOURS


@pytest.mark.parametrize("starts", ["false", "missing"])
def test_a_program_that_does_not_start_is_refused(starts: str, tmp_path: Path) -> None:
    new = fill(tmp_path / "new", "9.0.1", "false")
    if starts == "missing":
        (new / "perpudesk-cli").unlink()
    with pytest.raises(RuleError) as refused:
        replacing.try_out(new)
    assert refused.value.problem is replacing.DOES_NOT_START


def test_a_program_that_starts_is_taken(tmp_path: Path) -> None:
    replacing.try_out(fill(tmp_path / "new", "9.0.1"))


def test_a_window_of_the_folder_refuses(program: Path) -> None:
    replacing.refuse_running(program)
    sleeper = program / "PerpuDesk"
    sleeper.write_bytes(Path("/bin/sleep").read_bytes())
    sleeper.chmod(0o755)
    with subprocess.Popen([sleeper, "60"]) as window:
        with pytest.raises(RuleError) as refused:
            replacing.refuse_running(program)
        window.kill()
    assert refused.value.problem is replacing.STILL_RUNNING


def test_which_folder_is_replaced(program: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert replacing.program_folder() == program
    (program / replacing.PACKAGE_MARK).touch()
    with pytest.raises(PerpuDeskError) as refused:
        replacing.program_folder()
    assert refused.value.problem is replacing.PACKAGED
    monkeypatch.delattr(sys, "frozen")
    with pytest.raises(PerpuDeskError) as refused:
        replacing.program_folder()
    assert refused.value.problem is replacing.NO_PROGRAM_FOLDER
    kept.drop_old()
