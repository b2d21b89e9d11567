"""The power goes: every state that the disk may then have is opened and held against the acks."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

import pytest

from tests.crash.disk import Disk, File
from tests.crash.states import replay_all
from tests.crash.trace import record

pytestmark = [
    pytest.mark.crash,
    pytest.mark.skipif(not shutil.which("strace"), reason="strace records the writes"),
    pytest.mark.timeout(7_200),
]
SEEDS = 4
STEPS = 350
"""Enough for the WAL to be moved into the file while the desk works, not only at the stop."""


@pytest.fixture
def folder(place: Path) -> Path:
    return place / "cut"


@pytest.mark.parametrize("seed", range(SEEDS))
def test_no_acknowledged_step_is_lost_and_none_is_half_there(
    folder: Path, times: int, seed: int
) -> None:
    folder.mkdir()
    lines = record(folder, STEPS, seed)
    tally = replay_all(folder, lines, seed=seed, share=0.22 if times == 1 else 1)
    assert tally.first == {}
    assert tally.states >= 500
    assert tally.cut_off >= 100
    for more in range(SEEDS + seed, SEEDS * times, SEEDS):
        shutil.rmtree(folder)
        folder.mkdir()
        tally = replay_all(folder, record(folder, STEPS, more), seed=more, share=1)
        assert tally.first == {}


@pytest.mark.parametrize(
    "fault,wanted",
    [
        ("normal", {"acknowledged records lost"}),
        ("off", {"acknowledged records lost", "not opened: store_damaged"}),
        ("early", {"acknowledged records lost"}),
        ("halves", {"record and journal apart", "a half of a step"}),
    ],
)
def test_a_desk_that_breaks_its_promise_is_found_out(
    folder: Path, fault: str, wanted: set[str]
) -> None:
    folder.mkdir()
    lines, found = record(folder, 60, 1, fault), set()
    for seed in range(5):
        found |= set(replay_all(folder, lines, seed=seed, share=0.3).faults)
        if wanted <= found:
            return
    pytest.fail(f"not seen: {wanted - found}")


@pytest.mark.parametrize("broken", ["drop_meta", "RecoveryService._cut_off"])
def test_a_recovery_that_breaks_its_promise_is_found_out(
    folder: Path, monkeypatch: pytest.MonkeyPatch, broken: str
) -> None:
    folder.mkdir()
    lines = record(folder, 60, 1)
    monkeypatch.setattr(f"perpudesk.computers.recovery.{broken}", lambda *_: None)
    assert "not recovered" in replay_all(folder, lines, seed=1, share=0.3, go_on=0).faults


# ---------------------------------------------------------------- the disk of these tests


def cut(disk: Disk, keep: float) -> dict[str, bytes]:
    return disk.after_a_cut(random.Random(1), keep)


@pytest.fixture
def disk() -> Disk:
    """A file whose bytes and name are sure, overwritten and made longer since."""
    disk, file = Disk(), File()
    disk.name("data", None)
    disk.name("data/a", file)
    file.since.append((0, b"x" * 8192))
    file.sync()
    disk.sync_folder("data")
    file.since += [(100, b"y" * 6000), (8192, b"z" * 100), (12_000, b"end")]
    return disk


def test_what_was_synced_stays(disk: Disk) -> None:
    assert cut(disk, 0) == {"data/a": b"x" * 8192}


def test_what_was_not_may_be_there(disk: Disk) -> None:
    wanted = b"x" * 100 + b"y" * 6000 + b"x" * 2092 + b"z" * 100 + bytes(3708) + b"end"
    assert cut(disk, 1) == {"data/a": wanted}


def test_or_a_part_of_it_between_sectors(disk: Disk) -> None:
    found = {disk.after_a_cut(random.Random(seed), 0.5)["data/a"] for seed in range(200)}
    assert len(found) > 50
    torn = [each for each in found if b"y" in each and each[:6100].count(b"y") < 6000]
    assert torn
    for each in torn:
        edges = [n for n in range(1, 6100) if (each[n] == ord("y")) != (each[n - 1] == ord("y"))]
        assert all(n in {100, 6100} or n % 512 == 0 for n in edges)


def test_a_file_that_was_cut_shorter_may_still_be_long(disk: Disk) -> None:
    file = disk.now["data/a"]
    assert file is not None
    file.since[:] = [(10, b"")]
    assert cut(disk, 0) == {"data/a": b"x" * 8192}
    assert cut(disk, 1) == {"data/a": b"x" * 10}


def test_names_are_sure_when_their_folder_is_synced(disk: Disk) -> None:
    disk.name("data/b", File(bytearray(b"new")))
    disk.rename("data/b", "data/a")
    assert cut(disk, 0)["data/a"] == b"x" * 8192
    assert cut(disk, 1) == {"data/a": b"new"}
    disk.sync_folder("elsewhere")
    assert cut(disk, 0)["data/a"] == b"x" * 8192
    disk.sync_folder("data")
    assert cut(disk, 0) == {"data/a": b"new"}


def test_a_file_is_not_there_without_its_folder() -> None:
    disk = Disk()
    disk.name("data", None)
    disk.name("data/a", File(bytearray(b"x")))
    assert cut(disk, 0) == {}
    disk.sync_folder("data")
    assert cut(disk, 0) == {"data/a": b"x"}
