"""A training on one page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest

from perpudesk.attendance.model import Headcount, Participant, Results, Schedule
from perpudesk.core import i18n
from perpudesk.core.codes import (
    DESK_AGE_SET,
    FULL_AGE_SET,
    Audience,
    Funding,
    ListStatus,
    MeetingState,
    Mode,
    Sex,
    Strategy,
)
from perpudesk.patrons.model import Profile
from perpudesk.trainings.course_report import CourseReport, report_document
from perpudesk.trainings.model import Course
from perpudesk.trainings.returning import after_training
from tests.attendance.papers import COURSE, HOUSE, meeting, person, printed, sheet, words

KURSUS = Course(
    id="c",
    title="Email dan toko daring",
    topic="business",
    strategy=Strategy.INFORMATION_SERVICE,
    audience=Audience.COMMUNITY,
    target_group="Pelaku UMKM",
    organiser=None,
    trainer_ids=(),
    trainers=("Budi Santoso",),
    partner="Dinas Koperasi",
    funding=Funding.APBD,
    cost=2_500_000,
    capacity=20,
    place="Aula",
    mode=Mode.ON_SITE,
    starts_on=None,
    ends_on=None,
    minutes_per_meeting=120,
    threshold=None,
    note=None,
    batch_id=None,
)


def someone(at: int, sex: Sex, years: int | None, work: str, results: Results) -> Participant:
    profile = Profile(sex=sex, age_years=years, occupation=work)
    return person(at, f"Peserta {at}", profile=profile, results=results)


PEOPLE = (
    someone(0, Sex.FEMALE, 34, "farmer", Results(score_before=40, score_after=70, learned=5)),
    someone(1, Sex.FEMALE, 20, "farmer", Results(score_before=50, score_after=81, learned=4)),
    someone(2, Sex.MALE, None, "unknown", Results(score_before=90, learned=3, will_use=1)),
    someone(3, Sex.UNKNOWN, 60, "trader", Results()),
)
SHEET = sheet(
    PEOPLE,
    (
        meeting(0),
        meeting(1, headcount=Headcount(count=3)),
        meeting(2),
        meeting(3, state=MeetingState.PLANNED),
    ),
    *((0, who, True) for who in range(3)),
    (0, 3, False),
    (1, 0, True),
)


def made(**changes: object) -> CourseReport:
    given = {
        "house": HOUSE,
        "activity": COURSE,
        "course": KURSUS,
        "topic": "Usaha",
        "sheet": SHEET,
        "bands": DESK_AGE_SET,
        **changes,
    }
    after = after_training(given["sheet"], {"p0": date(2026, 11, 25)}, date(2027, 6, 1))  # type: ignore[arg-type]
    return CourseReport(after=after, **given)  # type: ignore[arg-type]


@pytest.fixture(autouse=True)
def _indonesian() -> Iterator[None]:
    i18n.use("id")
    yield
    i18n.use("en")


def test_it_says_what_when_where_who_and_for_how_much() -> None:
    (text,) = words(printed(report_document(made())))
    for part in (
        "LAPORAN PELATIHAN",
        "Email dan toko daring",
        "Usaha",
        "Pelaku UMKM",
        "Perpusda Kotawaringin Barat",
        "Budi Santoso",
        "Dinas Koperasi",
        "9–30 November 2026",
        "3 dari 4 terlaksana · 6 jam",
        "Rp2.500.000",
        "Rusliansyah",
        "Rina Marlina",
        "Pangkalan Bun, …",
        "1 dari 3 peserta kembali",
    ):
        assert part in text, part


def test_its_numbers_are_those_of_the_list() -> None:
    outline = report_document(made()).outline()
    assert "3 dari 4 orang dalam daftar hadir. 7 kehadiran pada 3 pertemuan" in outline
    assert "14 jam-orang" in outline
    for line in (
        "Perempuan | 2 | 66,7",
        "Laki-laki | 1 | 33,3",
        "17–25 | 1 | 50,0",
        "26–45 | 1 | 50,0",
        "Petani | 2 | 100,0",
        "9 Nov | 3 | – | 3",
        "16 Nov | 1 | 3 | 4",
        "23 Nov | – | – | –",
        "= Jumlah | 4 | 3 | 7",
        "Nilai sebelum → sesudah | 2 | 45,0 → 75,5",
        "Belajar hal baru | 3 | 66,7%",
        "Akan memakainya | 1 | 0,0%",
    ):
        assert line in outline, line
    assert outline.count("~ Tidak dicatat | 1 | ") == 2, "of age and of occupation"
    assert "Lebih percaya diri" not in outline
    assert "Peserta 0" not in outline, "names are no part of a report"


def test_a_training_of_which_nothing_is_known_yet() -> None:
    bare = replace(
        KURSUS, partner=None, funding=None, cost=None, target_group=None, organiser="Dinas"
    )
    outline = report_document(made(course=bare, sheet=sheet((), ()))).outline()
    assert "Penyelenggara | Dinas" in outline
    assert "Biaya | – | Sumber dana | –" in outline
    assert "Tanggal | – | Pertemuan | 0 terlaksana\n" in outline
    assert "0 dari 0 orang" in outline
    assert "= Jumlah | – | – | –" in outline
    assert "Setelah pelatihan" not in outline
    assert "Nilai" not in outline


def test_half_an_hour_is_half_a_person_hour() -> None:
    short = meeting(0, schedule=Schedule(day=date(2026, 11, 9), minutes=30))
    outline = report_document(made(sheet=sheet(PEOPLE, (short,), (0, 0, True)))).outline()
    assert "0,5 jam-orang" in outline
    assert "1 terlaksana · 30 menit" in outline


def test_who_went_after_a_meeting_is_among_those_who_came() -> None:
    gone = replace(PEOPLE[0], status=ListStatus.WITHDRAWN)
    outline = report_document(
        made(sheet=replace(SHEET, participants=(gone, *PEOPLE[1:])))
    ).outline()
    assert "3 dari 4 orang" in outline


def test_a_band_of_another_set_has_a_row_of_its_own() -> None:
    old = person(0, "A", profile=Profile(age_band="0-11"))
    outline = report_document(
        made(sheet=sheet((old,), (meeting(0),), (0, 0, True)), bands=FULL_AGE_SET)
    ).outline()
    assert "0–11 | 1 | 100,0" in outline


WORK = ("farmer", "a", "b", "c", "d", "e", "f", "g", "unknown")


def crowd(meetings: int) -> CourseReport:
    people = tuple(
        someone(at, list(Sex)[at % 3], 5 + at * 2, WORK[at % 9], PEOPLE[0].results)
        for at in range(40)
    )
    held = tuple(meeting(at) for at in range(meetings))
    marks = [(of, who, True) for of in range(meetings) for who in range(40)]
    course = replace(
        KURSUS,
        title="Pelatihan Literasi Informasi dan Pemanfaatan Teknologi untuk Usaha Mikro Kecil "
        "dan Menengah di Desa Sungai Kapitan Kecamatan Kumai",
        organiser="Dinas Perpustakaan dan Kearsipan Provinsi Kalimantan Tengah",
    )
    return made(sheet=sheet(people, held, *marks), bands=FULL_AGE_SET, course=course)


@pytest.mark.parametrize("paper", ["a4", "f4"])
@pytest.mark.parametrize("meetings", [4, 8, 20])
def test_it_stays_on_one_page(paper: str, meetings: int) -> None:
    reader = printed(report_document(crowd(meetings)), paper=paper)
    assert len(reader.pages) == 1


def test_many_meetings_stand_by_month_and_rare_occupations_together() -> None:
    outline = report_document(crowd(20)).outline()
    assert "Nov 2026 (4) | 160 | – | 160" in outline
    assert "= Jumlah | 800 | – | 800" in outline
    occupations = outline.split("= Pekerjaan")[1].split("right:")[0]
    assert occupations.count(" | ") == 2 * 7
    assert "lainnya | " in occupations
