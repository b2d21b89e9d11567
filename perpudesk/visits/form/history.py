"""What happened to a record, in plain words."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, tzinfo
from enum import StrEnum
from typing import Any

from PySide6.QtWidgets import QWidget

from perpudesk.core.codes import (
    Disability,
    Method,
    Precision,
    Sex,
    VisitorType,
    age_label,
    label,
)
from perpudesk.core.formats import NOTHING, clock_text, date_digits, date_long, number
from perpudesk.core.i18n import N_, tr, trn
from perpudesk.core.times import parse_utc
from perpudesk.ui.layout import boxed, column
from perpudesk.ui.text import Text
from perpudesk.visits.finding import FieldChange, Happened, Happening

_DONE = {
    Happened.RECORDED: N_("recorded"),
    Happened.IMPORTED: N_("brought in from a file"),
    Happened.COPIED: N_("copied from a paper sheet"),
    Happened.ESTIMATED: N_("estimated from the sampled days of the month"),
    Happened.CHANGED: N_("changed"),
    Happened.REMOVED: N_("removed"),
    Happened.UNDONE: N_("undone"),
    Happened.REDONE: N_("done again"),
}
Tell = Callable[[Any, tzinfo], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordWords:
    """How a kind of record is told.

    `names` are its columns as they are called: others say nothing to a person. Their values are of
    closed lists (`codes`), of `lists` that grow, ids of `people`, or each is told by its function
    in `tells`; what is in none of these is told as it is.
    """

    names: Mapping[str, str]
    codes: Mapping[str, type[StrEnum]] = field(default_factory=dict)
    lists: Mapping[str, str] = field(default_factory=dict)
    people: frozenset[str] = frozenset()
    tells: Mapping[str, Tell] = field(default_factory=dict)


def tell_band(slug: str, _where: tzinfo) -> str:
    """An age group."""
    return age_label(slug)


def tell_day(text: str, _where: tzinfo) -> str:
    """A day of the branch's calendar."""
    return date_digits(date.fromisoformat(text))


def tell_clock(text: str, where: tzinfo) -> str:
    """A moment by the clock on the wall."""
    return clock_text(parse_utc(text).astimezone(where))


def _tell_parts(text: str, _where: tzinfo) -> str:
    count = len(json.loads(text))
    return trn("{count} part", "{count} parts", count, count=number(count))


PROFILE_NAMES = {
    "sex": N_("Sex"),
    "age_years": N_("Age in years"),
    "age_band": N_("Age group"),
    "occupation": N_("Occupation"),
    "education": N_("Education"),
}
PROFILE_LISTS = {"occupation": "occupations", "education": "educations"}
VISIT = RecordWords(
    names={
        "local_date": N_("Day"),
        "occurred_at": N_("Time"),
        "precision": N_("How exactly"),
        "type": N_("Visitor"),
        "count": N_("How many people"),
        **PROFILE_NAMES,
        "disability": N_("Disability"),
        "purpose": N_("Purpose"),
        "method": N_("How it was counted"),
        "patron_id": N_("Patron"),
        "institution": N_("Institution"),
        "leader_id": N_("Leader"),
        "parts": N_("Parts of the group"),
        "note": N_("Note"),
    },
    codes={
        "type": VisitorType,
        "sex": Sex,
        "disability": Disability,
        "method": Method,
        "precision": Precision,
    },
    lists={"purpose": "purposes", **PROFILE_LISTS},
    people=frozenset({"patron_id", "leader_id"}),
    tells={
        "age_band": tell_band,
        "local_date": tell_day,
        "occurred_at": tell_clock,
        "parts": _tell_parts,
    },
)


class HistoryWords:
    """Tells histories with the branch's own words.

    `staff` gives names by id, `entries` the labels of a list that grows by slug, `patron` a name
    by id, which may be gone; `record` says what kind of record it is.
    """

    def __init__(
        self,
        where: tzinfo,
        *,
        staff: Mapping[str, str],
        entries: Callable[[str], Mapping[str, str]],
        patron: Callable[[str], str | None],
        record: RecordWords = VISIT,
    ) -> None:
        self._where = where
        self._staff = staff
        self._entries = entries
        self._patron = patron
        self._record = record

    def title(self, happening: Happening) -> str:
        """`23 November 2026 09.41 · Rina · diubah`."""
        here = happening.at.astimezone(self._where)
        who = self._staff.get(happening.staff_id or "")
        parts = (f"{date_long(here.date())} {clock_text(here)}", who, tr(_DONE[happening.what]))
        return " · ".join(part for part in parts if part)

    def lines(self, happening: Happening) -> list[str]:
        """`Keperluan: Membaca → Pinjam/kembali`, one for each thing that changed."""
        names = self._record.names
        return [self._line(each) for each in happening.changes if each.field in names]

    def _line(self, change: FieldChange) -> str:
        name = tr(self._record.names[change.field])
        before, after = (self._value(change.field, each) for each in (change.before, change.after))
        return f"{name}: {before} → {after}"

    def _value(self, field: str, value: Any) -> str:
        known = self._record
        if value is None or value == "":
            return NOTHING
        if field in known.codes:
            return label(known.codes[field](value))
        if field in known.lists:
            return self._entries(known.lists[field]).get(value, str(value))
        if field in known.people:
            return self._patron(value) or tr("somebody removed")
        if field in known.tells:
            return known.tells[field](value, self._where)
        return number(value) if isinstance(value, int) else str(value)


class HistoryView(QWidget):
    """The history of one record, the newest first."""

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines = column(gap=10)
        self.setLayout(column(self._lines, None))

    def show_history(self, history: Sequence[Happening], words: HistoryWords) -> None:
        """Tell these in place of what is shown."""
        while (item := self._lines.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        for happening in history:
            title = Text(words.title(happening), "strong", wrap=True)
            lines = [Text(line, wrap=True) for line in words.lines(happening)]
            self._lines.addWidget(boxed(column(title, *lines, gap=2)))
