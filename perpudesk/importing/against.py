"""What a file brings, held against what is here: the same bytes, the same days, the same months."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from perpudesk.core.errors import Problem, RuleError
from perpudesk.core.formats import date_digits, month_short
from perpudesk.core.i18n import tr
from perpudesk.core.paths import as_text
from perpudesk.importing.batches import Batch
from perpudesk.importing.columns import Plan
from perpudesk.importing.dates import IN_FUTURE
from perpudesk.importing.fields import What
from perpudesk.importing.guide import Here, Looked
from perpudesk.importing.model import Preview, Remark

ALREADY_RECORDED = Problem(
    "days_recorded",
    "{path} has visits on days that have records here already: {days}. They may be the same "
    "visits, counted twice. If they are others, say that they are to be added.",
)
SESSIONS_RECORDED = Problem(
    "sessions_recorded",
    "{path} has computer sessions on days that have sessions here already: {days}. They may be the "
    "same sessions, counted twice. If they are others, say that they are to be added.",
)
ADDED_TO = Problem("added_to_days", "On these days visits are recorded here already: {days}.")
SESSIONS_ADDED_TO = Problem(
    "sessions_added_to_days", "On these days computer sessions are recorded here already: {days}."
)
TOTALS_GIVE_WAY = Problem(
    "totals_give_way",
    "The monthly totals of {months} no longer count: their visits come in day by day.",
)
SESSION_TOTALS_GIVE_WAY = Problem(
    "session_totals_give_way",
    "The monthly totals of {months} no longer count: their computer sessions come in day by day.",
)
LOGS = (What.SESSIONS, What.LIBKI)
"""The kinds of files that bring computer sessions."""
_DAYS_SHOWN = 8


def asked(looked: Looked | None, plan: Plan | None, known: What) -> dict[str, Any]:
    """By what a file is read: its source, and of a plan what changes what is stored."""
    if looked is None or looked.head is None or plan is None:
        return {"source": known}
    return {
        "source": plan.what,
        "columns": plan.said(looked.head),
        "estimated": plan.estimated,
        "counted": not {"count", "female", "male"}.isdisjoint(plan.columns),
    }


def says_the_same(before: Batch, by: dict[str, Any], *, names: bool) -> bool:
    """Whether reading the same bytes again would change nothing.

    It would if names are asked for now and were not then, or if a date that had not come yet then
    may have come now; and people, totals and activities depend on what is here meanwhile.
    """
    result = before.result
    if by["source"] in (What.TOTALS, What.PATRONS, What.ACTIVITIES):
        return False
    same = all(result.get(key) == by.get(key) for key in ("columns", "estimated"))
    return same and IN_FUTURE.code not in result["reasons"] and (result["names"] or not names)


def refusal(preview: Preview) -> RuleError | None:
    """Why it cannot be stored unless it is said that days with records are to be added to."""
    if not preview.over:
        return None
    problem = SESSIONS_RECORDED if preview.source in LOGS else ALREADY_RECORDED
    told = days_text(preview.over)
    return RuleError(problem, path=as_text(preview.path.name), days=told)


def beside(
    source: str, months: Mapping[str, Collection[str]], over: Sequence[date], here: Here
) -> Iterator[Remark]:
    """What is to be said of new records beside what is here.

    `months` are those of the new ones, by the indicators that they count for; `over` the days of
    them that have records.
    """
    log = source in LOGS
    if over:
        problem = SESSIONS_ADDED_TO if log else ADDED_TO
        yield Remark(problem=problem, params={"days": days_text(over)})
    gone = {
        each.month.code
        for each in here.totals
        if each.month.code in months.get(each.indicator, ())
        and each.month not in here.finer[each.indicator]
    }
    if gone:
        problem = SESSION_TOTALS_GIVE_WAY if log else TOTALS_GIVE_WAY
        yield Remark(problem=problem, params={"months": ", ".join(map(month_short, sorted(gone)))})


def days_text(days: Sequence[date]) -> str:
    """Some days, and that there are more."""
    shown = ", ".join(map(date_digits, days[:_DAYS_SHOWN]))
    more = len(days) - _DAYS_SHOWN
    return shown if more <= 0 else tr("{days} and {n} more", days=shown, n=more)
