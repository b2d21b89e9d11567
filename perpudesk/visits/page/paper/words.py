"""What is asked and said about a sheet."""

from __future__ import annotations

from collections.abc import Sequence

from perpudesk.branch.model import DayInfo
from perpudesk.core.formats import date_full, month_name, number
from perpudesk.core.i18n import tr, trn
from perpudesk.visits.form.days_words import state_words
from perpudesk.visits.sheets import Stored
from perpudesk.visits.tally import Doubt, Sheet, typed_total


def doubt_words(doubts: Sequence[Doubt], sheet: Sheet, day: DayInfo) -> str:
    """Every reason to ask, and the question."""
    there = number(day.visits)
    words = {
        Doubt.OTHER_TOTAL: tr(
            "The sheet says {stated}, typed are {typed}.",
            stated=sheet.stated.strip(),
            typed=number(typed_total(sheet)),
        ),
        Doubt.SECOND_SHEET: tr(
            "A sheet of this day is stored already; the day has {n} visits.", n=there
        ),
        Doubt.HAS_VISITS: trn(
            "{count} visit of this day is recorded already. It must not be on the sheet too.",
            "{count} visits of this day are recorded already. They must not be on the sheet too.",
            day.visits,
            count=there,
        ),
        Doubt.DAY_CLOSED: tr("The day is down as: {state}.", state=state_words(day)),
        Doubt.MONTH_CLOSED: closed_words(day),
    }
    return " ".join([*(words[each] for each in doubts), tr("Save the sheet all the same?")])


def closed_words(day: DayInfo | Stored) -> str:
    """That the month was closed."""
    first = day.first if isinstance(day, Stored) else day.date
    return tr("{month} is closed already; it will be marked as changed.", month=month_name(first))


def stored_words(stored: Stored) -> str:
    """What is on the disk now."""
    return trn(
        "{what}: {count} visit stored.",
        "{what}: {count} visits stored.",
        stored.visits,
        what=what_of(stored),
        count=number(stored.visits),
    )


def what_of(stored: Stored) -> str:
    """Which day, or which month, it is of."""
    if stored.sheet is None:
        return tr("Estimate of {month}", month=month_name(stored.first))
    return date_full(stored.first)
