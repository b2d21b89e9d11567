"""The program's records, without a file."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from perpudesk.core.codes import AdvocacyKind, Channel, Funding
from perpudesk.core.errors import InputError
from perpudesk.program.model import (
    AdvocacyAction,
    MediaItem,
    Partner,
    Story,
    YearMoney,
    admit_action,
    admit_media,
    admit_partner,
    admit_story,
    check_year,
    growth,
    missing_years,
    rising_since,
)

TODAY = date(2026, 11, 23)
TELKOM = Partner(name="Telkom", from_on=date(2026, 1, 1), until_on=date(2026, 12, 31))
AUDIENCE = AdvocacyAction(day=TODAY, kind=AdvocacyKind.AUDIENCE, institution="Bupati")
NEWS = MediaItem(day=TODAY, channel=Channel.NEWSPAPER, title="Perpustakaan ramai")
STORY = Story(
    day=TODAY,
    title="Dari kursus ke usaha",
    before="Menganggur",
    helped="Ikut pelatihan",
    after="Punya toko daring",
)


@pytest.mark.parametrize(
    "change, field",
    [
        ({"name": ""}, "name"),
        ({"name": "Telkom\nGroup"}, "name"),
        ({"until_on": date(2025, 12, 31)}, "until_on"),
        ({"mou_number": "x" * 121}, "mou_number"),
        ({"support": "x" * 501}, "support"),
    ],
)
def test_a_partner_that_cannot_be_is_refused(change: dict[str, object], field: str) -> None:
    with pytest.raises(InputError) as refused:
        admit_partner(replace(TELKOM, **change), today=TODAY)  # type: ignore[arg-type]
    assert refused.value.field == field


def test_a_partner_is_valid_in_its_days() -> None:
    assert TELKOM.valid_on(date(2026, 1, 1))
    assert not TELKOM.valid_on(date(2025, 12, 31))
    assert not TELKOM.valid_on(date(2027, 1, 1))
    open_end = replace(TELKOM, until_on=None, from_on=None)
    assert open_end.valid_on(date(1990, 1, 1))
    assert TELKOM.ends_soon(TODAY)
    assert not TELKOM.ends_soon(date(2026, 6, 1))
    assert not TELKOM.ends_soon(date(2027, 1, 1))
    assert not open_end.ends_soon(TODAY)


def test_a_partner_without_a_first_day_is_one_from_today_on() -> None:
    assert admit_partner(replace(TELKOM, from_on=None), today=TODAY).from_on == TODAY
    over = replace(TELKOM, from_on=None, until_on=date(2020, 5, 5))
    assert admit_partner(over, today=TODAY).from_on == date(2020, 5, 5)


@pytest.mark.parametrize(
    "change, field",
    [
        ({"day": date(2026, 12, 1)}, "day"),
        ({"institution": " "}, "institution"),
        ({"year": 26}, "year"),
        ({"year": 2028}, "year"),
        ({"amount": 10**15}, "amount"),
        ({"amount": -1}, "amount"),
    ],
)
def test_an_action_that_cannot_be_is_refused(change: dict[str, object], field: str) -> None:
    with pytest.raises(InputError) as refused:
        admit_action(replace(AUDIENCE, **change), today=TODAY)  # type: ignore[arg-type]
    assert refused.value.field == field


def test_an_action_is_tidied() -> None:
    tidy = admit_action(replace(AUDIENCE, result="Setuju.\nTahun depan.", year=2027), today=TODAY)
    assert tidy.result == "Setuju.\nTahun depan."
    assert check_year(1945, today=TODAY) == 1945


@pytest.mark.parametrize(
    "change, field",
    [({"title": "a\nb"}, "title"), ({"title": " "}, "title"), ({"day": date(1900, 1, 1)}, "day")],
)
def test_an_item_that_cannot_be_is_refused(change: dict[str, object], field: str) -> None:
    with pytest.raises(InputError) as refused:
        admit_media(replace(NEWS, **change), today=TODAY)  # type: ignore[arg-type]
    assert refused.value.field == field
    assert admit_media(NEWS, today=TODAY) == NEWS


@pytest.mark.parametrize(
    "change, field",
    [
        ({"title": ""}, "title"),
        ({"day": date(2026, 12, 1)}, "day"),
        ({"consent_on": date(2026, 12, 1)}, "consent_on"),
        ({"named": True}, "person_id"),
        ({"named": True, "person_id": "p"}, "consent_on"),
        ({"verified_on": TODAY}, "consent_on"),
        ({"verified_on": date(2026, 12, 1), "consent_on": TODAY}, "verified_on"),
        ({"verified_on": date(2026, 11, 1), "consent_on": TODAY}, "verified_on"),
        ({"verified_on": TODAY, "consent_on": TODAY, "after": " "}, "after"),
        ({"before": "x" * 4001}, "before"),
    ],
)
def test_a_story_that_cannot_be_is_refused(change: dict[str, object], field: str) -> None:
    with pytest.raises(InputError) as refused:
        admit_story(replace(STORY, **change), today=TODAY)  # type: ignore[arg-type]
    assert refused.value.field == field


def test_a_story_counts_when_it_is_verified_and_may_leave_with_consent() -> None:
    draft = admit_story(STORY, today=TODAY)
    assert (draft.may_leave, draft.counts) == (False, False)
    agreed = admit_story(replace(STORY, consent_on=TODAY), today=TODAY)
    assert (agreed.may_leave, agreed.counts) == (True, False)
    verified = admit_story(replace(agreed, verified_on=TODAY), today=TODAY)
    assert verified.counts


def _money(**years: int) -> list[YearMoney]:
    return [
        YearMoney(year=int(year[1:]), by_source={Funding.APBD: amount})
        for year, amount in years.items()
    ]


def test_growth_is_over_the_year_before() -> None:
    before, now = _money(y2025=200, y2026=300)
    assert growth(now, before) == 0.5
    assert growth(None, before) is None
    assert growth(now, None) is None
    assert growth(now, _money(y2025=0)[0]) is None


@pytest.mark.parametrize(
    "years, run, missing",
    [
        ({}, None, []),
        ({"y2026": 1}, None, []),
        ({"y2024": 1, "y2025": 2, "y2026": 3}, (2024, 2026), []),
        ({"y2023": 9, "y2024": 1, "y2025": 2}, (2024, 2025), []),
        ({"y2022": 1, "y2024": 2, "y2025": 3}, (2024, 2025), [2023]),
        ({"y2025": 3, "y2026": 3}, None, []),
    ],
)
def test_a_budget_rises_year_by_year(
    years: dict[str, int], run: tuple[int, int] | None, missing: list[int]
) -> None:
    assert rising_since(_money(**years)) == run
    assert missing_years(_money(**years)) == missing
