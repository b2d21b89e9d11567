"""Which computer sessions are looked for, and what they add up to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from perpudesk.core.errors import InputError
from perpudesk.visits.finding import LAST_BEFORE_FIRST


class Lack(StrEnum):
    """What somebody may want to look after in a session."""

    GOING_ON = "going_on"
    INTERRUPTED = "interrupted"
    FORGOTTEN = "forgotten"
    ESTIMATED = "estimated"
    NO_MINUTES = "no_minutes"


class Where(StrEnum):
    """Where a session was, other than at a workstation that is known."""

    DEVICE = "device"
    NOT_KNOWN = "not_known"


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionFilter:
    """Which sessions are looked for; what is empty does not narrow.

    `place` is `Where`, or the id of a workstation at which they were for any part of the time.
    `removed` finds those that were taken out instead of those that count.
    """

    first: date | None = None
    last: date | None = None
    place: str | None = None
    lack: Lack | None = None
    removed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """Where in the store the records are that were found, and what they add up to.

    `sessions` and their `minutes` are of the branch's computers; `devices` are sessions of own
    devices. `without` have no minutes: they go on, or their end is unknown.
    """

    places: Sequence[int] = ()
    sessions: int = 0
    minutes: int = 0
    devices: int = 0
    without: int = 0

    @property
    def records(self) -> int:
        """How many records."""
        return len(self.places)


def check_filter(wanted: SessionFilter) -> SessionFilter:
    """The filter; raises `InputError` on `last` when it ends before it begins."""
    if wanted.first and wanted.last and wanted.last < wanted.first:
        raise InputError(LAST_BEFORE_FIRST, field="last")
    return wanted
