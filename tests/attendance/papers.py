"""A course with its people and marks as values, and what is printed of it read back."""

from __future__ import annotations

import io
from datetime import date, time, timedelta

from pypdf import PdfReader

from perpudesk.attendance.framing import House
from perpudesk.attendance.lists import Activity
from perpudesk.attendance.model import (
    Headcount,
    Meeting,
    Participant,
    Results,
    Schedule,
    Sheet,
)
from perpudesk.branch.model import Signatory, SignatoryPlace
from perpudesk.core.codes import ListStatus, MeetingState, Sex, VisitorType
from perpudesk.paper.document import Document, Letterhead
from perpudesk.paper.pdf import render
from perpudesk.patrons.model import Profile

LONG = "Raden Ajeng Siti Nurhaliza Kusumawardhani Binti Abdurrahman Sastrowidjojo"
WORD = "Kusumawardhanisastrowidjojonotonegoroaji"
ARABIC = "عبد الرحمن محمد"
NAMES = ("Aisyah Rahmawati", "Dedi Kurniawan", LONG, WORD, ARABIC)

HOUSE = House(
    library="Perpusda Kotawaringin Barat",
    letterhead=Letterhead(
        government=("PEMERINTAH KABUPATEN KOTAWARINGIN BARAT",),
        office="DINAS PERPUSTAKAAN DAN KEARSIPAN",
        address=("Jalan Sutan Syahrir No. 11 Pangkalan Bun 74112",),
    ),
    place="Pangkalan Bun",
    signatories=(
        Signatory(place=SignatoryPlace.LEFT, name="Drs. H. Rusliansyah", post="Kepala Dinas"),
        Signatory(
            place=SignatoryPlace.RIGHT, name="Rina Marlina", post="Kepala Perpustakaan", nip="1967"
        ),
    ),
)
COURSE = Activity(
    title="Email dan toko daring",
    kind="Pelatihan",
    trainers=("Budi Santoso",),
    place="Aula",
    minutes=120,
    occupations={"farmer": "Petani"},
)


def person(
    at: int, name: str | None, *, status: ListStatus = ListStatus.ENROLLED, **more: object
) -> Participant:
    """The participant `p{at}`."""
    given = {
        "profile": Profile(sex=Sex.FEMALE, age_years=34, occupation="farmer"),
        "results": Results(),
        **more,
    }
    return Participant(
        id=f"p{at}",
        list_id="c",
        number=at + 1,
        patron_id=f"patron{at}",
        staff_id=None,
        name=name,
        status=status,
        type=VisitorType.MEMBER,
        **given,  # type: ignore[arg-type]
    )


def meeting(
    at: int,
    *,
    state: MeetingState = MeetingState.HELD,
    headcount: Headcount | None = None,
    schedule: Schedule | None = None,
    title: str | None = None,
) -> Meeting:
    """The meeting `m{at}`, at nine on a Monday."""
    usual = Schedule(
        day=date(2026, 11, 9) + timedelta(weeks=at), start=time(9), minutes=120, place="Aula"
    )
    return Meeting(
        id=f"m{at}",
        course_id="c",
        title=title,
        schedule=schedule or usual,
        state=state,
        headcount=headcount,
        count_visits=False,
        visit_id=None,
        reservation_id=None,
        note=None,
        batch_id=None,
    )


def sheet(
    people: tuple[Participant, ...], meetings: tuple[Meeting, ...], *marks: tuple[int, int, bool]
) -> Sheet:
    """A list; each mark is (meeting, participant, there)."""
    return Sheet(
        list_id="c",
        participants=people,
        meetings=meetings,
        marks={(f"m{of}", f"p{who}"): there for of, who, there in marks},
    )


def printed(document: Document, *, paper: str = "a4") -> PdfReader:
    """The document as its file is read; both renders are the same, and every font is inside."""
    first, second = io.BytesIO(), io.BytesIO()
    pages = render(document, first, paper=paper)
    render(document, second, paper=paper)
    assert first.getvalue() == second.getvalue()
    reader = PdfReader(first)
    assert len(reader.pages) == pages
    for page in reader.pages:
        for font in page["/Resources"]["/Font"].values():  # type: ignore[index]
            assert "/FontFile2" in font.get_object()["/FontDescriptor"]
    return reader


def words(reader: PdfReader) -> list[str]:
    """What each page says, spaces and line feeds as one space."""
    return [" ".join(page.extract_text().split()) for page in reader.pages]
