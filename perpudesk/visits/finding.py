"""What visits are looked for, what is changed on many of them, and what happened to one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from perpudesk.core.codes import Method, Sex, VisitorType
from perpudesk.core.deeds import Action
from perpudesk.core.errors import InputError, Problem
from perpudesk.core.formats import number
from perpudesk.db.journal import Entry

LAST_BEFORE_FIRST = Problem(
    "last_before_first", "The last day is before the first. Choose a later one."
)
NONE_CHOSEN = Problem("none_chosen", "No visit is chosen. Choose one or more in the list.")
TOO_MANY_CHOSEN = Problem(
    "too_many_chosen", "More than {most} visits are chosen. Narrow the search, then choose fewer."
)
NOTHING_TO_CHANGE = Problem(
    "nothing_to_change", "Nothing is to be changed. Choose what the visits are to become."
)

MOST_AT_ONCE = 5_000
"""So many are changed in one step: more would hold the desk for seconds on an old disk (ours)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitFilter:
    """Which visits are looked for; what is empty does not narrow.

    `words` are part of a patron's or leader's name, of an institution or a note, or a member
    number. A group is found by the sex of any of its parts. `removed` finds those that were taken
    out instead of those that count.
    """

    first: date | None = None
    last: date | None = None
    words: str = ""
    type: VisitorType | None = None
    purpose: str | None = None
    sex: Sex | None = None
    method: Method | None = None
    removed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """Where in the store the records are that were found, and how many visits they are."""

    places: Sequence[int] = ()
    visits: int = 0

    @property
    def records(self) -> int:
        """How many records."""
        return len(self.places)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mend:
    """What many visits become; what is None stays as it is on each."""

    purpose: str | None = None
    occupation: str | None = None
    education: str | None = None
    method: Method | None = None

    def columns(self) -> dict[str, str]:
        """The columns that change; raises `InputError` when none does."""
        named = {
            "purpose": self.purpose,
            "occupation": self.occupation,
            "education": self.education,
            "method": self.method,
        }
        changed = {name: str(value) for name, value in named.items() if value is not None}
        if not changed:
            raise InputError(NOTHING_TO_CHANGE, field="purpose")
        return changed


PAPER = "paper"
"""The source of a batch that was typed from paper; any other is a kind of file."""


class Happened(StrEnum):
    """What was done to a record."""

    RECORDED = "recorded"
    IMPORTED = "imported"
    COPIED = "copied"
    ESTIMATED = "estimated"
    CHANGED = "changed"
    REMOVED = "removed"
    UNDONE = "undone"
    REDONE = "redone"


_HAPPENED = {
    Action.CHANGE: Happened.CHANGED,
    Action.REMOVE: Happened.REMOVED,
    Action.UNDO: Happened.UNDONE,
    Action.REDO: Happened.REDONE,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldChange:
    """A column of the record, what stood in it and what came there."""

    field: str
    before: Any
    after: Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """One line of a record's history: when, who (None: nobody said), what."""

    at: datetime
    staff_id: str | None
    what: Happened
    changes: tuple[FieldChange, ...] = ()


def check_filter(wanted: VisitFilter) -> VisitFilter:
    """The filter, its words tidied; raises `InputError` on `last` when it ends before it begins."""
    if wanted.first and wanted.last and wanted.last < wanted.first:
        raise InputError(LAST_BEFORE_FIRST, field="last")
    return wanted


def check_chosen(ids: Iterable[str]) -> tuple[str, ...]:
    """The ids, each once; raises `InputError` for none and for too many."""
    chosen = tuple(dict.fromkeys(ids))
    if not chosen:
        raise InputError(NONE_CHOSEN, field="chosen")
    if len(chosen) > MOST_AT_ONCE:
        raise InputError(TOO_MANY_CHOSEN, field="chosen", most=number(MOST_AT_ONCE))
    return chosen


def history_of(row: Mapping[str, Any], entries: Iterable[Entry]) -> list[Happening]:
    """What happened to a record, newest first, from the row as it is and the lines about it.

    A line holds what it overwrote; what came there is what the next line overwrote, or what stands
    there now.
    """
    now = dict(row)
    told: list[Happening] = []
    for entry in sorted(entries, key=lambda each: each.seq, reverse=True):
        overwrote = entry.overwrote or {}
        changes = tuple(
            FieldChange(field=name, before=before, after=now.get(name))
            for name, before in overwrote.items()
            if before != now.get(name)
        )
        now |= overwrote
        told.append(
            Happening(
                at=datetime.fromisoformat(entry.at),
                staff_id=entry.staff_id,
                what=_HAPPENED[entry.action],
                changes=changes,
            )
        )
    begun = Happening(
        at=datetime.fromisoformat(row["created_at"]),
        staff_id=row["created_by"],
        what=_begun(row),
    )
    return [*told, begun]


def _begun(row: Mapping[str, Any]) -> Happened:
    """How a record came: at the desk, from a file, from a sheet, or by the estimate of a month."""
    if not row["batch_id"]:
        return Happened.RECORDED
    if row["batch_source"] != PAPER:
        return Happened.IMPORTED
    return Happened.ESTIMATED if row["batch_estimates"] else Happened.COPIED
