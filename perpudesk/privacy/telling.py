"""What is held on people, in words."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from perpudesk.core.formats import NOTHING, date_long, number
from perpudesk.core.i18n import tr, trn
from perpudesk.privacy.model import Held, Mention, Outlook

_KINDS: Mapping[str, Callable[[int], str]] = {
    "visits": lambda n: trn("{count} visit", "{count} visits", n, count=number(n)),
    "computer_sessions": lambda n: trn(
        "{count} computer session", "{count} computer sessions", n, count=number(n)
    ),
    "queue_tickets": lambda n: trn(
        "{count} queue number", "{count} queue numbers", n, count=number(n)
    ),
    "reservations": lambda n: trn(
        "{count} reservation", "{count} reservations", n, count=number(n)
    ),
    "participants": lambda n: trn(
        "{count} list of participants", "{count} lists of participants", n, count=number(n)
    ),
    "communities": lambda n: trn(
        "contact of {count} community", "contact of {count} communities", n, count=number(n)
    ),
    "decisions": lambda n: trn(
        "owner of {count} decision", "owner of {count} decisions", n, count=number(n)
    ),
    "stories": lambda n: trn("{count} impact story", "{count} impact stories", n, count=number(n)),
}
_AROUND = 40
"""So many characters of free words stand before and after a name."""


def counted(held: Held) -> str:
    """`12 visits, 3 computer sessions`, or that there is nothing."""
    told = [say(held.counts[kind]) for kind, say in _KINDS.items() if held.counts.get(kind)]
    return ", ".join(told) or tr("nothing beside the card")


def mention_told(mention: Mention, name: str) -> str:
    """Where free words hold a name: the day and the words around it."""
    at = mention.text.lower().find(name.lower())
    begin, end = max(0, at - _AROUND), at + len(name) + _AROUND
    words = mention.text[begin:end].replace("\n", " ")
    before = "…" if begin else ""
    after = "…" if end < len(mention.text) else ""
    day = NOTHING if mention.day is None else date_long(mention.day)
    return f"{day}: {before}{words}{after}"


def outlook_told(outlook: Outlook) -> str:
    """How many names go by the rule, and when."""
    if not outlook.due:
        return tr("No name is due today.")
    told = trn(
        "{count} name is due.", "{count} names are due.", outlook.due, count=number(outlook.due)
    )
    if outlook.waits_until is not None:
        day = date_long(outlook.waits_until)
        wait = tr("They wait until {day}, since they were here before this rule.", day=day)
        return f"{told} {wait}"
    soon = tr("They are erased at the next start.")
    return f"{told} {soon}"
