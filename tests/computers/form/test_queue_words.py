"""How a ticket is told."""

from __future__ import annotations

from dataclasses import replace

import pytest

from perpudesk.computers.form.queue_words import (
    about_holder,
    call_words,
    holder,
    holder_spoken,
    wait_spoken,
    wait_words,
)
from perpudesk.core.codes import Sex
from perpudesk.patrons.model import Profile
from tests.computers.made import pc, ticket

WOMAN = Profile(sex=Sex.FEMALE, age_band="17-25")


def test_whose_it_is() -> None:
    guest = ticket(7)
    assert (holder(guest), about_holder(guest)) == ("Visitor", "")
    assert holder(replace(guest, profile=WOMAN)) == "F · 17–25"
    named = replace(guest, patron_name="Dewi", profile=WOMAN, no_shows=2)
    assert (holder(named), about_holder(named)) == ("Dewi", "2× absent · F · 17–25")
    assert holder_spoken(named) == "Dewi · 2× absent"
    assert holder_spoken(replace(guest, profile=WOMAN)) == "Female · 17–25"


@pytest.mark.parametrize(
    "wait, words, spoken",
    [
        (None, "–", "nobody can say how long"),
        (0, "soon", "soon"),
        (18, "±18 min", "about 18 min"),
        (65, "±1 h 5 min", "about 1 h 5 min"),
    ],
)
def test_how_long_it_waits(wait: int | None, words: str, spoken: str) -> None:
    assert (wait_words(wait), wait_spoken(wait)) == (words, spoken)


def test_where_it_is_called_to() -> None:
    called = ticket(7, called_to=pc(3))
    assert call_words(called, {"pc3": "PC 3"}) == "A-07 → PC 3"
    assert call_words(called, {}) == "A-07 → –"
