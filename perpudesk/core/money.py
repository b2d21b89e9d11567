"""Money in whole rupiah, as people type it."""

from __future__ import annotations

import re

from perpudesk.core.errors import InputError, Problem
from perpudesk.core.formats import number

BAD_MONEY = Problem(
    "bad_money",
    "“{text}” is not an amount in rupiah. Type all of its digits, for example 1.500.000.",
)
TOO_MUCH = Problem(
    "too_much_money", "The amount is more than {most} rupiah. Check how many zeros it has."
)
MOST = 1_000_000_000_000
"""A trillion is more than the budget of any district library (ours)."""
_AMOUNT = re.compile(r"(?:Rp\.?\s*)?(\d{1,3}(?:[. ]\d{3})+|\d+)(?:,(?:00|-)|,-)?", re.IGNORECASE)


def rupiah_of(text: str | None, *, field: str) -> int | None:
    """The amount that somebody typed, None where nothing is: `1500000`, `1.500.000`, `Rp 1.500,00`.

    What could be read in two ways is refused: `1.5 jt`, `1,500`. Raises `InputError` on `field`.
    """
    tidy = (text or "").replace("\N{NO-BREAK SPACE}", " ").strip()
    if not tidy:
        return None
    found = _AMOUNT.fullmatch(tidy)
    if found is None:
        raise InputError(BAD_MONEY, field=field, text=tidy[:40])
    return check_rupiah(int(re.sub(r"[. ]", "", found[1])), field=field)


def check_rupiah(amount: int | None, *, field: str) -> int | None:
    """An amount as it may be stored: whole, not below 0, and not more than anybody has."""
    if amount is None:
        return None
    if type(amount) is not int or amount < 0:
        raise InputError(BAD_MONEY, field=field, text=str(amount)[:40])
    if amount > MOST:
        raise InputError(TOO_MUCH, field=field, most=number(MOST))
    return amount
