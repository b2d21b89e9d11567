"""Invented communities: what they did month by month, and what they decided."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from perpudesk.attendance.model import Headcount, MeetingDraft, Schedule
from perpudesk.communities.model import (
    Community,
    CommunityDraft,
    DecisionDraft,
    Gathering,
    GatheringDraft,
    Members,
)
from perpudesk.core.codes import Domain, MeetingKind, MeetingRole, Sex
from perpudesk.core.times import FixedClock, months_from
from perpudesk.desk import Desk
from perpudesk.patrons.model import Patron
from perpudesk.visits.model import Part


@dataclass(frozen=True, slots=True, kw_only=True)
class _Plan:
    """A community and what it does in every `every`-th month until so many months ago."""

    name: str
    field: str
    founded: str
    female: int
    male: int
    born_here: bool
    titles: tuple[str, ...]
    domain: Domain
    every: int = 1
    weekday: int = 2
    kind: MeetingKind = MeetingKind.COMMUNITY_ACTIVITY
    role: MeetingRole = MeetingRole.ORGANISED
    quiet: int = 0


_PLANS = (
    _Plan(
        name="Klub TI Pangkalan Bun",
        field="it",
        founded="2019-03",
        female=8,
        male=13,
        born_here=True,
        titles=("Belajar bersama: desain poster", "Belajar bersama: lembar kerja"),
        domain=Domain.DIGITAL_INCLUSION,
        kind=MeetingKind.PEER_LEARNING,
    ),
    _Plan(
        name="UMKM Sukamaju",
        field="business",
        founded="2020",
        female=17,
        male=6,
        born_here=True,
        titles=("Bazar buku dan olahan", "Klinik kemasan", "Foto produk bersama"),
        domain=Domain.ECONOMY,
        weekday=3,
    ),
    _Plan(
        name="Pecinta Anyaman",
        field="craft",
        founded="2018-08",
        female=12,
        male=2,
        born_here=False,
        titles=("Menganyam purun",),
        domain=Domain.ECONOMY,
        every=2,
        weekday=1,
        role=MeetingRole.CO_ORGANISED,
    ),
    _Plan(
        name="Teater Remaja",
        field="arts",
        founded="2021",
        female=9,
        male=7,
        born_here=True,
        titles=("Latihan pentas",),
        domain=Domain.SOCIAL_CULTURE,
        quiet=8,
    ),
)
_OTHERS = (
    ("Rapat pemangku kepentingan", MeetingKind.STAKEHOLDER_MEETING, MeetingRole.ORGANISED, 18),
    ("Arisan RT 05", MeetingKind.COMMUNITY_ACTIVITY, MeetingRole.ROOM_ONLY, 25),
)
_DECISIONS = (
    ("Menyusun usulan tambahan tiga komputer", "Kepala Dinas", -20, True),
    ("Membuka layanan Sabtu dua kali sebulan", "Perpustakaan", -6, False),
    ("Mengundang UMKM dari dua desa tetangga", "UMKM Sukamaju", 12, False),
)
_WIDE = 12


def make_communities(
    desk: Desk, chance: random.Random, people: list[Patron], clock: FixedClock, until: date
) -> None:
    """Communities since the clock's day, their activities up to `until` and one to come."""
    first = clock.now().date()
    clock.moment = datetime.combine(until, time(8), UTC)
    for plan in _PLANS:
        _make(desk, chance, plan, contact=chance.choice(people), span=(first, until))
    for at, (title, kind, role, count) in enumerate(_OTHERS):
        day = _weekday(until - timedelta(days=33 - 12 * at), 1)
        draft = _draft(title, day, kind=kind, role=role, domain=Domain.GOVERNANCE)
        with desk.store.writing():
            met = desk.gatherings.plan(draft)
            _count(desk, chance, met, count)
            if kind is MeetingKind.STAKEHOLDER_MEETING:
                _decide(desk, met, until)


def _make(
    desk: Desk, chance: random.Random, plan: _Plan, *, contact: Patron, span: tuple[date, date]
) -> None:
    first, until = span
    with desk.store.writing():
        community = desk.communities.add(
            CommunityDraft(
                name=plan.name,
                field=plan.field,
                contact_id=contact.id,
                founded=plan.founded,
                born_here=plan.born_here,
            )
        )
        desk.communities.count_members(
            community.id, Members(day=until, female=plan.female, male=plan.male)
        )
        months = list(months_from(first, until))
        for at, month in enumerate(months[: len(months) - plan.quiet]):
            if at % plan.every == 0:
                day = _weekday(month.first + timedelta(days=chance.randint(3, 18)), plan.weekday)
                _meet(
                    desk, chance, _of(plan, community, chance.choice(plan.titles), day), plan, until
                )
        if not plan.quiet and plan.every == 1:
            day = _weekday(until + timedelta(days=2), plan.weekday + 1)
            desk.gatherings.plan(_of(plan, community, plan.titles[0], day))


def _meet(
    desk: Desk, chance: random.Random, draft: GatheringDraft, plan: _Plan, until: date
) -> None:
    if draft.meeting.schedule.day <= until:
        met = desk.gatherings.plan(draft)
        count = chance.randint(6, _WIDE)
        _count(desk, chance, met, count, female=plan.female, male=plan.male)


def _of(plan: _Plan, community: Community, title: str, day: date) -> GatheringDraft:
    return _draft(
        title,
        day,
        kind=plan.kind,
        role=plan.role,
        domain=plan.domain,
        community_id=community.id,
    )


def _draft(title: str, day: date, **more: object) -> GatheringDraft:
    schedule = Schedule(day=day, start=time(13), minutes=120, place="Ruang serbaguna")
    meeting = MeetingDraft(schedule=schedule, title=title)
    return GatheringDraft(meeting=meeting, **more)  # type: ignore[arg-type]


def _count(
    desk: Desk,
    chance: random.Random,
    met: Gathering,
    count: int,
    *,
    female: int = 1,
    male: int = 1,
) -> None:
    """How many came, about as many women as the community has among its members."""
    women = min(count, round(count * female / (female + male)) + chance.randint(0, 1))
    parts = tuple(
        Part(sex=sex, age_band=None, count=n)
        for sex, n in ((Sex.FEMALE, women), (Sex.MALE, count - women))
        if n
    )
    headcount = Headcount(count=count, parts=parts)
    desk.attendance.count_heads(met.meeting.id, headcount, visits=False)


def _decide(desk: Desk, met: Gathering, until: date) -> None:
    for text, office, days, done in _DECISIONS:
        due = until + timedelta(days=days)
        draft = DecisionDraft(text=text, owner_office=office, due_on=due)
        made = desk.decisions.add(met.meeting.id, draft)
        if done:
            desk.decisions.tick(made.id, done=True)


def _weekday(day: date, weekday: int) -> date:
    """That weekday in the week of a day."""
    return day + timedelta(days=weekday - day.weekday())
