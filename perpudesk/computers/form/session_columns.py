"""The columns of every table of sessions."""

from __future__ import annotations

from collections.abc import Callable
from datetime import tzinfo

from perpudesk.computers.form.session_words import (
    ESTIMATE,
    Labels,
    end_words,
    minutes_words,
    start_words,
    state_words,
    whose,
    whose_spoken,
)
from perpudesk.computers.form.words import place_of
from perpudesk.computers.model import Session
from perpudesk.core.formats import date_digits
from perpudesk.core.i18n import tr
from perpudesk.ui.tables import REST, Column

_MOST_PLACE = 144
"""Px at 100 %: a label may be forty letters long."""


def session_columns(
    where: Callable[[], tzinfo], labels: Labels, *, with_day: bool = True
) -> list[Column]:
    """Day, start, end, minutes, who, where, and what to look after; `labels` may fill later."""
    day = Column(title=tr("Day"), text=lambda each: date_digits(each.local_date), width=104)
    return [
        *([day] if with_day else []),
        Column(title=tr("Start"), text=lambda each: start_words(each, where()), least="00.00"),
        Column(
            title=tr("End"),
            text=lambda each: end_words(each, where()),
            spoken=lambda each: _end_spoken(each, where()),
            tone=lambda each: "info" if each.end_estimated else "",
            least="±00.00",
        ),
        Column(title=tr("Minutes"), text=minutes_words, align="right", least="000"),
        Column(title=tr("Who"), text=whose, spoken=whose_spoken, width=REST),
        Column(title=tr("Computer"), text=lambda each: place_of(each, labels), most=_MOST_PLACE),
        Column(
            title="",
            text=lambda each: state_words(each)[0],
            kind="pill",
            tone=lambda each: state_words(each)[1],
        ),
    ]


def _end_spoken(session: Session, where: tzinfo) -> str:
    shown = end_words(session, where)
    return tr("{n}, an estimate", n=shown.lstrip(ESTIMATE)) if session.end_estimated else shown
