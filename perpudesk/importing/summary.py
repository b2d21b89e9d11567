"""What an import did or would do, as sentences."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from perpudesk.core.formats import date_long, number
from perpudesk.core.i18n import N_, tr, trn
from perpudesk.importing.fields import What
from perpudesk.importing.model import Aside, Preview

_COMMUNITIES = 8
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
    "zero_count": N_("no visits"),
    "blank_count": N_("not counted"),
    "no_whole_number": N_("no whole number"),
    "other_mark": N_("number unclear"),
    "formula": N_("a formula"),
    "too_many_visits": N_("too many in one row"),
    "ends_before_start": N_("end before the start"),
    "one_at_a_time": N_("several sessions at one time"),
    "too_many_sessions": N_("too many sessions in one row"),
    "no_sessions": N_("no sessions"),
    "other_action": N_("other lines of Libki"),
    "end_without_start": N_("end without a start"),
    "said_again": N_("the same line again"),
    "sessions_day_by_day": N_("has sessions day by day"),
    "parts_exceed_count": N_("more women and men than people"),
    "no_year": N_("no year"),
    "no_month": N_("no month"),
    "total_in_future": N_("month in the future"),
    "total_too_early": N_("month before 1945"),
    "total_too_large": N_("number too large"),
    "not_additive": N_("no sum of months"),
    "from_calendar": N_("set in the calendar"),
    "unknown_indicator": N_("unknown indicator"),
    "overlap": N_("has visits day by day"),
    "other_total": N_("another total is here"),
    "total_taken_out": N_("total taken out here"),
    "no_name": N_("no name"),
    "not_a_name": N_("no name that can be kept"),
    "minor": N_("under 18 without consent"),
    "number_mangled": N_("number shortened"),
    "number_is_nik": N_("number is a NIK"),
    "number_again": N_("number again"),
    "removed_here": N_("people removed here"),
    "no_title": N_("no title"),
    "before_founded": N_("before the library began"),
    "unknown_role": N_("role unclear"),
    "too_many_came": N_("too many participants"),
    "activity_twice": N_("listed twice"),
    "activity_here": N_("recorded here already"),
    "birth_unlikely": N_("unlikely year of birth"),
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
    if columns := preview.counts.get("columns"):
        lines.append(tr("Columns: {columns}.", columns=columns))
    lines += _beside(preview, stored=stored)
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


def _beside(preview: Preview, *, stored: bool) -> Iterator[str]:
    """What comes beside the rows: people, minutes, ends, communities."""
    if preview.newcomers:
        yield _patrons(len(preview.newcomers), stored=stored)
    if preview.whose:
        yield whose(len(preview.whose), stored=stored)
    if preview.sessions:
        yield minutes_text(preview.counts["minutes"])
    if preview.ends:
        yield ended(len(preview.ends), stored=stored)
    if preview.communities:
        yield communities_text(preview.communities)


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


def ended(n: int, *, stored: bool) -> str:
    """How many sessions that are here already get their end."""
    if stored:
        return trn(
            "{count} session that was here without an end has it now.",
            "{count} sessions that were here without an end have it now.",
            n,
            count=number(n),
        )
    return trn(
        "{count} session that is here without an end would get it.",
        "{count} sessions that are here without an end would get it.",
        n,
        count=number(n),
    )


def communities_text(names: Sequence[str]) -> str:
    """Which communities are new by the file."""
    shown = ", ".join(names[:_COMMUNITIES])
    return trn(
        "{count} new community: {names}.",
        "{count} new communities: {names}.",
        len(names),
        count=number(len(names)),
        names=shown if len(names) <= _COMMUNITIES else f"{shown}, …",
    )


def minutes_text(n: int) -> str:
    """How many minutes new sessions took, as far as that is known."""
    return trn("{count} minute of use.", "{count} minutes of use.", n, count=number(n))


def row_sentence(each: Aside) -> str:
    """Where a row stands and why it is no visit."""
    return tr("Row {row}: {why}", row=each.row, why=each.sentence())


def outcome(preview: Preview, batch_id: str | None) -> str:
    """What came of it in one sentence; without a batch, what would come of it."""
    if preview.same_as is not None:
        return tr("This file was brought in before. Nothing in it is new.")
    if preview.nothing_new and not preview.counts["unchanged"]:
        return tr("No row of this file can be added.")
    if preview.nothing_new:
        return tr("Everything in this file is here already. Nothing was added.")
    n = preview.stored
    match preview.source:
        case What.TOTALS:
            would = trn(
                "{count} monthly total would be added.",
                "{count} monthly totals would be added.",
                n,
                count=number(n),
            )
            was = trn(
                "{count} monthly total was added.",
                "{count} monthly totals were added.",
                n,
                count=number(n),
            )
        case What.SESSIONS | What.LIBKI:
            would = trn(
                "{count} computer session would be added.",
                "{count} computer sessions would be added.",
                n,
                count=number(n),
            )
            was = trn(
                "{count} computer session was added.",
                "{count} computer sessions were added.",
                n,
                count=number(n),
            )
        case What.ACTIVITIES:
            would = trn(
                "{count} activity would be added.",
                "{count} activities would be added.",
                n,
                count=number(n),
            )
            was = trn(
                "{count} activity was added.",
                "{count} activities were added.",
                n,
                count=number(n),
            )
        case What.PATRONS:
            would = trn(
                "{count} patron would be added.",
                "{count} patrons would be added.",
                n,
                count=number(n),
            )
            was = trn(
                "{count} patron was added.", "{count} patrons were added.", n, count=number(n)
            )
        case _:
            would = trn(
                "{count} visit would be added.",
                "{count} visits would be added.",
                n,
                count=number(n),
            )
            was = trn("{count} visit was added.", "{count} visits were added.", n, count=number(n))
    return would if batch_id is None else was


def _sum(preview: Preview) -> str:
    names = ("read", "added", "unchanged", "refused", "left_out")
    counts = {name: number(preview.counts[name]) for name in names}
    if preview.source == What.TOTALS:
        return tr(
            "{read} cells: {added} new, {unchanged} known, {refused} refused, {left_out} left out.",
            **counts,
        )
    return tr(
        "{read} rows: {added} new, {unchanged} known, {refused} refused, {left_out} left out.",
        **counts,
    )
