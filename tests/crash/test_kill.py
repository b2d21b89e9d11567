"""kill -9 while it records: what was acknowledged is there."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any

import pytest

pytestmark = [
    pytest.mark.crash,
    pytest.mark.skipif(not hasattr(os, "fork"), reason="each desk that dies is a fork"),
    pytest.mark.timeout(3_600),
]
SEEDS = 4
KILLS = 55
TRIES = 12


@pytest.mark.parametrize("seed", range(SEEDS))
def test_nothing_acknowledged_is_lost_and_what_goes_on_is_ended_once(
    program: Callable[..., Any], times: int, seed: int
) -> None:
    report = program("kills", KILLS * times, seed)
    assert report["faults"] == {}
    assert report["kills"] == KILLS * times
    assert report["acknowledged"] > KILLS
    assert report["recovered"]
    assert report["records"] == report["acknowledged"] + report["unacknowledged"]


@pytest.mark.parametrize(
    "fault,found",
    [
        ("early", "acknowledged records lost"),
        ("halves", "record and journal apart"),
        ("piecemeal", "half recovered"),
    ],
)
def test_a_desk_that_breaks_its_promise_is_found_out(
    program: Callable[..., Any], fault: str, found: str
) -> None:
    for seed in range(TRIES):
        report = program("kills", 40, seed, fault)
        if found in report["faults"]:
            return
    pytest.fail(f"{found}: not seen in {TRIES * 40} kills")
