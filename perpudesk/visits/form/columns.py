"""The columns of every table of visits."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import tzinfo

from perpudesk.core.codes import UNKNOWN, VisitorType, label
from perpudesk.core.formats import NOTHING, number
from perpudesk.core.i18n import tr
from perpudesk.ui.tables import REST, Column
from perpudesk.visits.form.words import time_words, who, who_spoken
from perpudesk.visits.model import Visit


def visit_columns(
    where: Callable[[], tzinfo],
    purposes: Mapping[str, str],
    *,
    cards: Mapping[str, str] | None = None,
) -> list[Column]:
    """Time, who, purpose, count and the link to mend it."""
    known = {} if cards is None else cards  # the page's own, which fills later

    def whose(visit: Visit) -> str:
        card = known.get(visit.id)
        return tr("Card {number}", number=card) if card and not visit.patron_name else who(visit)

    def purpose(visit: Visit) -> str:
        if visit.type is VisitorType.GROUP:
            return label(VisitorType.GROUP)
        return purposes.get(visit.purpose, visit.purpose)

    def seen(visit: Visit) -> str:
        unknown = visit.purpose == UNKNOWN and visit.type is not VisitorType.GROUP
        return NOTHING if unknown else short(purpose(visit))

    return [
        Column(title=tr("Time"), text=lambda v: time_words(v, where()), width=56),
        Column(title=tr("Who"), text=whose, spoken=who_spoken, width=REST),
        Column(title=tr("Purpose"), text=seen, spoken=purpose, width=92),
        Column(title=tr("n"), text=lambda v: number(v.count), align="right", width=36),
        Column(title="", text=lambda _: tr("Edit"), key="edit", kind="link"),
    ]


def short(purpose: str) -> str:
    """`Pinjam` for `Pinjam/kembali`, `Komputer` for `Komputer & internet`."""
    return re.split(r"/| & ", purpose, maxsplit=1)[0]
