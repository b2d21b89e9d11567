"""A disk that loses power: what was synced stays, of the rest any part may have arrived.

Fed with the writes and syncs that a process really made, in their order. A write that no sync
followed may be there, missing, or torn between sectors. Names (files made, renamed, removed) reach
the disk in their order, as file systems with a journal keep it, but only the sync of their folder
makes sure of them.
"""

from __future__ import annotations

import itertools
import random
from dataclasses import dataclass, field
from pathlib import PurePosixPath

SECTORS = (512, 4096)
Write = tuple[int, bytes]
"""Where, and what; a cut of the file to a length is (length, b"")."""


@dataclass
class File:
    """The bytes that are sure, and what was done since."""

    sure: bytearray = field(default_factory=bytearray)
    since: list[Write] = field(default_factory=list)

    def sync(self) -> None:
        """Everything up to here is sure."""
        for write in self.since:
            _apply(self.sure, write)
        self.since.clear()

    def after_a_cut(self, chance: random.Random, keep: float, sector: int) -> bytes:
        """The bytes as they may be found; each unsynced sector arrived with probability `keep`."""
        found = bytearray(self.sure)
        for at, data in self.since:
            if not data or keep in (0, 1):
                if chance.random() < keep:
                    _apply(found, (at, data))
                continue
            whole = chance.random()
            if whole < 0.3:
                continue
            if whole < 0.6:
                _apply(found, (at, data))
                continue
            for write in _sectors(at, data, sector):
                if chance.random() < keep:
                    _apply(found, write)
        return bytes(found)


@dataclass
class Disk:
    """Files by name below one folder."""

    sure: dict[str, File | None] = field(default_factory=dict)
    now: dict[str, File | None] = field(default_factory=dict)
    """None is a folder."""
    since: list[tuple[str, str, File | None]] = field(default_factory=list)
    """Names done and not sure: "is" or "gone", the name, the file."""

    def name(self, name: str, file: File | None) -> None:
        """`name` is this file from now on."""
        self.now[name] = file
        self.since.append(("is", name, file))

    def unname(self, name: str) -> None:
        """`name` is gone."""
        self.now.pop(name, None)
        self.since.append(("gone", name, None))

    def rename(self, old: str, new: str) -> None:
        """`old` takes the place of `new`, in one step."""
        file = self.now[old]
        self.name(new, file)
        self.unname(old)

    def sync_folder(self, folder: str) -> None:
        """The names in `folder` are sure, and with them all that were done before."""
        inside = [n for n, (_, name, _) in enumerate(self.since) if _parent(name) == folder]
        sure = inside[-1] + 1 if inside else 0
        _name_all(self.sure, self.since[:sure])
        del self.since[:sure]

    def after_a_cut(self, chance: random.Random, keep: float) -> dict[str, bytes]:
        """The files that may be found, by name."""
        names = dict(self.sure)
        arrived = len(self.since) if keep == 1 else round(keep * chance.randint(0, len(self.since)))
        _name_all(names, self.since[:arrived])
        sector = chance.choice(SECTORS)
        return {
            name: file.after_a_cut(chance, keep, sector)
            for name, file in names.items()
            if file is not None and _reachable(name, names)
        }


def _apply(data: bytearray, write: Write) -> None:
    at, new = write
    if not new:
        del data[at:]
    if len(data) < at:
        data.extend(bytes(at - len(data)))
    data[at : at + len(new)] = new


def _sectors(at: int, data: bytes, size: int) -> list[Write]:
    edges = [at, *range((at // size + 1) * size, at + len(data), size), at + len(data)]
    return [(a, data[a - at : b - at]) for a, b in itertools.pairwise(edges)]


def _name_all(names: dict[str, File | None], done: list[tuple[str, str, File | None]]) -> None:
    for what, name, file in done:
        if what == "is":
            names[name] = file
        else:
            names.pop(name, None)


def _parent(name: str) -> str:
    return str(PurePosixPath(name).parent)


def _reachable(name: str, names: dict[str, File | None]) -> bool:
    """Whether the folders above it are there too."""
    above = [str(each) for each in PurePosixPath(name).parents]
    return all(each == "." or each in names for each in above)
