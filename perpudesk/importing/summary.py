"""What an import did or would do, as sentences."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date

from perpudesk.core.formats import date_long, number
from perpudesk.core.i18n import N_, tr, trn
from perpudesk.importing.model import Aside, Preview

SHOWN = 20
"""So many refused rows are named; the others are in the CSV."""


_REASONS = {
    "no_date": N_("no date"),
    "bad_date": N_("no such date"),
    "day_or_month": N_("day or month unclear"),
    "in_future": N_("in the future"),
    "too_early": N_("before 1945"),
    "run_together": N_("rows run together"),
    "cell_too_long": N_("cell too long"),
    "blank_row": N_("empty rows"),
    "note_row": N_("notes and totals"),
    "header_row": N_("header again"),
}


def reasons_text(asides: Iterable[Aside]) -> str:
    """How many rows for each reason, most first: `no date 3 · in the future 1`."""
    counted = Counter(each.problem.code for each in asides).most_common()
    return " · ".join(f"{tr(_REASONS[code])} {number(n)}" for code, n in counted)


def span(first: date, last: date) -> str:
    """From when to when."""
    if first == last:
        return date_long(first)
    return tr("{first} to {last}", first=date_long(first), last=date_long(last))


def summary(preview: Preview, batch_id: str | None) -> list[str]:
    """The outcome, what is remarkable, and each refused row with its reason; for a terminal."""
    lines = [outcome(preview, batch_id), _sum(preview)]
    stored = batch_id is not None
    if preview.newcomers:
        lines.append(_patrons(len(preview.newcomers), stored=stored))
    if preview.whose:
        lines.append(whose(len(preview.whose), stored=stored))
    if (reading := preview.reading) is not None:
        lines += [remark.sentence() for remark in reading.remarks]
        if reasons := reasons_text((*reading.refused, *reading.left_out)):
            lines.append(reasons)
        listed = [*reading.refused, *(each for each in reading.left_out if each.cells)]
        lines += [row_sentence(each) for each in listed[:SHOWN]]
        if len(listed) > SHOWN:
            lines.append(tr("… and {n} rows more.", n=number(len(listed) - SHOWN)))
    if batch_id is not None:
        lines.append(tr("To take this back: perpudesk undo {batch}", batch=batch_id))
    return lines


def _patrons(n: int, *, stored: bool) -> str:
    """How many become patrons by name."""
    if stored:
        return trn(
            "{count} member is kept by name.",
            "{count} members are kept by name.",
            n,
            count=number(n),
        )
    return trn(
        "{count} member would be kept by name.",
        "{count} members would be kept by name.",
        n,
        count=number(n),
    )


def whose(n: int, *, stored: bool) -> str:
    """How many visits that are here already become their members'."""
    if stored:
        return trn(
            "{count} visit that was here already is its member's now.",
            "{count} visits that were here already are their members' now.",
            n,
            count=number(n),
        )
    return trn(
        "{count} visit that is here already would become its member's.",
        "{count} visits that are here already would become their members'.",
        n,
        count=number(n),
    )


def row_sentence(each: Aside) -> str:
    """Where a row stands and why it is no visit."""
    return tr("Row {row}: {why}", row=each.row, why=each.sentence())


def outcome(preview: Preview, batch_id: str | None) -> str:
    """What came of it in one sentence; without a batch, what would come of it."""
    added = len(preview.added)
    if preview.same_as is not None:
        return tr("This file was brought in before. Nothing in it is new.")
    if preview.nothing_new and not preview.counts["unchanged"]:
        return tr("No row of this file can be added.")
    if preview.nothing_new:
        return tr("Everything in this file is here already. Nothing was added.")
    if batch_id is None:
        return trn(
            "{count} visit would be added.",
            "{count} visits would be added.",
            added,
            count=number(added),
        )
    return trn("{count} visit was added.", "{count} visits were added.", added, count=number(added))


def _sum(preview: Preview) -> str:
    names = ("read", "added", "unchanged", "refused", "left_out")
    counts = {name: number(preview.counts[name]) for name in names}
    return tr(
        "{read} rows: {added} new, {unchanged} known, {refused} refused, {left_out} left out.",
        **counts,
    )
