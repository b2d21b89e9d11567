"""How a ticket is told: whose it is, how long it waits, and where it is called to."""

from __future__ import annotations

from collections.abc import Mapping

from perpudesk.computers.form.words import minutes
from perpudesk.computers.queueing import Ticket
from perpudesk.core.formats import NOTHING, number
from perpudesk.core.i18n import tr
from perpudesk.visits.form.words import profile_short, profile_spoken

ARROW = "→"


def holder(ticket: Ticket) -> str:
    """Whose it is: a name, or `P · 17–25`."""
    return ticket.patron_name or profile_short(ticket.profile)


def about_holder(ticket: Ticket) -> str:
    """How often nobody came, and of whoever has a name sex and age."""
    told = profile_short(ticket.profile) if ticket.patron_name else ""
    return " · ".join(filter(None, (missed(ticket), told)))


def holder_spoken(ticket: Ticket) -> str:
    """The same in whole words, with how often it was called in vain."""
    who = ticket.patron_name or profile_spoken(ticket.profile)
    return " · ".join(filter(None, (who, missed(ticket))))


def missed(ticket: Ticket) -> str:
    """How often nobody came when it was called: `1× tidak datang`."""
    if not ticket.no_shows:
        return ""
    return tr("{shown}× absent", shown=number(ticket.no_shows))


def wait_words(wait: int | None) -> str:
    """`±18 mnt`; `segera` where it is its turn."""
    if wait is None:
        return NOTHING
    return f"±{minutes(wait)}" if wait else tr("soon")


def wait_spoken(wait: int | None) -> str:
    """The same as it is read aloud."""
    if wait is None:
        return tr("nobody can say how long")
    return tr("about {time}", time=minutes(wait)) if wait else tr("soon")


def call_words(ticket: Ticket, labels: Mapping[str, str]) -> str:
    """`A-07 → PC 3`."""
    return f"{ticket.code} {ARROW} {labels.get(ticket.workstation_id or '', NOTHING)}"
