"""Attendance lists: to sign, as taken, empty; of one meeting and of all."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest

from perpudesk.attendance.framing import House, signed_by_both
from perpudesk.attendance.lists import (
    MOST_PAGES,
    Activity,
    Filling,
    Listing,
    attendance_list,
    days_text,
    minutes_text,
)
from perpudesk.attendance.model import Headcount, Meeting, Schedule
from perpudesk.core import i18n
from perpudesk.core.codes import ListStatus, MeetingState, Mode, Sex
from perpudesk.core.errors import InputError
from perpudesk.paper.forms import Format
from perpudesk.patrons.model import Profile
from tests.attendance.papers import (
    ARABIC,
    COURSE,
    HOUSE,
    LONG,
    NAMES,
    WORD,
    meeting,
    person,
    printed,
    sheet,
    words,
)

PEOPLE = tuple(person(at, name) for at, name in enumerate(NAMES))
MEETINGS = (
    meeting(0),
    meeting(1, headcount=Headcount(count=3)),
    meeting(2, state=MeetingState.PLANNED),
    meeting(3, state=MeetingState.CANCELLED),
)
SHEET = sheet(PEOPLE, MEETINGS, (0, 0, True), (0, 1, False), (1, 0, True), (1, 2, True))
LISTING = Listing(house=HOUSE, activity=COURSE, sheet=SHEET)


@pytest.fixture(autouse=True)
def _indonesian() -> Iterator[None]:
    i18n.use("id")
    yield
    i18n.use("en")


def test_a_list_to_sign_says_what_where_and_when_and_names_everybody() -> None:
    document = attendance_list(LISTING, MEETINGS[0])
    (text,) = words(printed(document))
    for part in (
        "KOTAWARINGIN BARAT",
        "Email dan toko daring",
        "Budi Santoso",
        "Aula",
        "Senin, 9 November 2026",
        "09.00–11.00",
        "Pangkalan Bun, 9 November 2026",
        "Rina Marlina",
        "NIP. 1967",
        *NAMES[:2],
        LONG,
        "Petani",
    ):
        assert part in text, part
    assert WORD in text.replace(" ", "")
    outline = document.outline()
    assert "  1 | Aisyah Rahmawati | P | 34 | Petani\n" in outline
    assert f"  5 | {ARABIC} | " in outline
    assert "at least 3 more" in outline
    assert "✓" not in outline


def test_a_list_as_taken_says_who_was_there_and_who_came_beside_it() -> None:
    outline = attendance_list(replace(LISTING, filling=Filling.TAKEN), MEETINGS[0]).outline()
    assert "  1 | Aisyah Rahmawati | P | 34 | Petani | ✓\n" in outline
    assert "  2 | Dedi Kurniawan | P | 34 | Petani | –\n" in outline
    assert f"  3 | {LONG} | P | 34 | Petani | \n" in outline, "nobody looked"
    assert "=  | " in outline
    assert " | 1\n" in outline
    document = attendance_list(replace(LISTING, filling=Filling.TAKEN), MEETINGS[1])
    assert "16 November 2026: 3" in document.outline()
    assert "3 orang lagi" in words(printed(document))[0]


def test_an_empty_list_names_nobody_and_has_its_pages() -> None:
    empty = replace(LISTING, filling=Filling.EMPTY, pages=3)
    reader = printed(attendance_list(empty, MEETINGS[0]), paper="f4")
    assert len(reader.pages) == 3
    assert "Aisyah" not in " ".join(words(reader))
    assert "Halaman 3 dari 3" in words(reader)[2]
    assert len(printed(attendance_list(empty)).pages) == 3


@pytest.mark.parametrize("pages", [0, MOST_PAGES + 1])
def test_a_list_of_no_pages_or_of_too_many_is_refused(pages: int) -> None:
    with pytest.raises(InputError) as refused:
        attendance_list(replace(LISTING, filling=Filling.EMPTY, pages=pages))
    assert refused.value.field == "pages"


def test_all_meetings_stand_beside_each_other_but_those_cancelled() -> None:
    document = attendance_list(LISTING)
    assert document.format is Format.UPRIGHT
    assert "9 Nov | 16 Nov | 23 Nov]" in document.outline()
    assert "9–23 November 2026" in document.outline()
    assert "2 jam" in document.outline()
    taken = attendance_list(replace(LISTING, filling=Filling.TAKEN)).outline()
    assert "  1 | Aisyah Rahmawati | P | 34 | ✓ | ✓ |  | 2/2\n" in taken
    assert "  2 | Dedi Kurniawan | P | 34 | – |  |  | 0/2\n" in taken
    assert " | 1 | 2 | 0 | \n" in taken


def test_many_meetings_go_on_with_another_sheet_of_wide_paper() -> None:
    meetings = tuple(meeting(at) for at in range(13))
    people = tuple(person(at, f"Peserta {at}") for at in range(30))
    many = sheet(people, meetings, *((of, 3, True) for of in range(13)))
    document = attendance_list(replace(LISTING, sheet=many, filling=Filling.TAKEN))
    assert document.format is Format.WIDE
    reader = printed(document)
    box = reader.pages[0].mediabox
    assert box.width > box.height
    first, *_, last = words(reader)
    assert "11 Jan" in first
    assert "1 Feb" in last
    assert "13/13" in " ".join(words(reader))
    for text in words(reader):
        assert "Nama" in text, "the header repeats"
    assert sum(f"Peserta {at} " in text for text in words(reader) for at in range(30)) == 60


def test_a_course_without_meetings_has_a_list_to_write_on() -> None:
    bare = replace(LISTING, sheet=sheet((), ()), activity=Activity(title="Jahit", kind="Pelatihan"))
    (text,) = words(printed(attendance_list(bare)))
    assert "Jahit" in text
    outline = attendance_list(bare).outline()
    assert "Tanggal" not in outline
    nobody = attendance_list(replace(bare, filling=Filling.TAKEN), MEETINGS[0]).outline()
    assert "on 1 pages" in nobody


def test_who_went_is_on_a_list_only_where_they_were_marked() -> None:
    gone = person(9, "Joko", status=ListStatus.WITHDRAWN)
    left = sheet((*PEOPLE, gone), MEETINGS, (0, 9, True))
    listing = replace(LISTING, sheet=left)
    assert "Joko" not in attendance_list(listing, MEETINGS[0]).outline()
    taken = replace(listing, filling=Filling.TAKEN)
    assert "Joko" in attendance_list(taken, MEETINGS[0]).outline()
    assert "Joko" not in attendance_list(taken, MEETINGS[1]).outline()
    assert "Joko" in attendance_list(taken).outline()


def test_a_profile_alone_has_its_row() -> None:
    profiles = (
        Profile(sex=Sex.MALE, age_band="17-25"),
        Profile(occupation="own_one"),
        Profile(),
    )
    people = tuple(person(at, None, profile=profile) for at, profile in enumerate(profiles))
    outline = attendance_list(replace(LISTING, sheet=sheet(people, MEETINGS)), MEETINGS[0])
    assert "  1 |  | L | 17–25 | \n" in outline.outline()
    assert "  2 |  |  |  | own_one\n" in outline.outline()
    assert "  3 |  |  |  | \n" in outline.outline()


def told(of: Meeting, activity: Activity = COURSE) -> str:
    listing = replace(LISTING, sheet=sheet(PEOPLE, (of,)), activity=activity)
    return attendance_list(listing, of).outline()


def test_what_is_not_known_is_left_out() -> None:
    day = date(2026, 11, 9)
    online = told(meeting(0, schedule=Schedule(day=day, mode=Mode.ONLINE, minutes=45)))
    assert "Daring" in online
    assert "45 menit" in online
    assert "Aula" not in online
    bare = told(meeting(0, schedule=Schedule(day=day)), replace(COURSE, place=None, minutes=None))
    assert "Tempat" not in bare
    assert "jam" not in bare
    own = told(meeting(0, title="Membuat akun"), replace(COURSE, by="Klub TI"))
    assert "Email dan toko daring · Membuat akun" in own
    assert "Klub TI" in own
    same = told(meeting(0, title=COURSE.title))
    assert "toko daring · Email" not in same


def test_who_signs() -> None:
    alone = told(meeting(0), replace(COURSE, trainers=()))
    assert alone.count("sign:") == 1
    two = told(meeting(0), replace(COURSE, trainers=("Budi", "Wati")))
    assert "**Budi**" not in two, "whoever was there writes the name"
    nobody = replace(LISTING, house=House(library="Perpus", practice=True))
    outline = attendance_list(nobody, MEETINGS[0]).outline()
    assert "………………………, 9 November 2026" in outline
    assert "watermark: PRAKTIK" in outline
    both = signed_by_both(HOUSE, None).outline()
    assert [line.count("Drs. H. Rusliansyah") for line in both] == [1, 0]


@pytest.mark.parametrize(
    "minutes, text",
    [(None, ""), (45, "45 menit"), (60, "1 jam"), (90, "1,5 jam"), (120, "2 jam")],
)
def test_minutes_read_as_hours(minutes: int | None, text: str) -> None:
    assert minutes_text(minutes) == text


def test_days_read_from_the_first_to_the_last() -> None:
    assert days_text([]) == ""
    assert days_text([date(2026, 11, 9)] * 2) == "9 November 2026"
    days = [date(2026, 11, 30), date(2026, 11, 9)]
    assert days_text(days) == "9–30 November 2026"
    assert days_text([*days, date(2026, 12, 7)]) == "9 November – 7 Desember 2026"
    assert days_text([*days, date(2027, 1, 4)]) == "9 November 2026 – 4 Januari 2027"
