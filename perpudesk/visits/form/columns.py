"""The columns of every table of visits."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import tzinfo

from perpudesk.core.codes import UNKNOWN, Method, VisitorType, label
from perpudesk.core.formats import NOTHING, number
from perpudesk.core.i18n import tr
from perpudesk.ui.tables import REST, Column
from perpudesk.visits.form.words import time_words, who, who_spoken
from perpudesk.visits.model import Visit

_MOST_PURPOSE = 120
"""Px at 100 %: a purpose of the branch's own may be a sentence."""


def visit_columns(
    where: Callable[[], tzinfo],
    purposes: Mapping[str, str],
    *,
    cards: Mapping[str, str] | None = None,
) -> list[Column]:
    """Time, who, purpose, count and the link to mend it."""
    known = {} if cards is None else cards  # the page's own, which fills later

    def whose(visit: Visit) -> str:
        return card_of(visit) or who(visit)

    def whose_spoken(visit: Visit) -> str:
        card = card_of(visit)
        return tr("Card {number}", number=card) if card else who_spoken(visit)

    def card_of(visit: Visit) -> str:
        return "" if visit.patron_name else known.get(visit.id, "")

    def purpose(visit: Visit) -> str:
        if visit.type is VisitorType.GROUP:
            return label(VisitorType.GROUP)
        return purposes.get(visit.purpose, visit.purpose)

    def seen(visit: Visit) -> str:
        unknown = visit.purpose == UNKNOWN and visit.type is not VisitorType.GROUP
        return NOTHING if unknown else short(purpose(visit))

    return [
        Column(title=tr("Time"), text=lambda v: time_words(v, where()), least="00.00"),
        Column(title=tr("Who"), text=whose, spoken=whose_spoken, width=REST),
        Column(title=tr("Purpose"), text=seen, spoken=purpose, most=_MOST_PURPOSE),
        Column(title=tr("n"), text=_count, spoken=_count_spoken, tone=_tone, align="right"),
        Column(title="", text=lambda _: tr("Edit"), key="edit", kind="link"),
    ]


def _count(visit: Visit) -> str:
    """An estimate is marked where it was made (domain.md, counting rule 3)."""
    mark = "±" if visit.method is Method.ESTIMATED else ""
    return f"{mark}{number(visit.count)}"


def _count_spoken(visit: Visit) -> str:
    shown = number(visit.count)
    return tr("{n}, an estimate", n=shown) if visit.method is Method.ESTIMATED else shown


def _tone(visit: Visit) -> str:
    return "info" if visit.method is Method.ESTIMATED else ""


def short(purpose: str) -> str:
    """`Pinjam` for `Pinjam/kembali`, `Komputer` for `Komputer & internet`."""
    return re.split(r"/| & ", purpose, maxsplit=1)[0]
