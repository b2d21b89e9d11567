"""What the sections share: tables of counts with shares of what was recorded."""

from __future__ import annotations

from collections.abc import Callable

from perpudesk.core.codes import UNKNOWN, Sex, label
from perpudesk.core.formats import number, percent
from perpudesk.core.i18n import tr
from perpudesk.paper.document import Align, Block, Column, Note, Row, Table
from perpudesk.reports.model import Breakdown, known, share

HUNDRED = 1.0
"""A whole, as a share."""


def right(title: str, share_: float = 1.0) -> Column:
    """A column of numbers."""
    return Column(title=title, align=Align.RIGHT, share=share_)


def not_recorded() -> str:
    """What the row or column of `unknown` is called."""
    return label(Sex.UNKNOWN)


def counts_table(
    title: str,
    counts: Breakdown,
    name: Callable[[str], str],
    *,
    nothing: str,
    keep_zeros: bool = False,
) -> Block:
    """Counts with their share of what was recorded, and what was not; the sum below.

    `nothing` is said in place of the table when nothing was recorded. Lists that grow leave out
    what did not occur.
    """
    if not known(counts):
        return Note(text=nothing)
    rows = [
        Row(cells=(name(key), number(count), percent(share(counts, key))))
        for key, count in counts.items()
        if key != UNKNOWN and (count or keep_zeros)
    ]
    unknown = counts[UNKNOWN]
    if unknown:
        rows.append(Row(cells=(not_recorded(), number(unknown), number(None)), italic=True))
    rows.append(total_row(number(sum(counts.values())), percent(HUNDRED)))
    return Table(
        columns=(Column(title=title, share=2.2), right(tr("Count")), right("%", 0.8)),
        rows=tuple(rows),
        footnote=of_known(counts),
    )


def total_row(*cells: str) -> Row:
    """The sum of what stands above."""
    return Row(cells=(tr("Total"), *cells), total=True)


def of_known(counts: Breakdown) -> str:
    """What percentages are of, where part of it was not recorded; else nothing."""
    if not counts[UNKNOWN]:
        return ""
    return tr("Percentages are of what was recorded ({count}).", count=number(known(counts)))
