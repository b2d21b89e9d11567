"""Practice data: a believable library with years of all that is recorded, from a seed.

The same words give the same bytes: identifiers, moments and choices all come from the seed.
"""

from __future__ import annotations

import random
import shutil
import uuid
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from perpudesk.branch.checks import EARLIEST, EARLY_DAY, check_day
from perpudesk.branch.model import USUAL_WEEK, Signatory, SignatoryPlace
from perpudesk.core.codes import BranchKind
from perpudesk.core.errors import InputError, Problem, RuleError
from perpudesk.core.formats import date_long
from perpudesk.core.paths import practice_dir
from perpudesk.core.times import FixedClock, SystemClock
from perpudesk.db.guard import FILE_NAME
from perpudesk.demo.communities import make_communities
from perpudesk.demo.computers import make_sessions
from perpudesk.demo.people import make_patrons
from perpudesk.demo.program import make_program
from perpudesk.demo.trainings import make_trainings
from perpudesk.demo.visits import make_visits
from perpudesk.desk import Desk, founded
from perpudesk.patrons.model import Patron

REAL_RECORDS = Problem(
    "real_records",
    "{folder} holds real records, so no practice data was put there. Choose another folder with "
    "--data.",
)
BAD_YEARS = Problem(
    "bad_years", "Practice data can be made for 1 to {most} years. Give another number."
)
MOST_YEARS = 30
_ZONE = ZoneInfo("Asia/Jakarta")


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
        people = make_patrons(desk, chance, clock)
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


def _record(
    desk: Desk, chance: random.Random, people: list[Patron], clock: FixedClock, until: date
) -> int:
    """Everything from the clock's day up to `until`; how many visits."""
    begins = clock.moment
    total = make_visits(desk, chance, people, clock, until)
    clock.moment = begins
    make_sessions(desk, chance, people, clock, until)
    clock.moment = begins
    make_trainings(desk, chance, people, clock, until)
    clock.moment = begins
    make_communities(desk, chance, people, clock, until)
    make_program(desk, chance, people, clock, until)
    return total
