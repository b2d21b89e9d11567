"""Calendar months before a day."""

from __future__ import annotations

from datetime import date

import pytest

from perpudesk.privacy.model import before


@pytest.mark.parametrize(
    "today, months, day",
    [
        (date(2026, 11, 23), 12, date(2025, 11, 23)),
        (date(2026, 1, 31), 1, date(2025, 12, 31)),
        (date(2026, 3, 31), 1, date(2026, 2, 28)),
        (date(2028, 2, 29), 12, date(2027, 2, 28)),
        (date(2028, 3, 31), 1, date(2028, 2, 29)),
        (date(2026, 12, 1), 120, date(2016, 12, 1)),
    ],
)
def test_months_before(today: date, months: int, day: date) -> None:
    assert before(today, months) == day
