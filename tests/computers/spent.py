"""Where the minutes of a session were spent, by the rule alone: what reports are held against."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise

from perpudesk.computers.model import Session


def minutes_by_workstation(session: Session) -> dict[str | None, int]:
    """Its minutes by workstation: whole minutes that add up to `minutes` of the session."""
    found: dict[str | None, int] = {}
    if session.minutes is None:
        return found
    marks = [0]
    for stay in session.stays():
        assert stay.until is not None
        took = (stay.until - stay.start) // timedelta(milliseconds=1)
        marks.append(marks[-1] + took - stay.paused_ms)
    for stay, (before, after) in zip(session.stays(), pairwise(marks), strict=True):
        minutes = max(0, after) // 60_000 - max(0, before) // 60_000
        found[stay.workstation_id] = found.get(stay.workstation_id, 0) + minutes
    return found
