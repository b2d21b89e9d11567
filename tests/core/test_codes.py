"""The code lists: slugs that never change, labels for every one of them."""

from __future__ import annotations

from enum import StrEnum

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perpudesk.core import codes
from perpudesk.core.codes import (
    DESK_AGE_SET,
    FULL_AGE_SET,
    GROWING_LISTS,
    UNKNOWN,
    AgeBand,
    age_label,
    age_name,
    age_words,
    band_in_set,
    label,
)
from perpudesk.core.i18n import speaking

CLOSED = [
    member
    for kind in vars(codes).values()
    if isinstance(kind, type) and issubclass(kind, StrEnum) and kind is not StrEnum
    for member in kind
]
BANDS = st.builds(
    lambda low, length: AgeBand(low, None if length is None else low + length),
    st.integers(0, 110),
    st.none() | st.integers(0, 30),
)


@pytest.mark.parametrize("code", CLOSED, ids=lambda code: f"{type(code).__name__}.{code.name}")
def test_every_code_has_a_label_in_both_languages(code: StrEnum) -> None:
    assert label(code)
    with speaking("en"):
        assert label(code)


def test_slugs_are_plain_and_lists_know_what_is_not_recorded() -> None:
    for slugs in GROWING_LISTS.values():
        assert UNKNOWN in slugs
        assert all(slug.replace("_", "").isalnum() and slug.isascii() for slug in slugs)


@given(band=BANDS)
def test_a_band_is_read_back_from_its_slug(band: AgeBand) -> None:
    assert AgeBand.parse(band.slug) == band


@given(inner=BANDS, outer=BANDS)
def test_nesting_means_every_age_of_one_is_of_the_other(inner: AgeBand, outer: AgeBand) -> None:
    ages = range(200)
    nested = all(outer.holds(age) for age in ages if inner.holds(age))
    assert inner.nests_in(outer) == nested


@pytest.mark.parametrize("bands", [DESK_AGE_SET, FULL_AGE_SET])
def test_every_age_is_in_exactly_one_band_of_a_set(bands: tuple[AgeBand, ...]) -> None:
    for years in range(131):
        assert sum(band.holds(years) for band in bands) == 1


@pytest.mark.parametrize(
    "years,band,in_desk",
    [
        (None, None, "unknown"),
        (0, None, "0-11"),
        (17, None, "17-25"),
        (46, None, "46+"),
        (130, None, "46+"),
        (-1, None, "unknown"),
        (None, "17-25", "17-25"),
        (None, "6-11", "0-11"),
        (None, "56-65", "46+"),
        (None, "66+", "46+"),
        (None, "5-20", "5-20"),
        (None, "40+", "40+"),
        (30, "0-11", "26-45"),
    ],
)
def test_where_a_visitor_stands_in_a_set(years: int | None, band: str | None, in_desk: str) -> None:
    assert band_in_set(years, band, DESK_AGE_SET) == in_desk


def test_bands_are_printed_with_a_dash_and_named_in_a_word() -> None:
    with speaking("en"):
        assert age_label("17-25") == "17–25"
        assert age_label("46+") == "46+"
        assert age_label(UNKNOWN) == "Not recorded"
        assert age_name("17-25") == "young adults"
        assert age_name("26-35") == ""
        assert age_words("17-25") == "17–25 · young adults"
        assert age_words("26-35") == "26–35"
        assert age_name(UNKNOWN) == "not recorded"
