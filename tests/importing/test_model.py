"""What rows and files say of themselves, and how they are counted."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from perpudesk.core import i18n
from perpudesk.core.errors import Problem
from perpudesk.importing.model import Aside, Preview, Reading, Remark, RowVisit, again, counts_of

WHY = Problem("why", "“{value}” in {column} of row {row}.")
VISIT = RowVisit("id", "2026-10-05", 9, "2026-10-05T02:00:00.000Z", "time", "member", None, "M1")


def reading(**more: object) -> Reading:
    fields = {
        "source": "list",
        "header": ("a",),
        "visits": [VISIT, VISIT],
        "refused": [Aside(row=3, problem=WHY)],
        "left_out": [Aside(row=4, problem=WHY), Aside(row=5, problem=WHY)],
        "names": {"M1": "Siti"},
    }
    return Reading(**{**fields, **more})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "value,shown",
    [("x", "x"), ("two\n lines", "two lines"), ("y" * 70, "y" * 60 + "…"), ("{row}", "{row}")],
)
def test_a_row_says_why_it_is_none(value: str, shown: str) -> None:
    i18n.use("en")
    aside = Aside(row=1234, problem=WHY, column="c", value=value)
    assert aside.sentence() == f"“{shown}” in c of row 1234."


def test_a_remark_writes_numbers_as_they_are_printed() -> None:
    remark = Remark(
        problem=Problem("many", "{n} rows like {example}"), params={"n": 1234, "example": "5"}
    )
    assert remark.sentence() == "1.234 rows like 5"


def test_the_parts_add_up_to_what_was_read() -> None:
    counts = counts_of(reading(), 1)
    assert counts == {
        "read": 5,
        "added": 1,
        "unchanged": 1,
        "refused": 1,
        "left_out": 2,
        "people": 1,
        "reasons": {"why": 3},
        "names": False,
        "patrons": 0,
        "named": 0,
        "first": "2026-10-05",
        "last": "2026-10-05",
    }
    assert again(counts) == {**counts, "added": 0, "unchanged": 2, "patrons": 0}
    empty = counts_of(reading(visits=[], refused=[], left_out=[]), 0)
    assert (empty["read"], empty["first"], empty["last"], empty["reasons"]) == (0, None, None, {})


def test_what_stays_when_the_visits_are_stored() -> None:
    plain = Preview(source="list", path=Path("x"), digest="d", seen=0, counts={"added": 2})
    full = replace(plain, reading=reading(), added=[VISIT, VISIT])
    assert full.without_rows() == replace(plain, reading=reading(visits=()))
    assert plain.without_rows() == plain


def test_nothing_new() -> None:
    plain = Preview(source="list", path=Path("x"), digest="d", seen=0, counts={})
    assert plain.nothing_new
    for more in ({"added": [VISIT]}, {"newcomers": {"M1": "Siti"}}):
        made = Preview(source="list", path=Path("x"), digest="d", seen=0, counts={}, **more)  # type: ignore[arg-type]
        assert not made.nothing_new
