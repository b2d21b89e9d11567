"""Invented days at the desk: taps, members, a class now and then."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from perpudesk.branch.model import ServiceDay
from perpudesk.core.codes import (
    DESK_AGE_SET,
    ClosedReason,
    DayState,
    Method,
    Precision,
    Sex,
    VisitorType,
)
from perpudesk.core.times import FixedClock, utc_text
from perpudesk.demo.chance import choose
from perpudesk.desk import Desk
from perpudesk.patrons.model import Patron, Profile
from perpudesk.visits.model import Moment, Part, VisitDraft

_ZONE = ZoneInfo("Asia/Jakarta")
_SCHOOLS = ("SDN 2 Raja", "SMPN 1 Arut Selatan", "MTs Al-Hidayah", "TK Pembina", "SMAN 3 Pangkalan")
_PURPOSES = {"reading": 40, "loan": 22, "computer": 18, "study": 14, "other": 4, "meeting": 2}
_HOURS = {8: 14, 9: 22, 10: 20, 11: 13, 12: 6, 13: 12, 14: 13}
_WEEKDAYS = {0: 1.0, 1: 1.05, 2: 1.1, 3: 1.15, 4: 0.65}


def make_visits(
    desk: Desk, chance: random.Random, people: list[Patron], clock: FixedClock, until: date
) -> int:
    """Visits up to `until`; how many records."""
    day, total, holidays = clock.now().date(), 0, desk.branch.holidays()
    with desk.store.writing():
        while day <= until:
            weight = _WEEKDAYS.get(day.weekday(), 0.0)
            if weight and day not in holidays:
                clock.moment = datetime.combine(day, time(8), UTC)
                total += _record_day(desk, chance, people, day, weight)
            day += timedelta(days=1)
    return total


def _record_day(
    desk: Desk, chance: random.Random, people: list[Patron], day: date, weight: float
) -> int:
    """A day at the desk; now and then the power fails, or nobody can come."""
    fate = chance.random()
    if fate < 0.012:
        reason = chance.choice((ClosedReason.POWER, ClosedReason.NO_STAFF))
        desk.branch.set_day(ServiceDay(date=day, state=DayState.CLOSED, reason=reason))
        return 0
    if fate < 0.03:
        desk.branch.set_day(ServiceDay(date=day, state=DayState.ESTIMATED, note="Listrik padam"))
        guess = VisitDraft(count=int(80 * weight), method=Method.ESTIMATED)
        moment = Moment(local_date=day, local_hour=None, occurred_at=None, precision=Precision.DAY)
        return desk.visits.record_many([(guess, moment)])
    season = 1.25 if day.month in (1, 8, 10, 11) else 0.8 if day.month in (6, 7) else 1.0
    growth = 1 + 0.002 * ((day - date(2015, 1, 1)).days / 30)
    count = max(3, int(chance.gauss(72 * weight * season * growth, 9)))
    drafts = sorted(
        (_visit(chance, people, day) for _ in range(count)),
        key=lambda pair: pair[1].occurred_at or "",
    )
    return desk.visits.record_many(drafts)


def _visit(chance: random.Random, people: list[Patron], day: date) -> tuple[VisitDraft, Moment]:
    hour = choose(chance, _HOURS)
    local = datetime.combine(day, time(hour, chance.randrange(60), chance.randrange(60)), _ZONE)
    moment = Moment(
        local_date=day,
        local_hour=hour,
        occurred_at=utc_text(local),
        precision=Precision.TIME,
    )
    kind = chance.random()
    purpose = choose(chance, _PURPOSES)
    if kind < 0.2:
        patron = chance.choice(people)
        return (
            VisitDraft(
                profile=patron.profile(day),
                purpose=purpose,
                type=VisitorType.MEMBER,
                patron_id=patron.id,
            ),
            moment,
        )
    if kind < 0.206:
        return _group(chance), moment
    sex = choose(chance, {Sex.FEMALE: 53, Sex.MALE: 44, Sex.UNKNOWN: 3})
    band = chance.choices([*DESK_AGE_SET, None], (14, 18, 30, 24, 11, 3))[0]
    profile = Profile(sex=sex, age_band=band.slug if band else None)
    return VisitDraft(profile=profile, purpose=purpose), moment


def _group(chance: random.Random) -> VisitDraft:
    girls, boys = chance.randint(5, 16), chance.randint(4, 15)
    return VisitDraft(
        type=VisitorType.GROUP,
        count=girls + boys + chance.randint(0, 3),
        purpose="reading",
        institution=chance.choice(_SCHOOLS),
        parts=(
            Part(sex=Sex.FEMALE, age_band="0-11", count=girls),
            Part(sex=Sex.MALE, age_band="0-11", count=boys),
        ),
    )
