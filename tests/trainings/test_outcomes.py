"""Slips with questions, for everybody on the list or without names."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from perpudesk.core import i18n
from perpudesk.core.codes import ListStatus, MeetingState
from perpudesk.core.errors import InputError
from perpudesk.trainings.outcomes import (
    MOST_SLIPS,
    blank_slips,
    named_slips,
    outcome_questions,
)
from tests.attendance.papers import COURSE, HOUSE, LONG, meeting, person, printed, sheet, words

PEOPLE = (
    person(0, "Aisyah"),
    person(1, None),
    person(2, "Joko", status=ListStatus.WITHDRAWN),
    person(3, LONG),
)
SHEET = sheet(PEOPLE, (meeting(0), meeting(1, state=MeetingState.PLANNED)))


@pytest.fixture(autouse=True)
def _indonesian() -> Iterator[None]:
    i18n.use("id")
    yield
    i18n.use("en")


def test_everybody_on_the_list_has_a_slip_with_the_number_of_the_list() -> None:
    document = named_slips(HOUSE, COURSE, SHEET)
    outline = document.outline()
    assert "No. 1 · Aisyah" in outline
    assert "No. 2 · …" in outline
    assert f"No. 3 · {LONG}" in outline
    assert "Joko" not in outline
    (text,) = words(printed(document))
    assert text.count("Email dan toko daring") == 3
    assert LONG in text
    for question in outcome_questions().values():
        assert text.count(question) == 3
    assert text.count("9 November 2026") == 3, "the days of the meetings held"
    assert "Halaman" not in text


def test_blank_ones_name_nobody() -> None:
    reader = printed(blank_slips(HOUSE, COURSE, sheet((), ()), 13), paper="f4")
    assert len(reader.pages) == 3
    text = " ".join(words(reader))
    assert text.count("Nama: …") == 13
    assert "No." not in text
    planned = sheet((), (meeting(1, state=MeetingState.PLANNED),))
    assert "16 November 2026" in blank_slips(HOUSE, COURSE, planned, 1).outline()


@pytest.mark.parametrize("count", [0, -1, MOST_SLIPS + 1])
def test_none_or_too_many_are_refused(count: int) -> None:
    with pytest.raises(InputError) as refused:
        blank_slips(HOUSE, COURSE, SHEET, count)
    assert refused.value.field == "count"
