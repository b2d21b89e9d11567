"""Two starts at once: one gets the folder, the others are told."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any

import pytest

pytestmark = [
    pytest.mark.crash,
    pytest.mark.skipif(not hasattr(os, "fork"), reason="each start is a fork"),
]


@pytest.mark.parametrize("many", [2, 8])
def test_exactly_one_gets_the_folder(program: Callable[..., Any], times: int, many: int) -> None:
    rounds = 25 * times
    report = program("starts", rounds, many)
    assert report["answers"] == [["folder_in_use"] * (many - 1) + ["recorded"]] * rounds
    assert report["visits"] == rounds
