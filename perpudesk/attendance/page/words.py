"""How participants and marks are told on the screen."""

from __future__ import annotations

from collections.abc import Mapping

from perpudesk.attendance.model import Participant
from perpudesk.core.codes import UNKNOWN, ListStatus, Sex
from perpudesk.core.formats import number
from perpudesk.core.i18n import tr, trc
from perpudesk.patrons.model import Profile
from perpudesk.visits.form.words import age_words, sex_short

_SIGNS = {True: "✓", False: "–", None: "·"}
_TONES = {True: "ok", False: "error", None: "neutral"}


def name_words(who: Participant) -> str:
    """The name, or which of those without one it is; where somebody is not on the list, so."""
    name = who.name or tr("Participant {n}", n=number(who.number))
    told = {
        ListStatus.WAITING: tr("waits for a place"),
        ListStatus.WITHDRAWN: tr("withdrawn"),
    }.get(who.status, "")
    return f"{name} · {told}" if told else name


def profile_words(profile: Profile, occupations: Mapping[str, str]) -> str:
    """`P · 34 · UMKM`, as far as it is recorded."""
    known = profile.age_years is not None or profile.age_band is not None
    years = profile.age_years
    parts = [
        sex_short(profile.sex) if profile.sex is not Sex.UNKNOWN else "",
        (number(years) if years is not None else age_words(profile)) if known else "",
        occupations.get(profile.occupation, "") if profile.occupation != UNKNOWN else "",
    ]
    return " · ".join(filter(None, parts))


def sign(present: bool | None) -> str:
    """`✓` there, `–` not there, `·` nobody looked."""
    return _SIGNS[present]


def tone(present: bool | None) -> str:
    """The state that colours it."""
    return _TONES[present]


def said(present: bool | None) -> str:
    """The same in words."""
    if present is None:
        return trc("mark", "not taken")
    return trc("mark", "present") if present else trc("mark", "absent")
