"""Invented use of computers: six public ones, sessions one after another, now and then no power."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from perpudesk.computers.booking import ReservationDraft, ReservationKind
from perpudesk.computers.model import SessionDraft, Workstation, WorkstationDraft
from perpudesk.computers.queueing import TicketDraft
from perpudesk.core.codes import DESK_AGE_SET, Condition, DayState, Sex, VisitorType
from perpudesk.core.times import FixedClock
from perpudesk.demo.chance import choose
from perpudesk.desk import Desk
from perpudesk.patrons.model import Patron, Profile

_ZONE = ZoneInfo("Asia/Jakarta")
_PUBLIC = 6
_OPENS, _CLOSES = 8 * 60, 15 * 60
_GAP = 95
"""Minutes that a workstation waits for the next one, on average."""
_PURPOSES = {
    "study": 38,
    "communication": 14,
    "leisure": 14,
    "government": 9,
    "job_search": 8,
    "business": 7,
    "health": 3,
    "unknown": 7,
}


def make_sessions(
    desk: Desk, chance: random.Random, people: list[Patron], clock: FixedClock, until: date
) -> None:
    """Workstations since the clock's day, and their use on each counted day up to `until`."""
    first = clock.now().date()
    places = desk.workstations.add_many(_PUBLIC)
    staff = WorkstationDraft(label="PC Petugas", number=90, is_public=False)
    desk.workstations.add(staff)
    days = [day.date for day in desk.visits.days(first, until) if _was_counted(day.state)]
    clock.moment = datetime.combine(until, time(8), UTC)
    broken = set(_months_without_the_last(desk, places[-1], days))
    for day in days:
        usable = places[:-1] if day in broken else places
        clock.moment = datetime.combine(day, time(8), UTC)
        cut = chance.random() < 0.02
        plan = None if cut else _PLANS.get(day.weekday())
        drafts = [
            draft
            for place in usable
            for draft in _sessions(chance, people, day, place, cut=cut, kept=_kept(place, plan))
        ]
        drafts += _devices(chance, day)
        desk.session_mending.record_many(sorted(drafts, key=_start))
        if cut:
            _power_cut(desk, chance, clock, day, usable)
        if plan is not None:
            plan.happen(desk, chance, clock, day, places)
    clock.moment = datetime.combine(until, time(8), UTC)


def _kept(place: Workstation, plan: _Plan | None) -> range:
    """Which minutes of the day the plan has a workstation."""
    return range(0) if plan is None or place.number not in plan.numbers else plan.minutes


def _was_counted(state: DayState) -> bool:
    return state is DayState.OPEN_COUNTED


def _start(draft: SessionDraft) -> datetime:
    assert draft.start is not None  # noqa: S101 - practice data knows it
    return draft.start


def _months_without_the_last(desk: Desk, place: Workstation, days: list[date]) -> Iterator[date]:
    """Its keyboard broke in each March, and was repaired in April."""
    for year in sorted({day.year for day in days}):
        march = [day for day in days if (day.year, day.month) == (year, 3)]
        april = [day for day in days if (day.year, day.month) == (year, 4)]
        if not march or not april:
            continue
        condition, note = Condition.MINOR_DAMAGE, "Papan ketik"
        desk.workstations.set_condition(place.id, condition, since=march[0], note=note)
        desk.workstations.set_condition(
            place.id, Condition.GOOD, since=april[0], note="Papan ketik diganti"
        )
        yield from march


def _sessions(
    chance: random.Random,
    people: list[Patron],
    day: date,
    place: Workstation,
    *,
    cut: bool,
    kept: range,
) -> Iterator[SessionDraft]:
    """One after another on a workstation; on a day without power only till eleven.

    The minutes of the day in `kept` are somebody else's.
    """
    at = _OPENS + chance.expovariate(1 / _GAP)
    closes = 11 * 60 if cut else _CLOSES
    while at < closes - 3:
        minutes = min(max(3.0, chance.gauss(27, 9)), closes - at)
        if at < kept.stop and at + minutes > kept.start:
            at = kept.stop + chance.expovariate(1 / _GAP)
            continue
        start = _moment(day, at)
        yield _draft(chance, people, place, start, start + timedelta(minutes=minutes))
        at += minutes + chance.expovariate(1 / _GAP)


def _moment(day: date, minutes: float) -> datetime:
    begin = datetime.combine(day, time(), _ZONE)
    return (begin + timedelta(seconds=int(minutes * 60))).astimezone(UTC)


def _draft(
    chance: random.Random, people: list[Patron], place: Workstation, start: datetime, end: datetime
) -> SessionDraft:
    purpose = choose(chance, _PURPOSES)
    if chance.random() < 0.15:
        patron = chance.choice(people)
        return SessionDraft(
            workstation_id=place.id,
            profile=patron.profile(start.astimezone(_ZONE).date()),
            type=VisitorType.MEMBER,
            patron_id=patron.id,
            purpose=purpose,
            start=start,
            end=end,
        )
    sex = choose(chance, {Sex.FEMALE: 48, Sex.MALE: 49, Sex.UNKNOWN: 3})
    band = chance.choices([*DESK_AGE_SET, None], (10, 30, 34, 18, 5, 3))[0]
    return SessionDraft(
        workstation_id=place.id,
        profile=Profile(sex=sex, age_band=band.slug if band else None),
        type=VisitorType.NON_MEMBER,
        purpose=purpose,
        start=start,
        end=end,
    )


def _devices(chance: random.Random, day: date) -> Iterator[SessionDraft]:
    """A laptop on the Wi-Fi, or two."""
    for _ in range(chance.choice((0, 0, 1, 1, 2, 3))):
        start = _moment(day, chance.uniform(_OPENS, _CLOSES - 60))
        length = timedelta(minutes=chance.uniform(15, 60))
        sex = choose(chance, {Sex.FEMALE: 1, Sex.MALE: 1})
        profile = Profile(sex=sex, age_band="17-25")
        yield SessionDraft(device=True, profile=profile, start=start, end=start + length)


def _power_cut(
    desk: Desk, chance: random.Random, clock: FixedClock, day: date, places: list[Workstation]
) -> None:
    """Two or three sit at their computers when the power goes; it is recovered from for real."""
    clock.moment = _moment(day, 11 * 60)
    for place in places[: chance.choice((2, 3))]:
        sex = choose(chance, {Sex.FEMALE: 1, Sex.MALE: 1})
        desk.computers.start(
            SessionDraft(workstation_id=place.id, profile=Profile(sex=sex, age_band="17-25"))
        )
        clock.advance(minutes=chance.randint(1, 4))
    clock.advance(minutes=10)
    desk.recovery.beat()
    clock.advance(minutes=chance.randint(18, 70))
    desk.recovery.recover()
    for told in desk.recovery.interrupted():
        desk.branch.check_outage(told.outage.id)


def _hold_class(
    desk: Desk, chance: random.Random, clock: FixedClock, day: date, places: list[Workstation]
) -> None:
    """Three computers for a class, an hour and a half."""
    clock.moment = _moment(day, _OPENS)
    desk.reservations.reserve(
        ReservationDraft(
            kind=ReservationKind.CLASS,
            title=chance.choice(("Email untuk UMKM", "Kelas TIK pemula", "Mencari lowongan")),
            start=_moment(day, _CLASS.minutes.start),
            end=_moment(day, _CLASS.minutes.stop),
            workstation_ids=tuple(each.id for each in places if each.number in _CLASS.numbers),
        )
    )


def _queue_up(
    desk: Desk, chance: random.Random, clock: FixedClock, day: date, places: list[Workstation]
) -> None:
    """Three wait for the first computer; now and then one does not come when called."""
    place = places[0]
    clock.moment = _moment(day, _QUEUE.minutes.start)
    tickets = []
    for _ in range(3):
        sex = choose(chance, {Sex.FEMALE: 1, Sex.MALE: 1})
        profile = Profile(sex=sex, age_band="17-25")
        draft = TicketDraft(profile=profile, type=VisitorType.NON_MEMBER)
        tickets.append(desk.queue.take(draft))
        clock.advance(minutes=chance.randint(1, 5))
    for ticket in tickets:
        desk.queue.call(ticket.id, place.id)
        if chance.random() < 0.1:
            desk.queue.no_show(ticket.id)
            desk.queue.leave(ticket.id)
            continue
        session = desk.queue.serve(ticket.id)
        clock.advance(minutes=chance.randint(12, 25))
        desk.computers.end(session.id)
        clock.advance(minutes=1)


class _Plan(NamedTuple):
    """What happens once a week: on which computers, in which minutes of the day."""

    numbers: frozenset[int]
    minutes: range
    happen: Callable[[Desk, random.Random, FixedClock, date, list[Workstation]], None]


_CLASS = _Plan(frozenset({3, 4, 5}), range(10 * 60, 11 * 60 + 30), _hold_class)
_QUEUE = _Plan(frozenset({1}), range(9 * 60, 10 * 60 + 40), _queue_up)
_PLANS = {2: _CLASS, 3: _QUEUE}
"""By weekday: a class on Wednesdays, a queue on Thursdays."""
