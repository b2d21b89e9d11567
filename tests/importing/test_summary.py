"""What an import did, in words."""

from __future__ import annotations

from datetime import date

import pytest

from perpudesk.core import i18n
from perpudesk.core.errors import Problem
from perpudesk.desk import Desk
from perpudesk.importing import (
    asides,
    came,
    dates,
    doubles,
    known_totals,
    members,
    month_totals,
    row_activities,
    row_sessions,
    summary,
    used,
    uses,
)
from perpudesk.importing.model import Aside
from perpudesk.importing.summary import reasons_text, span
from tests.importing.conftest import Write, guest, member

WHEN = "2026-10-05 09:00:00"


@pytest.fixture(autouse=True)
def _english() -> None:
    i18n.use("en")


def test_the_whole_story(desk: Desk, write: Write) -> None:
    path = write(member("M1", WHEN), guest("2026-10-06"), guest("soon"), ["Total"], [])
    preview = desk.importing.preview(path, names=True)
    assert desk.importing.sentences(preview, None) == [
        "2 visits would be added.",
        "5 rows: 2 new, 0 known, 1 refused, 2 left out.",
        "1 member would be kept by name.",
        "Rows with a day but no time: 1. They count, but under no hour.",
        "no such date 1 · notes and totals 1 · empty rows 1",
        "Row 4: “soon” is not a date and time that exists.",
        "Row 5: A note or a total: “Total”.",
    ]
    batch = desk.importing.commit(preview)
    assert batch is not None
    told = desk.importing.sentences(preview, batch)
    assert told[0] == "2 visits were added."
    assert told[-1] == f"To take this back: perpudesk undo {batch.id}"
    again = desk.importing.preview(path, names=True)
    assert desk.importing.sentences(again, None) == [
        "This file was brought in before. Nothing in it is new.",
        "5 rows: 0 new, 2 known, 1 refused, 2 left out.",
        *told[-5:-1],
    ]


def test_nothing_new(desk: Desk, write: Write) -> None:
    desk.importing.commit(desk.importing.preview(write(guest(WHEN))))
    again = desk.importing.preview(write(guest(WHEN), guest("x")))
    assert desk.importing.sentences(again, None)[:2] == [
        "Everything in this file is here already. Nothing was added.",
        "2 rows: 0 new, 1 known, 1 refused, 0 left out.",
    ]


def test_many_rows_are_not_all_named(desk: Desk, write: Write) -> None:
    told = desk.importing.sentences(desk.importing.preview(write(*[guest("x")] * 25)), None)
    assert told[0] == "No row of this file can be added."
    assert len(told) == 3 + 20 + 1
    assert told[-1] == "… and 5 rows more."


def test_every_reason_has_words_of_its_own() -> None:
    rooms = (
        *(dates, asides, members, month_totals, known_totals),
        *(came, doubles, row_activities, row_sessions, used, uses),
    )
    problems = {
        each.code: each
        for room in rooms
        for each in vars(room).values()
        if isinstance(each, Problem) and each.code in summary._REASONS
    }
    assert problems.keys() == summary._REASONS.keys()
    rows = [Aside(row=2, problem=each) for each in (*problems.values(), dates.IN_FUTURE)]
    words = reasons_text(rows).split(" · ")
    assert (words[0], len(set(words))) == ("in the future 2", len(problems))


def test_spans() -> None:
    first, last = date(2026, 10, 5), date(2026, 10, 6)
    assert span(first, first) == "5 October 2026"
    assert span(first, last) == "5 October 2026 to 6 October 2026"
