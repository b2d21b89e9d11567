"""Copies in words: what is in one, and what would be lost by it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, tzinfo

from perpudesk.backups.model import Copy, Facts, Why
from perpudesk.core.formats import clock_text, date_long, date_short, number
from perpudesk.core.i18n import tr, trn

_KINDS: Mapping[str, Callable[[int], str]] = {
    "visits": lambda n: trn("{count} visit record", "{count} visit records", n, count=number(n)),
    "patrons": lambda n: trn(
        "{count} person known by name", "{count} people known by name", n, count=number(n)
    ),
    "computer_sessions": lambda n: trn(
        "{count} computer session", "{count} computer sessions", n, count=number(n)
    ),
    "courses": lambda n: trn("{count} training", "{count} trainings", n, count=number(n)),
    "meetings": lambda n: trn("{count} meeting", "{count} meetings", n, count=number(n)),
}


def reason(copy: Copy) -> str:
    """Why a copy was made, in a word or two."""
    told = {
        Why.AUTO: tr("by itself"),
        Why.IMPORT: tr("before files came in"),
        Why.ASKED: tr("asked for"),
        Why.RESTORE: tr("before a restore"),
    }
    return "" if copy.why is None else told[copy.why]


def counted(counts: Mapping[str, int]) -> str:
    """How many records of each kind, those of which there are some; empty where there are none."""
    return ", ".join(say(counts[kind]) for kind, say in _KINDS.items() if counts.get(kind))


def whose(facts: Facts) -> str:
    """Whose copy it is, and until when: `Perpustakaan Desa, until 20 November 2026`."""
    if facts.until is None:
        return facts.branch
    day = date_long(date.fromisoformat(facts.until))
    return tr("{branch}, until {day}", branch=facts.branch, day=day)


def when(moment: datetime, zone: tzinfo | None, *, short: bool = False) -> str:
    """A moment on the branch's calendar: `20 November 2026, 16.04`, or `20 Nov 2026, 16.04`.

    Without a zone it is told by the clock of this computer.
    """
    here = moment.astimezone(zone)
    day = date_short(here.date()) if short else date_long(here.date())
    return f"{day}, {clock_text(here)}"
