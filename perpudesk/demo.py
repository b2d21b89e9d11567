"""Practice data: a believable library with years of visits, made from a seed.

The same words give the same bytes: identifiers, moments and choices all come from the seed.
"""

from __future__ import annotations

import random
import shutil
import uuid
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import TypeVar
from zoneinfo import ZoneInfo

from perpudesk.branch.checks import EARLIEST, EARLY_DAY, check_day
from perpudesk.branch.model import USUAL_WEEK, ServiceDay, Signatory, SignatoryPlace
from perpudesk.core.codes import (
    DESK_AGE_SET,
    BranchKind,
    ClosedReason,
    DayState,
    Method,
    Precision,
    Sex,
    VisitorType,
)
from perpudesk.core.errors import InputError, Problem, RuleError
from perpudesk.core.formats import date_long
from perpudesk.core.paths import practice_dir
from perpudesk.core.times import FixedClock, SystemClock, utc_text
from perpudesk.db.guard import FILE_NAME
from perpudesk.desk import Desk, founded
from perpudesk.patrons.model import ADULT, Patron, PatronDraft, Profile
from perpudesk.visits.model import Moment, Part, VisitDraft

REAL_RECORDS = Problem(
    "real_records",
    "{folder} holds real records, so no practice data was put there. Choose another folder with "
    "--data.",
)
BAD_YEARS = Problem(
    "bad_years", "Practice data can be made for 1 to {most} years. Give another number."
)
MOST_YEARS = 30
_T = TypeVar("_T")
_ZONE = ZoneInfo("Asia/Jakarta")
_NAMES = {
    Sex.FEMALE: (
        "Aisyah Rahmawati",
        "Siti Aminah",
        "Endang Lestari",
        "Hartini",
        "Lina Marlina",
        "Maryam",
        "Nur Hidayah",
        "Sri Wahyuni",
        "Yuliana",
        "Dewi Sartika",
        "Rina Kusuma",
        "Fitriani",
        "Kartini",
        "Ratna Sari",
        "Indah Permata",
        "Sulastri",
    ),
    Sex.MALE: (
        "Budi Santoso",
        "Dedi Kurniawan",
        "Fajar",
        "Joko Prasetyo",
        "Agus Salim",
        "Rudi Hartono",
        "Muhammad Rizki",
        "Slamet",
        "Hendra Wijaya",
        "Bambang Susilo",
        "Ahmad Fauzi",
        "Supriyadi",
        "Wahyu Nugroho",
        "Teguh",
    ),
}
_SCHOOLS = ("SDN 2 Raja", "SMPN 1 Arut Selatan", "MTs Al-Hidayah", "TK Pembina", "SMAN 3 Pangkalan")
_PURPOSES = {"reading": 40, "loan": 22, "computer": 18, "study": 14, "other": 4, "meeting": 2}
_HOURS = {8: 14, 9: 22, 10: 20, 11: 13, 12: 6, 13: 12, 14: 13}
_WEEKDAYS = {0: 1.0, 1: 1.05, 2: 1.1, 3: 1.15, 4: 0.65}


def make_demo(folder: Path, *, years: int, until: date | None, seed: int) -> int:
    """Fill `folder` with practice data up to `until`, else yesterday; the number of visits made.

    Practice data that is there is replaced. Raises `RuleError` where real records are, and
    `InputError` for years and days that cannot be; what was begun is then taken away.
    """
    until = _checked(years, until)
    chance = random.Random(seed)  # noqa: S311 - invented people, not secrets
    clock = FixedClock(datetime.combine(_start(years, until), time(1), UTC))
    _clear_practice(folder)
    with founded(folder, clock=clock, make_id=_SeededIds(chance)) as desk:
        _set_up(desk, chance)
        people = _patrons(desk, chance, clock)
        total = _record(desk, chance, people, clock, until)
        desk.settle(datetime.combine(until, time(8), UTC))
    return total


def practice() -> Path:
    """The folder of practice data, made the first time it is asked for."""
    folder = practice_dir()
    if not (folder / FILE_NAME).exists():
        make_demo(folder, years=1, until=None, seed=1)
    return folder


def _checked(years: int, until: date | None) -> date:
    """The last day, when there can be so many years before it."""
    today = SystemClock().now().astimezone(_ZONE).date()
    last = until or today - timedelta(days=1)
    if not 1 <= years <= MOST_YEARS:
        raise InputError(BAD_YEARS, field="years", most=MOST_YEARS)
    if last.year - years < EARLIEST.year + 1:
        raise InputError(EARLY_DAY, field="until", date=date_long(last))
    return check_day(last, today=today, field="until")


def _start(years: int, until: date) -> date:
    return until.replace(day=1, year=until.year - years)


class _SeededIds:
    """Identifiers from the seed, rising like the real ones."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = random.Random(chance.random())  # noqa: S311
        self._made = 0

    def __call__(self) -> str:
        self._made += 1
        raw = (self._made << 76) | self._chance.getrandbits(76)
        return str(uuid.UUID(int=raw, version=4))


def _clear_practice(folder: Path) -> None:
    """Make room: old practice data goes, real records stop everything."""
    if not (folder / FILE_NAME).exists():
        return
    with Desk(folder) as old:
        if old.is_set_up() and not old.practice:
            raise RuleError(REAL_RECORDS, folder=str(folder))
        old.remove()
    shutil.rmtree(folder / "backups", ignore_errors=True)


def _set_up(desk: Desk, chance: random.Random) -> None:
    desk.begin_practice(chance.randbytes(32))
    desk.branch.set_up(
        name="Perpustakaan Latihan Kotawaringin",
        zone="Asia/Jakarta",
        kind=BranchKind.DISTRICT,
        place="Pangkalan Bun",
        address="Jalan Contoh No. 1, Pangkalan Bun 74112",
        phone="(0532) 00000",
        email="perpusda@contoh.go.id",
        letterhead=(
            "PEMERINTAH KABUPATEN KOTAWARINGIN BARAT",
            "DINAS PERPUSTAKAAN DAN KEARSIPAN",
            "Jalan Contoh No. 1, Pangkalan Bun 74112 · Telp. (0532) 00000 · perpusda@contoh.go.id",
        ),
        opening_hours=USUAL_WEEK,
    )
    desk.branch.set_signatory(
        Signatory(
            place=SignatoryPlace.LEFT,
            name="Drs. H. Contoh Kepala, M.Si.",
            post="Kepala Dinas",
            rank="Pembina Tingkat I",
            nip="19700101 199503 1 001",
        )
    )
    desk.branch.set_signatory(
        Signatory(place=SignatoryPlace.RIGHT, name="Rina Contoh, A.Md.", post="Petugas Pelaporan")
    )
    desk.branch.at_desk(desk.branch.add_staff("Rina").id)
    desk.branch.add_staff("Budi")


def _patrons(desk: Desk, chance: random.Random, clock: FixedClock) -> list[Patron]:
    """Who registered one after another, long enough before to be grown up now."""
    born = desk.store.today().year - ADULT
    named = sorted((name, sex) for sex, names in _NAMES.items() for name in names)
    chance.shuffle(named)
    begins = clock.moment
    people = []
    with desk.store.writing():
        for at, (name, sex) in enumerate(named, start=1):
            clock.moment = begins - timedelta(days=(len(named) + 1 - at) * 19)
            birth_year = chance.randint(born - 50, born - 2)
            work = chance.choice(("teacher", "homemaker", "entrepreneur", "farmer"))
            draft = PatronDraft(
                name=name,
                member_number=f"KTW-{at:04}",
                sex=sex,
                birth_year=birth_year,
                occupation="student" if birth_year > born - 6 else work,
                village=chance.choice(("Raja", "Mendawai", "Baru", "Sidorejo")),
            )
            people.append(desk.patrons.add(draft))
    clock.moment = begins
    return people


def _record(
    desk: Desk, chance: random.Random, people: list[Patron], clock: FixedClock, until: date
) -> int:
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
    hour = _choose(chance, _HOURS)
    local = datetime.combine(day, time(hour, chance.randrange(60), chance.randrange(60)), _ZONE)
    moment = Moment(
        local_date=day,
        local_hour=hour,
        occurred_at=utc_text(local),
        precision=Precision.TIME,
    )
    kind = chance.random()
    purpose = _choose(chance, _PURPOSES)
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
    sex = _choose(chance, {Sex.FEMALE: 53, Sex.MALE: 44, Sex.UNKNOWN: 3})
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


def _choose(chance: random.Random, weighted: dict[_T, int]) -> _T:
    return chance.choices(list(weighted), list(weighted.values()))[0]
