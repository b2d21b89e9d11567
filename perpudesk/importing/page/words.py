"""What the guide says of each kind of file."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from perpudesk.core.formats import number
from perpudesk.core.i18n import tr, trn
from perpudesk.importing.against import LOGS
from perpudesk.importing.fields import What


def kind_name(source: str) -> str:
    """What a file is."""
    names = {
        What.SLIMS: tr("SLiMS visitor list"),
        What.VISITS: tr("Table of visits"),
        What.SESSIONS: tr("Computer use"),
        What.LIBKI: tr("Statistics of Libki"),
        What.TOTALS: tr("Monthly totals"),
        What.PATRONS: tr("List of members"),
        What.ACTIVITIES: tr("List of activities"),
    }
    return names.get(What(source), source) if source in list(What) else source


def how_many(counts: Mapping[str, Any]) -> int:
    """How much of what it brings an import added: visits, sessions, totals or people."""
    return int(counts.get("visits") or counts.get("sessions") or counts.get("added") or 0)


def counted(source: str, n: int) -> str:
    """So many visits, sessions, totals or people."""
    if source == What.TOTALS:
        return trn("{count} monthly total", "{count} monthly totals", n, count=number(n))
    if source == What.PATRONS:
        return trn("{count} patron", "{count} patrons", n, count=number(n))
    if source == What.ACTIVITIES:
        return trn(
            "{count} activity",
            "{count} activities",
            n,
            count=number(n),
        )
    if source in LOGS:
        return trn("{count} computer session", "{count} computer sessions", n, count=number(n))
    return trn("{count} visit", "{count} visits", n, count=number(n))


def bring_in(source: str, n: int) -> str:
    """The words on the button that brings it in."""
    if source == What.TOTALS:
        return trn("Bring in {count} total", "Bring in {count} totals", n, count=number(n))
    if source == What.PATRONS:
        return trn("Bring in {count} patron", "Bring in {count} patrons", n, count=number(n))
    if source == What.ACTIVITIES:
        return trn(
            "Bring in {count} activity",
            "Bring in {count} activities",
            n,
            count=number(n),
        )
    if source in LOGS:
        return trn("Bring in {count} session", "Bring in {count} sessions", n, count=number(n))
    return trn("Bring in {count} visit", "Bring in {count} visits", n, count=number(n))


def came_in(source: str, n: int) -> str:
    """That it came in."""
    if source == What.TOTALS:
        return trn(
            "{count} monthly total came in", "{count} monthly totals came in", n, count=number(n)
        )
    if source == What.PATRONS:
        return trn("{count} patron came in", "{count} patrons came in", n, count=number(n))
    if source == What.ACTIVITIES:
        return trn(
            "{count} activity came in",
            "{count} activities came in",
            n,
            count=number(n),
        )
    if source in LOGS:
        return trn(
            "{count} computer session came in",
            "{count} computer sessions came in",
            n,
            count=number(n),
        )
    return trn("{count} visit came in", "{count} visits came in", n, count=number(n))


def leaves(source: str, n: int) -> str:
    """What undoing an import takes away."""
    if source == What.TOTALS:
        return trn(
            "{count} monthly total no longer counts.",
            "{count} monthly totals no longer count.",
            n,
            count=number(n),
        )
    if source == What.PATRONS:
        return trn(
            "{count} patron leaves the list, unless edited or seen here since.",
            "{count} patrons leave the list, but not those edited or seen here since.",
            n,
            count=number(n),
        )
    if source == What.ACTIVITIES:
        return trn(
            "{count} activity leaves, unless somebody is on its list since.",
            "{count} activities leave, but not those with somebody on their list since.",
            n,
            count=number(n),
        )
    if source in LOGS:
        return trn(
            "{count} computer session leaves every list and total, also if it was edited here.",
            "{count} computer sessions leave every list and total, also those edited here.",
            n,
            count=number(n),
        )
    return trn(
        "{count} visit leaves every list and total, also if it was edited here.",
        "{count} visits leave every list and total, also those that were edited here.",
        n,
        count=number(n),
    )
