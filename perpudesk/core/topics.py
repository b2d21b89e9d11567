"""What changed, told after it is on the disk; pages refresh or go stale by it."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum


class Topic(StrEnum):
    """A matter that pages show."""

    BRANCH = "branch"
    CLOSINGS = "closings"
    COMPUTERS = "computers"
    DAYS = "days"
    PATRONS = "patrons"
    TOTALS = "totals"
    VISITS = "visits"


Notify = Callable[[Topic], None]
