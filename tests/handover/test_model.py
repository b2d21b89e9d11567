from __future__ import annotations

import pytest

from perpudesk.core.times import Period
from perpudesk.handover.model import nameless, unfinished
from perpudesk.reports.closing import MonthState, Standing

NAMES = ["Siti", "Siti Aminah", "Mawar"]


@pytest.mark.parametrize(
    "text, told",
    [
        ("", ""),
        ("Rapat dengan warga", "Rapat dengan warga"),
        ("Rapat dengan Siti Aminah", "Rapat dengan …"),
        ("rapat dengan siti aminah, lagi", "rapat dengan …, lagi"),
        ("Siti dan Siti Aminah", "… dan …"),
        ("siti tanpa huruf besar", "siti tanpa huruf besar"),
        ("kebun mawar", "kebun mawar"),
        ("Bu Mawar", "Bu …"),
        ("Mawarni dan Sitinjak", "Mawarni dan Sitinjak"),
    ],
)
def test_no_name_stays_in_what_was_typed(text: str, told: str) -> None:
    assert nameless(text, NAMES) == told


def state(month: int, standing: Standing) -> MonthState:
    return MonthState(month=Period.of(2026, month), standing=standing)


def test_three_months_are_looked_at_and_older_ones_are_named() -> None:
    kinds = (
        (11, Standing.RUNNING),
        (10, Standing.CLOSED),
        (9, Standing.CHANGED),
        (8, Standing.READY),
        (7, Standing.CLOSED),
        (6, Standing.READY),
        (5, Standing.READY),
    )
    first, older = unfinished(state(*each) for each in kinds)
    assert [each.month.first.month for each in first] == [11, 9, 8]
    assert [each.first.month for each in older] == [6, 5]
    assert unfinished([state(10, Standing.CLOSED)]) == ([], [])
