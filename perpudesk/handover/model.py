"""How a branch stands on the day that it goes from one officer to the next."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from pathlib import Path

from perpudesk.access.model import Keeper
from perpudesk.agenda.model import Entry
from perpudesk.communities.model import Decision
from perpudesk.core.times import Period
from perpudesk.reports.closing import MonthState, Standing

WEEKS = 4
"""So far ahead the agenda is told (ours)."""
HIDDEN = "…"
"""Stands for a patron's name in words that somebody typed."""
_LOOKED_AT = 3
"""So many months are told with what is open in them; of older ones only how many (ours)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Copied:
    """Where the copies of the records are; `sealed` is None where the newest is not in reach."""

    here: datetime | None
    away: datetime | None
    own_folder: Path
    place: str
    sealed: bool | None
    has_sheet: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Unfinished:
    """A month that is not closed, and what its checks say."""

    state: MonthState
    wrongs: tuple[str, ...] = ()
    looks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Handover:
    """All that the sheet says; words that people typed have no patron's name any more."""

    on: date
    zone: tzinfo
    folder: Path
    copied: Copied
    locked: bool
    keepers: tuple[Keeper, ...]
    months: tuple[Unfinished, ...]
    older: tuple[Period, ...]
    decisions: tuple[Decision, ...]
    coming: tuple[Entry, ...]


def unfinished(states: Iterable[MonthState]) -> tuple[list[MonthState], list[Period]]:
    """Of the months' states, newest first: those to be looked at, and the older ones.

    The month that runs is always among the first.
    """
    still = [each for each in states if each.standing is not Standing.CLOSED]
    return still[:_LOOKED_AT], [each.month for each in still[_LOOKED_AT:]]


def nameless(text: str, names: Sequence[str]) -> str:
    """`text` without the names of people, the longest first.

    A name of one word goes only where it is written just so: `Mawar` may be a flower, too.
    """
    for name in sorted(names, key=len, reverse=True):
        several = " " in name
        if (name.casefold() in text.casefold()) if several else (name in text):
            flags = re.IGNORECASE if several else re.NOFLAG
            text = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", HIDDEN, text, flags=flags)
    return text
