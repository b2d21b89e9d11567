"""A month that was closed: what was signed, the code of its figures, and what changed since.

Figures are plain values here, as `export.figures_json` makes them: what another program reads is
what the code covers.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from perpudesk.core.errors import FileError, Problem, RuleError
from perpudesk.core.formats import date_long, month_name
from perpudesk.core.times import Period
from perpudesk.reports.letter import Letter

MONTH_NOT_OVER = Problem(
    "month_not_over", "{month} is not over yet. It can be closed from {day} on."
)
NOTHING_RECORDED = Problem(
    "nothing_recorded", "Nothing is recorded of {month}, so there is nothing to close."
)
NOTHING_CHANGED = Problem(
    "nothing_changed",
    "Nothing of {month} has changed since revision {n}, so no other one was made.",
)
NOT_FIGURES = Problem(
    "not_figures",
    "{path} does not hold the figures of a month. Write them with “perpudesk figures MONTH "
    "--json”.",
)

NOT_OF_A_MONTH = Problem(
    "not_of_a_month",
    "{path} holds the figures of {period}, which is not a month. Only months are closed.",
)

CODE_LENGTH = 8
_BITS = 5
CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Digits and letters that nobody takes for one another (Crockford's base32)."""
_READ_AS = str.maketrans({"O": "0", "I": "1", "L": "1", "-": None, " ": None})

Plain = Mapping[str, Any]
"""Figures as plain values."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Closing:
    """A revision of a closed month: its letter, its canonical figures, and their code."""

    id: str = ""
    month: Period
    edition: int
    letter: Letter
    figures: str
    code: str
    altered: bool = False
    """Whether something of the month was written since, whatever came of it."""

    @property
    def plain(self) -> dict[str, Any]:
        """The figures as plain values."""
        values: dict[str, Any] = json.loads(self.figures)
        return values


class Standing(StrEnum):
    """How far a month is."""

    RUNNING = "running"
    READY = "ready"
    CLOSED = "closed"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthState:
    """How far a month is, its newest revision, and what changed since that one."""

    month: Period
    standing: Standing
    closing: Closing | None = None
    changes: tuple[Difference, ...] = ()

    @property
    def edition(self) -> int:
        """The number of the newest revision; 0 without one."""
        return 0 if self.closing is None else self.closing.edition

    @property
    def is_final(self) -> bool:
        """Whether it was closed and is what it was then."""
        return self.standing is Standing.CLOSED


def standing_of(
    month: Period, today: date, closing: Closing | None, changes: tuple[Difference, ...]
) -> MonthState:
    """The state of a month; `changes` are those since `closing`."""
    if closing is not None:
        standing = Standing.CHANGED if changes else Standing.CLOSED
        return MonthState(month=month, standing=standing, closing=closing, changes=changes)
    standing = Standing.READY if today > month.last else Standing.RUNNING
    return MonthState(month=month, standing=standing)


# ---------------------------------------------------------------- the figures and their code


def canonical(figures: Plain) -> str:
    """The one way to write final figures: keys in order, no spaces, as UTF-8 without escapes.

    Numbers stand as Python's `repr` has them, as in every JSON of ours.
    """
    final = {**figures, "final": True}
    return json.dumps(
        final, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
    )


def check_code(text: str) -> str:
    """The first 40 bits of the SHA-256 of `text`, as 8 characters."""
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()
    value = int.from_bytes(digest[:5], "big")
    shifts = range((CODE_LENGTH - 1) * _BITS, -1, -_BITS)
    return "".join(CROCKFORD[value >> shift & 31] for shift in shifts)


def shown_code(code: str) -> str:
    """The code as it is printed: `7K4F-92QX`."""
    return f"{code[:4]}-{code[4:]}"


def read_figures(text: str, *, name: str) -> str:
    """The canonical form of the figures in the file called `name`; `FileError` for other texts."""
    try:
        figures = json.loads(text)
        if isinstance(figures, dict) and isinstance(figures.get("period"), str):
            final = canonical(figures)
        else:
            raise FileError(NOT_FIGURES, path=name)
    except (ValueError, RecursionError) as error:
        raise FileError(NOT_FIGURES, path=name) from error
    if not re.fullmatch(r"\d{4}-\d\d", figures["period"], re.ASCII):
        raise FileError(NOT_OF_A_MONTH, path=name, period=figures["period"])
    return final


def seal(closing: Closing, branch_id: str) -> str:
    """What the QR code on each page says: `branch id|period|revision|code`."""
    parts = (branch_id, closing.month.code, str(closing.edition), shown_code(closing.code))
    return "|".join(parts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A code that somebody reads to us; the rest is known where it came from a QR code."""

    code: str
    branch_id: str = ""
    month: str = ""
    edition: int = 0

    def fits(self, closing: Closing) -> bool:
        """Whether it is of that revision."""
        same_month = self.month in ("", closing.month.code)
        return same_month and self.edition in (0, closing.edition) and self.code == closing.code


def read_code(text: str) -> Claim | None:
    """The code in `text`, typed in any way or as the QR code says it; None if there is none."""
    found = re.fullmatch(r"([^|]+)\|(\d{4}-\d\d)\|(\d{1,9})\|([^|]+)", text.strip())
    branch_id, month, edition, code = found.groups() if found else ("", "", "0", text)
    tidy = code.upper().translate(_READ_AS).strip()
    if len(tidy) != CODE_LENGTH or not set(tidy) <= set(CROCKFORD):
        return None
    return Claim(code=tidy, branch_id=branch_id, month=month, edition=int(edition))


# ---------------------------------------------------------------- what changed


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One value that is not what it was; None where there was or is none.

    `subject` is an indicator, `days`, `totals` or `branch`; `dimension` is empty for the value
    itself, and says `basis`, `num`, `den` or `source` for what belongs to it.
    """

    subject: str
    dimension: str
    key: str
    before: float | str | None
    after: float | str | None


def differences(before: Plain, after: Plain) -> tuple[Difference, ...]:
    """Every value that differs between two figures of the same month; headlines come first.

    What one of them does not know yet it did not count.
    """
    codes = dict.fromkeys(each["indicator"] for each in (*after["figures"], *before["figures"]))
    old, new = (dict(_values(figures, codes)) for figures in (before, after))
    found = (
        Difference(subject=at[0], dimension=at[1], key=at[2], before=old.get(at), after=new.get(at))
        for at in dict.fromkeys((*new, *old))
        if old.get(at) != new.get(at)
    )
    return tuple(sorted(found, key=lambda each: bool(each.dimension or each.subject == "branch")))


_NOT_COUNTED: Plain = {"value": None, "basis": "not_counted"}
_Values = Iterator[tuple[tuple[str, str, str], float | str | None]]


def _values(figures: Plain, codes: Iterable[str]) -> _Values:
    """Every value of plain figures by subject, dimension and key; `codes` are the indicators."""
    known = {figure["indicator"]: figure for figure in figures["figures"]}
    for code in codes:
        figure = known.get(code, _NOT_COUNTED)
        yield (code, "", ""), figure["value"]
        for name in ("basis", "num", "den"):
            yield (code, name, ""), figure.get(name)
        for dimension, counts in figure.get("by", {}).items():
            for key, count in counts.items():
                yield (code, dimension, key), count
    for total in figures.get("totals", ()):
        for name in ("value", "basis", "source"):
            yield ("totals", name, total["indicator"]), total[name]
    for subject in ("days", "branch"):
        for key, value in figures[subject].items():
            yield (subject, "", key), value


def closable_from(month: Period) -> date:
    """The first day on which the month is over."""
    return month.last + timedelta(days=1)


def check_over(month: Period, *, today: date) -> None:
    """Raise `RuleError` unless the month is over."""
    first = closable_from(month)
    if today < first:
        raise RuleError(MONTH_NOT_OVER, month=month_name(month.first), day=date_long(first))


def check_news(state: MonthState, letter: Letter, figures: Plain) -> None:
    """Raise `RuleError` when a revision would say nothing, or what the last one says."""
    last = state.closing
    if last is None and all(each["value"] is None for each in figures["figures"]):
        raise RuleError(NOTHING_RECORDED, month=month_name(state.month.first))
    if last is not None and not state.changes and letter == last.letter:
        raise RuleError(NOTHING_CHANGED, month=month_name(state.month.first), n=last.edition)
