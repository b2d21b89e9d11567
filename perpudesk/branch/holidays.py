"""The national holidays that ship with the program, frozen from the `holidays` package."""

from __future__ import annotations

import json
from datetime import date
from functools import cache

from perpudesk.core.paths import resource


@cache
def shipped_holidays() -> dict[date, str]:
    """Indonesian national holidays and their names; decrees change them, so a branch may edit."""
    listed = json.loads(resource("holidays/id.json").read_text("utf-8"))
    return {date.fromisoformat(day): name for day, name in listed.items()}
