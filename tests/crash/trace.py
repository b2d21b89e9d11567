"""What an unmodified process writes and syncs, as strace saw it."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import ClassVar

from tests.crash.disk import Disk, File

ROOT = Path(__file__).parents[2]
CALLS = (
    "open,openat,creat,close,mkdir,mkdirat,lseek,write,pwrite64,ftruncate,fsync,fdatasync,"
    "unlink,unlinkat,rename,renameat,renameat2"
)
UNKNOWN = "dup,dup2,dup3,writev,pwritev,pwritev2,truncate,fallocate,rmdir,link,linkat,sendfile"
"""Calls that would change files behind our back; seen only on files that are not ours."""
_LINE = re.compile(r"(\w+)\((.*)\)\s+= (-?\d+)")
_TEXT = re.compile(r'"((?:\\x[0-9a-f]{2})*)"(\.\.\.)?')
_MOST = 8 * 1024 * 1024


def record(folder: Path, steps: int, seed: int, fault: str = "") -> list[str]:
    """Run the program in `folder/data` under strace; its system calls, one a line."""
    log = folder.with_name(f"{folder.name}.strace")
    environment = {**os.environ, "PERPUDESK_SETTINGS": str(folder / "settings")}
    command = ["strace", "-qq", "-xx", "-s", str(_MOST), "-e", f"trace={CALLS},{UNKNOWN}"]
    command += ["-o", str(log), sys.executable, "-m", "tests.crash.program"]
    command += [str(folder / "data"), str(steps), str(seed), *([fault] if fault else [])]
    subprocess.run(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, check=True)
    lines = log.read_text().splitlines()
    log.unlink()
    return lines


@dataclass
class Replay:
    """A process's calls, done again on a `Disk`, one by one."""

    folder: Path
    disk: Disk = field(default_factory=Disk)
    acks: list[str] = field(default_factory=list)
    """What the process had been told is safe, oldest first."""
    _open: dict[int, tuple[str, File | None]] = field(default_factory=dict)
    _at: dict[int, int] = field(default_factory=dict)

    def events(self, lines: list[str]) -> Iterator[str]:
        """Each moment at which a cut is worth looking at: `before a sync`, `ack`, `write`.

        The disk stands as it was at that moment.
        """
        for line in lines:
            found = _LINE.match(line)
            if found is None or int(found[3]) < 0:
                continue
            call, given, result = found[1], found[2], int(found[3])
            if call in UNKNOWN.split(","):
                self._refuse_on_ours(call, given)
                continue
            if call in ("fsync", "fdatasync") and int(given) in self._open:
                yield "before a sync"
            done = self._CALLS[call](self, given, result)
            if done:
                yield done

    def _name(self, path: str) -> str | None:
        """The name below our folder, or None for anybody else's."""
        try:
            return str(Path(path).relative_to(self.folder))
        except ValueError:
            return None

    def _refuse_on_ours(self, call: str, given: str) -> None:
        texts = [
            bytes.fromhex(each[1].replace("\\x", "")).decode() for each in _TEXT.finditer(given)
        ]
        first = given.split(",", maxsplit=1)[0]
        ours = first.isdigit() and int(first) in self._open
        if ours or any(self._name(text) is not None for text in texts):
            raise AssertionError(f"{call} on a file of ours is not replayed: teach {__name__}")

    def _on_open(self, given: str, handle: int) -> None:
        name = self._name(_texts(given)[0])
        if name is None:
            return
        if name not in self.disk.now and "O_CREAT" in given:
            self.disk.name(name, File())
        file = self.disk.now.get(name)
        if file is not None and "O_TRUNC" in given:
            file.since.append((0, b""))
        self._open[handle] = (name, file)
        self._at[handle] = _size(file) if "O_APPEND" in given else 0

    def _on_close(self, given: str, _: int) -> None:
        self._open.pop(int(given), None)

    def _on_mkdir(self, given: str, _: int) -> None:
        if (name := self._name(_texts(given)[0])) is not None:
            self.disk.name(name, None)

    def _on_lseek(self, given: str, result: int) -> None:
        self._at[int(given.split(",", maxsplit=1)[0])] = result

    def _on_write(self, given: str, written: int) -> str | None:
        handle = int(given.split(",", maxsplit=1)[0])
        if handle == 1:
            return self._on_ack(given)
        if handle not in self._open:
            return None
        self._write(handle, self._at[handle], _data(given)[:written])
        self._at[handle] += written
        return "write"

    def _on_ack(self, given: str) -> str:
        self.acks += [line.split()[1] for line in _data(given).decode().splitlines()]
        return "ack"

    def _on_pwrite(self, given: str, written: int) -> str | None:
        handle = int(given.split(",", maxsplit=1)[0])
        if handle not in self._open:
            return None
        self._write(handle, int(given.rsplit(",", 1)[1]), _data(given)[:written])
        return "write"

    def _write(self, handle: int, at: int, data: bytes) -> None:
        file = self._open[handle][1]
        assert file is not None
        file.since.append((at, data))

    def _on_ftruncate(self, given: str, _: int) -> None:
        handle, length = (int(each) for each in given.split(","))
        if handle in self._open:
            self._write(handle, length, b"")

    def _on_sync(self, given: str, _: int) -> None:
        if int(given) not in self._open:
            return
        name, file = self._open[int(given)]
        if file is None:
            self.disk.sync_folder(name)
        else:
            file.sync()

    def _on_unlink(self, given: str, _: int) -> None:
        if (name := self._name(_texts(given)[0])) is not None:
            self.disk.unname(name)

    def _on_rename(self, given: str, _: int) -> None:
        old, new = (self._name(each) for each in _texts(given)[:2])
        if old is not None and new is not None:
            self.disk.rename(old, new)

    _CALLS: ClassVar[dict[str, Callable[[Replay, str, int], str | None]]] = {
        "open": _on_open,
        "openat": _on_open,
        "creat": _on_open,
        "close": _on_close,
        "mkdir": _on_mkdir,
        "mkdirat": _on_mkdir,
        "lseek": _on_lseek,
        "write": _on_write,
        "pwrite64": _on_pwrite,
        "ftruncate": _on_ftruncate,
        "fsync": _on_sync,
        "fdatasync": _on_sync,
        "unlink": _on_unlink,
        "unlinkat": _on_unlink,
        "rename": _on_rename,
        "renameat": _on_rename,
        "renameat2": _on_rename,
    }


def _size(file: File | None) -> int:
    size = len(file.sure) if file else 0
    for at, data in file.since if file else []:
        size = max(size, at + len(data)) if data else at
    return size


def _texts(given: str) -> list[str]:
    return [_decoded(each).decode() for each in _TEXT.finditer(given)]


def _data(given: str) -> bytes:
    found = _TEXT.search(given)
    assert found is not None, given[:80]
    assert found[2] is None, "strace cut the data short"
    return _decoded(found)


def _decoded(found: re.Match[str]) -> bytes:
    return bytes.fromhex(found[1].replace("\\x", ""))
