"""The history on paper."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, tzinfo

from perpudesk.attendance.framing import House, framed
from perpudesk.core.formats import NOTHING, date_long, number
from perpudesk.core.i18n import tr
from perpudesk.history.model import Line
from perpudesk.history.telling import action_words, changes_words, kind_words, when_words
from perpudesk.paper.document import Block, Column, Document, Note, Row, Table, Title, spans

MOST = 500
"""So many lines are printed; a narrower choice prints the others."""


def history_sheet(
    house: House,
    lines: Iterable[Line],
    staff: Mapping[str, str],
    names: Mapping[str, str],
    zone: tzinfo,
    *,
    told: str,
    left: int,
    on: date,
) -> Document:
    """Lines as a table; `told` says which, `left` how many more there are."""
    title = tr("History of records")
    columns = (
        Column(title=tr("When"), share=1.3),
        Column(title=tr("Who"), share=1.0),
        Column(title=tr("What"), share=1.6),
        Column(title=tr("Action"), share=0.8),
        Column(title=tr("Before → after"), share=2.4),
    )
    rows = tuple(
        Row(
            cells=(
                when_words(line.at, zone),
                who_words(line, staff),
                kind_words(line),
                action_words(line),
                changes_words(line, zone, names) or NOTHING,
            )
        )
        for line in lines
    )
    blocks: list[Block] = [
        Title(text=title.upper(), subtitle=spans(f"{house.library} · {told}")),
        Table(columns=columns, rows=rows, dense=True),
    ]
    if left:
        blocks.append(Note(text=tr("{n} more are not printed: choose fewer days.", n=number(left))))
    return framed(house, title, date_long(on), blocks)


def who_words(line: Line, staff: Mapping[str, str]) -> str:
    """Who did it."""
    if line.by_program:
        return tr("the program")
    return staff.get(line.staff_id or "", NOTHING)
