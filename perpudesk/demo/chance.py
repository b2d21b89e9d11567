"""Choices by weight, from a seed."""

from __future__ import annotations

import random
from typing import TypeVar

_T = TypeVar("_T")


def choose(chance: random.Random, weighted: dict[_T, int]) -> _T:
    """One of `weighted`, the heavier the likelier."""
    return chance.choices(list(weighted), list(weighted.values()))[0]
