"""What the program's records print, read back from the file."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PIL import Image

from perpudesk.attendance.framing import house_of
from perpudesk.branch.model import Signatory, SignatoryPlace
from perpudesk.core import i18n
from perpudesk.core.codes import Condition, Domain, EquipmentKind
from perpudesk.core.errors import RuleError
from perpudesk.desk import Desk
from perpudesk.paper.document import Document
from perpudesk.paper.pdf import render
from perpudesk.patrons.model import PatronDraft
from perpudesk.program.inventory import CheckLine, EquipmentDraft, ItemState
from perpudesk.program.model import Story
from perpudesk.program.papers import Handover, handover_sheet
from tests.attendance.papers import printed, words

TODAY = date(2026, 11, 23)
STORY = Story(
    day=TODAY,
    title="Keripik sampai Surabaya",
    pseudonym="Ibu S.",
    domain=Domain.ECONOMY,
    before="Menjual di depan rumah.",
    helped="Ikut pelatihan.\nBerlatih di komputer.",
    after="Pesanan dari tiga kota.",
)


@pytest.fixture(autouse=True)
def _indonesian() -> Iterator[None]:
    i18n.use("id")
    yield
    i18n.use("en")


@pytest.fixture
def stocked(desk: Desk) -> Desk:
    """A laptop that is damaged, a projector, and two computers of the board."""
    desk.branch.set_signatory(
        Signatory(place=SignatoryPlace.RIGHT, name="Rina Marlina", post="Kepala")
    )
    desk.workstations.add_many(2)
    laptop = desk.equipment.add(
        EquipmentDraft(
            name="Laptop fasilitator",
            kind=EquipmentKind.LAPTOP,
            code="INV/001",
            source="Perpusnas",
            program="TPBIS",
            price=9_500_000,
            received="2024-03",
        )
    )
    desk.equipment.add(EquipmentDraft(name="Proyektor", kind=EquipmentKind.PROJECTOR))
    worn = ItemState(since=TODAY, condition=Condition.MINOR_DAMAGE)
    desk.equipment.set_condition(laptop.id, worn)
    return desk


def test_the_list_has_each_piece_once_with_sums(stocked: Desk) -> None:
    (text,) = words(printed(stocked.program_papers.equipment_list()))
    for wanted in ("INV/001", "Perpusnas · TPBIS", "03-2024", "Rusak ringan", "Rp9.500.000"):
        assert wanted in text
    assert text.count("PC 1") == text.count("PC 2") == 1
    assert "Rina Marlina" in text


def test_a_long_list_goes_on_over_pages_under_its_titles(stocked: Desk) -> None:
    for at in range(60):
        stocked.equipment.add(EquipmentDraft(name=f"Kursi {at:03}", kind=EquipmentKind.FURNITURE))
    pages = words(printed(stocked.program_papers.equipment_list(), paper="f4"))
    assert len(pages) >= 2
    together = " ".join(pages)
    assert all(together.count(f"Kursi {at:03}") == 1 for at in range(60))
    assert "Halaman 2 dari" in pages[1]


def test_a_check_says_what_is_there_missing_and_not_looked_at(stocked: Desk) -> None:
    check = stocked.equipment.begin_check()
    laptop, projector, *_ = (
        each for each in stocked.equipment.all() if each.workstation_id is None
    )
    there = CheckLine(found=True, condition=Condition.GOOD, note="Kabel diganti")
    stocked.equipment.tick(check.id, laptop.key, there)
    stocked.equipment.tick(check.id, projector.key, CheckLine(found=False))
    stocked.equipment.finish_check(check.id)
    (text,) = words(printed(stocked.program_papers.check_result(check.id)))
    assert "1 dari 4 ada, 1 hilang, 2 belum diperiksa." in text
    assert "Kabel diganti" in text
    assert "Belum diperiksa: PC 1, PC 2." in text


def test_a_check_of_nothing_has_no_table(desk: Desk) -> None:
    check = desk.equipment.begin_check()
    desk.equipment.finish_check(check.id)
    (text,) = words(printed(desk.program_papers.check_result(check.id)))
    assert "0 dari 0" in text


def test_a_handover_names_both_parties_and_what_goes_over(stocked: Desk) -> None:
    papers = stocked.program_papers
    laptop = next(each for each in stocked.equipment.all() if each.code == "INV/001")
    handover = Handover(
        on=TODAY,
        giver="Rina Marlina",
        giver_post="Kepala",
        taker="Pak Lurah",
        items=(laptop,),
        note="Dengan tas.",
    )
    (text,) = words(printed(papers.handover(handover)))
    for wanted in ("BERITA ACARA SERAH TERIMA", "Senin, 23 November 2026", "Pak Lurah", "tas."):
        assert wanted in text
    assert "Proyektor" not in text
    (everything,) = words(printed(papers.handover(Handover())))
    assert "Proyektor" in everything
    assert "………" in everything  # nobody is named yet
    empty = handover_sheet(house_of(stocked.branch, practice=False), Handover())
    assert len(printed(empty).pages) == 1


def test_a_story_is_one_page_with_its_photo_and_only_with_consent(
    desk: Desk, tmp_path: Path
) -> None:
    sari = desk.patrons.add(PatronDraft(name="Sari Dewi"))
    made = desk.program.stories.add(replace(STORY, person_id=sari.id))
    with pytest.raises(RuleError):
        desk.program_papers.story(made.id)
    agreed = replace(made.what, consent_on=TODAY)
    desk.program.stories.change(made.id, agreed)
    photo = tmp_path / "keripik.jpg"
    Image.new("RGB", (800, 600), "orange").save(photo)
    attached = desk.attachments.add("stories", made.id, photo)
    reader = printed(desk.program_papers.story(made.id))
    (text,) = words(reader)
    assert "Keripik sampai Surabaya" in text
    assert "Ibu S." in text
    assert "Sari" not in text  # who did not agree to it is not named
    assert "Berlatih di komputer." in text
    assert "Diceritakan dengan izin" in text or "23 November 2026" in text
    assert len(reader.pages[0].images) == 1
    desk.program.stories.verify(made.id)
    named = replace(desk.program.stories.get(made.id).what, named=True)
    desk.program.stories.change(made.id, named)
    desk.attachments.path(attached).unlink()  # a photo that is gone hinders no story
    reader = printed(desk.program_papers.story(made.id))
    (text,) = words(reader)
    assert "Sari Dewi" in text
    assert len(reader.pages[0].images) == 0


def test_a_story_without_a_field_of_impact_or_evidence_is_shorter(desk: Desk) -> None:
    bare = Story(day=TODAY, title="Kebun", before="a", helped="b", after="c", consent_on=TODAY)
    made = desk.program.stories.add(bare)
    (text,) = words(printed(desk.program_papers.story(made.id)))
    assert "Bukti" not in text


def test_every_paper_is_the_same_bytes_twice(stocked: Desk) -> None:
    def data(document: Document) -> bytes:
        stream = io.BytesIO()
        render(document, stream, paper="a4")
        return stream.getvalue()

    make = stocked.program_papers.equipment_list
    assert data(make()) == data(make())
