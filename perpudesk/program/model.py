"""Partners, advocacy, budgets, media and impact stories, and the rules over them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Generic, TypeVar

from perpudesk.branch.checks import check_day, clean
from perpudesk.communities.model import clean_lines
from perpudesk.core.codes import AdvocacyKind, Channel, Domain, Funding, PartnerKind
from perpudesk.core.errors import InputError, Problem
from perpudesk.core.formats import date_long
from perpudesk.core.money import check_rupiah

PARTNER_MISSING = Problem(
    "partner_missing", "The partner has no name. Type the name of the institution."
)
MOU_BACKWARD = Problem(
    "mou_backward",
    "The agreement would end on {until}, before it began on {start}. Correct one of the two.",
)
INSTITUTION_MISSING = Problem(
    "institution_missing", "The institution is empty. Type with whom or to whom it was."
)
TITLE_NEEDED = Problem("record_title_missing", "The title is empty. Type one.")
BAD_YEAR = Problem("bad_year_of_money", "The year must be from {low} to {high}. Type four digits.")
NO_FILED = Problem("no_filed", "That entry is not here any more. Look at the list again.")
CONSENT_MISSING = Problem(
    "story_without_consent",
    "“{title}” has no consent yet. Record when the person agreed before it is verified or printed.",
)
NAME_WITHOUT_CONSENT = Problem(
    "story_name_without_consent",
    "Somebody is called by name only after they agreed. Record the consent, or use a pseudonym.",
)
NOBODY_NAMED = Problem(
    "story_nobody_named", "Choose the person first, or leave the name out and use a pseudonym."
)
NOTHING_TO_VERIFY = Problem(
    "story_is_empty",
    "The story says nothing yet. Write what it was like before, what the library did and what is "
    "different now.",
)
VERIFIED_EARLY = Problem(
    "story_verified_early", "It cannot be verified before the consent of {date}."
)

TEXT_MOST = 4_000
LINK_MOST = 500
WARN_BEFORE = timedelta(days=60)
"""An agreement that ends sooner than this is warned of (ours)."""
EARLIEST_YEAR = 1945

D = TypeVar("D")


@dataclass(frozen=True, slots=True, kw_only=True)
class Filed(Generic[D]):
    """Something that is kept, and the id under which it is."""

    id: str
    what: D


@dataclass(frozen=True, slots=True, kw_only=True)
class Partner:
    """An institution that works with the library; without a last day it goes on."""

    name: str
    kind: PartnerKind = PartnerKind.OTHER
    mou_number: str | None = None
    from_on: date | None = None
    until_on: date | None = None
    support: str | None = None
    note: str | None = None

    def valid_on(self, day: date) -> bool:
        """Whether the cooperation is in force on a day."""
        begun = self.from_on is None or self.from_on <= day
        return begun and (self.until_on is None or self.until_on >= day)

    def ends_soon(self, day: date) -> bool:
        """Whether it ends within two months of a day."""
        return (
            self.until_on is not None and self.valid_on(day) and self.until_on - day <= WARN_BEFORE
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class AdvocacyAction:
    """What the library did to be seen, heard and paid for."""

    day: date
    kind: AdvocacyKind
    institution: str
    purpose: str | None = None
    result: str | None = None
    amount: int | None = None
    year: int | None = None
    funding: Funding | None = None
    document_number: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MediaItem:
    """Something about the library that was to be read, heard or seen."""

    day: date
    channel: Channel
    title: str
    link: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """What changed for somebody: before, what the library did, after.

    `person_id` is a patron; `named` says that the person agreed to be called by name.
    """

    day: date
    title: str
    person_id: str | None = None
    pseudonym: str | None = None
    named: bool = False
    domain: Domain | None = None
    before: str | None = None
    helped: str | None = None
    after: str | None = None
    evidence: str | None = None
    consent_on: date | None = None
    verified_on: date | None = None
    note: str | None = None

    @property
    def may_leave(self) -> bool:
        """Whether it may be printed or exported."""
        return self.consent_on is not None

    @property
    def counts(self) -> bool:
        """Whether it is counted: verified, and with consent."""
        return self.verified_on is not None and self.may_leave


@dataclass(frozen=True, slots=True, kw_only=True)
class YearMoney:
    """What a year had, by source; None: nobody typed it."""

    year: int
    by_source: Mapping[Funding, int]

    @property
    def total(self) -> int:
        """All sources together."""
        return sum(self.by_source.values())


def admit_partner(partner: Partner, *, today: date) -> Partner:
    """The partner as it may be stored; raises `InputError` on the field that is refused.

    Without a first day it is one from today on, so that no month that is over changes.
    """
    name = clean(partner.name, "name", most=200)
    if name is None:
        raise InputError(PARTNER_MISSING, field="name")
    until = partner.until_on
    start = partner.from_on or min(today, until or today)
    if until is not None and until < start:
        told = {"start": date_long(start), "until": date_long(until)}
        raise InputError(MOU_BACKWARD, field="until_on", **told)
    return replace(
        partner,
        name=name,
        from_on=start,
        mou_number=clean(partner.mou_number, "mou_number", most=120),
        support=clean_lines(partner.support, "support", most=500),
        note=clean(partner.note, "note", most=500),
    )


def admit_action(action: AdvocacyAction, *, today: date) -> AdvocacyAction:
    """The action as it may be stored; raises `InputError` on the field that is refused."""
    check_day(action.day, today=today, field="day")
    institution = clean(action.institution, "institution", most=200)
    if institution is None:
        raise InputError(INSTITUTION_MISSING, field="institution")
    if action.year is not None:
        check_year(action.year, today=today)
    return replace(
        action,
        institution=institution,
        purpose=clean(action.purpose, "purpose", most=500),
        result=clean_lines(action.result, "result", most=TEXT_MOST),
        amount=check_rupiah(action.amount, field="amount"),
        document_number=clean(action.document_number, "document_number", most=120),
        note=clean(action.note, "note", most=500),
    )


def check_year(year: int, *, today: date) -> int:
    """A year of which money is spoken: none before 1945, none after the next one."""
    high = today.year + 1
    if type(year) is not int or not EARLIEST_YEAR <= year <= high:
        raise InputError(BAD_YEAR, field="year", low=EARLIEST_YEAR, high=high)
    return year


def admit_media(item: MediaItem, *, today: date) -> MediaItem:
    """The item as it may be stored; raises `InputError` on the field that is refused."""
    check_day(item.day, today=today, field="day")
    return replace(
        item,
        title=_title(item.title),
        link=clean(item.link, "link", most=LINK_MOST),
        note=clean(item.note, "note", most=500),
    )


def admit_story(story: Story, *, today: date) -> Story:
    """The story as it may be stored; raises `InputError` on the field that is refused.

    Nobody is called by name without having agreed to it.
    """
    check_day(story.day, today=today, field="day")
    if story.consent_on is not None:
        check_day(story.consent_on, today=today, field="consent_on")
    if story.named and story.person_id is None:
        raise InputError(NOBODY_NAMED, field="person_id")
    if story.named and story.consent_on is None:
        raise InputError(NAME_WITHOUT_CONSENT, field="consent_on")
    texts = {
        name: clean_lines(getattr(story, name), name, most=TEXT_MOST)
        for name in ("before", "helped", "after")
    }
    tidy = replace(
        story,
        title=_title(story.title),
        pseudonym=clean(story.pseudonym, "pseudonym", most=80),
        evidence=clean_lines(story.evidence, "evidence", most=1_000),
        note=clean(story.note, "note", most=500),
        before=texts["before"],
        helped=texts["helped"],
        after=texts["after"],
    )
    _check_verified(tidy, today)
    return tidy


def _check_verified(story: Story, today: date) -> None:
    if story.verified_on is None:
        return
    check_day(story.verified_on, today=today, field="verified_on")
    if story.consent_on is None:
        raise InputError(CONSENT_MISSING, field="consent_on", title=story.title)
    if story.verified_on < story.consent_on:
        told = date_long(story.consent_on)
        raise InputError(VERIFIED_EARLY, field="verified_on", date=told)
    if not (story.before and story.helped and story.after):
        raise InputError(NOTHING_TO_VERIFY, field="after")


def _title(text: str) -> str:
    title = clean(text, "title", most=200)
    if title is None:
        raise InputError(TITLE_NEEDED, field="title")
    return title


# ---------------------------------------------------------------- budgets over the years


def growth(now: YearMoney | None, before: YearMoney | None) -> float | None:
    """(now − before) ÷ before; None where either is not known, or before is 0."""
    if now is None or before is None or before.total == 0:
        return None
    return (now.total - before.total) / before.total


def rising_since(years: Sequence[YearMoney]) -> tuple[int, int] | None:
    """The run of years up to the newest in which each had more than the one before, if any.

    From the first to the last year of it; a year that nobody typed ends it. So the program counted
    libraries whose budget "increased every year" (domain.md, published sums).
    """
    known = {each.year: each.total for each in years}
    if not known:
        return None
    last = first = max(known)
    while first - 1 in known and known[first - 1] < known[first]:
        first -= 1
    return (first, last) if first < last else None


def missing_years(years: Sequence[YearMoney]) -> list[int]:
    """Years between the first and the last known of which nothing was typed."""
    known = {each.year for each in years}
    return [
        year for year in range(min(known, default=0), max(known, default=0)) if year not in known
    ]
