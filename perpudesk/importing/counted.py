"""Tables that may have a row a day while nobody said which column counts: not to be guessed."""

from __future__ import annotations

import re
from itertools import pairwise

from perpudesk.core.errors import InputError, Problem
from perpudesk.importing.columns import Head, Plan
from perpudesk.importing.fields import What, field_of, is_never, plain
from perpudesk.importing.words import whole_number

COUNT_UNKNOWN = Problem(
    "count_unknown",
    "In {path} there are numbers below {columns}, and no column is given to count. Say which one "
    "holds the number of visits, or that each row is one visit.",
)


def check_counted(head: Head, plan: Plan, path: str) -> None:
    """Raise `InputError` where rows would be one visit each although numbers stand in them."""
    if not plan.one_each and not plan.remembered and (doubtful := _may_be_counts(head, plan)):
        columns_ = ", ".join(head.titles[at] for at in doubtful)
        raise InputError(COUNT_UNKNOWN, field="count", path=path, columns=columns_)


def counts_rows(plan: Plan) -> bool:
    """Whether each row is one visit, because no column says how many it stands for."""
    return {"count", "female", "male"}.isdisjoint(plan.columns)


def _may_be_counts(head: Head, plan: Plan) -> list[int]:
    """Unread columns of whole numbers in a table that may have a row a day, and no count."""
    if plan.what is not What.VISITS or not counts_rows(plan) or _PERSONAL & plan.columns.keys():
        return []
    days = [day.removesuffix(" 00:00:00") for day in head.values(plan.columns["date"])]
    if len(set(days)) < len(days) or any(map(_CLOCK.search, days)):
        return []
    free = [at for at in range(len(head.titles)) if at not in plan.columns.values()]
    return [at for at in free if _holds_counts(head, at)]


_PERSONAL = {"time", "name", "member", "sex", "age", "occupation", "education", "purpose"}
"""Who has one of these in its columns writes a row a visit."""
_CLOCK = re.compile(r"[ T][0-9]{1,2}[:.][0-9]{2}")
_NUMBERED = {"no", "nomor", "no urut", "nomor urut", "nr", "id", "#"}
_MOST_COUNTED = 100_000


def _holds_counts(head: Head, at: int) -> bool:
    """Whether a column holds whole numbers, and not those that only number its rows."""
    title = plain(head.said[at])
    if title in _NUMBERED or is_never(title) or field_of(What.TOTALS, title) in ("month", "year"):
        return False
    cells = head.values(at)
    numbers = [n for cell in cells if (n := whole_number(cell)) is not None]
    few = len(numbers) * 2 <= len(cells) or any(n > _MOST_COUNTED for n in numbers)
    rising = len(numbers) > 1 and all(b - a == 1 for a, b in pairwise(numbers))
    return not few and not rising
