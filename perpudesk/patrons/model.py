"""Profiles and patrons: what is kept of a person, and the rules over it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, NamedTuple

from perpudesk.branch.checks import clean
from perpudesk.core.codes import AGE_SLUGS, UNKNOWN, AgeBand, Sex, VisitorType, band_in_set
from perpudesk.core.errors import InputError, Problem

PATRON_NAME_MISSING = Problem(
    "patron_name_missing", "The name is empty. Type the name, one word is enough."
)
BAD_BIRTH_YEAR = Problem(
    "bad_birth_year",
    "The year of birth must be from {low} to {high}. Type four digits, or leave it empty.",
)
BAD_YEARS = Problem(
    "age_out_of_range",
    "The age must be a whole number from 0 to {most}. Type it again or leave it empty.",
)
BAD_BAND = Problem("bad_band", "“{text}” is not an age group. Choose one from the list.")
CONSENT_NEEDED = Problem(
    "consent_needed",
    "Someone under 18 is kept by name only with a guardian's consent. Tick the consent, or record "
    "the visit without a name.",
)
NUMBER_TAKEN = Problem(
    "number_taken", "The member number {number} already belongs to {name}. Check the card."
)

ERASED = Problem("patron_erased", "This person was erased for good. Register them anew.")
NOT_TWO = Problem("not_two_patrons", "Choose two people who are both still on the list.")

LIMITS = {"name": 200, "member_number": 60, "village": 120, "contact": 120, "note": 500}
ERASED_NAME = "–"
"""In the place of a name that was erased."""
SHORTEST_CARD = 3
"""A card with fewer characters cannot be told from fingers on the keyboard (look.md)."""
ADULT = 18
OLDEST = 130


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """What a record says of a visitor without saying who it was; frozen into the record.

    Years when known, else a band as it was tapped, else neither (domain.md, age).
    """

    sex: Sex = Sex.UNKNOWN
    age_years: int | None = None
    age_band: str | None = None
    occupation: str = UNKNOWN
    education: str = UNKNOWN

    def band(self, bands: tuple[AgeBand, ...]) -> str:
        """Where this profile stands in a set of age bands."""
        return band_in_set(self.age_years, self.age_band, bands)

    def columns(self) -> dict[str, Any]:
        """What is frozen of it into a record, by column."""
        return {
            "sex": str(self.sex),
            "age_years": self.age_years,
            "age_band": self.age_band,
            "occupation": self.occupation,
            "education": self.education,
        }

    @classmethod
    def of(cls, row: Mapping[str, Any]) -> Profile:
        """What was frozen into a record, from its row."""
        return cls(
            sex=Sex(row["sex"]),
            age_years=row["age_years"],
            age_band=row["age_band"],
            occupation=row["occupation"],
            education=row["education"],
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class PatronDraft:
    """A patron as typed."""

    name: str
    member_number: str | None = None
    sex: Sex = Sex.UNKNOWN
    birth_year: int | None = None
    age_band: str | None = None
    occupation: str = UNKNOWN
    education: str = UNKNOWN
    village: str | None = None
    contact: str | None = None
    guardian_consent: bool = False
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Patron:
    """Someone known by name; names live here only."""

    id: str
    name: str
    member_number: str | None
    sex: Sex
    birth_year: int | None
    age_band: str | None
    occupation: str
    education: str
    village: str | None
    contact: str | None
    guardian_consent: bool
    registered_on: date
    note: str | None

    @property
    def erased(self) -> bool:
        """Whether everything that was kept of them is gone for good."""
        return self.name == ERASED_NAME

    def profile(self, on: date) -> Profile:
        """The profile that a record of the day `on` freezes."""
        years = None if self.birth_year is None else age_on(self.birth_year, on)
        known = years is not None and 0 <= years <= OLDEST
        return Profile(
            sex=self.sex,
            age_years=years if known else None,
            age_band=None if known else self.age_band,
            occupation=self.occupation,
            education=self.education,
        )

    @property
    def visitor_type(self) -> VisitorType:
        """Member if there is a member number now."""
        return VisitorType.MEMBER if self.member_number else VisitorType.NON_MEMBER

    def draft(self) -> PatronDraft:
        """The patron as it would be typed, for editing."""
        return PatronDraft(
            name=self.name,
            member_number=self.member_number,
            sex=self.sex,
            birth_year=self.birth_year,
            age_band=self.age_band,
            occupation=self.occupation,
            education=self.education,
            village=self.village,
            contact=self.contact,
            guardian_consent=self.guardian_consent,
            note=self.note,
        )


class ImportedPatron(NamedTuple):
    """Somebody whom a file names, under the id that the member number or the row gives."""

    id: str
    name: str
    member_number: str | None
    registered_on: str
    sex: str = UNKNOWN
    birth_year: int | None = None
    occupation: str = UNKNOWN
    education: str = UNKNOWN
    village: str | None = None
    contact: str | None = None
    guardian_consent: int = 0
    note: str | None = None


def age_on(birth_year: int, day: date) -> int:
    """The age that a record of that day has: the year of it less the year of birth.

    A day and month of birth are more than a count needs (ours).
    """
    return day.year - birth_year


def admit(draft: PatronDraft, *, today: date) -> PatronDraft:
    """The draft as it may be stored; raises `InputError` on the first field that is refused.

    By name under 18 only with a guardian's consent (UU 27/2022, domain.md, People's data); a card
    number that stands for the name tells nobody who it is.
    """
    tidy = replace(
        draft,
        name=clean(draft.name, "name", most=LIMITS["name"]) or "",
        member_number=clean(draft.member_number, "member_number", most=LIMITS["member_number"]),
        village=clean(draft.village, "village", most=LIMITS["village"]),
        contact=clean(draft.contact, "contact", most=LIMITS["contact"]),
        note=clean(draft.note, "note", most=LIMITS["note"]),
        age_band=check_band(None if draft.birth_year is not None else draft.age_band),
    )
    if not tidy.name or tidy.name == ERASED_NAME:
        raise InputError(PATRON_NAME_MISSING, field="name")
    low, high = today.year - OLDEST, today.year
    if tidy.birth_year is not None and not low <= tidy.birth_year <= high:
        raise InputError(BAD_BIRTH_YEAR, field="birth_year", low=low, high=high)
    named = tidy.name != tidy.member_number
    if named and is_minor(tidy, today=today) and not tidy.guardian_consent:
        raise InputError(CONSENT_NEEDED, field="guardian_consent")
    return tidy


def check_profile(profile: Profile) -> Profile:
    """The profile as it may be kept: known years leave no room for a band beside them."""
    years = profile.age_years
    if years is None:
        return replace(profile, age_band=check_band(profile.age_band))
    if type(years) is not int or not 0 <= years <= OLDEST:
        raise InputError(BAD_YEARS, field="age_years", most=OLDEST)
    return replace(profile, age_band=None)


def check_band(slug: str | None, *, field: str = "age_band") -> str | None:
    """An age band of one of the sets, or None."""
    if slug is not None and slug not in AGE_SLUGS:
        raise InputError(BAD_BAND, field=field, text=slug[:20])
    return slug


def is_minor(draft: PatronDraft, *, today: date) -> bool:
    """Whether the draft is of someone who is surely, or by band, under 18."""
    if draft.birth_year is not None:
        return age_on(draft.birth_year, today) < ADULT
    if draft.age_band is None:
        return False
    upper = AgeBand.parse(draft.age_band).upper
    return upper is not None and upper < ADULT
