"""What is kept of a person, and what is refused."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date

import pytest

from perpudesk.core.codes import DESK_AGE_SET, UNKNOWN, Sex, VisitorType
from perpudesk.core.errors import InputError
from perpudesk.patrons.model import (
    LIMITS,
    OLDEST,
    Patron,
    PatronDraft,
    Profile,
    admit,
    is_minor,
)

TODAY = date(2026, 11, 23)
SITI = PatronDraft(name="Siti")


def patron_of(draft: PatronDraft) -> Patron:
    told = {each.name: getattr(draft, each.name) for each in fields(draft)}
    return Patron(id="p", registered_on=TODAY, **told)


def test_nothing_is_asked_that_the_law_or_decency_forbids() -> None:
    kept = {each.name for each in fields(Patron)}
    assert kept == {
        "id", "name", "member_number", "sex", "birth_year", "age_band", "occupation", "education",
        "village", "contact", "guardian_consent", "registered_on", "note",
    }  # fmt: skip


def test_a_draft_is_tidied() -> None:
    tidy = admit(
        PatronDraft(
            name="  Siti Aminah ", member_number=" ", village="Kumpai\u0301", birth_year=1990,
            age_band="26-45",
        ),
        today=TODAY,
    )  # fmt: skip
    assert (tidy.name, tidy.member_number, tidy.village) == ("Siti Aminah", None, "Kumpa\u00ed")
    assert (tidy.birth_year, tidy.age_band) == (1990, None)
    assert admit(tidy, today=TODAY) == tidy


@pytest.mark.parametrize("name", ["Fajar", "Siti Aminah", "佐藤", "محمد", "😀", "A" * 200, "O'"])
def test_names_of_every_kind_are_taken(name: str) -> None:
    assert admit(PatronDraft(name=name), today=TODAY).name == name


@pytest.mark.parametrize(
    "draft, field, code",
    [
        (replace(SITI, name=" "), "name", "patron_name_missing"),
        (replace(SITI, name="x" * 10_000), "name", "text_too_long"),
        (replace(SITI, name="a\x00b"), "name", "text_unprintable"),
        (replace(SITI, name="a\ud800"), "name", "text_unprintable"),
        (replace(SITI, birth_year=2027), "birth_year", "bad_birth_year"),
        (replace(SITI, birth_year=TODAY.year - OLDEST - 1), "birth_year", "bad_birth_year"),
        (replace(SITI, birth_year=10**9), "birth_year", "bad_birth_year"),
        (replace(SITI, birth_year=2009), "guardian_consent", "consent_needed"),
        (replace(SITI, age_band="12-16"), "guardian_consent", "consent_needed"),
    ],
)
def test_what_is_refused_says_where_and_why(draft: PatronDraft, field: str, code: str) -> None:
    with pytest.raises(InputError) as refused:
        admit(draft, today=TODAY)
    assert (refused.value.field, refused.value.code) == (field, code)
    assert refused.value.sentence()


@pytest.mark.parametrize("field", sorted(LIMITS))
def test_every_text_has_its_limit(field: str) -> None:
    longest = "x" * LIMITS[field]
    assert getattr(admit(replace(SITI, **{field: longest}), today=TODAY), field) == longest
    with pytest.raises(InputError) as refused:
        admit(replace(SITI, **{field: f"{longest}x"}), today=TODAY)
    assert refused.value.field == field


@pytest.mark.parametrize(
    "draft, minor",
    [
        (SITI, False),
        (replace(SITI, birth_year=2009), True),
        (replace(SITI, birth_year=2008), False),
        (replace(SITI, age_band="0-11"), True),
        (replace(SITI, age_band="12-16"), True),
        (replace(SITI, age_band="17-25"), False),
        (replace(SITI, age_band="46+"), False),
    ],
)
def test_who_is_under_18(draft: PatronDraft, minor: bool) -> None:
    assert is_minor(draft, today=TODAY) is minor
    assert admit(replace(draft, guardian_consent=True), today=TODAY).guardian_consent


def test_a_profile_is_frozen_from_the_day_of_the_record() -> None:
    patron = patron_of(
        replace(SITI, sex=Sex.FEMALE, birth_year=1990, occupation="farmer", education="sma")
    )
    assert patron.profile(TODAY) == Profile(
        sex=Sex.FEMALE, age_years=36, occupation="farmer", education="sma"
    )
    assert patron.profile(date(2016, 1, 1)).age_years == 26
    assert patron.profile(date(1980, 1, 1)).age_years is None


def test_a_band_counts_only_where_no_year_is_known() -> None:
    assert patron_of(replace(SITI, age_band="46+")).profile(TODAY).age_band == "46+"
    assert patron_of(SITI).profile(TODAY) == Profile()


def test_a_profile_stands_in_a_set_of_bands() -> None:
    assert Profile(age_years=36).band(DESK_AGE_SET) == "26-45"
    assert Profile(age_band="36-45").band(DESK_AGE_SET) == "26-45"
    assert Profile().band(DESK_AGE_SET) == UNKNOWN


def test_a_member_has_a_number_now() -> None:
    assert patron_of(SITI).visitor_type is VisitorType.NON_MEMBER
    assert patron_of(replace(SITI, member_number="A1")).visitor_type is VisitorType.MEMBER


def test_a_patron_is_edited_as_it_was_typed() -> None:
    draft = replace(SITI, member_number="A1", age_band="46+", note="-", contact="08")
    assert patron_of(draft).draft() == draft
