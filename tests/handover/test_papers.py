"""The handover sheet as it is printed."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import UTC, date, datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from pypdf import PdfReader

from perpudesk import __version__
from perpudesk.access.model import Keeper
from perpudesk.agenda.model import Entry, EntryKind
from perpudesk.attendance.framing import House
from perpudesk.attendance.model import Schedule
from perpudesk.communities.model import Decision
from perpudesk.core import i18n
from perpudesk.core.codes import Paper, Role
from perpudesk.core.times import Period
from perpudesk.handover.model import Copied, Handover, Unfinished
from perpudesk.handover.papers import MOST, handover_sheet
from perpudesk.paper.document import Letterhead
from perpudesk.paper.files import pdf_of
from perpudesk.reports.closing import Closing, MonthState, Standing
from perpudesk.reports.letter import Letter

TODAY = date(2026, 11, 23)
HOUSE = House(library="Perpustakaan Uji", place="Pangkalan Bun")
COPIED = Copied(
    here=None,
    away=None,
    own_folder=Path("/data/backups"),
    place="",
    sealed=None,
    has_sheet=False,
)
BARE = Handover(
    on=TODAY,
    zone=ZoneInfo("Asia/Jakarta"),
    folder=Path("/data"),
    copied=COPIED,
    locked=False,
    keepers=(),
    months=(),
    older=(),
    decisions=(),
    coming=(),
)
MOMENT = datetime(2026, 11, 20, 9, 4, tzinfo=UTC)


def pages_of(facts: Handover, house: House = HOUSE, paper: Paper = Paper.A4) -> list[str]:
    reader = PdfReader(io.BytesIO(pdf_of(handover_sheet(house, facts), paper)))
    return [" ".join(page.extract_text().split()) for page in reader.pages]


def text_of(facts: Handover) -> str:
    return " ".join(pages_of(facts))


def month(number: int, standing: Standing, wrongs: int = 0, looks: int = 0) -> Unfinished:
    period = Period.of(2026, number)
    closing = None
    if standing is Standing.CHANGED:
        letter = Letter(number="1", place="", day=None)
        closing = Closing(month=period, edition=2, letter=letter, figures="{}", code="AAAABBBB")
    return Unfinished(
        state=MonthState(month=period, standing=standing, closing=closing),
        wrongs=tuple(f"wrong {n}" for n in range(wrongs)),
        looks=tuple(f"look {n}" for n in range(looks)),
    )


def decision(text: str, due: date | None = None, office: str | None = None) -> Decision:
    return Decision(
        id=text,
        meeting_id="m",
        met_on=TODAY,
        meeting="Rembuk",
        text=text,
        owner_id=None,
        owner_office=office,
        owner=office,
        due_on=due,
        done_on=None,
        note=None,
    )


def entry(day: date, title: str, place: str | None = None, start: time | None = None) -> Entry:
    schedule = Schedule(day=day, start=start, minutes=None, place=place)
    return Entry(id=title, about=title, kind=EntryKind.MEETING, title=title, schedule=schedule)


def test_a_new_branch_has_a_page_that_says_what_to_do() -> None:
    text = text_of(BARE)
    for words in (
        "HANDOVER SHEET Perpustakaan Uji · 23 November 2026",
        f"PerpuDesk {__version__}",
        "/data/backups (none yet)",
        "none yet: name a stick in the settings",
        "There is none yet: make one in the settings",
        "Nobody has a PIN",
        "Every month is closed.",
        "Decisions that are open None.",
        "The next 4 weeks Nothing is planned.",
        "Settings, Lock: give yourself a PIN",
        "Make the recovery sheet",
        "Handed over by",
        "Pangkalan Bun, 23 November 2026",
        "Taken over by",
    ):
        assert words in text


def test_roles_are_told_and_who_has_a_pin() -> None:
    keepers = (
        Keeper(id="1", name="Budi", role=Role.ADMIN, has_pin=True),
        Keeper(id="2", name="Rina", role=Role.OFFICER, has_pin=False),
    )
    text = text_of(replace(BARE, locked=True, keepers=keepers))
    assert "Budi Admin has a PIN Rina Officer –" in text
    assert "Nobody has a PIN" not in text
    assert "Have an admin give you a PIN" in text


@pytest.mark.parametrize(
    "sealed, words",
    [
        (True, "sealed, opened by the recovery sheet"),
        (False, "not sealed, whoever has it can read it"),
        (None, "not plugged in now"),
    ],
)
def test_where_the_last_copies_are(sealed: bool | None, words: str) -> None:
    copied = replace(
        COPIED, here=MOMENT, away=MOMENT, place="/media/STICK", sealed=sealed, has_sheet=True
    )
    text = text_of(replace(BARE, copied=copied))
    assert "/data/backups (20 November 2026, 16:04)" in text
    assert f"/media/STICK (20 November 2026, 16:04; {words})" in text
    assert "write below where both copies of it are" in text
    assert "See both copies of the recovery sheet" in text


def test_months_say_how_far_they_are_and_what_is_open() -> None:
    months = (
        month(11, Standing.RUNNING),
        month(10, Standing.READY, wrongs=1, looks=2),
        month(9, Standing.CHANGED, wrongs=3, looks=2),
    )
    older = (Period.of(2026, 7), Period.of(2026, 2))
    text = text_of(replace(BARE, months=months, older=older))
    assert "November 2026: still runs October 2026: over, not closed • wrong 0 • look 0" in text
    assert "September 2026: closed, changed since revision 2 • wrong 0" in text
    assert "• wrong 2 • 2 more checks" in text
    assert "2 months before those are not closed either, since February 2026." in text


def test_decisions_and_the_agenda() -> None:
    decisions = (
        decision("Buy a shelf", date(2026, 11, 16), "Office"),
        decision("Write a letter", date(2026, 12, 4)),
        decision("Some day"),
    )
    coming = (
        entry(date(2026, 11, 25), "Email", "Hall", time(9)),
        entry(date(2026, 11, 26), "Fair"),
    )
    text = text_of(replace(BARE, decisions=decisions, coming=coming))
    assert "16 Nov, overdue Buy a shelf Office" in text
    assert "4 Dec Write a letter – – Some day –" in text
    assert "25 Nov 09:00 Email Hall 26 Nov Fair –" in text


@pytest.mark.parametrize("language", i18n.LANGUAGES)
@pytest.mark.parametrize("paper", list(Paper))
def test_however_much_is_open_it_is_two_pages(language: str, paper: Paper) -> None:
    """Long words everywhere, more of all than stands on the sheet, and the letterhead above."""
    words = "Perpustakaan Umum Daerah Kabupaten Kotawaringin " * 4
    months = (*(month(n, Standing.READY) for n in (11, 10, 9)),)
    many = range(3 * MOST)
    facts = Handover(
        on=TODAY,
        zone=ZoneInfo("Asia/Jakarta"),
        folder=Path("/home/perpustakaan/.local/share/PerpuDesk-dengan-nama-yang-sangat-panjang"),
        copied=replace(COPIED, here=MOMENT, away=MOMENT, place="/media/perpustakaan/FLASHDISK"),
        locked=False,
        keepers=tuple(
            Keeper(id=str(n), name=f"{n} {words}", role=Role.ADMIN, has_pin=True) for n in many
        ),
        months=tuple(replace(each, wrongs=(words,) * 6) for each in months),
        older=(Period.of(2026, 7),) * 30,
        decisions=tuple(decision(f"{n} {words}", TODAY, words) for n in many),
        coming=tuple(entry(TODAY, f"{n} {words}", words, time(9)) for n in many),
    )
    letterhead = Letterhead(
        government=("PEMERINTAH KABUPATEN", "DINAS"), office="PERPUSTAKAAN", address=(words[:90],)
    )
    with i18n.speaking(language):
        pages = pages_of(facts, replace(HOUSE, letterhead=letterhead), paper)
        assert len(pages) == 2
    if language == "en":
        assert f"{2 * MOST} more in the program" in " ".join(pages)


def test_it_prints_the_same_bytes_twice() -> None:
    first, again = (pdf_of(handover_sheet(HOUSE, BARE), Paper.A4) for _ in range(2))
    assert first == again
