"""How a patron is told in a list and on a card."""

from __future__ import annotations

from datetime import date

from perpudesk.core.codes import UNKNOWN, Sex, age_label, label
from perpudesk.core.formats import NOTHING, number
from perpudesk.patrons.model import Patron


def sex_words(patron: Patron) -> str:
    """The sex, or nothing where it was not recorded."""
    return NOTHING if patron.sex is Sex.UNKNOWN else label(patron.sex)


def age_words(patron: Patron, today: date) -> str:
    """Years when they are known, else the age group, else nothing."""
    profile = patron.profile(today)
    if profile.age_years is not None:
        return number(profile.age_years)
    return NOTHING if profile.age_band in (None, UNKNOWN) else age_label(str(profile.age_band))
