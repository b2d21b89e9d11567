"""Files are replaced whole or not at all."""

from __future__ import annotations

import errno
import os
import stat
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest

from perpudesk.core.errors import FileError
from perpudesk.core.files import make_folder, replacing


@pytest.fixture
def target(tmp_path: Path) -> Path:
    file = tmp_path / "laporan.pdf"
    file.write_bytes(b"before")
    return file


def failing(code: int) -> Callable[..., None]:
    def fail(*_: object, **__: object) -> None:
        raise OSError(code, os.strerror(code))

    return fail


def left_alone(target: Path) -> bool:
    return target.read_bytes() == b"before" and list(target.parent.iterdir()) == [target]


def test_the_new_bytes_are_there_when_the_block_ends(target: Path) -> None:
    with replacing(target) as stream:
        stream.write(b"after")
        assert target.read_bytes() == b"before"
    assert target.read_bytes() == b"after"
    assert list(target.parent.iterdir()) == [target]


def test_a_block_that_fails_leaves_the_old_file_and_nothing_else(target: Path) -> None:
    with pytest.raises(ZeroDivisionError), replacing(target) as stream:
        stream.write(bytes(1 // 0))
    assert left_alone(target)


def test_bytes_and_name_reach_the_disk_in_that_order(
    target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[str] = []
    fsync, replace = os.fsync, Path.replace

    def see_sync(handle: int) -> None:
        done.append("folder" if stat.S_ISDIR(os.fstat(handle).st_mode) else "file")
        fsync(handle)

    def see_replace(self: Path, other: Path) -> Path:
        done.append("rename")
        return replace(self, other)

    monkeypatch.setattr(os, "fsync", see_sync)
    monkeypatch.setattr(Path, "replace", see_replace)
    with replacing(target) as stream:
        stream.write(b"after")
    assert done == ["file", "rename", "folder"]


@pytest.mark.parametrize(
    "code,problem",
    [
        (errno.ENOSPC, "disk_full"),
        (errno.EDQUOT, "disk_full"),
        (errno.EROFS, "not_allowed"),
        (errno.EACCES, "not_allowed"),
        (errno.EIO, "file_not_written"),
    ],
)
@pytest.mark.parametrize("step", ["fsync", "mkstemp", "replace"])
def test_a_disk_that_refuses_is_said_and_the_old_file_stands(
    target: Path, monkeypatch: pytest.MonkeyPatch, step: str, code: int, problem: str
) -> None:
    owner = {"fsync": os, "mkstemp": tempfile, "replace": Path}[step]
    monkeypatch.setattr(owner, step, failing(code))
    with pytest.raises(FileError) as refused, replacing(target) as stream:
        stream.write(b"after")
    assert refused.value.code == problem
    assert refused.value.sentence()
    monkeypatch.undo()
    assert left_alone(target)


def test_writing_on_a_full_disk_is_said(target: Path) -> None:
    with pytest.raises(FileError) as refused, replacing(target):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    assert refused.value.code == "disk_full"
    assert left_alone(target)


@pytest.mark.parametrize(
    "name,problem",
    [
        ("folder", "is_a_folder"),
        ("missing/laporan.pdf", "no_folder"),
        ("laporan.pdf/below.pdf", "no_folder"),
        ("x" * 300, "file_not_written"),
    ],
)
def test_a_place_that_cannot_be_is_named(target: Path, name: str, problem: str) -> None:
    (target.parent / "folder").mkdir()
    place = target.parent / name
    if len(name) > 255:
        place /= "laporan.pdf"
    with pytest.raises(FileError) as refused, replacing(place):
        pytest.fail("nothing can be written there")
    assert refused.value.code == problem


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such files in its folders")
def test_what_is_no_ordinary_file_is_left_alone(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    link = tmp_path / "link"
    link.symlink_to(pipe)
    for place in (pipe, link):
        with pytest.raises(FileError) as refused, replacing(place):
            pytest.fail("nothing can be written there")
        assert refused.value.code == "not_ordinary"
        assert str(place) in refused.value.sentence()
    assert stat.S_ISFIFO(pipe.stat().st_mode)
    assert sorted(tmp_path.iterdir()) == [link, pipe]


@pytest.mark.skipif(os.name == "nt", reason="links need a privilege on Windows")
def test_a_link_stays_one_and_its_file_is_replaced(target: Path) -> None:
    link = target.with_name("link.pdf")
    link.symlink_to(target.name)
    with replacing(link) as stream:
        stream.write(b"after")
    assert link.is_symlink()
    assert target.read_bytes() == b"after"


@pytest.mark.skipif(os.name == "nt", reason="Windows has no permission bits")
def test_the_files_own_mode_is_kept_and_a_new_one_follows_the_umask(target: Path) -> None:
    target.chmod(0o640)
    mask = os.umask(0o027)
    try:
        for name in ("laporan.pdf", "baru.pdf"):
            with replacing(target.with_name(name)) as stream:
                stream.write(b"after")
    finally:
        os.umask(mask)
    assert stat.S_IMODE(target.stat().st_mode) == 0o640
    assert stat.S_IMODE(target.with_name("baru.pdf").stat().st_mode) == 0o640


def test_folders_are_made_and_a_file_in_the_way_is_said(target: Path) -> None:
    make_folder(target.parent / "a" / "b")
    make_folder(target.parent / "a" / "b")
    assert (target.parent / "a" / "b").is_dir()
    with pytest.raises(FileError) as refused:
        make_folder(target / "below")
    assert refused.value.code == "no_folder"
