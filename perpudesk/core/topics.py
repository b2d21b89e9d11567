"""What changed, told after it is on the disk; pages refresh or go stale by it."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum


class Topic(StrEnum):
    """A matter that pages show."""

    ACTIVITIES = "activities"
    BRANCH = "branch"
    CLOSINGS = "closings"
    COMPUTERS = "computers"
    DAYS = "days"
    PATRONS = "patrons"
    PROGRAM = "program"
    TOTALS = "totals"
    VISITS = "visits"


Notify = Callable[[Topic], None]
