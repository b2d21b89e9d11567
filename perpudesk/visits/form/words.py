"""How a visit is told in one line."""

from __future__ import annotations

from datetime import date, tzinfo

from perpudesk.core.codes import UNKNOWN, Sex, VisitorType, age_label, label
from perpudesk.core.formats import NOTHING, clock_text, number
from perpudesk.core.i18n import tr, trc
from perpudesk.patrons.model import Patron, Profile
from perpudesk.visits.model import Visit


def sex_short(sex: Sex) -> str:
    """One letter for the sex, `?` where it was not recorded."""
    if sex is Sex.UNKNOWN:
        return "?"
    return trc("sex", "F") if sex is Sex.FEMALE else trc("sex", "M")


def age_words(profile: Profile) -> str:
    """Years when they are known, else the age group, else `?`."""
    if profile.age_years is not None:
        return tr("{years} y", years=profile.age_years)
    return age_label(profile.age_band) if profile.age_band else "?"


def who(visit: Visit) -> str:
    """Whom a visit is of: a name, a group, or `P · 17–25`."""
    if visit.patron_name:
        return visit.patron_name
    if visit.type is VisitorType.GROUP:
        return visit.institution or visit.leader_name or label(VisitorType.GROUP)
    return profile_short(visit.profile)


def profile_short(profile: Profile) -> str:
    """`P · 17–25`, or that somebody came."""
    if not _says_anything(profile):
        return tr("Visitor")
    return f"{sex_short(profile.sex)} · {age_words(profile)}"


def _says_anything(profile: Profile) -> bool:
    """Whether sex or age was recorded."""
    known = profile.age_years is not None or profile.age_band is not None
    return known or profile.sex is not Sex.UNKNOWN


def who_spoken(visit: Visit) -> str:
    """The same in whole words."""
    named = visit.patron_name or visit.type is VisitorType.GROUP
    return who(visit) if named else profile_spoken(visit.profile)


def profile_spoken(profile: Profile) -> str:
    """The same in whole words."""
    if not _says_anything(profile):
        return profile_short(profile)
    known = profile.age_years is not None
    age = age_words(profile) if known else age_label(profile.age_band or UNKNOWN)
    return f"{label(profile.sex)} · {age}"


def counted(visit: Visit) -> str:
    """The same with how many there were: `15 × SDN 2 Raja`; one alone is not counted."""
    people = "" if visit.count == 1 else f"{number(visit.count)} × "
    return f"{people}{who_spoken(visit)}"


def time_words(visit: Visit, where: tzinfo) -> str:
    """`09.41`, or nothing where only the day is known."""
    at = visit.moment.clock(where)
    return NOTHING if at is None else clock_text(at)


def about(patron: Patron, today: date) -> str:
    """What tells a patron from another of that name: number, sex, age, village."""
    profile = patron.profile(today)
    sex = "" if profile.sex is Sex.UNKNOWN else sex_short(profile.sex)
    known = profile.age_years is not None or profile.age_band is not None
    parts = (patron.member_number, sex, age_words(profile) if known else "", patron.village)
    return " · ".join(part for part in parts if part)
