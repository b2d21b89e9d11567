"""What the sections share: tables of counts with shares of what was recorded."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from perpudesk.core.codes import UNKNOWN, Sex, label
from perpudesk.core.formats import number, percent
from perpudesk.core.i18n import tr
from perpudesk.paper.document import Align, Column, Note, Row, Table
from perpudesk.reports.model import Breakdown, Figure, known, share

HUNDRED = 1.0
"""A whole, as a share."""
ESTIMATE = "*"
"""Stands at every total that an estimate is part of (domain.md, counting rule 3)."""


def mark(figure: Figure) -> str:
    """The mark of an estimate, if the figure is one."""
    return ESTIMATE if figure.is_estimate else ""


def estimate_note(figure: Figure) -> str:
    """What the mark means, where it stands."""
    return tr("{mark} partly or wholly estimated.", mark=ESTIMATE) if figure.is_estimate else ""


def remarks(*texts: str) -> tuple[Note, ...]:
    """The small print of a section: the texts that say something, if any does."""
    said = " ".join(text for text in texts if text)
    return (Note(text=said),) if said else ()


def right(title: str, share_: float = 1.0) -> Column:
    """A column of numbers."""
    return Column(title=title, align=Align.RIGHT, share=share_)


def not_recorded() -> str:
    """What the row of `unknown` is called."""
    return label(Sex.UNKNOWN)


def counts_table(
    title: str,
    figure: Figure,
    counts: Breakdown,
    name: Callable[[str], str],
    *,
    keep_zeros: bool = False,
) -> tuple[Table, ...]:
    """A breakdown of `figure` with shares of what was recorded, and what was not; the sum below.

    No table where nothing was recorded: `unrecorded` says so. Lists that grow leave out what did
    not occur.
    """
    if not known(counts):
        return ()
    rows = [
        Row(cells=(name(key), number(count), percent(share(counts, key))))
        for key, count in counts.items()
        if key != UNKNOWN and (count or keep_zeros)
    ]
    unknown = counts[UNKNOWN]
    if unknown:
        rows.append(Row(cells=(not_recorded(), number(unknown), number(None)), italic=True))
    rows.append(total_row(f"{number(figure.value)}{mark(figure)}", percent(HUNDRED)))
    columns = (Column(title=title, share=2.2), right(tr("Count")), right("%", 0.8))
    return (Table(columns=columns, rows=tuple(rows), footnote=of_known(counts)),)


def unrecorded(figure: Figure, names: Mapping[str, str]) -> str:
    """Which of the dimensions `names` nobody recorded, as a sentence; nothing if all were."""
    lacking = [name.lower() for slug, name in names.items() if not known(figure.by[slug])]
    return tr("Not recorded this month: {what}.", what=", ".join(lacking)) if lacking else ""


def total_row(*cells: str) -> Row:
    """The sum of what stands above."""
    return Row(cells=(tr("Total"), *cells), total=True)


def of_known(counts: Breakdown) -> str:
    """What percentages are of, where part of it was not recorded; else nothing."""
    if not counts[UNKNOWN]:
        return ""
    return tr("Percentages are of what was recorded ({count}).", count=number(known(counts)))
