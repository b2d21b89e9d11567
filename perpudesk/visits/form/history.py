"""What happened to a visit, in plain words."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import datetime, tzinfo
from enum import StrEnum
from typing import Any

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
_NAMES = {
    "local_date": N_("Day"),
    "occurred_at": N_("Time"),
    "precision": N_("How exactly"),
    "type": N_("Visitor"),
    "count": N_("How many people"),
    "sex": N_("Sex"),
    "age_years": N_("Age in years"),
    "age_band": N_("Age group"),
    "occupation": N_("Occupation"),
    "education": N_("Education"),
    "disability": N_("Disability"),
    "purpose": N_("Purpose"),
    "method": N_("How it was counted"),
    "patron_id": N_("Patron"),
    "institution": N_("Institution"),
    "leader_id": N_("Leader"),
    "parts": N_("Parts of the group"),
    "note": N_("Note"),
}
"""Columns of a visit as they are called; others say nothing to a person."""
_CODES: Mapping[str, type[StrEnum]] = {
    "type": VisitorType,
    "sex": Sex,
    "disability": Disability,
    "method": Method,
    "precision": Precision,
}
_LISTS = {"purpose": "purposes", "occupation": "occupations", "education": "educations"}


class HistoryWords:
    """Tells histories with the branch's own words.

    `staff` gives names by id, `entries` the labels of a list that grows by slug, `patrons` a name
    by id, which may be gone.
    """

    def __init__(
        self,
        where: tzinfo,
        *,
        staff: Mapping[str, str],
        entries: Callable[[str], Mapping[str, str]],
        patron: Callable[[str], str | None],
    ) -> None:
        self._where = where
        self._staff = staff
        self._entries = entries
        self._patron = patron

    def title(self, happening: Happening) -> str:
        """`23 November 2026 09.41 · Rina · diubah`."""
        here = happening.at.astimezone(self._where)
        who = self._staff.get(happening.staff_id or "")
        parts = (f"{date_long(here.date())} {clock_text(here)}", who, tr(_DONE[happening.what]))
        return " · ".join(part for part in parts if part)

    def lines(self, happening: Happening) -> list[str]:
        """`Keperluan: Membaca → Pinjam/kembali`, one for each thing that changed."""
        return [self._line(each) for each in happening.changes if each.field in _NAMES]

    def _line(self, change: FieldChange) -> str:
        name = tr(_NAMES[change.field])
        before, after = (self._value(change.field, each) for each in (change.before, change.after))
        return f"{name}: {before} → {after}"

    def _value(self, field: str, value: Any) -> str:
        if value is None or value == "":
            return NOTHING
        if field in _CODES:
            return label(_CODES[field](value))
        if field in _LISTS:
            return self._entries(_LISTS[field]).get(value, str(value))
        if field in ("patron_id", "leader_id"):
            return self._patron(value) or tr("somebody removed")
        return self._plain(field, value)

    def _plain(self, field: str, value: Any) -> str:
        match field:
            case "age_band":
                return age_label(value)
            case "local_date":
                return date_digits(datetime.fromisoformat(value).date())
            case "occurred_at":
                return clock_text(parse_utc(value).astimezone(self._where))
            case "parts":
                count = len(json.loads(value))
                return trn("{count} part", "{count} parts", count, count=number(count))
        return number(value) if isinstance(value, int) else str(value)
