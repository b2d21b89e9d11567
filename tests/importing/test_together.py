"""Rows that were drawn into one."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from perpudesk.importing.together import drawn_together

DAY = "2026-10-05"


@pytest.mark.parametrize(
    "row,expected",
    [
        (("1", "A", DAY), None),
        (("1", "A\nB", DAY), None),
        (("1", f"A,{DAY}\n2,B", DAY), (1, 2)),
        (("1", f"A;{DAY}\r2;B;{DAY}\r3;C", DAY), (1, 3)),
        (("1", "A,1\n2,B", DAY), None),
        (("1", "A", DAY, "2", "B", DAY), (3, 2)),
        (("1", "A", DAY, "2", "B", "C"), None),
        (("1", "A", DAY, f'x\n2,B,"{DAY}"'), (3, 2)),
    ],
)
def test_two_rows_have_the_parts_and_the_dates_of_two(
    row: Sequence[str], expected: tuple[int, int] | None
) -> None:
    assert drawn_together(row, width=3, least=5) == expected
