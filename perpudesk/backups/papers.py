"""The recovery sheet: the one thing that opens the sealed copies, on paper."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from perpudesk.attendance.framing import House, framed
from perpudesk.core.formats import date_long
from perpudesk.core.i18n import tr
from perpudesk.paper.document import (
    DOTTED,
    Block,
    Code,
    Column,
    Document,
    Note,
    Paragraph,
    Row,
    Table,
    Title,
    spans,
)

_ACROSS = 4


def recovery_sheet(house: House, words: Sequence[str], on: date) -> Document:
    """The words of the recovery key and the same as a QR code; nobody else keeps them."""
    name = tr("Recovery sheet")
    blocks: list[Block] = [
        Title(text=name.upper(), subtitle=spans(f"{house.library} · {date_long(on)}")),
        Paragraph(
            spans=spans(
                tr(
                    "With these words the sealed backups of this library can be opened on any "
                    "computer with PerpuDesk. They stand nowhere else: whoever has this sheet and "
                    "a stick can read the records, and without it nobody can."
                )
            )
        ),
        _table(words),
        Code(text=" ".join(words)),
        Note(
            text=tr(
                "Keep two sheets at two places, such as the safe of the office and the house of "
                "the head. Do not photograph them, and do not keep one with the stick."
            )
        ),
        Paragraph(spans=spans(tr("Kept by: {dots}", dots=DOTTED))),
    ]
    return framed(house, name, date_long(on), blocks)


def _table(words: Sequence[str]) -> Table:
    """The words in their order, line by line, each with its number."""
    numbered = [f"{place}. {word}" for place, word in enumerate(words, start=1)]
    numbered += [""] * (-len(numbered) % _ACROSS)
    rows = [numbered[at : at + _ACROSS] for at in range(0, len(numbered), _ACROSS)]
    columns = tuple(Column(title="") for _ in range(_ACROSS))
    return Table(columns=columns, rows=tuple(Row(cells=tuple(cells)) for cells in rows))
