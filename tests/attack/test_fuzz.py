"""The short form of `dev.py fuzz`: the same spoilt files every time."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from perpudesk.core.errors import FileError, Problem
from tests.attack.fuzzing import Fault, main, tried
from tests.attack.readers import Target, targets

ROUNDS = 450


@pytest.fixture
def readers(tmp_path: Path) -> Iterator[list[Target]]:
    with targets(tmp_path) as found:
        yield found


def test_what_was_spoilt_is_taken_or_refused_in_a_sentence(
    readers: list[Target], tmp_path: Path
) -> None:
    place = tmp_path / "given"
    place.mkdir()
    for target in readers:
        taken = {tried(target, seed, place) for seed in range(ROUNDS)}
        assert True in taken, target.name  # else it was refused at the door, and nothing was tried


def test_a_fault_is_found_with_its_seed(tmp_path: Path) -> None:
    def careless(path: Path) -> None:
        if b"\0" in path.read_bytes():
            raise KeyError("a")
        raise FileError(Problem("refused", "{path} is refused."), path=str(path))

    target = Target(name="careless", seeds={"a.txt": b"a" * 99}, read=careless)
    assert not tried(target, 0, tmp_path)
    with pytest.raises(Fault, match=r"careless, seed \d+, a.txt:\n[\s\S]*KeyError: 'a'"):
        [tried(target, seed, tmp_path) for seed in range(99)]


def test_the_command_counts_what_it_tried(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--minutes", "0.0001", "--seed", "7", "--only", "list of v"]) == 0
    told = capsys.readouterr().out.splitlines()
    assert len(told) == 2
    told_of = r" +\d+ in 0 s of the processor  list of visits, \d+ still taken, 0 faults"
    assert re.fullmatch(told_of, told[0])
    assert told[1] == "0 faults"
