"""Communities, without a file."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from perpudesk.communities.model import (
    Community,
    CommunityDraft,
    Decision,
    DecisionDraft,
    Members,
    activity_of,
    admit_community,
    admit_decision,
    admit_members,
    clean_lines,
    founded_of,
)
from perpudesk.core.errors import InputError

TODAY = date(2026, 11, 23)
CLUB = CommunityDraft(name="Klub TI")


@pytest.mark.parametrize(
    "text, kept",
    [
        ("", None),
        (None, None),
        ("2019", "2019"),
        ("2019-3", "2019-03"),
        ("2019-03-07", "2019-03-07"),
        ("3-2019", "2019-03"),
        ("03/2019", "2019-03"),
        ("7-3-2019", "2019-03-07"),
        ("17.08.1945", "1945-08-17"),
    ],
)
def test_a_founding_is_kept_as_exactly_as_known(text: str | None, kept: str | None) -> None:
    assert founded_of(text, today=TODAY) == kept


@pytest.mark.parametrize(
    "text", ["dulu", "2019-13", "31-02-2019", "2027", "12-2026", "1-12-2026", "0999", "1850"]
)
def test_a_founding_that_cannot_be_is_refused(text: str) -> None:
    with pytest.raises(InputError) as refused:
        founded_of(text, today=TODAY)
    assert refused.value.field == "founded"


@pytest.mark.parametrize(
    "change, field",
    [
        ({"name": " "}, "name"),
        ({"name": "Klub\nTI"}, "name"),
        ({"ended_on": date(2026, 12, 1)}, "ended_on"),
        ({"founded": "2019-03", "ended_on": date(2019, 2, 28)}, "ended_on"),
        ({"note": "x" * 501}, "note"),
    ],
)
def test_a_community_that_cannot_be_is_refused(change: dict[str, object], field: str) -> None:
    with pytest.raises(InputError) as refused:
        admit_community(replace(CLUB, **change), today=TODAY)  # type: ignore[arg-type]
    assert refused.value.field == field


def test_it_may_end_in_the_year_it_was_founded() -> None:
    given = replace(CLUB, founded="2019", ended_on=date(2019, 1, 1))
    assert admit_community(given, today=TODAY).ended_on == date(2019, 1, 1)


@pytest.mark.parametrize(
    "given, field",
    [
        (Members(day=date(2026, 12, 1)), "day"),
        (Members(day=TODAY, female=-1), "female"),
        (Members(day=TODAY, male=100_000), "male"),
    ],
)
def test_members_that_cannot_be_are_refused(given: Members, field: str) -> None:
    with pytest.raises(InputError) as refused:
        admit_members(given, today=TODAY)
    assert refused.value.field == field


def test_members_add_up() -> None:
    given = Members(day=TODAY, female=12, male=7, unknown=1)
    assert admit_members(given, today=TODAY).total == 20


@pytest.mark.parametrize(
    "change, field",
    [
        ({"text": ""}, "text"),
        ({"due_on": date(1944, 1, 1)}, "due_on"),
        ({"due_on": date(2066, 1, 1)}, "due_on"),
        ({"due_on": date(2026, 11, 8)}, "due_on"),
        ({"done_on": date(2026, 12, 1)}, "done_on"),
        ({"done_on": date(2026, 11, 8)}, "done_on"),
    ],
)
def test_a_decision_that_cannot_be_is_refused(change: dict[str, object], field: str) -> None:
    draft = replace(DecisionDraft(text="Membeli rak"), **change)  # type: ignore[arg-type]
    with pytest.raises(InputError) as refused:
        admit_decision(draft, met=date(2026, 11, 9), today=TODAY)
    assert refused.value.field == field


def test_an_owner_is_somebody_or_an_office() -> None:
    given = DecisionDraft(
        text="Membeli rak",
        owner_office=" Kepala Desa ",
        due_on=date(2026, 12, 1),
        done_on=TODAY,
    )
    tidy = admit_decision(given, met=TODAY, today=TODAY)
    assert tidy.owner_office == "Kepala Desa"
    named = admit_decision(replace(given, owner_id="p"), met=TODAY, today=TODAY)
    assert named.owner_office is None


def test_a_decision_is_overdue_after_its_day() -> None:
    decision = Decision(
        id="d",
        meeting_id="m",
        met_on=TODAY,
        meeting="Rapat",
        text="x",
        owner_id=None,
        owner_office=None,
        owner=None,
        due_on=TODAY,
        done_on=None,
        note=None,
    )
    assert not decision.overdue(TODAY)
    assert decision.overdue(date(2026, 11, 24))
    assert not replace(decision, due_on=None).overdue(date(2027, 1, 1))
    assert not replace(decision, done_on=TODAY).overdue(date(2027, 1, 1))
    assert decision.draft().due_on == TODAY


def test_a_result_has_lines() -> None:
    assert clean_lines(" a \n\n b\n", "result", most=9) == "a\n\nb"
    assert clean_lines(None, "result", most=9) is None
    with pytest.raises(InputError):
        clean_lines("12345\n12345", "result", most=9)


def _community(ended: date | None = None) -> Community:
    return Community(
        id="c",
        name="Klub TI",
        field="it",
        contact_id=None,
        contact=None,
        founded=None,
        born_here=None,
        ended_on=ended,
        note=None,
        members=None,
        batch_id=None,
    )


def test_activity_is_of_the_last_twelve_months() -> None:
    held = [(date(2026, 11, 1), 9), (date(2025, 12, 1), 3), (date(2025, 11, 30), 1)]
    found = activity_of(_community(), held, today=TODAY, dormant_after=6)
    assert found.months == (1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1)
    assert (found.last, found.people, found.dormant) == (date(2026, 11, 1), 9, False)


@pytest.mark.parametrize(
    "last, ended, dormant",
    [
        (date(2026, 5, 31), None, False),
        (date(2026, 4, 30), None, True),
        (None, None, True),
        (None, TODAY, False),
    ],
)
def test_a_community_that_is_quiet_is_dormant(
    last: date | None, ended: date | None, dormant: bool
) -> None:
    held = [] if last is None else [(last, None)]
    found = activity_of(_community(ended), held, today=TODAY, dormant_after=6)
    assert found.dormant is dormant
