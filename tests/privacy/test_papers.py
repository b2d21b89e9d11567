"""What is held on a person, and the sheet of an incident, as they are printed."""

from __future__ import annotations

import io
from datetime import date

from pypdf import PdfReader

from perpudesk.attendance.framing import house_of
from perpudesk.core.codes import Paper
from perpudesk.desk import Desk
from perpudesk.paper.document import Document
from perpudesk.paper.pdf import render
from perpudesk.patrons.model import Patron, PatronDraft
from perpudesk.privacy.model import Held, Mention, Outlook
from perpudesk.privacy.papers import card_sheets, held_sheet, incident_sheet
from perpudesk.privacy.telling import counted, mention_told, outlook_told
from tests.privacy.conftest import NAME

TODAY = date(2026, 11, 23)


def text_of(document: Document) -> str:
    stream = io.BytesIO()
    render(document, stream, paper=Paper.A4)
    return " ".join(" ".join(page.extract_text() for page in PdfReader(stream).pages).split())


def test_all_that_is_held_stands_on_the_sheet(desk: Desk, someone: Patron) -> None:
    held = Held(
        counts={"visits": 12, "computer_sessions": 1, "participants": 2},
        first=date(2026, 1, 5),
        last=TODAY,
        courses=((date(2026, 3, 2), "Email untuk UMKM", "041/2026"), (None, "Rembuk", "")),
        mentions=(
            Mention(kind="visits", record_id="v", column="note", text=f"dari {someone.name}"),
        ),
    )
    facts = {"Number": "Q-77123", "Village": "–"}
    document = held_sheet(house_of(desk.branch), someone.name, facts, held, on=TODAY)
    text = text_of(document)
    for words in (
        "Zubaidah Xylophania",
        "Q-77123",
        "12 visits, 1 computer session, 2 lists of participants",
        "5 January 2026 – 23 November 2026",
        "Email untuk UMKM",
        "041/2026",
        "dari Zubaidah",
    ):
        assert words in text
    assert "Village" not in text


def test_of_somebody_without_records_little_is_said(desk: Desk, someone: Patron) -> None:
    document = held_sheet(house_of(desk.branch), someone.name, {}, Held(), on=TODAY)
    assert "nothing beside the card" in text_of(document)
    assert "Trainings and activities" not in document.outline()


def test_the_incident_sheet_says_until_when(desk: Desk) -> None:
    text = text_of(incident_sheet(house_of(desk.branch), TODAY))
    assert "3 × 24 hours" in text
    assert "What was done at once" in text


def test_every_kind_has_its_words() -> None:
    kinds = ("visits", "computer_sessions", "queue_tickets", "reservations", "participants")
    more = ("communities", "decisions", "stories")
    told = counted(Held(counts=dict.fromkeys((*kinds, *more), 1)))
    assert told.count(",") == 7
    assert counted(Held()) == "nothing beside the card"


def test_words_around_a_name() -> None:
    long = Mention(kind="visits", record_id="v", column="note", text=f"{'a' * 90} Siti {'b' * 90}")
    told = mention_told(long, "siti")
    assert told.startswith("–: …aaa")
    assert told.endswith("bbb…")
    short = Mention(kind="v", record_id="v", column="note", text="Siti\nAminah", day=TODAY)
    assert mention_told(short, "Siti") == "23 November 2026: Siti Aminah"


def test_what_the_rule_means_today() -> None:
    assert outlook_told(Outlook(months=12, due=0, waits_until=None)) == "No name is due today."
    now = outlook_told(Outlook(months=12, due=2, waits_until=None))
    assert now == "2 names are due. They are erased at the next start."
    later = outlook_told(Outlook(months=12, due=1, waits_until=TODAY))
    assert later.startswith("1 name is due. They wait until 23 November 2026")


def test_cards_are_of_those_who_have_a_number(desk: Desk, someone: Patron) -> None:
    long = desk.patrons.add(PatronDraft(name="Nama Yang Panjang Sekali " * 6, member_number="Q-2"))
    nobody = desk.patrons.add(PatronDraft(name="Tanpa Nomor"))
    assert desk.patrons.numbered() == [long, someone]
    document = card_sheets(house_of(desk.branch), [someone, long, nobody], "KTW", TODAY)
    assert [line for line in document.outline().splitlines() if line.startswith("card: ")] == [
        f"card: {NAME} | KTW Q-77123 | Q-77123",
        f"card: {long.name} | KTW Q-2 | Q-2",
    ]
    text = text_of(document)
    assert "KTW Q-77123" in text
    assert text.count("Perpustakaan Uji") >= 2
    assert text.replace(" ", "").count("NamaYangPanjangSekali") == 6
